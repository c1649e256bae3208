package notice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/chat"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/seal"
)

// ChatJob is the kind of the jobs that post notices to Slack and Teams.
const ChatJob = "notice in chat"

// ChatThing is the kind of thing under which the page of a person's own place in Slack or Teams is found.
const ChatThing = "chat"

// test is posted to see whether an address works.
const test = "test"

// InChat lists the kinds that can be posted: all but the one that says that nothing can be.
func InChat() []Kind {
	return slices.DeleteFunc(slices.Clone(Kinds), func(k Kind) bool { return k == Lost })
}

// PostToo asks for a notice to be posted where the person has it posted; once, however often the job
// with that id is done.
func PostToo(tx *db.Tx, id db.ID, args job.Args) error {
	return job.Enqueue(tx, ChatJob, string(id), tx.Now(), args)
}

// TryChat has a test posted to the actor's place, once a minute at most.
//
// Errors: problem.NotFound for who has left, problem.Refused where nothing can be posted.
func TryChat(tx *db.Tx, me org.Actor) error {
	p, err := chat.Mine(tx, me)
	if errors.Is(err, problem.NotFound) && !me.Left {
		return problem.Refused("Please paste an address first.")
	}
	if err != nil {
		return err
	}
	settings, err := chat.SettingsOf(tx, me)
	if err != nil {
		return err
	}
	switch {
	case me.Left:
		return problem.NotFound
	case !p.GoneAt.IsZero():
		return problem.Refused("This address takes nothing any more. Please paste a new one.")
	case !settings.Allows(p.Host):
		return problem.Refused("Your organisation does not allow this address any more.")
	}
	key := fmt.Sprintf("%s %s %d", test, me.Person, tx.Now().Unix()/60)
	return job.Enqueue(tx, ChatJob, key, tx.Now(), job.Args{"organisation": me.Organisation, "person": me.Person, "kind": test})
}

// staleInChat is when a notice that could not be posted is not posted any more.
const staleInChat = 24 * time.Hour

// Post does the jobs of the kind ChatJob.
func Post(poster *chat.Poster, key *seal.Key, link func(event.Thing) string) job.Do {
	return func(ctx context.Context, d *db.DB, id db.ID, args job.Args) error {
		to, err := db.Read(ctx, d, func(tx *db.Tx) (posting, error) { return postingOf(tx, key, id, args) })
		if errors.Is(err, problem.NotFound) {
			return nil
		}
		if errors.Is(err, seal.ErrOther) {
			return errors.Join(err, job.ErrPermanent)
		}
		if err != nil {
			return err
		}
		failed := poster.Post(ctx, to.Service, to.address, chatMessage(args, link))
		err = errors.Join(failed, db.Do(ctx, d, func(tx *db.Tx) error { return to.note(tx, failed) }))
		switch {
		case chat.Gone(failed): // its person is told: nobody else can do anything about it
			return nil
		case failed != nil && !chat.MayPass(failed):
			return errors.Join(err, job.ErrPermanent)
		}
		return err
	}
}

// posting is a notice on its way to a place.
type posting struct {
	chat.Place
	me      org.Actor
	address string
}

// postingOf finds where a notice is posted. Errors: problem.NotFound where it is wanted no more, or too late.
func postingOf(tx *db.Tx, key *seal.Key, id db.ID, args job.Args) (posting, error) {
	var to posting
	var err error
	if to.me, err = org.UnscopedActor(tx, args["organisation"], args["person"]); err != nil {
		return to, err
	}
	if to.Place, to.address, err = chat.Address(tx, to.me, key); err != nil {
		return to, err
	}
	kind := string(args["kind"])
	if kind != test && !slices.Contains(to.Kinds, kind) || tx.Now().Sub(job.MadeAt(id)) > staleInChat {
		return to, problem.NotFound
	}
	return to, nil
}

// note keeps how it went. That nothing arrives any more the person is told by mail.
func (to posting) note(tx *db.Tx, failed error) error {
	lost, err := chat.Note(tx, to.me, to.Place, failed)
	if err != nil || !lost {
		return err
	}
	return Tell(tx, to.me.Organisation, to.me.Person, Lost, event.Thing{Kind: ChatThing}, "chat "+to.MadeAt.Format(time.RFC3339Nano))
}

func chatMessage(args job.Args, link func(event.Thing) string) chat.Message {
	m := chat.Message{
		Words: Kind(args["kind"]).Subject() + ".", Label: "Open it in Ownward",
		Link:     link(event.Thing{Kind: string(args["thing_kind"]), ID: args["thing"]}),
		Settings: link(event.Thing{Kind: ChatThing}),
	}
	if args["kind"] == test {
		m.Words, m.Label, m.Link = "This is a test: notices from Ownward arrive here.", "Open Ownward", link(event.Thing{})
	}
	return m
}
