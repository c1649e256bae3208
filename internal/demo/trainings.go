package demo

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/insight"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/programme"
)

// halfDays are what is taught in half a day, one in the second month of each quarter; the house pays.
var halfDays = []struct{ name, about string }{
	{"Hands on the new brake desk", "Half a day on the bench with Bashir. You stop a carriage eleven times, and the twelfth time in the dark."},
	{"Reading a rope by ear", "Half a day in the winch room. Stjepan taps, you listen, and at the end you say which of three has a broken wire."},
	{"Frost on the track: what to do first", "Half a day before the winter timetable: who is called, who decides, and what may wait until it is light."},
	{"Talking through the door of a stuck cabin", "Half a day with the people who take the calls. You learn what to say in the first minute, and what not."},
}

const (
	mostSeats = 12
	seatCost  = 60_00 // cents
)

// trainings plans them for the year: people sign up, get a seat or do not, and some tell what came of it.
func (t *telling) trainings(now time.Time) {
	last := insight.Last(now)
	for back := 10; back >= 0; back-- {
		month := last.AddMonths(-back)
		if month.Month()%3 == 2 && month.Time().After(t.date(-320).Time()) {
			t.training(month.AddDays(1).At(8, 0, t.zone), int(month.Month())/3)
		}
	}
}

func (t *telling) training(at time.Time, n int) {
	what := halfDays[n]
	var id db.ID
	var places []programme.Place
	day := func(days int) time.Time { return at.AddDate(0, 0, days) }
	t.does("claudio", day(0), "a training", func(tx *db.Tx, me org.Actor) error {
		line, err := t.budget("house")
		if err != nil {
			return err
		}
		id, err = programme.Post(tx, me, programme.Text{Kind: programme.Training, Name: what.name, About: what.about, Seats: mostSeats, Effort: 4, EffortIn: programme.Hours,
			Decides: programme.Budget, Cost: money.Of(seatCost, "EUR"), Budget: line})
		if err != nil {
			return err
		}
		return programme.Turn(tx, me, id, programme.Open)
	})
	t.does("", day(3), "signing up for a training", func(tx *db.Tx, _ org.Actor) error {
		places = nil
		for m, pair := range t.pairs() {
			who, err := org.UnscopedActor(tx, t.tenant, t.person(pair[0]))
			if err != nil {
				return err
			}
			if who.Left || m%3 == n%3 || len(places) == mostSeats+4 {
				continue
			}
			place, err := programme.SignUp(tx, who, id, programme.SignUpInput{})
			if err != nil {
				return err
			}
			places = append(places, place)
		}
		return nil
	})
	t.does("wanjiru", day(5), "seats in a training", func(tx *db.Tx, me org.Actor) error {
		for m, place := range places {
			if err := programme.Decide(tx, me, place.ID, programme.Answer{Yes: m < mostSeats-1, Words: "It is full, and it comes again next year: you are on the list for that one."}); err != nil {
				return err
			}
		}
		return nil
	})
	t.does("claudio", day(12), "a training is over", func(tx *db.Tx, me org.Actor) error { return programme.Turn(tx, me, id, programme.Ended) })
	t.does("", day(14), "what came of a training", func(tx *db.Tx, _ org.Actor) error {
		for m := range mostSeats - 4 {
			me, err := org.UnscopedActor(tx, t.tenant, places[m].Person.Person)
			if err != nil {
				return err
			}
			look := programme.LookText{Learned: "To wait for the sound before I act."}
			if m%2 == 0 {
				look.Used = "In the week after, at the weekly test."
			}
			if err := programme.LookBack(tx, me, places[m].ID, programme.AtEnd, 0, look); err != nil {
				return err
			}
			if err := programme.Tell(tx, me, places[m].ID, programme.AtEnd); err != nil {
				return err
			}
		}
		return nil
	})
}
