package round_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/round"
	"github.com/ownward/ownward/internal/testkit"
)

// TestWhatChangesWhileARoundIsSolvedIsNotOverlooked also shows that others write meanwhile.
func TestWhatChangesWhileARoundIsSolvedIsNotOverlooked(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		g := gather(t, s)
		a, b, x, y := g.person("A", ""), g.person("B", ""), g.person("X", ""), g.person("Y", "")
		g.helps(a, 2, "Go", 5)
		g.helps(b, 2, "Go", 4)
		g.wants(x, "Go", 1)
		g.wants(y, "Go", 1)
		first, other := g.tries(), g.tries()
		pin := func(tx *db.Tx) (*round.Work, error) {
			return round.ChangePair(tx, g.Ada, first.ID, x.Person, b.Person, round.Pin)
		}
		does := func(what func(tx *db.Tx) error) func() { return func() { testkit.Do(t, s, what) } }
		for _, c := range []struct {
			name      string
			meanwhile func()
		}{
			{"who joins", func() { g.wants(g.person("Z", ""), "Go", 2) }},
			{"who changes what they state", does(func(tx *db.Tx) error {
				return round.Join(tx, y, g.round.ID, round.Mentee, 1, round.Statement{Skills: []mentor.Skill{{Name: "Go", Level: 2}}})
			})},
			{"fewer places", does(func(tx *db.Tx) error {
				p, err := mentor.Mine(tx, a)
				if err != nil {
					return err
				}
				p.Places = 1
				return mentor.Offer(tx, a, p.Revision, p.Text)
			})},
			{"a line", does(func(tx *db.Tx) error { return org.SetManager(tx, g.Ada, y.Person, a.Person) })},
			{"a department", does(func(tx *db.Tx) error { return moves(tx, g.Ada, y.Person, "Deck") })},
			{"a pair made elsewhere", does(func(tx *db.Tx) error { _, err := mentor.Begin(tx, b, b.Person, y.Person, ""); return err })},
			{"another change by hand", func() { g.works(pin) }},
			{"who leaves", does(func(tx *db.Tx) error { return round.Leave(tx, y, g.round.ID, round.Mentee) })},
			{"a publication", func() {
				g.works(func(tx *db.Tx) (*round.Work, error) { return round.WorkOut(tx, g.Ada, other.ID) })
				g.publishes(other)
			}},
		} {
			was := g.shows(first)
			err := g.fails(func(tx *db.Tx) (*round.Work, error) {
				return round.ChangePair(tx, g.Ada, first.ID, x.Person, a.Person, round.Forbid)
			}, c.meanwhile)
			if !strings.Contains(err.Error(), "has changed while this was worked out") {
				t.Errorf("%s: %v", c.name, err)
			}
			if c.name != "another change by hand" && len(g.shows(first)) != len(was) {
				t.Errorf("%s: something is kept", c.name)
			}
		}
		if id, err := g.work(func(tx *db.Tx) (*round.Work, error) {
			return round.NewVariant(tx, g.Ada, g.round.ID, round.DefaultSettings())
		}); err != nil || id == "" {
			t.Errorf("with nothing changed meanwhile: %v", err)
		}
	})
}

func moves(tx *db.Tx, by org.Actor, person db.ID, department string) error {
	p, err := org.ByID(tx, by, person)
	if err != nil {
		return err
	}
	p.Department = department
	return org.Change(tx, by, person, p.Revision, p.Details)
}

func TestWhoLosesTheOfficeMeanwhileKeepsNothing(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	next := g.person("Next", "")
	name := func(is bool) org.Actor {
		testkit.Do(t, s, func(tx *db.Tx) error { return org.NameProgrammeOwner(tx, g.Ada, next.Person, is) })
		return testkit.Read(t, s, func(tx *db.Tx) (org.Actor, error) { return org.UnscopedActor(tx, g.Organisation.ID, next.Person) })
	}
	was := name(true)
	w := testkit.Read(t, s, func(tx *db.Tx) (*round.Work, error) {
		return round.NewVariant(tx, was, g.round.ID, round.DefaultSettings())
	})
	if err := w.Solve(t.Context()); err != nil {
		t.Fatal(err)
	}
	is := name(false)
	if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := w.Keep(tx, is); return err }); !errors.Is(err, problem.NotFound) {
		t.Errorf("they are told %v", err)
	}
}

// TestWhatALaterChangeCostsIsTheSameAsFromTheStart holds the cost of a change that is found from what is kept against that found by
// solving all anew.
func TestWhatALaterChangeCostsIsTheSameAsFromTheStart(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	a, b := g.person("A", ""), g.person("B", "")
	x, y, z := g.person("X", ""), g.person("Y", ""), g.person("Z", "")
	g.helps(a, 2, "Go", 5, z)
	g.helps(b, 1, "Go", 3)
	g.wants(x, "Go", 1, a)
	g.wants(y, "Go", 2, a, b)
	g.wants(z, "Go", 4, a)
	v := g.tries()
	costs := func() []round.Pinned {
		return testkit.Read(t, s, func(tx *db.Tx) ([]round.Pinned, error) { return round.Changes(tx, g.Ada, v.ID) })
	}
	for _, c := range []struct {
		mentee, mentor org.Actor
		kind           round.Kind
	}{{x, b, round.Pin}, {z, a, round.Forbid}, {y, a, round.Pin}} {
		g.works(func(tx *db.Tx) (*round.Work, error) {
			return round.ChangePair(tx, g.Ada, v.ID, c.mentee.Person, c.mentor.Person, c.kind)
		})
	}
	was := costs()
	g.works(func(tx *db.Tx) (*round.Work, error) { return round.WorkOut(tx, g.Ada, v.ID) })
	is := costs()
	if len(was) != 3 || was[1].Fewer != 1 {
		t.Errorf("the costs are %+v", was)
	}
	for n := range was {
		if was[n] != is[n] {
			t.Errorf("change %d cost %+v, and costs %+v from the start", n, was[n], is[n])
		}
	}
}

func TestWhoHasNoMentorIsToldWhy(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	a, b := g.person("A", ""), g.person("B", "")
	g.helps(a, 1, "Go", 5)
	g.helps(b, 1, "Rust", 5)
	has, crowded, sails, late, loses := g.person("Has", ""), g.person("Crowded", ""), g.person("Sails", ""), g.person("Late", ""), g.person("Loses", "")
	g.wants(has, "Go", 1, a)
	g.wants(crowded, "Go", 1)
	g.wants(sails, "Sailing", 1)
	g.wants(loses, "Rust", 1)
	g.publishes(g.tries())
	g.wants(late, "Go", 1)
	testkit.Do(t, s, func(tx *db.Tx) error { return round.Leave(tx, b, g.round.ID, round.Mentor) })
	for who, want := range map[org.Actor]round.Without{has: round.HasOne, crowded: round.NoPlace, sails: round.Nobody, late: round.Late, loses: round.TheyLeft, a: round.HasOne} {
		got := testkit.Read(t, s, func(tx *db.Tx) (round.Without, error) {
			r, err := round.ByID(tx, who, g.round.ID)
			if err != nil {
				return "", err
			}
			m, err := round.MineIn(tx, who, r)
			return m.Without, err
		})
		if got != want {
			t.Errorf("%s is told %q", who.Name, got)
		}
	}
}
