package round

import (
	"context"
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
	return db.Do(ctx, d, func(tx *db.Tx) error { return unscopedFollow(tx, args["organisation"], args["round"]) })
}

// unscopedFollow works a published round out anew: optimally, with the pairs that have met as they are, and among
// equals with the fewest changes. Where it only adds pairs, they begin at once; where a pair that has not met would
// change, whoever opened the round decides; where they run no rounds any more, those who do.
func unscopedFollow(tx *db.Tx, organisation, id db.ID) error {
	r, err := db.One(tx, scanRound, selectRound+"where r.organisation_id = $1 and r.id = $2", organisation, id)
	if err == problem.NotFound || err == nil && r.State != Published {
		return nil
	}
	if err != nil {
		return err
	}
	runs, err := unscopedRunning(tx, organisation, r)
	if err != nil {
		return err
	}
	me := runs[0]
	v, err := r.follower(tx, me)
	if err != nil {
		return err
	}
	a, err := workOut(tx, me, r, v)
	if err != nil {
		return err
	}
	rows, err := kept(tx, me, v.ID)
	if err != nil {
		return err
	}
	adds, others, err := r.compare(tx, me, rows)
	switch {
	case err != nil:
		return err
	case others:
		for _, each := range runs {
			if err := notice.Tell(tx, organisation, each.Person, notice.Proposed, r.Thing(), "round follows "+string(v.ID)); err != nil {
				return err
			}
		}
		return nil
	case !adds || a.matched == 0:
		return removeVariant(tx, organisation, v.ID)
	}
	if v, err = db.One(tx, scanVariant, selectVariant+"where v.organisation_id = $1 and v.id = $2", organisation, v.ID); err != nil {
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

// follower is a fresh variant with the settings and changes of the published one. An earlier one that nobody
// published goes.
func (r Round) follower(tx *db.Tx, me org.Actor) (Variant, error) {
	old, err := db.List(tx, db.Scanned[db.ID], "select id from round_variants where organisation_id = $1 and round_id = $2 and follows and id <> $3", me.Organisation, r.ID, r.Variant)
	if err != nil {
		return Variant{}, err
	}
	for _, each := range old {
		if err := removeVariant(tx, me.Organisation, each); err != nil {
			return Variant{}, err
		}
	}
	v, err := db.One(tx, scanVariant, selectVariant+"where v.organisation_id = $1 and v.id = $2", me.Organisation, r.Variant)
	if err != nil {
		return v, err
	}
	pins, err := changes(tx, me, v.ID)
	if err != nil {
		return v, err
	}
	v.ID, v.Follows, v.Name = tx.NewID(), true, "With who joined and left"
	if err := insertVariant(tx, me.Organisation, v.ID, r.ID, v.Settings, true); err != nil {
		return v, err
	}
	var rows [][]any
	for _, c := range pins {
		rows = append(rows, []any{me.Organisation, tx.NewID(), v.ID, c.Mentee.Person, c.Mentor.Person, string(c.Kind), 0, 0, true})
	}
	return v, db.Insert(tx, "insert into round_changes (organisation_id, id, variant_id, mentee_id, mentor_id, kind, fewer, less, holds) values", rows)
}

// compare tells whether a result adds pairs to those that stand, and whether it changes others.
func (r Round) compare(tx *db.Tx, me org.Actor, rows []keptRow) (adds, others bool, err error) {
	t := newTable(r)
	if err := t.standing(tx, me, nil); err != nil {
		return false, false, err
	}
	still := map[two]bool{}
	for _, row := range rows {
		p := two{row.mentee, row.mentor}
		if _, stands := t.stands[p]; stands {
			still[p] = true
		} else if row.mentor != "" {
			adds = true
		}
	}
	for p, s := range t.stands {
		others = others || !s.met && !still[p]
	}
	return adds, others, nil
}
