package web

import (
	"html/template"

	"github.com/ownward/ownward/internal/alternative"
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// wayShown is another way after an answer, that its owner can make an ask or a goal of.
type wayShown struct {
	Name              string
	Means, HowToBegin template.HTML
	Action            string
	Catalogue         string // where programmes of that kind stand
}

// waysOn are the other ways that an answer names, and the rest of the catalogue.
type waysOn struct{ Named, Rest []wayShown }

// waysOn offers the owner other ways after an answer that was no plain yes.
func (c *call) waysOn(s ask.Story) *waysOn {
	if s.Answer == ask.Yes || c.me.Left || !s.Owner.Is(c.me) {
		return nil
	}
	w := &waysOn{}
	named := map[string]bool{}
	shown := func(a alternative.Alternative) wayShown {
		named[a.ID] = true
		way := wayShown{capital(a.Name), prose(a.WhatItCanMean), prose(a.HowToBegin), askHref(s.ID) + "/alternatives/" + a.ID, ""}
		if !c.who.Alone {
			way.Catalogue = catalogueOf[a.ID]
		}
		return way
	}
	for _, a := range s.Decision.Ways() {
		w.Named = append(w.Named, shown(a))
	}
	for _, a := range alternative.All() {
		if !named[a.ID] {
			w.Rest = append(w.Rest, shown(a))
		}
	}
	return w
}

// catalogueOf is where programmes stand that are another way.
var catalogueOf = map[string]string{"other-programme": "/programmes", "special-project": "/programmes?kind=special+project"}

var (
	wayAsked  = says("A draft of it is here. It is yours alone until you send it.")
	waySetOut = says("It is a goal of yours now. Say what exactly will be different.")
)

// takeWay makes an ask or a goal of another way.
func takeWay(c *call) (string, error) {
	s, err := ask.StoryOf(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	way, ok := alternative.ByID(c.PathValue("way"))
	if !ok || !s.Owner.Is(c.me) {
		return "", problem.NotFound
	}
	if c.text("as") != "goal" {
		next, err := ask.TakeWay(c.tx, c.me, s.ID, way)
		c.say(wayAsked)
		return askHref(next), err
	}
	if s.Answer == "" || s.Answer == ask.Yes {
		return "", problem.Refused("Other ways are offered where the answer was not a plain yes.")
	}
	title := way.Goal
	g, err := plan.AddGoal(c.tx, c.me, plan.GoalText{
		Title: title, Specific: s.Decision.AlternativeWords, Area: plan.Professional, Kind: plan.Outcome, Rhythm: plan.Monthly,
	}, s.Thing())
	c.say(waySetOut)
	return PathOf(g.Thing()) + "/edit", err
}
