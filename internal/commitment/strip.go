package commitment

import (
	"slices"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Stretch is one promise between two on their strip: from the day it was agreed on to the day it was
// settled, with the times at which the two agreed on other terms.
type Stretch struct {
	Commitment
	Renegotiated []time.Time
}

// mostOnStrip is how many promises are drawn: the latest.
const mostOnStrip = 40

// Strip are the promises that the actor and one other, a person or a contact of theirs, agreed on: of
// both sides alike, in the order in which they were agreed on. It is the same for both, and found by
// nobody else.
func Strip(tx *db.Tx, me org.Actor, with db.ID) ([]Stretch, error) {
	found, err := list(tx, me.Organisation, "where "+mine+`
			and c.agreed_at is not null and not c.brought_along and $4 <> $2
			and $4 in (coalesce(c.by_person_id, c.by_contact_id), coalesce(c.to_person_id, c.to_contact_id))
		order by c.agreed_at desc, c.id desc limit $5`, me.Organisation, me.Person, readsSince(tx), with, mostOnStrip)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	slices.Reverse(found)
	all, at := make([]Stretch, len(found)), map[db.ID]*Stretch{}
	args := []any{me.Organisation}
	for i, c := range found {
		all[i].Commitment = c
		at[c.ID] = &all[i]
		args = append(args, c.ID)
	}
	_, err = db.List(tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		var agreedAt time.Time
		err := row.Scan(&id, &agreedAt)
		if s := at[id]; s != nil {
			s.Renegotiated = append(s.Renegotiated, agreedAt)
		}
		return struct{}{}, err
	}, `
		select h.commitment_id, h.answered_at from commitment_changes h
		where h.organisation_id = $1 and h.commitment_id in (`+db.Places(2, len(found))+`) and h.state = 'agreed' and h.owner_id is null
		order by h.answered_at`, args...)
	return all, err
}
