package org

import (
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
)

// Find lists people of the actor's organisation, as Search does, and contacts of the actor's
// whose name holds the words.
func Find(tx *db.Tx, me Actor, words db.Words, most int) ([]event.Named, error) {
	people, err := Search(tx, me, strings.Join(words, " "), Place{}, most)
	if err != nil {
		return nil, err
	}
	var found []event.Named
	for _, p := range people {
		name := p.Name
		if p.JobTitle != "" {
			name += ", " + p.JobTitle
		}
		found = append(found, event.Named{Thing: event.Thing{Kind: "person", ID: p.ID}, Name: name})
	}
	held, args := words.Held("name", 4)
	contacts, err := db.List(tx, event.ScanNamed, `
		select 'contact', id, name from contacts
		where organisation_id = $1 and owner_id = $2 and `+held+`
		order by name, id limit $3`,
		append([]any{me.Organisation, me.Person, most}, args...)...)
	return append(found, contacts...), err
}
