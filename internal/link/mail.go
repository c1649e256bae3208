package link

import (
	"context"
	"errors"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

const mailJob = "link mail"

// Mails are the kinds of the jobs that send them.
var Mails = []string{mailJob}

// Jobs are the mails of this package, sent by the sender. Base is where the installation is
// reached from outside, without a slash at its end.
func Jobs(sender mail.Sender, base string) map[string]job.Do {
	return map[string]job.Do{mailJob: func(ctx context.Context, d *db.DB, id db.ID, args job.Args) error {
		m, err := db.Write(ctx, d, func(tx *db.Tx) (mail.Message, error) { return write(tx, base, args) })
		if errors.Is(err, problem.NotFound) {
			return nil // answered, taken back or run out before it was sent
		}
		if err != nil {
			return err
		}
		m.ID = "link-" + string(id)
		delivery, failure := Sent, sender.Send(ctx, m)
		if errors.Is(failure, mail.ErrRefused) {
			delivery, failure = Refused, errors.Join(failure, job.ErrPermanent)
		} else if failure != nil {
			return failure
		}
		return errors.Join(failure, db.Do(ctx, d, func(tx *db.Tx) error {
			_, err := tx.Exec(`
				update question_links set delivery = $1 where organisation_id = $2 and id = $3 and delivery = $4`,
				string(delivery), args["organisation"], args["link"], string(Waiting))
			return err
		}))
	}}
}

// write makes a key for a link that waits to be mailed, and the mail that carries it. A mail that
// failed may have arrived all the same: its key goes on to count.
func write(tx *db.Tx, base string, args job.Args) (mail.Message, error) {
	var owner db.ID
	var name, zone string
	l, err := db.One(tx, func(row db.Row) (Link, error) { return scanLink(row, &owner, &name, &zone) }, selectLink+`, p.id, p.name, p.time_zone
		from question_links l join people p on p.organisation_id = l.organisation_id and p.id = l.owner_id
		where l.organisation_id = $1 and l.id = $2 and l.delivery = $3 and p.left_at is null`,
		args["organisation"], args["link"], string(Waiting))
	if err != nil {
		return mail.Message{}, err
	}
	if !l.Stands(tx.Now()) {
		return mail.Message{}, problem.NotFound
	}
	token, err := newKey(tx, args["organisation"], owner, l)
	if err != nil {
		return mail.Message{}, err
	}
	off, err := mail.Off{Kind: Off, Organisation: args["organisation"], Receiver: l.ID}.SignFirst(tx)
	if err != nil {
		return mail.Message{}, err
	}
	m := mail.Message{To: l.Address, Subject: "A question for you", Date: l.MadeAt}
	return m, mail.Letter{
		Hello: "Hello,",
		Parts: []mail.Part{
			mail.Say(name + " would like to ask you one question. It stands on this page:"),
			mail.Lead("Read the question", base+"/a/"+string(token)),
			mail.Say("You need no account. A few words are enough. The address is for you alone: it works until " +
				l.ExpiresAt.In(org.Zone(zone)).Format("2 January 2006") + ", for one answer."),
			mail.Say("If you would rather not answer, or do not know " + name + ", there is nothing to do. No other mail follows this one."),
		},
		Why: "You get this because somebody typed in your address to ask you.",
		Off: base + "/mails/" + off,
	}.Fill(&m)
}

// CameBack notes that the mail with a link came back.
func CameBack(tx *db.Tx, organisation, id db.ID) error {
	_, err := tx.Exec(`
		update question_links set delivery = $1 where organisation_id = $2 and id = $3 and delivery = $4`, string(Refused), organisation, id, string(Sent))
	return err
}

// Off is what the receiver of such a mail can turn off, as mail.Off names it.
const Off = "question"

// TurnOff keeps questions by mail from the address that the link was mailed to.
func TurnOff(tx *db.Tx, what mail.Off) error {
	address, err := db.One(tx, db.Scanned[string], "select address from question_links where organisation_id = $1 and id = $2 and address <> ''", what.Organisation, what.Receiver)
	if err != nil {
		return err
	}
	return mail.Quiet(tx, address, Off)
}
