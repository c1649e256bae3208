package web

import (
	"net/url"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/home"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/question"
)

// suggested is a question that fits what happened, and why it does.
type suggested struct {
	Href, Wording        string
	Named                bool // the wording holds words of the visitor's
	Before, Words, After string
	Moment, Thing        string
	Near                 string // in the place of a question: somebody with whom they meant to be in touch
}

// suggested finds the one question that the start page offers, if there is one.
func (c *call) suggested(h home.Home) (suggested, error) {
	found, err := h.Suggest(c.tx, c.me, c.server.Questions)
	if err == nil && found.Near != "" {
		return suggested{Near: "/relationships/" + string(found.Near), Words: found.Words, After: day(found.NearOn, h.Today)}, nil
	}
	if err != nil || found.Card.ID == "" {
		return suggested{}, err
	}
	on := func() string { return day(civil.In(found.Fact.Since, c.me.Zone), h.Today) }
	s := suggested{Words: found.Words, Moment: string(found.Fact.Moment), Thing: string(found.Fact.Thing)}
	switch m := found.Fact.Moment; {
	case m == question.AfterNo:
		s.Before, s.After = "You have the answer to “", "”, and it was not a yes. This one goes on from there."
	case m == question.NewManager && found.Fact.By == question.ByManager:
		s.After = " reports to you since " + on() + ". You are new to each other only once."
	case m == question.NewManager:
		s.After = " leads you since " + on() + ". This is a good first question."
	case m == question.BeforeCheckIn:
		s.Before, s.After = "The day to look back at the promise “", "” is near."
	case m == question.WhenStuck:
		s.Before, s.After = "“", "” has not moved for a while."
	case m == question.AfterReview:
		s.Before, s.After = "You looked back at “", "” on "+on()+"."
	default:
		s.Before, s.After = "You meet ", " on "+day(civil.In(h.Next.At, c.me.Zone), h.Today)+"."
	}
	s.Href, s.Wording, s.Named = c.fitted(found.Card, found.About, found.Words)
	return s, nil
}

// fitted says a card about a thing of the visitor's by name, where the card can be about it.
func (c *call) fitted(card question.Card, about, name string) (href, wording string, named bool) {
	href = questionHref(card.ID)
	if about == "" {
		return href, card.Title(), false
	}
	f := question.Filling{Scope: question.Goal, Name: name}
	if len(about) > 5 && about[:5] == "step:" {
		f.Scope = question.Task
	}
	wording = card.Wording(f)
	if wording == card.Wording(question.Filling{Scope: f.Scope}) {
		return href, wording, false
	}
	return href + "?" + url.Values{"about": {about}}.Encode(), wording, true
}

// fittingQuestion is a link to the card that fits a fact, on the page where the fact stands.
type fittingQuestion struct{ Href, Wording string }

func (c *call) fitting(f question.Fact) fittingQuestion {
	card, ok := c.server.Questions.Fitting(f)
	if !ok || c.me.Left {
		return fittingQuestion{}
	}
	return fittingQuestion{questionHref(card.ID), card.Title()}
}

// fittingGoal is the card that fits a goal that is stuck, by its name where the card takes one.
func (c *call) fittingGoal(g plan.Goal) (href, wording string) {
	card, ok := c.server.Questions.Fitting(question.Fact{Moment: question.WhenStuck, Thing: g.ID})
	if !ok {
		return "", ""
	}
	href, wording, _ = c.fitted(card, "goal:"+string(g.ID), g.Title)
	return href, wording
}

// letSuggestionGo keeps a suggestion from coming back for what it was about.
func letSuggestionGo(c *call) (string, error) {
	return "/", question.LetGo(c.tx, c.me, question.Moment(c.text("moment")), db.ID(c.text("thing")))
}
