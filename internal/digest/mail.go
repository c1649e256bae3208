package digest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/chat"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// lines are what a digest says of each count, and where that stands.
var lines = []struct{ what, one, many, path string }{
	{Asks, "1 ask waits for your word", "%d asks wait for your word", "/asks"},
	{Proposals, "1 proposal waits for your yes or no", "%d proposals wait for your yes or no", "/"},
	{Promises, "1 promise of yours is due by next week, or was", "%d promises of yours are due by next week, or were", "/promises"},
	{CheckIns, "1 promise is to be looked back on", "%d promises are to be looked back on", "/promises"},
	{Conversations, "1 conversation within a week", "%d conversations within a week", "/conversations"},
	{Questions, "1 question waits for your answer", "%d questions wait for your answer", "/"},
	{Introductions, "1 introduction waits for you", "%d introductions wait for you", "/referrals"},
	{Mentors, "1 thing between mentor and mentee waits for your word", "%d things between mentor and mentee wait for your word", "/mentors"},
	{Exchanges, "You meant to be in touch with somebody about now", "You meant to be in touch with %d people about now", "/relationships"},
	{Money, "Money that is held goes back to its budget within a week", "Money that is held for %d things goes back to its budget within a week", "/budgets"},
	{Comments, "1 comment is open on what you show", "%d comments are open on what you show", "/comments"},
}

// tooLate is when a digest that could not be sent is not sent any more.
const tooLate = 3 * 24 * time.Hour

// Send does the jobs of the kind Mail. Base is where the installation is reached from outside, without a
// slash at its end.
func Send(sender mail.Sender, base string) job.Do {
	return func(ctx context.Context, d *db.DB, id db.ID, args job.Args) error {
		to, err := db.Read(ctx, d, func(tx *db.Tx) (addressed, error) { return read(tx, args) })
		if errors.Is(err, problem.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if to.chat {
			if err := db.Do(ctx, d, func(tx *db.Tx) error { return postToo(tx, id, args) }); err != nil {
				return err
			}
		}
		if !to.mail {
			return nil
		}
		off, err := mail.Off{Kind: string(notice.Digest), Organisation: args["organisation"], Receiver: args["person"]}.Signed(ctx, d)
		if err != nil {
			return err
		}
		m, err := to.message(base, base+"/mails/"+off)
		if err != nil {
			return err
		}
		m.ID, m.Date = "digest-"+string(id), job.MadeAt(id)
		err = sender.Send(ctx, m)
		if errors.Is(err, mail.ErrRefused) {
			return errors.Join(err, job.ErrPermanent)
		}
		return err
	}
}

// addressed is one digest on its way.
type addressed struct {
	org.Person
	Choice
	counts     counted
	mail, chat bool // the ways that they want it by
}

// postToo has it posted too that something waits, and not what: others may read there.
func postToo(tx *db.Tx, id db.ID, args job.Args) error {
	return notice.PostToo(tx, id, job.Args{"organisation": args["organisation"], "person": args["person"], "kind": db.ID(notice.Digest)})
}

// read finds what the person is told, and where. Errors: problem.NotFound where they have left, want
// none any more, or it is too late.
func read(tx *db.Tx, args job.Args) (addressed, error) {
	var to addressed
	me, err := org.UnscopedActor(tx, args["organisation"], args["person"])
	if err != nil {
		return to, err
	}
	wanted, err := notice.Choices(tx, me)
	if err != nil {
		return to, err
	}
	var text string
	var made time.Time
	if err := tx.Get("select counts, made_at from digest_counts where organisation_id = $1 and person_id = $2 and week = $3",
		me.Organisation, me.Person, args["week"]).Scan(&text, &made); err != nil {
		return to, err
	}
	to.mail = slices.Contains(wanted, notice.Digest)
	if to.chat, err = chat.Wants(tx, me, string(notice.Digest)); err != nil {
		return to, err
	}
	if me.Left || !to.mail && !to.chat || tx.Now().Sub(made) > tooLate {
		return to, problem.NotFound
	}
	if err := json.Unmarshal([]byte(text), &to.counts); err != nil {
		return to, errors.Join(err, job.ErrPermanent)
	}
	if to.Choice, err = Chosen(tx, me); err != nil {
		return to, err
	}
	if to.Person, err = org.Me(tx, me); err != nil {
		return to, err
	}
	to.Email, err = account.ReachedAt(tx, me)
	if errors.As(err, new(problem.Refused)) { // no address
		to.mail, err = false, nil
	}
	return to, err
}

func (to addressed) message(base, off string) (mail.Message, error) {
	m := mail.Message{To: to.Email, Subject: notice.Digest.Subject()}
	return m, mail.Letter{
		Hello: "Hello " + to.Called() + ",",
		Parts: []mail.Part{
			mail.Say("This waits for you:"),
			mail.List(to.counts.rows(base)...),
			mail.Lead("Open Ownward", base+"/"),
		},
		Why: fmt.Sprintf(`You get this on %ss at %d:00, and only when something waits. The day and the hour you choose on the page "You and your account".`, to.Weekday, to.Hour),
		Off: off,
	}.Fill(&m)
}

// rows are what is said of the counts.
func (c counted) rows(base string) []mail.Row {
	var rows []mail.Row
	for _, l := range lines {
		switch n := c[l.what]; {
		case n == 1:
			rows = append(rows, mail.Row{Words: l.one, Link: base + l.path})
		case n > 1:
			rows = append(rows, mail.Row{Words: fmt.Sprintf(l.many, n), Link: base + l.path})
		}
	}
	return rows
}
