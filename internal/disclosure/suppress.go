package disclosure

import (
	"cmp"
	"slices"
)

// hideFew hides groups in which too few people could have something to count.
func (w *work) hideFew() {
	for _, by := range Breakdowns {
		for _, c := range w.tables[by].order {
			c.shown = c.people >= AtLeast
		}
	}
}

// hideRests hides more, until nothing small is left over when one takes what is shown of a group from the group.
func (w *work) hideRests() {
	for again := true; again; {
		again = false
		for _, by := range Breakdowns {
			for _, c := range w.tables[by].order {
				if c.shown && slices.ContainsFunc(c.within, func(parent *cell) bool { return !parent.shown }) {
					c.shown, again = false, true
				}
			}
		}
		for _, by := range Breakdowns {
			for _, parent := range w.tables[by].order {
				for _, row := range parent.rows {
					if parent.shown && len(row) > 0 && w.hideRest(row) {
						again = true
					}
				}
			}
		}
	}
}

// hideRest hides the smallest of the cells that make up another, until the hidden ones together are enough to be shown.
func (w *work) hideRest(row []*cell) (hid bool) {
	people, hidden := 0, 0
	var shown []*cell
	for _, c := range row {
		if c.shown {
			shown = append(shown, c)
		} else {
			hidden++
			people += c.people
		}
	}
	slices.SortStableFunc(shown, func(a, b *cell) int { return cmp.Compare(a.people, b.people) })
	for _, c := range shown {
		if hidden == 0 || people >= AtLeast {
			break
		}
		c.shown, hid = false, true
		hidden++
		people += c.people
	}
	return hid
}

func total(counts []int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}
