package house_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/civil"
)

// oracle is what happened in the simulation, and says from it alone, without the store and without the
// program, which mails should have come.
type oracle struct {
	years    []year
	talks    []talk
	promises []promise
	asks     []asked
}

// year is that somebody has a year of conversations with a manager, from a time to another.
type year struct {
	who, manager int
	from, to     time.Time
}

type talk struct {
	a, b        int
	made, at    time.Time
	cancelledAt time.Time
}

type promise struct {
	by, to       int
	made         time.Time
	due, checkIn civil.Date
	done, kept   time.Time
}

type asked struct {
	owner, whom int
	sent        time.Time
	by          civil.Date
	back        time.Time
}

// The mails by their subjects.
const (
	toMeet   = "A conversation of yours in Ownward is near"
	isDue    = "A promise of yours in Ownward is due soon"
	lookBack = "A promise in Ownward can be looked back on"
	waiting  = "What was asked in Ownward still waits for an answer"
	digested = "Your week in Ownward"
)

// ended notes that a reporting line has ended, and with it the year: what was to come in it is cancelled.
func (o *oracle) ended(who, manager int, at time.Time) {
	for i, y := range o.years {
		if y.who == who && y.manager == manager && y.to.After(at) {
			o.years[i].to = at
		}
	}
}

// expects lists what should have come.
func (o *oracle) expects(sim *simulation) []came {
	var all []came
	expect := func(who int, what string, at time.Time) {
		if !at.Before(downFrom) && at.Before(downTo) {
			at = downTo
		}
		if at.Before(simEnd) {
			all = append(all, came{who, what, at})
		}
	}
	for _, t := range o.talks {
		before := next(t.at.Add(-24 * time.Hour))
		if !before.After(t.cancelledAt) && !(!before.Before(downFrom) && before.Before(downTo) && !downTo.Before(t.at)) {
			expect(t.a, toMeet, before)
			expect(t.b, toMeet, before)
		}
	}
	for _, m := range o.ofPromises(sim) {
		expect(m.who, m.what, m.at)
	}
	for _, a := range o.asks {
		expect(a.whom, waiting, sim.morning(a.whom, a.by.AddDays(-2), a.sent))
		after := sim.morning(a.owner, a.by.AddDays(1), a.sent)
		expect(a.owner, waiting, after)
		expect(a.whom, waiting, after)
	}
	for who := range simPeople {
		for day := civil.In(simBegin, time.UTC); day.Before(civil.In(simEnd, time.UTC)); day = day.AddDays(1) {
			if day.Weekday() != sim.choice[who].Weekday {
				continue
			}
			due := sim.local(who, day, int(sim.choice[who].Hour), simBegin)
			made := due
			if !due.Before(downFrom) && due.Before(downTo) {
				made = downTo
			}
			if o.waits(who, day, made) {
				expect(who, digested, due)
			}
		}
	}
	return all
}

// next is when the program looks the next time: each half hour.
func next(at time.Time) time.Time {
	if down := at.Truncate(30 * time.Minute); !down.Equal(at) {
		return down.Add(30 * time.Minute)
	}
	return at
}

// ofPromises are the reminders of promises: before one is due, and on the day to look back to each side
// that has not said that it is done. What is said to somebody on one day is one mail of its kind.
func (o *oracle) ofPromises(sim *simulation) []came {
	var all []came
	for _, p := range o.promises {
		all = append(all, came{p.by, isDue, sim.morning(p.by, p.due.AddDays(-3), p.made)}, came{p.to, lookBack, sim.morning(p.to, p.checkIn, p.made)})
		if at := sim.morning(p.by, p.checkIn, p.made); !p.done.Before(at) {
			all = append(all, came{p.by, lookBack, at})
		}
	}
	for i, m := range all {
		if !m.at.Before(downFrom) && m.at.Before(downTo) {
			all[i].at = downTo
		}
	}
	slices.SortStableFunc(all, func(a, b came) int { return a.at.Compare(b.at) })
	told := map[string]bool{}
	return slices.DeleteFunc(all, func(m came) bool {
		day := fmt.Sprint(m.who, m.what, civil.In(m.at, sim.zone(m.who, m.at)))
		was := told[day]
		told[day] = true
		return was
	})
}

func (sim *simulation) morning(who int, day civil.Date, since time.Time) time.Time {
	return sim.local(who, day, 8, since)
}

// local is when it is that hour of the day where somebody is. Who moves away before it has come has
// it where they go, and at once where it has passed there.
func (sim *simulation) local(who int, day civil.Date, hour int, since time.Time) time.Time {
	stays := sim.stays[who]
	for i, s := range stays {
		at := time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, s.zone).UTC()
		if i+1 < len(stays) && !at.Before(stays[i+1].from) {
			continue
		}
		if at.Before(s.from) && since.Before(s.from) {
			return s.from.Add(30 * time.Minute) // the next look after the move
		}
		return at
	}
	return time.Time{}
}

// waits tells whether something waits for somebody when their digest is made: before what people do at
// that very time.
func (o *oracle) waits(who int, day civil.Date, now time.Time) bool {
	for _, t := range o.talks {
		if (t.a == who || t.b == who) && t.made.Before(now) && !now.After(t.cancelledAt) && t.at.After(now) && !t.at.After(now.Add(7*24*time.Hour)) {
			return true
		}
	}
	for _, p := range o.promises {
		standing := p.made.Before(now)
		near := func(on civil.Date) bool { return !on.After(day.AddDays(7)) && !on.Before(day.AddDays(-7)) }
		if p.by == who && standing && !now.After(p.done) && (near(p.due) || near(p.checkIn)) ||
			p.to == who && standing && !now.After(p.kept) && near(p.checkIn) {
			return true
		}
	}
	for _, a := range o.asks {
		if a.whom == who && a.sent.Before(now) && !now.After(a.back) {
			return true
		}
	}
	return false
}
