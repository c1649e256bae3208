package nets

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/programme"
	"github.com/ownward/ownward/internal/testkit"
)

// TestNoSeatIsGivenTwice lets people sign up, answer, take and give back seats at random, also for themselves: each is
// done or refused in words, there are never more on the seats than seats, and nobody says yes to their own.
func TestNoSeatIsGivenTwice(t *testing.T) {
	const seats = 2
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 8))
	id := testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
		id, err := programme.Post(tx, c.Tomas, programme.Text{Kind: programme.Project, Name: "The new lock", About: "Four weeks", Seats: seats, EffortIn: programme.Weeks, Decides: programme.Poster})
		return id, errors.Join(err, programme.Turn(tx, c.Tomas, id, programme.Open))
	})
	people := []org.Actor{c.Tomas, c.Ada, c.Ines, c.Joel, c.Mira} // the first posted it, the second answers him
	places := map[int]db.ID{}
	done := func(n int, what string, do func(tx *db.Tx) error) error {
		err := db.Do(t.Context(), s.DB, do)
		if err != nil && !errors.As(err, new(problem.Refused)) && !errors.Is(err, problem.NotFound) {
			t.Fatalf("seed %d, act %d: %s comes to: %v", seed, n, what, err)
		}
		return err
	}
	var seated int64
	for n := range 600 {
		who, by := random.IntN(len(people)), random.IntN(4)/3
		switch place := places[who]; random.IntN(14) {
		case 0, 1, 2, 3:
			_ = done(n, "signing up", func(tx *db.Tx) error {
				p, err := programme.SignUp(tx, people[who], id, programme.SignUpInput{})
				if err == nil {
					places[who] = p.ID
				}
				return err
			})
		case 4, 5, 6, 7, 8:
			if err := done(n, "a yes to one’s own seat, or another’s,", func(tx *db.Tx) error {
				return programme.Decide(tx, people[by], place, programme.Answer{Yes: true})
			}); err == nil && by == who {
				t.Fatalf("seed %d, act %d: somebody says yes to their own seat", seed, n)
			}
		case 9, 10:
			_ = done(n, "taking a seat", func(tx *db.Tx) error { return programme.Accept(tx, people[who], place) })
		default:
			_ = done(n, "giving up", func(tx *db.Tx) error { return programme.GiveUp(tx, people[who], place) })
		}
		seated = testkit.Read(t, s, func(tx *db.Tx) (int64, error) {
			return db.One(tx, db.Scanned[int64], "select count(*) from programme_places where organisation_id = $1 and programme_id = $2 and state in ('offered', 'placed')", c.Organisation.ID, id)
		})
		if seated > seats {
			t.Fatalf("seed %d, act %d: %d sit on %d seats", seed, n, seated, seats)
		}
	}
	if p := testkit.Read(t, s, func(tx *db.Tx) (programme.Programme, error) { return programme.ByID(tx, c.Ada, id) }); p.Taken != seated {
		t.Errorf("seed %d: %d seats count as taken, and %d are", seed, p.Taken, seated)
	}
}
