package cadence

import (
	"math/bits"
	"time"

	"github.com/ownward/ownward/internal/civil"
)

// Time is looked at by quarters of an hour: every zone of today is whole quarters from UTC.
const (
	quarter = 15 * time.Minute
	perDay  = 96
)

// quarters is how many quarters so many minutes take.
func quarters(minutes int) int { return (minutes + 14) / 15 }

// bitmap has one bit a quarter.
type bitmap []uint64

func (b bitmap) set(from, to int) {
	for q := max(from, 0); q < min(to, len(b)*64); q++ {
		b[q/64] |= 1 << (q % 64)
	}
}

func (b bitmap) clear(from, to int) {
	for q := max(from, 0); q < min(to, len(b)*64); q++ {
		b[q/64] &^= 1 << (q % 64)
	}
}

// has tells whether all of n quarters are there.
func (b bitmap) has(from, n int) bool {
	if from < 0 || from+n > len(b)*64 {
		return false
	}
	for q := from; q < from+n; q++ {
		if b[q/64]>>(q%64)&1 == 0 {
			return false
		}
	}
	return true
}

func (b bitmap) and(other bitmap) bitmap {
	both := make(bitmap, len(b))
	for i := range b {
		both[i] = b[i] & other[i]
	}
	return both
}

func (b bitmap) without(other bitmap) bitmap {
	rest := make(bitmap, len(b))
	for i := range b {
		rest[i] = b[i] &^ other[i]
	}
	return rest
}

func (b bitmap) count() int {
	n := 0
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

// calendar is the stretch of days that is looked at.
type calendar struct {
	first  civil.Date
	begins int       // the weekday of the first day
	origin time.Time // midnight UTC of the first day
	days   int
	zones  map[*time.Location]zone
}

// zone knows of each day of a calendar at which quarter it is noon there.
type zone struct {
	noon []int
	same []bool // the day has 24 hours, so that noon tells every time of it
}

// newCalendar covers the days and what belongs to them in other zones.
func newCalendar(from, to civil.Date) *calendar {
	first := from.AddDays(-2)
	return &calendar{first: first, begins: int(first.Weekday()), origin: first.Time(), days: to.DaysSince(first) + 3, zones: map[*time.Location]zone{}}
}

func (c *calendar) quarterOf(t time.Time) int {
	since := t.Sub(c.origin)
	if since < 0 {
		return -1
	}
	return int(since / quarter)
}

func (c *calendar) at(q int) time.Time { return c.origin.Add(time.Duration(q) * quarter) }

func (c *calendar) zone(place *time.Location) zone {
	if known, ok := c.zones[place]; ok {
		return known
	}
	z := zone{noon: make([]int, c.days), same: make([]bool, c.days)}
	year, month, day := c.first.Year(), c.first.Month(), c.first.Day()
	midnight := time.Date(year, month, day, 0, 0, 0, 0, place)
	for d := range c.days {
		next := time.Date(year, month, day+d+1, 0, 0, 0, 0, place)
		z.noon[d] = int(time.Date(year, month, day+d, 12, 0, 0, 0, place).Sub(c.origin) / quarter)
		z.same[d] = next.Sub(midnight) == 24*time.Hour
		midnight = next
	}
	c.zones[place] = z
	return z
}

// weekday is that of the day number d.
func (c *calendar) weekday(d int) time.Weekday {
	return time.Weekday((c.begins + d) % 7)
}

// mask is when a side can meet, in three steps.
type mask struct {
	hours   bitmap // its working hours
	present bitmap // without the days away
	free    bitmap // without the busy times
}

func (c *calendar) mask(s Side) mask {
	words := (c.days*perDay + 63) / 64
	m := mask{hours: make(bitmap, words), present: make(bitmap, words), free: make(bitmap, words)}
	z := c.zone(s.Zone)
	away := make([]bool, c.days)
	for _, span := range s.Away {
		for d := max(span.From.DaysSince(c.first), 0); d <= min(span.To.DaysSince(c.first), c.days-1); d++ {
			away[d] = true
		}
	}
	for d := range c.days {
		for _, h := range s.Hours[c.weekday(d)] {
			from, to := c.span(s.Zone, z, d, h)
			m.hours.set(from, to)
			if !away[d] {
				m.present.set(from, to)
			}
		}
	}
	copy(m.free, m.present)
	for _, b := range s.Busy {
		if b.To.After(c.origin) {
			m.free.clear(c.quarterOf(b.From), c.quarterOf(b.To.Add(quarter-1)))
		}
	}
	return m
}

// span is a part of a day as quarters. Where the clock is put forward or back on that day, both
// of its ends are looked up.
func (c *calendar) span(place *time.Location, z zone, d int, h Clock) (from, to int) {
	if z.same[d] {
		return z.noon[d] + quarters(h.From) - perDay/2, z.noon[d] + h.To/15 - perDay/2
	}
	day := c.first.AddDays(d)
	return c.quarterOf(day.At(0, h.From, place).Add(quarter - 1)), c.quarterOf(day.At(0, h.To, place))
}
