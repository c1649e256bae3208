package conversation_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"testing"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// what is an act or a reading that a side may do to a conversation with one shared item in it.
type what func(tx *db.Tx, me org.Actor, id, item db.ID) error

// toAgreed are all acts and readings that a side can do to a conversation on its day.
var toAgreed = map[string]what{
	"read": func(tx *db.Tx, me org.Actor, id, _ db.ID) error { _, err := conversation.ByID(tx, me, id); return err },
	"move": func(tx *db.Tx, me org.Actor, id, _ db.ID) error {
		_, err := conversation.Propose(tx, me, id, 2, in(9))
		return err
	},
	"cancel": func(tx *db.Tx, me org.Actor, id, _ db.ID) error { return conversation.Cancel(tx, me, id) },
	"end": func(tx *db.Tx, me org.Actor, id, _ db.ID) error {
		return conversation.End(tx, me, id, conversation.EndInput{})
	},
	"agenda": func(tx *db.Tx, me org.Actor, id, _ db.ID) error {
		return conversation.AddItem(tx, me, id, conversation.ItemInput{Words: "x", Shared: true})
	},
	"tick": func(tx *db.Tx, me org.Actor, _, item db.ID) error { return conversation.Tick(tx, me, item, true) },
	"up":   func(tx *db.Tx, me org.Actor, _, item db.ID) error { return conversation.MoveUp(tx, me, item) },
	"item": func(tx *db.Tx, me org.Actor, _, item db.ID) error {
		_, err := conversation.ItemByID(tx, me, item)
		return err
	},
	"notes": func(tx *db.Tx, me org.Actor, id, _ db.ID) error {
		return conversation.Write(tx, me, id, conversation.Notes, 0, "x")
	},
	"private": func(tx *db.Tx, me org.Actor, id, _ db.ID) error {
		return conversation.Write(tx, me, id, conversation.Private, 0, "x")
	},
	"earlier": func(tx *db.Tx, me org.Actor, id, _ db.ID) error {
		_, err := conversation.EarlierTexts(tx, me, id, conversation.Notes)
		return err
	},
}

// undone runs an act and takes it back.
func undone(t testing.TB, s testkit.Store, act func(tx *db.Tx) error) error {
	t.Helper()
	stop := errors.New("taken back")
	err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return errors.Join(act(tx), stop) })
	var both interface{ Unwrap() []error }
	if errors.As(err, &both) && len(both.Unwrap()) == 2 {
		return both.Unwrap()[0]
	}
	return nil
}

func TestNobodyButTheTwoSidesFindsAConversation(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c, other := testkit.NewCompany(t, s, "weir.example"), testkit.NewCompany(t, s, "other.example")
		// Tomás was the manager of Ines when it was asked for; the two went on by choice.
		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Ana.Person) })
		id := agreed(t, s, c)
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Joel.Person) })
		gone := testkit.Read(t, s, func(tx *db.Tx) (org.Actor, error) {
			return org.UnscopedActor(tx, c.Organisation.ID, c.Joel.Person)
		})
		brings(t, s, c.Ines, id, "shared", true, "")
		item := agenda(t, s, c.Ines, id).Shared[0].ID
		s.Clock.MoveDays(1)
		for name, act := range toAgreed {
			for who, me := range map[string]org.Actor{"the owner": c.Ines, "the partner, a former manager": c.Tomas} {
				if err := undone(t, s, func(tx *db.Tx) error { return act(tx, me, id, item) }); err != nil {
					t.Errorf("%s by %s: %v", name, who, err)
				}
			}
			for who, me := range map[string]org.Actor{
				"the manager": c.Ana, "a peer": c.Mira, "an administrator": c.Ada, "somebody who left": gone, "nobody": {},
				"the same of another organisation": other.Ines, "another administrator": other.Ada, "the operator": org.Operator(c.Organisation.ID),
			} {
				if err := undone(t, s, func(tx *db.Tx) error { return act(tx, me, id, item) }); !errors.Is(err, problem.NotFound) {
					t.Errorf("%s by %s: %v, want not found", name, who, err)
				}
			}
		}
		for who, me := range map[string]org.Actor{"the manager": c.Ana, "an administrator": c.Ada, "another organisation": other.Ines} {
			empty(t, s, who, me, id)
		}
	})
}

func TestOnlyTheOtherSideAcceptsAndOnlyTheTwoMendWhatCameOfIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c, other := testkit.NewCompany(t, s, "weir.example"), testkit.NewCompany(t, s, "other.example")
		was := held(t, s, c, "Agreed")
		asked := requests(t, s, c.Ines, c.Tomas.Self(), in(9))
		accept := func(tx *db.Tx, me org.Actor) error {
			_, err := conversation.Accept(tx, me, asked.ID, asked.Revision)
			return err
		}
		amend := func(tx *db.Tx, me org.Actor) error {
			return conversation.Amend(tx, me, was, conversation.EndInput{Revision: 1, Outcome: "Agreed otherwise"})
		}
		for who, me := range map[string]org.Actor{
			"the manager's manager": c.Ana, "a peer": c.Joel, "an administrator": c.Ada, "nobody": {}, "another organisation": other.Tomas,
		} {
			for name, act := range map[string]func(*db.Tx, org.Actor) error{"accept": accept, "amend": amend} {
				if err := undone(t, s, func(tx *db.Tx) error { return act(tx, me) }); !errors.Is(err, problem.NotFound) {
					t.Errorf("%s by %s: %v, want not found", name, who, err)
				}
			}
		}
		refused(t, s, "accept by the one who asked", func(tx *db.Tx) error { return accept(tx, c.Ines) })
		refused(t, s, "amend before it was held", func(tx *db.Tx) error {
			return conversation.Amend(tx, c.Ines, asked.ID, conversation.EndInput{})
		})
		testkit.Do(t, s, func(tx *db.Tx) error { return accept(tx, c.Tomas) })
		testkit.Do(t, s, func(tx *db.Tx) error { return amend(tx, c.Tomas) })
	})
}

// empty checks that somebody who is no side finds nothing in any list.
func empty(t testing.TB, s testkit.Store, who string, me org.Actor, id db.ID) {
	t.Helper()
	testkit.Read(t, s, func(tx *db.Tx) (struct{}, error) {
		coming, err := conversation.Coming(tx, me)
		if len(coming) != 0 || err != nil {
			t.Errorf("%s sees %v to come (%v)", who, coming, err)
		}
		texts, err := conversation.TextsOf(tx, me, id)
		if texts.Notes.Revision+texts.Outcome.Revision+texts.Private.Revision != 0 || err != nil {
			t.Errorf("%s reads %v (%v)", who, texts, err)
		}
		agenda, err := conversation.AgendaOf(tx, me, id)
		if len(agenda.Shared)+len(agenda.Own) != 0 || err != nil {
			t.Errorf("%s reads the agenda %v (%v)", who, agenda, err)
		}
		partners, err := conversation.Partners(tx, me)
		if len(partners) != 0 || err != nil {
			t.Errorf("%s finds partners %v (%v)", who, partners, err)
		}
		return struct{}{}, nil
	})
}

func TestWhoHasLeftReadsAndDoesNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := held(t, s, c, "Agreed")
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Tomas.Person) })
		gone := testkit.Read(t, s, func(tx *db.Tx) (org.Actor, error) {
			return org.UnscopedActor(tx, c.Organisation.ID, c.Tomas.Person)
		})
		for name, act := range toAgreed {
			if name == "read" || name == "earlier" || name == "item" || name == "tick" || name == "up" {
				continue
			}
			refused(t, s, name, func(tx *db.Tx) error { return act(tx, gone, id, "") })
		}
		stands(t, s, gone, id, conversation.Held)
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := conversation.Request(tx, gone, conversation.Input{With: c.Ines.Self(), Kind: conversation.Free, Time: in(9)})
			return err
		}); !errors.Is(err, problem.NotFound) {
			t.Errorf("asking for one: %v, want not found", err)
		}
	})
}

func TestBothAreRemindedADayBeforeAndOfTheTimeThatStands(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := agreed2(t, s, c.Ines, c.Tomas)
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := conversation.Propose(tx, c.Ines, id, sees(tx, c.Ines, id).Revision, in(12))
			return err
		})
		accepts(t, s, c.Tomas, id)
		told := func() []string {
			t.Helper()
			var to []string
			runner := job.NewRunner(s.DB, slog.New(slog.NewTextHandler(io.Discard, nil)), map[string]job.Do{
				conversation.ReminderJob: conversation.SendReminder,
				notice.Job: func(_ context.Context, _ *db.DB, _ db.ID, args job.Args) error {
					to = append(to, string(args["kind"])+" "+string(args["person"]))
					return nil
				},
			})
			if _, err := runner.RunDue(t.Context()); err != nil {
				t.Fatal(err)
			}
			slices.Sort(to)
			return to
		}
		if got := told(); len(got) != 4 { // asked, answered, asked, answered
			t.Errorf("told meanwhile: %v", got)
		}
		s.Clock.MoveDays(10)
		if got := told(); len(got) != 0 {
			t.Errorf("reminded of the time that fell: %v", got)
		}
		s.Clock.MoveDays(2)
		want := []string{"conversation " + string(c.Tomas.Person), "conversation " + string(c.Ines.Person)}
		slices.Sort(want)
		if got := told(); !slices.Equal(got, want) {
			t.Errorf("a day before: %v, want both reminded", got)
		}
	})
}
