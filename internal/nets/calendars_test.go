package nets

import (
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/org"
)

func init() { places["/feed/{file}"] = "file of a feed" }

func feedOf(tx *db.Tx, me org.Actor) (db.ID, error) {
	token, err := invitation.MakeFeed(tx, me)
	return db.ID(token) + ".ics", err
}

// makeFeed gives the owner of the stage an address for their calendar.
func (s *stage) makeFeed(tx *db.Tx) error {
	id, err := feedOf(tx, s.actors[owner])
	s.things["file of a feed"] = thing{id: id} // whoever holds it
	return err
}

// makeFeed gives somebody of the world one.
func (w *world) makeFeed(t testing.TB, who int) {
	w.do(t, func(tx *db.Tx) error {
		id, err := feedOf(tx, w.people[who])
		w.keep("file of a feed", id, -1)
		return err
	})
}

// formsOfCalendars are those of the page of one's own calendars.
func (s *stage) formsOfCalendars() map[string]map[string]string {
	return map[string]map[string]string{
		"/you/calendars/invitations": {"wanted": "yes"},
		"/you/calendars/feed":        {},
		"/you/calendars/feed/end":    {},
	}
}
