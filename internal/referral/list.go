package referral

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// selectReferral reads an introduction as the actor, $2, may: the third reads what is told and the
// introduction; the one who is to be helped reads how the third is reached once both are introduced.
const selectReferral = `
	select r.id, case when ` + own + ` then r.commitment_id end, r.by_id, b.name, b.left_at is not null, r.for_id, f.name, f.left_at is not null,
		r.third_person_id, case when r.by_id = $2 then r.third_contact_id end, coalesce(t.name, k.name, r.third_name), t.left_at is not null,
		case when ` + own + ` then r.need else '' end, r.told, r.state, c.state, c.due, r.agreed_at, r.answered_at,
		case when r.for_id = $2 and (r.introduced_at is null or r.introduction = '') then '' else r.reach end, r.introduction, r.introduced_at,
		case when ` + own + ` then r.follow_on end, case when ` + own + ` then r.follow_words else '' end, case when ` + own + ` then r.followed_at end,
		r.ended_at, case when ` + own + ` then r.ended_how else '' end,
		case when ` + originTold + ` then r.origin_kind else '' end, case when ` + originTold + ` then r.origin_id end, r.revision, r.created_at
	from referrals r
	join commitments c on c.organisation_id = r.organisation_id and c.id = r.commitment_id
	join people b on b.organisation_id = r.organisation_id and b.id = r.by_id
	join people f on f.organisation_id = r.organisation_id and f.id = r.for_id
	left join people t on t.organisation_id = r.organisation_id and t.id = r.third_person_id
	left join contacts k on k.organisation_id = r.organisation_id and k.id = r.third_contact_id
`

// originTold is whether the actor may know what it came from: they wrote it down, or both know it.
const originTold = "(c.written_by_id = $2 or (" + own + " and r.origin_kind in ('ask', 'conversation')))"

func scanReferral(row db.Row) (Referral, error) {
	var r Referral
	err := row.Scan(&r.ID, &r.Commitment, &r.By.Person, &r.By.Name, &r.ByLeft, &r.For.Person, &r.For.Name, &r.ForLeft,
		&r.Third.Person, &r.Third.Contact, &r.Third.Name, &r.ThirdLeft,
		&r.Need, &r.Told, &r.State, &r.Promise, &r.Due, &r.AgreedAt, &r.AnsweredAt,
		&r.Reach, &r.Introduction, &r.IntroducedAt, &r.FollowOn, &r.FollowWords, &r.FollowedAt,
		&r.EndedAt, &r.EndedHow, &r.Origin.Kind, &r.Origin.ID, &r.Revision, &r.CreatedAt)
	return r, err
}

// ByID finds an introduction that the actor has a part in.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Referral, error) {
	return db.One(tx, scanReferral, selectReferral+"where "+seen+" and r.id = $3", me.Organisation, me.Person, id)
}

// OfMine finds an introduction that the actor is one of the two of.
func OfMine(tx *db.Tx, me org.Actor, id db.ID) (Referral, error) {
	return db.One(tx, scanReferral, selectReferral+"where "+seen+" and "+own+" and r.id = $3", me.Organisation, me.Person, id)
}

// AskedOfMe finds an introduction of which the actor is the third.
func AskedOfMe(tx *db.Tx, me org.Actor, id db.ID) (Referral, error) {
	return db.One(tx, scanReferral, selectReferral+"where "+seen+" and r.third_person_id = $2 and r.id = $3", me.Organisation, me.Person, id)
}

// WasAsked tells whether the actor was asked once, of an introduction that waits for them no more.
//
// Errors: problem.NotFound where they were not.
func WasAsked(tx *db.Tx, me org.Actor, id db.ID) error {
	_, err := db.One(tx, db.Scanned[db.ID], `
		select a.referral_id from referral_acts a
		where a.organisation_id = $1 and a.referral_id = $3 and a.act = 'agreed' and a.third_person_id = $2 limit 1`,
		me.Organisation, me.Person, id)
	return err
}

// Known tells whether the actor has a part in an introduction, or had one and said something to it.
//
// Errors: problem.NotFound where they have not.
func Known(tx *db.Tx, me org.Actor, id db.ID) (db.ID, error) {
	return db.One(tx, db.Scanned[db.ID], "select r.id from referrals r where r.organisation_id = $1 and r.id = $3 and (("+seen+`)
		or exists (select 1 from referral_acts a where a.organisation_id = $1 and a.referral_id = r.id and a.by_id = $2))`,
		me.Organisation, me.Person, id)
}

// OfPromise finds the introduction that a promise is about.
func OfPromise(tx *db.Tx, me org.Actor, commitment db.ID) (Referral, error) {
	return db.One(tx, scanReferral, selectReferral+"where "+seen+" and "+own+" and r.commitment_id = $3", me.Organisation, me.Person, commitment)
}

// mostListed is how many introductions a list holds of each kind.
const mostListed = 200

// Standing lists what goes on with the actor in it, in any part: the next due first.
func Standing(tx *db.Tx, me org.Actor) ([]Referral, error) {
	return db.List(tx, scanReferral, selectReferral+"where "+seen+` and r.state <> 'closed'
		order by c.due, r.id limit $3`, me.Organisation, me.Person, mostListed)
}

// Ended lists what is over, the newest first, before the one with that id where one is given.
func Ended(tx *db.Tx, me org.Actor, before db.ID, most int) ([]Referral, error) {
	return db.List(tx, scanReferral, selectReferral+"where "+seen+` and r.state = 'closed' and (cast($3 as text) = '' or r.id < $3)
		order by r.id desc limit $4`, me.Organisation, me.Person, string(before), most)
}

// Between lists what stands between the actor and another: one introduces, the other is helped.
func Between(tx *db.Tx, me org.Actor, other db.ID) ([]Referral, error) {
	return db.List(tx, scanReferral, selectReferral+"where "+seen+` and r.state <> 'closed' and (r.by_id = $3 and r.for_id = $2 or r.by_id = $2 and r.for_id = $3)
		order by c.due, r.id limit $4`, me.Organisation, me.Person, other, mostListed)
}

// Entry is one line of the history.
type Entry struct {
	Act   Act
	By    string // empty: by a link, or the program
	Third string
	At    time.Time
	Words string
}

// theirs narrows acts to what is for the actor: who took an introduction over reads what they said
// themselves, and what happened since; the one who is to be helped reads on.
const theirs = `(r.for_id = $2 or coalesce(a.by_id, '') = $2 or a.id >= coalesce((
		select max(x.id) from referral_acts x where x.organisation_id = a.organisation_id and x.referral_id = a.referral_id and x.act = 'passed on'), ''))`

// History is what happened, oldest first, for the two who have it. What the third wrote with a no, and
// with a yes before the introduction, is for the one who asked them.
func History(tx *db.Tx, me org.Actor, id db.ID) ([]Entry, error) {
	return db.List(tx, func(row db.Row) (Entry, error) {
		var e Entry
		err := row.Scan(&e.Act, &e.By, &e.Third, &e.At, &e.Words)
		return e, err
	}, `
		select a.act, coalesce(p.name, ''), coalesce(t.name, k.name, ''), a.at,
			case when r.by_id <> $2 and a.act in ('third declined', 'third agreed') then '' else a.words end
		from referral_acts a
		join referrals r on r.organisation_id = a.organisation_id and r.id = a.referral_id
		left join people p on p.organisation_id = a.organisation_id and p.id = a.by_id
		left join people t on t.organisation_id = a.organisation_id and t.id = a.third_person_id
		left join contacts k on k.organisation_id = a.organisation_id and k.id = a.third_contact_id
		where `+seen+" and "+own+" and "+theirs+` and a.referral_id = $3
		order by a.id limit 500`, me.Organisation, me.Person, id)
}
