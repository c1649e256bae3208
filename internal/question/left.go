package question

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
)

// PersonLeft tells those who asked somebody a question that waits for an answer when that person
// leaves: whether it was taken off their list before, nobody learns. It is the reaction to the event of that name.
func PersonLeft(tx *db.Tx, e event.Event) error {
	type waiting struct{ id, owner db.ID }
	all, err := db.List(tx, func(row db.Row) (waiting, error) {
		var w waiting
		err := row.Scan(&w.id, &w.owner)
		return w, err
	}, `
		select a.id, a.owner_id from askings a
		join people p on p.organisation_id = a.organisation_id and p.id = a.owner_id
		where a.organisation_id = $1 and a.to_person_id = $2 and a.way = 'here' and `+stillOpen+` and p.left_at is null
		order by a.id`, e.Organisation, e.Thing.ID, tx.Now())
	if err != nil {
		return err
	}
	for _, w := range all {
		if err := notice.Tell(tx, e.Organisation, w.owner, notice.Answered, Asking{ID: w.id}.Thing(), string(w.id)+" left"); err != nil {
			return err
		}
	}
	return nil
}
