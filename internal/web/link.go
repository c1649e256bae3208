package web

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"

	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/problem"
)

// opening is what a link of one purpose opens.
type opening struct {
	asks   string                                         // what is asked, for the list of the owner's links
	show   func(c *call, o link.Opened) (view, error)     // the question, made with outside
	answer func(c *call, o link.Opened) error             // keeps the answer; the link is used up around it
	back   func(c *call, l link.Link) (href, name string) // where the owner finds the thing
}

// openings are what links open, by purpose: the one place where a purpose is registered.
var openings = map[link.Purpose]opening{}

// openLink shows what a link asks. It changes nothing and needs no cookie: who guards a mailbox
// opens links as well.
func openLink(c *call) (view, error) {
	if err := c.notTooOften(); err != nil {
		return c.linkIsOver(link.Opened{}, err)
	}
	opened, err := link.Open(c.tx, link.Token(c.PathValue("token")))
	if err != nil {
		return c.linkIsOver(opened, err)
	}
	opens, known := openings[opened.Purpose]
	if !known {
		return c.linkIsOver(opened, problem.NotFound)
	}
	shown, err := opens.show(c, opened)
	if errors.Is(err, problem.NotFound) {
		return c.linkIsOver(opened, link.TakenBack) // the thing is gone
	}
	return shown, err
}

// answerLink keeps the answer, and with it the link is used up. Where that has happened, or it has
// ended, its page says so.
func answerLink(c *call) (string, error) {
	if err := c.notTooOften(); err != nil {
		return "", err
	}
	opened, err := link.Open(c.tx, link.Token(c.PathValue("token")))
	if errors.Is(err, link.Answered) {
		return c.URL.Path + "?again=yes", nil
	}
	if ended := link.Ended(""); errors.As(err, &ended) {
		return c.URL.Path, nil
	}
	if err != nil {
		return "", err
	}
	opens, known := openings[opened.Purpose]
	if !known {
		return "", problem.NotFound
	}
	if err := opens.answer(c, opened); err != nil {
		return "", err
	}
	return c.URL.Path, link.Use(c.tx, opened)
}

// linkOver says that a link opens nothing any more, and why.
type linkOver struct{ Heading, Text string }

var linkOverPage = declare[linkOver]("linkover.html")

func (c *call) linkIsOver(o link.Opened, why error) (view, error) {
	main, status := linkOver{"This link has ended", "It was taken back by " + o.OwnerCalled + ". There is nothing for you to do."}, http.StatusGone
	switch {
	case errors.Is(why, link.Answered):
		main, status = linkOver{"Thank you", "This was answered, and is with " + o.OwnerCalled + ". Only they decide who else sees it. You can close this page."}, http.StatusOK
		if c.text("again") != "" { // sent twice, or by two who have the same address
			main.Text = "This was answered before, and is with " + o.OwnerCalled + ": one answer is all that it takes. If that was you, all is well. If it was somebody else, what you wrote just now was not kept: tell " + o.OwnerCalled + "."
		}
	case errors.Is(why, link.RanOut):
		main.Text = "It was open for a limited time. If you would still like to answer, tell " + o.OwnerCalled + ": they can make a new one."
	case errors.Is(why, link.TakenBack):
	case errors.Is(why, problem.NotFound):
		main, status = linkOver{"This link opens nothing", "It may have lost a part on its way here, or have ended long ago. Whoever sent it to you can make a new one."}, http.StatusNotFound
	case errors.As(why, new(problem.TooMany)):
		main, status = linkOver{"One moment, please", "Links were opened very often from where you are. Wait a minute and open this address again: nothing of it is lost."}, http.StatusTooManyRequests
	default:
		return view{}, why
	}
	v, err := linkOverPage.outside(c, main.Heading, main)
	v.status = status
	return v, err
}

// The form that asks somebody by a link, on the page of whatever is asked.

// linkFields are how a link reaches whom it is for.
type linkFields struct{ By, Address, Days Field }

func (c *call) linkFields() linkFields {
	var f linkFields
	if !c.server.MailInLog { // else there is only one way
		f.By = c.form.field(Field{Name: "link_by", Label: "How it reaches them", Type: "radio-row", Options: []Option{
			{Value: "copy", Label: "I send it myself", Hint: "You get an address to copy."},
			{Value: "mail", Label: "Ownward mails it", Hint: "One mail with your name and the address, and nothing of what you write."},
		}}, "copy")
		f.Address = c.form.field(Field{Name: "link_address", Label: "Their e-mail address", Type: "email", Hint: "For the mail; leave it empty if you send it yourself."}, "")
	}
	f.Days = c.form.field(Field{Name: "link_days", Label: "How long it works", Type: "select", Options: []Option{
		{Value: "7", Label: "One week"}, {Value: "14", Label: "Two weeks"}, {Value: "30", Label: "A month"}, {Value: "60", Label: "Two months"},
	}}, strconv.Itoa(link.UsualDays))
	return f
}

// makeLink makes a link as the form with linkFields says, and leads to its page, where the address
// is told.
func (c *call) makeLink(purpose link.Purpose, thing event.Thing) (string, error) {
	in, err := c.linkInput("")
	if err != nil {
		return "", err
	}
	l, token, err := link.Make(c.tx, c.me, purpose, thing, in)
	if err != nil {
		return "", err
	}
	c.tellAddress(l, token)
	return linkPath(l), nil
}

// linkInput reads the fields of linkFields. A mail goes to the known address where none was typed.
func (c *call) linkInput(known string) (link.Input, error) {
	in := link.Input{}
	wrong := problem.Invalid{}
	if days := c.text("link_days"); days != "" {
		var err error
		in.Days, err = strconv.Atoi(days)
		wrong.Check(err == nil && in.Days != 0, "link_days", "Please choose for how long it works.")
	}
	if c.text("link_by") == "mail" {
		in.Address = cmp.Or(c.text("link_address"), known)
		wrong.Check(in.Address != "", "link_address", "Please give the address to mail it to.")
		wrong.Check(!c.server.MailInLog, "link_by", "This installation sends no mail. Copy the address and send it yourself.")
	}
	return in, wrong.Err()
}

func linkPath(l link.Link) string { return "/links/" + string(l.ID) }

// linkState says in a line how a link stands.
func (c *call) linkState(l link.Link) string {
	until := stamp(l.ExpiresAt.In(c.zone()))
	switch {
	case !l.UsedAt.IsZero():
		return "answered " + stamp(l.UsedAt.In(c.zone()))
	case !l.EndedAt.IsZero():
		return "taken back"
	case !l.Stands(c.tx.Now()):
		return "ran out " + until
	case l.Delivery == link.Refused:
		return "the mail could not be delivered"
	case l.Delivery != link.NotMailed:
		return "mailed to " + l.Address + ", works until " + until
	}
	return "works until " + until
}

// asker is who asks, on the page of a link.
type asker struct{ Name, Called string }
