package timeline

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/problem"
)

// Period is the stretch of time that is looked at.
type Period struct {
	Key      string // in the address; empty: the last twelve months
	Name     string
	From, To civil.Date // the last day belongs to it
	Year     int        // of a year or a quarter
}

const all = "all"

// PeriodOf is the period of a key: a year ("2026"), a quarter ("2026-q2"), "all" of it, or, for
// no key, the last twelve months. first is the first day that there is anything of.
//
// Errors: problem.NotFound for what is no period.
func PeriodOf(key string, first, today civil.Date) (Period, error) {
	switch key {
	case "":
		return Period{Name: "The last twelve months", From: today.AddMonths(-12), To: today}, nil
	case all:
		from := civil.On(first.Year(), first.Month(), 1)
		return Period{Key: key, Name: "All of it", From: from, To: today}, nil
	}
	year, quarter, isQuarter := strings.Cut(key, "-q")
	y, err := strconv.Atoi(year)
	if err != nil || y < 1970 || y > 2200 {
		return Period{}, problem.NotFound
	}
	if !isQuarter {
		return Period{key, year, civil.On(y, time.January, 1), civil.On(y, time.December, 31), y}, nil
	}
	q, err := strconv.Atoi(quarter)
	if err != nil || q < 1 || q > 4 {
		return Period{}, problem.NotFound
	}
	from := civil.On(y, time.Month(3*q-2), 1)
	return Period{key, fmt.Sprintf("%s quarter of %d", []string{"First", "Second", "Third", "Fourth"}[q-1], y), from, from.AddMonths(3).AddDays(-1), y}, nil
}

// Quarter is the key of a quarter.
func Quarter(year, quarter int) string { return fmt.Sprintf("%d-q%d", year, quarter) }

// days is how long the period lasts.
func (p Period) days() int { return p.To.DaysSince(p.From) + 1 }

// along is where a day stands on the axis, in percent of the width, within margins for labels.
func (p Period) along(day civil.Date) float64 {
	at := float64(day.DaysSince(p.From)) / float64(p.days())
	return 1 + 98*min(max(at, 0), 1)
}

// Tick is a line across the axis where something begins: a week, a month, a year.
type Tick struct {
	At          float64
	Label, More string // More is left out where there is little room
}

func (p Period) ticks() []Tick {
	var ticks []Tick
	switch n := p.days(); {
	case n <= 100: // a quarter: its weeks
		day := p.From
		for day.Weekday() != time.Monday {
			day = day.AddDays(1)
		}
		for i := 0; !day.After(p.To); i++ {
			tick := Tick{At: p.along(day), Label: strconv.Itoa(day.Day())}
			if i == 0 || day.Day() <= 7 {
				tick.More = " " + day.Month().String()[:3]
			}
			ticks = append(ticks, tick)
			day = day.AddDays(7)
		}
	case n <= 1200: // its months, or of a longer time every third
		step := 1
		if n > 400 {
			step = 3
		}
		for day := p.month(step); !day.After(p.To); day = day.AddMonths(step) {
			name := day.Month().String()
			tick := Tick{At: p.along(day), Label: name[:1], More: name[1:3]}
			if day.Month() == time.January {
				tick.More += fmt.Sprintf(" ’%02d", day.Year()%100)
			}
			ticks = append(ticks, tick)
		}
	default:
		for year := p.From.Year(); year <= p.To.Year(); year++ {
			if day := civil.On(year, time.January, 1); !day.Before(p.From) {
				ticks = append(ticks, Tick{At: p.along(day), Label: strconv.Itoa(year)})
			}
		}
	}
	return ticks
}

// month is the first month that begins in the period, of every one or of every third.
func (p Period) month(step int) civil.Date {
	day := civil.On(p.From.Year(), p.From.Month(), 1)
	for day.Before(p.From) || (int(day.Month())-1)%step != 0 {
		day = day.AddMonths(1)
	}
	return day
}
