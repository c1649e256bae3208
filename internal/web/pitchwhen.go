package web

import (
	"slices"
	"strconv"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/share"
)

// pitchWhen is the part in which a good moment is found.
type pitchWhen struct {
	pitchWay
	Strip   weekStrip
	Slot    slotShown
	Text    textField
	Request bool // a conversation can be asked for on the suggested day
}

// weekStrip is the coming weeks, drawn from day to day, with a table that says the same.
type weekStrip struct {
	Says  string // for those who hear it
	Lanes []stripLane
	Weeks []stripWeek
	Rows  []stripRow
	Slot  string // where the suggested day is, in percent
	Tall  string // in pixels
}

type stripLane struct {
	Name, Y, LabelY string
	Bars            []stripBar
}

// stripBar is a time of some days, in percent of the strip.
type stripBar struct{ Class, X, Width, Y, Says string }

type stripWeek struct {
	X, Label string
	More     bool // is left out on a phone
}

type stripRow struct {
	Days, What, Whose string
	from              civil.Date
}

// slotShown is the suggested day, with its reasons in words.
type slotShown struct {
	Day, Date   string
	Why         []string
	MeetingHref string
	Meeting     string
	With        string
}

var pitchWhenPage = declare[pitchWhen]("pitch-when.html", "pitch-parts.html")

func whenStation() pitchStation {
	return pitchStation{Part: pitch.When, Name: "When", Title: "When is a good moment?",
		About: "Before a budget is closed, after a review, not in the week before a release. What is known of the coming weeks stands here.",
		show:  showPitchWhen}
}

func showPitchWhen(c *call, w *pitchWay) (view, error) {
	a, err := w.LookAhead(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := pitchWhen{pitchWay: *w, Strip: c.stripOf(a), Slot: c.slotOf(a)}
	main.Request = a.Whom != "" && a.Whom != c.me.Person && a.Slot.Meeting.ID == "" && !c.me.Left
	main.Slot.With = w.Ask.Whom.String()
	shown := map[db.ID][]share.What{}
	for _, d := range a.Dates {
		if d.Owner != "" && d.Owner != c.me.Person {
			shown[d.Owner] = append(shown[d.Owner], whatIs(d.Thing()))
		}
	}
	c.lookedAtAll(shown)
	main.Text = w.field(Field{Name: pitch.Moment, Label: "When you ask, and why then", Type: "textarea", Rows: 3})
	return pitchWhenPage.show(c, w.Title, "asks", main)
}

// slotOf puts the suggestion into words.
func (c *call) slotOf(a pitch.Ahead) slotShown {
	s := slotShown{Day: a.Slot.Day.Weekday().String() + ", " + c.onDay(a.Slot.Day), Date: a.Slot.Day.String()}
	if one := a.Slot.Meeting; one.ID != "" {
		s.Meeting, s.MeetingHref = conversationTitle(one, c.me)+", "+c.moment(one.At), PathOf(one.Thing())
	}
	for _, w := range a.Slot.Why {
		s.Why = append(s.Why, c.whyOf(w, a))
	}
	return s
}

func (c *call) whyOf(w pitch.Why, a pitch.Ahead) string {
	named := w.Date.Called() + ", " + daysOf(w.Date, a.Today)
	who := "You are"
	if w.Date.Owner != c.me.Person {
		who = w.Date.OwnerName + " is"
	}
	switch w.Kind {
	case pitch.YouMeet:
		return "You talk with " + a.WhomName + " that day anyway."
	case pitch.BeforeBudgets:
		return "It is at least a week before this is settled: " + named + "."
	case pitch.JustBefore:
		return "It is still before this is settled: " + named + ". A week earlier would be better; there is none left."
	case pitch.AfterReview:
		return "Until then this takes everybody’s attention: " + named + "."
	case pitch.AfterAway:
		return who + " away before: " + daysOf(w.Date, a.Today) + "."
	case pitch.AfterBusy:
		return who + " in a busy time before: " + daysOf(w.Date, a.Today) + "."
	}
	return "Nothing that is known here speaks against it, and you have two days to prepare."
}

const (
	stripTop  = 22 // pixels above the first lane
	stripLine = 34 // of a lane
)

// stripOf draws the weeks ahead.
func (c *call) stripOf(a pitch.Ahead) weekStrip {
	days := a.To.DaysSince(a.From) + 1
	percent := func(n int) string {
		n = max(0, min(n, days))
		return strconv.FormatFloat(float64(n)*100/float64(days), 'f', 2, 64)
	}
	s := weekStrip{Slot: percent(a.Slot.Day.DaysSince(a.From))}
	for n, monday := 0, a.From.AddDays((8-int(a.From.Weekday()))%7); !monday.After(a.To); n, monday = n+1, monday.AddDays(7) {
		s.Weeks = append(s.Weeks, stripWeek{percent(monday.DaysSince(a.From)), monday.Time().Format("2 Jan"), n%2 == 1})
	}
	lane := func(name string) *stripLane {
		y := stripTop + len(s.Lanes)*stripLine
		s.Lanes = append(s.Lanes, stripLane{Name: name, Y: strconv.Itoa(y + 26), LabelY: strconv.Itoa(y + 11)})
		return &s.Lanes[len(s.Lanes)-1]
	}
	for _, whose := range c.lanesOf(a) {
		into := lane(whose.name)
		y, err := strconv.Atoi(into.Y)
		for _, d := range a.Dates {
			if d.Owner == whose.owner && err == nil {
				from, to := d.From.DaysSince(a.From), d.To.DaysSince(a.From)+1
				into.Bars = append(into.Bars, stripBar{stripClass(d.Kind), percent(from), widthOf(percent(from), percent(to)), strconv.Itoa(y - 9), d.Called() + ", " + daysOf(d, a.Today)})
				s.Rows = append(s.Rows, stripRow{daysOf(d, a.Today), calledWithKind(d), whose.name, d.From})
			}
		}
	}
	c.addMeetings(&s, a, lane, percent)
	slices.SortStableFunc(s.Rows, func(a, b stripRow) int { return a.from.DaysSince(b.from) })
	s.Tall = strconv.Itoa(stripTop + len(s.Lanes)*stripLine + 4)
	s.Says = "The coming " + strconv.Itoa(days/7) + " weeks. The suggested day is " + c.onDay(a.Slot.Day) + ". The table below says the same."
	return s
}

type laneOf struct {
	name  string
	owner db.ID
}

func (c *call) lanesOf(a pitch.Ahead) []laneOf {
	var lanes []laneOf
	if !c.who.Alone {
		lanes = append(lanes, laneOf{"The organisation", ""})
	}
	lanes = append(lanes, laneOf{"You", c.me.Person})
	if a.Whom != "" && a.Whom != c.me.Person {
		lanes = append(lanes, laneOf{a.WhomName, a.Whom})
	}
	return lanes
}

func (c *call) addMeetings(s *weekStrip, a pitch.Ahead, lane func(string) *stripLane, percent func(int) string) {
	if a.WhomName == "" {
		return
	}
	into := lane("Conversations with " + a.WhomName)
	y, _ := strconv.Atoi(into.Y)
	for _, one := range a.Meetings {
		day := civil.In(one.At, c.zone())
		class := "meeting"
		if one.State == conversation.Requested {
			class = "meeting asked"
		}
		into.Bars = append(into.Bars, stripBar{Class: class, X: percent(day.DaysSince(a.From)), Y: strconv.Itoa(y - 4), Says: conversationTitle(one, c.me) + ", " + c.onDay(day)})
		s.Rows = append(s.Rows, stripRow{c.onDay(day), conversationTitle(one, c.me), "You and " + a.WhomName, day})
	}
	if !a.DecideBy.IsZero() && !a.DecideBy.Before(a.From) && !a.DecideBy.After(a.To) {
		into.Bars = append(into.Bars, stripBar{Class: "due", X: percent(a.DecideBy.DaysSince(a.From)), Y: strconv.Itoa(y - 4), Says: "Answer needed by " + c.onDay(a.DecideBy)})
		s.Rows = append(s.Rows, stripRow{c.onDay(a.DecideBy), "You need the answer", "You", a.DecideBy})
	}
}

func widthOf(from, to string) string {
	a, _ := strconv.ParseFloat(from, 64)
	b, _ := strconv.ParseFloat(to, 64)
	return strconv.FormatFloat(max(b-a, 0.8), 'f', 2, 64)
}

func calledWithKind(d dates.Date) string {
	if d.Title == "" || d.Kind == dates.Other {
		return d.Called()
	}
	return d.Called() + " (" + d.Kind.Title() + ")"
}

// stripClass is how a kind is drawn: what speaks against a day is filled, what settles something
// is a frame with a bold edge.
func stripClass(k dates.Kind) string {
	switch k {
	case dates.Absence, dates.Holiday:
		return "away"
	case dates.Busy:
		return "busy"
	case dates.Budget, dates.Planning:
		return "settles"
	case dates.Review:
		return "review"
	}
	return "other"
}
