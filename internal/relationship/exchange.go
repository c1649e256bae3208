package relationship

import (
	"cmp"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Near is within how many days a next time is near, and for how many it stays so once it is over.
const Near = 7

// Kind is in what way two people have to do with each other.
type Kind string

// The kinds, the most telling first.
const (
	Mentor     Kind = "mentor"     // is, or was, the actor's mentor
	Mentee     Kind = "mentee"     // the actor is, or was, theirs
	Introduced Kind = "introduced" // the two were introduced to each other
	Introducer Kind = "introducer" // introduced the actor to somebody
	Advised    Kind = "advised"    // the actor keeps counsel of theirs
	Answered   Kind = "answered"   // answered a question of the actor's
	WasAsked   Kind = "was asked"  // the actor answered one of theirs
	Talked     Kind = "talked"     // they met in a conversation
)

var kinds = []Kind{Mentor, Mentee, Introduced, Introducer, Advised, Answered, WasAsked, Talked}

// Exchange is what happened between the actor and somebody, of one kind.
type Exchange struct {
	Kind  Kind
	Times int64
	Last  civil.Date
}

// happenings are all exchanges of the actor with anybody: $1 the organisation, $2 the actor. Each part goes
// through an index on the actor, and says only what the actor knows.
const happenings = `
	select mentor_id as person_id, cast(null as text) as contact_id, 'mentor' as kind, began_at as at, cast(null as text) as day
		from mentorships where organisation_id = $1 and mentee_id = $2
	union all
	select mentee_id, null, 'mentee', began_at, null from mentorships where organisation_id = $1 and mentor_id = $2
	union all
	select third_person_id, null, 'introduced', introduced_at, null from referrals where organisation_id = $1 and for_id = $2 and introduced_at is not null
	union all
	select for_id, null, 'introduced', introduced_at, null from referrals where organisation_id = $1 and third_person_id = $2 and introduced_at is not null
	union all
	select by_id, null, 'introducer', introduced_at, null from referrals where organisation_id = $1 and for_id = $2 and introduced_at is not null
	union all
	select by_person_id, by_contact_id, 'advised', cast(null as bigint), given_on from counsels where organisation_id = $1 and owner_id = $2
	union all
	select to_person_id, to_contact_id, 'answered', answered_at, null from askings
		where organisation_id = $1 and owner_id = $2 and answered_at is not null and coalesce(to_person_id, '') <> owner_id
	union all
	select owner_id, null, 'was asked', answered_at, null from askings
		where organisation_id = $1 and to_person_id = $2 and owner_id <> $2 and way = 'here' and answered_at is not null
	union all
	select partner_id, partner_contact_id, 'talked', at, null from conversations where organisation_id = $1 and owner_id = $2 and state = 'held'
	union all
	select owner_id, null, 'talked', at, null from conversations where organisation_id = $1 and partner_id = $2 and state = 'held'`

// Exchanges lists, by who is on the actor's list, what happened between the two, the most telling first.
// With an id, of that one alone.
func Exchanges(tx *db.Tx, me org.Actor, of db.ID) (map[db.ID][]Exchange, error) {
	found := map[db.ID][]Exchange{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		e, err := scanExchange(me, row, &id)
		found[id] = append(found[id], e)
		return struct{}{}, err
	}, `
		select r.id, h.kind, count(*), max(h.at), max(h.day)
		from relationships r join (`+happenings+`) h on h.person_id = r.person_id or h.contact_id = r.contact_id
		where `+mine+` and not r.left_out and (cast($3 as text) = '' or r.id = $3)
		group by r.id, h.kind`, me.Organisation, me.Person, string(of))
	for _, all := range found {
		slices.SortFunc(all, byKind)
	}
	return found, err
}

func byKind(a, b Exchange) int {
	return cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind))
}

// scanExchange reads one, after the fields that come before it.
func scanExchange(me org.Actor, row db.Row, before ...any) (Exchange, error) {
	var e Exchange
	var at time.Time
	err := row.Scan(append(before, &e.Kind, &e.Times, &at, &e.Last)...)
	if !at.IsZero() {
		e.Last = civil.In(at, me.Zone)
	}
	return e, err
}

// Last is the day of the last exchange: what happened, or what the owner noted. Zero without one.
func (r Relationship) Last(happened []Exchange) civil.Date {
	last := r.LastOn
	for _, e := range happened {
		if e.Last.After(last) {
			last = e.Last
		}
	}
	return last
}

// Suggestion is somebody who could be on the list, and why.
type Suggestion struct {
	With     org.Party
	Happened []Exchange
	Last     civil.Date
}

// lookedBack is for how long what happened speaks for somebody.
const lookedBack = 365 // days

// Suggest lists people with whom the actor had to do within a year, who are here, are not on the list and
// were not let go of: the most telling first, and of these the latest. It adds nobody.
func Suggest(tx *db.Tx, me org.Actor, most int) ([]Suggestion, error) {
	if me.Left {
		return nil, nil
	}
	since := tx.Now().AddDate(0, 0, -lookedBack)
	var all []Suggestion
	at := map[string]int{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var with org.Party
		e, err := scanExchange(me, row, &with.Person, &with.Contact, &with.Name)
		key := with.String()
		if _, had := at[key]; !had {
			at[key] = len(all)
			all = append(all, Suggestion{With: with})
		}
		one := &all[at[key]]
		one.Happened = append(one.Happened, e)
		if e.Last.After(one.Last) {
			one.Last = e.Last
		}
		return struct{}{}, err
	}, `
		select h.person_id, h.contact_id, coalesce(p.name, k.name), h.kind, count(*), max(h.at), max(h.day)
		from (`+happenings+`) h
		left join people p on p.organisation_id = $1 and p.id = h.person_id and p.left_at is null
		left join contacts k on k.organisation_id = $1 and k.id = h.contact_id and k.owner_id = $2
		where (h.at > $3 or h.day > $4) and coalesce(p.id, k.id) is not null and coalesce(h.person_id, '') <> $2
			and not exists (select 1 from relationships r where `+mine+` and (r.person_id = h.person_id or r.contact_id = h.contact_id))
		group by h.person_id, h.contact_id, coalesce(p.name, k.name), h.kind`,
		me.Organisation, me.Person, since, civil.In(since, me.Zone))
	for _, s := range all {
		slices.SortFunc(s.Happened, byKind)
	}
	slices.SortStableFunc(all, func(a, b Suggestion) int {
		return cmp.Or(byKind(a.Happened[0], b.Happened[0]), b.Last.DaysSince(a.Last), cmp.Compare(a.With.Name, b.With.Name), cmp.Compare(a.With.String(), b.With.String()))
	})
	return all[:min(len(all), most)], err
}
