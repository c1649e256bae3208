package web

import (
	"errors"
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/home"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// oneConversation is the page of one conversation, for one of its sides.
type oneConversation struct {
	Path, Brief       string
	Title, About      string
	Other             string
	When, Until       string
	TheirTime         string // where the other side reads another clock
	At                time.Time
	Minutes           int64
	Whose             string // whose growth it is about
	State             conversation.State
	Why               string // why it was cancelled, or who proposed what
	Revision          string
	Waits             bool   // for the actor's answer
	Skip, Year        string // where it is skipped, and the year that it is part of; empty: neither
	CanMove, CanEnd   bool
	CanSet, CanNote   bool
	CanTakeOff        bool   // a line that the visitor brought
	Fell              string // with its reporting line: who reads the agenda then
	CanAmend, CanKeep bool
	Counsel           string // once the notes are closed: where counsel that was heard is kept
	Alone             bool   // the owner keeps both sides
	Open              bool
	Time              timeFields
	Earlier           []conversationRow
	Anew              string
	Copies            []copyLine // for this conversation, that the actor reads
	CopyFor, Propose  string     // the addresses where one is made, and where a goal is proposed
	Both, Mine        Seen
	Question          fittingQuestion // one that fits what is coming
	FromCalendars     []string        // what the two answered in their calendars
	Counter           *proposedTime   // that a contact proposes from their calendar
	Outside           outsideSide
	Return            sharedBack
	conversationAgenda
	conversationNotes
	conversationClosing
}

var conversationPage = declare[oneConversation]("conversation.html", "conversation-time.html", "conversation-agenda.html", "conversation-notes.html",
	"conversation-closing.html", "conversation-outside.html")

// showConversation shows a conversation to one of its sides.
func showConversation(c *call) (view, error) {
	one, err := conversation.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := c.oneConversation(one)
	for _, fill := range []func(*call, conversation.Conversation) error{
		main.readTheirTime, main.readFromCalendars, main.readAgenda, main.readSuggestions, main.readTexts, main.readPromises, main.readSaid,
		main.readOutside, main.readReturn, main.readEarlier, main.readCopies,
	} {
		if err := fill(c, one); err != nil {
			return view{}, err
		}
	}
	return conversationPage.show(c, main.Title, "conversations", main)
}

func (c *call) oneConversation(one conversation.Conversation) oneConversation {
	today := civil.In(c.tx.Now(), c.me.Zone)
	can := func(act conversation.Act) bool { return one.Can(act, c.me, today) }
	href := conversationHref(one.ID)
	main := oneConversation{
		Path: href, Brief: href + "/brief", Title: conversationTitle(one, c.me), About: one.Kind.About(), Other: one.Other(c.me).Name,
		When: c.moment(one.At), Until: clock(one.EndsAt().In(c.me.Zone)), At: one.At.In(c.me.Zone), Minutes: one.Minutes,
		Whose: "your growth", State: one.State, Revision: strconv.FormatInt(one.Revision, 10), Waits: can(conversation.Accepting),
		CanMove: can(conversation.Proposing), CanEnd: can(conversation.Ending), CanSet: can(conversation.SettingAgenda), CanTakeOff: can(conversation.TakingOff),
		CanNote: can(conversation.WritingNotes), CanAmend: can(conversation.Amending), CanKeep: can(conversation.KeepingPrivate),
		Alone: one.Alone(), Open: one.Open(),
		Both: Seen{Text: "you and " + one.Other(c.me).Name, Shared: true}, Mine: onlyYou,
		Anew: "/conversations/new?with=" + one.Other(c.me).String() + "&kind=" + string(one.Kind),
	}
	if one.Alone() {
		main.Both = onlyYou
	}
	if !one.Owner.Is(c.me) {
		main.Whose = "the growth of " + one.Owner.Name
	}
	if one.Fell() {
		main.Fell = "The two of you did not meet: what " + main.Other + " put here is only theirs now."
		if one.Owner.Is(c.me) {
			main.Fell = "The two of you did not meet: what you put here, " + main.Other + " does not read any more. You can take it off too."
		}
	}
	if main.Why = why(one, c.me); can(conversation.Skipping) {
		main.Skip = href + "/skip"
	}
	if one.State == conversation.Held && !main.CanNote && !c.me.Left {
		main.Counsel = "/counsel/new?origin=conversation%3A" + string(one.ID)
	}
	if one.Cadence != "" && !one.BroughtAlong {
		main.Year = "/cadences/" + string(one.Cadence)
	}
	if one.Open() && !one.BroughtAlong {
		main.Question = c.fitting(home.BeforeTalk(c.me, one))
	}
	main.Time = c.timeFields(c.formFor("/conversations/{id}/time"), one.At, one.Minutes)
	return main
}

// why says in a sentence how it stands with a conversation.
func why(one conversation.Conversation, me org.Actor) string {
	other := one.Other(me).Name
	switch {
	case one.BroughtAlong:
		return "Brought along from elsewhere: a record, which you alone see."
	case one.WaitsFor(me):
		return other + " proposes this time and waits for your answer."
	case one.State == conversation.Requested:
		return "You proposed this time. It waits for the answer of " + other + "."
	case one.State == conversation.Planned && one.SkippedFor != "":
		return "It was put off to this time. " + one.SkippedFor.Says() + skippedWords(one)
	case one.State == conversation.Planned && one.Alone():
		return "Laid out with your year. Move it wherever you agreed with " + other + "."
	case one.State == conversation.Planned:
		return "Laid out with the year of you two: it stands, and nobody needs to say yes. At another time when you are both free, it is moved at once; else " + other + " is asked."
	case one.CancelledBecause == conversation.BySkipping && one.CancelledBy == me.Person:
		return "You skipped it. " + one.SkippedFor.Says() + skippedWords(one) + " The next one comes as planned."
	case one.CancelledBecause == conversation.BySkipping:
		return other + " skipped it. " + one.SkippedFor.Says() + skippedWords(one) + " The next one comes as planned."
	case one.CancelledBecause == conversation.ByRhythm:
		return "It was taken off when the rhythm of your year changed, or came to rest."
	case one.CancelledBecause == conversation.ByLine:
		return "It was cancelled when the reporting line between you ended. You two can go on by choice: ask for a new one."
	case one.CancelledBecause == conversation.ByPairing:
		return "It was cancelled when your pairing from a matching round was taken back. What was prepared stays here; you two can ask for a new one."
	case one.CancelledBecause == conversation.ByLeaving:
		return "It was cancelled when one of you left the organisation."
	case one.State == conversation.Cancelled && one.CancelledBy == me.Person:
		return "You cancelled it. What was prepared stays here."
	case one.State == conversation.Cancelled:
		return other + " cancelled it. What was prepared stays here."
	}
	return ""
}

// skippedWords are the words of who skipped it, after the reason.
func skippedWords(one conversation.Conversation) string {
	if one.SkippedWords == "" {
		return "."
	}
	return ": “" + one.SkippedWords + "”."
}

// formFor is what was typed into the form with that action, when that form came back; else an
// empty form. A page with several forms fills only the one that was sent.
func (c *call) formFor(path string) Form {
	if c.Pattern == "POST "+path {
		return c.form
	}
	return Form{}
}

// readTheirTime finds the other side's clock where it shows another time.
func (m *oneConversation) readTheirTime(c *call, one conversation.Conversation) error {
	other := one.Other(c.me)
	if other.Person == "" || !one.Open() {
		return nil
	}
	p, err := org.ByID(c.tx, c.me, other.Person)
	if errors.Is(err, problem.NotFound) { // has left
		return nil
	}
	if theirs := clock(one.At.In(p.Zone())); err == nil && theirs != clock(one.At.In(c.me.Zone)) {
		m.TheirTime = theirs + " for " + other.Name
	}
	return err
}

// readEarlier finds the last conversations of the same two.
func (m *oneConversation) readEarlier(c *call, one conversation.Conversation) error {
	const most = 4
	past, _, err := conversation.Past(c.tx, c.me, one.Other(c.me), conversation.PlaceOf(one), most)
	for _, each := range past {
		m.Earlier = append(m.Earlier, c.conversationRow(each))
	}
	return err
}

// readCopies finds the copies that one side gave the other for this conversation.
func (m *oneConversation) readCopies(c *call, one conversation.Conversation) error {
	if one.Alone() || one.BroughtAlong {
		return nil
	}
	found, err := frozen.For(c.tx, c.me, one.ID)
	if err != nil {
		return err
	}
	m.Copies = c.linesOfCopies(found)
	if !one.Open() || c.me.Left {
		return nil
	}
	m.CopyFor = "/copies/new?conversation=" + string(one.ID)
	leads, err := c.leads(one.Other(c.me).Person)
	if leads {
		m.CopyFor, m.Propose = "", "/proposals/new?to="+string(one.Other(c.me).Person)
	}
	return err
}

// acceptTime says yes to a proposed time.
func acceptTime(c *call) (string, error) {
	one, err := conversation.Accept(c.tx, c.me, c.id("id"), c.revision())
	return conversationHref(one.ID), err
}

// proposeTime proposes another time.
func proposeTime(c *call) (string, error) {
	wrong := problem.Invalid{}
	at := c.chosenTime(wrong, 0)
	if err := wrong.Err(); err != nil {
		return "", err
	}
	one, err := conversation.Propose(c.tx, c.me, c.id("id"), c.revision(), at)
	return conversationHref(one.ID), err
}

// cancelConversation takes a conversation off.
func cancelConversation(c *call) (string, error) {
	return conversationHref(c.id("id")), conversation.Cancel(c.tx, c.me, c.id("id"))
}
