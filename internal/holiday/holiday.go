// Package holiday tells the public holidays of countries, and of regions where they differ. The
// days come from github.com/rickar/cal; a country that is missing is brought in as a file.
package holiday

import (
	"slices"
	"strings"
	"time"

	"github.com/rickar/cal/v2"

	"github.com/ownward/ownward/internal/civil"
)

// Place is a country, or a region of one, by its code: "DE", "DE-BY" (ISO 3166).
type Place string

// Day is one public holiday, by its name in the language of the place.
type Day struct {
	Day  civil.Date
	Name string
}

// IsKnown tells whether the holidays of a place are known.
func (p Place) IsKnown() bool {
	_, found := p.find()
	return found
}

// Name is what the place is called: "Germany", "Germany, Bavaria".
func (p Place) Name() string {
	found, _ := p.find()
	if found.region == "" {
		return found.country
	}
	return found.country + ", " + found.region
}

func (p Place) find() (row, bool) {
	i, found := slices.BinarySearchFunc(table(), p, func(r row, p Place) int { return strings.Compare(string(r.place), string(p)) })
	if !found {
		return row{}, false
	}
	return table()[i], true
}

// Places lists those whose holidays are known, by name.
func Places() []Place {
	var all []Place
	for _, r := range table() {
		all = append(all, r.place)
	}
	slices.SortFunc(all, func(a, b Place) int { return strings.Compare(a.Name(), b.Name()) })
	return all
}

// longest is how many years are looked at, at most.
const longest = 10

// In lists the holidays of the place within a span, the first first; both the day itself and the
// one in its stead where it falls on a weekend. Of a place that is not known there are none.
func (p Place) In(span civil.Span) []Day {
	found, _ := p.find()
	if span.From.IsZero() || span.To.Before(span.From) || span.To.Year()-span.From.Year() > longest {
		return nil
	}
	var all []Day
	for year := span.From.Year() - 1; year <= span.To.Year()+1; year++ { // in its stead, a day may be of another year
		for _, h := range found.days {
			actual, observed := h.Calc(year)
			for _, on := range []time.Time{actual, observed} {
				if day := dayOf(on); !on.IsZero() && span.Has(day) {
					all = append(all, Day{day, h.Name})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Day) int { return a.Day.Time().Compare(b.Day.Time()) })
	return slices.CompactFunc(all, func(a, b Day) bool { return a.Day == b.Day })
}

func dayOf(t time.Time) civil.Date { return civil.On(t.Year(), t.Month(), t.Day()) }

// row is a place with its rules.
type row struct {
	place           Place
	country, region string
	days            []*cal.Holiday
}
