// Package cadence lays out the conversations of a year: when two people can meet, around both
// sides' zones, working hours, days away and busy times. It knows no people and no store.
//
// A conversation belongs into a window of days around the day on which it would be best. Where no
// time in its window is free for both, it is not placed badly: it is named as a gap, with the
// reason. The same input always gives the same year.
package cadence

import (
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/civil"
)

// Interval is a time from one moment to before the other.
type Interval struct{ From, To time.Time }

// Clock is a part of a day in minutes from midnight, as the clock on the wall shows them.
type Clock struct{ From, To int }

// Side is one of the two: when they can meet.
type Side struct {
	Zone  *time.Location
	Hours [7][]Clock   // working hours by time.Weekday
	Away  []civil.Span // days of theirs, in their zone
	Busy  []Interval
}

// Wish is a conversation that wants a place.
type Wish struct {
	Month   civil.Date // the first day of the month that it stands for
	Kind    string
	Minutes int
	Ideal   civil.Date // the day on which it would be best, in the owner's zone
	Window  civil.Span // the days on which it may be
}

// Pair is somebody with whom the partner meets.
type Pair struct {
	Key    string // orders pairs that are alike
	Owner  Side
	Wishes []Wish     // in the order of time
	Fixed  []Interval // conversations of the two that stand: nothing is placed near them, and they stay
	Habit  Habit      // when the two met so far; zero: not known
}

// Habit is the weekday and the time of the day, in the owner's zone, at which two usually meet.
type Habit struct {
	Weekday time.Weekday
	Minute  int // from midnight; 0: none
}

// Year is what was found for a pair.
type Year struct {
	Placed []Placed
	Gaps   []Gap
}

// Placed is a wish with its time.
type Placed struct {
	Wish
	At time.Time // UTC
}

// Gap is a wish for which no time was found.
type Gap struct {
	Wish
	Why Why
}

// Why is the reason of a gap.
type Why string

// The reasons, in the order in which they are looked for.
const (
	Hours       Why = "hours"        // the working hours of the two never meet
	OwnerAway   Why = "owner away"   // on all days on which they could
	PartnerAway Why = "partner away" //
	BothAway    Why = "both away"    // one or the other, on each of the days
	Busy        Why = "busy"         // no hour in which neither is busy
	Taken       Why = "taken"        // every hour that is left is another pair's, or too near to the one before
)

// Apart is how many days lie at least between two conversations of a pair.
const Apart = 14

// LayOut finds times for the wishes of all who meet with one partner: no two in the same hour of
// the partner's clock, none in the hours that are taken by others, spread over the days. The
// years are in the order of the pairs.
func LayOut(partner Side, taken []Interval, pairs []Pair) []Year {
	years := make([]Year, len(pairs))
	l := newLayout(partner, taken, pairs)
	if l == nil {
		return years
	}
	// Those with the least room choose first (Haralick and Elliott 1980, "fail first").
	slices.SortStableFunc(l.pairs, func(a, b *pairing) int {
		if a.room != b.room {
			return a.room - b.room
		}
		return strings.Compare(a.Key, b.Key)
	})
	for _, p := range l.pairs {
		p.chooseHabit()
		for n := range p.Wishes {
			p.place(n)
		}
	}
	for _, p := range l.pairs {
		years[p.number] = p.year()
	}
	return years
}

// Offers finds times for one wish of a pair, the best first, each on another day.
func Offers(partner Side, taken []Interval, pair Pair, most int) []time.Time {
	pair.Wishes = pair.Wishes[:1]
	l := newLayout(partner, taken, []Pair{pair})
	if l == nil {
		return nil
	}
	p := l.pairs[0]
	p.chooseHabit()
	var offers []time.Time
	days := map[int]bool{}
	for _, s := range p.slots(0, l.free(p)) {
		if !days[s.day] && len(offers) < most {
			days[s.day] = true
			offers = append(offers, l.at(s.quarter))
		}
	}
	return offers
}

// Fits tells whether both sides are free at a time, within their working hours.
func Fits(owner, partner Side, at time.Time, minutes int) bool {
	day := civil.In(at, time.UTC)
	c := newCalendar(day, day)
	first := c.quarterOf(at)
	both := c.mask(owner).free.and(c.mask(partner).free)
	return both.has(first, quarters(int(at.Sub(c.at(first))/time.Minute)+minutes))
}
