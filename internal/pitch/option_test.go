package pitch_test

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func TestEachWayHasACostOfItsOwnThatGoesOut(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		a := testkit.Write(t, s, func(tx *db.Tx) (ask.Ask, error) {
			a, err := ask.New(tx, c.Ines, org.Origin{}, ask.Input{Text: ask.Text{Kind: ask.Money, What: "The course", Cost: ask.Cost{Minor: 120_000, Currency: "EUR"}}, Whom: c.Tomas.Self()})
			return a, errors.Join(err,
				prepares(tx, c.Ines, a.ID, pitch.Exactly, map[string]string{pitch.Second: "The book and a day", pitch.Smallest: "The book"}),
				prepares(tx, c.Ines, a.ID, pitch.Return, map[string]string{
					pitch.OptionText(pitch.Second, pitch.Amount): "300", pitch.OptionText(pitch.Second, pitch.Hours): "8",
					"team-low": "100", "team-high": "200", "team-unit": "money a month",
				}))
		})
		read := func() (pitch.Pitch, pitch.Outgoing) {
			p := testkit.Read(t, s, func(tx *db.Tx) (pitch.Pitch, error) { return pitch.Of(tx, c.Ines, a.ID) })
			return p, testkit.Read(t, s, func(tx *db.Tx) (pitch.Outgoing, error) { return p.Outgoing(tx, c.Ines) })
		}
		p, out := read()
		words := map[ask.Part]string{}
		for _, section := range out.Sections {
			words[section.Name] = section.Words
		}
		if got := words[ask.SecondWay]; got != "The book and a day\nIt costs 300 EUR and 8 working hours." {
			t.Errorf("the other way: %q", got)
		}
		if got := words[ask.Smallest]; got != "The book" {
			t.Errorf("the smallest version, of which nothing was said: %q", got)
		}
		want := "It costs 1,200 EUR. Within 12 months it brings 1,200 to 2,400 EUR: 1 to 2 times what it costs. It has come back after 6 to 12 months."
		if got := words[ask.Payback]; got != want {
			t.Errorf("hours without a worth cannot be added to money: %q", got)
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			hours := p.Texts[pitch.OptionText(pitch.Second, pitch.Hours)]
			return pitch.Write(tx, c.Ines, a.ID, pitch.Return, []pitch.Typed{{Name: hours.Name, Revision: hours.Revision}})
		})
		_, out = read()
		for _, section := range out.Sections {
			if section.Name == ask.Payback && section.Words != want+"\nThe other way: it costs 300 EUR. If it brought as much, that would be 4 to 8 times what it costs. It would have come back after 2 to 3 months." {
				t.Errorf("what comes back: %q", section.Words)
			}
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			return prepares(tx, c.Ines, a.ID, pitch.Return, map[string]string{pitch.OptionText(pitch.Smallest, pitch.Amount): "much"})
		})
		p, _ = testkit.Read(t, s, func(tx *db.Tx) (pitch.Pitch, error) { return pitch.Of(tx, c.Ines, a.ID) }), out
		var wrong problem.Invalid
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := p.Outgoing(tx, c.Ines); return err }); !errors.As(err, &wrong) || wrong[pitch.OptionText(pitch.Smallest, pitch.Amount)] == "" {
			t.Errorf("a figure that is none: %v", err)
		}
	})
}
