package pitch_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// prepares writes texts of a part, each for the first time.
func prepares(tx *db.Tx, me org.Actor, id db.ID, part pitch.Part, texts map[string]string) error {
	var typed []pitch.Typed
	for name, words := range texts {
		typed = append(typed, pitch.Typed{Name: name, Words: words})
	}
	return pitch.Write(tx, me, id, part, typed)
}

func TestWhatGoesOutIsMadeOfThePartsThatDoAndOfNothingElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		a := testkit.Write(t, s, func(tx *db.Tx) (ask.Ask, error) {
			skill, err1 := plan.AddSkill(tx, c.Ines, plan.Skill{Name: "Reviewing", Level: 3, Wanted: 4, Note: "Nobody reads this note"})
			theirs, err2 := plan.AddSkill(tx, c.Joel, plan.Skill{Name: "Of Joel", Level: 3, Wanted: 4})
			win, err3 := plan.AddWin(tx, c.Ines, plan.WinText{What: "An old win", Day: civil.On(2026, 1, 10)}, org.Origin{})
			a, err4 := ask.New(tx, c.Ines, org.Origin{}, ask.Input{
				Text: ask.Text{Kind: ask.Time, What: "Two days", Cost: ask.Cost{Hours: 16}}, Whom: c.Tomas.Self(), Wins: []db.ID{win.ID},
			})
			return a, errors.Join(err1, err2, err3, err4,
				prepares(tx, c.Ines, a.ID, pitch.Motive, map[string]string{pitch.WhyNow: "A secret", pitch.Envy: "Another secret"}),
				prepares(tx, c.Ines, a.ID, pitch.Exactly, map[string]string{pitch.Smallest: "One day", pitch.Granter: pitch.MyManager}),
				prepares(tx, c.Ines, a.ID, pitch.Return, map[string]string{"team-low": "1.5", "team-high": "2", "team-unit": "hours a week", "team-reason": "Two can review", pitch.Cover: "Joel"}),
				pitch.Choose(tx, c.Ines, a.ID, []pitch.Pick{{Kind: pitch.Skill, ID: skill.ID}, {Kind: pitch.Skill, ID: theirs.ID}}, nil))
		})
		p := testkit.Read(t, s, func(tx *db.Tx) (pitch.Pitch, error) { return pitch.Of(tx, c.Ines, a.ID) })
		out := testkit.Read(t, s, func(tx *db.Tx) (pitch.Outgoing, error) { return p.Outgoing(tx, c.Ines) })
		want := []ask.Section{
			{Name: ask.Smallest, Words: "One day"}, {Name: ask.Granter, Words: "Tomás Reis, my manager"}, {Name: ask.Skills, Words: "Reviewing: on my own (3 of 5)"},
			{Name: ask.Cover, Words: "Joel"}, {Name: ask.ForTeam, Words: "1.5 to 2 hours a week\nTwo can review"},
			{Name: ask.Payback, Words: "It costs 16 hours. Within 12 months it brings 66 to 88 hours: 4.1 to 5.5 times what it costs. It has come back after 3 months."},
			{Name: ask.Assumptions, Words: "A year has 44 weeks of work.\nWhat comes back is counted over 12 months."},
		}
		if !slices.Equal(out.Sections, want) {
			t.Errorf("what goes out:\n%+v\nand should be\n%+v", out.Sections, want)
		}
		lacks := strings.Join(testkit.Read(t, s, func(tx *db.Tx) ([]string, error) { return p.Lacks(tx, c.Ines) }), " ")
		for _, fact := range []string{"Nothing in the last 90 days backs this. The latest of what goes along is of 10 January 2026.", "has a figure", "No win backs Reviewing."} {
			if !strings.Contains(lacks, fact) {
				t.Errorf("%q is not said: %s", fact, lacks)
			}
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return pitch.Send(tx, c.Ines, a.ID, a.Revision) })
		got := testkit.Read(t, s, func(tx *db.Tx) (ask.Story, error) { return ask.StoryOf(tx, c.Tomas, a.ID) })
		if !slices.Equal(got.Now().Sections, want) {
			t.Errorf("what was sent: %+v", got.Now().Sections)
		}
		if _, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (pitch.Pitch, error) { return pitch.Of(tx, c.Tomas, a.ID) }); !errors.Is(err, problem.NotFound) {
			t.Errorf("the one asked reads how it was prepared: %v", err)
		}
	})
}

func TestAFigureThatIsNoneStopsTheSendingAndIsNamed(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	a := testkit.Write(t, s, func(tx *db.Tx) (ask.Ask, error) {
		a, err := ask.New(tx, c.Ines, org.Origin{}, ask.Input{Text: ask.Text{Kind: ask.Time, What: "Two days"}, Whom: c.Tomas.Self()})
		return a, errors.Join(err, prepares(tx, c.Ines, a.ID, pitch.Return, map[string]string{"team-low": "many", "person-low": "3", "person-high": "2"}))
	})
	err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return pitch.Send(tx, c.Ines, a.ID, a.Revision) })
	var wrong problem.Invalid
	if !errors.As(err, &wrong) || wrong["team-low"] == "" || wrong["person-high"] == "" {
		t.Errorf("sent with what are no figures: %v", err)
	}
}
