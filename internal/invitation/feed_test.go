package invitation_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func feedOf(t testing.TB, s testkit.Store, token invitation.Token) string {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (string, error) {
		me, err := invitation.FeedReader(tx, token)
		if err != nil {
			return "", err
		}
		content, err := invitation.Feed(tx, me, func(thing event.Thing) string {
			return "https://weir.example/" + thing.Kind + "/" + string(thing.ID)
		})
		return string(content), err
	})
}

func makes(t testing.TB, s testkit.Store, me org.Actor) invitation.Token {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (invitation.Token, error) { return invitation.MakeFeed(tx, me) })
}

// busy gives Ines a conversation, a goal with a step and two promises, whose words all hold "zq".
func busy(t testing.TB, s testkit.Store, c testkit.Company) {
	t.Helper()
	agreed(t, s, c)
	testkit.Do(t, s, func(tx *db.Tx) error {
		goal, err := plan.AddGoal(tx, c.Ines, plan.GoalText{Title: "zq lead a release", Area: plan.Professional, Due: civil.On(2027, 6, 1), Rhythm: plan.Never}, org.Origin{})
		if err != nil {
			return err
		}
		if _, err := plan.AddStep(tx, c.Ines, goal.ID, plan.StepText{Words: "zq read the runbook", Due: civil.On(2026, 12, 4)}); err != nil {
			return err
		}
		for _, by := range []org.Actor{c.Ines, c.Tomas} {
			to := c.Tomas
			if by.Person == c.Tomas.Person {
				to = c.Ines
			}
			if _, err := commitment.Make(tx, by, org.Origin{}, commitment.Input{By: by.Self(), To: to.Self(), Words: "zq I promise", Due: civil.On(2026, 12, 18)}); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestAFeedSaysWhatKindOfThingIsWhenAndNoWordOfIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		busy(t, s, c)
		token := makes(t, s, c.Ines)
		feed := strings.ReplaceAll(feedOf(t, s, token), "\r\n ", "")
		for _, want := range []string{
			"METHOD:PUBLISH", "X-WR-CALNAME:Ownward", "SUMMARY:Growth conversation\r\n", "DTSTART;TZID=Europe/Lisbon:20261130T100000",
			"DTSTART;VALUE=DATE:20270601\r\nDTEND;VALUE=DATE:20270602\r\nSUMMARY:A goal is due", "DTSTART;VALUE=DATE:20261204\r\nDTEND;VALUE=DATE:20261205\r\nSUMMARY:A step is due",
			"SUMMARY:A promise of yours is due", "SUMMARY:A promise to you is due", "SUMMARY:Look back on a promise", "URL:https://weir.example/goal/",
		} {
			if !strings.Contains(feed, want) {
				t.Errorf("lacks %q:\n%s", want, feed)
			}
		}
		for _, private := range []string{"zq", "Tom", "Reis", "Ines", "Align"} {
			if strings.Contains(feed, private) {
				t.Errorf("%q stands in it:\n%s", private, feed)
			}
		}
		s.Clock.Move(3 * time.Hour)
		if later := strings.ReplaceAll(feedOf(t, s, token), "\r\n ", ""); later != feed {
			t.Error("nothing changed, and it is another")
		}
		if other := feedOf(t, s, makes(t, s, c.Joel)); strings.Contains(other, "VEVENT") {
			t.Errorf("Joel reads %s", other)
		}
	})
}

func TestTheFeedOfWhoHasLeftEnds(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		token := makes(t, s, c.Ines)
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Ines.Person) })
		err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
			_, err := invitation.FeedReader(tx, token)
			return err
		})
		if !errors.Is(err, problem.NotFound) {
			t.Errorf("it reads %v", err)
		}
	})
}

// BenchmarkFeed is the feed of somebody with 12 conversations, 30 promises, 20 goals and 60 steps ahead.
func BenchmarkFeed(b *testing.B) {
	s := testkit.SQLite(b)
	c := testkit.NewCompany(b, s, "weir.example")
	testkit.Do(b, s, func(tx *db.Tx) error {
		for n := range 12 {
			if _, err := conversation.Request(tx, c.Ines, conversation.Input{With: c.Tomas.Self(), Kind: conversation.Sprint, Time: in(7 + 30*n)}); err != nil {
				return err
			}
		}
		for n := range 30 {
			if _, err := commitment.Make(tx, c.Ines, org.Origin{}, commitment.Input{By: c.Ines.Self(), To: c.Tomas.Self(), Words: "I promise", Due: civil.On(2027, 1, 1+n)}); err != nil {
				return err
			}
		}
		for n := range 20 {
			goal, err := plan.AddGoal(tx, c.Ines, plan.GoalText{Title: fmt.Sprint("Goal ", n), Area: plan.Professional, Due: civil.On(2027, 6, 1+n)}, org.Origin{})
			if err != nil {
				return err
			}
			for range 3 {
				if _, err := plan.AddStep(tx, c.Ines, goal.ID, plan.StepText{Words: "A step", Due: civil.On(2027, 2, 1+n)}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	token := makes(b, s, c.Ines)
	for b.Loop() {
		if len(feedOf(b, s, token)) < 10_000 {
			b.Fatal("too little stands in it")
		}
	}
}
