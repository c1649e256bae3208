package nets

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/round"
	"github.com/ownward/ownward/internal/testkit"
)

// TestARoundIsPublishedAsItWasShown lets people of small random organisations take part in a round, and holds what its
// previews show against the rules that always hold, by a walk of its own; and what is published against what was shown.
func TestARoundIsPublishedAsItWasShown(t *testing.T) {
	for seed := range uint64(4) {
		c := newCircle(t, rand.New(rand.NewPCG(seed, 5)))
		for _, way := range []round.Way{round.Best, round.Fair, round.Stable} {
			in := round.DefaultSettings()
			in.Way = way
			v := c.works(t, func(tx *db.Tx) (*round.Work, error) { return round.NewVariant(tx, c.people[0], c.round, in) })
			shown := c.shows(t, v)
			c.holds(t, seed, v, shown)
			c.forbids(t, seed, v, shown)
		}
		c.publishes(t, seed)
	}
}

// circle is a small organisation with a round.
type circle struct {
	s      testkit.Store
	people []org.Actor
	lead   map[db.ID]db.ID
	wants  map[db.ID]int64 // their level in the one skill
	knows  map[db.ID]int64
	places map[db.ID]int
	round  db.ID
}

func newCircle(t *testing.T, random *rand.Rand) *circle {
	c := &circle{s: testkit.SQLite(t), lead: map[db.ID]db.ID{}, wants: map[db.ID]int64{}, knows: map[db.ID]int64{}, places: map[db.ID]int{}}
	testkit.Do(t, c.s, func(tx *db.Tx) error {
		o, err := org.Found(tx, "Circle", "Europe/Lisbon", false)
		if err != nil {
			return err
		}
		by := org.Operator(o.ID)
		for n := range 10 {
			p, err := org.Add(tx, by, org.Details{Name: fmt.Sprint("Person ", n)})
			if err != nil {
				return err
			}
			if n == 0 {
				err = org.UnscopedAppointFirst(tx, by, p.ID)
			} else { // everybody is led, most by one who takes part as a mentor
				c.lead[p.ID] = c.people[random.IntN(min(n, 4))].Person
				err = org.SetManager(tx, by, p.ID, c.lead[p.ID])
			}
			if err != nil {
				return err
			}
			me, err := org.UnscopedActor(tx, o.ID, p.ID)
			if err != nil {
				return err
			}
			c.people = append(c.people, me)
		}
		r, err := round.New(tx, c.people[0], round.Text{Name: "Round", Who: round.Everyone})
		c.round = r.ID
		return err
	})
	for n, me := range c.people[:9] { // the last joins later
		testkit.Do(t, c.s, func(tx *db.Tx) error { return c.joins(tx, n, me, random.Int64N(6)) })
	}
	return c
}

// joins lets the first four take part as mentors, the others as mentees.
func (c *circle) joins(tx *db.Tx, n int, me org.Actor, level int64) error {
	if n >= 4 {
		c.wants[me.Person] = level / 2
		return round.Join(tx, me, c.round, round.Mentee, 0, round.Statement{Skills: []mentor.Skill{{Name: "Sailing", Level: level / 2}}, Wishes: []db.ID{c.lead[me.Person]}})
	}
	c.knows[me.Person], c.places[me.Person] = max(1, level), 1+n%2
	if err := mentor.Offer(tx, me, 0, mentor.Text{Skills: []mentor.Skill{{Name: "Sailing", Level: max(1, level)}}, Places: int64(1 + n%2), Who: mentor.Everyone}); err != nil {
		return err
	}
	return round.Join(tx, me, c.round, round.Mentor, 0, round.Statement{Places: 5})
}

// works works a variant out.
func (c *circle) works(t *testing.T, read func(tx *db.Tx) (*round.Work, error)) db.ID {
	return testkit.Write(t, c.s, func(tx *db.Tx) (db.ID, error) {
		w, err := read(tx)
		if err != nil {
			return "", err
		}
		return w.Now(tx, c.people[0])
	})
}

// shows is what the preview of a variant shows, by mentee.
func (c *circle) shows(t *testing.T, id db.ID) map[db.ID]db.ID {
	return testkit.Read(t, c.s, func(tx *db.Tx) (map[db.ID]db.ID, error) {
		shown := map[db.ID]db.ID{}
		v, err := round.VariantByID(tx, c.people[0], id)
		if err != nil {
			return nil, err
		}
		pairs, err := round.Pairs(tx, c.people[0], v, "", 100)
		for _, l := range pairs {
			shown[l.Mentee.Person] = l.Mentor.Person
		}
		return shown, err
	})
}

// forbids forbids one of the pairs that are shown: it is shown no more, and all else holds.
func (c *circle) forbids(t *testing.T, seed uint64, id db.ID, shown map[db.ID]db.ID) {
	if len(shown) == 0 {
		return
	}
	mentee := slices.Min(slices.Collect(maps.Keys(shown)))
	mentor := shown[mentee]
	c.works(t, func(tx *db.Tx) (*round.Work, error) {
		return round.ChangePair(tx, c.people[0], id, mentee, mentor, round.Forbid)
	})
	again := c.shows(t, id)
	if again[mentee] == mentor {
		t.Errorf("seed %d: a round shows a pair that was forbidden by hand", seed)
	}
	c.holds(t, seed, id, again)
}

// holds fails for a pair that may not be.
func (c *circle) holds(t *testing.T, seed uint64, id db.ID, shown map[db.ID]db.ID) {
	load := map[db.ID]int{}
	for mentee, with := range shown {
		for above := c.lead[mentee]; above != ""; above = c.lead[above] {
			if above == with {
				t.Errorf("seed %d: a round shows a pair of which one leads the other", seed)
			}
		}
		if c.knows[with] <= c.wants[mentee] {
			t.Errorf("seed %d: a round shows a pair in which the mentor knows no more", seed)
		}
		if load[with]++; load[with] > c.places[with] {
			t.Errorf("seed %d: a round shows more pairs than places", seed)
		}
	}
}

// publishes publishes the first variant: not after somebody joined; then as it was shown.
func (c *circle) publishes(t *testing.T, seed uint64) {
	runs := c.people[0]
	first := testkit.Read(t, c.s, func(tx *db.Tx) (round.Variant, error) {
		all, err := round.Variants(tx, runs, c.round)
		return all[1], err
	})
	shown := c.shows(t, first.ID)
	if len(shown) == 0 {
		return
	}
	testkit.Do(t, c.s, func(tx *db.Tx) error { return c.joins(tx, 9, c.people[9], 1) })
	err := db.Do(t.Context(), c.s.DB, func(tx *db.Tx) error { return round.Publish(tx, runs, first.ID) })
	if err == nil || !strings.Contains(err.Error(), "Person 9 has joined") {
		t.Fatalf("seed %d: somebody joined since, and it is published all the same: %v", seed, err)
	}
	c.works(t, func(tx *db.Tx) (*round.Work, error) { return round.WorkOut(tx, runs, first.ID) })
	shown = c.shows(t, first.ID)
	testkit.Do(t, c.s, func(tx *db.Tx) error { return round.Publish(tx, runs, first.ID) })
	made := map[db.ID]db.ID{}
	for _, me := range c.people[:4] {
		for _, m := range testkit.Read(t, c.s, func(tx *db.Tx) ([]mentorship.Mentorship, error) { return mentorship.Mine(tx, me) }) {
			if m.Mentor.Is(me) {
				made[m.Mentee.Person] = me.Person
			}
		}
	}
	if fmt.Sprint(made) != fmt.Sprint(shown) {
		t.Errorf("seed %d: shown was %v, and %v is published", seed, shown, made)
	}
}
