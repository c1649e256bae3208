package direction_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/direction"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func write(t *testing.T, s testkit.Store, me org.Actor, scope direction.Scope, department, words string) direction.Direction {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (direction.Direction, error) {
		return direction.Write(tx, me, direction.Input{Scope: scope, Department: department, Words: words})
	})
}

func seen(t *testing.T, s testkit.Store, me org.Actor) (words []string) {
	t.Helper()
	for _, d := range testkit.Read(t, s, func(tx *db.Tx) ([]direction.Direction, error) { return direction.Seen(tx, me) }) {
		words = append(words, d.Words)
	}
	return words
}

func in(t *testing.T, s testkit.Store, c testkit.Company, department string, people ...org.Actor) {
	t.Helper()
	testkit.Do(t, s, func(tx *db.Tx) error {
		for _, who := range people {
			p, err := org.ByID(tx, c.Ada, who.Person)
			if err != nil {
				return err
			}
			p.Department = department
			if err := org.Change(tx, c.Ada, p.ID, p.Revision, p.Details); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestADirectionIsSeenByThoseItIsFor(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c, other := testkit.NewCompany(t, s, "weir.example"), testkit.NewCompany(t, s, "mill.example")
		in(t, s, c, "Gates", c.Tomas, c.Ines)
		write(t, s, c.Ada, direction.Organisation, "", "Fewer boats, better kept.")
		write(t, s, c.Tomas, direction.Department, "gates", "Every gate opens by hand too.")
		write(t, s, c.Tomas, direction.Manager, "", "We write down how.")
		write(t, s, c.Ana, direction.Manager, "", "We train two people for each task.")
		for name, one := range map[string]struct {
			me   org.Actor
			want []string
		}{
			"in the department":       {c.Ines, []string{"Fewer boats, better kept.", "Every gate opens by hand too.", "We train two people for each task.", "We write down how."}},
			"under the manager alone": {c.Joel, []string{"Fewer boats, better kept.", "We train two people for each task.", "We write down how."}},
			"beside them":             {c.Mira, []string{"Fewer boats, better kept.", "We train two people for each task."}},
			"an administrator":        {c.Ada, []string{"Fewer boats, better kept.", "Every gate opens by hand too."}},
			"elsewhere":               {other.Ada, nil},
		} {
			got := seen(t, s, one.me)
			if len(got) != len(one.want) {
				t.Errorf("%s: %q", name, got)
				continue
			}
			for i := range got {
				if got[i] != one.want[i] {
					t.Errorf("%s: %q", name, got)
				}
			}
		}
	})
}

func TestWhoMayWriteADirection(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		in(t, s, c, "Gates", c.Ana, c.Tomas, c.Ines)
		for name, one := range map[string]struct {
			me    org.Actor
			scope direction.Scope
			where string
		}{
			"for the organisation, without its office": {c.Ana, direction.Organisation, ""},
			"for a department with a head above":       {c.Tomas, direction.Department, "Gates"},
			"for another department":                   {c.Ana, direction.Department, "Boats"},
			"without reports":                          {c.Ines, direction.Manager, ""},
			"for nobody":                               {c.Ana, "everybody", ""},
		} {
			err := testkit.Fails(t, s, func(tx *db.Tx) error {
				_, err := direction.Write(tx, one.me, direction.Input{Scope: one.scope, Department: one.where, Words: "x"})
				return err
			})
			if !strings.Contains(err.Error(), "not yours to say") {
				t.Errorf("%s: %v", name, err)
			}
		}
		head := write(t, s, c.Ana, direction.Department, "Gates", "First.")
		testkit.Do(t, s, func(tx *db.Tx) error { return direction.Change(tx, c.Ada, head.ID, 1, "Second.") })
		var conflict *problem.Conflict
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return direction.Change(tx, c.Ana, head.ID, 1, "Third.") }); !errors.As(err, &conflict) || conflict.Theirs["words"] != "Second." {
			t.Errorf("the later of two edits: %v", err)
		}
		earlier := testkit.Read(t, s, func(tx *db.Tx) ([]org.Revision, error) {
			d, err := direction.ByID(tx, c.Ines, head.ID)
			if err != nil {
				return nil, err
			}
			return direction.Earlier(tx, c.Ines, d)
		})
		if len(earlier) != 1 || earlier[0].Text["words"] != "First." {
			t.Errorf("it said earlier: %+v", earlier)
		}
		for name, me := range map[string]org.Actor{"a reader": c.Ines, "who does not see it": c.Joel} {
			if err := testkit.Fails(t, s, func(tx *db.Tx) error { return direction.End(tx, me, head.ID) }); !errors.Is(err, problem.NotFound) {
				t.Errorf("%s ends it: %v", name, err)
			}
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return direction.End(tx, c.Ana, head.ID) })
		if got := seen(t, s, c.Ines); len(got) != 0 {
			t.Errorf("after its end: %q", got)
		}
	})
}
