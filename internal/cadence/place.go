package cadence

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/civil"
)

// layout is the work of one partner with all pairs.
type layout struct {
	*calendar
	partner  Side
	zone     zone
	mask     mask
	taken    bitmap     // hours of the partner's clock that others have, and what is fixed
	placed   bitmap     // hours of the partner's clock that were given out here
	load     []int      // conversations of the partner by day
	weekdays [7]float64 // habits by weekday
	pairs    []*pairing
}

// pairing is the work of one pair.
type pairing struct {
	Pair
	*layout
	number int
	zone   zone
	mask   mask
	both   bitmap   // free for both, whatever was given out here
	room   int      // how much of it there is
	within []window // by wish
	at     []slot   // by wish
	habit  Habit
}

// slot is a possible beginning. The zero slot is none.
type slot struct {
	quarter, n int
	day        int // of the owner
	cost       float64
}

// window is that of a wish, as numbers of days.
type window struct{ first, last, ideal int }

// newLayout looks at the calendars of all; nil where there is nothing to place.
func newLayout(partner Side, taken []Interval, pairs []Pair) *layout {
	var from, to civil.Date
	for _, p := range pairs {
		for _, w := range p.Wishes {
			if from.IsZero() || w.Window.From.Before(from) {
				from = w.Window.From
			}
			if w.Window.To.After(to) {
				to = w.Window.To
			}
		}
	}
	if from.IsZero() {
		return nil
	}
	l := &layout{calendar: newCalendar(from, to), partner: partner}
	l.zone, l.mask, l.load = l.calendar.zone(partner.Zone), l.calendar.mask(partner), make([]int, l.days)
	l.taken, l.placed = make(bitmap, len(l.mask.free)), make(bitmap, len(l.mask.free))
	for _, t := range taken {
		l.block(l.taken, t)
	}
	for n, pair := range pairs {
		p := &pairing{Pair: pair, layout: l, number: n, zone: l.calendar.zone(pair.Owner.Zone), at: make([]slot, len(pair.Wishes))}
		for _, w := range pair.Wishes {
			p.within = append(p.within, window{w.Window.From.DaysSince(l.first), w.Window.To.DaysSince(l.first), w.Ideal.DaysSince(l.first)})
		}
		for _, f := range pair.Fixed {
			l.block(l.taken, f)
		}
		p.Owner.Busy = append(slices.Clone(p.Owner.Busy), pair.Fixed...)
		p.mask = l.calendar.mask(p.Owner)
		p.both = p.mask.free.and(l.mask.free)
		p.room = p.both.count()
		l.pairs = append(l.pairs, p)
	}
	return l
}

// block marks the hours of the partner's clock in which an interval lies.
func (l *layout) block(in bitmap, t Interval) {
	from, to := l.quarterOf(t.From), l.quarterOf(t.To.Add(quarter-1))
	if to <= 0 || from >= l.days*perDay {
		return
	}
	from, to = l.hours(from, to)
	in.set(from, to)
	l.load[min(max(from/perDay, 0), l.days-1)]++
}

// hours widens quarters to whole hours of the partner's clock.
func (l *layout) hours(from, to int) (int, int) {
	_, seconds := l.calendar.at(from).In(l.partner.Zone).Zone()
	past := func(q int) int { return (((q + seconds/900) % 4) + 4) % 4 }
	from -= past(from)
	if over := past(to); over > 0 {
		to += 4 - over
	}
	return from, to
}

// free is what a pair can still choose from.
func (l *layout) free(p *pairing) bitmap { return p.both.without(l.taken).without(l.placed) }

// chooseHabit finds the weekday and the time at which most of the wishes can be met, and best.
func (p *pairing) chooseHabit() {
	free := p.free(p)
	least := math.Inf(1)
	for weekday := range 7 {
		for minute := 0; minute < 24*60; minute += 30 {
			if !p.inHours(weekday, minute) {
				continue
			}
			cost := p.weekdays[weekday]
			for n, w := range p.Wishes {
				cost += p.habitCost(free, p.within[n], w.Minutes, weekday, minute)
			}
			if p.Habit.Minute > 0 && p.Habit == (Habit{time.Weekday(weekday), minute}) {
				cost -= keepsHabit * float64(len(p.Wishes))
			}
			if cost < least {
				least, p.habit = cost, Habit{time.Weekday(weekday), minute}
			}
		}
	}
	p.weekdays[p.habit.Weekday] += crowded * float64(len(p.Wishes))
}

func (p *pairing) inHours(weekday, minute int) bool {
	for _, h := range p.Owner.Hours[weekday] {
		if minute >= h.From && minute+15 <= h.To {
			return true
		}
	}
	return false
}

// What speaks against a time, in days that one would rather wait for a better one.
const (
	otherWeekday = 20.0
	otherTime    = 12.0
	perHourOff   = 1.0
	oddTime      = 6.0  // a quarter past or to
	atTheEdge    = 30.0 // the first or the last hour of a working day
	fridayLate   = 40.0
	crowded      = 4.0 // for each conversation that the partner has on that day
	notAtAll     = 60.0
	keepsHabit   = 15.0
)

// habitCost is what it costs a wish to be met on a weekday at a time.
func (p *pairing) habitCost(free bitmap, in window, minutes, weekday, minute int) float64 {
	least := notAtAll
	for d := in.first + (weekday-int(p.weekday(in.first))+7)%7; d <= in.last; d += 7 {
		q := p.zone.noon[d] + minute/15 - perDay/2
		if far := math.Abs(float64(d - in.ideal)); far < least && free.has(q, quarters(minutes)) {
			least = min(least, far+p.discomfort(d, minute, q, minutes))
		}
	}
	return least
}

// discomfort is what speaks against a time of the day for either side.
func (p *pairing) discomfort(day, minute, q, minutes int) float64 {
	cost := uncomfortable(p.Owner, p.weekday(day), minute, minutes)
	theirs := min(max(q/perDay, 0), p.days-1)
	for theirs > 0 && q < p.layout.zone.noon[theirs]-perDay/2 {
		theirs--
	}
	for theirs < p.days-1 && q >= p.layout.zone.noon[theirs+1]-perDay/2 {
		theirs++
	}
	return cost + uncomfortable(p.partner, p.weekday(theirs), (q-p.layout.zone.noon[theirs]+perDay/2)*15, minutes)
}

func uncomfortable(s Side, weekday time.Weekday, minute, minutes int) float64 {
	hours := s.Hours[weekday]
	if len(hours) == 0 {
		return 0
	}
	cost := 0.0
	if minute < hours[0].From+60 || minute+minutes > hours[len(hours)-1].To-60 {
		cost += atTheEdge
	}
	if weekday == time.Friday && minute+minutes > 12*60 {
		cost += fridayLate
	}
	return cost
}

// slots are the possible beginnings of a wish, the best first.
func (p *pairing) slots(n int, free bitmap) []slot {
	var all []slot
	for d := p.within[n].first; d <= p.within[n].last; d++ {
		p.on(d, n, free, func(s slot) { all = append(all, s) })
	}
	slices.SortStableFunc(all, better)
	return all
}

// best is the first of the slots; the zero slot where there is none. A day costs what it is off the
// ideal one, so that days further off need not be looked at once a better time is found.
func (p *pairing) best(n int, free bitmap) (best slot) {
	look := func(s slot) {
		if best.n == 0 || better(s, best) < 0 {
			best = s
		}
	}
	in := p.within[n]
	for off := 0; off <= max(in.ideal-in.first, in.last-in.ideal); off++ {
		if best.n > 0 && float64(off) > best.cost {
			break
		}
		if d := in.ideal - off; d >= in.first {
			p.on(d, n, free, look)
		}
		if d := in.ideal + off; off > 0 && d <= in.last {
			p.on(d, n, free, look)
		}
	}
	return best
}

func better(a, b slot) int { return cmp.Or(cmp.Compare(a.cost, b.cost), a.quarter-b.quarter) }

// on goes through the possible beginnings of a wish on a day.
func (p *pairing) on(d, n int, free bitmap, do func(slot)) {
	hours := p.Owner.Hours[p.weekday(d)]
	if len(hours) == 0 || p.tooNear(n, d) {
		return
	}
	minutes := p.Wishes[n].Minutes
	size := quarters(minutes)
	midnight := p.zone.noon[d] - perDay/2
	// Where the clock changes on that day, the night is an hour off.
	for minute := max(hours[0].From/15*15-60, 0); minute < min(hours[len(hours)-1].To+60, 24*60); minute += 15 {
		if q := midnight + minute/15; free.has(q, size) {
			do(slot{q, size, d, p.cost(d-p.within[n].ideal, d, minute, q, minutes)})
		}
	}
}

func (p *pairing) cost(off, day, minute, q, minutes int) float64 {
	cost := math.Abs(float64(off)) + p.discomfort(day, minute, q, minutes) + crowded*float64(p.load[min(q/perDay, p.days-1)])
	if p.weekday(day) != p.habit.Weekday {
		cost += otherWeekday
	}
	if minute%30 != 0 {
		cost += oddTime
	}
	if minute != p.habit.Minute {
		cost += otherTime + perHourOff*math.Abs(float64(minute-p.habit.Minute))/60
	}
	return cost
}

// tooNear tells whether a day lies too near to another conversation of the two.
func (p *pairing) tooNear(n, day int) bool {
	at := p.calendar.at(p.zone.noon[day])
	for _, f := range p.Fixed {
		if apart := at.Sub(f.From); apart.Abs() < (Apart-1)*24*time.Hour+12*time.Hour {
			return true
		}
	}
	for m, s := range p.at {
		if m != n && s.n > 0 && max(s.day-day, day-s.day) < Apart {
			return true
		}
	}
	return false
}

// place gives a wish the best of the times that are left. Where other pairs have all of them, one
// of those moves on if it can, and so on (the augmenting paths of Kuhn 1955).
func (p *pairing) place(n int) { p.try(n, map[*slot]bool{}) }

func (p *pairing) try(n int, asked map[*slot]bool) bool {
	if best := p.best(n, p.free(p)); best.n > 0 {
		p.take(n, best)
		return true
	}
	for _, s := range p.slots(n, p.both.without(p.taken)) {
		other, m, only := p.holder(s)
		if !only || asked[&other.at[m]] || len(asked) >= mostAsked {
			continue
		}
		asked[&other.at[m]] = true
		was := other.at[m]
		other.release(m)
		p.take(n, s)
		if other.try(m, asked) {
			return true
		}
		p.release(n)
		other.take(m, was)
	}
	return false
}

// mostAsked bounds how many conversations are asked to move on for one.
const mostAsked = 200

// holder is the one conversation whose hours a slot would need; only is false where there are several.
func (l *layout) holder(s slot) (other *pairing, m int, only bool) {
	from, to := l.hours(s.quarter, s.quarter+s.n)
	for _, p := range l.pairs {
		for i, held := range p.at {
			if held.n == 0 {
				continue
			}
			if f, t := l.hours(held.quarter, held.quarter+held.n); f < to && from < t {
				if other != nil {
					return nil, 0, false
				}
				other, m = p, i
			}
		}
	}
	return other, m, other != nil
}

func (p *pairing) take(n int, s slot) {
	p.at[n] = s
	p.placed.set(p.hours(s.quarter, s.quarter+s.n))
	p.load[min(s.quarter/perDay, p.days-1)]++
}

func (p *pairing) release(n int) {
	s := p.at[n]
	p.at[n] = slot{}
	p.placed.clear(p.hours(s.quarter, s.quarter+s.n))
	p.load[min(s.quarter/perDay, p.days-1)]--
}

// year is what was found.
func (p *pairing) year() Year {
	var y Year
	for n, w := range p.Wishes {
		if s := p.at[n]; s.n > 0 {
			y.Placed = append(y.Placed, Placed{w, p.calendar.at(s.quarter)})
		} else {
			y.Gaps = append(y.Gaps, Gap{w, p.why(n)})
		}
	}
	return y
}

// why finds the first thing that leaves no time for a wish.
func (p *pairing) why(n int) Why {
	room := func(b bitmap) bool {
		first := p.zone.noon[p.within[n].first] - perDay/2
		last := p.zone.noon[p.within[n].last] + perDay/2
		for q := first; q < last; q++ {
			if b.has(q, quarters(p.Wishes[n].Minutes)) {
				return true
			}
		}
		return false
	}
	owner, partner := p.mask, p.layout.mask
	switch {
	case !room(owner.hours.and(partner.hours)):
		return Hours
	case !room(owner.present.and(partner.hours)):
		return OwnerAway
	case !room(owner.hours.and(partner.present)):
		return PartnerAway
	case !room(owner.present.and(partner.present)):
		return BothAway
	case !room(p.both):
		return Busy
	}
	return Taken
}
