package demo

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/insight"
	"github.com/ownward/ownward/internal/org"
)

// small are the promises of an ordinary month, between colleagues of whom no story is told.
var small = []string{
	"Show you how I read the rope log.", "Go through your drawing before it goes to the workshop.", "Take you along to the next brake test.",
	"Write down how the winter timetable is made.", "Introduce you to the inspector.", "Read your report and say what I would leave out.",
	"Give you an afternoon at the test bench.", "Lend you my notes from the gear course.",
}

// figures plans the small promises of each month, and that its figures are made when they would have been.
func (t *telling) figures(now time.Time) {
	t.of = "figures"
	last := insight.Last(now)
	for back := 11; back >= 0; back-- {
		month := last.AddMonths(-back)
		if month.Time().After(t.date(t.Founded).Time()) {
			t.smallPromises(month, back)
		}
		at := month.AddMonths(1).AddDays(insight.MadeOn-1).At(2, 0, time.UTC)
		t.does("", at, month.String(), func(tx *db.Tx, me org.Actor) error {
			o, err := org.Of(tx, me)
			if err != nil {
				return err
			}
			return insight.UnscopedMake(tx, o, month, insight.Lots{}) // of people who are invented
		})
	}
}

// smallPromises are made, done and confirmed, each at one moment for all: of everybody in the last two months, before
// of a third of them.
func (t *telling) smallPromises(month civil.Date, back int) {
	made := map[int]db.ID{}
	pairs := t.pairs()
	each := func(day int, what string, do func(tx *db.Tx, n int, by, to org.Actor) error) {
		t.does("", month.AddDays(day-1).At(20, 0, t.zone), what+" in "+month.String(), func(tx *db.Tx, _ org.Actor) error {
			for n, pair := range pairs {
				if back >= 2 && n%3 != back%3 {
					continue
				}
				by, err := org.UnscopedActor(tx, t.tenant, t.person(pair[0]))
				if err != nil {
					return err
				}
				to, err := org.UnscopedActor(tx, t.tenant, t.person(pair[1]))
				if err != nil {
					return err
				}
				if by.Left || to.Left {
					continue
				}
				if err := do(tx, n, by, to); err != nil {
					return err
				}
			}
			return nil
		})
	}
	const lateOne, released, broken = 2, 4, 6 // of seven
	each(3, "promised", func(tx *db.Tx, n int, by, to org.Actor) error {
		c, err := commitment.Make(tx, by, org.Origin{}, commitment.Input{
			By: by.Self(), To: to.Self(), Words: small[(n+back)%len(small)], Due: month.AddDays(19),
		})
		made[n] = c.ID
		return err
	})
	done := func(late bool) func(tx *db.Tx, n int, by, to org.Actor) error {
		return func(tx *db.Tx, n int, by, to org.Actor) error {
			became := (n + back) % 7
			if became == released || became == broken || (became == lateOne) != late {
				return nil
			}
			if err := commitment.SayItIsDone(tx, by, made[n], ""); err != nil {
				return err
			}
			return commitment.ConfirmDone(tx, to, made[n], "")
		}
	}
	each(17, "kept", done(false))
	each(24, "kept late", done(true))
	each(25, "ended", func(tx *db.Tx, n int, _, to org.Actor) error {
		switch (n + back) % 7 {
		case released:
			return commitment.ReleaseIt(tx, to, made[n], "")
		case broken:
			return commitment.CallItBroken(tx, to, made[n], "")
		}
		return nil
	})
}

// pairs are colleagues of one department, of whom no story is told.
func (t *telling) pairs() [][2]string {
	told := map[string]bool{}
	for _, key := range []string{"elettra", "salome", "sunniva", "wanjiru", "bashir", "dragan", "hanneli", "odile", "tiago", "folasade", "joakim", "ragnhild", "ruud"} {
		told[key] = true
	}
	var all [][2]string
	for _, d := range t.Departments {
		var keys []string
		for _, p := range d.People {
			if !told[p.Key] && p.Left == 0 {
				keys = append(keys, p.Key)
			}
		}
		for n, key := range keys {
			if len(keys) > 1 {
				all = append(all, [2]string{key, keys[(n+1)%len(keys)]})
			}
		}
	}
	return all
}
