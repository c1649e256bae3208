package web

import (
	"net/url"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
)

// askRow is one ask in a list.
type askRow struct {
	Href, What, Note string
	Day              civil.Date
	DayIs            string // "by", "since", "on"
	Late             bool
}

// askList is what the actor asks, and what is asked of them.
type askList struct {
	Waiting  []askRow // for the actor's answer, the oldest first
	Drafts   []askRow
	Out      []askRow // on their way
	Decided  []askRow
	Answered []askRow // by the actor
	Empty    Empty
	Pager    Pager
	Left     bool
	Money    bool // they answer for a budget, or money is held for them
}

var askListPage = declare[askList]("asks.html")

const asksPerPage = 40

func askHref(id db.ID) string { return PathOf(event.Thing{Kind: "ask", ID: id}) }

// listAsks shows what waits for the visitor first, then their own asks.
func listAsks(c *call) (view, error) {
	list := askList{Left: c.me.Left, Empty: Empty{
		"Money, time, an assignment, somebody's hour, a new role: what would help you most, and who can say yes to it? A draft is yours alone until you send it.",
		"Begin an ask", "/asks/new",
	}}
	first := c.text("after") == ""
	if first {
		if err := list.readOthers(c); err != nil {
			return view{}, err
		}
	} else {
		list.Pager.Newer = "/asks"
	}
	var err error
	if list.Money, err = budget.Concerns(c.tx, c.me); err != nil {
		return view{}, err
	}
	mine, err := ask.Mine(c.tx, c.me, db.ID(c.text("after")), asksPerPage+1)
	if err != nil {
		return view{}, err
	}
	if len(mine) > asksPerPage {
		mine = mine[:asksPerPage]
		list.Pager.Older = "/asks?after=" + url.QueryEscape(string(mine[len(mine)-1].ID))
	}
	for _, a := range mine {
		list.sort(c, a)
	}
	return askListPage.show(c, "Asks", "asks", list)
}

// readOthers reads what others ask of the visitor, and what the visitor answered lately.
func (l *askList) readOthers(c *call) error {
	waiting, err := ask.WaitingForMe(c.tx, c.me)
	if err != nil {
		return err
	}
	for _, a := range waiting {
		row := askRow{Href: askHref(a.ID), What: a.What, Note: a.Owner.Name + " asks you for " + kindLabel(a.Kind), Day: c.dayOf(a.SentAt), DayIs: "since"}
		if !a.DecideBy.IsZero() {
			row.Day, row.DayIs, row.Late = a.DecideBy, "by", a.DecideBy.Before(c.today()) && a.WaitsFor(c.me)
		}
		switch {
		case a.AskedBack:
			row.Note += " · waits for " + a.Owner.Name + ", with a question"
		case a.MoneyWaits && a.Money.Is(c.me):
			row.Note = a.Owner.Name + " asks " + a.Whom.Name + "; you answer for the money"
		case a.MoneyWaits:
			row.Note += " · waits for " + a.Money.Name + ", for the money"
		}
		l.Waiting = append(l.Waiting, row)
	}
	const most = 10
	answered, err := ask.AnsweredByMe(c.tx, c.me, time.Time{}, most)
	if err != nil {
		return err
	}
	for _, a := range answered {
		l.Answered = append(l.Answered, askRow{Href: askHref(a.ID), What: a.What, Note: a.Owner.Name + " asked; you said " + string(a.Answer), Day: c.dayOf(a.DecidedAt), DayIs: "on"})
	}
	return nil
}

// sort puts one of the visitor's own asks where it belongs.
func (l *askList) sort(c *call, a ask.Ask) {
	row := askRow{Href: askHref(a.ID), What: a.What, Day: c.dayOf(a.CreatedAt), DayIs: "begun"}
	switch a.State {
	case ask.Draft:
		if a.Previous != "" {
			row.Note = "came back: what has changed since?"
		} else if a.SentBefore {
			row.Note = "was out before"
		}
		l.Drafts = append(l.Drafts, row)
	case ask.Sent:
		row.Note, row.Day, row.DayIs = "with "+a.Whom.Name, c.dayOf(a.SentAt), "since"
		switch {
		case a.AskedBack:
			row.Note = "waits for you, with a question"
		case a.MoneyWaits:
			row.Note = a.Whom.Name + " said yes; with " + a.Money.Name + ", for the money"
		}
		if !a.DecideBy.IsZero() {
			row.Day, row.DayIs = a.DecideBy, "answer by"
		}
		l.Out = append(l.Out, row)
	default:
		row.Note, row.Day, row.DayIs = a.Whom.Name+" said "+string(a.Answer), c.dayOf(a.DecidedAt), "on"
		if note := c.wayOn(a); note != "" {
			row.Note += " · " + note
		}
		l.Decided = append(l.Decided, row)
	}
}

// wayOn says, for its owner, when an ask comes back.
func (c *call) wayOn(a ask.Ask) string {
	switch {
	case a.ComesBackOn.IsZero():
		return ""
	case a.CameBackAs != "":
		return "came back"
	case a.LetGo:
		return "let go"
	}
	return "comes back on " + day(a.ComesBackOn, c.today())
}

func (c *call) dayOf(at time.Time) civil.Date { return civil.In(at, c.me.Zone) }

// kindLabel is a kind of ask within a sentence.
func kindLabel(kind ask.Kind) string {
	if label, ok := kindLabels[kind]; ok {
		return label.within
	}
	return "something"
}

var kindLabels = map[ask.Kind]struct{ within, title, hint string }{
	ask.Money:      {"money", "Money", "a course, a book, a conference"},
	ask.Time:       {"time", "Time", "hours or days of your own"},
	ask.Assignment: {"an assignment", "An assignment", "work to grow by"},
	ask.Someone:    {"somebody's time", "Somebody's time", "advice, shadowing, an introduction"},
	ask.Programme:  {"a place in a programme", "A programme", "something the organisation offers"},
	ask.Role:       {"a change of role or level", "A change of role or level", ""},
	ask.Sponsor:    {"sponsorship", "Sponsorship", "somebody who speaks for you where you are not in the room"},
	ask.Founding:   {"a programme that does not exist yet", "A programme that does not exist yet", "with a plan that leaves them no work"},
	ask.Else:       {"something else", "Something else", ""},
}
