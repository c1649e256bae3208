package ask

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Find lists asks that the actor may see and that hold the words, the newest first.
func Find(tx *db.Tx, me org.Actor, words db.Words, most int) ([]event.Named, error) {
	what, args := words.Held("a.what", 5)
	return db.List(tx, event.ScanNamed, `
		select 'ask', a.id, a.what from asks a
		where `+seen+` and a.what <> '' and `+what+`
		order by a.id desc limit $4`,
		append([]any{me.Organisation, me.Person, readsSince(tx), most}, args...)...)
}
