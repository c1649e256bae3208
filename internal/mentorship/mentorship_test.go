package mentorship_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	_ "github.com/ownward/ownward/internal/house" // what one package does when something happens in another
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// pair lets Mira become the mentor of Ines.
func pair(t *testing.T, s testkit.Store, c testkit.Company) mentorship.Mentorship {
	t.Helper()
	var r mentor.Request
	testkit.Do(t, s, func(tx *db.Tx) (err error) {
		if err = mentor.Offer(tx, c.Mira, 0, mentor.Text{Skills: []mentor.Skill{{Name: "Drawing", Level: 5}}, Places: 1, Who: mentor.Everyone}); err != nil {
			return err
		}
		r, err = mentor.Ask(tx, c.Ines, mentor.RequestText{Learn: "To draw a weir", Skills: []mentor.Skill{{Name: "Drawing", Level: 2}}, Rhythm: mentor.Monthly}, []db.ID{c.Mira.Person})
		return err
	})
	testkit.Do(t, s, func(tx *db.Tx) error { return mentor.Answer(tx, c.Mira, r.ID, mentor.Reply{Says: mentor.Yes}) })
	all := testkit.Read(t, s, func(tx *db.Tx) ([]mentorship.Mentorship, error) { return mentorship.Mine(tx, c.Ines) })
	if len(all) != 1 || all[0].Aim != "To draw a weir" || all[0].State != mentorship.Running {
		t.Fatalf("after the yes: %+v", all)
	}
	return all[0]
}

func stands(t *testing.T, s testkit.Store, who org.Actor, id db.ID) mentorship.Mentorship {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (mentorship.Mentorship, error) { return mentorship.ByID(tx, who, id) })
}

func TestWhatIsShownToMyMentorEndsWithTheMentorship(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		m := pair(t, s, c)
		skill := testkit.Write(t, s, func(tx *db.Tx) (plan.Skill, error) {
			k, err := plan.AddSkill(tx, c.Ines, plan.Skill{Name: "Drawing", Level: 2, Wanted: 4})
			if err != nil {
				return k, err
			}
			return k, plan.ShareSkill(tx, c.Ines, k.ID, plan.WithMentor(m.ID))
		})
		sees := func() bool {
			_, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (plan.Skill, error) { return plan.SkillByID(tx, c.Mira, skill.ID) })
			return err == nil
		}
		if !sees() {
			t.Fatal("the mentor does not see what is shown to them")
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return plan.ShareSkill(tx, c.Joel, skill.ID, plan.WithMentor(m.ID)) }); !errors.Is(err, problem.NotFound) {
			t.Errorf("somebody else shows it: %v", err)
		}
		// Mira comes to lead Ines: it pauses, and nothing is seen until both decide.
		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Tomas.Person, c.Mira.Person) })
		if got := stands(t, s, c.Ines, m.ID); got.State != mentorship.Paused || got.Because != mentorship.ByLine || sees() {
			t.Errorf("once Mira leads her manager: %s because of %s, and Mira sees it: %v", got.State, got.Because, sees())
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return mentorship.GoOn(tx, c.Ines, m.ID) })
		testkit.Do(t, s, func(tx *db.Tx) error { return mentorship.GoOn(tx, c.Ines, m.ID) })
		if got := stands(t, s, c.Mira, m.ID); got.State != mentorship.Paused {
			t.Errorf("one of the two wants to go on, twice: %s", got.State)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return mentorship.GoOn(tx, c.Mira, m.ID) })
		if got := stands(t, s, c.Ines, m.ID); got.State != mentorship.Running || sees() {
			t.Errorf("both want to go on: %s, and Mira sees what was shown before: %v", got.State, sees())
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return plan.ShareSkill(tx, c.Ines, skill.ID, plan.WithMentor(m.ID)) })
		if !sees() {
			t.Error("shown anew, Mira does not see it")
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return mentorship.End(tx, c.Mira, m.ID) })
		if sees() {
			t.Error("after the end the mentor still sees it")
		}
		free := testkit.Read(t, s, func(tx *db.Tx) (mentor.Profile, error) { return mentor.Mine(tx, c.Mira) }).Free()
		if got := stands(t, s, c.Ines, m.ID); got.State != mentorship.Ended || free != 1 {
			t.Errorf("after the end: %s, %d places free", got.State, free)
		}
	})
}

func TestTwoAgreeMeetWriteAndLookBack(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	m := pair(t, s, c)
	terms := mentorship.Terms{Aim: "To draw a weir alone", Rhythm: "monthly", Confidentiality: "All of it"}
	testkit.Do(t, s, func(tx *db.Tx) error { return mentorship.Agree(tx, c.Ines, m.ID, 1, terms) })
	var conflict *problem.Conflict
	if err := testkit.Fails(t, s, func(tx *db.Tx) error { return mentorship.Agree(tx, c.Mira, m.ID, 1, m.Terms) }); !errors.As(err, &conflict) || conflict.Theirs["aim"] != terms.Aim {
		t.Errorf("Mira agrees to what no longer stands: %v", err)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return mentorship.Agree(tx, c.Mira, m.ID, 2, terms) })
	if mine, theirs := stands(t, s, c.Ines, m.ID).Agreed(c.Ines); !mine || !theirs {
		t.Errorf("agreed: %v and %v", mine, theirs)
	}
	session := testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
		return mentorship.Meet(tx, c.Ines, m.ID, conversation.Time{At: tx.Now().Add(24 * time.Hour), Minutes: 45})
	})
	if all := testkit.Read(t, s, func(tx *db.Tx) ([]mentorship.Session, error) { return mentorship.Sessions(tx, c.Mira, m.ID) }); len(all) != 1 || all[0].ID != session.ID {
		t.Errorf("sessions: %+v", all)
	}
	for kind, words := range map[mentorship.Kind]string{mentorship.Shared: "For both", mentorship.Private: "For me", mentorship.LookBack: "The weir stands", mentorship.Thanks: "Thank you"} {
		testkit.Do(t, s, func(tx *db.Tx) error { return mentorship.Write(tx, c.Ines, m.ID, kind, 0, words) })
	}
	theirs := testkit.Read(t, s, func(tx *db.Tx) ([]mentorship.Text, error) { return mentorship.Texts(tx, c.Mira, m.ID) })
	for _, each := range theirs {
		if each.Kind == mentorship.Private {
			t.Error("Mira reads what Ines keeps for herself")
		}
	}
	if len(theirs) != 3 {
		t.Errorf("Mira reads %d texts, want 3", len(theirs))
	}
	if _, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (mentorship.Mentorship, error) { return mentorship.ByID(tx, c.Tomas, m.ID) }); !errors.Is(err, problem.NotFound) {
		t.Errorf("her manager finds it: %v", err)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { _, err := mentorship.ToWin(tx, c.Ines, m.ID, "The weir stands"); return err })
	testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Mira.Person) })
	if got := stands(t, s, c.Ines, m.ID); got.State != mentorship.Ended || got.Because != mentorship.ByLeft {
		t.Errorf("once the mentor has left: %s because of %s", got.State, got.Because)
	}
}

func TestGoingOnIsSettledUntilTheOneLeadsTheOtherNoMore(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	m := pair(t, s, c)
	manager := func(of, is org.Actor) {
		t.Helper()
		s.Clock.MoveDays(1)
		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, of.Person, is.Person) })
	}
	state := func(when string, want mentorship.State, because mentorship.Because, told int) {
		t.Helper()
		keys := testkit.Read(t, s, func(tx *db.Tx) ([]string, error) {
			return db.List(tx, db.Scanned[string], "select key from jobs where kind = 'notice' and key like '%pause%'")
		})
		if got := stands(t, s, c.Ines, m.ID); got.State != want || got.Because != because || len(keys) != told {
			t.Errorf("%s: %s because of %q, told %d times, want %s because of %q, told %d times", when, got.State, got.Because, len(keys), want, because, told)
		}
	}
	both := func() {
		for _, who := range []org.Actor{c.Ines, c.Mira} {
			testkit.Do(t, s, func(tx *db.Tx) error { return mentorship.GoOn(tx, who, m.ID) })
		}
	}
	manager(c.Tomas, c.Mira)
	state("once Mira leads her manager", mentorship.Paused, mentorship.ByLine, 2)
	both()
	manager(c.Joel, c.Ana)
	manager(c.Ines, c.Mira)
	state("after other lines, and one in which Mira still leads her", mentorship.Running, mentorship.ByLine, 2)
	manager(c.Ines, c.Ana)
	state("once Mira leads her no more", mentorship.Running, "", 2)
	manager(c.Ines, c.Mira)
	state("once Mira leads her anew", mentorship.Paused, mentorship.ByLine, 4)
	manager(c.Ines, c.Ana)
	both()
	state("when both go on after the line is gone", mentorship.Running, "", 4)
	testkit.Do(t, s, func(tx *db.Tx) error { return mentorship.End(tx, c.Ines, m.ID) })
	if err := testkit.Fails(t, s, func(tx *db.Tx) error { return mentorship.Agree(tx, c.Ines, m.ID, 1, mentorship.Terms{Aim: "Another"}) }); !errors.As(err, new(problem.Refused)) {
		t.Errorf("a change of the agreement after the end: %v, want a refusal", err)
	}
}
