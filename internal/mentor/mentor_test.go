package mentor_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func offers(t *testing.T, s testkit.Store, who org.Actor, places, level int64, change ...func(*mentor.Text)) {
	t.Helper()
	in := mentor.Text{Skills: []mentor.Skill{{Name: "Negotiating", Level: level}}, Places: places, Who: mentor.Everyone, Languages: []string{"Português"}}
	for _, each := range change {
		each(&in)
	}
	testkit.Do(t, s, func(tx *db.Tx) error {
		was, err := mentor.Mine(tx, who)
		if err != nil && err != problem.NotFound {
			return err
		}
		return mentor.Offer(tx, who, was.Revision, in)
	})
}

func wants(level int64) mentor.RequestText {
	return mentor.RequestText{Learn: "To ask for money", Skills: []mentor.Skill{{Name: "negotiating", Level: level}}, Rhythm: mentor.Monthly}
}

func asks(t *testing.T, s testkit.Store, who org.Actor, mentors ...org.Actor) mentor.Request {
	t.Helper()
	var ids []db.ID
	for _, m := range mentors {
		ids = append(ids, m.Person)
	}
	return testkit.Write(t, s, func(tx *db.Tx) (mentor.Request, error) { return mentor.Ask(tx, who, wants(2), ids) })
}

func answers(s testkit.Store, t *testing.T, who org.Actor, id db.ID, in mentor.Reply) error {
	return db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return mentor.Answer(tx, who, id, in) })
}

func choice(t *testing.T, s testkit.Store, who org.Actor, id db.ID) mentor.Choice {
	t.Helper()
	r := testkit.Read(t, s, func(tx *db.Tx) (mentor.Request, error) { return mentor.Mentoring(tx, who, id) })
	if now, ok := r.Now(); ok {
		return now
	}
	return r.Choices[len(r.Choices)-1]
}

func free(t *testing.T, s testkit.Store, who org.Actor) int64 {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (mentor.Profile, error) { return mentor.Mine(tx, who) }).Free()
}

func refused(err error) bool { return errors.As(err, new(problem.Refused)) }

func TestTwoHundredAcceptancesTakeTheLastPlaceOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		offers(t, s, c.Mira, 1, 5)
		const all = 200
		// Thirty of them asked, as many as may wait for one mentor; the others come by another way, as from a matching round.
		var people, requests []db.ID
		testkit.Do(t, s, func(tx *db.Tx) error {
			people, requests = nil, nil
			for n := range all {
				p, err := org.Add(tx, c.Ada, org.Details{Name: fmt.Sprintf("Person %d", n)})
				if err != nil {
					return err
				}
				people = append(people, p.ID)
				if n >= 30 {
					continue
				}
				who, err := org.UnscopedActor(tx, c.Organisation.ID, p.ID)
				if err != nil {
					return err
				}
				r, err := mentor.Ask(tx, who, wants(2), []db.ID{c.Mira.Person})
				if err != nil {
					return err
				}
				requests = append(requests, r.ID)
			}
			return nil
		})
		var wait sync.WaitGroup
		var mu sync.Mutex
		took := 0
		for n := range all {
			wait.Go(func() {
				err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
					if n < len(requests) {
						return mentor.Answer(tx, c.Mira, requests[n], mentor.Reply{Says: mentor.Yes})
					}
					_, err := mentor.Begin(tx, c.Mira, c.Mira.Person, people[n], "")
					return err
				})
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					took++
				case !refused(err):
					t.Errorf("a yes for a place that is gone: %v, want a refusal", err)
				}
			})
		}
		wait.Wait()
		if took != 1 || free(t, s, c.Mira) != 0 {
			t.Errorf("%d got the last place, and %d are free after it", took, free(t, s, c.Mira))
		}
	})
}

func TestWhoLeadsSomebodyIsNeverTheirMentor(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	for _, who := range []org.Actor{c.Ana, c.Tomas, c.Joel, c.Mira, c.Ada} {
		offers(t, s, who, 2, 5)
	}
	offers(t, s, c.Ada, 2, 2) // no more experience than is stated
	testkit.Do(t, s, func(tx *db.Tx) error {
		_, err := plan.AddSkill(tx, c.Ines, plan.Skill{Name: "Negotiating", Level: 2, Wanted: 4})
		return err
	})
	named := func(wish mentor.Wish) []string {
		var names []string
		for _, r := range testkit.Read(t, s, func(tx *db.Tx) ([]mentor.Recommendation, error) { return mentor.Recommend(tx, c.Ines, wish) }) {
			names = append(names, r.Name)
		}
		slices.Sort(names)
		return names
	}
	if got := named(mentor.Wish{}); !slices.Equal(got, []string{"Mira Koch"}) {
		t.Errorf("recommended to Ines: %v, want Mira alone: the others lead her, have her manager or know no more", got)
	}
	if got := named(mentor.Wish{Peers: true}); !slices.Equal(got, []string{"Joel Sá", "Mira Koch"}) {
		t.Errorf("with peers: %v, want Joel too", got)
	}
	for who, lead := range map[string]org.Actor{"her manager": c.Tomas, "above her manager": c.Ana, "herself": c.Ines} {
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := mentor.Ask(tx, c.Ines, wants(2), []db.ID{lead.Person})
			return err
		}); !refused(err) {
			t.Errorf("Ines asks %s: %v, want a refusal", who, err)
		}
	}
	if err := testkit.Fails(t, s, func(tx *db.Tx) error {
		_, err := mentor.Ask(tx, c.Ines, wants(2), []db.ID{c.Ada.Person})
		return err
	}); !refused(err) {
		t.Errorf("who states no more experience: %v, want a refusal", err)
	}
	// A manager may learn from who reports to them.
	offers(t, s, c.Ines, 1, 5)
	asks(t, s, c.Tomas, c.Ines)
	// The line changes before the answer.
	r := asks(t, s, c.Ines, c.Mira)
	testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Mira.Person) })
	if err := answers(s, t, c.Mira, r.ID, mentor.Reply{Says: mentor.Yes}); !refused(err) {
		t.Errorf("a yes of who is the manager by now: %v, want a refusal", err)
	}
}

func TestWhoHasHelpedComesFirstAndWhoIsFullIsNotNamed(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	offers(t, s, c.Mira, 1, 3)
	offers(t, s, c.Ada, 1, 5)
	r := asks(t, s, c.Ines, c.Mira)
	if err := answers(s, t, c.Mira, r.ID, mentor.Reply{Says: mentor.Yes}); err != nil {
		t.Fatal(err)
	}
	wish := mentor.Wish{Skills: wants(2).Skills}
	first := func() (names []string) {
		for _, r := range testkit.Read(t, s, func(tx *db.Tx) ([]mentor.Recommendation, error) { return mentor.Recommend(tx, c.Ines, wish) }) {
			names = append(names, r.Name)
		}
		return names
	}
	if got := first(); !slices.Equal(got, []string{"Ada Pires"}) {
		t.Errorf("while Mira is her mentor: %v", got)
	}
	testkit.Do(t, s, func(tx *db.Tx) error {
		place, err := db.One(tx, db.Scanned[db.ID], "select id from mentor_places where organisation_id = $1", c.Organisation.ID)
		if err != nil {
			return err
		}
		return mentor.GiveBack(tx, c.Organisation.ID, place)
	})
	if got := first(); !slices.Equal(got, []string{"Mira Koch", "Ada Pires"}) {
		t.Errorf("after it: %v, want Mira first, who has helped", got)
	}
	offers(t, s, c.Mira, 0, 5)
	if got := first(); !slices.Equal(got, []string{"Ada Pires"}) {
		t.Errorf("while Mira pauses: %v", got)
	}
}

func TestWhoMayAskIsWhoSeesTheProfile(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c, other := testkit.NewCompany(t, s, "weir.example"), testkit.NewCompany(t, s, "other.example")
		testkit.Do(t, s, func(tx *db.Tx) error {
			for who, name := range map[db.ID]string{c.Mira.Person: "Design", c.Joel.Person: "Design", c.Ines.Person: "Locks"} {
				if _, err := tx.Exec("update people set department = $1 where organisation_id = $2 and id = $3", name, c.Organisation.ID, who); err != nil {
					return err
				}
			}
			return nil
		})
		sees := func(who org.Actor) bool {
			found := testkit.Read(t, s, func(tx *db.Tx) ([]mentor.Profile, error) {
				return mentor.Find(tx, who, mentor.Filter{Skill: "negotiating", Level: 3, Language: "portugues", Overlap: 4, Free: true, Words: db.WordsIn("koch")}, org.Place{}, 10)
			})
			_, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (mentor.Profile, error) { return mentor.ByPerson(tx, who, c.Mira.Person) })
			if (err == nil) != (len(found) == 1) {
				t.Errorf("%s finds %d, and the page says %v", who.Name, len(found), err)
			}
			return err == nil
		}
		for _, want := range []struct {
			who                mentor.Who
			joel, ines, theirs bool
		}{{mentor.Everyone, true, true, false}, {mentor.Department, true, false, false}, {mentor.Elsewhere, false, true, false}} {
			offers(t, s, c.Mira, 1, 4, func(in *mentor.Text) { in.Who = want.who })
			if sees(c.Joel) != want.joel || sees(c.Ines) != want.ines || sees(other.Ines) {
				t.Errorf("%s: Joel %v, Ines %v, another organisation %v", want.who, sees(c.Joel), sees(c.Ines), sees(other.Ines))
			}
		}
	})
}

func TestALoweredNumberThrowsNobodyOutAndTheLineIsKept(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		offers(t, s, c.Mira, 1, 5)
		first, second, third := asks(t, s, c.Ines, c.Mira), asks(t, s, c.Joel, c.Mira), asks(t, s, c.Ada, c.Mira)
		if err := answers(s, t, c.Mira, first.ID, mentor.Reply{Says: mentor.Yes}); err != nil {
			t.Fatal(err)
		}
		if got := choice(t, s, c.Joel, second.ID); got.State != mentor.Waiting {
			t.Fatalf("the second is %s when the last place is gone, want in line", got.State)
		}
		chances := testkit.Read(t, s, func(tx *db.Tx) (mentor.Chances, error) {
			return mentor.ChancesOf(tx, c.Ada, c.Mira.Person, choice(t, s, c.Ada, third.ID))
		})
		if chances.Before != 1 || chances.Freed != 0 {
			t.Errorf("the third is told %+v, want one before", chances)
		}
		offers(t, s, c.Mira, 0, 5)
		if free(t, s, c.Mira) != 0 {
			t.Error("a place is free of a mentor who pauses")
		}
		offers(t, s, c.Mira, 2, 5)
		if got := choice(t, s, c.Joel, second.ID); got.State != mentor.Asked {
			t.Errorf("with one place more, the first in line is %s, want asked", got.State)
		}
		if got := choice(t, s, c.Ada, third.ID); got.State != mentor.Waiting {
			t.Errorf("with one place more, the second in line is %s, want still in line", got.State)
		}
		if err := answers(s, t, c.Mira, second.ID, mentor.Reply{Says: mentor.No, Words: "Not my field", Pointer: c.Ana.Person}); err != nil {
			t.Fatal(err)
		}
		if got := choice(t, s, c.Ada, third.ID); got.State != mentor.Asked {
			t.Errorf("after a no the next in line is %s, want asked", got.State)
		}
	})
}

func TestARequestIsRemindedOfOnceLapsesKindlyAndGoesToTheNextChoice(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	offers(t, s, c.Mira, 1, 5)
	offers(t, s, c.Ada, 1, 5)
	r := asks(t, s, c.Ines, c.Mira, c.Ada)
	told := map[string]int{}
	runner := job.NewRunner(s.DB, slog.New(slog.DiscardHandler), map[string]job.Do{notice.Job: func(context.Context, *db.DB, db.ID, job.Args) error { return nil },
		mentor.ReminderJob: mentor.SendReminder, mentor.LapseJob: mentor.Lapse, mentor.ComesAgainJob: mentor.ComeAgain})
	for range 16 {
		s.Clock.MoveDays(1)
		if _, err := runner.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, key := range testkit.Read(t, s, func(tx *db.Tx) ([]string, error) {
		return db.List(tx, db.Scanned[string], "select args from jobs where kind = 'notice' order by id")
	}) {
		for _, who := range []org.Actor{c.Mira, c.Ines, c.Ada} {
			if strings.Contains(key, string(who.Person)) {
				told[who.Name]++
			}
		}
	}
	if told["Mira Koch"] != 2 || told["Ines Faria"] != 1 || told["Ada Pires"] != 0 {
		t.Errorf("told %v: want the request and one reminder, then the lapse", told)
	}
	if _, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (mentor.Request, error) { return mentor.Mentoring(tx, c.Ada, r.ID) }); !errors.Is(err, problem.NotFound) {
		t.Errorf("who is not asked yet finds the request: %v", err)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return mentor.AskNext(tx, c.Ines, r.ID) })
	if got := choice(t, s, c.Ines, r.ID); got.State != mentor.Asked || got.Mentor.Person != c.Ada.Person {
		t.Errorf("the next choice is %+v", got)
	}
	if err := answers(s, t, c.Ada, r.ID, mentor.Reply{Says: mentor.TellMore, Words: "Which money?"}); err != nil {
		t.Fatal(err)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return mentor.Tell(tx, c.Ines, r.ID, "For tools") })
	if err := answers(s, t, c.Ada, r.ID, mentor.Reply{Says: mentor.NotYet}); err != nil {
		t.Fatal(err)
	}
	for range 62 {
		s.Clock.MoveDays(1)
	}
	if _, err := runner.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := choice(t, s, c.Ada, r.ID); got.State != mentor.Asked || got.Reply != "For tools" {
		t.Errorf("on the day that she named it is %+v, want asked again", got)
	}
	offers(t, s, c.Joel, 1, 5)
	asks(t, s, c.Ines, c.Mira)
	asks(t, s, c.Ines, c.Joel)
	if err := testkit.Fails(t, s, func(tx *db.Tx) error {
		_, err := mentor.Ask(tx, c.Ines, wants(2), []db.ID{c.Mira.Person})
		return err
	}); !refused(err) {
		t.Errorf("a fourth open request: %v, want a refusal", err)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return mentor.Close(tx, c.Ines, r.ID) })
	asks(t, s, c.Ines, c.Ada)
}
