package comment

import (
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// About is a thing that the actor sees, as the texts that can be commented on.
func About(tx *db.Tx, me org.Actor, on event.Thing) (plan.Written, error) {
	all, err := about(tx, me, []event.Thing{on})
	if err != nil {
		return plan.Written{}, err
	}
	found, ok := all[on]
	if !ok || len(found.Passages) == 0 {
		return found, problem.NotFound
	}
	return found, nil
}

// about reads those of the things that the actor sees.
func about(tx *db.Tx, me org.Actor, things []event.Thing) (map[event.Thing]plan.Written, error) {
	all, err := plan.WrittenOf(tx, me, things)
	if err != nil {
		return nil, err
	}
	ids := map[string][]db.ID{}
	for _, thing := range things {
		ids[thing.Kind] = append(ids[thing.Kind], thing.ID)
	}
	copies, err := frozen.ByIDs(tx, me, ids["copy"])
	if err != nil {
		return nil, err
	}
	for _, c := range copies {
		all[c.Thing()] = c.Written()
	}
	previews, err := pitch.PreviewsByIDs(tx, me, ids["preview"])
	for _, v := range previews {
		all[v.Thing()] = v.Written()
	}
	return all, err
}

// Standing is how things stand with the passage that a comment is about.
type Standing string

// The standings.
const (
	Same    Standing = "same"
	Changed Standing = "changed" // it says something else since
	Gone    Standing = "gone"    // to its owner: removed; to others: removed, or shown no longer
)

// Placed is a comment with the passage that it is about, as far as the actor sees that.
type Placed struct {
	Comment
	Title string // of the thing
	Label string // of the text
	Quote string // as it stood when the comment was made
	Now   string // the whole text as it stands now
	Standing
}

// Place finds the passages of comments that the actor may read. A quote is told to the owner of
// the thing, and to who said something as long as they see the thing.
func Place(tx *db.Tx, me org.Actor, list ...Comment) ([]Placed, error) {
	var things []event.Thing
	had := map[event.Thing]bool{}
	for _, c := range list {
		if !had[c.On] {
			had[c.On] = true
			things = append(things, c.On)
		}
	}
	all, err := about(tx, me, things)
	if err != nil {
		return nil, err
	}
	placed := make([]Placed, 0, len(list))
	for _, c := range list {
		thing, seen := all[c.On]
		placed = append(placed, c.placed(me, thing, seen))
	}
	return placed, nil
}

func (c Comment) placed(me org.Actor, thing plan.Written, seen bool) Placed {
	p := Placed{Comment: c, Standing: Gone}
	if c.Owner.Is(me) || seen {
		p.Quote = c.quote
	}
	if !seen {
		return p
	}
	passage := thing.Passage(c.Field)
	p.Title, p.Label, p.Now, p.Standing = thing.Title, passage.Label, passage.Words, Same
	switch {
	case c.Field != "" && passage.Words == "":
		p.Standing = Changed
	case c.quote != "" && !strings.Contains(flat(passage.Words), c.quote):
		p.Standing = Changed
	case c.quote == "" && thing.Revision != c.MadeOn:
		p.Standing = Changed
	}
	return p
}

const selectComment = `
	select c.id, c.owner_id, o.name, c.by_id, b.name, c.thing_kind, c.thing_id, c.field, c.quote, c.made_on, c.words, c.answer,
		c.answered_at, c.resolved_at, c.taken_back_at, c.revision, c.answer_revision, c.created_at, c.changed_at
	from comments c
	join people o on o.organisation_id = c.organisation_id and o.id = c.owner_id
	join people b on b.organisation_id = c.organisation_id and b.id = c.by_id
`

func scanComment(row db.Row) (Comment, error) {
	var c Comment
	err := row.Scan(&c.ID, &c.Owner.Person, &c.Owner.Name, &c.By.Person, &c.By.Name, &c.On.Kind, &c.On.ID, &c.Field, &c.quote, &c.MadeOn,
		&c.Words, &c.Answer, &c.AnsweredAt, &c.ResolvedAt, &c.TakenBackAt, &c.Revision, &c.AnswerRevision, &c.CreatedAt, &c.ChangedAt)
	return c, err
}

// ByID finds a comment that the actor may read.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Comment, error) {
	return db.One(tx, scanComment, selectComment+"where c.id = $3 and "+seen, me.Organisation, me.Person, id)
}

// Open lists what was said about things of the actor's and is not resolved, the newest first,
// before a place in that list.
func Open(tx *db.Tx, me org.Actor, before db.ID, most int) ([]Comment, error) {
	return db.List(tx, scanComment, selectComment+`
		where c.organisation_id = $1 and c.owner_id = $2 and c.resolved_at is null and c.taken_back_at is null
			and (cast($3 as text) = '' or c.id < $3)
		order by c.id desc limit $4`, me.Organisation, me.Person, string(before), most)
}

// Resolved lists what was said about things of the actor's and resolved or taken back, the newest
// first, before a place in that list.
func Resolved(tx *db.Tx, me org.Actor, before db.ID, most int) ([]Comment, error) {
	return db.List(tx, scanComment, selectComment+`
		where c.organisation_id = $1 and c.owner_id = $2 and (c.resolved_at is not null or c.taken_back_at is not null)
			and (cast($3 as text) = '' or c.id < $3)
		order by c.id desc limit $4`, me.Organisation, me.Person, string(before), most)
}

// Said lists what the actor said about things of others, the newest first, before a place in
// that list.
func Said(tx *db.Tx, me org.Actor, before db.ID, most int) ([]Comment, error) {
	return db.List(tx, scanComment, selectComment+`
		where c.organisation_id = $1 and c.by_id = $2 and c.taken_back_at is null
			and (cast($3 as text) = '' or c.id < $3)
		order by c.id desc limit $4`, me.Organisation, me.Person, string(before), most)
}

// mostOn is how many comments on one thing are shown at once.
const mostOn = 50

// On lists the open comments on a thing that the actor may read, the oldest first: all to its
// owner, their own to others.
func On(tx *db.Tx, me org.Actor, thing event.Thing) ([]Comment, error) {
	return db.List(tx, scanComment, selectComment+"where "+seen+`
			and c.thing_kind = $3 and c.thing_id = $4 and c.resolved_at is null and c.taken_back_at is null
		order by c.id limit $5`, me.Organisation, me.Person, thing.Kind, thing.ID, mostOn)
}

// OnThings lists what was said about things of the actor's of one kind and was not taken back,
// resolved or not, the first first.
func OnThings(tx *db.Tx, me org.Actor, kind string, ids []db.ID) ([]Comment, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := []any{me.Organisation, me.Person, kind, mostOn * 4}
	for _, id := range ids {
		args = append(args, id)
	}
	return db.List(tx, scanComment, selectComment+`
		where c.organisation_id = $1 and c.owner_id = $2 and c.thing_kind = $3 and c.thing_id in (`+db.Places(5, len(ids))+`) and c.taken_back_at is null
		order by c.id limit $4`, args...)
}

// OpenBetween lists the open comments that the actor or the other person said about something of the other's, the newest first.
func OpenBetween(tx *db.Tx, me org.Actor, other db.ID, most int) ([]Comment, error) {
	return db.List(tx, scanComment, selectComment+"where "+seen+`
			and (c.owner_id = $3 or c.by_id = $3) and c.resolved_at is null and c.taken_back_at is null
		order by c.id desc limit $4`, me.Organisation, me.Person, other, most)
}

// CountOpen is how many comments on things of the actor's are open.
func CountOpen(tx *db.Tx, me org.Actor) (int64, error) {
	return db.One(tx, db.Scanned[int64], `
		select count(*) from comments
		where organisation_id = $1 and owner_id = $2 and resolved_at is null and taken_back_at is null`, me.Organisation, me.Person)
}

// Find lists comments that hold the words and that the actor may read, at most so many, the newest first.
func Find(tx *db.Tx, me org.Actor, words db.Words, most int) ([]event.Named, error) {
	held, args := words.Held("c.words", 4)
	return db.List(tx, event.ScanNamed, `
		select 'comment', c.id, c.words from comments c
		where `+seen+` and c.taken_back_at is null and `+held+`
		order by c.id desc limit $3`, append([]any{me.Organisation, me.Person, most}, args...)...)
}
