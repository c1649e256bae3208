package brief_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/brief"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/proposal"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/testkit"
)

// agreed is a conversation of the owner and the partner, some days from now at ten.
func agreed(t testing.TB, s testkit.Store, owner, partner org.Actor, days int) conversation.Conversation {
	t.Helper()
	now := s.Clock.Now()
	at := time.Date(now.Year(), now.Month(), now.Day()+days, 10, 0, 0, 0, time.UTC)
	return testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
		c, err := conversation.Request(tx, owner, conversation.Input{
			With: partner.Self(), Kind: conversation.Align, Time: conversation.Time{At: at, Minutes: 60},
		})
		if err != nil {
			return c, err
		}
		return conversation.Accept(tx, partner, c.ID, c.Revision)
	})
}

func lines(t testing.TB, s testkit.Store, me org.Actor, c conversation.Conversation) []string {
	t.Helper()
	all := testkit.Read(t, s, func(tx *db.Tx) ([]brief.Suggestion, error) { return brief.Suggestions(tx, me, c) })
	var said []string
	for _, one := range all {
		if one.Fact() != "expectation" { // which stands in all of them: see TestWhoOwesAnExpectationIsTold
			said = append(said, one.Line())
		}
	}
	return said
}

// everything is all that the brief and the suggestions say to one side.
func everything(t testing.TB, s testkit.Store, me org.Actor, c conversation.Conversation) string {
	t.Helper()
	b := testkit.Read(t, s, func(tx *db.Tx) (brief.Brief, error) { return brief.For(tx, me, c.ID) })
	return fmt.Sprintf("%+v\n", b) + b.Markdown() + strings.Join(lines(t, s, me, c), "\n")
}

// writesAll lets somebody write into every field that a brief could read, each text with a mark.
func writesAll(tx *db.Tx, me, other org.Actor, id db.ID, mark string) error {
	if _, err := plan.AddGoal(tx, me, plan.GoalText{Title: mark + "goal", Specific: mark + "specific", Relevant: mark + "relevant"}, event.Thing{}); err != nil {
		return err
	}
	if _, err := plan.AddWin(tx, me, plan.WinText{What: mark + "win", Effect: mark + "effect", Figure: mark + "figure"}, event.Thing{}); err != nil {
		return err
	}
	if _, err := plan.AddSkill(tx, me, plan.Skill{Name: mark + "skill", Note: mark + "note", Wanted: 3}); err != nil {
		return err
	}
	if _, err := plan.AddEntry(tx, me, plan.Entry{Words: mark + "journal"}); err != nil {
		return err
	}
	if _, err := question.Record(tx, me, event.Thing{}, question.Input{Wording: mark + "question", To: other.Self().String()}); err != nil {
		return err
	}
	if _, err := ask.New(tx, me, event.Thing{}, ask.Input{Text: ask.Text{What: mark + "draft", Why: mark + "why"}, Whom: other.Self()}); err != nil {
		return err
	}
	if err := conversation.AddItem(tx, me, id, conversation.ItemInput{Words: mark + "item"}); err != nil {
		return err
	}
	return conversation.Write(tx, me, id, conversation.Private, 0, mark+"notes")
}

func TestABriefOfOneSideHoldsNothingThatTheOtherKeepsPrivate(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		for _, pair := range [][2]org.Actor{{c.Ines, c.Tomas}, {c.Ines, c.Mira}} {
			owner, partner := pair[0], pair[1]
			before := agreed(t, s, owner, partner, 1)
			s.Clock.MoveDays(1)
			testkit.Do(t, s, func(tx *db.Tx) error {
				if err := writesAll(tx, owner, partner, before.ID, "OWNER-of-"+partner.Name); err != nil {
					return err
				}
				if err := writesAll(tx, partner, owner, before.ID, "PARTNER-early-"); err != nil {
					return err
				}
				return conversation.End(tx, owner, before.ID, conversation.EndInput{Outcome: "shared outcome"})
			})
			next := agreed(t, s, owner, partner, 3)
			testkit.Do(t, s, func(tx *db.Tx) error {
				if err := writesAll(tx, owner, partner, next.ID, "OWNER-"+partner.Name+"-"); err != nil {
					return err
				}
				return writesAll(tx, partner, owner, next.ID, "PARTNER-")
			})
			hers, his := everything(t, s, owner, next), everything(t, s, partner, next)
			if at := strings.Index(hers, "PARTNER-"); at >= 0 {
				t.Errorf("%s reads of %s: %s", owner.Name, partner.Name, hers[at:at+40])
			}
			if at := strings.Index(his, "OWNER-"); at >= 0 {
				t.Errorf("%s reads of %s: %s", partner.Name, owner.Name, his[at:at+40])
			}
			for text, whose := range map[string]string{"-question": hers, "-draft": hers, "-win": hers, "-goal": hers, "-item": hers} {
				if text = "OWNER-" + partner.Name + text; !strings.Contains(whose, text) {
					t.Errorf("%s is not in the brief of the one who wrote it", text)
				}
			}
			if !strings.Contains(his, "PARTNER-question") || !strings.Contains(his, "PARTNER-item") {
				t.Error("the partner's own question and line are not in the partner's brief")
			}
			for _, whose := range []string{hers, his} {
				if !strings.Contains(whose, "shared outcome") {
					t.Error("what came of it last time is missing")
				}
			}
		}
	})
}

func TestAManagerIsShownWhatIsSharedAndNoLongerWhatWasTakenBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		next := agreed(t, s, c.Ines, c.Tomas, 3)
		goal := testkit.Write(t, s, func(tx *db.Tx) (plan.Goal, error) {
			return plan.AddGoal(tx, c.Ines, plan.GoalText{Title: "Lead a service"}, event.Thing{})
		})
		if got := lines(t, s, c.Tomas, next); len(got) != 0 {
			t.Errorf("before anything is shared Tomás is shown %q", got)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return plan.ShareGoal(tx, c.Ines, goal.ID, plan.WithManager) })
		if got := lines(t, s, c.Tomas, next); len(got) != 1 || got[0] != "New goal of Ines Faria: Lead a service" {
			t.Errorf("shared, Tomás is shown %q", got)
		}
		if got := testkit.Read(t, s, func(tx *db.Tx) ([]brief.Suggestion, error) { return brief.Suggestions(tx, c.Tomas, next) })[1].Reason; !strings.HasSuffix(got, ", in the last three months.") {
			t.Errorf("the reason, where they never met: %q", got)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Ana.Person) })
		again := agreed(t, s, c.Ines, c.Tomas, 3)
		if got := lines(t, s, c.Tomas, again); len(got) != 0 {
			t.Errorf("after the line ended Tomás is shown %q", got)
		}
	})
}

func TestWhatOneSidePutBeforeTheOtherIsKnownToBoth(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		meet := agreed(t, s, c.Ines, c.Tomas, 3)
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err1 := proposal.ProposeGoal(tx, c.Tomas, c.Ines.Person, proposal.Text{Words: "Lead the weir"})
			g, err2 := plan.AddGoal(tx, c.Ines, plan.GoalText{Title: "Sing"}, event.Thing{})
			err3 := plan.ShareGoal(tx, c.Ines, g.ID, plan.WithManager)
			_, err4 := comment.Add(tx, c.Tomas, g.Thing(), comment.Input{Words: "At the weir?"})
			return errors.Join(err1, err2, err3, err4)
		})
		for _, side := range []org.Actor{c.Ines, c.Tomas} {
			said := strings.Join(lines(t, s, side, meet), "\n")
			for _, want := range []string{"A goal that Tomás Reis proposed: Lead the weir", "A comment of Tomás Reis: At the weir?"} {
				if !strings.Contains(said, want) {
					t.Errorf("%s is not told %q:\n%s", side.Name, want, said)
				}
			}
		}
		other := agreed(t, s, c.Ines, c.Mira, 4)
		if said := everything(t, s, c.Ines, other); strings.Contains(said, "At the weir?") || strings.Contains(said, "Lead the weir") {
			t.Errorf("before she meets Mira, Ines is told of what is with Tomás:\n%s", said)
		}
	})
}

func TestTheMostUsefulComesFirstAndWhatStandsOnTheAgendaIsNotSuggestedAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		due := civil.On(2026, time.November, 24)
		testkit.Do(t, s, func(tx *db.Tx) error {
			if _, err := plan.AddWin(tx, c.Ines, plan.WinText{What: "Shipped early"}, event.Thing{}); err != nil {
				return err
			}
			if _, err := commitment.Make(tx, c.Tomas, event.Thing{}, commitment.Input{By: c.Tomas.Self(), To: c.Ines.Self(), Words: "Introduce Priya", Due: due}); err != nil {
				return err
			}
			a, err := ask.New(tx, c.Ines, event.Thing{}, ask.Input{Text: ask.Text{Kind: ask.Money, What: "The course", Why: "It helps"}, Whom: c.Tomas.Self()})
			if err != nil {
				return err
			}
			return ask.Send(tx, c.Ines, a.ID, a.Revision)
		})
		s.Clock.MoveDays(3)
		next := agreed(t, s, c.Ines, c.Tomas, 1)
		want := []string{"Tomás Reis promised, by 24 November: Introduce Priya", "Ines Faria asks Tomás Reis: The course", "A win of Ines Faria: Shipped early"}
		if got := lines(t, s, c.Ines, next); strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("suggested: %q, want %q", got, want)
		}
		if got := lines(t, s, c.Tomas, next); strings.Join(got, "|") != strings.Join(want[:2], "|") {
			t.Errorf("to Tomás is suggested: %q, want %q", got, want[:2])
		}
		first := testkit.Read(t, s, func(tx *db.Tx) ([]brief.Suggestion, error) { return brief.Suggestions(tx, c.Ines, next) })[0]
		for range 2 {
			testkit.Do(t, s, func(tx *db.Tx) error { return brief.Put(tx, c.Ines, next.ID, first.Source, true) })
		}
		for _, me := range []org.Actor{c.Ines, c.Tomas} {
			got := testkit.Read(t, s, func(tx *db.Tx) (conversation.Agenda, error) { return conversation.AgendaOf(tx, me, next.ID) })
			if len(got.Shared) != 1 || got.Shared[0].Words != want[0] {
				t.Errorf("%s reads the agenda %+v", me.Name, got.Shared)
			}
			for _, line := range lines(t, s, me, next) {
				if line == want[0] {
					t.Errorf("to %s it is suggested again", me.Name)
				}
			}
		}
	})
}

func TestOnlyTheTwoSidesAreGivenABriefAndOnlyTheirOwnSuggestionsCanBePut(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c, other := testkit.NewCompany(t, s, "weir.example"), testkit.NewCompany(t, s, "other.example")
		next := agreed(t, s, c.Ines, c.Tomas, 3)
		win := testkit.Write(t, s, func(tx *db.Tx) (plan.Win, error) {
			return plan.AddWin(tx, c.Ines, plan.WinText{What: "Shipped early"}, event.Thing{})
		})
		for _, me := range []org.Actor{c.Ana, c.Joel, c.Ada, other.Ines, other.Ada, {}} {
			testkit.Read(t, s, func(tx *db.Tx) (struct{}, error) {
				if _, err := brief.For(tx, me, next.ID); err != problem.NotFound {
					t.Errorf("%q is given a brief: %v", me.Name, err)
				}
				return struct{}{}, nil
			})
			if err := testkit.Fails(t, s, func(tx *db.Tx) error { return brief.Put(tx, me, next.ID, win.Thing(), true) }); err != problem.NotFound {
				t.Errorf("%q puts something on the agenda: %v", me.Name, err)
			}
		}
		// What Tomás does not see he cannot bring to light by its id.
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return brief.Put(tx, c.Tomas, next.ID, win.Thing(), true) }); strings.Contains(err.Error(), "Shipped") {
			t.Errorf("Tomás is told %v", err)
		}
		agenda := testkit.Read(t, s, func(tx *db.Tx) (conversation.Agenda, error) { return conversation.AgendaOf(tx, c.Tomas, next.ID) })
		if len(agenda.Shared)+len(agenda.Own) != 0 {
			t.Errorf("the agenda holds %+v", agenda)
		}
	})
}

func TestABriefAsMarkdownSaysWhatChangedWhatWasPromisedAndWhatIsToBeTalkedAbout(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		next := agreed(t, s, c.Ines, c.Tomas, 3)
		testkit.Do(t, s, func(tx *db.Tx) error {
			if _, err := plan.AddWin(tx, c.Ines, plan.WinText{What: "Shipped *early*\n# not a heading"}, event.Thing{}); err != nil {
				return err
			}
			_, err := commitment.Make(tx, c.Tomas, event.Thing{}, commitment.Input{By: c.Tomas.Self(), To: c.Ines.Self(), Words: "Introduce Priya", Due: civil.On(2026, time.November, 25)})
			if err != nil {
				return err
			}
			return conversation.AddItem(tx, c.Ines, next.ID, conversation.ItemInput{Words: "The next level", Shared: true})
		})
		b := testkit.Read(t, s, func(tx *db.Tx) (brief.Brief, error) { return brief.For(tx, c.Ines, next.ID) })
		want := `# Align with Tomás Reis

Thursday 26 November 2026, 10:00 to 11:00 (Europe/Lisbon). Where you want to go and where the company goes: goals, strengths, and the gap from here to there.

Made for Ines Faria alone.

## What changed since

- A win of Ines Faria: Shipped \*early\* \# not a heading

## What Tomás Reis promised

- Introduce Priya, by 25 November. It is due one day before you meet.

## What waits for an answer, and what is owed

- Expectations: Nobody has written what my role asks for. Tomás Reis can write it, or you look at it together.

## What you bring

- [ ] The next level
`
		if got := b.Markdown(); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	})
}

func TestWithAContactTheBriefIsOfTheirOwnPromisesAndQuestions(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		noor := testkit.Write(t, s, func(tx *db.Tx) (org.Contact, error) {
			return org.AddContact(tx, c.Ines, org.Contact{Name: "Noor Haddad"})
		})
		with := org.Party{Contact: noor.ID}
		next := testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
			if _, err := commitment.Make(tx, c.Ines, event.Thing{}, commitment.Input{By: with, To: c.Ines.Self(), Words: "Read my draft", Due: civil.On(2026, time.November, 25)}); err != nil {
				return conversation.Conversation{}, err
			}
			if _, err := question.Record(tx, c.Ines, event.Thing{}, question.Input{Wording: "What did you give up?", To: with.String()}); err != nil {
				return conversation.Conversation{}, err
			}
			return conversation.Request(tx, c.Ines, conversation.Input{With: with, Kind: conversation.Free, Time: conversation.Time{At: tx.Now().AddDate(0, 0, 3), Minutes: 30}})
		})
		want := "Noor Haddad promised, by 25 November: Read my draft|A question of Ines Faria: What did you give up?"
		if got := strings.Join(lines(t, s, c.Ines, next), "|"); got != want {
			t.Errorf("suggested: %q, want %q", got, want)
		}
	})
}

func TestInASprintTheirOwnerAloneIsOfferedTheGoalsToLookAtAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		goal := testkit.Write(t, s, func(tx *db.Tx) (plan.Goal, error) {
			g, err := plan.AddGoal(tx, c.Ines, plan.GoalText{Title: "Lead a release"}, event.Thing{})
			if err != nil {
				return g, err
			}
			return g, plan.ShareGoal(tx, c.Ines, g.ID, plan.WithManager)
		})
		s.Clock.MoveDays(100) // so that nothing about it is new
		sprint := func(kind conversation.Kind) conversation.Conversation {
			at := s.Clock.Now().AddDate(0, 0, 5).Truncate(time.Hour)
			return testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
				one, err := conversation.Request(tx, c.Ines, conversation.Input{With: c.Tomas.Self(), Kind: kind, Time: conversation.Time{At: at, Minutes: 20}})
				if err != nil {
					return one, err
				}
				return conversation.Accept(tx, c.Tomas, one.ID, one.Revision)
			})
		}
		deep, short := sprint(conversation.Align), sprint(conversation.Sprint)
		const line = "How it goes with my goal: Lead a release"
		for _, one := range []struct {
			name string
			says bool
			who  org.Actor
			in   conversation.Conversation
		}{{"the owner in a sprint", true, c.Ines, short}, {"the owner in a deep one", false, c.Ines, deep}, {"the manager in a sprint", false, c.Tomas, short}} {
			if got := strings.Join(lines(t, s, one.who, one.in), "\n"); strings.Contains(got, line) != one.says {
				t.Errorf("%s is offered %q", one.name, got)
			}
		}
		if err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
			_, err := plan.ReviewGoal(tx, c.Ines, goal.ID, plan.Review{How: plan.Moved})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(lines(t, s, c.Ines, short), "\n"); strings.Contains(got, line) {
			t.Errorf("looked at again, it is still offered: %s", got)
		}
	})
}
