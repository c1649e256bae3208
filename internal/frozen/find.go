package frozen

import (
	"encoding/json"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

const selectCopy = `
	select c.id, c.owner_id, o.name, c.viewer_id, v.name, c.conversation_id, c.note, c.content, c.until, c.ends_at,
		c.given_at, c.taken_back_at, c.created_at
	from copies c
	join people o on o.organisation_id = c.organisation_id and o.id = c.owner_id
	join people v on v.organisation_id = c.organisation_id and v.id = c.viewer_id
`

func scanCopy(row db.Row) (Copy, error) {
	var c Copy
	var content string
	if err := row.Scan(&c.ID, &c.Owner.Person, &c.Owner.Name, &c.Viewer.Person, &c.Viewer.Name, &c.Conversation, &c.Note, &content,
		&c.Until, &c.EndsAt, &c.GivenAt, &c.TakenBackAt, &c.CreatedAt); err != nil {
		return c, err
	}
	return c, json.Unmarshal([]byte(content), &c.Content)
}

// ByID finds a copy that the actor may read.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Copy, error) {
	return db.One(tx, scanCopy, selectCopy+"where c.id = $5 and "+seen, me.Organisation, me.Person, me.Viewer(), tx.Now(), id)
}

// FileOf finds a file of a copy that the actor may read, the n-th counted from 1, whose it is, and its content. It is not found
// once its owner removed it.
func FileOf(tx *db.Tx, me org.Actor, id db.ID, n int) (f File, owner db.ID, content []byte, err error) {
	c, err := ByID(tx, me, id)
	if err != nil {
		return f, "", nil, err
	}
	f, ok := c.Content.File(n)
	if !ok {
		return f, "", nil, problem.NotFound
	}
	content, err = plan.UnscopedFile(tx, me.Organisation, c.Owner.Person, f.Digest)
	return f, c.Owner.Person, content, err
}

// ByIDs finds copies that the actor may read, in the order of their ids.
func ByIDs(tx *db.Tx, me org.Actor, ids []db.ID) ([]Copy, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := []any{me.Organisation, me.Person, me.Viewer(), tx.Now()}
	for _, id := range ids {
		args = append(args, id)
	}
	return db.List(tx, scanCopy, selectCopy+"where c.id in ("+db.Places(5, len(ids))+") and "+seen+" order by c.id", args...)
}

// Mine lists the actor's own copies, the newest first. There are at most a hundred.
func Mine(tx *db.Tx, me org.Actor) ([]Copy, error) {
	return db.List(tx, scanCopy, selectCopy+`
		where c.organisation_id = $1 and c.owner_id = $2
		order by c.id desc`, me.Organisation, me.Person)
}

// mostReceived is how many copies of others somebody is shown at once.
const mostReceived = 50

// Received lists what others let the actor read at present, the newest first.
func Received(tx *db.Tx, me org.Actor) ([]Copy, error) {
	return db.List(tx, scanCopy, selectCopy+`
		where c.organisation_id = $1 and c.owner_id <> $2 and `+given+`
		order by c.id desc limit $5`, me.Organisation, me.Person, me.Viewer(), tx.Now(), mostReceived)
}

// From lists what an owner lets the actor read at present, the newest first.
func From(tx *db.Tx, me org.Actor, owner db.ID) ([]Copy, error) {
	return db.List(tx, scanCopy, selectCopy+`
		where c.organisation_id = $1 and c.owner_id <> $2 and c.owner_id = $5 and `+given+`
		order by c.id desc limit $6`, me.Organisation, me.Person, me.Viewer(), tx.Now(), owner, mostReceived)
}

// For lists the copies for a conversation that the actor may read, the newest first.
func For(tx *db.Tx, me org.Actor, conversation db.ID) ([]Copy, error) {
	return db.List(tx, scanCopy, selectCopy+"where c.conversation_id = $5 and "+seen+`
		order by c.id desc limit $6`, me.Organisation, me.Person, me.Viewer(), tx.Now(), conversation, mostReceived)
}

// GivenBetween lists the copies that the actor lets another person read at present, or they the actor, the newest first.
func GivenBetween(tx *db.Tx, me org.Actor, other db.ID, most int) ([]Copy, error) {
	return db.List(tx, scanCopy, selectCopy+`
		where c.organisation_id = $1 and (c.owner_id = $2 and c.viewer_id = $5 or c.owner_id = $5 and c.viewer_id = $3)
			and c.given_at is not null and c.taken_back_at is null and c.ends_at > $4
		order by c.id desc limit $6`, me.Organisation, me.Person, me.Viewer(), tx.Now(), other, most)
}

// StillRead lists the actor's own copies that somebody reads at present, the newest first.
func StillRead(tx *db.Tx, me org.Actor) ([]Copy, error) {
	return db.List(tx, scanCopy, selectCopy+`
		where c.organisation_id = $1 and c.owner_id = $2 and c.given_at is not null and c.taken_back_at is null and c.ends_at > $3
		order by c.id desc`, me.Organisation, me.Person, tx.Now())
}

// Find lists copies that the actor may read and that hold the words: the name of the other side, or the note. At most so many,
// the newest first; they are called by the other side.
func Find(tx *db.Tx, me org.Actor, words db.Words, most int) ([]event.Named, error) {
	other := "case when c.owner_id = $2 then v.name else o.name end"
	held, args := words.Held(other+" || ' ' || c.note", 6)
	return db.List(tx, event.ScanNamed, `
		select 'copy', c.id, case when c.owner_id = $2 then 'Copy for ' else 'Copy from ' end || `+other+`
		from copies c
		join people o on o.organisation_id = c.organisation_id and o.id = c.owner_id
		join people v on v.organisation_id = c.organisation_id and v.id = c.viewer_id
		where `+seen+` and `+held+`
		order by c.id desc limit $5`, append([]any{me.Organisation, me.Person, me.Viewer(), tx.Now(), most}, args...)...)
}
