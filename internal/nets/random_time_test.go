package nets

import (
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
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

// listHolidays lets an administrator bring in a list of holidays, which everybody can choose, and
// send another and look no further.
func (w *world) listHolidays(t testing.TB, who int) {
	open, alone := mark{owner: who, open: true}, mark{owner: who}
	w.do(t, func(tx *db.Tx) error {
		f, err := dates.ReadHolidayFile(holidayCalendar(w.hide(open), w.hide(open)), "", "", civil.In(tx.Now(), time.UTC))
		if err != nil {
			return err
		}
		if _, err := dates.ImportList(tx, w.people[who], f); err != nil {
			return err
		}
		l, err := dates.ListByName(tx, w.people[who], f.Name)
		if err != nil {
			return err
		}
		w.keep("holiday list", l.ID, who)
		id, err := dates.KeepHolidayFile(tx, w.people[who], org.SentFile{Name: w.hide(alone), Content: holidayCalendar(w.hide(alone), w.hide(alone))})
		w.keep("holiday file", id, who)
		return err
	})
}
