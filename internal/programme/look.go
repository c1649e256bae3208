package programme

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// When is when somebody looks back on what they took part in.
type When string

// The two times.
const (
	AtEnd When = "end"
	Later When = "later" // after three months
)

// Look is what somebody says came of it. It is theirs until they tell it to whoever gave them the seat;
// then it stays as it was told.
type Look struct {
	When When
	LookText
	WrittenAt time.Time
	ToldAt    time.Time
	Revision  int64
}

// LookText is what it says.
type LookText struct {
	Learned  string
	Used     string // where it was put to use
	Returned string // what it brought, to them and to others
}

func (t LookText) fields() map[string]string {
	return map[string]string{"learned": t.Learned, "used": t.Used, "returned": t.Returned}
}

// LookBack keeps what came of it.
//
// Errors: problem.Refused where it is too early or was told, problem.Conflict when it was changed
// meanwhile, problem.Invalid by field.
func LookBack(tx *db.Tx, me org.Actor, id db.ID, when When, revision int64, in LookText) error {
	place, err := own(tx, me, id)
	if err != nil {
		return err
	}
	if err := place.mayLook(tx, when); err != nil {
		return err
	}
	wrong := problem.Invalid{}
	in.Learned, in.Used, in.Returned = tidy(wrong, "learned", in.Learned, mostText), tidy(wrong, "used", in.Used, mostText), tidy(wrong, "returned", in.Returned, mostText)
	wrong.Check(in != LookText{}, "learned", "A sentence is enough.")
	if err := wrong.Err(); err != nil {
		return err
	}
	was, err := lookOf(tx, me, id, when)
	switch {
	case err != nil:
		return err
	case !was.ToldAt.IsZero():
		return wasTold
	case was.Revision != revision:
		return was.conflict(in)
	}
	if _, err := tx.Exec(`
		insert into programme_looks (organisation_id, place_id, round, learned, used, returned, written_at, revision)
		values ($1, $2, $3, $4, $5, $6, $7, 1)
		on conflict (organisation_id, place_id, round) do update set learned = $4, used = $5, returned = $6, written_at = $7, revision = programme_looks.revision + 1`,
		me.Organisation, id, string(when), in.Learned, in.Used, in.Returned, tx.Now()); err != nil {
		return err
	}
	return happened(tx, me.Organisation, me.Person, "programme looked back", place.Programme, map[string]string{"place": string(id)})
}

const wasTold = problem.Refused("This was told, and stays as it was told.")

func (p Place) mayLook(tx *db.Tx, when When) error {
	switch {
	case p.State != Done:
		return problem.Refused("This is for afterwards.")
	case when != AtEnd && when != Later:
		return problem.NotFound
	case when == Later && !p.LooksLater(tx.Now()):
		return problem.Refused("This is for later: what stays after three months.")
	}
	return nil
}

// LooksLater tells whether it is time for the second look.
func (p Place) LooksLater(now time.Time) bool {
	return p.State == Done && !now.Before(p.EndedAt.Add(laterFrom))
}

func (l Look) conflict(in LookText) error {
	theirs, mine := l.fields(), in.fields()
	for field, text := range theirs {
		if mine[field] == text {
			delete(theirs, field)
			delete(mine, field)
		}
	}
	return &problem.Conflict{Revision: l.Revision, Theirs: theirs, Mine: mine}
}

func lookOf(tx *db.Tx, me org.Actor, id db.ID, when When) (Look, error) {
	all, err := Looks(tx, me, id)
	for _, each := range all {
		if each.When == when {
			return each, err
		}
	}
	return Look{When: when}, err
}

// Looks lists what the actor may read of what came of a place: all of their own, and what they were told.
func Looks(tx *db.Tx, me org.Actor, id db.ID) ([]Look, error) {
	return db.List(tx, func(row db.Row) (Look, error) {
		var l Look
		err := row.Scan(&l.When, &l.Learned, &l.Used, &l.Returned, &l.WrittenAt, &l.ToldAt, &l.Revision)
		return l, err
	}, `
		select l.round, l.learned, l.used, l.returned, l.written_at, l.told_at, l.revision from programme_looks l
		join programme_places pl on pl.organisation_id = l.organisation_id and pl.id = l.place_id
		join programmes p on p.organisation_id = pl.organisation_id and p.id = pl.programme_id
		where l.organisation_id = $1 and l.place_id = $3
			and (pl.person_id = $2 or l.told_at is not null and $2 = coalesce(pl.decided_by_id, p.posted_by_id) and not $4)
		order by l.written_at`, me.Organisation, me.Person, id, me.Left)
}

// Tell tells what came of it to whoever gave the seat, or posted the programme where nobody decided. From then
// on they read it, and it stays as it is.
func Tell(tx *db.Tx, me org.Actor, id db.ID, when When) error {
	place, err := own(tx, me, id)
	if err != nil {
		return err
	}
	l, err := lookOf(tx, me, id, when)
	switch {
	case err != nil:
		return err
	case l.Revision == 0:
		return problem.Refused("Note first what came of it: there is nothing to tell yet.")
	case !l.ToldAt.IsZero():
		return wasTold
	}
	to, err := place.granter(tx, me)
	if err != nil {
		return err
	}
	if to.Person == "" {
		return problem.Refused("Who gave you the seat is not here any more. It stays yours.")
	}
	if _, err := tx.Exec("update programme_looks set told_at = $1 where organisation_id = $2 and place_id = $3 and round = $4", tx.Now(), me.Organisation, id, string(when)); err != nil {
		return err
	}
	if err := happened(tx, me.Organisation, me.Person, "programme told", place.Programme, map[string]string{"place": string(id)}); err != nil {
		return err
	}
	return notice.Tell(tx, me.Organisation, to.Person, notice.Shared, placeThing(id), string(id)+" told "+string(when))
}

// Granter is who gave somebody the seat: whoever decided, or posted the programme where nobody did; nobody where
// that is the actor, or is not here any more.
func (p Place) granter(tx *db.Tx, me org.Actor) (org.Party, error) {
	found, err := db.List(tx, func(row db.Row) (org.Party, error) {
		var one org.Party
		err := row.Scan(&one.Person, &one.Name)
		return one, err
	}, `
		select w.id, w.name from programme_places pl
		join programmes p on p.organisation_id = pl.organisation_id and p.id = pl.programme_id
		join people w on w.organisation_id = pl.organisation_id and w.id = coalesce(pl.decided_by_id, p.posted_by_id)
		where pl.organisation_id = $1 and pl.id = $2 and w.left_at is null and w.id <> $3`, me.Organisation, p.ID, me.Person)
	if err != nil || len(found) == 0 {
		return org.Party{}, err
	}
	return found[0], nil
}

// Granter is who is told what came of a place of the actor's.
func Granter(tx *db.Tx, me org.Actor, p Place) (org.Party, error) { return p.granter(tx, me) }
