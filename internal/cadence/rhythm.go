package cadence

import (
	"hash/fnv"

	"github.com/ownward/ownward/internal/civil"
)

// Rhythm is how often two meet, and for how long.
type Rhythm struct {
	Deep         []string // the kinds of the deep conversations, in their order, again and again
	DeepMinutes  int
	DeepMonths   int    // from one to the next
	Short        string // the kind of those between
	ShortMinutes int
	ShortMonths  int // from one to the next; 0: none
}

// Best is the day of the month around which the conversations of the pair with that key are
// placed. It does not depend on who else there is.
func Best(key string) int {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(key))
	return 8 + int(sum.Sum32()%14)
}

const (
	around   = 14 // days on either side of the best one
	lateDay  = 20 // who begins after it begins with the next month
	notice   = 2  // days between the beginning and the first conversation at least
	settling = 7  // days after which the first one would be best
)

// Wishes are the conversations of a rhythm that began on a day, in the months of a span: one a
// month at most, each within its month. The kinds go on from year to year.
func (r Rhythm) Wishes(since civil.Date, in civil.Span, best int) []Wish {
	anchor := civil.On(since.Year(), since.Month(), 1)
	if since.Day() > lateDay {
		anchor = anchor.AddMonths(1)
	}
	var wishes []Wish
	for n := 0; ; n++ {
		month := anchor.AddMonths(n)
		if month.After(in.To) {
			return wishes
		}
		w := Wish{Month: month}
		if !r.fill(&w, n) || month.AddMonths(1).AddDays(-1).Before(in.From) {
			continue
		}
		if w.days(n == 0, since, in, best) {
			wishes = append(wishes, w)
		}
	}
}

// fill says what belongs into the month number n, if anything does.
func (r Rhythm) fill(w *Wish, n int) bool {
	switch {
	case len(r.Deep) > 0 && n%r.DeepMonths == 0:
		w.Kind, w.Minutes = r.Deep[n/r.DeepMonths%len(r.Deep)], r.DeepMinutes
	case r.ShortMonths > 0 && n%r.ShortMonths == 0:
		w.Kind, w.Minutes = r.Short, r.ShortMinutes
	default:
		return false
	}
	return true
}

// days sets the window and the best day in it; false where no day is left. The first one comes soon.
func (w *Wish) days(first bool, since civil.Date, in civil.Span, best int) bool {
	ideal := w.Month.AddDays(best - 1)
	if first {
		ideal = latest(since.AddDays(settling), w.Month)
	}
	w.Window = civil.Span{
		From: latest(ideal.AddDays(-around), w.Month, in.From, since.AddDays(notice)),
		To:   earliest(ideal.AddDays(around), w.Month.AddMonths(1).AddDays(-1), in.To),
	}
	w.Ideal = earliest(latest(ideal, w.Window.From), w.Window.To)
	return !w.Window.To.Before(w.Window.From)
}

func latest(days ...civil.Date) civil.Date {
	last := days[0]
	for _, d := range days[1:] {
		if d.After(last) {
			last = d
		}
	}
	return last
}

func earliest(days ...civil.Date) civil.Date {
	first := days[0]
	for _, d := range days[1:] {
		if d.Before(first) {
			first = d
		}
	}
	return first
}
