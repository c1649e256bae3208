package disclosure

import (
	"cmp"
	"slices"
)

// groupParts decides which parts a table shows apart: as many as half of the groups that are large enough can show.
// Others are put together with their neighbours; and what a coarser table has put together stays so.
func (w *work) groupParts(t *table) {
	var may []int // parts before which there may be a cut
	for k := 1; k < w.Parts; k++ {
		if len(t.order) > 0 && !slices.ContainsFunc(t.order[0].within, func(c *cell) bool { return c.table.of[k] == c.table.of[k-1] }) {
			may = append(may, k)
		}
	}
	large := slices.DeleteFunc(slices.Clone(t.order), func(c *cell) bool { return c.by < AtLeast })
	best, most := []int(nil), 0
	for chosen := range 1 << len(may) {
		var cuts []int
		for n, k := range may {
			if chosen&(1<<n) != 0 {
				cuts = append(cuts, k)
			}
		}
		t.cut(cuts, w.Parts)
		if n := t.passing(large); 2*n >= len(large) && n > 0 && (len(cuts) > len(best) || len(cuts) == len(best) && n > most) {
			best, most = cuts, n
		}
	}
	t.cut(best, w.Parts)
	w.sum(t)
}

func (t *table) cut(cuts []int, parts int) {
	t.groups, t.of = nil, make([]int, parts)
	for k := range parts {
		if k == 0 || slices.Contains(cuts, k) {
			t.groups = append(t.groups, [2]int{k, k})
		}
		t.groups[len(t.groups)-1][1] = k + 1
		t.of[k] = len(t.groups) - 1
	}
}

// passing tells how many of the cells have enough people in each part.
func (t *table) passing(large []*cell) int {
	n := 0
	for _, c := range large {
		if !slices.ContainsFunc(t.groups, func(g [2]int) bool { return c.rangeBy[g[0]][g[1]-1] < PartBy }) {
			n++
		}
	}
	return n
}

// sum adds up what the cells of a table show.
func (w *work) sum(t *table) {
	for _, c := range t.order {
		c.sum, c.groupBy, c.total = make([]int, len(t.groups)), make([]int, len(t.groups)), 0
	}
	for _, c := range w.classes {
		if t.by == 0 {
			c.groupBy = make([]int, len(t.groups))
		}
	}
	for n, p := range w.People {
		c, alike := t.cells[t.by.of(p.In)], w.of[n]
		for g, group := range t.groups {
			if n := total(p.Count[group[0]:group[1]]); n > 0 {
				if t.by == 0 {
					alike.groupBy[g]++
				}
				c.sum[g] += n
				c.total += n
				c.groupBy[g]++
			}
		}
	}
}

// hideFew hides what too few people are in, and where all or none of a group would be seen to have done a thing.
func (w *work) hideFew() {
	for _, by := range Breakdowns {
		for _, c := range w.tables[by].order {
			c.shown = w.bears(c.people, c.by, c.groupBy)
		}
	}
}

// bears tells whether a group can be shown: enough have something to count, in every part; and where each counts once
// at most, some do not.
func (w *work) bears(people, by int, groupBy []int) bool {
	return by >= AtLeast && enough(groupBy) && (!w.OneOf || people-by >= PartBy)
}

func enough(groupBy []int) bool {
	return !slices.ContainsFunc(groupBy, func(by int) bool { return by < PartBy })
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

// hideRest hides the smallest of the cells that make up another, until the hidden ones together would bear to be shown.
func (w *work) hideRest(row []*cell) (hid bool) {
	people, rest, groupBy, hidden := 0, 0, make([]int, len(row[0].groupBy)), 0
	take := func(c *cell) {
		hidden++
		people += c.people
		rest += c.by
		for g, by := range c.groupBy {
			groupBy[g] += by
		}
	}
	var shown []*cell
	for _, c := range row {
		if c.shown {
			shown = append(shown, c)
		} else {
			take(c)
		}
	}
	slices.SortStableFunc(shown, func(a, b *cell) int { return cmp.Compare(a.by, b.by) })
	for _, c := range shown {
		if hidden == 0 || w.bears(people, rest, groupBy) {
			break
		}
		c.shown, hid = false, true
		take(c)
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
