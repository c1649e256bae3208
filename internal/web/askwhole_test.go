package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/testkit"
)

// prepares writes a text of each part of a pitch of Ines's, and gives it to Joel to look at.
func (p *place) prepares(t *testing.T, a ask.Ask) {
	t.Helper()
	testkit.Do(t, p.Store, func(tx *db.Tx) error {
		for part, texts := range map[pitch.Part]map[string]string{
			pitch.Motive:     {pitch.WhyNow: "The hall is free", pitch.Envy: "A little", pitch.HoursWeek: "2", pitch.Until: "2027-03-01"},
			pitch.Exactly:    {pitch.Smallest: "Two days", pitch.Second: "Ten evenings"},
			pitch.Evidence:   {pitch.Missing: "A figure"},
			pitch.Objections: {pitch.OwnObjection(1): "And the dog?", pitch.ToOwn(1): "It comes along", pitch.ForThem: "A second pair of hands"},
			pitch.Wording:    {pitch.Spoken: "Ten days, please", pitch.Rehearsed: "Slower"},
			pitch.Ready:      {pitch.Heard: "In May, once"},
		} {
			for name, words := range texts {
				if err := pitch.Write(tx, p.Ines, a.ID, part, []pitch.Typed{{Name: name, Words: words}}); err != nil {
					return err
				}
			}
		}
		v, err := pitch.MakePreview(tx, p.Ines, a.ID, p.Joel.Person, "Would you say yes?")
		if err != nil {
			return err
		}
		if err := pitch.GivePreview(tx, p.Ines, v.ID); err != nil {
			return err
		}
		_, err = comment.Add(tx, p.Joel, event.Thing{Kind: "preview", ID: v.ID}, comment.Input{Words: "I would, at once"})
		return err
	})
}

// granted lets the ask go out twice, come back with a question, be granted with a condition that is
// shown, and be told back.
func (p *place) granted(t *testing.T, id db.ID) {
	t.Helper()
	now := func(tx *db.Tx) ask.Ask {
		a, err := ask.Working(tx, p.Ines, id)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	for _, each := range []func(tx *db.Tx) error{
		func(tx *db.Tx) error { return pitch.Send(tx, p.Ines, id, now(tx).Revision) },
		func(tx *db.Tx) error { return ask.AskBack(tx, p.Tomas, id, "Which hall?") },
		func(tx *db.Tx) error {
			s, err := ask.StoryOf(tx, p.Ines, id)
			if err != nil {
				return err
			}
			return ask.ReplyTo(tx, p.Ines, id, s.Now().Inquiries[0].ID, "The north one")
		},
		func(tx *db.Tx) error {
			a := now(tx)
			return ask.GoOn(tx, p.Ines, id, a.Revision, a.Revision, ask.Input{Text: ask.Text{Kind: a.Kind, What: a.What, Why: "The north hall is free."}, Whom: a.Whom})
		},
		func(tx *db.Tx) error { return pitch.Send(tx, p.Ines, id, now(tx).Revision) },
		func(tx *db.Tx) error {
			answer, err := ask.Reply{Says: ask.YesIf, Conditions: []string{"A plan for each day"}, Feedback: "Clear work"}.Answer(civil.On(2026, time.November, 23))
			if err != nil {
				return err
			}
			return ask.Decide(tx, p.Tomas, id, answer)
		},
		func(tx *db.Tx) error { return ask.Thank(tx, p.Ines, id, "Thank you for both halls") },
		func(tx *db.Tx) error {
			c, err := ask.CriteriaOf(tx, p.Ines, id)
			if err != nil {
				return err
			}
			if err := ask.Show(tx, p.Ines, c[0].ID, c[0].Revision, "It hangs at the door"); err != nil {
				return err
			}
			return ask.Judge(tx, p.Tomas, c[0].ID, ask.Shown, "I read it")
		},
		func(tx *db.Tx) error {
			if err := ask.Follow(tx, p.Ines, id, ask.Fruit{Kind: ask.Learned, Words: "Brakes are slow", Place: "the north hall"}); err != nil {
				return err
			}
			return ask.TellBack(tx, p.Ines, id, "It changed my week")
		},
	} {
		testkit.Do(t, p.Store, each)
	}
}

func TestTheStoryOfAnAskHoldsAllOfItFromMotiveToProof(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		a := p.drafted(t)
		path := askHref(a.ID) + "/story"
		p.prepares(t, a)
		draft := p.visitAs(p.Ines).Get(path).Must(http.StatusOK)
		if got := draft.Text("main"); !strings.Contains(got, "It has not been sent yet") || !strings.Contains(got, "What you would ask") || strings.Count(got, "Two days") != 1 {
			t.Errorf("of a draft it tells %s", got)
		}
		p.granted(t, a.ID)
		page := p.visitAs(p.Ines).Get(path).Must(http.StatusOK)
		got := page.Text("main")
		for _, want := range []string{
			"The hall is free", "A little", "2 hours a week until", "A figure", "And the dog?", "It comes along", "A second pair of hands", "Ten days, please", "Slower",
			"In May, once", "Would you say yes?", "I would, at once", "Two days", "Ten evenings", "asked back", "Which hall?", "The north one", "A new version",
			"said yes, with conditions", "Clear work", "Thank you for both halls", "A plan for each day", "It hangs at the door", "I read it", "Brakes are slow", "the north hall", "It changed my week",
			"You told them what came of it", "It came back to you as a new ask",
		} {
			if !strings.Contains(got, want) {
				t.Errorf("%q is not told in %s", want, got)
			}
		}
		if !page.Has("ins") {
			t.Error("what changed between the versions is not marked")
		}
		for _, other := range []org.Actor{p.Tomas, p.Joel} {
			p.visitAs(other).Get(path).Must(http.StatusNotFound)
		}
	})
}
