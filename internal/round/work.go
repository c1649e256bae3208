package round

import (
	"context"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Work is a variant that is to be worked out. A large round takes seconds, for which nobody else should wait who
// writes: it is read in one transaction, solved outside of any, and kept in another, which refuses when what it was
// worked out from has changed meanwhile.
type Work struct {
	round   Round
	variant Variant
	table   *table
	changes []Pinned        // by hand, as they are to be
	before  map[db.ID]db.ID // who has whom in what is kept, where the last change is all that is new
	write   func(*db.Tx, *Variant) error
	stamp   string
	at      time.Time // when it was read

	answer  *answer // none: not solved
	outcome outcome
}

// begun reads all that a variant is worked out from. Write, if there is any, keeps what else is new, with the result.
func begun(tx *db.Tx, me org.Actor, r Round, v Variant, pins []Pinned, write func(*db.Tx, *Variant) error) (*Work, error) {
	t, err := load(tx, me, r)
	if err != nil {
		return nil, err
	}
	w := &Work{round: r, variant: v, table: t, changes: pins, write: write, at: tx.Now()}
	w.stamp, err = stamp(tx, me, r, v)
	return w, err
}

// solving lets one round be solved at a time: a large one fills the memory and both cores.
var solving = make(chan struct{}, 1)

// Solve works it out, which may take seconds, and has it checked.
//
// Errors: problem.Refused when so many pairs are possible that they cannot be worked on, and when a pair that was just
// pinned cannot be.
func (w *Work) Solve(ctx context.Context) error {
	select {
	case solving <- struct{}{}:
		defer func() { <-solving }()
	case <-ctx.Done():
		return ctx.Err()
	}
	k, err := w.table.prepare(w.variant, w.changes)
	if err != nil {
		return err
	}
	if n := len(k.changes) - 1; n >= 0 && k.changes[n].ID == "" && k.changes[n].Kind == Pin && !k.holds[n] {
		return problem.Refused("They cannot be pinned: all places that the mentor has for this round are held by other pins or by pairs that stand, or one of the two has met with somebody else.")
	}
	if w.answer, err = k.solve(ctx, len(k.changes)); err != nil {
		return err
	}
	if err := w.weigh(ctx, k); err != nil {
		return err
	}
	w.outcome = k.outcome(w.answer)
	return nil
}

// mostWeighed bounds the work of finding what each change by hand costs: changes times mentees.
const mostWeighed = 20_000

// KeepsCosts tells whether, of so many changes by hand, only the last is weighed each time, the others standing as they were
// noted when they were made: in a large round.
func (v Variant) KeepsCosts(changes int) bool {
	return changes > 1 && int64(changes)*v.Figures.Mentees > mostWeighed
}

// weigh finds what each change by hand costs, in the order in which they were made: with it, against with those
// before it. Where all is as it was but for a new one, the others' costs are too, and what is kept is what was before it.
func (w *Work) weigh(ctx context.Context, k *task) error {
	var before *answer
	from, last := 0, len(k.changes)-1
	if w.before != nil && k.digest(w.before, last) == w.variant.digest {
		from, before = last, &answer{matched: int(w.variant.Figures.Matched), total: w.variant.Figures.Total}
	} else if len(k.changes)*len(k.mentees) > mostWeighed {
		from = last
	}
	var err error
	for n := max(0, from); n <= last; n++ {
		if before == nil {
			if before, err = k.solve(ctx, n); err != nil {
				return err
			}
		}
		after := w.answer
		if n < last {
			if after, err = k.solve(ctx, n+1); err != nil {
				return err
			}
		}
		c := &w.changes[n]
		c.Fewer, c.Less = int64(before.matched-after.matched), before.total-after.total
		before = after
	}
	for n := range w.changes {
		w.changes[n].Holds = k.holds[n]
	}
	return nil
}

const movedOn = problem.Refused("Something that counts here has changed while this was worked out, so nothing of it is kept. Please work it out again.")

// Keep keeps what was solved, and tells the variant.
//
// Errors: problem.NotFound for who runs no rounds any more; problem.Refused when what it was worked out from has changed
// meanwhile.
func (w *Work) Keep(tx *db.Tx, me org.Actor) (db.ID, error) {
	var err error
	if w.variant.ID == "" {
		_, err = running(tx, me, w.round.ID)
	} else {
		_, _, err = draft(tx, me, w.variant.ID)
	}
	if err != nil {
		return "", err
	}
	return w.keep(tx, me)
}

// Now works a small round out in one transaction.
func (w *Work) Now(tx *db.Tx, me org.Actor) (db.ID, error) {
	if err := w.Solve(tx.Context()); err != nil {
		return "", err
	}
	return w.Keep(tx, me)
}

func (w *Work) keep(tx *db.Tx, me org.Actor) (db.ID, error) {
	v := w.variant
	stands, err := stamp(tx, me, w.round, v)
	if err != nil {
		return "", err
	}
	if stands != w.stamp {
		return "", movedOn
	}
	if w.write != nil {
		if err := w.write(tx, &v); err != nil {
			return "", err
		}
	}
	if _, err := tx.Exec("delete from round_changes where organisation_id = $1 and variant_id = $2", me.Organisation, v.ID); err != nil {
		return "", err
	}
	var rows [][]any
	for _, c := range w.changes {
		if c.ID == "" {
			c.ID = tx.NewID()
		}
		rows = append(rows, []any{me.Organisation, c.ID, v.ID, c.Mentee.Person, c.Mentor.Person, string(c.Kind), c.Fewer, c.Less, c.Holds})
	}
	if err := db.Insert(tx, "insert into round_changes (organisation_id, id, variant_id, mentee_id, mentor_id, kind, fewer, less, holds) values", rows); err != nil {
		return "", err
	}
	return v.ID, w.outcome.keep(tx, me, v.ID, w.at)
}

// stamp is the same while nothing has changed that a variant is worked out from, as far as counts tell: the variant itself, what
// is published, who takes part and what they state, their pages as mentors, the lines, the pairs and the list of skills. It
// costs next to nothing; what it does not tell, such as that two have met meanwhile, is found when the variant is published.
func stamp(tx *db.Tx, me org.Actor, r Round, v Variant) (string, error) {
	sum := fnv.New128a()
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var what, words string
		var n [4]int64
		err := row.Scan(&what, &n[0], &n[1], &n[2], &n[3], &words)
		fmt.Fprintln(sum, what, n, words)
		return struct{}{}, err
	}, `
		select 'round' as what, 0 as a, 0 as b, 0 as c, 0 as d, state || coalesce(variant_id, '') as words from rounds where organisation_id = $1 and id = $2
		union all
		select 'variant', revision, coalesce(solved_at, 0), 0, 0, digest from round_variants where organisation_id = $1 and id = $3
		union all
		select 'people', count(*), coalesce(sum(s.revision), 0), coalesce(max(s.changed_at), 0), coalesce(sum(p.revision), 0), ''
		from round_sign_ups s join people p on p.organisation_id = s.organisation_id and p.id = s.person_id
		where s.organisation_id = $1 and s.round_id = $2
		union all
		select 'mentors', count(*), coalesce(sum(m.revision), 0), coalesce(max(m.changed_at), 0), coalesce(sum(m.taken), 0), ''
		from round_sign_ups s join mentor_profiles m on m.organisation_id = s.organisation_id and m.person_id = s.person_id
		where s.organisation_id = $1 and s.round_id = $2 and s.side = 'mentor'
		union all
		select 'lines', count(*), count(ended_at), coalesce(max(began_at), 0), coalesce(max(ended_at), 0), '' from reporting_lines where organisation_id = $1
		union all
		select 'pairs', count(*), count(l.ended_at), coalesce(max(l.began_at), 0), coalesce(max(l.ended_at), 0), coalesce(max(l.id), '')
		from round_sign_ups s join mentor_places l on l.organisation_id = s.organisation_id and l.mentee_id = s.person_id
		where s.organisation_id = $1 and s.round_id = $2 and s.side = 'mentee'
		union all
		select 'skills', count(*), coalesce(sum(revision), 0), 0, 0, coalesce(max(id), '') from skill_entries where organisation_id = $1
		order by what`, me.Organisation, r.ID, string(v.ID))
	return hex.EncodeToString(sum.Sum(nil)), err
}

// partnersIn are who has whom in what is kept of a variant.
func partnersIn(tx *db.Tx, me org.Actor, variant db.ID) (map[db.ID]db.ID, error) {
	rows, err := kept(tx, me, variant)
	if err != nil {
		return nil, err
	}
	return partnersOf(rows), nil
}
