// Package notice tells a person, by mail and where they want it in Slack or Teams, that something waits
// for them in Ownward: never what it is, never who it is from, and not at all where they turned that kind off.
package notice

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
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Job is the kind of the jobs that send notices.
const Job = "notice"

// Tell lets a person know, by mail and without its content, that something happened to a thing.
// It does nothing for nobody.
//
// Notices with the same key to one person are one. An empty key stands for the transaction:
// what one act does to a person is told once, by its first telling.
func Tell(tx *db.Tx, organisation, person db.ID, kind Kind, thing event.Thing, key string) error {
	if person == "" {
		return nil
	}
	if key == "" {
		key = fmt.Sprint(tx.Now().UnixMicro())
	}
	return job.Enqueue(tx, Job, string(person)+" "+key, tx.Now(), job.Args{
		"organisation": organisation, "person": person, "kind": db.ID(kind), "thing_kind": db.ID(thing.Kind), "thing": thing.ID,
	})
}

// ThingShared tells the viewer of a new share, once for all that was shared in one act. It is the reaction to "shared".
// The notice leads to the page of who shared it, where all that they show stands.
func ThingShared(tx *db.Tx, e event.Event) error {
	return Tell(tx, e.Organisation, db.ID(e.Facts["viewer"]), Shared, event.Thing{Kind: "person", ID: e.By}, "")
}

// Send does the jobs that Tell asks for. The link is where a thing is found: an address that
// holds ids alone.
func Send(sender mail.Sender, link func(event.Thing) string) job.Do {
	return func(ctx context.Context, d *db.DB, id db.ID, args job.Args) error {
		to, err := db.Read(ctx, d, func(tx *db.Tx) (ways, error) { return waysTo(tx, id, args) })
		if errors.Is(err, problem.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if to.chat {
			if err := db.Do(ctx, d, func(tx *db.Tx) error { return PostToo(tx, id, args) }); err != nil {
				return err
			}
		}
		if !to.mail {
			return nil
		}
		kind := Kind(args["kind"])
		off, err := mail.Off{Kind: string(kind), Organisation: args["organisation"], Receiver: args["person"]}.Signed(ctx, d)
		if err != nil {
			return err
		}
		m, err := message(id, to.Person, kind, link(event.Thing{Kind: string(args["thing_kind"]), ID: args["thing"]}), link(event.Thing{Kind: mail.OffThing, ID: db.ID(off)}))
		if err != nil {
			return err
		}
		err = sender.Send(ctx, m)
		if errors.Is(err, mail.ErrRefused) {
			return errors.Join(err, job.ErrPermanent)
		}
		return err
	}
}

// ways are the ways by which a notice goes to a person.
type ways struct {
	org.Person // at an address where nobody else reads it
	mail, chat bool
}

// waysTo finds how the person wants to be told. Errors: problem.NotFound where they have left, or were
// told enough already.
func waysTo(tx *db.Tx, id db.ID, args job.Args) (ways, error) {
	var to ways
	me, err := org.UnscopedActor(tx, args["organisation"], args["person"])
	if err != nil {
		return to, err
	}
	if me.Left {
		return to, problem.NotFound
	}
	wanted, err := Choices(tx, me)
	if err != nil {
		return to, err
	}
	to.mail = slices.Contains(wanted, Kind(args["kind"]))
	if to.chat, err = chat.Wants(tx, me, string(args["kind"])); err != nil || !to.mail && !to.chat {
		return to, err
	}
	if enough, err := toldEnough(tx, id, args); err != nil || enough {
		return to, errors.Join(err, problem.NotFound)
	}
	if !to.mail {
		return to, nil
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

// mostAnHour is how many notices somebody gets within an hour, whoever does what so often.
const mostAnHour = 30

// What is told late is told once: after a program, or a mail server, stood still for a while, the
// first notice leads to where the others stand too.
const late = 6 * time.Hour

// toldEnough tells whether, within an hour, the person was told the same already, or was told a
// lot: nobody fills somebody's mailbox by sharing and taking back. Those that were asked for before this one and
// still wait count as told.
func toldEnough(tx *db.Tx, id db.ID, args job.Args) (bool, error) {
	text, err := json.Marshal(args)
	if err != nil {
		return false, err
	}
	begins := Job + " " + string(args["person"]) + " "
	var all, same int64
	err = tx.Get(`
		select count(*), coalesce(sum(case when args = $1 then 1 else 0 end), 0) from jobs
		where key >= $2 and key < $3 and kind = $4 and id <> $6
			and (done_at > $5 or done_at is null and failed_at is null and run_at <= $7 and id < $6)`,
		string(text), begins, begins+"~", Job, tx.Now().Add(-time.Hour), id, tx.Now()).Scan(&all, &same)
	return same > 0 || all >= mostAnHour || all > 0 && tx.Now().Sub(job.MadeAt(id)) > late, err
}

func message(id db.ID, to org.Person, kind Kind, link, off string) (mail.Message, error) {
	m := mail.Message{To: to.Email, Subject: subjects[kind], ID: "notice-" + string(id), Date: job.MadeAt(id)}
	return m, mail.Letter{
		Hello: "Hello " + to.Called() + ",",
		Parts: []mail.Part{
			mail.Say(subjects[kind] + "."),
			mail.Lead("Open it in Ownward", link),
			mail.Say("What it is stands there alone, behind your sign-in."),
		},
		Why: `You get this because you want a mail ` + kind.When() + `. Which mails you get, you choose on the page "You and your account".`,
		Off: off,
	}.Fill(&m)
}
