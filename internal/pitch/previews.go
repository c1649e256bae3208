package pitch

import (
	"encoding/json"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// previewGiven says that somebody reads a preview: $3 is the id under which things reach the actor.
const previewGiven = "v.viewer_id = $3 and v.given_at is not null and v.taken_back_at is null"

// previewSeen narrows previews to those that the actor may read: $1 the organisation, $2 the actor.
const previewSeen = "v.organisation_id = $1 and (v.owner_id = $2 or (" + previewGiven + "))"

const selectPreview = `
	select v.id, v.owner_id, o.name, v.viewer_id, w.name, v.ask_id, v.note, v.content, v.given_at, v.taken_back_at, v.created_at
	from previews v
	join people o on o.organisation_id = v.organisation_id and o.id = v.owner_id
	join people w on w.organisation_id = v.organisation_id and w.id = v.viewer_id
`

func scanPreview(row db.Row) (Preview, error) {
	var v Preview
	var content string
	if err := row.Scan(&v.ID, &v.Owner.Person, &v.Owner.Name, &v.Viewer.Person, &v.Viewer.Name, &v.Ask, &v.Note, &content, &v.GivenAt, &v.TakenBackAt, &v.CreatedAt); err != nil {
		return v, err
	}
	return v, json.Unmarshal([]byte(content), &v.Passages)
}

// PreviewByID finds a preview that the actor may read.
func PreviewByID(tx *db.Tx, me org.Actor, id db.ID) (Preview, error) {
	return db.One(tx, scanPreview, selectPreview+"where v.id = $4 and "+previewSeen, me.Organisation, me.Person, me.Viewer(), id)
}

// PreviewsByIDs finds previews that the actor may read, in the order of their ids.
func PreviewsByIDs(tx *db.Tx, me org.Actor, ids []db.ID) ([]Preview, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := []any{me.Organisation, me.Person, me.Viewer()}
	for _, id := range ids {
		args = append(args, id)
	}
	return db.List(tx, scanPreview, selectPreview+"where v.id in ("+db.Places(4, len(ids))+") and "+previewSeen+" order by v.id", args...)
}

// Previews lists the actor's own previews of an ask, the newest first. There are at most a hundred.
func Previews(tx *db.Tx, me org.Actor, id db.ID) ([]Preview, error) {
	return db.List(tx, scanPreview, selectPreview+`
		where v.organisation_id = $1 and v.owner_id = $2 and v.ask_id = $3
		order by v.id desc`, me.Organisation, me.Person, id)
}

// mostReceived is how many previews of others somebody is shown at once.
const mostReceived = 50

// PreviewsReceived lists what others ask the actor to look at, the newest first.
func PreviewsReceived(tx *db.Tx, me org.Actor) ([]Preview, error) {
	return db.List(tx, scanPreview, selectPreview+`
		where v.organisation_id = $1 and v.owner_id <> $2 and `+previewGiven+`
		order by v.id desc limit $4`, me.Organisation, me.Person, me.Viewer(), mostReceived)
}

// myPreview finds a preview of the actor's own, to do something with it.
func myPreview(tx *db.Tx, me org.Actor, id db.ID) (Preview, error) {
	v, err := PreviewByID(tx, me, id)
	if err == nil && (v.Owner.Person != me.Person || me.Left) {
		return v, problem.NotFound
	}
	return v, err
}

// PersonLeft ends the previews that somebody who leaves gave, and those that were given to them.
// It is the reaction to "person left".
func PersonLeft(tx *db.Tx, e event.Event) error {
	_, err := tx.Exec(`
		update previews set taken_back_at = $1
		where organisation_id = $2 and (owner_id = $3 or viewer_id = $3) and taken_back_at is null`, e.At, e.Organisation, e.Thing.ID)
	return err
}

// AlongPreview is a preview as its owner takes it along to another installation, where it is a
// record: nobody reads it there but them.
type AlongPreview struct {
	ID          db.ID          `json:"id"`
	For         org.Key        `json:"for"`
	Ask         db.ID          `json:"ask"`
	Note        string         `json:"note,omitempty"`
	GivenAt     time.Time      `json:"given_at,omitzero"`
	TakenBackAt time.Time      `json:"taken_back_at,omitzero"`
	CreatedAt   time.Time      `json:"created_at"`
	Passages    []AlongPassage `json:"passages"`
}

// AlongPassage is a text of a preview.
type AlongPassage struct {
	Field string `json:"field"`
	Label string `json:"label"`
	Words string `json:"words"`
}

// TakePreviews are the previews that the actor made.
func TakePreviews(tx *db.Tx, me org.Actor, others *org.Companions) ([]AlongPreview, error) {
	found, err := db.List(tx, scanPreview, selectPreview+"where v.organisation_id = $1 and v.owner_id = $2 order by v.id", me.Organisation, me.Person)
	var all []AlongPreview
	for _, v := range found {
		one := AlongPreview{v.ID, others.Key(v.Viewer), v.Ask, v.Note, v.GivenAt, v.TakenBackAt, v.CreatedAt, nil}
		for _, p := range v.Passages {
			one.Passages = append(one.Passages, AlongPassage(p))
		}
		all = append(all, one)
	}
	return all, err
}
