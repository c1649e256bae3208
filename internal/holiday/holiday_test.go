package holiday_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/holiday"
)

func year(n int) civil.Span {
	return civil.Span{From: civil.On(n, time.January, 1), To: civil.On(n, time.December, 31)}
}

func has(place holiday.Place, day civil.Date) bool {
	return slices.ContainsFunc(place.In(civil.Span{From: day, To: day}), func(d holiday.Day) bool { return d.Day == day })
}

func TestTheHolidaysOfAPlaceAreKnown(t *testing.T) {
	for _, c := range []struct {
		place holiday.Place
		day   civil.Date
		is    bool
	}{
		{"DE", civil.On(2027, time.March, 29), true},     // Easter Monday
		{"DE", civil.On(2027, time.January, 6), false},   // not everywhere
		{"DE-BY", civil.On(2027, time.January, 6), true}, // but in Bavaria
		{"GB", civil.On(2027, time.December, 27), true},  // in the stead of a Saturday
		{"US", civil.On(2026, time.November, 26), true},  // the fourth Thursday
		{"US", civil.On(2027, time.December, 31), true},  // in the stead of a Saturday of the year after
		{"IT", civil.On(2027, time.June, 2), true},
		{"IT", civil.On(2027, time.June, 3), false},
		{"JP", civil.On(2027, time.January, 11), true},     // the second Monday
		{"AU-VIC", civil.On(2026, time.November, 3), true}, // the first Tuesday
		{"CH-TI", civil.On(2027, time.March, 19), true},
		{"XX", civil.On(2027, time.January, 1), false}, // not known
		{"", civil.On(2027, time.January, 1), false},
		{"DE-XX", civil.On(2027, time.January, 1), false},
		{"ZA", civil.On(2028, time.December, 25), true},
		{"DE", civil.On(2028, time.February, 29), false}, // a leap day
		{"SE", civil.On(2027, time.June, 25), true},      // Midsummer's eve
		{"PL", civil.On(2027, time.May, 27), true},       // Corpus Christi
		{"GR", civil.On(2027, time.May, 3), true},        // Easter Monday of the East
		{"CH-ZH", civil.On(2027, time.August, 1), true},
		{"NO", civil.On(2027, time.May, 17), true},
		{"CA", civil.On(2027, time.July, 1), true},
		{"BR", civil.On(2027, time.September, 7), true},
	} {
		if got := has(c.place, c.day); got != c.is {
			t.Errorf("%s on %s: got %v", c.place, c.day, got)
		}
	}
}

func TestEveryPlaceHasANameAndHolidays(t *testing.T) {
	places := holiday.Places()
	if len(places) < 80 {
		t.Errorf("%d places", len(places))
	}
	for _, p := range places {
		days := p.In(year(2027))
		if p.Name() == "" || !p.IsKnown() || len(days) < 5 || len(days) > 40 {
			t.Errorf("%s, %q, has %d holidays", p, p.Name(), len(days))
		}
		if !slices.IsSortedFunc(days, func(a, b holiday.Day) int { return a.Day.Time().Compare(b.Day.Time()) }) {
			t.Errorf("%s is not in order", p)
		}
	}
	if name := holiday.Place("DE-BY").Name(); name != "Germany, Bavaria" {
		t.Errorf("named %q", name)
	}
	if days := holiday.Place("DE").In(civil.Span{From: civil.On(1, 1, 1), To: civil.On(9999, 1, 1)}); days != nil {
		t.Errorf("of ten thousand years: %d", len(days))
	}
}
