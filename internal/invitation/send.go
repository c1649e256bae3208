package invitation

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html"
	netmail "net/mail"
	"strconv"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/calendar"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Job is the kind of the jobs that mail invitations.
const Job = "invitation"

// Summary is all that a calendar shows of a conversation, to whoever looks at it.
const Summary = "Growth conversation"

// Post is what invitations are sent with.
type Post struct {
	Sender mail.Sender
	From   netmail.Address          // the mailbox of the installation: the organiser, to whom answers go
	Link   func(event.Thing) string // where a thing is found: an address that holds ids alone
	Base   string                   // where the installation is reached, without a slash at its end
}

// letter is an invitation on its way.
type letter struct {
	invitation
	me     org.Person
	method calendar.Method
}

// Send does the jobs of the kind Job. A job that comes late finds that another sequence stands, and does nothing: the
// job of that one sends it.
func (p Post) Send(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	l, err := db.Write(ctx, d, func(tx *db.Tx) (letter, error) { return next(tx, args) })
	if errors.Is(err, problem.NotFound) || errors.As(err, new(problem.Refused)) {
		return nil
	}
	if err != nil {
		return err
	}
	err = p.Sender.Send(ctx, p.message(l))
	if errors.Is(err, mail.ErrRefused) {
		return errors.Join(err, job.ErrPermanent)
	}
	return err
}

// next is the letter to be sent, noted as sent before it goes: a mail that failed may have arrived all the same.
// problem.NotFound: there is none to send any more.
func next(tx *db.Tx, args job.Args) (letter, error) {
	i, err := find(tx, "organisation_id = $1 and id = $2", args["organisation"], args["invitation"])
	if err != nil {
		return letter{}, err
	}
	if strconv.FormatInt(i.sequence, 10) != string(args["sequence"]) {
		return letter{}, problem.NotFound
	}
	me, err := org.UnscopedActor(tx, args["organisation"], i.person)
	if err != nil {
		return letter{}, err
	}
	wanted, err := Wanted(tx, me)
	if err != nil {
		return letter{}, err
	}
	l := letter{invitation: i, method: calendar.Request}
	if !i.stands || !wanted { // turned off since: an earlier time must not stay
		l.method = calendar.Cancel
	}
	over := !i.at.Add(time.Duration(i.minutes) * time.Minute).After(tx.Now())
	if me.Left || l.method == calendar.Cancel && i.mailed < 0 || l.method == calendar.Request && over {
		return letter{}, problem.NotFound
	}
	if l.me, err = org.Me(tx, me); err != nil {
		return letter{}, err
	}
	if l.address, err = account.ReachedAt(tx, me); err != nil {
		return letter{}, err
	}
	_, err = tx.Exec(`
		update invitations set mailed_sequence = sequence, address = $1, stands = $2 where organisation_id = $3 and id = $4`,
		l.address, l.method == calendar.Request, args["organisation"], i.id)
	return l, err
}

func (p Post) message(l letter) mail.Message {
	w := p.words(l)
	entry := p.entry(l)
	entry.Description = w.calendar
	return mail.Message{
		To: l.address, Subject: w.subject, ID: "invitation-" + string(l.id) + "-" + strconv.FormatInt(l.sequence, 10), Date: l.changedAt,
		Text: w.text(l.me.Called()), HTML: w.html(l.me.Called()), Method: string(l.method),
		Calendar: calendar.Written{Method: l.method, Entries: []calendar.Entry{entry}}.Bytes(),
	}
}

func (p Post) entry(l letter) calendar.Entry {
	e := calendar.Entry{
		UID: l.uid + "@" + p.domain(), Sequence: l.sequence, Stamp: l.changedAt,
		Start: l.at, End: l.at.Add(time.Duration(l.minutes) * time.Minute), Zone: l.me.Zone(),
		Summary: Summary, Link: p.Link(event.Thing{Kind: "conversation", ID: l.conversation}), Private: true,
		Organizer: calendar.Mailbox{Name: "Ownward", Address: p.From.Address},
		Attendees: []calendar.Attendee{{Mailbox: calendar.Mailbox{Name: l.me.Name, Address: l.address}, Says: calendar.NeedsAction}},
		Status:    calendar.Confirmed,
	}
	switch {
	case l.method == calendar.Cancel:
		e.Status = calendar.Cancelled
	case !l.certain:
		e.Status = calendar.Tentative
	}
	return e
}

// domain ends a uid. Whatever it is, an answer is known by what stands before it.
func (p Post) domain() string {
	_, domain, _ := strings.Cut(p.From.Address, "@")
	return cmp.Or(domain, "ownward")
}

// words are what a letter says, in the order in which it is read.
type words struct {
	subject, says, when, link, how, choice, calendar string
}

func (p Post) words(l letter) words {
	w := words{
		when: spoken(l.at.In(l.me.Zone()), l.minutes), link: p.Link(event.Thing{Kind: "conversation", ID: l.conversation}),
		choice: p.Base + "/you/calendars",
	}
	switch {
	case l.method == calendar.Cancel:
		w.subject, w.says = Summary+": out of your calendar", "It was moved or cancelled, so it is taken out of your calendar. Its page knows how it stands."
	case !l.certain:
		w.subject, w.says = Summary+": another time is proposed", "Another time is proposed for it. It holds once both have said yes on its page."
	case l.sequence > 0:
		w.subject, w.says = Summary+": the time is settled", "This is the time that is agreed now."
	default:
		w.subject, w.says = Summary, "Its time is agreed."
	}
	w.calendar = "What it is about stands here, behind your sign-in:\n" + w.link
	if l.method == calendar.Request {
		w.how = "Answer in your calendar if you like: yes, no and perhaps are noted on the page, and a time that you propose is proposed. What you write beside it is not kept."
	}
	return w
}

// spoken is a time as one reads it: Thursday 12 November 2026, 10:00 to 11:00 (Europe/Lisbon).
func spoken(at time.Time, minutes int64) string {
	ends := at.Add(time.Duration(minutes) * time.Minute)
	return at.Format("Monday 2 January 2006, 15:04") + " to " + ends.Format("15:04") + " (" + strings.ReplaceAll(at.Location().String(), "_", " ") + ")"
}

func (w words) text(called string) string {
	text := "Hello " + called + ",\n\n" + w.when + "\n" + w.says + "\n\n" + w.link + "\n"
	if w.how != "" {
		text += "\n" + w.how + "\n"
	}
	return text + "\nWhat it is about stands there alone, behind your sign-in.\nWhether conversations go into your calendar, you choose here:\n" + w.choice + "\n"
}

const htmlLetter = `<!doctype html><html lang="en"><body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1c1c1c;background:#fff">
<div style="max-width:34em">
<p>Hello %s,</p>
<p style="font-size:18px"><strong>%s</strong><br>%s</p>
<p><a href="%s">Open its page</a></p>
%s<p style="color:#555;font-size:14px">What it is about stands there alone, behind your sign-in. Whether conversations go into your calendar, <a href="%s">you choose</a>.</p>
</div></body></html>
`

func (w words) html(called string) string {
	how := ""
	if w.how != "" {
		how = "<p>" + html.EscapeString(w.how) + "</p>\n"
	}
	return fmt.Sprintf(htmlLetter, html.EscapeString(called), html.EscapeString(w.when), html.EscapeString(w.says), html.EscapeString(w.link), how, html.EscapeString(w.choice))
}
