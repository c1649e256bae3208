package programme_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/programme"
	"github.com/ownward/ownward/internal/testkit"
)

func init() { event.React("person left", programme.PersonLeft) }

func refused(err error) bool { return errors.As(err, new(problem.Refused)) }

func text(change ...func(*programme.Text)) programme.Text {
	in := programme.Text{Kind: programme.Course, Name: "Speaking in front of people", About: "Two days with a trainer.", Seats: 2, EffortIn: programme.Hours, Effort: 16, Decides: programme.Nobody}
	for _, each := range change {
		each(&in)
	}
	return in
}

// posts lets somebody post a programme and open it.
func posts(t *testing.T, s testkit.Store, who org.Actor, in programme.Text) db.ID {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
		id, err := programme.Post(tx, who, in)
		return id, errors.Join(err, programme.Turn(tx, who, id, programme.Open))
	})
}

func signsUp(t *testing.T, s testkit.Store, who org.Actor, id db.ID, in ...programme.SignUpInput) db.ID {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
		p, err := programme.SignUp(tx, who, id, append(in, programme.SignUpInput{})[0])
		return p.ID, err
	})
}

func stands(t *testing.T, s testkit.Store, who org.Actor, id db.ID, want programme.PlaceState) programme.Place {
	t.Helper()
	p := testkit.Read(t, s, func(tx *db.Tx) (programme.Place, error) { return programme.PlaceByID(tx, who, id) })
	if p.State != want {
		t.Errorf("the place of %s is %s, want %s", p.Person.Name, p.State, want)
	}
	return p
}

func seats(t *testing.T, s testkit.Store, who org.Actor, id db.ID, taken int64) programme.Programme {
	t.Helper()
	p := testkit.Read(t, s, func(tx *db.Tx) (programme.Programme, error) { return programme.ByID(tx, who, id) })
	if p.Taken != taken {
		t.Errorf("%d seats are taken, want %d", p.Taken, taken)
	}
	return p
}

// jobs does what is due.
func jobs(t *testing.T, s testkit.Store) {
	t.Helper()
	runner := job.NewRunner(s.DB, slog.New(slog.DiscardHandler), map[string]job.Do{
		notice.Job:         func(context.Context, *db.DB, db.ID, job.Args) error { return nil },
		programme.LapseJob: programme.Lapse, programme.DayJob: programme.DayHasCome, programme.LookJob: programme.AskWhatCame,
	})
	if _, err := runner.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestTwoHundredSignUpsTakeTheLastSeatOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := posts(t, s, c.Ada, text(func(in *programme.Text) { in.Seats = 1 }))
		const all = 200
		people := make([]org.Actor, all)
		testkit.Do(t, s, func(tx *db.Tx) error {
			for n := range people {
				p, err := org.Add(tx, c.Ada, org.Details{Name: fmt.Sprintf("Person %d", n)})
				if err != nil {
					return err
				}
				people[n] = org.Actor{Organisation: c.Organisation.ID, Person: p.ID, Name: p.Name, Zone: time.UTC}
			}
			return nil
		})
		var wait sync.WaitGroup
		var mu sync.Mutex
		had := map[programme.PlaceState]int{}
		for _, who := range people {
			wait.Go(func() {
				p, err := db.Write(t.Context(), s.DB, func(tx *db.Tx) (programme.Place, error) {
					return programme.SignUp(tx, who, id, programme.SignUpInput{})
				})
				mu.Lock()
				defer mu.Unlock()
				if had[p.State]++; err != nil {
					t.Errorf("somebody could not sign up: %v", err)
				}
			})
		}
		wait.Wait()
		if had[programme.Placed] != 1 || had[programme.Waiting] != all-1 {
			t.Errorf("the last seat: %v", had)
		}
		seats(t, s, c.Ada, id, 1)
	})
}

func TestAFreedSeatGoesToTheNextInLine(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := posts(t, s, c.Ada, text(func(in *programme.Text) { in.Seats = 1 }))
		ines, joel, mira := signsUp(t, s, c.Ines, id), signsUp(t, s, c.Joel, id), signsUp(t, s, c.Mira, id)
		stands(t, s, c.Ines, ines, programme.Placed)
		last := stands(t, s, c.Mira, mira, programme.Waiting)
		if n := testkit.Read(t, s, func(tx *db.Tx) (int64, error) { return programme.Before(tx, c.Mira, last) }); n != 1 {
			t.Errorf("%d stand before her, want 1", n)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return programme.GiveUp(tx, c.Ines, ines) })
		stands(t, s, c.Joel, joel, programme.Offered)
		s.Clock.MoveDays(6)
		jobs(t, s) // he did not answer
		stands(t, s, c.Joel, joel, programme.Lapsed)
		stands(t, s, c.Mira, mira, programme.Offered)
		testkit.Do(t, s, func(tx *db.Tx) error { return programme.Accept(tx, c.Mira, mira) })
		stands(t, s, c.Mira, mira, programme.Placed)
		if p := seats(t, s, c.Ada, id, 1); p.Freed != 2 || p.InLine != 0 {
			t.Errorf("%d seats were given up, %d stand in line", p.Freed, p.InLine)
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return programme.Accept(tx, c.Joel, joel) }); !refused(err) {
			t.Errorf("a seat that has gone on: %v", err)
		}
		joel = signsUp(t, s, c.Joel, id)
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Mira.Person) })
	})
}

func TestNobodySaysYesToThemselves(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	id := posts(t, s, c.Tomas, text(func(in *programme.Text) { in.Kind, in.Decides = programme.Stretch, programme.Poster }))
	ines := signsUp(t, s, c.Ines, id, programme.SignUpInput{Hopes: "To speak up"})
	tomas := signsUp(t, s, c.Tomas, id)
	yes := programme.Answer{Yes: true}
	for who, one := range map[*org.Actor]db.ID{&c.Tomas: tomas, &c.Ines: ines, &c.Joel: ines, &c.Ada: ines} {
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return programme.Decide(tx, *who, one, yes) }); !errors.Is(err, problem.NotFound) {
			t.Errorf("%s says yes: %v", who.Name, err)
		}
	}
	testkit.Do(t, s, func(tx *db.Tx) error {
		return errors.Join(programme.Decide(tx, c.Tomas, ines, yes), programme.Decide(tx, c.Ada, tomas, yes))
	})
	if p := stands(t, s, c.Tomas, ines, programme.Placed); p.Hopes != "To speak up" {
		t.Errorf("who decides reads: %q", p.Hopes)
	}
	if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := programme.PlaceByID(tx, c.Ada, ines); return err }); !errors.Is(err, problem.NotFound) {
		t.Errorf("who does not decide reads it: %v", err)
	}
	roster := testkit.Read(t, s, func(tx *db.Tx) ([]programme.Participant, error) { return programme.Participants(tx, c.Ada, id) })
	if len(roster) != 2 {
		t.Errorf("who takes part: %v", roster)
	}
	if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := programme.Participants(tx, c.Ines, id); return err }); !errors.Is(err, problem.NotFound) {
		t.Errorf("a participant sees who takes part: %v", err)
	}
}

func TestWhatWaitsIsFoundByWhoAnswers(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		line := has(t, s, c, 500_00)
		byTomas := func(in *programme.Text) { in.Kind, in.Decides = programme.Stretch, programme.Poster }
		posted := posts(t, s, c.Tomas, text(byTomas))
		priced := posts(t, s, c.Ada, text(func(in *programme.Text) { in.Cost, in.Budget = money.Of(100_00, "EUR"), line }))
		finds := func(who org.Actor, want ...db.ID) {
			t.Helper()
			all := testkit.Read(t, s, func(tx *db.Tx) ([]programme.Place, error) { return programme.ForMe(tx, who, 10) })
			var got []db.ID
			for _, p := range all {
				got = append(got, p.ID)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s finds %d places that wait, want %d", who.Name, len(got), len(want))
			}
		}
		ines, own, joel, ana := signsUp(t, s, c.Ines, posted), signsUp(t, s, c.Tomas, posted), signsUp(t, s, c.Joel, priced), signsUp(t, s, c.Ana, priced)
		finds(c.Tomas, ines, ana) // he posted it, and is the second one for the budget: for what its owner wants
		finds(c.Ana, joel)
		finds(c.Ada, own)
		finds(c.Joel)
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			p, err := programme.ByID(tx, c.Tomas, posted)
			p.Decides = programme.Nobody
			return errors.Join(err, programme.Change(tx, c.Tomas, posted, p.Revision, p.Text))
		}); !errors.As(err, new(problem.Invalid)) {
			t.Errorf("nobody would answer those who wait: %v", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Tomas.Person) })
		finds(c.Ada, ines)
		testkit.Do(t, s, func(tx *db.Tx) error { return programme.Decide(tx, c.Ada, ines, programme.Answer{Yes: true}) })
		finds(c.Ada)
	})
}

// has is a budget of Ana's, with Tomás as the second.
func has(t *testing.T, s testkit.Store, c testkit.Company, minor int64) db.ID {
	t.Helper()
	l := testkit.Write(t, s, func(tx *db.Tx) (budget.Line, error) {
		return budget.Make(tx, c.Ada, budget.Text{CostCentre: "4711", Year: 2027, Name: "Learning", Amount: money.Of(minor, "EUR"), Owner: c.Ana.Self(), Second: c.Tomas.Self()})
	})
	return l.ID
}

func held(t *testing.T, s testkit.Store, c testkit.Company, line db.ID, reserved, spent int64) {
	t.Helper()
	l := testkit.Read(t, s, func(tx *db.Tx) (budget.Line, error) { return budget.ByID(tx, c.Ana, line) })
	if l.Reserved != reserved || l.Spent != spent {
		t.Errorf("%d are held and %d spent, want %d and %d", l.Reserved, l.Spent, reserved, spent)
	}
}

func TestMoneyGoesWithTheSeat(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		line := has(t, s, c, 250_00)
		id := posts(t, s, c.Ada, text(func(in *programme.Text) {
			in.Seats, in.Cost, in.Budget, in.Ends = 2, money.Of(100_00, "EUR"), line, civil.On(2027, time.January, 20)
		}))
		var places []db.ID
		for _, who := range []org.Actor{c.Ines, c.Joel, c.Mira, c.Ana} {
			places = append(places, signsUp(t, s, who, id))
		}
		yes := programme.Answer{Yes: true}
		says := func(who org.Actor, n int) error {
			return db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return programme.Decide(tx, who, places[n], yes) })
		}
		if err := says(c.Ana, 3); !errors.Is(err, problem.NotFound) {
			t.Errorf("the owner of the budget says yes to herself: %v", err)
		}
		for n := range 3 {
			if err := says(c.Ana, n); err != nil {
				t.Fatal(err)
			}
		}
		held(t, s, c, line, 200_00, 0)
		stands(t, s, c.Mira, places[2], programme.Waiting)
		hers := testkit.Read(t, s, func(tx *db.Tx) ([]budget.Reservation, error) { return budget.HeldFor(tx, c.Ines) })
		if len(hers) != 1 {
			t.Fatalf("%d sums are held for her", len(hers))
		}
		for what, act := range map[string]func(tx *db.Tx) error{
			"she spends it and keeps the seat":         func(tx *db.Tx) error { return budget.Spend(tx, c.Ines, hers[0].ID, money.Of(1, "EUR")) },
			"she returns it and keeps the seat":        func(tx *db.Tx) error { return budget.Release(tx, c.Ines, hers[0].ID) },
			"it is taken from under her, seat and all": func(tx *db.Tx) error { return budget.Release(tx, c.Ana, hers[0].ID) },
		} {
			if err := testkit.Fails(t, s, act); !refused(err) || !strings.Contains(err.Error(), "follows it") {
				t.Errorf("%s: %v", what, err)
			}
		}
		held(t, s, c, line, 200_00, 0)
		testkit.Do(t, s, func(tx *db.Tx) error { return programme.GiveUp(tx, c.Ines, places[0]) })
		stands(t, s, c.Mira, places[2], programme.Offered)
		held(t, s, c, line, 200_00, 0)
		testkit.Do(t, s, func(tx *db.Tx) error { return programme.Accept(tx, c.Mira, places[2]) })
		testkit.Do(t, s, func(tx *db.Tx) error {
			p, err := programme.ByID(tx, c.Ada, id)
			if err != nil {
				return err
			}
			p.Seats = 3
			return programme.Change(tx, c.Ada, id, p.Revision, p.Text)
		})
		if err := says(c.Tomas, 3); !refused(err) || !strings.Contains(err.Error(), "free") {
			t.Errorf("a third seat for 250: %v", err)
		}
		seats(t, s, c.Ada, id, 2)
		s.Clock.MoveDays(60)
		jobs(t, s)
		held(t, s, c, line, 0, 200_00)
		stands(t, s, c.Joel, places[1], programme.Done)
		stands(t, s, c.Ana, places[3], programme.Lapsed)
	})
}

func TestACancelledProgrammeReturnsEverything(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	line := has(t, s, c, 250_00)
	id := posts(t, s, c.Ada, text(func(in *programme.Text) { in.Cost, in.Budget = money.Of(100_00, "EUR"), line }))
	ines, joel := signsUp(t, s, c.Ines, id), signsUp(t, s, c.Joel, id)
	testkit.Do(t, s, func(tx *db.Tx) error { return programme.Decide(tx, c.Ana, ines, programme.Answer{Yes: true}) })
	if err := testkit.Fails(t, s, func(tx *db.Tx) error { return programme.Cancel(tx, c.Ada, id, "") }); !errors.As(err, new(problem.Invalid)) {
		t.Errorf("without a word: %v", err)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return programme.Cancel(tx, c.Ada, id, "The trainer is ill.") })
	stands(t, s, c.Ines, ines, programme.CalledOff)
	stands(t, s, c.Joel, joel, programme.CalledOff)
	held(t, s, c, line, 0, 0)
	if p := seats(t, s, c.Mira, id, 0); p.Cancelled != "The trainer is ill." {
		t.Errorf("it says: %q", p.Cancelled)
	}
	told := testkit.Read(t, s, func(tx *db.Tx) (int64, error) {
		return db.One(tx, db.Scanned[int64], "select count(*) from jobs where kind = 'notice' and key like '%cancelled%' and organisation_id = $1", c.Organisation.ID)
	})
	if told != 2 {
		t.Errorf("%d were told, want 2", told)
	}
}

func TestWhoMayPostAndWhoMaySignUp(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	post := func(who org.Actor, in programme.Text) error {
		return db.Do(t.Context(), s.DB, func(tx *db.Tx) error { _, err := programme.Post(tx, who, in); return err })
	}
	if err := post(c.Ines, text()); !refused(err) {
		t.Errorf("somebody who leads nobody posts: %v", err)
	}
	if err := post(c.Tomas, text()); !errors.As(err, new(problem.Invalid)) {
		t.Errorf("a manager posts a course: %v", err)
	}
	draft := testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
		return programme.Post(tx, c.Tomas, text(func(in *programme.Text) { in.Kind = programme.Project }))
	})
	if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := programme.ByID(tx, c.Ada, draft); return err }); !errors.Is(err, problem.NotFound) {
		t.Errorf("a draft of somebody else: %v", err)
	}
	id := posts(t, s, c.Ada, text(func(in *programme.Text) {
		in.Builds, in.ApplyUntil, in.Employment = []programme.Skill{{Name: "Go", Level: 3}}, civil.On(2026, time.December, 1), []string{"Employee"}
	}))
	up := func(who org.Actor, level int64) error {
		return db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
			_, err := programme.SignUp(tx, who, id, programme.SignUpInput{Stated: []programme.Skill{{Level: level}}})
			return err
		})
	}
	if err := up(c.Joel, 2); !errors.As(err, new(problem.Invalid)) {
		t.Errorf("less than it builds on: %v", err)
	}
	testkit.Do(t, s, func(tx *db.Tx) error {
		p, err := org.ByID(tx, c.Ada, c.Mira.Person)
		p.Employment = "Freelance"
		return errors.Join(err, org.Change(tx, c.Ada, p.ID, p.Revision, p.Details))
	})
	if err := up(c.Mira, 3); !refused(err) {
		t.Errorf("another kind of employment: %v", err)
	}
	if err := up(c.Ines, 3); err != nil {
		t.Error(err)
	}
	if err := up(c.Ines, 3); !refused(err) {
		t.Errorf("twice: %v", err)
	}
	s.Clock.MoveDays(20)
	if err := up(c.Joel, 3); !refused(err) {
		t.Errorf("after the last day: %v", err)
	}
}

func TestWhatCameOfItIsTheirsUntilTheyTellIt(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	id := posts(t, s, c.Tomas, text(func(in *programme.Text) { in.Kind, in.Decides = programme.Project, programme.Poster }))
	place := signsUp(t, s, c.Ines, id)
	testkit.Do(t, s, func(tx *db.Tx) error { return programme.Decide(tx, c.Tomas, place, programme.Answer{Yes: true}) })
	look := func(when programme.When, in programme.LookText) error {
		return db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return programme.LookBack(tx, c.Ines, place, when, 0, in) })
	}
	in := programme.LookText{Learned: "To cut what is not needed"}
	if err := look(programme.AtEnd, in); !refused(err) {
		t.Errorf("before it ended: %v", err)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return programme.Turn(tx, c.Tomas, id, programme.Ended) })
	if err := look(programme.AtEnd, in); err != nil {
		t.Fatal(err)
	}
	if err := look(programme.AtEnd, in); !errors.As(err, new(*problem.Conflict)) {
		t.Errorf("the second of two: %v", err)
	}
	if err := look(programme.Later, in); !refused(err) {
		t.Errorf("three months later, today: %v", err)
	}
	reads := func() []programme.Look {
		return testkit.Read(t, s, func(tx *db.Tx) ([]programme.Look, error) { return programme.Looks(tx, c.Tomas, place) })
	}
	if got := reads(); len(got) != 0 {
		t.Errorf("before it was told: %v", got)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return programme.Tell(tx, c.Ines, place, programme.AtEnd) })
	if got := reads(); len(got) != 1 || got[0].Learned != in.Learned {
		t.Errorf("once it was told: %v", got)
	}
	s.Clock.MoveDays(92)
	jobs(t, s)
	if err := look(programme.Later, in); err != nil {
		t.Error(err)
	}
	if got := reads(); len(got) != 1 {
		t.Errorf("the second was told too: %v", got)
	}
}

func TestTheCatalogueIsNarrowed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		other := testkit.NewCompany(t, s, "other.example")
		posts(t, s, other.Ada, text())
		posts(t, s, c.Ada, text(func(in *programme.Text) {
			in.Name, in.Teaches, in.Begins = "Second", []programme.Skill{{Name: "Go"}}, civil.On(2027, time.March, 1)
		}))
		first := posts(t, s, c.Ada, text(func(in *programme.Text) { in.Name, in.Begins, in.Seats = "First", civil.On(2027, time.February, 1), 1 }))
		posts(t, s, c.Tomas, text(func(in *programme.Text) { in.Name, in.Kind = "Third", programme.Stretch }))
		signsUp(t, s, c.Ines, first)
		for want, f := range map[string]programme.Filter{
			"First Second Third": {}, "Second": {Skill: "go"}, "Third": {Kind: programme.Stretch}, "Second Third": {Free: true}, "Second Third ": {From: civil.On(2027, time.February, 2)}, "Second Third  ": {After: first},
		} {
			found := testkit.Read(t, s, func(tx *db.Tx) ([]programme.Programme, error) { return programme.Catalogue(tx, c.Ines, f, 10) })
			var names []string
			for _, p := range found {
				names = append(names, p.Name)
			}
			if !slices.Equal(names, strings.Fields(want)) {
				t.Errorf("%+v: %v, want %s", f, names, want)
			}
		}
	})
}
