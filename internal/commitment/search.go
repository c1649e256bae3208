package commitment

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Find lists promises that the actor has a side in and that hold the words, the newest first.
func Find(tx *db.Tx, me org.Actor, words db.Words, most int) ([]event.Named, error) {
	held, args := words.Held("c.words", 5)
	return db.List(tx, event.ScanNamed, `
		select 'commitment', c.id, c.words from commitments c
		where `+mine+` and `+held+`
		order by c.id desc limit $4`,
		append([]any{me.Organisation, me.Person, readsSince(tx), most}, args...)...)
}
