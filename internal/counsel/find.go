package counsel

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/share"
)

const selectCounsel = `
	select c.id, c.owner_id, o.name, c.by_person_id, c.by_contact_id, coalesce(p.name, k.name, c.by_name), c.given_on, c.words, c.choice, c.why, c.came,
		c.origin_kind, c.origin_id, c.revision, c.created_at
	from counsels c
	join people o on o.organisation_id = c.organisation_id and o.id = c.owner_id
	left join people p on p.organisation_id = c.organisation_id and p.id = c.by_person_id
	left join contacts k on k.organisation_id = c.organisation_id and k.id = c.by_contact_id
`

func scanCounsel(row db.Row) (Counsel, error) {
	var c Counsel
	err := row.Scan(&c.ID, &c.Owner.Person, &c.Owner.Name, &c.By.Person, &c.By.Contact, &c.By.Name, &c.GivenOn, &c.Words, &c.Choice, &c.Why, &c.Came,
		&c.Origin.Kind, &c.Origin.ID, &c.Revision, &c.CreatedAt)
	return c, err
}

func (c Counsel) insert(tx *db.Tx, me org.Actor) error {
	if err := db.Put(tx, "counsels", `organisation_id, id, owner_id, by_person_id, by_contact_id, by_name, given_on, words, choice, why, came,
		origin_kind, origin_id, revision, created_at`,
		me.Organisation, c.ID, me.Person, c.By.Person, c.By.Contact, c.freeName(), c.GivenOn, c.Words, string(c.Choice), c.Why, c.Came,
		c.Origin.Kind, c.Origin.ID, c.Revision, c.CreatedAt); err != nil {
		return err
	}
	return c.link(tx, me)
}

// freeName is the name of somebody who is in no list.
func (c Counsel) freeName() string {
	if c.By.String() != "" {
		return ""
	}
	return c.By.Name
}

// link notes what it is about, in the place of what it was about before.
func (c Counsel) link(tx *db.Tx, me org.Actor) error {
	if _, err := tx.Exec("delete from counsel_things where organisation_id = $1 and counsel_id = $2", me.Organisation, c.ID); err != nil {
		return err
	}
	var rows [][]any
	had := map[event.Thing]bool{}
	for _, on := range c.About {
		if !had[on] {
			had[on] = true
			rows = append(rows, []any{me.Organisation, c.ID, on.Kind, on.ID})
		}
	}
	return db.Insert(tx, "insert into counsel_things (organisation_id, counsel_id, thing_kind, thing_id) values", rows)
}

// ByID finds counsel that the actor may read. What of the owner's it is about, and what it was heard in,
// is for the owner.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Counsel, error) {
	c, err := db.One(tx, scanCounsel, selectCounsel+"where "+seen+" and c.id = $4", me.Organisation, me.Person, me.Viewer(), id)
	return c.asReadBy(me), err
}

func (c Counsel) asReadBy(me org.Actor) Counsel {
	if !c.Owner.Is(me) {
		c.Origin, c.By.Contact = org.Origin{}, ""
	}
	return c
}

// about lists what the actor's counsel is about and is still there: $1 the organisation, $2 the actor.
const about = `
	select t.counsel_id, t.thing_kind, t.thing_id, coalesce(g.title, a.what) from counsel_things t
	join counsels c on c.organisation_id = t.organisation_id and c.id = t.counsel_id
	left join goals g on t.thing_kind = 'goal' and g.organisation_id = t.organisation_id and g.id = t.thing_id and g.owner_id = c.owner_id
	left join asks a on t.thing_kind = 'ask' and a.organisation_id = t.organisation_id and a.id = t.thing_id and a.owner_id = c.owner_id
	where c.organisation_id = $1 and c.owner_id = $2 and coalesce(g.id, a.id) is not null
`

// AboutOf lists what counsel of the actor's is about, with what that is called.
func AboutOf(tx *db.Tx, me org.Actor, id db.ID) ([]event.Named, error) {
	return db.List(tx, func(row db.Row) (event.Named, error) {
		var of db.ID
		var n event.Named
		err := row.Scan(&of, &n.Thing.Kind, &n.Thing.ID, &n.Name)
		return n, err
	}, about+" and c.id = $3 order by t.thing_kind desc, t.thing_id", me.Organisation, me.Person, id)
}

// mostOpen is how many wait for a decision in a list, and mostOn how many stand at a goal or an ask.
const (
	mostOpen = 100
	mostOn   = 50
)

// Undecided lists what the actor keeps and has not decided about, the newest first.
func Undecided(tx *db.Tx, me org.Actor) ([]Counsel, error) {
	return db.List(tx, scanCounsel, selectCounsel+`
		where c.organisation_id = $1 and c.owner_id = $2 and c.choice = ''
		order by c.id desc limit $3`, me.Organisation, me.Person, mostOpen)
}

// Decided lists what the actor decided about, the newest first, before the one with that id where one is
// given.
func Decided(tx *db.Tx, me org.Actor, before db.ID, most int) ([]Counsel, error) {
	return db.List(tx, scanCounsel, selectCounsel+`
		where c.organisation_id = $1 and c.owner_id = $2 and c.choice <> '' and (cast($3 as text) = '' or c.id < $3)
		order by c.id desc limit $4`, me.Organisation, me.Person, string(before), most)
}

// On lists the actor's counsel about a goal or an ask of theirs.
func On(tx *db.Tx, me org.Actor, on event.Thing) ([]Counsel, error) {
	return db.List(tx, scanCounsel, selectCounsel+`
		where c.organisation_id = $1 and c.owner_id = $2 and c.id in (
			select counsel_id from counsel_things where organisation_id = $1 and thing_kind = $3 and thing_id = $4)
		order by c.id desc limit $5`, me.Organisation, me.Person, on.Kind, on.ID, mostOn)
}

// From lists the actor's counsel that was heard in a conversation, a mentorship or an answer.
func From(tx *db.Tx, me org.Actor, in org.Origin) ([]Counsel, error) {
	return db.List(tx, scanCounsel, selectCounsel+`
		where c.organisation_id = $1 and c.owner_id = $2 and c.origin_kind = $3 and c.origin_id = $4
		order by c.id desc limit $5`, me.Organisation, me.Person, in.Kind, in.ID, mostOn)
}

// Of lists what a party advised the actor, the newest first.
func Of(tx *db.Tx, me org.Actor, by org.Party, most int) ([]Counsel, error) {
	return db.List(tx, scanCounsel, selectCounsel+`
		where c.organisation_id = $1 and c.owner_id = $2 and (c.by_person_id = $3 or c.by_contact_id = $4)
		order by c.id desc limit $5`, me.Organisation, me.Person, string(by.Person), string(by.Contact), most)
}

// Shown lists what an owner shows the actor, the newest first; without an owner, what anybody does.
func Shown(tx *db.Tx, me org.Actor, owner db.ID) ([]Counsel, error) {
	found, err := db.List(tx, scanCounsel, selectCounsel+`
		where c.organisation_id = $1 and c.owner_id <> $2 and c.id in (
				select s.thing_id from live_shares s where s.organisation_id = $1 and s.viewer_id = $3 and s.thing_kind = 'counsel')
			and `+shown+` and (cast($4 as text) = '' or c.owner_id = $4)
		order by c.id desc limit $5`, me.Organisation, me.Person, me.Viewer(), string(owner), mostOn)
	for i := range found {
		found[i] = found[i].asReadBy(me)
	}
	return found, err
}

// Heard is an answer to a question of the actor's of which no counsel was kept.
type Heard struct {
	Asking      db.ID
	By, Wording string
	At          civil.Date
}

// Suggested lists the latest answers of others from which nothing was kept, for three months.
func Suggested(tx *db.Tx, me org.Actor, most int) ([]Heard, error) {
	return db.List(tx, func(row db.Row) (Heard, error) {
		var h Heard
		var at time.Time
		err := row.Scan(&h.Asking, &h.By, &h.Wording, &at)
		h.At = civil.In(at, me.Zone)
		return h, err
	}, `
		select a.id, coalesce(p.name, k.name, a.to_name), a.wording, a.answered_at from askings a
		left join people p on p.organisation_id = a.organisation_id and p.id = a.to_person_id
		left join contacts k on k.organisation_id = a.organisation_id and k.id = a.to_contact_id
		where a.organisation_id = $1 and a.owner_id = $2 and a.answered_at > $3 and a.answer <> '' and coalesce(a.to_person_id, '') <> a.owner_id
			and not exists (select 1 from counsels c where c.organisation_id = $1 and c.origin_id = a.id and c.origin_kind = 'asking' and c.owner_id = $2)
		order by a.answered_at desc, a.id limit $4`, me.Organisation, me.Person, tx.Now().AddDate(0, -3, 0), most)
}

// Find lists counsel of the actor's that holds the words, the newest first.
func Find(tx *db.Tx, me org.Actor, words db.Words, most int) ([]event.Named, error) {
	held, args := words.Held("(c.words || ' ' || c.why || ' ' || c.came || ' ' || coalesce(p.name, k.name, c.by_name))", 4)
	return db.List(tx, event.ScanNamed, `
		select 'counsel', c.id, c.words from counsels c
		left join people p on p.organisation_id = c.organisation_id and p.id = c.by_person_id
		left join contacts k on k.organisation_id = c.organisation_id and k.id = c.by_contact_id
		where c.organisation_id = $1 and c.owner_id = $2 and `+held+`
		order by c.id desc limit $3`, append([]any{me.Organisation, me.Person, most}, args...)...)
}

// SharedTitles names the counsel that the actor shares, by thing.
func SharedTitles(tx *db.Tx, me org.Actor) (map[share.What]string, error) {
	titles := map[share.What]string{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		what := share.What{Kind: "counsel"}
		var name string
		err := row.Scan(&what.ID, &name)
		titles[what] = "What " + name + " advised you"
		return struct{}{}, err
	}, `
		select c.id, coalesce(p.name, k.name, c.by_name) from counsels c
		left join people p on p.organisation_id = c.organisation_id and p.id = c.by_person_id
		left join contacts k on k.organisation_id = c.organisation_id and k.id = c.by_contact_id
		where c.organisation_id = $1 and c.owner_id = $2 and exists (
			select 1 from shares g where g.organisation_id = $1 and g.owner_id = $2 and g.thing_kind = 'counsel' and g.thing_id = c.id and g.ended_at is null)`,
		me.Organisation, me.Person)
	return titles, err
}
