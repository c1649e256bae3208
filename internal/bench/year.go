package bench

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
)

// year measures laying out the years of 10,000 people, and of one manager's 15, as the jobs do it.
func (b *Bench) year(ctx context.Context) (err error) {
	store, err := db.Open(ctx, filepath.Join(b.folder, "year", "ownward.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	me, err := found(ctx, store)
	if err != nil {
		return err
	}
	if err := importPeople(ctx, store, me, peopleCSV(10_000)); err != nil {
		return err
	}
	partners, err := db.Write(ctx, store, func(tx *db.Tx) ([]db.ID, error) { return beginYears(tx, me) })
	if err != nil {
		return err
	}
	lay := func(partner db.ID) error {
		return conversation.LayOutYear(ctx, store, "", job.Args{"organisation": me.Organisation, "partner": partner})
	}
	begin := time.Now()
	if err := lay(partners[0]); err != nil {
		return err
	}
	b.say("the year of a manager of 15 laid out and kept", "%.0f ms", float64(time.Since(begin).Microseconds())/1000)
	begin = time.Now()
	for _, partner := range partners[1:] {
		if err := lay(partner); err != nil {
			return err
		}
	}
	took := time.Since(begin)
	laid, err := db.Read(ctx, store, func(tx *db.Tx) (int64, error) {
		return db.One(tx, db.Scanned[int64], "select count(*) from conversations")
	})
	if err != nil {
		return err
	}
	if laid < 50_000 {
		return fmt.Errorf("%d conversations were laid out for 10,000 people", laid)
	}
	b.say("the years of 10,000 people laid out in the background", "%.1f s, %d conversations", took.Seconds(), laid)
	return nil
}

// beginYears lets everybody have a year with their manager; the first partner gets 15.
func beginYears(tx *db.Tx, me org.Actor) ([]db.ID, error) {
	type line struct{ person, manager, id db.ID }
	lines, err := db.List(tx, func(row db.Row) (line, error) {
		var l line
		err := row.Scan(&l.person, &l.manager, &l.id)
		return l, err
	}, "select person_id, manager_id, id from reporting_lines where organisation_id = $1 and ended_at is null order by id", me.Organisation)
	if err != nil {
		return nil, err
	}
	var rows [][]any
	partners := []db.ID{lines[0].manager}
	seen := map[db.ID]bool{lines[0].manager: true}
	for n, l := range lines {
		if n < 15 && l.person != partners[0] {
			l.manager = partners[0]
		}
		if !seen[l.manager] {
			seen[l.manager] = true
			partners = append(partners, l.manager)
		}
		rows = append(rows, []any{me.Organisation, tx.NewID(), l.person, l.manager, l.id, "standing", "align advance amplify advocate", 60, 3, 15, 1,
			l.person, civil.In(tx.Now(), time.UTC), false, 1, tx.Now()})
	}
	return partners, db.Insert(tx, `
		insert into cadences (organisation_id, id, owner_id, partner_id, line_id, state, kinds, deep_minutes, deep_months, sprint_minutes, sprint_months,
			by_id, since, brought_along, revision, created_at) values`, rows)
}
