package nets

import (
	"flag"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/db"
)

var kills = flag.Int("kills", 300, "how often the nothing-lost test kills the server")

// TestNothingLost kills the server at random moments while several people write, starts it
// again, and finds every write that was acknowledged, and no half of one: what belongs to a
// write (its event, its job, its links) stands with it, or none of it does. What was not
// acknowledged is then sent once more, as a browser would, and stands once.
func TestNothingLost(t *testing.T) {
	t.Logf("seed %d: run again with -seed %d", *seed, *seed)
	s := &server{t: t, program: program(t), folder: diskFolder(t)}
	c := newCrowd(t, s)
	s.start()
	random := rand.New(rand.NewPCG(*seed, 0))
	for n := range *kills {
		stop := c.write()
		time.Sleep(20*time.Millisecond + time.Duration(random.Int64N(int64(130*time.Millisecond))))
		s.kill()
		sent := stop()
		s.start()
		c.findWhole(sent)
		c.sendAgain(sent)
		if t.Failed() {
			t.Fatalf("kill %d", n+1)
		}
	}
	stop := c.write()
	time.Sleep(100 * time.Millisecond)
	c.mustAllStand(stop())
	s.stop()
	c.checkStore()
	c.tally(*kills)
}

// TestAStopFinishesWhatIsUnderWay asks the server to stop while several people write: whatever
// it did, it said so, and it ends with exit status 0.
func TestAStopFinishesWhatIsUnderWay(t *testing.T) {
	s := &server{t: t, program: program(t), folder: diskFolder(t)}
	c := newCrowd(t, s)
	for range 5 {
		s.start()
		stop := c.write()
		time.Sleep(200 * time.Millisecond)
		s.stop()
		sent := stop()
		c.inStore(func(tx *db.Tx) {
			for _, w := range sent {
				if stands := w.stands(c, tx); stands && w.led == "" {
					t.Errorf("%s was done while the server stopped, and not acknowledged", w)
				} else if !stands && w.led != "" {
					t.Errorf("%s was acknowledged while the server stopped, and is gone", w)
				}
			}
		})
		s.start()
		c.sendAgain(sent)
		s.kill()
	}
	c.tally(5)
}

// findWhole finds every acknowledged write, and of the others all or nothing.
func (c *crowd) findWhole(sent []*write) {
	c.inStore(func(tx *db.Tx) {
		for _, w := range sent {
			stands := w.stands(c, tx)
			switch {
			case w.led != "" && !stands:
				c.Errorf("acknowledged and lost: %s", w)
			case w.led != "":
				c.acknowledged++
			case stands:
				c.silent++
			default:
				c.undone++
			}
		}
	})
}

// sendAgain sends what was not acknowledged once more, and some of what was: each stands once.
func (c *crowd) sendAgain(sent []*write) {
	for i, w := range sent {
		if was := w.led; was == "" || i%7 == 0 {
			switch w.send(c); {
			case was != "" && w.led != was:
				c.Errorf("%s led to %s, and sent again to %s", w, was, w.led)
			case w.led == "":
				c.Errorf("not acknowledged by a server that runs: %s", w)
			}
		}
	}
	c.mustAllStand(sent)
}

func (c *crowd) mustAllStand(sent []*write) {
	c.inStore(func(tx *db.Tx) {
		for _, w := range sent {
			if w.led != "" && !w.stands(c, tx) {
				c.Errorf("acknowledged and not there: %s", w)
			}
		}
	})
	for _, w := range sent {
		c.standing[w.deed.name] = append(c.standing[w.deed.name], w.text)
	}
}

// inStore reads the store beside the server. It is closed again, so that the server that starts
// next recovers what the killed one left, alone.
func (c *crowd) inStore(what func(tx *db.Tx)) {
	d, err := db.Open(c.Context(), filepath.Join(c.server.folder, "ownward.db"))
	if err != nil {
		c.Fatal(err)
	}
	if _, err := db.Read(c.Context(), d, func(tx *db.Tx) (struct{}, error) { what(tx); return struct{}{}, nil }); err != nil {
		c.Fatal(err)
	}
	if err := d.Close(); err != nil {
		c.Fatal(err)
	}
}

// checkStore looks over the store as a whole, at the end.
func (c *crowd) checkStore() {
	c.inStore(func(tx *db.Tx) {
		for _, check := range []string{"pragma integrity_check", "pragma foreign_key_check"} {
			rows, err := db.List(tx, db.Scanned[string], check)
			if err != nil || len(rows) > 1 || len(rows) == 1 && rows[0] != "ok" {
				c.Errorf("%s: %v %v", check, rows, err)
			}
		}
		given, err := db.One(tx, db.Scanned[int64], "select count(*) from jobs where failed_at is not null")
		if err != nil || given != 0 {
			c.Errorf("%d jobs were given up (%v)", given, err)
		}
		for _, d := range deeds {
			c.findAll(tx, d)
		}
	})
}

// findAll finds the text of every write of a kind, those of long ago too, once each.
func (c *crowd) findAll(tx *db.Tx, d deed) {
	found := map[string]int{}
	for _, query := range d.texts {
		texts, err := db.List(tx, db.Scanned[string], query)
		if err != nil {
			c.Fatal(err)
		}
		for _, text := range texts {
			found[text]++
		}
	}
	for _, text := range c.standing[d.name] {
		if len(d.texts) > 0 && found[text] != 1 {
			c.Errorf("%s: %q stands %d times at the end", d.name, text, found[text])
		}
	}
}

// tally says how much was tried, and fails where that was too little to say anything.
func (c *crowd) tally(times int) {
	all := 0
	for _, d := range deeds {
		n := len(c.standing[d.name])
		all += n
		c.Logf("%6d × %s", n, d.name)
		if n == 0 && times >= 50 {
			c.Errorf("%s: never done", d.name)
		}
	}
	c.Logf("%d writes; at the kills %d were acknowledged, %d were done and not yet acknowledged, %d not done", all, c.acknowledged, c.silent, c.undone)
}
