package web

import (
	"cmp"
	"errors"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/share"
)

// oneCounsel is the page of counsel, for its owner and for whom it is shown to.
type oneCounsel struct {
	Href, Owner, Who, Day string
	Mine, Changes         bool
	ByVisitor             bool // it was the visitor who advised
	Words, Why, Came      string
	State                 string
	Decided               bool
	Choice, WhyField      Field
	CameField             Field
	Open                  bool // the form of the decision
	Revision              string
	About                 []onward
	From                  onward
	With                  onward // the relationship with whoever advised
	Ways                  []onward
	CanBeWin              bool
	Earlier               bool // it was changed: what it said before is kept
	Seen                  Seen
	Looks                 []looked
}

var oneCounselPage = declare[oneCounsel]("counsel.html", "plan-parts.html")

func showCounsel(c *call) (view, error) {
	one, err := counsel.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := oneCounsel{
		Href: PathOf(one.Thing()), Owner: one.Owner.Name, Who: one.By.Name, Day: c.onDay(one.GivenOn), Mine: one.Owner.Is(c.me), Changes: one.Owner.Is(c.me) && !c.me.Left,
		ByVisitor: one.By.Is(c.me), Words: one.Words, Why: one.Why, Came: one.Came, State: choiceWords[one.Choice], Decided: one.Choice != counsel.Open,
	}
	title := "What you were advised"
	if !main.Mine {
		title = "What " + one.Owner.Name + " was advised"
		c.lookedAt(one.Owner.Person, whatIs(one.Thing()))
		return oneCounselPage.show(c, title, "people", main)
	}
	decision, outcome := c.formOf("/counsel/{id}/decision"), c.formOf("/counsel/{id}/outcome")
	main.Choice = c.choiceField(decision, one.Choice)
	main.WhyField = decision.field(Field{Name: "why", Label: "Why", Type: "textarea", Rows: 2, Hint: "A line that you will understand in a year."}, one.Why)
	main.CameField = outcome.field(Field{Name: "came", Label: "What came of it", Type: "textarea", Rows: 3, Hint: "Later, when you know."}, one.Came)
	main.Open = decision.Any()
	main.Earlier = one.Revision > 1
	main.Revision = c.form.RevisionOr(one.Revision)
	if main.Changes {
		main.Ways = counselWays(one)
		main.CanBeWin = one.Came != ""
	}
	for _, fill := range []func(*call, counsel.Counsel) error{main.around, main.seen} {
		if err := fill(c, one); err != nil {
			return view{}, err
		}
	}
	return oneCounselPage.show(c, title, "people", main)
}

// showCounselVersions shows what counsel of the visitor's said before.
func showCounselVersions(c *call) (view, error) {
	one, err := counsel.ByID(c.tx, c.me, c.id("id"))
	if err != nil || !one.Owner.Is(c.me) {
		return view{}, cmp.Or(err, error(problem.NotFound))
	}
	found, err := org.Revisions(c.tx, c.me, one.Thing())
	if err != nil {
		return view{}, err
	}
	return c.versionsOf(earlierVersions{Crumb: "What you were advised", CrumbHref: PathOf(one.Thing())}, one.Thing().Kind, found)
}

// counselWays are what counsel can lead on to.
func counselWays(one counsel.Counsel) []onward {
	from := "?origin=counsel%3A" + string(one.ID)
	return []onward{{"A goal", "/goals/new" + from}, {"A step", "/steps/new" + from}, {"A promise of yours", "/promises/new" + from}, {"An ask", "/asks/new" + from}}
}

// around is what it is about, what it was heard in, and who advised.
func (main *oneCounsel) around(c *call, one counsel.Counsel) error {
	about, err := counsel.AboutOf(c.tx, c.me, one.ID)
	if err != nil {
		return err
	}
	for _, on := range about {
		main.About = append(main.About, onward{c.foundTitle(event.Named{Name: or(on.Name, "An ask without words yet")}), PathOf(on.Thing)})
	}
	if main.From, err = c.counselHeardIn(one.Origin); err != nil || one.By.String() == "" {
		return err
	}
	main.With, err = c.relationshipWith(one.By)
	return err
}

// counselHeardIn leads back to what counsel was heard in, where that is still there.
func (c *call) counselHeardIn(from org.Origin) (onward, error) {
	var err error
	label := ""
	switch from.Kind {
	case "asking":
		label = "The question that you asked"
		_, err = question.ByID(c.tx, c.me, from.ID)
	case "conversation":
		label = "The conversation in which you heard it"
		_, err = conversation.ByID(c.tx, c.me, from.ID)
	case "mentorship":
		label = "Your mentorship"
		_, err = mentorship.ByID(c.tx, c.me, from.ID)
	}
	if label == "" || errors.Is(err, problem.NotFound) {
		return onward{}, nil
	}
	return onward{label, PathOf(from)}, err
}

func (main *oneCounsel) seen(c *call, one counsel.Counsel) error {
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return err
	}
	main.Seen = c.seenBy(given.Of("counsel", one.ID, "", false), main.Href+"/share")
	main.Looks, err = c.looks(whatIs(one.Thing()), 5)
	return err
}

// myCounsel is the visitor's own counsel in the path.
func (c *call) myCounsel() (counsel.Counsel, error) {
	one, err := counsel.ByID(c.tx, c.me, c.id("id"))
	if err == nil && !one.Owner.Is(c.me) {
		err = problem.NotFound
	}
	return one, err
}

// editCounsel offers to change what was advised, by whom and when.
func editCounsel(c *call) (view, error) {
	one, err := c.myCounsel()
	if err != nil {
		return view{}, err
	}
	about, err := counsel.AboutOf(c.tx, c.me, one.ID)
	if err != nil {
		return view{}, err
	}
	for _, on := range about {
		one.About = append(one.About, on.Thing)
	}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	href := PathOf(one.Thing())
	main := counselForm{Crumb: "What you were advised", CrumbHref: href, Action: href, Back: href, Button: "Keep it", Revision: c.form.RevisionOr(one.Revision)}
	main.Seen = c.seenBy(given.Of("counsel", one.ID, "", false), href+"/share")
	return c.counselForm(main, one, "Change what you were advised")
}

func changeCounsel(c *call) (string, error) {
	one, err := c.myCounsel()
	if err != nil {
		return "", err
	}
	in, err := c.counselIn()
	if err != nil {
		return "", err
	}
	if c.text("by") == byName && in.By.Name == one.By.Name { // who has left stays who they are
		in.By = one.By
	}
	return PathOf(one.Thing()), counsel.Change(c.tx, c.me, one.ID, c.revision(), in)
}

func (c *call) counselHref() string { return "/counsel/" + string(c.id("id")) }

func decideCounsel(c *call) (string, error) {
	in := counsel.Decision{Choice: counsel.Choice(c.text("choice")), Why: c.text("why")}
	c.say(saysCounselDecided)
	return c.counselHref() + "#decision", counsel.Decide(c.tx, c.me, c.id("id"), c.revision(), in)
}

var (
	saysCounselDecided = says("Kept. You can decide anew whenever you see it differently.")
	saysCounselGone    = says("It is gone, and nobody sees it any more.")
)

func tellCounsel(c *call) (string, error) {
	c.say(saysCounselTold)
	return c.counselHref(), counsel.Tell(c.tx, c.me, c.id("id"), c.revision(), c.text("came"))
}

var saysCounselTold = says("Kept.")

// winOfCounsel keeps what came of it as a win.
func winOfCounsel(c *call) (string, error) {
	one, err := c.myCounsel()
	if err != nil {
		return "", err
	}
	if one.Came == "" {
		return "", problem.Refused("Say first what came of it. Then it can be a win.")
	}
	in := plan.WinText{What: c.foundTitle(event.Named{Name: one.Came})}
	if in.What != one.Came {
		in.Effect = one.Came
	}
	w, err := plan.AddWin(c.tx, c.me, in, one.Thing())
	return PathOf(w.Thing()), err
}

func removeCounsel(c *call) (string, error) {
	c.say(saysCounselGone)
	return "/counsel", counsel.Remove(c.tx, c.me, c.id("id"))
}

func shareCounsel(c *call) (view, error) {
	one, err := c.myCounsel()
	if err != nil {
		return view{}, err
	}
	return c.shareThing(one.Thing(), "What "+one.By.Name+" advised you", "people", "", false)
}

// counselOn is what was advised on a goal or an ask of the visitor's, and where more is written down: the
// part "counsel-on".
type counselOn struct {
	Rows      []counselRow
	New, Says string
}

func (c *call) counselOn(thing event.Thing) (counselOn, error) {
	all, err := counsel.On(c.tx, c.me, thing)
	on := counselOn{Rows: c.counselRows(all)}
	if !c.me.Left {
		on.New, on.Says = "/counsel/new?about="+thing.Kind+"%3A"+string(thing.ID), "Write down what somebody advised you on this"
	}
	return on, err
}

// counselHeard is what the visitor was advised in a conversation or a mentorship.
func (c *call) counselHeard(in event.Thing) (counselOn, error) {
	all, err := counsel.From(c.tx, c.me, in)
	on := counselOn{Rows: c.counselRows(all)}
	if !c.me.Left {
		on.New, on.Says = "/counsel/new?origin="+in.Kind+"%3A"+string(in.ID), "Write down what you were advised"
	}
	return on, err
}

// readCounsel finds the counsel that the owner shows to the viewer.
func (p *shownPlan) readCounsel(c *call, viewer org.Actor, owner db.ID) error {
	all, err := counsel.Shown(c.tx, viewer, owner)
	for _, one := range all {
		row := c.shownCounselRow(one)
		if one.By.Is(viewer) && viewer.Person != c.me.Person {
			row.Words = "What " + one.By.Name + " advised you"
		}
		p.Counsel, p.Nothing = append(p.Counsel, row), false
	}
	return err
}
