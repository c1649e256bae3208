package timeline_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/story"
	"github.com/ownward/ownward/internal/testkit"
	"github.com/ownward/ownward/internal/timeline"
)

func read(t *testing.T, s testkit.Store, me org.Actor, key string) timeline.Timeline {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (timeline.Timeline, error) { return timeline.Of(tx, me, key) })
}

// lived lets Ines live from November 2026 to March 2027: a goal reached and one begun, a skill that grew and was said to be less
// again, a win, a no, and a conversation.
func lived(t *testing.T, s testkit.Store, c testkit.Company) {
	t.Helper()
	var k plan.Skill
	var g plan.Goal
	testkit.Do(t, s, func(tx *db.Tx) (err error) {
		if g, err = plan.AddGoal(tx, c.Ines, plan.GoalText{Title: "Lead a review"}, event.Thing{}); err != nil {
			return err
		}
		k, err = plan.AddSkill(tx, c.Ines, plan.Skill{Name: "Listening", Level: 1, Wanted: 4})
		return err
	})
	s.Clock.MoveDays(40) // the second of January
	testkit.Do(t, s, func(tx *db.Tx) error {
		_, err := plan.AddWin(tx, c.Ines, plan.WinText{What: "Led one", Figure: "in 40 minutes"}, event.Thing{})
		k.Level = 3
		return errors.Join(err, plan.ChangeSkill(tx, c.Ines, k), plan.CloseGoal(tx, c.Ines, g.ID, g.Revision, plan.Done, "Begin with a question."))
	})
	s.Clock.MoveDays(30)
	testkit.Do(t, s, func(tx *db.Tx) error {
		k.Level, k.Revision = 2, 2
		if err := plan.ChangeSkill(tx, c.Ines, k); err != nil {
			return err
		}
		k.Note, k.Revision = "Less than I thought", 3
		if err := plan.ChangeSkill(tx, c.Ines, k); err != nil {
			return err
		}
		_, err := plan.AddGoal(tx, c.Ines, plan.GoalText{Title: "Lead a service"}, event.Thing{})
		return err
	})
	testkit.Do(t, s, func(tx *db.Tx) error {
		a, err := ask.New(tx, c.Ines, event.Thing{}, ask.Input{Text: ask.Text{Kind: ask.Money, What: "A course"}, Whom: c.Tomas.Self()})
		if err != nil {
			return err
		}
		if err := ask.Send(tx, c.Ines, a.ID, a.Revision); err != nil {
			return err
		}
		answer, err := ask.Reply{Says: ask.NotNow}.Answer(civil.In(tx.Now(), c.Tomas.Zone))
		if err != nil {
			return err
		}
		return ask.Decide(tx, c.Tomas, a.ID, answer)
	})
	testkit.Do(t, s, func(tx *db.Tx) error {
		meet, err := conversation.Request(tx, c.Ines, conversation.Input{With: c.Tomas.Self(), Kind: conversation.Align, Time: conversation.Time{At: tx.Now().Add(24 * time.Hour), Minutes: 60}})
		if err != nil {
			return err
		}
		_, err = conversation.Accept(tx, c.Tomas, meet.ID, meet.Revision)
		return err
	})
}

func said(t timeline.Timeline) string {
	var all []string
	for _, e := range t.Entries() {
		all = append(all, e.Day.String()+" "+string(e.Kind)+" "+e.Words)
	}
	return strings.Join(all, "\n")
}

func TestATimelineSaysWhatHappenedInItsPeriodAndNothingElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		if !read(t, s, c.Ines, "").Nothing() {
			t.Error("an empty plan has a past")
		}
		lived(t, s, c)
		want := `2027-02-02 conversation to come 
2027-02-01 goal begun Lead a service
2027-02-01 skill Listening
2027-02-01 decision A course`
		if got := said(read(t, s, c.Ines, "2027-q1")); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "2027-01-02 skill Listening") {
			t.Errorf("the first quarter:\n%s", got)
		}
		if got := said(read(t, s, c.Ines, "2026")); got != "2026-11-23 goal begun Lead a review" {
			t.Errorf("the year before:\n%s", got)
		}
		told := testkit.Write(t, s, func(tx *db.Tx) (story.Story, error) {
			return story.Keep(tx, c.Ines, story.Review, story.Text{Title: "My winter", Words: "It was long."})
		})
		if got := read(t, s, c.Ines, "2027-q1").Entries(); !slices.ContainsFunc(got, func(e timeline.Entry) bool { return e.Kind == timeline.Told && e.Words == told.Title }) {
			t.Errorf("the story is not in it: %+v", got)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return story.Remove(tx, c.Ines, told.ID) })
		whole := read(t, s, c.Ines, "all")
		if got := said(whole); strings.Count(got, "\n") != 6 || len(whole.Years()) != 2 {
			t.Errorf("all of it, of %v:\n%s", whole.Years(), got)
		}
		if got := whole.Skills; len(got) != 2 || got[0].To != 3 || got[1].From != 3 || got[1].To != 2 {
			t.Errorf("the skill changed %+v", got)
		}
		if got := read(t, s, c.Tomas, "all"); !got.Nothing() {
			t.Errorf("somebody else looks back on %s", said(got))
		}
	})
}

func TestPeriods(t *testing.T) {
	first, today := civil.On(2024, 5, 17), civil.On(2027, 2, 1)
	for key, days := range map[string]string{
		"": "2026-02-01 2027-02-01", "all": "2024-05-01 2027-02-01", "2026": "2026-01-01 2026-12-31", "2024-q1": "2024-01-01 2024-03-31", "2026-q4": "2026-10-01 2026-12-31",
	} {
		p, err := timeline.PeriodOf(key, first, today)
		if got := p.From.String() + " " + p.To.String(); err != nil || got != days {
			t.Errorf("%q is %s, %v", key, got, err)
		}
	}
	for _, key := range []string{"2026-q5", "2026-q0", "soon", "99999", "-q1", "2026-q", "all "} {
		if _, err := timeline.PeriodOf(key, first, today); !errors.Is(err, problem.NotFound) {
			t.Errorf("%q is a period: %v", key, err)
		}
	}
}

func TestAPictureKeepsItsPlacesWithinTheAxis(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	lived(t, s, c)
	for i := range 30 {
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := plan.AddWin(tx, c.Ines, plan.WinText{What: "w"}, event.Thing{})
			if err == nil && i < 20 {
				_, err = plan.AddGoal(tx, c.Ines, plan.GoalText{Title: strings.Repeat("long ", 20)}, event.Thing{})
			}
			return err
		})
	}
	for _, key := range []string{"", "all", "2026", "2027", "2027-q1"} {
		p := read(t, s, c.Ines, key).Picture()
		for _, m := range p.Marks {
			if m.At < 0 || m.At > 100 || m.Y < 0 || m.Y > p.Height {
				t.Errorf("%q has a mark at %v, %d of %d", key, m.At, m.Y, p.Height)
			}
		}
		for i, b := range p.Bars {
			if b.From < 0 || b.To > 100 || b.To <= b.From {
				t.Errorf("%q has a bar from %v to %v", key, b.From, b.To)
			}
			for _, other := range p.Bars[:i] {
				if other.Y == b.Y && other.To > b.From && b.To > other.From {
					t.Errorf("%q has two bars on each other: %+v %+v", key, other, b)
				}
			}
		}
		for _, tick := range p.Ticks {
			if tick.At < 0 || tick.At > 100 || tick.Label == "" {
				t.Errorf("%q has the tick %+v", key, tick)
			}
		}
		if n := len(p.Ticks); n > 20 {
			t.Errorf("%q has %d ticks", key, n)
		}
	}
	p := read(t, s, c.Ines, "2027").Picture()
	many := 0
	for _, m := range p.Marks {
		many += m.Count
	}
	if many != 25 || p.More == 0 {
		t.Errorf("of thirty wins on a day, %d stand in a figure; %d goals found no place", many, p.More)
	}
}
