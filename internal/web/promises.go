package web

import (
	"net/url"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/question"
)

// promiseRow is one promise in a list.
type promiseRow struct {
	Href, Words string
	Day         civil.Date // due, or settled on
	Note        string     // with whom, and what it waits for
	Late        bool
}

// promiseSide is one side of the promises.
type promiseSide struct {
	Heading, None string
	Rows          []promiseRow
	Older         string
}

// promiseList is the actor's promises: what waits for them, and both sides by date.
type promiseList struct {
	Settled     bool
	Waiting     []promiseRow
	Mine, Yours promiseSide
	Suggested   []suggestedRow // binds nobody
	Others      []promiseRow   // written down between two others, waiting for a yes
	Newer       string
	Empty       Empty
}

var promiseListPage = declare[promiseList]("promises.html", "suggested-parts.html")

const promisesPerPage = 25

// listPromises shows what stands: what waits for the visitor first.
func listPromises(c *call) (view, error) {
	list := promiseList{Newer: c.newer("/promises"), Empty: Empty{
		"A yes becomes a promise: who, what, by when, and a day to look back. Write down the first one.", "Write down a promise", "/promises/new",
	}}
	list.Mine = promiseSide{Heading: "I promised", None: "Nothing stands open. What you promise somebody is kept here, with its day."}
	list.Yours = promiseSide{Heading: "Promised to me", None: "Nothing stands open. What somebody promises you is kept here, with its day."}
	var err error
	for _, side := range []struct {
		name commitment.Side
		into *promiseSide
	}{{commitment.IPromised, &list.Mine}, {commitment.PromisedToMe, &list.Yours}} {
		if err = list.read(c, side.name, side.into, commitment.Standing); err != nil {
			return view{}, err
		}
	}
	written, err := commitment.WrittenForOthers(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	for _, p := range written {
		list.Others = append(list.Others, promiseRow{Href: promiseHref(p.ID), Words: p.Words, Day: p.Due, Note: p.By.Name + " to " + p.To.Name + " · waits for a yes"})
	}
	suggested, err := question.OpenSuggested(c.tx, c.me)
	for _, s := range suggested {
		list.Suggested = append(list.Suggested, c.suggestedRow(s))
	}
	if err != nil {
		return view{}, err
	}
	return promiseListPage.show(c, "Promises", "promises", list)
}

// listSettled shows what was kept, not kept, released or declined.
func listSettled(c *call) (view, error) {
	list := promiseList{Settled: true, Newer: c.newer("/promises/settled")}
	list.Mine = promiseSide{Heading: "I promised", None: "Nothing is settled yet."}
	list.Yours = promiseSide{Heading: "Promised to me", None: "Nothing is settled yet."}
	if err := list.read(c, commitment.IPromised, &list.Mine, commitment.Settled); err != nil {
		return view{}, err
	}
	if err := list.read(c, commitment.PromisedToMe, &list.Yours, commitment.Settled); err != nil {
		return view{}, err
	}
	return promiseListPage.show(c, "Settled promises", "promises", list)
}

func (c *call) newer(path string) string {
	if c.text("mine")+c.text("yours") == "" {
		return ""
	}
	return path
}

type promiseLister = func(tx *db.Tx, me org.Actor, side commitment.Side, after commitment.Place, most int) ([]commitment.Commitment, error)

// read fills one side. Where it goes on is named by the last promise of this page.
func (l *promiseList) read(c *call, side commitment.Side, into *promiseSide, list promiseLister) error {
	param, other := "mine", "yours"
	if side == commitment.PromisedToMe {
		param, other = other, param
	}
	after, err := commitment.PlaceAfter(c.tx, c.me, db.ID(c.text(param)))
	if err != nil {
		return err
	}
	found, err := list(c.tx, c.me, side, after, promisesPerPage+1)
	if err != nil {
		return err
	}
	if len(found) > promisesPerPage {
		found = found[:promisesPerPage]
		further := url.Values{param: {string(found[len(found)-1].ID)}}
		if c.text(other) != "" {
			further.Set(other, c.text(other))
		}
		into.Older = c.URL.Path + "?" + further.Encode()
	}
	for _, p := range found {
		row := c.promiseRow(p, side)
		switch waits := p.WaitsFor(c.me, c.today()); {
		case l.Settled:
			row.Day, row.Note, row.Late = civil.In(p.SettledAt, c.me.Zone), row.Note+" · "+promiseState(p), false
			into.Rows = append(into.Rows, row)
		case waits != commitment.ForNothing && waits != commitment.ForMyPromise:
			l.Waiting = append(l.Waiting, row)
		default:
			into.Rows = append(into.Rows, row)
		}
	}
	return nil
}

func (c *call) promiseRow(p commitment.Commitment, side commitment.Side) promiseRow {
	row := promiseRow{Href: promiseHref(p.ID), Words: p.Words, Day: p.Due, Note: "to " + p.To.Name, Late: p.State == commitment.Open && !p.BroughtAlong && p.Due.Before(c.today())}
	if side == commitment.PromisedToMe {
		row.Note = "by " + p.By.Name
	}
	if waits := c.promiseWaits(p); waits != "" {
		row.Note += " · " + waits
	}
	return row
}

// promiseWaits says, for a list, what a standing promise waits for.
func (c *call) promiseWaits(p commitment.Commitment) string {
	switch p.WaitsFor(c.me, c.today()) {
	case commitment.ForMyYes:
		return "waits for your yes"
	case commitment.ForMyAnswer:
		return p.Change.By.Name + " proposes a change"
	case commitment.ForMyWord:
		return "said to be done: did it happen?"
	case commitment.ForMyLook:
		return "time to look back"
	case commitment.ForTheTalk:
		return "you see it differently: talk about it"
	}
	switch {
	case p.BroughtAlong:
		return "brought along"
	case p.State == commitment.Proposed:
		return "waits for a yes"
	case p.Change.ID != "":
		return "your change waits for an answer"
	case p.State == commitment.Open && !p.SaidDoneAt.IsZero():
		return "you said it is done"
	}
	return ""
}
