package round

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Publish makes pairs of what a variant came to, all at once or none: just what its preview shows. Pairs of this
// round that have not met and are not in it are taken back.
//
// Errors: problem.Refused, saying what, when something that counts has changed since it was worked out.
func Publish(tx *db.Tx, me org.Actor, id db.ID) error {
	r, v, err := draft(tx, me, id)
	if err != nil {
		return err
	}
	return publish(tx, me, r, v)
}

func publish(tx *db.Tx, me org.Actor, r Round, v Variant) error {
	if v.SolvedAt.IsZero() {
		return problem.Refused("This variant is not worked out yet.")
	}
	rows, err := kept(tx, me, v.ID)
	if err != nil {
		return err
	}
	t, err := load(tx, me, r)
	if err != nil {
		return err
	}
	pins, err := changes(tx, me, v.ID)
	if err != nil {
		return err
	}
	k, err := t.prepare(v, pins)
	if err != nil {
		return err
	}
	partners := partnersOf(rows)
	if len(partners) == 0 {
		return problem.Refused("Nobody has anybody in this variant, so there is nothing to publish.")
	}
	if k.digest(partners, len(pins)) != v.digest {
		return problem.Refuse("Nothing is published, because this has changed since it was worked out: %s Work it out anew and look at it again.", k.changed(rows))
	}
	if err := k.takeBackOthers(tx, me, r, partners); err != nil {
		return err
	}
	if err := k.begin(tx, me, r, v, rows); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update rounds set state = 'published', variant_id = $1, published_at = $2, revision = revision + 1 where organisation_id = $3 and id = $4`,
		v.ID, tx.Now(), me.Organisation, r.ID); err != nil {
		return err
	}
	return r.happened(tx, me, "round published")
}

// keptRow is what a variant says of one mentee.
type keptRow struct {
	mentee, mentor, place db.ID
	menteeName            string
	mentorName            string
}

// partnersOf are who has whom.
func partnersOf(rows []keptRow) map[db.ID]db.ID {
	partners := map[db.ID]db.ID{}
	for _, row := range rows {
		if row.mentor != "" {
			partners[row.mentee] = row.mentor
		}
	}
	return partners
}

func kept(tx *db.Tx, me org.Actor, variant db.ID) ([]keptRow, error) {
	return db.List(tx, func(row db.Row) (keptRow, error) {
		var k keptRow
		err := row.Scan(&k.mentee, &k.mentor, &k.place, &k.menteeName, &k.mentorName)
		return k, err
	}, `
		select s.mentee_id, s.mentor_id, s.place_id, e.name, coalesce(m.name, '')
		from round_results s
		join people e on e.organisation_id = s.organisation_id and e.id = s.mentee_id
		left join people m on m.organisation_id = s.organisation_id and m.id = s.mentor_id
		where s.organisation_id = $1 and s.variant_id = $2 order by s.mentee_id`, me.Organisation, variant)
}

// changed says in plain words what is not as it was when a variant was worked out.
func (k *task) changed(rows []keptRow) string {
	var said []string
	say := func(text string) { said = append(said, text) }
	load := map[db.ID]int64{}
	had := map[db.ID]bool{}
	for _, row := range rows {
		had[row.mentee] = true
		i, known := k.menteeAt[row.mentee]
		if !known {
			say(row.menteeName + " takes part no more.")
		}
		if row.mentor == "" {
			continue
		}
		j, knownToo := k.mentorAt[row.mentor]
		if (!knownToo || k.mentors[j].gone) && !k.stands[two{row.mentee, row.mentor}].met {
			say(row.mentorName + " takes part no more as a mentor.")
		}
		if !known || !knownToo || k.mentors[j].gone || k.stands[two{row.mentee, row.mentor}].met {
			continue
		}
		if because := k.why(i, j); because != mayBePair {
			say(row.menteeName + " and " + row.mentorName + ": " + strings.TrimPrefix(cannot[because], "They cannot be a pair: "))
		}
		if load[row.mentor]++; load[row.mentor] == k.mentors[j].room+1 {
			say(row.mentorName + " has fewer places.")
		}
	}
	for _, m := range k.mentees {
		if !had[m.id] && !m.gone {
			say(m.called + " has joined.")
		}
	}
	slices.Sort(said)
	said = slices.Compact(said)
	if len(said) == 0 {
		return "what people state, or how many places there are."
	}
	const most = 6
	if len(said) > most {
		said = append(said[:most], "And more.")
	}
	return strings.Join(said, " ")
}

// takeBackOthers undoes the pairs of the round that have not met and stand no more.
func (k *task) takeBackOthers(tx *db.Tx, me org.Actor, r Round, partners map[db.ID]db.ID) error {
	for _, p := range k.inOrder() {
		if s := k.stands[p]; !s.met && partners[p.mentee] != p.mentor {
			if err := r.takeBack(tx, me, p, s.place); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeBack undoes a pair, and tells both.
func (r Round) takeBack(tx *db.Tx, me org.Actor, p two, place db.ID) error {
	if err := mentorship.TakeBack(tx, me, place); err != nil {
		return err
	}
	if _, err := tx.Exec("update round_results set place_id = null where organisation_id = $1 and mentee_id = $2 and place_id = $3", me.Organisation, p.mentee, place); err != nil {
		return err
	}
	for _, who := range []db.ID{p.mentee, p.mentor} {
		if err := r.tell(tx, me, who); err != nil {
			return err
		}
	}
	return nil
}

// tell lets somebody know that there is news of the round.
func (r Round) tell(tx *db.Tx, me org.Actor, person db.ID) error {
	return notice.Tell(tx, me.Organisation, person, notice.Answered, r.Thing(), "round "+string(r.ID)+" "+tx.Now().Format(time.RFC3339Nano))
}

// begin makes the pairs that are not there yet, each in the one way in which pairs begin, and tells all who
// take part what came of it for them.
func (k *task) begin(tx *db.Tx, me org.Actor, r Round, v Variant, rows []keptRow) error {
	for _, row := range rows {
		stands, has := k.stands[two{row.mentee, row.mentor}]
		place := stands.place
		if row.mentor != "" && !has {
			var err error
			if place, err = mentor.Begin(tx, me, row.mentor, row.mentee, ""); err != nil {
				return notPossible(row, err)
			}
		}
		if place != row.place {
			if _, err := tx.Exec("update round_results set place_id = $1 where organisation_id = $2 and variant_id = $3 and mentee_id = $4", place, me.Organisation, v.ID, row.mentee); err != nil {
				return err
			}
		}
		if has || row.mentor == "" && r.State == Published {
			continue // nothing is new for them
		}
		for _, who := range []db.ID{row.mentee, row.mentor} {
			if err := r.tell(tx, me, who); err != nil {
				return err
			}
		}
	}
	return nil
}

func notPossible(row keptRow, err error) error {
	var refused problem.Refused
	if errors.As(err, &refused) {
		return problem.Refuse("Nothing is published. %s and %s cannot begin: %s", row.menteeName, row.mentorName, string(refused))
	}
	return err
}

// Undo takes back what was published, while no pair has met: the round is open again, with its variants.
//
// Errors: problem.Refused once a pair has met.
func Undo(tx *db.Tx, me org.Actor, id db.ID) error {
	r, err := running(tx, me, id)
	if err != nil {
		return err
	}
	if r.State != Published {
		return problem.Refused("Nothing of this round is published at present.")
	}
	t := newTable(r)
	if err := t.standing(tx, me, nil); err != nil {
		return err
	}
	for _, s := range t.stands {
		if s.met {
			return problem.Refused("Pairs of this round have met, so it is not undone as a whole any more. Each of them can end at any time.")
		}
	}
	k := &task{table: t}
	if err := k.takeBackOthers(tx, me, r, nil); err != nil {
		return err
	}
	if _, err := tx.Exec("update rounds set state = 'open', variant_id = null, published_at = null, revision = revision + 1 where organisation_id = $1 and id = $2", me.Organisation, id); err != nil {
		return err
	}
	return r.happened(tx, me, "round undone")
}

// leavePairs takes back the pairs of somebody who leaves the round on one side, where they have not met.
func (r Round) leavePairs(tx *db.Tx, me org.Actor, side Side) error {
	type pair struct {
		two
		place db.ID
	}
	all, err := db.List(tx, func(row db.Row) (pair, error) {
		var p pair
		err := row.Scan(&p.mentee, &p.mentor, &p.place)
		return p, err
	}, `
		select s.mentee_id, s.mentor_id, s.place_id from round_results s
		join mentor_places l on l.organisation_id = s.organisation_id and l.id = s.place_id and l.ended_at is null
		where s.organisation_id = $1 and s.variant_id = $2 and s.`+string(side)+`_id = $3 and not `+met("s.organisation_id", "s.place_id", "$4")+`
		order by s.mentee_id`, me.Organisation, r.Variant, me.Person, tx.Now())
	if err != nil {
		return err
	}
	for _, p := range all {
		if err := r.takeBack(tx, me, p.two, p.place); err != nil {
			return err
		}
	}
	return nil
}
