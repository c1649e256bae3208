package digest

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// The kinds of jobs of this package.
const (
	Due   = "digests due"  // comes round: makes those whose hour has come
	Hours = "local hours"  // follows the people of an organisation, or of all, where they are
	Mail  = "digest"       // sends one
	soon  = 6 * time.Hour  // looks again at the latest
	stale = 48 * time.Hour // a digest so late is not made: the next one is near
	batch = 500            // people at once
)

// Next is when digests are due next.
func Next(tx *db.Tx) (time.Time, error) {
	var at time.Time
	err := tx.Get("select next_at from digests order by next_at limit 1").Scan(&at)
	latest := tx.Now().Add(soon)
	if errors.Is(err, problem.NotFound) || err == nil && at.After(latest) {
		return latest, nil
	}
	return at, err
}

// Make does the jobs of the kind Due: it makes the digests whose hour has come, many people at a time,
// and has those sent that say something. Each person has one for a week, however often and by how many
// copies of the program this is done; after the program stood still, one that is less than two days late
// is made, and an older one is left out.
func Make(ctx context.Context, d *db.DB, _ db.ID, _ job.Args) error {
	for {
		n, err := db.Write(ctx, d, makeSome)
		if err != nil || n < batch {
			return err
		}
	}
}

// due is somebody whose hour has come.
type due struct {
	row
	wanted bool
	today  civil.Date // on which it was due
}

func makeSome(tx *db.Tx) (int, error) {
	all, err := db.List(tx, func(from db.Row) (due, error) {
		var one due
		err := from.Scan(&one.organisation, &one.person, &one.Weekday, &one.Hour, &one.zone, &one.told, &one.next, &one.wanted)
		return one, err
	}, `
		select d.organisation_id, d.person_id, d.weekday, d.hour, d.zone, d.told_week, d.next_at,
			p.left_at is null and (not exists (
				select 1 from unwanted_notices u where u.organisation_id = d.organisation_id and u.person_id = d.person_id and u.kind = 'digest')
			or exists (select 1 from chat_kinds k where k.organisation_id = d.organisation_id and k.person_id = d.person_id and k.kind = 'digest'))
		from digests d join people p on p.organisation_id = d.organisation_id and p.id = d.person_id
		where d.next_at <= $1
		order by d.next_at, d.organisation_id, d.person_id limit $2`, tx.Now(), int64(batch))
	if err != nil {
		return 0, err
	}
	groups := map[group][]due{}
	for i := range all {
		one := &all[i]
		one.next = one.latest(tx.Now())
		one.today = civil.In(one.next, org.Zone(one.zone))
		if one.wanted && tx.Now().Sub(one.next) < stale && week(one.today) > one.told {
			groups[group{one.organisation, one.today}] = append(groups[group{one.organisation, one.today}], *one)
		}
	}
	for of, people := range groups {
		if err := makeFor(tx, of, people); err != nil {
			return 0, err
		}
	}
	return len(all), goOn(tx, all)
}

// group are people of an organisation for whom it is the same day.
type group struct {
	organisation db.ID
	today        civil.Date
}

// makeFor keeps what each of the people is told, and has it sent.
func makeFor(tx *db.Tx, of group, people []due) error {
	var ids []db.ID
	for _, one := range people {
		ids = append(ids, one.person)
	}
	counts, err := count(tx, of.organisation, of.today, ids)
	if err != nil {
		return err
	}
	for _, one := range people {
		said := counts[one.person]
		if len(said) == 0 {
			continue
		}
		text, err := json.Marshal(said)
		if err != nil {
			return err
		}
		w := week(one.today)
		if _, err := tx.Exec(`
			insert into digest_counts (organisation_id, person_id, week, counts, made_at) values ($1, $2, $3, $4, $5)
			on conflict (organisation_id, person_id, week) do nothing`, one.organisation, one.person, w, string(text), tx.Now()); err != nil {
			return err
		}
		if err := job.Enqueue(tx, Mail, string(one.person)+" "+w, tx.Now(), job.Args{"organisation": one.organisation, "person": one.person, "week": db.ID(w)}); err != nil {
			return err
		}
	}
	return nil
}

// goOn reckons when each is due next.
func goOn(tx *db.Tx, all []due) error {
	var rows [][]any
	for _, one := range all {
		if one.told < week(one.today) {
			one.told = week(one.today)
		}
		rows = append(rows, []any{one.after(tx.Now()), one.told, one.organisation, one.person})
	}
	return db.Repeat(tx, "update digests set next_at = $1, told_week = $2 where organisation_id = $3 and person_id = $4", rows)
}

// FollowAll does the jobs of the kind Hours.
func FollowAll(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	organisations := []db.ID{args["organisation"]}
	if organisations[0] == "" {
		all, err := db.Read(ctx, d, org.UnscopedOrganisations)
		if err != nil {
			return err
		}
		organisations = nil
		for _, o := range all {
			organisations = append(organisations, o.ID)
		}
	}
	for _, o := range organisations {
		if err := db.Do(ctx, d, func(tx *db.Tx) error { return follow(tx, o, "") }); err != nil {
			return err
		}
	}
	return nil
}
