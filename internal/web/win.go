package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// winLine is a win in a list.
type winLine struct {
	Href, What, Effect, Figure string
	Day                        civil.Date
	Backs                      []string
	Seen                       *Seen // of one's own
}

func lineOfWin(w plan.Win) winLine {
	line := winLine{Href: PathOf(w.Thing()), What: w.What, Effect: w.Effect, Figure: w.Figure, Day: w.Day}
	for _, b := range w.Backs {
		line.Backs = append(line.Backs, b.Name)
	}
	return line
}

// winsBacking are the wins behind a goal or skill that the visitor may see: each shown is looked at.
func (c *call) winsBacking(thing event.Thing) ([]winLine, error) {
	wins, err := plan.WinsBacking(c.tx, c.me, thing)
	var lines []winLine
	for _, w := range wins {
		c.lookedAt(w.Owner, whatIs(w.Thing()))
		lines = append(lines, lineOfWin(w))
	}
	return lines, err
}

// winList is the actor's wins by month, with the form that keeps one.
type winList struct {
	What   Field
	Drafts int64 // that wait
	Months []winMonth
	Empty  Empty
	Pager  Pager
	Left   bool
}

type winMonth struct {
	Name string
	Wins []winLine
}

var winsPage = declare[winList]("wins.html", "plan-parts.html")

const winsPerPage = 50

// listWins shows the actor's wins, the newest first.
func listWins(c *call) (view, error) {
	wins, more, err := plan.WinsOf(c.tx, c.me, c.me.Person, plan.PlaceFrom(c.URL.Query().Get("after")), winsPerPage)
	if err != nil {
		return view{}, err
	}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := winList{Left: c.me.Left, Empty: Empty{Text: "What went well gathers here: something you finished, something you learned, something you did for somebody else. In a year you will have forgotten most of it. Begin with this week."}}
	main.What = c.form.field(Field{Name: "what", Label: "What went well?", Type: "textarea", Rows: 2, Required: true, Hint: "One line is enough. You can add its effect later."}, "")
	if main.Drafts, err = plan.DraftsWaiting(c.tx, c.me); err != nil {
		return view{}, err
	}
	for _, w := range wins {
		month := w.Day.Time().Format("January 2006")
		if len(main.Months) == 0 || main.Months[len(main.Months)-1].Name != month {
			main.Months = append(main.Months, winMonth{Name: month})
		}
		line := lineOfWin(w)
		seen := c.seenOfWin(w, given)
		line.Seen = &seen
		last := &main.Months[len(main.Months)-1]
		last.Wins = append(last.Wins, line)
	}
	if more {
		end := wins[len(wins)-1]
		main.Pager.Older = "/wins?" + url.Values{"after": {plan.Place{Day: end.Day, ID: end.ID}.String()}}.Encode()
	}
	if c.URL.Query().Has("after") {
		main.Pager.Newer = "/wins"
	}
	return winsPage.show(c, "Wins", "wins", main)
}

func (c *call) seenOfWin(w plan.Win, given share.Audiences) Seen {
	return c.seenBy(given.Of("win", w.ID, "", false), PathOf(w.Thing())+"/share")
}

var winChanged = says("Kept.")

// oneWin is a win, and, for its owner, the form that changes it.
type oneWin struct {
	Mine                      bool
	Changes                   bool // the owner, while here
	Owner                     ownerOf
	Line                      winLine
	ID, Href                  string
	What, Day, Effect, Figure Field
	Backs                     Field
	Revision                  string
	Shown                     shownBy
	Seen                      Seen
	Looks                     []looked
	Said                      []confirmedLine // of it, by others
	About                     aboutThing
}

var winPage = declare[oneWin]("win.html", "win-shown.html", "plan-parts.html", "confirmation-parts.html", "comment-parts.html")

// showWin shows a win to its owner, who can change it, or to whom it is shared with.
func showWin(c *call) (view, error) {
	w, err := plan.WinByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := oneWin{Mine: w.Owner == c.me.Person, Changes: w.Owner == c.me.Person && !c.me.Left, Line: lineOfWin(w), ID: string(w.ID), Href: PathOf(w.Thing())}
	main.Shown = c.whatShows(w, main.Changes)
	if main.Said, err = c.confirmedOf(w); err != nil {
		return view{}, err
	}
	if main.About, err = c.about(w.Thing(), w.Owner); err != nil {
		return view{}, err
	}
	if !main.Mine {
		c.lookedAt(w.Owner, whatIs(w.Thing()))
		if main.Owner, err = c.ownerOf(w.Owner); err != nil {
			return view{}, err
		}
		return winPage.show(c, "A win of "+w.OwnerName, "people", main)
	}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	if main.Looks, err = c.looks(whatIs(w.Thing()), 5); err != nil {
		return view{}, err
	}
	if main.Backs, err = c.backsField(w); err != nil {
		return view{}, err
	}
	form := c.formOf("/wins/{id}")
	main.Seen, main.Revision = c.seenOfWin(w, given), form.RevisionOr(w.Revision)
	main.What = form.field(Field{Name: "what", Label: "What went well", Type: "textarea", Rows: 2, Required: true}, w.What)
	main.Effect = form.field(Field{Name: "effect", Label: "What it changed, and for whom", Type: "textarea", Rows: 2}, w.Effect)
	main.Figure = form.field(Field{Name: "figure", Label: "A figure, if there is one", Type: "own", Hint: "Such as “from 40 to 6 minutes a release”."}, w.Figure)
	main.Day = form.field(Field{Name: "day", Label: "When", Type: "date"}, w.Day.String())
	return winPage.show(c, "A win", "wins", main)
}

// backsField offers the goals and skills that a win can back.
func (c *call) backsField(w plan.Win) (Field, error) {
	form := c.formOf("/wins/{id}")
	f := Field{Name: "backs", Label: "What it backs", Type: "checkbox", Hint: "Goals and skills that it is evidence for.", Fold: true}
	all, err := plan.Backable(c.tx, c.me)
	for _, b := range all {
		value := b.Thing.Kind + ":" + string(b.Thing.ID)
		chosen := slices.ContainsFunc(w.Backs, func(has plan.Backed) bool { return has.Thing == b.Thing })
		if form.Values != nil {
			chosen = form.ticked("backs", value)
		}
		if b.Closed && !chosen {
			continue
		}
		f.Options = append(f.Options, Option{Value: value, Label: b.Name, Hint: "a " + b.Thing.Kind, Chosen: chosen, Own: true})
	}
	return f, err
}

// changeWin changes a win and what it backs.
func changeWin(c *call) (string, error) {
	wrong := problem.Invalid{}
	in := plan.WinText{Day: c.day("day", wrong), What: c.text("what"), Effect: c.text("effect"), Figure: c.text("figure")}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	if err := plan.ChangeWin(c.tx, c.me, c.id("id"), c.revision(), in); err != nil {
		return "", err
	}
	var things []event.Thing
	for _, value := range c.Form["backs"] {
		kind, id, _ := strings.Cut(value, ":")
		things = append(things, event.Thing{Kind: kind, ID: db.ID(id)})
	}
	c.say(winChanged)
	return "/wins", plan.LinkWin(c.tx, c.me, c.id("id"), things)
}

func removeWin(c *call) (string, error) {
	return "/wins", plan.RemoveWin(c.tx, c.me, c.id("id"))
}

// ownerOf is whose shared thing a visitor reads.
type ownerOf struct{ Name, Called, Href string }

func (c *call) ownerOf(id db.ID) (ownerOf, error) {
	p, err := org.ByID(c.tx, c.me, id)
	return ownerOf{p.Name, p.Called(), "/people/" + string(p.ID)}, err
}
