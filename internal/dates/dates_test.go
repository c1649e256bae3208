package dates_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/testkit"
)

var (
	today = civil.On(2026, time.November, 23)
	soon  = dates.Span{From: today, To: today.AddDays(60)}
)

func away(t *testing.T, s testkit.Store, me org.Actor, shows dates.Shows) dates.Date {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (dates.Date, error) {
		return dates.Add(tx, me, dates.Text{Kind: dates.Absence, Title: "Walking", Note: "No telephone", From: today.AddDays(7), To: today.AddDays(14), Shows: shows})
	})
}

func found(t *testing.T, s testkit.Store, me org.Actor, id db.ID) (dates.Date, error) {
	t.Helper()
	var failure error
	return testkit.Read(t, s, func(tx *db.Tx) (d dates.Date, err error) {
		d, failure = dates.ByID(tx, me, id)
		return d, nil
	}), failure
}

func TestADateIsItsOwnersUntilTheyShowIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		d := away(t, s, c.Ines, dates.Days)
		for _, other := range []org.Actor{c.Tomas, c.Ada, c.Mira} {
			if _, err := found(t, s, other, d.ID); !errors.Is(err, problem.NotFound) {
				t.Errorf("%s finds what was not shared: %v", other.Name, err)
			}
		}
		what := share.What{Kind: "date", ID: d.ID}
		testkit.Do(t, s, func(tx *db.Tx) error { return share.WithManager(tx, c.Ines, what) })
		if seen, err := found(t, s, c.Tomas, d.ID); err != nil || seen.Title != "" || seen.Note != "" || seen.Kind != dates.Absence || seen.From != today.AddDays(7) {
			t.Errorf("the manager reads %+v (%v), and the days alone were shown", seen, err)
		}
		in := d.Text
		in.Shows = dates.Words
		testkit.Do(t, s, func(tx *db.Tx) error { return dates.Change(tx, c.Ines, d.ID, 1, in) })
		if seen, err := found(t, s, c.Tomas, d.ID); err != nil || seen.Title != "Walking" || seen.Note == "" {
			t.Errorf("the manager reads %+v (%v), and the words were shown", seen, err)
		}
		all := testkit.Read(t, s, func(tx *db.Tx) ([]dates.Date, error) { return dates.Shown(tx, c.Tomas, soon) })
		around := testkit.Read(t, s, func(tx *db.Tx) ([]dates.Date, error) { return dates.Around(tx, c.Tomas, c.Ines.Person, soon) })
		none := testkit.Read(t, s, func(tx *db.Tx) ([]dates.Date, error) { return dates.Around(tx, c.Mira, c.Ines.Person, soon) })
		if len(all) != 1 || len(around) != 1 || len(none) != 0 {
			t.Errorf("shown %v, around %v, and to who sees nothing %v", all, around, none)
		}
		for name, do := range map[string]func(tx *db.Tx) error{
			"changes": func(tx *db.Tx) error { return dates.Change(tx, c.Tomas, d.ID, 2, in) },
			"removes": func(tx *db.Tx) error { return dates.Remove(tx, c.Tomas, d.ID) },
			"shares":  func(tx *db.Tx) error { return dates.ShareWithTeam(tx, c.Tomas, d.ID) },
		} {
			if err := testkit.Fails(t, s, do); !errors.Is(err, problem.NotFound) {
				t.Errorf("who is shown it %s it: %v", name, err)
			}
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return dates.Remove(tx, c.Ines, d.ID) })
		if _, err := found(t, s, c.Tomas, d.ID); !errors.Is(err, problem.NotFound) {
			t.Errorf("removed, and yet found: %v", err)
		}
	})
}

func TestTheOrganisationsDatesAreForEverybodyInIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c, elsewhere := testkit.NewCompany(t, s, "weir.example"), testkit.NewCompany(t, s, "other.example")
		text := dates.Text{Kind: dates.Budget, Title: "Budgets for next year", From: today.AddDays(10)}
		d := testkit.Write(t, s, func(tx *db.Tx) (dates.Date, error) { return dates.AddToOrganisation(tx, c.Ada, text) })
		if seen, err := found(t, s, c.Ines, d.ID); err != nil || seen.Title != text.Title || !seen.IsOrganisations() || seen.To != text.From {
			t.Errorf("a person reads %+v (%v)", seen, err)
		}
		if _, err := found(t, s, elsewhere.Ines, d.ID); !errors.Is(err, problem.NotFound) {
			t.Errorf("somebody of another organisation finds it: %v", err)
		}
		for _, other := range []org.Actor{c.Ines, elsewhere.Ada} {
			for name, do := range map[string]func(tx *db.Tx) error{
				"changes": func(tx *db.Tx) error { return dates.Change(tx, other, d.ID, 1, text) },
				"removes": func(tx *db.Tx) error { return dates.Remove(tx, other, d.ID) },
				"shares":  func(tx *db.Tx) error { return dates.ShareWithTeam(tx, other, d.ID) },
			} {
				if err := testkit.Fails(t, s, do); !errors.Is(err, problem.NotFound) {
					t.Errorf("%s %s it: %v", other.Name, name, err)
				}
			}
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := dates.AddToOrganisation(tx, c.Ines, text); return err }); !errors.Is(err, problem.NotFound) {
			t.Errorf("who does not administer adds one: %v", err)
		}
		own := testkit.Read(t, s, func(tx *db.Tx) ([]dates.Along, error) { return dates.TakeAlong(tx, c.Ada) })
		list := testkit.Read(t, s, func(tx *db.Tx) ([]dates.Date, error) { return dates.OfOrganisation(tx, c.Ines, soon) })
		if len(own) != 0 || len(list) != 1 {
			t.Errorf("taken along: %v; listed: %v", own, list)
		}
	})
}

func TestAnAbsenceIsShownToTheTeamByName(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		d := away(t, s, c.Ines, dates.Words)
		testkit.Do(t, s, func(tx *db.Tx) error { return dates.ShareWithTeam(tx, c.Ines, d.ID) })
		team := testkit.Read(t, s, func(tx *db.Tx) ([]org.Person, error) { return dates.Team(tx, c.Ines) })
		given := testkit.Read(t, s, func(tx *db.Tx) (share.Audiences, error) { return share.Given(tx, c.Ines) })
		if len(team) == 0 || len(given) != len(team)+1 {
			t.Errorf("the team is %v, and it was shown to %v", team, given.Names())
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, "") })
		if _, err := found(t, s, c.Tomas, d.ID); !errors.Is(err, problem.NotFound) {
			t.Errorf("the former manager still sees it: %v", err)
		}
	})
}

func TestWhatCannotBeADateIsSaidByField(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	for field, in := range map[string]dates.Text{
		"kind":  {Kind: "party", From: today},
		"title": {Kind: dates.Other, From: today},
		"from":  {Kind: dates.Absence},
		"to":    {Kind: dates.Absence, From: today, To: today.AddDays(-1)},
		"shows": {Kind: dates.Absence, From: today, Shows: "nothing"},
	} {
		var wrong problem.Invalid
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := dates.Add(tx, c.Ines, in); return err }); !errors.As(err, &wrong) || wrong[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	var wrong problem.Invalid
	if err := testkit.Fails(t, s, func(tx *db.Tx) error {
		_, err := dates.AddToOrganisation(tx, c.Ada, dates.Text{Kind: dates.Absence, From: today})
		return err
	}); !errors.As(err, &wrong) || wrong["kind"] == "" {
		t.Errorf("the organisation is absent: %v", err)
	}
	d := away(t, s, c.Ines, dates.Days)
	var changed *problem.Conflict
	in := d.Text
	in.Title = "Sailing"
	testkit.Do(t, s, func(tx *db.Tx) error { return dates.Change(tx, c.Ines, d.ID, 1, in) })
	in.Title = "Rowing"
	if err := testkit.Fails(t, s, func(tx *db.Tx) error { return dates.Change(tx, c.Ines, d.ID, 1, in) }); !errors.As(err, &changed) || changed.Theirs["title"] != "Sailing" || changed.Mine["title"] != "Rowing" {
		t.Errorf("the second of two changes: %v", err)
	}
}
