package invitation

import (
	"context"
	"time"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
)

// YearJob is the kind of the jobs that invite to what a year of conversations has planned.
const YearJob = "invitations of a year"

// A year is not mailed all at once: to each of its conversations both sides are invited when it is two
// months ahead.
const (
	ahead  = 62 * 24 * time.Hour
	rounds = 28 * 24 * time.Hour
)

// YearLaidOut is the reaction to "year laid out".
func YearLaidOut(tx *db.Tx, e event.Event) error {
	return askForRound(tx, job.Args{"organisation": e.Organisation, "cadence": e.Thing.ID}, tx.Now())
}

func askForRound(tx *db.Tx, args job.Args, at time.Time) error {
	return job.Enqueue(tx, YearJob, string(args["cadence"])+" "+at.UTC().Format(time.DateOnly), at, args)
}

// InviteToYear does the jobs of the kind YearJob. It comes round while there is more ahead.
func InviteToYear(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		planned, err := conversation.UnscopedPlanned(tx, args["organisation"], args["cadence"], tx.Now())
		if err != nil {
			return err
		}
		known, err := invitedAlready(tx, args)
		if err != nil {
			return err
		}
		for _, c := range planned {
			if c.At.After(tx.Now().Add(ahead)) {
				return askForRound(tx, args, tx.Now().Add(rounds))
			}
			for _, side := range sidesOf(c) {
				if known[[2]db.ID{c.ID, side.person + side.contact}] {
					continue
				}
				if err := follow(tx, args["organisation"], side.person, side.contact, c.ID); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// side is whose calendar follows: a person's, or that of a contact of theirs.
type side struct{ person, contact db.ID }

func sidesOf(c conversation.Conversation) []side {
	all := []side{{person: c.Owner.Person}}
	switch {
	case c.Partner.Person != "":
		all = append(all, side{person: c.Partner.Person})
	case c.Partner.Contact != "":
		all = append(all, side{c.Owner.Person, c.Partner.Contact})
	}
	return all
}

// invitedAlready are the conversations of a year, with the side, that stand in a calendar as they are now.
func invitedAlready(tx *db.Tx, args job.Args) (map[[2]db.ID]bool, error) {
	all := map[[2]db.ID]bool{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var of, person, contact db.ID
		err := row.Scan(&of, &person, &contact)
		if contact == "" {
			all[[2]db.ID{of, person}] = true
		} else {
			all[[2]db.ID{of, person + contact}] = true
		}
		return struct{}{}, err
	}, `
		select i.conversation_id, i.person_id, i.contact_id from conversations c
		join invitations i on i.organisation_id = c.organisation_id and i.conversation_id = c.id
		where c.organisation_id = $1 and c.cadence_id = $2 and c.cadence_id is not null and c.planned and c.at >= $3
			and i.stands and i.certain and i.at = c.at and i.minutes = c.minutes`, args["organisation"], args["cadence"], tx.Now())
	return all, err
}
