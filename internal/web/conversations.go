package web

import (
	"net/url"
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// conversationRow is one conversation in a list.
type conversationRow struct {
	Href, Title, When, State string
	At                       time.Time
}

// conversationList is the actor's conversations.
type conversationList struct {
	Next          *conversationNext // the one to prepare
	Years         []cadenceLine     // of which the visitor is a side
	YearWaits     []cadenceLine     // proposed to the visitor
	LayOut        string            // where a year is laid out, where there is none about the visitor's growth
	Answer        []conversationRow // wait for the actor's answer
	Over          []conversationRow // agreed, over, and not ended yet
	Coming        []conversationRow
	Past          []conversationRow
	With          Field // narrows the past ones
	Filtered      bool
	Empty, NoPast Empty
	Pager         Pager
	Left          bool
}

type conversationNext struct {
	conversationRow
	About, Brief string
}

var conversationsPage = declare[conversationList]("conversations.html")

const conversationsPerPage = 20

// listConversations shows what comes, what waits for an answer, and what was.
func listConversations(c *call) (view, error) {
	list := conversationList{Left: c.me.Left, Empty: Empty{
		"Four deep conversations and eight short ones make a year. Ask for the first: your manager, or anybody you choose.",
		"Ask for a conversation", "/conversations/new",
	}, NoPast: Empty{Text: "No conversation is past yet."}}
	coming, err := conversation.Nearest(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	for _, one := range coming {
		list.sort(c, one)
	}
	if err := list.readYears(c, coming); err != nil {
		return view{}, err
	}
	if err := list.readPast(c); err != nil {
		return view{}, err
	}
	return conversationsPage.show(c, "Conversations", "conversations", list)
}

// sort puts a coming conversation into the section where it belongs.
func (list *conversationList) sort(c *call, one conversation.Conversation) {
	row := c.conversationRow(one)
	switch {
	case one.WaitsFor(c.me):
		list.Answer = append(list.Answer, row)
	case one.Stands() && one.EndsAt().Before(c.tx.Now()):
		list.Over = append(list.Over, row)
	case one.Stands() && list.Next == nil:
		list.Next = &conversationNext{row, one.Kind.About(), row.Href + "/brief"}
	default:
		list.Coming = append(list.Coming, row)
	}
}

// mostYears is how many years the page lists; all stand on a page of their own.
const mostYears = 6

// readYears finds the years of conversations of which the visitor is a side.
func (list *conversationList) readYears(c *call, coming []conversation.Conversation) error {
	all, err := conversation.Cadences(c.tx, c.me)
	own := false
	for _, one := range all {
		own = own || one.Owner.Is(c.me)
		line := cadenceLine{Href: cadenceHref(one), Name: cadenceTitle(one, c.me)}
		switch {
		case one.WaitsFor(c.me):
			line.Name, line.Says = one.Other(c.me).Name+" proposes a year of conversations", rhythmSays(one.Rhythm)
			list.YearWaits = append(list.YearWaits, line)
			continue
		case one.State == conversation.CadenceProposed:
			line.Says = "Waits for the answer of " + one.Other(c.me).Name
		case one.State == conversation.CadencePaused:
			line.Says = "It rests"
		default:
			line.Says = nextIn(c, one, coming)
		}
		if len(list.Years) < mostYears {
			list.Years = append(list.Years, line)
		}
	}
	if !own && !c.me.Left {
		list.LayOut = "/cadences/new"
	}
	return err
}

func nextIn(c *call, one conversation.Cadence, coming []conversation.Conversation) string {
	for _, each := range coming {
		if each.Cadence == one.ID && each.EndsAt().After(c.tx.Now()) {
			return "Next: " + each.Kind.Title() + ", " + c.moment(each.At)
		}
	}
	return "Nothing is ahead at present"
}

func (list *conversationList) readPast(c *call) error {
	with, err := list.narrow(c)
	if err != nil {
		return err
	}
	after, err := conversation.PlaceAfter(c.tx, c.me, db.ID(c.text("after")))
	if err != nil {
		return err
	}
	past, more, err := conversation.Past(c.tx, c.me, with, after, conversationsPerPage)
	if err != nil {
		return err
	}
	for _, one := range past {
		list.Past = append(list.Past, c.conversationRow(one))
	}
	narrowed := url.Values{}
	if list.Filtered {
		narrowed.Set("with", with.String())
	}
	if c.text("after") != "" {
		list.Pager.Newer = "/conversations?" + narrowed.Encode()
	}
	if more {
		narrowed.Set("after", string(past[len(past)-1].ID))
		list.Pager.Older = "/conversations?" + narrowed.Encode()
	}
	return nil
}

// narrow offers the partners to choose from, and finds the one that was chosen.
func (list *conversationList) narrow(c *call) (org.Party, error) {
	partners, err := conversation.Partners(c.tx, c.me)
	if err != nil {
		return org.Party{}, err
	}
	var chosen org.Party
	options := []Option{{Value: "", Label: "Anybody"}}
	for _, p := range partners {
		options = append(options, Option{Value: p.String(), Label: p.Name, Chosen: p.String() == c.text("with")})
		if p.String() == c.text("with") {
			chosen, list.Filtered = p, true
		}
	}
	list.With = Field{Name: "with", Label: "With", Type: "select", Options: options, Value: chosen.String()}
	return chosen, nil
}

func (c *call) conversationRow(one conversation.Conversation) conversationRow {
	row := conversationRow{
		Href: conversationHref(one.ID), Title: conversationTitle(one, c.me), At: one.At.In(c.me.Zone), When: c.moment(one.At),
	}
	switch {
	case one.BroughtAlong:
		row.State = "Brought along"
	case one.WaitsFor(c.me):
		row.State = one.Other(c.me).Name + " proposes this time"
	case one.State == conversation.Requested:
		row.State = "Waits for the answer of " + one.Other(c.me).Name
	case one.CancelledBecause == conversation.BySkipping:
		row.State = "Skipped"
	case one.State == conversation.Cancelled:
		row.State = "Cancelled"
	case one.Owner.Is(c.me):
		row.State = strconv.FormatInt(one.Minutes, 10) + " minutes"
	default:
		row.State = strconv.FormatInt(one.Minutes, 10) + " minutes about the growth of " + one.Owner.Name
	}
	return row
}

func conversationHref(id db.ID) string { return "/conversations/" + url.PathEscape(string(id)) }

func conversationTitle(one conversation.Conversation, me org.Actor) string {
	return one.Kind.Title() + " with " + one.Other(me).Name
}

// moment writes a time as people say it, in the zone of the actor: "Thursday 3 December, 10:00".
func (c *call) moment(t time.Time) string { return c.momentIn(t, c.me.Zone) }

// momentIn writes a moment as it is in a zone: for somebody who has none of their own here.
func (c *call) momentIn(t time.Time, zone *time.Location) string {
	here := t.In(zone)
	return here.Weekday().String() + " " + day(civil.In(t, zone), civil.In(c.tx.Now(), zone)) + ", " + clock(here)
}

// conversationForm asks for a conversation.
type conversationForm struct {
	With, Named, Kind Field
	Time              timeFields
	Seen              Seen
}

// timeFields are a day, a time and a length, in the zone of the actor.
type timeFields struct{ Day, Time, Minutes Field }

var conversationFormPage = declare[conversationForm]("conversation-new.html", "conversation-time.html")

// newConversation offers to ask for a conversation.
func newConversation(c *call) (view, error) {
	options, err := c.parties(c.text("with"))
	if err != nil {
		return view{}, err
	}
	usual := c.text("with")
	if usual == "" {
		usual = options[0].Value
	}
	form := conversationForm{Seen: Seen{Text: "you and whom you ask", Shared: true}}
	if c.who.Alone {
		form.Seen = onlyYou
	}
	form.With = c.form.field(Field{Name: "with", Label: "With whom", Type: "select", Options: options, Required: true}, usual)
	form.Named = c.form.field(Field{Name: "named", Label: "Their name or e-mail address", Type: "own",
		Hint: "Only for somebody who is not in the list."}, "")
	kinds := make([]Option, 0, len(conversation.Kinds))
	for _, kind := range conversation.Kinds {
		kinds = append(kinds, Option{Value: string(kind), Label: kind.Title() + ", " + strconv.FormatInt(kind.Minutes(), 10) + " minutes", Hint: kind.About()})
	}
	form.Kind = c.form.field(Field{Name: "kind", Label: "What kind", Type: "radio", Options: kinds, Required: true}, c.text("kind"))
	form.Time = c.timeFields(c.form, nextMonday(civil.In(c.tx.Now(), c.me.Zone)).At(10, 0, c.me.Zone), 0)
	return conversationFormPage.show(c, "Ask for a conversation", "conversations", form)
}

// requestConversation asks for a conversation.
func requestConversation(c *call) (string, error) {
	wrong := problem.Invalid{}
	kind := conversation.Kind(c.text("kind"))
	at := c.chosenTime(wrong, kind.Minutes())
	if err := wrong.Err(); err != nil {
		return "", err
	}
	with, err := c.party("with", "named")
	if err != nil {
		return "", err
	}
	one, err := conversation.Request(c.tx, c.me, conversation.Input{With: with, Kind: kind, Time: at})
	return conversationHref(one.ID), err
}

func nextMonday(today civil.Date) civil.Date {
	day := today.AddDays(3)
	for day.Weekday() != time.Monday {
		day = day.AddDays(1)
	}
	return day
}

// timeFields offer a time; minutes of 0 stand for what is usual.
func (c *call) timeFields(form Form, at time.Time, minutes int64) timeFields {
	here := at.In(c.me.Zone)
	length := Field{Name: "minutes", Label: "Minutes", Type: "number"}
	usual := strconv.FormatInt(minutes, 10)
	if minutes == 0 {
		length.Hint, usual = "Leave it empty for what is usual.", ""
	}
	return timeFields{
		Day:     form.field(Field{Name: "day", Label: "Day", Type: "date", Required: true}, civil.In(at, c.me.Zone).String()),
		Time:    form.field(Field{Name: "time", Label: "Time (" + c.me.Zone.String() + ")", Type: "time", Required: true}, clock(here)),
		Minutes: form.field(length, usual),
	}
}

// chosenTime reads a time in the zone of the actor.
func (c *call) chosenTime(wrong problem.Invalid, usual int64) conversation.Time {
	day := c.day("day", wrong)
	wrong.Check(!day.IsZero(), "day", "Please choose a day.")
	at, err := time.Parse("15:04", c.text("time"))
	wrong.Check(err == nil, "time", "Please give the time as hours and minutes, such as 10:30.")
	in := conversation.Time{Minutes: usual}
	if text := c.text("minutes"); text != "" {
		in.Minutes, err = strconv.ParseInt(text, 10, 64)
		wrong.Check(err == nil, "minutes", "Please give the minutes as a number, such as 60.")
	}
	if len(wrong) == 0 {
		in.At = day.At(at.Hour(), at.Minute(), c.me.Zone)
	}
	return in
}
