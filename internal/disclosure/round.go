package disclosure

import "slices"

// round rounds each number to the multiple of Base below or above it, by lot: the nearer, the likelier. So a number
// that is shown says of the true one that it is at most Off away, and no more.
func (t *table) round(draw func(n int) int) {
	for _, c := range t.order {
		if !c.shown {
			continue
		}
		c.values = make([]int, len(c.sum))
		for g, n := range c.sum {
			c.values[g] = rounded(n, draw)
		}
		c.rounded = c.values[0]
		if len(c.sum) > 1 {
			c.rounded = rounded(c.total, draw)
		}
	}
}

func rounded(n int, draw func(n int) int) int {
	over := n % Base
	if draw(Base) < over {
		return n - over + Base
	}
	return n - over
}

// move is a thought: that somebody did one thing more, one less, or another one.
type move struct{ from, to int } // parts; none: nothing

const none = -1

func (m move) back() move { return move{m.to, m.from} }

// agrees tells whether the move of one person in a cell would still agree with all that the cell shows.
func (c *cell) agrees(m move) bool {
	if !c.shown {
		return true
	}
	from, to := none, none
	if m.from != none {
		from = c.table.of[m.from]
	}
	if m.to != none {
		to = c.table.of[m.to]
	}
	if from == to {
		return true
	}
	if to != none && c.sum[to]+1 > c.values[to]+Off || from != none && c.sum[from]-1 < c.values[from]-Off {
		return false
	}
	more, less := from == none, to == none
	return !(more && c.total+1 > c.rounded+Off || less && c.total-1 < c.rounded-Off)
}

// hidePinned hides what would pin somebody down: where no other number of theirs agrees with all that is shown,
// alone or against another person, whoever of four and two more one takes away.
func (w *work) hidePinned() (hid bool) {
	for _, c := range w.classes {
		for _, ways := range w.moves(c) {
			for !w.free(c, ways) {
				if !c.hideTightest(ways) {
					break
				}
				hid = true
			}
		}
	}
	return hid
}

// moves are, for each number of somebody in the class, the moves of which one must be thinkable.
func (w *work) moves(c *class) [][]move {
	var all [][]move
	for k := range w.Parts {
		if !w.OneOf {
			all = append(all, []move{{none, k}})
			continue
		}
		if c.by < c.people {
			all = append(all, []move{{none, k}})
		}
		away := []move{{k, none}}
		for j := range w.Parts {
			if j != k && c.partBy[j] > 0 {
				all = append(all, []move{{j, k}})
			}
			if j != k {
				away = append(away, move{k, j})
			}
		}
		if c.partBy[k] > 0 {
			all = append(all, away)
		}
	}
	return all
}

func (w *work) free(c *class, ways []move) bool {
	for _, m := range ways {
		if len(c.tight(m)) == 0 || w.partners(c, m) {
			return true
		}
	}
	return false
}

// tight are the cells in which a move of one person of the class alone would not agree.
func (c *class) tight(m move) []*cell {
	var tight []*cell
	for _, by := range Breakdowns {
		if !c.cells[by].agrees(m) {
			tight = append(tight, c.cells[by])
		}
	}
	return tight
}

const (
	partnersNeeded = 7    // oneself, three more of a group under five, two who look, and one
	partnersTried  = 2000 // classes; where it takes more, it is hidden rather than looked for
)

// partners tells whether enough others could have done the opposite.
func (w *work) partners(c *class, m move) bool {
	where := c.tight(m)[0]
	for _, cell := range c.tight(m) {
		if len(cell.classes) < len(where.classes) {
			where = cell
		}
	}
	found := 0
	for n, other := range where.classes {
		if n == partnersTried {
			return false
		}
		if here := w.who(other, m.to); here > 0 && opposite(c, other, m) {
			if found += here; found >= partnersNeeded {
				return true
			}
		}
	}
	return false
}

// who tells how many of a class have something to count in the part, or in one that no table shows apart from it.
func (w *work) who(c *class, part int) int {
	if part == none {
		return c.people - c.by
	}
	return c.groupBy[w.tables[0].of[part]]
}

// opposite tells whether a move in one class and its opposite in another agree with all that is shown.
func opposite(c, other *class, m move) bool {
	for _, by := range Breakdowns {
		a, b := c.cells[by], other.cells[by]
		if a != b && (!a.agrees(m) || !b.agrees(m.back())) {
			return false
		}
	}
	return true
}

// hideTightest hides the smallest cell that stands in the way of the moves; the whole only where no other does.
func (c *class) hideTightest(ways []move) bool {
	var smallest *cell
	consider := func(cell *cell, agrees bool) {
		if !agrees && (smallest == nil || cell.by < smallest.by) {
			smallest = cell
		}
	}
	for _, m := range ways {
		for _, tight := range c.tight(m) {
			consider(tight, false)
		}
	}
	if smallest == nil {
		return false
	}
	if whole := smallest; whole.table.by == 0 {
		smallest = nil
		for _, other := range whole.classes[:min(partnersTried, len(whole.classes))] {
			for _, by := range Breakdowns[1:] {
				if cell := other.cells[by]; cell != c.cells[by] {
					consider(cell, !slices.ContainsFunc(ways, func(m move) bool { return !cell.agrees(m.back()) }))
				}
			}
		}
		if smallest == nil {
			smallest = whole
		}
	}
	smallest.shown = false
	return true
}
