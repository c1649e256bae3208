package portable

import (
	"encoding/json"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// A record is what was another's in the installation it comes from, and in which the person was a
// side: an ask of them, a conversation about somebody else's growth. The other is nobody here, so
// it is kept as the file said it, for the person alone.

// keepRecord tells whether the record was not here yet.
func keepRecord(tx *db.Tx, me org.Actor, kind string, id db.ID, what any) (bool, error) {
	content, err := json.Marshal(what)
	if err != nil {
		return false, err
	}
	made, err := tx.Exec(`
		insert into brought_records (organisation_id, owner_id, kind, id, content, brought_at)
		values ($1, $2, $3, $4, $5, $6)
		on conflict do nothing`, me.Organisation, me.Person, kind, id, string(content), tx.Now())
	return made == 1, err
}

// recordsOf lists the actor's records of a kind.
func recordsOf[T any](tx *db.Tx, me org.Actor, kind string) ([]T, error) {
	return db.List(tx, func(row db.Row) (T, error) {
		var one T
		var content string
		if err := row.Scan(&content); err != nil {
			return one, err
		}
		return one, json.Unmarshal([]byte(content), &one)
	}, `
		select content from brought_records
		where organisation_id = $1 and owner_id = $2 and kind = $3
		order by id`, me.Organisation, me.Person, kind)
}

func forgetRecords(tx *db.Tx, me org.Actor) error {
	_, err := tx.Exec("delete from brought_records where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person)
	return err
}
