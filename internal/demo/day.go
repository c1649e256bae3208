package demo

import (
	"sync"
	"time"

	"github.com/ownward/ownward/internal/civil"
)

// day is a day as the stories say it: so many days after today, or before it. 0 is no day.
// What falls on a weekend is moved off it, away from today's side: the past to the Friday
// before, the future to the Monday after. The order of days stays.
type day int

// calendar turns the days of the stories into dates.
type calendar struct{ today civil.Date }

func (c calendar) date(d day) civil.Date {
	if d == 0 {
		return civil.Date{}
	}
	date := c.today.AddDays(int(d))
	for date.Weekday() == time.Saturday || date.Weekday() == time.Sunday {
		if d < 0 {
			date = date.AddDays(-1)
		} else {
			date = date.AddDays(1)
		}
	}
	return date
}

// Clock is the clock of a store that is being filled: it stands where it is put, and once
// released it is the clock of the machine.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// NewClock stands at the beginning of the example organisation's year.
func NewClock() *Clock { return &Clock{at: time.Now().AddDate(-1, -1, 0)} }

// Now is the time by the clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at.IsZero() {
		return time.Now()
	}
	return c.at
}

func (c *Clock) put(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// release makes it the clock of the machine.
func (c *Clock) release() { c.put(time.Time{}) }
