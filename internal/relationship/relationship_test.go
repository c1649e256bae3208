package relationship_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/relationship"
	"github.com/ownward/ownward/internal/testkit"
)

func add(t *testing.T, s testkit.Store, me org.Actor, with org.Party, in relationship.Text) relationship.Relationship {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (relationship.Relationship, error) { return relationship.Add(tx, me, with, in) })
}

func suggested(t *testing.T, s testkit.Store, me org.Actor) []string {
	t.Helper()
	var names []string
	for _, one := range testkit.Read(t, s, func(tx *db.Tx) ([]relationship.Suggestion, error) { return relationship.Suggest(tx, me, 10) }) {
		names = append(names, one.With.Name+", "+string(one.Happened[0].Kind))
	}
	return names
}

// advised lets somebody from outside advise Ines, and Mira answer her.
func advised(t *testing.T, s testkit.Store, c testkit.Company) org.Party {
	rosa := testkit.Write(t, s, func(tx *db.Tx) (org.Contact, error) {
		return org.AddContact(tx, c.Ines, org.Contact{Name: "Rosa Lind"})
	})
	with := org.Party{Contact: rosa.ID, Name: rosa.Name}
	testkit.Do(t, s, func(tx *db.Tx) error {
		_, err1 := counsel.Keep(tx, c.Ines, org.Origin{}, counsel.Text{By: with, Words: "Rest"}, counsel.Decision{})
		_, err2 := question.Record(tx, c.Ines, org.Origin{}, question.Input{Wording: "What now?", To: c.Mira.Self().String(), Answer: "Wait"})
		return errors.Join(err1, err2)
	})
	return with
}

func TestWhoHelpedIsOfferedAndPutOnTheListByNobodyElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		rosa := advised(t, s, c)
		if got := suggested(t, s, c.Ines); !slices.Equal(got, []string{"Rosa Lind, advised", "Mira Koch, answered"}) {
			t.Errorf("offered are %v", got)
		}
		if got := suggested(t, s, c.Mira); len(got) != 0 {
			t.Errorf("Mira, who was asked aloud, is offered %v", got)
		}
		mine := func() []relationship.Relationship {
			return testkit.Read(t, s, func(tx *db.Tx) ([]relationship.Relationship, error) { return relationship.Mine(tx, c.Ines) })
		}
		if len(mine()) != 0 {
			t.Errorf("nobody pressed anything, and on the list are %v", mine())
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return relationship.LetGo(tx, c.Ines, c.Mira.Self()) })
		r := add(t, s, c.Ines, rosa, relationship.Text{})
		if again := add(t, s, c.Ines, rosa, relationship.Text{Connects: "Porto"}); again.ID != r.ID || again.Connects != "" {
			t.Errorf("added twice it is %+v", again)
		}
		if got := suggested(t, s, c.Ines); len(got) != 0 || len(mine()) != 1 {
			t.Errorf("one added and one let go of, still offered are %v, listed %v", got, mine())
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return relationship.Remove(tx, c.Ines, r.ID) })
		if got := suggested(t, s, c.Ines); len(got) != 0 || len(mine()) != 0 {
			t.Errorf("taken off, offered are %v, listed %v", got, mine())
		}
		if back := add(t, s, c.Ines, rosa, relationship.Text{Gives: "Time"}); back.ID != r.ID || len(mine()) != 1 || mine()[0].Gives != "Time" {
			t.Errorf("put back it is %+v", mine())
		}
	})
}

func TestTheListIsItsOwnersAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		r := add(t, s, c.Ines, c.Mira.Self(), relationship.Text{Connects: "We sailed"})
		for _, other := range []org.Actor{c.Mira, c.Tomas, c.Ada} {
			for name, act := range map[string]func(tx *db.Tx) error{
				"finds":   func(tx *db.Tx) error { _, err := relationship.ByID(tx, other, r.ID); return err },
				"changes": func(tx *db.Tx) error { return relationship.Change(tx, other, r.ID, 1, relationship.Text{}) },
				"notes":   func(tx *db.Tx) error { return relationship.Met(tx, other, r.ID, civil.Date{}) },
				"removes": func(tx *db.Tx) error { return relationship.Remove(tx, other, r.ID) },
			} {
				if err := db.Do(t.Context(), s.DB, act); !errors.Is(err, problem.NotFound) {
					t.Errorf("%s %s it: %v", other.Name, name, err)
				}
			}
		}
		theirs := testkit.Write(t, s, func(tx *db.Tx) (org.Contact, error) {
			return org.AddContact(tx, c.Joel, org.Contact{Name: "Of Joel"})
		})
		for _, with := range []org.Party{{Contact: theirs.ID}, {}} {
			if err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error { _, err := relationship.Add(tx, c.Ines, with, relationship.Text{}); return err }); !errors.Is(err, problem.NotFound) {
				t.Errorf("somebody whom Ines does not know is added: %v", err)
			}
		}
		if err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
			_, err := relationship.Add(tx, c.Ines, c.Ines.Self(), relationship.Text{})
			return err
		}); err == nil {
			t.Error("Ines is on her own list")
		}
	})
}

func TestTheLastExchangeIsWhatHappenedOrWhatWasNoted(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		r := add(t, s, c.Ines, c.Mira.Self(), relationship.Text{NextOn: civil.In(s.Clock.Now(), c.Ines.Zone).AddDays(2), Next: "The mooring"})
		last := func() civil.Date {
			happened := testkit.Read(t, s, func(tx *db.Tx) (map[db.ID][]relationship.Exchange, error) {
				return relationship.Exchanges(tx, c.Ines, "")
			})
			now := testkit.Read(t, s, func(tx *db.Tx) (relationship.Relationship, error) { return relationship.ByID(tx, c.Ines, r.ID) })
			return now.Last(happened[r.ID])
		}
		if !last().IsZero() {
			t.Errorf("nothing happened, and the last exchange was on %s", last())
		}
		meet := testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
			return conversation.Request(tx, c.Mira, conversation.Input{With: c.Ines.Self(), Kind: conversation.Free, Time: conversation.Time{At: tx.Now().Add(time.Hour), Minutes: 30}})
		})
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := conversation.Accept(tx, c.Ines, meet.ID, meet.Revision)
			return err
		})
		held := civil.In(meet.At, c.Ines.Zone)
		s.Clock.Move(3 * 24 * time.Hour)
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := tx.Exec("update conversations set state = 'held', held_at = at where id = $1", meet.ID)
			return err
		})
		if last() != held {
			t.Errorf("after the conversation of %s the last exchange was on %s", held, last())
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return relationship.Met(tx, c.Ines, r.ID, civil.Date{}) })
		now := testkit.Read(t, s, func(tx *db.Tx) (relationship.Relationship, error) { return relationship.ByID(tx, c.Ines, r.ID) })
		if last() != held.AddDays(3) || !now.NextOn.IsZero() || now.Next != "" {
			t.Errorf("noted today, the last exchange was on %s, the next is %s", last(), now.NextOn)
		}
		var conflict *problem.Conflict
		if err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
			return relationship.Change(tx, c.Ines, r.ID, 1, relationship.Text{Connects: "The harbour"})
		}); !errors.As(err, &conflict) {
			t.Errorf("a change of what was changed meanwhile: %v", err)
		}
	})
}
