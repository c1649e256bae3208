package web

import (
	"strconv"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/share"
)

func init() {
	for purpose, asks := range map[link.Purpose]string{conversation.BriefLink: "What they would bring", conversation.ClosingLink: "Is it what was agreed?"} {
		openings[purpose] = opening{asks: asks, show: showForContact, answer: answerAsContact, back: backToConversation}
	}
}

// outsideSide is the part of a conversation's page for a partner who has no account here.
type outsideSide struct {
	Asks  string // what they can be asked at present; empty: nothing
	Paper string
	Link  linkFields
	Links []standingLink
	Away  bool // of the organisation, and has never signed in
	Guest invitation.Guest
}

type standingLink struct{ Href, State string }

func (m *oneConversation) readOutside(c *call, one conversation.Conversation) error {
	purpose, ok := one.LinkPurpose(c.me)
	if !ok {
		return nil
	}
	m.Outside.Asks, m.Outside.Paper = "what they would bring", "/outside/"+string(one.ID)
	if purpose == conversation.ClosingLink {
		m.Outside.Asks = "whether that is what you agreed"
	}
	if m.Outside.Link = c.linkFields(); c.addressOf(one.Partner) != "" {
		m.Outside.Link.Address.Hint = "Empty: the address that is known of them."
	}
	if m.Outside.Away = one.PartnerAway; m.Outside.Away && one.State == conversation.Requested {
		m.Outside.Asks = "whether the time suits them, and what they would bring"
	}
	var err error
	if m.Outside.Guest, err = invitation.GuestOf(c.tx, c.me, one); err != nil {
		return err
	}
	links, err := link.Of(c.tx, c.me, conversation.LinkThing(purpose, one.ID))
	for n, l := range links {
		if n < 3 {
			m.Outside.Links = append(m.Outside.Links, standingLink{linkPath(l), c.linkState(l)})
		}
	}
	return err
}

// linkConversation makes a link for the contact with whom a conversation is.
func linkConversation(c *call) (string, error) {
	one, err := conversation.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	in, err := c.linkInput(c.addressOf(one.Partner))
	if err != nil {
		return "", err
	}
	l, token, err := conversation.AskContact(c.tx, c.me, one.ID, in)
	if err != nil {
		return "", err
	}
	c.tellAddress(l, token)
	return linkPath(l), nil
}

// addressOf is the mail address that is known of somebody without an account; empty where none is.
func (c *call) addressOf(who org.Party) string {
	if who.Contact != "" {
		contact, err := org.ContactByID(c.tx, c.me, who.Contact)
		if err != nil {
			return ""
		}
		return contact.Email
	}
	p, err := org.ByID(c.tx, c.me, who.Person)
	if err != nil || p.HasAccount() {
		return ""
	}
	return p.Email
}

func backToConversation(c *call, l link.Link) (string, string) {
	return conversationHref(l.Thing.ID), "The conversation"
}

// forContact is the page of a conversation for a partner who has no account: by a link, or on paper.
type forContact struct {
	Asker                asker
	Title, When, About   string
	Agenda               []string
	Outcome              string
	Mine, Theirs         []promisedRow // what the owner promised, and what they did
	After, Paper         bool
	Agrees, Words, Name  Field
	Revision, Until, Now string
	Back                 string
}

var forContactPage = declare[forContact]("conversation-link.html")

func (c *call) forContact(f conversation.ForContact) forContact {
	main := forContact{
		Asker: asker{f.Owner.Name, f.OwnerCalled}, Title: f.Kind.Title() + " with " + f.Owner.Name, When: c.momentIn(f.At, f.Zone) + " (" + clocksOf(f.Zone) + ")", About: f.Kind.About(),
		Outcome: f.Outcome.Words, After: f.State == conversation.Held, Revision: strconv.FormatInt(f.Outcome.Revision, 10),
	}
	for _, i := range f.Agenda {
		if i.Waits() || main.After {
			main.Agenda = append(main.Agenda, i.Words)
		}
	}
	for _, p := range f.Promises {
		row := promisedRow{Words: p.Words, By: p.By.Name, Due: p.Due}
		if p.State != commitment.Open {
			continue
		}
		if p.By.Person == f.Owner.Person {
			main.Mine = append(main.Mine, row)
		} else {
			main.Theirs = append(main.Theirs, row)
		}
	}
	return main
}

// clocksOf is by whose clocks a time is said, as people know it: Lisbon time.
func clocksOf(zone *time.Location) string {
	name := zone.String()
	return strings.ReplaceAll(name[strings.LastIndex(name, "/")+1:], "_", " ") + " time"
}

// showForContact is what a link to a conversation shows.
func showForContact(c *call, o link.Opened) (view, error) {
	f, err := conversation.AskedByLink(c.tx, o)
	if err != nil {
		return view{}, err
	}
	main := c.forContact(f)
	main.Until = stamp(o.ExpiresAt)
	main.Name = c.form.field(Field{Name: "name", Label: "Your name", Required: true, Autocomplete: "name"}, f.Partner.Name)
	if f.WaitsForLink() {
		main.Revision = strconv.FormatInt(f.Conversation.Revision, 10)
		main.Agrees = c.form.field(Field{Name: "agrees", Label: "Does this time suit you?", Type: "radio", Required: true, Options: []Option{
			{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No, another would be better", Hint: "Say below which."},
		}}, "yes")
	}
	words := Field{Name: "words", Label: "What would you bring, or want " + f.OwnerCalled + " to know before?", Type: "textarea", Rows: 4}
	if main.After {
		words.Label, words.Hint = "In a few words", "With a plain yes it can stay empty."
		main.Agrees = c.form.field(Field{Name: "agrees", Label: "Is this what you two agreed?", Type: "radio", Required: true, Options: []Option{
			{Value: "yes", Label: "Yes, that is it"}, {Value: "no", Label: "I remember it differently"},
		}}, "yes")
	}
	main.Words = c.form.field(words, "")
	return forContactPage.outside(c, "A question for you", main)
}

func answerAsContact(c *call, o link.Opened) error {
	revision, _ := strconv.ParseInt(c.text("revision"), 10, 64)
	return conversation.AnswerByLink(c.tx, o, c.text("name"), conversation.Confirmation{Revision: revision, Agrees: c.text("agrees") == "yes", Words: c.text("words")})
}

// showPaper is the same page for the owner, to print and to hand over.
func showPaper(c *call) (view, error) {
	f, err := conversation.OnPaper(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := c.forContact(f)
	main.Paper, main.Back = true, conversationHref(f.ID)
	return forContactPage.show(c, "For "+f.Partner.Name, "conversations", main)
}

// sharedBack is what the actor shows the other side, and where they show more: trust goes both ways.
type sharedBack struct {
	Shows                             string
	Plan, Expectations, Promise, Give string
	Other                             string // who can be asked for feedback in one press
	Origin                            string
}

func (m *oneConversation) readReturn(c *call, one conversation.Conversation) error {
	other := one.Other(c.me)
	if other.Person == "" || one.BroughtAlong || c.me.Left || one.OtherLeft(c.me) || one.State == conversation.Cancelled {
		return nil
	}
	origin := "conversation:" + string(one.ID)
	m.Return = sharedBack{
		Plan: "/plan/share?to=" + string(other.Person), Promise: "/promises/new?with=" + other.String() + "&origin=" + origin,
		Give: "/feedback/new?whom=" + other.String() + "&origin=" + origin, Other: other.String(), Origin: origin,
	}
	if one.Line != "" && one.Partner.Is(c.me) {
		m.Return.Expectations = "/team/expectations"
	}
	given, err := share.Given(c.tx, c.me)
	m.Return.Shows = shows(given, other.Person)
	return err
}

// shownThings are the words for what is shown by itself: one of them, and several.
var shownThings = []struct{ kind, one, many string }{
	{"goal", "a goal", "goals"}, {"skill", "a skill", "skills"}, {"win", "a win", "wins"}, {"story", "a story", "stories"},
	{"date", "a date", "dates"}, {"feedback", "feedback", "pieces of feedback"}, {"counsel", "counsel", "pieces of counsel"},
}

// shows says what of somebody's one other sees: parts of the plan by name, and how many things by themselves.
func shows(given []share.Share, viewer db.ID) string {
	var parts []string
	sections, each := map[plan.Section]bool{}, map[string]int{}
	for _, s := range given {
		switch {
		case s.Viewer != viewer:
		case s.What.Kind == "plan":
			sections[plan.Section(s.What.Section)] = true
		default:
			each[s.What.Kind]++
		}
	}
	for _, section := range plan.Sections {
		if sections[section] {
			parts = append(parts, strings.ToLower(section.Title()))
		}
	}
	for _, t := range shownThings {
		switch n := each[t.kind]; {
		case n == 1:
			parts = append(parts, t.one)
		case n > 1:
			parts = append(parts, strconv.Itoa(n)+" "+t.many)
		}
	}
	return strings.Join(parts, ", ")
}
