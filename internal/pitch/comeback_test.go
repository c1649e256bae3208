package pitch_test

import (
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/testkit"
)

func TestAnAskThatComesBackBringsWhatWasPreparedAndWhatWasShown(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		var id db.ID
		for _, each := range []func(tx *db.Tx) error{
			func(tx *db.Tx) error {
				a, err := ask.New(tx, c.Ines, org.Origin{}, ask.Input{Text: ask.Text{Kind: ask.Time, What: "Two days", Why: "The tests"}, Whom: c.Tomas.Self()})
				id = a.ID
				return err
			},
			func(tx *db.Tx) error {
				return prepares(tx, c.Ines, id, pitch.Exactly, map[string]string{pitch.Smallest: "One day"})
			},
			func(tx *db.Tx) error {
				return prepares(tx, c.Ines, id, pitch.Wording, map[string]string{pitch.Rehearsed: "Slower"})
			},
			func(tx *db.Tx) error { return pitch.Send(tx, c.Ines, id, 1) },
			func(tx *db.Tx) error {
				answer, err := ask.Reply{Says: ask.YesIf, Conditions: []string{"A release led"}}.Answer(civil.On(2026, 11, 23))
				if err != nil {
					return err
				}
				return ask.Decide(tx, c.Tomas, id, answer)
			},
			func(tx *db.Tx) error {
				all, err := ask.CriteriaOf(tx, c.Ines, id)
				if err != nil {
					return err
				}
				if err := ask.Show(tx, c.Ines, all[0].ID, all[0].Revision, "It went out"); err != nil {
					return err
				}
				return ask.Judge(tx, c.Tomas, all[0].ID, ask.Shown, "")
			},
		} {
			testkit.Do(t, s, each)
		}
		next := testkit.Read(t, s, func(tx *db.Tx) (ask.Ask, error) { return ask.ByID(tx, c.Ines, id) }).CameBackAs
		testkit.Do(t, s, func(tx *db.Tx) error {
			return pitch.CameBack(tx, event.Event{Organisation: c.Ines.Organisation, Thing: event.Thing{Kind: "ask", ID: next}, Facts: map[string]string{"previous": string(id)}})
		})
		p := testkit.Read(t, s, func(tx *db.Tx) (pitch.Pitch, error) { return pitch.Of(tx, c.Ines, next) })
		if p.Words(pitch.Smallest) != "One day" || p.Words(pitch.Rehearsed) != "" {
			t.Errorf("it came back with %+v", p.Texts)
		}
		out := testkit.Read(t, s, func(tx *db.Tx) (pitch.Outgoing, error) { return p.Outgoing(tx, c.Ines) })
		shown := ""
		for _, section := range out.Sections {
			if section.Name == ask.ShownBefore {
				shown = section.Words
			}
		}
		if !strings.Contains(shown, "A release led: It went out (said to be shown)") {
			t.Errorf("what was shown goes along as %q", shown)
		}
	})
}
