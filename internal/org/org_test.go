package org_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func TestNobodyEndsUpBelowThemselves(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		var wrong problem.Invalid
		err := testkit.Fails(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ana.Person, c.Ines.Person) })
		if !errors.As(err, &wrong) || wrong["manager"] == "" {
			t.Errorf("a loop of three: got %v, want a message at the manager", err)
		}
		err = testkit.Fails(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ana.Person, c.Ana.Person) })
		if !errors.As(err, &wrong) {
			t.Errorf("one's own manager: got %v, want a message at the manager", err)
		}
	})
}

func TestOnlyAdministratorsChangeWhoIsHere(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		other := testkit.NewCompany(t, s, "other.example")
		for name, act := range map[string]func(tx *db.Tx, me org.Actor) error{
			"add": func(tx *db.Tx, me org.Actor) error { _, err := org.Add(tx, me, org.Details{Name: "X"}); return err },
			"change": func(tx *db.Tx, me org.Actor) error {
				return org.Change(tx, me, c.Ines.Person, 1, org.Details{Name: "X"})
			},
			"line":   func(tx *db.Tx, me org.Actor) error { return org.SetManager(tx, me, c.Ines.Person, c.Ana.Person) },
			"leave":  func(tx *db.Tx, me org.Actor) error { return org.Leave(tx, me, c.Ines.Person) },
			"return": func(tx *db.Tx, me org.Actor) error { return org.Return(tx, me, c.Ines.Person) },
			"name a programme owner": func(tx *db.Tx, me org.Actor) error {
				return org.NameProgrammeOwner(tx, me, c.Ines.Person, true)
			},
			"appoint": func(tx *db.Tx, me org.Actor) error { return org.Appoint(tx, me, c.Ines.Person, true) },
		} {
			for _, me := range []org.Actor{c.Ines, c.Tomas, c.Ana} {
				if err := testkit.Fails(t, s, func(tx *db.Tx) error { return act(tx, me) }); !errors.Is(err, problem.NotFound) {
					t.Errorf("%s by %s: got %v, want not found", name, me.Name, err)
				}
			}
			if name == "add" {
				continue
			}
			if err := testkit.Fails(t, s, func(tx *db.Tx) error { return act(tx, other.Ada) }); !errors.Is(err, problem.NotFound) {
				t.Errorf("%s by the administrator of another organisation: got %v, want not found", name, err)
			}
		}
	})
}

func TestWhoLeavesIsUnderNobodyAndAboveNobody(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Tomas.Person) })
		testkit.Read(t, s, func(tx *db.Tx) (struct{}, error) {
			if _, err := org.ManagerOf(tx, c.Ines); !errors.Is(err, problem.NotFound) {
				t.Errorf("Ines still has a manager (%v)", err)
			}
			if _, err := org.ByID(tx, c.Ines, c.Tomas.Person); !errors.Is(err, problem.NotFound) {
				t.Errorf("Ines still finds Tomás (%v)", err)
			}
			me, err := org.UnscopedActor(tx, c.Organisation.ID, c.Tomas.Person)
			if err != nil || !me.Left {
				t.Errorf("Tomás as an actor: left is %v, %v", me.Left, err)
			}
			reports, err := org.Reports(tx, c.Ana)
			if err != nil || len(reports) != 1 || reports[0].ID != c.Mira.Person {
				t.Errorf("Ana's reports: %v, %v, want Mira alone", reports, err)
			}
			return struct{}{}, nil
		})
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Return(tx, c.Ada, c.Tomas.Person) })
		got := testkit.Read(t, s, func(tx *db.Tx) ([]event.Event, error) {
			return event.UnscopedOf(tx, c.Organisation.ID, event.Thing{Kind: "person", ID: c.Tomas.Person})
		})
		var kinds []string
		for _, e := range got {
			kinds = append(kinds, e.Kind)
		}
		if want := []string{"person added", "person left", "person returned"}; !slices.Equal(kinds, want) {
			t.Errorf("history of Tomás: %v, want %v", kinds, want)
		}
	})
}

func TestTheLastAdministratorStays(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		var refused problem.Refused
		for _, act := range []func(tx *db.Tx) error{
			func(tx *db.Tx) error { return org.Appoint(tx, c.Ada, c.Ada.Person, false) },
			func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Ada.Person) },
		} {
			if err := testkit.Fails(t, s, act); !errors.As(err, &refused) {
				t.Errorf("got %v, want a refusal that says why", err)
			}
		}
	})
}

func TestTwoWindowsOnOnePersonLoseNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		first, second := org.Details{Name: "Ines Faria", JobTitle: "Senior engineer"}, org.Details{Name: "Ines Faria", JobTitle: "Staff engineer"}
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Change(tx, c.Ada, c.Ines.Person, 1, first) })
		err := testkit.Fails(t, s, func(tx *db.Tx) error { return org.Change(tx, c.Ada, c.Ines.Person, 1, second) })
		var both *problem.Conflict
		if !errors.As(err, &both) || both.Mine["job_title"] != "Staff engineer" || both.Theirs["job_title"] != "Senior engineer" {
			t.Errorf("got %v, want a conflict with both texts", err)
		}
	})
}

func TestNamesAreFoundWithoutCaseAndAccents(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.NewCompany(t, s, "other.example")
		for text, want := range map[string]int{"tomas": 1, "TOMÁS r": 1, "rei": 1, "": 6, "%": 0, "_nes": 0, "joel@weir": 1, "omas": 0} {
			found := testkit.Read(t, s, func(tx *db.Tx) ([]org.Person, error) { return org.Search(tx, c.Ines, text, org.Place{}, 50) })
			if len(found) != want {
				t.Errorf("%q finds %d people, want %d", text, len(found), want)
			}
		}
	})
}

func TestWhoHasLeftKnowsOfNobodyElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Tomas.Person) })
		testkit.Read(t, s, func(tx *db.Tx) (struct{}, error) {
			me, err := org.UnscopedActor(tx, c.Organisation.ID, c.Tomas.Person)
			if err != nil {
				return struct{}{}, err
			}
			if found, err := org.Search(tx, me, "", org.Place{}, 50); err != nil || len(found) != 0 {
				t.Errorf("Tomás still finds %d people (%v)", len(found), err)
			}
			if _, err := org.ByID(tx, me, c.Ines.Person); !errors.Is(err, problem.NotFound) {
				t.Errorf("Tomás still finds Ines (%v)", err)
			}
			if _, err := org.ByID(tx, me, me.Person); err != nil {
				t.Errorf("Tomás does not find himself: %v", err)
			}
			return struct{}{}, nil
		})
	})
}

func TestFoldingIsTheSameForPlainAndForAccentedNames(t *testing.T) {
	for name, want := range map[string]string{
		"  Ines   FARIA ": "ines faria", "Inès Fária": "ines faria", "Łukasz": "łukasz", "STRASSE Straße": "strasse strasse", "Ａda": "ada", "": "",
	} {
		if got := org.Fold(name); got != want {
			t.Errorf("%q folds to %q, want %q", name, got, want)
		}
	}
}

func TestASearchForAVeryLongTextFindsNobody(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		for _, text := range []string{strings.Repeat("a", 60_000), strings.Repeat("%_!", 20_000)} {
			if found := testkit.Read(t, s, func(tx *db.Tx) ([]org.Person, error) { return org.Search(tx, c.Ines, text, org.Place{}, 9) }); len(found) != 0 {
				t.Errorf("found %d people", len(found))
			}
		}
	})
}
