package nets

import (
	"testing"

	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/seal"
)

// sealing is the key of the worlds.
var sealing = seal.FromSecret("a secret of the worlds, long enough")

// giveCalendar lets somebody give a calendar that they keep elsewhere: nobody else sees anything
// of it. Nothing answers there.
func (w *world) giveCalendar(t testing.TB, who int) {
	in := dates.NewCalendar{Kind: dates.AtAddress, Address: "https://127.0.0.1:1/" + w.plant(mark{owner: who}).text}
	if w.random.IntN(2) == 0 {
		in.Kind, in.UserName, in.Password = dates.OnCalDAV, w.plant(mark{owner: who}).text, w.plant(mark{owner: who}).text
	}
	w.do(t, func(tx *db.Tx) error {
		c, err := dates.AddCalendar(tx, w.people[who], sealing, in)
		if err == nil {
			w.keep("calendar", c.ID, who)
		}
		return err
	})
}
