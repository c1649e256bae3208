package round

import (
	"context"
	"errors"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// FollowJob is the kind of the jobs that work a published round out anew after people joined or left.
const FollowJob = "round followed up"

// followAfter gathers what happens close together.
const followAfter = time.Minute

func followUp(tx *db.Tx, organisation, round db.ID) error {
	at := tx.Now().Truncate(followAfter).Add(followAfter)
	return job.Enqueue(tx, FollowJob, string(round)+" "+at.Format(time.RFC3339), at, job.Args{"organisation": organisation, "round": round})
}

// FollowUp does the jobs of the kind FollowJob.
func FollowUp(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	const tries = 3 // who joins meanwhile asks for a job of their own
	for try := 1; ; try++ {
		f, err := db.Read(ctx, d, func(tx *db.Tx) (*following, error) { return unscopedFollow(tx, args["organisation"], args["round"]) })
		if err != nil || f == nil {
			return err
		}
		if err := f.work.Solve(ctx); err != nil {
			return err
		}
		err = db.Do(ctx, d, f.keep)
		if try == tries || !errors.Is(err, movedOn) {
			return err
		}
	}
}

// following is a published round that is worked out anew: optimally, with the pairs that have met as they are, and among
// equals with the fewest changes.
type following struct {
	runs []org.Actor // who is told, the first as whom it is kept
	work *Work
}

// unscopedFollow reads what a published round is worked out anew from, with the settings and changes of what is
// published; nothing for one that is not published any more.
func unscopedFollow(tx *db.Tx, organisation, id db.ID) (*following, error) {
	r, err := db.One(tx, scanRound, selectRound+"where r.organisation_id = $1 and r.id = $2", organisation, id)
	if errors.Is(err, problem.NotFound) || err == nil && r.State != Published {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f := &following{}
	if f.runs, err = unscopedRunning(tx, organisation, r); err != nil {
		return nil, err
	}
	me := f.runs[0]
	v, err := db.One(tx, scanVariant, selectVariant+"where v.organisation_id = $1 and v.id = $2", organisation, r.Variant)
	if err != nil {
		return nil, err
	}
	pins, err := changes(tx, me, v.ID)
	if err != nil {
		return nil, err
	}
	for n := range pins {
		pins[n].ID = ""
	}
	next := Variant{Round: r.ID, Settings: v.Settings, Follows: true}
	next.Name = "With who joined and left"
	f.work, err = begun(tx, me, r, next, pins, func(tx *db.Tx, v *Variant) error {
		v.ID = tx.NewID()
		return insertVariant(tx, me.Organisation, v.ID, r.ID, v.Settings, true)
	})
	return f, err
}

// keep puts what was worked out in the place of what followed before. Where it only adds pairs, they begin at once;
// where a pair that has not met would change, whoever opened the round decides; where they run no rounds any more,
// those who do.
func (f *following) keep(tx *db.Tx) error {
	me, r := f.runs[0], f.work.round
	if err := r.removeFollowers(tx, me); err != nil {
		return err
	}
	adds, others, err := r.compare(tx, me, f.work.outcome.partners)
	if err != nil || !others && !adds {
		return err
	}
	id, err := f.work.keep(tx, me)
	if err != nil {
		return err
	}
	if others {
		for _, each := range f.runs {
			if err := notice.Tell(tx, me.Organisation, each.Person, notice.Proposed, r.Thing(), "round follows "+string(id)); err != nil {
				return err
			}
		}
		return nil
	}
	v, err := db.One(tx, scanVariant, selectVariant+"where v.organisation_id = $1 and v.id = $2", me.Organisation, id)
	if err != nil {
		return err
	}
	return publish(tx, me, r, v)
}

// unscopedRunning is who opened a round; where they run no rounds any more, a few of those who do.
func unscopedRunning(tx *db.Tx, organisation db.ID, r Round) ([]org.Actor, error) {
	opened, err := org.UnscopedActor(tx, organisation, r.OpenedBy.Person)
	if err != nil || Runs(opened) {
		return []org.Actor{opened}, err
	}
	ids, err := db.List(tx, db.Scanned[db.ID], `
		select id from people where organisation_id = $1 and (programme_owner or administrator) and left_at is null
		order by case when programme_owner then 0 else 1 end, id limit 5`, organisation)
	if err != nil || len(ids) == 0 {
		return []org.Actor{opened}, err
	}
	var all []org.Actor
	for _, id := range ids {
		each, err := org.UnscopedActor(tx, organisation, id)
		if err != nil {
			return nil, err
		}
		all = append(all, each)
	}
	return all, nil
}

// removeFollowers takes away what followed before and nobody published.
func (r Round) removeFollowers(tx *db.Tx, me org.Actor) error {
	old, err := db.List(tx, db.Scanned[db.ID], "select id from round_variants where organisation_id = $1 and round_id = $2 and follows and id <> $3", me.Organisation, r.ID, r.Variant)
	if err != nil {
		return err
	}
	for _, each := range old {
		if err := removeVariant(tx, me.Organisation, each); err != nil {
			return err
		}
	}
	return nil
}

// compare tells whether a result adds pairs to those that stand, and whether it changes others.
func (r Round) compare(tx *db.Tx, me org.Actor, partners map[db.ID]db.ID) (adds, others bool, err error) {
	t := newTable(r)
	if err := t.standing(tx, me, nil); err != nil {
		return false, false, err
	}
	for mentee, mentor := range partners {
		_, stands := t.stands[two{mentee, mentor}]
		adds = adds || !stands
	}
	for p, s := range t.stands {
		others = others || !s.met && partners[p.mentee] != p.mentor
	}
	return adds, others, nil
}
