package web

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
)

// askingTabs are the ways to ask a question: in writing, aloud, or of oneself. They keep what the
// address says of the card.
type askingTabs struct{ Writing, Aloud, Self, Now string }

func (c *call) askingTabs(now string) askingTabs {
	kept := url.Values{}
	for _, name := range []string{"card", "asked", "helper", "for", "about", "way", "origin"} {
		if value := c.text(name); value != "" {
			kept.Set(name, value)
		}
	}
	tabs := askingTabs{Writing: "/askings/ask", Aloud: "/askings/new", Now: now}
	if len(kept) > 0 {
		tabs.Writing += "?" + kept.Encode()
		tabs.Aloud += "?" + kept.Encode()
	}
	kept.Set("to", question.ToMyself)
	tabs.Self = "/askings/new?" + kept.Encode()
	return tabs
}

// askingSend is the page where somebody sends a question to one or several people.
type askingSend struct {
	Tabs                      askingTabs
	Card, CardHref, CardTitle string
	Origin                    string
	Wording, Note             Field
	Whom, Named, Outside      Field
	Link                      linkFields
	Needs                     []needLine
	Seen                      Seen
	Back                      string
}

var askingSendPage = declare[askingSend]("asking-send.html", "need-parts.html")

var (
	saidAskedOne  = says("Asked. They see the question and your line, and nothing else.")
	saidAskedMany = says("Asked. Each sees the question and your line, and not who else was asked.")
)

// newSending offers to ask a question in writing, in the wording that the card's page showed.
func newSending(c *call) (view, error) {
	main := askingSend{Tabs: c.askingTabs("writing"), Origin: c.text("origin"), Link: c.linkFields(), Back: "/questions", Seen: Seen{Shared: true, Text: "you, and whom you ask"}}
	usual := []string{c.text("whom")}
	wording := ""
	if card, _, err := c.card(c.text("card")); c.text("card") != "" && err == nil {
		f, err := c.filling(card)
		if err != nil {
			return view{}, err
		}
		wording = f.wording(card, c.text("way"))
		main.Card, main.CardTitle, main.CardHref = card.ID, card.Title(), questionHref(card.ID)
		main.Back = main.CardHref
		if f.Name != "" && main.Origin == "" {
			main.Origin = f.about
		}
		if f.Asked == question.Manager && usual[0] == "" {
			if manager, err := org.ManagerOf(c.tx, c.me); err == nil {
				usual[0] = org.Party{Person: manager.ID}.String()
			}
		}
	}
	if words, back, err := c.viewOfCriterion(main.Origin); err != nil {
		return view{}, err
	} else if back != "" {
		wording, main.Back = words, back
	}
	main.Wording = c.form.field(Field{Name: "wording", Label: "What you ask", Type: "textarea", Rows: 3, Required: true,
		Hint: "They read it as it stands here. Put it in your own words until it sounds like you."}, wording)
	main.Note = c.form.field(Field{Name: "note", Label: "A line to them", Type: "textarea", Rows: 2, Hint: "Why you ask just them. It can stay empty."}, "")
	if err := main.whom(c, usual); err != nil {
		return view{}, err
	}
	needs, err := question.Needs(c.tx, c.me)
	main.Needs = needLines(needs)
	if err != nil {
		return view{}, err
	}
	return askingSendPage.show(c, "Ask a question", "questions", main)
}

// whom fills in who can be asked: those near, others here and somebody outside by name.
func (a *askingSend) whom(c *call, usual []string) error {
	near, err := c.near()
	if err != nil {
		return err
	}
	others, err := c.others()
	if err != nil {
		return err
	}
	for i, o := range near {
		near[i].Chosen = slices.Contains(usual, o.Value)
		if c.form.Values != nil {
			near[i].Chosen = c.form.ticked("whom", o.Value)
		}
	}
	a.Whom = Field{Name: "whom", Label: "Whom you ask", Type: "checkbox", Options: near, Error: c.form.Error("whom"),
		Hint: "One, or several at once: their answers stand side by side, each under its name. A contact is asked by a link."}
	if len(others) > 1 {
		a.Named = c.form.field(Field{Name: "named", Label: "Others here", Type: "textarea", Rows: 2, Hint: "Their names or e-mail addresses, one a line."}, "")
	}
	a.Outside = c.form.field(Field{Name: "outside", Label: "Somebody outside", Type: "textarea", Rows: 2,
		Hint: "One a line: the name, and after a comma their e-mail address if Ownward is to mail the link. They need no account, and see this one question."}, "")
	return nil
}

// sendAsking asks whom the form names.
func sendAsking(c *call) (string, error) {
	in := question.Sending{CardID: c.text("card"), Wording: c.text("wording"), Note: c.text("note")}
	if known, err := c.hasCard(in.CardID); err != nil {
		return "", err
	} else if !known {
		in.CardID = ""
	}
	if err := c.sendTo(&in); err != nil {
		return "", err
	}
	sent, err := question.Send(c.tx, c.me, c.origin(), in)
	if err != nil {
		return "", err
	}
	for _, one := range sent {
		c.tellAddress(one.Link, one.Token)
	}
	if len(sent) > 1 {
		c.say(saidAskedMany)
		return togetherHref(sent[0].Round), nil
	}
	if sent[0].Way == question.ByLink {
		return linkPath(sent[0].Link), nil
	}
	c.say(saidAskedOne)
	return askingHref(sent[0].ID), nil
}

// sendTo reads whom the form names; nobody is asked twice.
func (c *call) sendTo(in *question.Sending) error {
	named, outside := nonEmptyLines(c.text("named")), nonEmptyLines(c.text("outside"))
	if len(named)+len(outside)+len(c.Form["whom"]) > question.MostTogether {
		return problem.Invalid{"named": fmt.Sprintf("Please ask at most %d at once.", question.MostTogether)}
	}
	for _, choice := range c.Form["whom"] {
		p, err := org.PartyFrom(c.tx, c.me, choice)
		if err != nil {
			return err
		}
		if err := c.addTo(in, p); err != nil {
			return err
		}
	}
	for _, name := range named {
		p, err := c.personNamed("named", name)
		var wrong problem.Invalid
		if errors.As(err, &wrong) && len(named) > 1 {
			return problem.Invalid{"named": beginning(name, 60) + ": " + wrong["named"]}
		}
		if err != nil {
			return err
		}
		if err := c.addTo(in, p); err != nil {
			return err
		}
	}
	for _, line := range outside {
		name, address, _ := strings.Cut(line, ",")
		made, err := c.outsideLink(strings.TrimSpace(address))
		if err != nil {
			return err
		}
		in.Outside = append(in.Outside, question.Outside{Name: name, Link: made})
	}
	return nil
}

func (c *call) addTo(in *question.Sending, p org.Party) error {
	if p.Contact == "" {
		if !slices.Contains(in.Here, p.Person) {
			in.Here = append(in.Here, p.Person)
		}
		return nil
	}
	contact, err := org.ContactByID(c.tx, c.me, p.Contact)
	if err != nil {
		return err
	}
	made, err := c.outsideLink(contact.Email)
	if !slices.ContainsFunc(in.Outside, func(o question.Outside) bool { return o.Contact == p.Contact }) {
		in.Outside = append(in.Outside, question.Outside{Contact: p.Contact, Link: made})
	}
	return err
}

// outsideLink is the link for one of those outside, as the form says how it reaches them.
func (c *call) outsideLink(address string) (link.Input, error) {
	made, err := c.linkInput(address)
	return made, asField(err, "link_address", "outside")
}

func nonEmptyLines(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
}

// askedTogether is what was asked of several at once: their answers side by side, by name. They are never
// counted, and nothing is made of several.
type askedTogether struct {
	Wording, Note string
	AskedOn       civil.Date
	Answers       []answerLine
	Seen          Seen
}

// answerLine is one of those who were asked.
type answerLine struct {
	Href, Name, State string
	Link              string // to its address
	Answer, Marks     string
	TurnedBack        bool
}

var togetherPage = declare[askedTogether]("askings-together.html")

func togetherHref(round db.ID) string { return "/askings/together/" + string(round) }

func showTogether(c *call) (view, error) {
	all, err := question.Together(c.tx, c.me, c.id("round"))
	if err != nil {
		return view{}, err
	}
	var ids []db.ID
	for _, a := range all {
		ids = append(ids, a.ID)
	}
	links, err := link.OfEach(c.tx, c.me, "asking", ids)
	if err != nil {
		return view{}, err
	}
	main := askedTogether{Wording: all[0].Wording, Note: all[0].Note, AskedOn: all[0].AskedOn, Seen: onlyYou}
	for _, a := range all {
		line := answerLine{Href: askingHref(a.ID), Name: a.To.Name, Answer: a.Answer, Marks: c.marksOfAnswer(a), TurnedBack: a.TurnedBack() && a.RepliedAt.IsZero(), State: c.askingState(a)}
		if l, byLink := links[a.ID]; byLink && !a.Answered() {
			line.Link, line.State = linkPath(l), c.linkState(l)
		}
		main.Answers = append(main.Answers, line)
	}
	return togetherPage.show(c, "Asked of several", "questions", main)
}

// askingState says how a question that was sent stands. Who declined is not told apart from who has
// not answered.
func (c *call) askingState(a question.Asking) string {
	switch {
	case a.Answered():
		return "answered " + c.stamp(a.AnsweredAt)
	case a.BroughtAlong:
		return "not answered where it comes from"
	case a.TurnedBack() && a.RepliedAt.IsZero():
		return "it came back with a question"
	case a.Way == question.Here && a.ToLeft:
		return "not answered: " + a.To.Name + " has left"
	case a.Way == question.Noted:
		return "no answer yet"
	case !a.ExpiresAt.After(c.tx.Now()):
		return "not answered"
	}
	return "open until " + c.stamp(a.ExpiresAt)
}

// marksOfAnswer says what is to be known of an answer besides its words.
func (c *call) marksOfAnswer(a question.Asking) string {
	switch {
	case !a.Answered() || a.Way == question.Noted:
		return ""
	case !a.Given:
		return "as you noted it"
	case a.BroughtAlong:
		return "brought along"
	case a.Way == question.ByLink && a.Signed != a.To.Name:
		return "by a link, signed " + a.Signed
	case a.Way == question.ByLink:
		return "by a link, under the name that they wrote"
	}
	return "in their own words"
}

// replyToAsking sends what the visitor needs to one who turned their question back.
func replyToAsking(c *call) (string, error) {
	in, err := c.linkInput("")
	if err != nil {
		return "", err
	}
	replied, err := question.ReplyTo(c.tx, c.me, c.id("id"), c.text("reply"), in)
	if err != nil {
		return "", err
	}
	if replied.Way == question.ByLink {
		c.tellAddress(replied.Link, replied.Token)
		return linkPath(replied.Link), nil
	}
	c.say(saidReplied)
	return askingHref(replied.ID), nil
}

var saidReplied = says("Sent. They see it below the question.")

func backToAsking(c *call, l link.Link) (string, string) {
	a, err := question.ByID(c.tx, c.me, l.Thing.ID)
	switch {
	case err != nil:
		return "/askings", "What you asked"
	case a.Round != "":
		return togetherHref(a.Round), "All whom you asked"
	}
	return askingHref(a.ID), "The question"
}
