package commitment

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// KeptTo are people who kept a promise to the actor, who did so last first.
func KeptTo(tx *db.Tx, me org.Actor, most int) ([]db.ID, error) {
	return db.List(tx, db.Scanned[db.ID], `
		select by_person_id from (
			select by_person_id, settled_at from commitments
			where organisation_id = $1 and to_person_id = $2 and settled_at is not null and state = 'kept' and by_person_id is not null
			order by settled_at desc limit $3) as kept
		group by by_person_id order by max(settled_at) desc`, me.Organisation, me.Person, 4*most)
}
