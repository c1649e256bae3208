package plan

import (
	"cmp"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// To its owner, one who declined is one who has not answered.
const selectConfirmation = `
	select c.id, c.win_id, c.person_id, coalesce(b.name, c.name), c.note, c.asked_at,
		case when c.answer = 'declined' then '' else c.answer end, c.words, c.answered_at, c.win_revision, c.hidden, c.by_link, c.brought_along
	from confirmations c
	left join people b on b.organisation_id = c.organisation_id and b.id = c.person_id
`

func scanConfirmation(row db.Row) (Confirmation, error) {
	var c Confirmation
	err := row.Scan(&c.ID, &c.Win, &c.Person, &c.Name, &c.Note, &c.AskedAt, &c.Answer, &c.Words, &c.AnsweredAt, &c.WinRevision,
		&c.Hidden, &c.ByLink, &c.BroughtAlong)
	return c, err
}

// ConfirmationsOf lists what was said of a win that the actor may see, the first asked first: to
// its owner all, to others the answers that are not hidden, without what the owner wrote to those
// whom they asked.
func ConfirmationsOf(tx *db.Tx, me org.Actor, win db.ID) ([]Confirmation, error) {
	list, err := db.List(tx, scanConfirmation, selectConfirmation+`
		join wins w on w.organisation_id = c.organisation_id and w.id = c.win_id and `+winSeen+`
		where c.organisation_id = $1 and c.win_id = $4
			and (c.owner_id = $2 or (not c.hidden and c.answer in ('so', 'more', 'differently')))
		order by c.asked_at, c.id`, me.Organisation, me.Person, me.Viewer(), win)
	if err != nil {
		return nil, err
	}
	mine, err := owns(tx, me, win)
	for i := range list {
		if !mine {
			list[i].Note = ""
		}
	}
	return list, err
}

func owns(tx *db.Tx, me org.Actor, win db.ID) (bool, error) {
	var mine int64
	err := tx.Get("select count(*) from wins where organisation_id = $1 and owner_id = $2 and id = $3", me.Organisation, me.Person, win).Scan(&mine)
	return mine == 1, err
}

// ConfirmationsToTell lists the answers to the actor's wins that are not hidden, the first answered
// first: for what is told of the wins.
func ConfirmationsToTell(tx *db.Tx, me org.Actor) ([]Confirmation, error) {
	return db.List(tx, scanConfirmation, selectConfirmation+`
		where c.organisation_id = $1 and c.owner_id = $2 and not c.hidden and c.answer in ('so', 'more', 'differently')
		order by c.answered_at, c.id`, me.Organisation, me.Person)
}

// WinAsked is the win of the actor's that a confirmation is about.
func WinAsked(tx *db.Tx, me org.Actor, id db.ID) (db.ID, error) {
	return db.One(tx, db.Scanned[db.ID], `
		select win_id from confirmations where organisation_id = $1 and owner_id = $2 and id = $3`, me.Organisation, me.Person, id)
}

// Asked is what somebody is asked to confirm. Once they have answered, the win is shown to them
// no more: Text is empty then.
type Asked struct {
	Confirmation
	Owner       db.ID
	OwnerName   string
	OwnerCalled string
	Text        AskedText
}

// AskedText is the win that is to be confirmed.
type AskedText struct {
	WinText
	Revision int64
}

const selectAsked = `
	select c.id, c.win_id, c.person_id, c.name, c.note, c.asked_at, c.answer, c.words, c.answered_at, c.win_revision, c.by_link,
		p.id, p.name, p.first_name, w.day, w.what, w.effect, w.figure, w.revision
	from confirmations c
	join people p on p.organisation_id = c.organisation_id and p.id = c.owner_id
	join wins w on w.organisation_id = c.organisation_id and w.id = c.win_id
`

func scanAsked(row db.Row) (Asked, error) {
	var a Asked
	var first string
	err := row.Scan(&a.ID, &a.Win, &a.Person, &a.Name, &a.Note, &a.AskedAt, &a.Answer, &a.Words, &a.AnsweredAt, &a.WinRevision, &a.ByLink,
		&a.Owner, &a.OwnerName, &first, &a.Text.Day, &a.Text.What, &a.Text.Effect, &a.Text.Figure, &a.Text.Revision)
	a.OwnerCalled = cmp.Or(first, a.OwnerName)
	if a.Answer != NotAnswered {
		a.Text, a.Note = AskedText{}, ""
	}
	return a, err
}

// AskedToConfirm finds what the actor was asked to confirm, or has: they alone see it, and while
// its owner is here.
func AskedToConfirm(tx *db.Tx, me org.Actor, id db.ID) (Asked, error) {
	return db.One(tx, scanAsked, selectAsked+`
		where c.organisation_id = $1 and c.id = $2 and `+askedSeen, me.Organisation, id, me.Viewer())
}

// AskedLine is something of somebody else's that the actor is asked about.
type AskedLine struct {
	Thing     event.Thing // a confirmation, or a view of a skill
	Words     string      // what they are asked about
	OwnerName string
}

// WaitForMyWord lists what the actor is asked to confirm, and about the skills of others, the longest
// waiting first.
func WaitForMyWord(tx *db.Tx, me org.Actor) ([]AskedLine, error) {
	return db.List(tx, func(row db.Row) (AskedLine, error) {
		var a AskedLine
		var at time.Time
		err := row.Scan(&a.Thing.Kind, &a.Thing.ID, &a.Words, &a.OwnerName, &at)
		return a, err
	}, `
		select 'confirmation', c.id as id, w.what, p.name, c.asked_at as at
		from confirmations c
		join people p on p.organisation_id = c.organisation_id and p.id = c.owner_id
		join wins w on w.organisation_id = c.organisation_id and w.id = c.win_id
		where c.organisation_id = $1 and `+askedWaits+`
		union all
		select 'skill view', v.id, v.skill, p.name, v.asked_at
		from skill_views v
		join people p on p.organisation_id = v.organisation_id and p.id = v.owner_id
		where v.organisation_id = $1 and `+viewWaits+`
		order by at, id limit 100`, me.Organisation, me.Viewer(), tx.Now())
}

// AskedByLink finds what a link asks to confirm: that, and nothing else.
//
// Errors: problem.NotFound when it is asked no more.
func AskedByLink(tx *db.Tx, o link.Opened) (Asked, error) {
	a, err := db.One(tx, scanAsked, selectAsked+`
		where c.organisation_id = $1 and c.id = $2 and c.owner_id = $3 and c.by_link and c.answer = ''`,
		o.Organisation, o.Thing.ID, o.Owner)
	if err == nil && (o.Purpose != ByLink || o.Thing != a.Thing()) {
		return Asked{}, problem.NotFound
	}
	return a, err
}
