package invitation

import (
	"cmp"
	"context"
	"errors"
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

// Off is the kind of mail that the link in an invitation turns off.
const Off = "calendar"

// Summary is all that a calendar shows of a conversation, to whoever looks at it.
const Summary = "Growth conversation"

// Post is what invitations are sent with.
type Post struct {
	Sender mail.Sender
	From   netmail.Address          // the mailbox of the installation: the organiser, to whom answers go
	Link   func(event.Thing) string // where a thing is found: an address that holds ids alone
}

// letter is an invitation on its way.
type letter struct {
	invitation
	me     org.Person // the receiver, or whose contact they are
	name   string     // of the receiver
	method calendar.Method
	off    string // the token of the link that turns invitations off
}

// Send does the jobs of the kind Job. A job that comes late finds that another sequence stands, and does nothing: the
// job of that one sends it.
func (p Post) Send(ctx context.Context, d *db.DB, id db.ID, args job.Args) error {
	l, err := db.Write(ctx, d, func(tx *db.Tx) (letter, error) { return next(tx, args) })
	if errors.Is(err, problem.NotFound) || errors.As(err, new(problem.Refused)) {
		return nil
	}
	if err != nil {
		return err
	}
	m, err := p.write(id, l)
	if err != nil {
		return err
	}
	err = p.Sender.Send(ctx, m)
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
	wanted, err := sideWants(tx, me, i.contact)
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
	if i.contact != "" {
		err = l.toContact(tx, me)
	} else {
		err = l.toPerson(tx, me)
	}
	if err != nil {
		return letter{}, err
	}
	_, err = tx.Exec(`
		update invitations set mailed_sequence = sequence, address = $1, stands = $2 where organisation_id = $3 and id = $4`,
		l.address, l.method == calendar.Request, args["organisation"], i.id)
	return l, err
}

func (l *letter) toPerson(tx *db.Tx, me org.Actor) error {
	var err error
	l.name = l.me.Name
	if l.method == calendar.Request || l.address == "" {
		if l.address, err = account.ReachedAt(tx, me); err != nil {
			return err
		}
	} else { // what was sent to an address is taken out there, whatever theirs is by now
		nowhere, err := account.UnscopedLeadsNowhere(tx, l.address)
		if err != nil {
			return err
		}
		if nowhere {
			return problem.NotFound
		}
	}
	l.off, err = mail.Off{Kind: Off, Organisation: me.Organisation, Receiver: me.Person}.SignFirst(tx)
	return err
}

func (p Post) entry(l letter) calendar.Entry {
	e := calendar.Entry{
		UID: l.uid + "@" + p.domain(), Sequence: l.sequence, Stamp: l.changedAt,
		Start: l.at, End: l.at.Add(time.Duration(l.minutes) * time.Minute), Zone: l.me.Zone(),
		Summary: Summary, Description: "What it is about stands here, behind your sign-in:\n" + p.page(l), Link: p.page(l), Private: true,
		Organizer: calendar.Mailbox{Name: "Ownward", Address: p.From.Address},
		Attendees: []calendar.Attendee{{Mailbox: calendar.Mailbox{Name: l.name, Address: l.address}, Says: calendar.NeedsAction}},
		Status:    calendar.Confirmed,
	}
	if l.contact != "" {
		e.Description, e.Link = "With "+l.me.Name+".", ""
	}
	switch {
	case l.method == calendar.Cancel:
		e.Status = calendar.Cancelled
	case !l.certain:
		e.Status = calendar.Tentative
	}
	return e
}

// page is where the conversation is found.
func (p Post) page(l letter) string {
	return p.Link(event.Thing{Kind: "conversation", ID: l.conversation})
}

// domain ends a uid. Whatever it is, an answer is known by what stands before it.
func (p Post) domain() string {
	_, domain, _ := strings.Cut(p.From.Address, "@")
	return cmp.Or(domain, "ownward")
}

// write fills the mail of a letter.
func (p Post) write(job db.ID, l letter) (mail.Message, error) {
	m := mail.Message{
		To: l.address, ID: "invitation-" + string(job), Date: l.changedAt, Method: string(l.method),
		Calendar: calendar.Written{Method: l.method, Entries: []calendar.Entry{p.entry(l)}}.Bytes(),
	}
	m.Subject, _ = l.says()
	if l.contact != "" {
		return m, p.letterToContact(l).Fill(&m)
	}
	_, says := l.says()
	parts := []mail.Part{mail.Say(says), mail.Say(spoken(l.at.In(l.me.Zone()), l.minutes)), mail.Lead("Open its page in Ownward", p.page(l))}
	if l.method == calendar.Request {
		parts = append(parts, mail.Say("Answer in your calendar if you like: yes, no and perhaps are noted on the page, and a time that you propose is proposed. What you write beside it is not kept."))
	}
	return m, mail.Letter{
		Hello: "Hello " + l.me.Called() + ",", Parts: append(parts, mail.Say("What it is about stands there alone, behind your sign-in.")),
		Why: `You get this because you want your conversations in your calendar. That can be changed on the page "Your calendars".`,
		Off: p.Link(event.Thing{Kind: mail.OffThing, ID: db.ID(l.off)}),
	}.Fill(&m)
}

// says is the subject of a letter, and what has happened.
func (l letter) says() (subject, words string) {
	switch {
	case l.former:
		return Summary + ": out of this calendar", "Invitations to your growth conversations go to another address of yours now, so one is taken out of the calendar of this one. Its page knows how it stands."
	case l.method == calendar.Cancel:
		return Summary + ": out of your calendar", "A growth conversation was moved or cancelled, so it is taken out of your calendar. Its page knows how it stands."
	case !l.certain:
		return Summary + ": another time is proposed", "Another time is proposed for a growth conversation of yours. It holds once both have said yes on its page."
	case l.sequence > 0:
		return Summary + ": the time is settled", "It stands at this time now."
	}
	return Summary, "A growth conversation of yours stands at this time."
}

// spoken is a time as one reads it: Thursday 12 November 2026, 10:00 to 11:00 (Europe/Lisbon).
func spoken(at time.Time, minutes int64) string {
	ends := at.Add(time.Duration(minutes) * time.Minute)
	return at.Format("Monday 2 January 2006, 15:04") + " to " + ends.Format("15:04") + " (" + strings.ReplaceAll(at.Location().String(), "_", " ") + ")"
}
