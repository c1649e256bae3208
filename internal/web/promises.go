package web

import (
	"net/url"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/question"
)

// promiseRow is one promise in a list.
type promiseRow struct {
	Href, Words string
	Day         civil.Date // due, or settled on
	Note        string     // who promised whom, and what it waits for
	Late, Mine  bool
}

// promiseGroup are the promises of both sides that stand together in the list.
type promiseGroup struct {
	Heading string
	Rows    []promiseRow
	More    onward
}

// promiseList is the actor's promises of both sides, by date.
type promiseList struct {
	Settled            bool
	Path               string
	Side, With, Show   Field
	Filtered           bool
	Between            onward // to the strip of the two, where one person is chosen
	Groups             []promiseGroup
	None               string
	Empty              Empty
	Suggested          []suggestedRow // binds nobody
	Others             []promiseRow   // written down between two others, waiting for a yes
	Further, Beginning string
}

var promiseListPage = declare[promiseList]("promises.html", "suggested-parts.html")

const promisesPerPage = 25

// listPromises shows what stands, of both sides, the next due first; what waits for the visitor before that.
func listPromises(c *call) (view, error) {
	list := promiseList{Path: "/promises", None: "Nothing stands open. What you promise, and what is promised to you, is kept here with its day."}
	choice, err := list.choose(c)
	if err != nil {
		return view{}, err
	}
	if !list.Filtered && list.Beginning == "" {
		waits, err := commitment.Listed(c.tx, c.me, commitment.Choice{Show: commitment.ShowWaiting}, commitment.Place{}, promisesPerPage+1)
		if err != nil {
			return view{}, err
		}
		list.waiting(c, waits)
	}
	if err := list.read(c, choice); err != nil {
		return view{}, err
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

// listSettled shows what was kept, not kept, released or declined, the latest first.
func listSettled(c *call) (view, error) {
	list := promiseList{Settled: true, Path: "/promises/settled", None: "Nothing is settled yet. What was kept, moved, released or not kept stands here, with its history."}
	choice, err := list.choose(c)
	if err == nil {
		err = list.read(c, choice)
	}
	if err != nil {
		return view{}, err
	}
	return promiseListPage.show(c, "Settled promises", "promises", list)
}

// The states that can be chosen, of what stands and of what is settled.
var (
	standingShown = []Option{{Value: "", Label: "All that stand"}, {Value: string(commitment.ShowWaiting), Label: "Wait for you"},
		{Value: string(commitment.ShowLate), Label: "Late"}, {Value: string(commitment.ShowSaidDone), Label: "Said to be done"},
		{Value: string(commitment.ShowChanging), Label: "About to change"}, {Value: string(commitment.ShowProposed), Label: "Wait for a yes"}}
	settledShown = []Option{{Value: "", Label: "All that are settled"}, {Value: string(commitment.ShowKept), Label: "Kept"}, {Value: string(commitment.ShowBroken), Label: "Not kept"},
		{Value: string(commitment.ShowReleased), Label: "Released"}, {Value: string(commitment.ShowDeclined), Label: "Declined"}}
)

// choose reads what is to be shown from the address, and offers the choice.
func (l *promiseList) choose(c *call) (commitment.Choice, error) {
	choice := commitment.Choice{Settled: l.Settled, With: db.ID(c.text("with")), Show: commitment.Show(c.text("show"))}
	switch c.text("side") {
	case "mine":
		choice.Side = commitment.IPromised
	case "yours":
		choice.Side = commitment.PromisedToMe
	}
	l.Filtered = c.text("with")+c.text("show")+c.text("side") != ""
	if c.text("after") != "" {
		l.Beginning = l.Path + "?" + l.query(c).Encode()
	}
	others, err := commitment.Others(c.tx, c.me)
	if err != nil {
		return choice, err
	}
	with := []Option{{Label: "Anybody"}}
	for _, o := range others {
		id := or(string(o.Person), string(o.Contact))
		with = append(with, Option{Value: id, Label: o.Name})
		if id == string(choice.With) && !c.me.Left {
			l.Between = onward{o.Name, "/promises/with/" + id}
		}
	}
	shown := standingShown
	if l.Settled {
		shown = settledShown
	}
	pick := func(name, label string, options []Option) Field {
		return Form{}.field(Field{Name: name, Label: label, Type: "select", Options: append([]Option(nil), options...)}, c.text(name))
	}
	l.Side = pick("side", "Whose", []Option{{Label: "Both sides"}, {Value: "mine", Label: "I promised"}, {Value: "yours", Label: "Promised to me"}})
	l.With, l.Show = pick("with", "With", with), pick("show", "Which", shown)
	return choice, nil
}

// query is what was chosen, as it stands in an address.
func (l *promiseList) query(c *call) url.Values {
	chosen := url.Values{}
	for _, name := range []string{"side", "with", "show"} {
		if c.text(name) != "" {
			chosen.Set(name, c.text(name))
		}
	}
	return chosen
}

// waiting puts what waits for the visitor before everything else.
func (l *promiseList) waiting(c *call, all []commitment.Commitment) {
	if len(all) == 0 {
		return
	}
	group := promiseGroup{Heading: "Waits for you"}
	if len(all) > promisesPerPage {
		all, group.More = all[:promisesPerPage], onward{"All that wait for you", "/promises?show=" + string(commitment.ShowWaiting)}
	}
	for _, p := range all {
		group.Rows = append(group.Rows, c.promiseRow(p))
	}
	l.Groups = append(l.Groups, group)
}

// read fills the list by date. Where it goes on is named by the last promise of this page.
func (l *promiseList) read(c *call, choice commitment.Choice) error {
	after, err := commitment.PlaceAfter(c.tx, c.me, db.ID(c.text("after")))
	if err != nil {
		return err
	}
	found, err := commitment.Listed(c.tx, c.me, choice, after, promisesPerPage+1)
	if err != nil {
		return err
	}
	if len(found) > promisesPerPage {
		found = found[:promisesPerPage]
		further := l.query(c)
		further.Set("after", string(found[len(found)-1].ID))
		l.Further = l.Path + "?" + further.Encode()
	}
	for _, p := range found {
		row := c.promiseRow(p)
		heading := "Settled"
		switch waits := p.WaitsFor(c.me, c.today()); {
		case l.Settled:
			row.Day, row.Note, row.Late = civil.In(p.SettledAt, c.me.Zone), c.whoPromisedShort(p)+" · "+promiseState(p), false
			heading = row.Day.Time().Format("2006")
		case !l.Filtered && waits != commitment.ForNothing && waits != commitment.ForMyPromise:
			continue // stands above
		default:
			heading = dueHeading(p.Due, c.today())
		}
		if last := len(l.Groups) - 1; last < 0 || l.Groups[last].Heading != heading {
			l.Groups = append(l.Groups, promiseGroup{Heading: heading})
		}
		group := &l.Groups[len(l.Groups)-1]
		group.Rows = append(group.Rows, row)
	}
	if !l.Settled && !l.Filtered && len(l.Groups) == 0 && l.Beginning == "" {
		l.Empty = Empty{"A yes becomes a promise: who, what, by when, and a day to look back. Write down the first one.", "Write down a promise", "/promises/new"}
	}
	return nil
}

// dueHeading is the part of the list in which a day stands.
func dueHeading(due, today civil.Date) string {
	switch {
	case due.Before(today):
		return "Its day has passed"
	case due.Before(today.AddDays(8)):
		return "Within a week"
	}
	return "Later"
}

func (c *call) promiseRow(p commitment.Commitment) promiseRow {
	row := promiseRow{Href: promiseHref(p.ID), Words: p.Words, Day: p.Due, Note: c.whoPromisedShort(p), Mine: p.By.Is(c.me),
		Late: p.State == commitment.Open && !p.BroughtAlong && p.Due.Before(c.today())}
	if waits := c.promiseWaits(p); waits != "" {
		row.Note += " · " + waits
	} else if p.State == commitment.Open && p.CheckIn.After(p.Due) {
		row.Note += " · look back on " + day(p.CheckIn, c.today())
	}
	return row
}

// whoPromisedShort says in a list who promised whom.
func (c *call) whoPromisedShort(p commitment.Commitment) string {
	switch {
	case p.By.Is(c.me):
		return "You to " + p.To.Name
	case p.To.Is(c.me):
		return p.By.Name + " to you"
	}
	return p.By.Name + " to " + p.To.Name
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
