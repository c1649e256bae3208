package disclosure

// lot is what is drawn for one number. Each is thinkable, so nothing that is shown rules anything out.
type lot struct {
	up    int // added before rounding down
	more  int // multiples of Base, mostly none
	some  int // who are thought to have something to count besides those who have, mostly none
	other int // and to have nothing
}

func newLot(draw func(n int) int, base int) lot {
	return lot{up: draw(base), more: wide(draw), some: wide(draw), other: wide(draw)}
}

// wide is mostly nothing; one time in ten at least one more or less, one time in a hundred two, and so on without end.
func wide(draw func(n int) int) int {
	n, step := 0, 1
	for draw(10) == 0 {
		n++
	}
	if draw(2) == 0 {
		step = -1
	}
	return n * step
}

// question is what is asked of a number: the same people and parts have one answer, in whichever table.
type question struct {
	population int
	parts      [2]int
}

type number struct {
	shown bool
	value int
}

// number is how much a group did in some parts, rounded by lot; not shown where too few did, or, of those who count once
// at most, too few did not: by lot as well, and hardly ever where it is all or none.
func (w *work) number(c *cell, parts [2]int) number {
	q := question{c.population, parts}
	n, ok := w.known[q]
	if !ok {
		lot := w.lots(c, parts)
		by := c.rangeBy[parts[0]][parts[1]-1]
		n.shown = by+lot.some >= few && (!w.OneOf || c.people-by+lot.other >= few)
		n.value = max(0, ((total(c.sum[parts[0]:parts[1]])+lot.up)/w.base()+lot.more)*w.base())
		w.known[q] = n
	}
	return n
}

// show is what is shown of a table: the parts in the finest of the ways in which half of the groups can be shown.
func (w *work) show(t *table) Table {
	out := Table{By: t.by}
	for _, way := range w.ways() {
		out.Parts = way
		passing, large := 0, 0
		for _, c := range t.order {
			if c.shown {
				large++
				if w.bears(c, way) {
					passing++
				}
			}
		}
		if passing > 0 && 2*passing >= large {
			break
		}
	}
	for _, c := range t.order {
		cell := Cell{In: c.in}
		if cell.Shown = c.shown && w.bears(c, out.Parts); cell.Shown {
			cell.Total = w.number(c, w.all()).value
			for _, parts := range out.Parts {
				cell.Values = append(cell.Values, w.number(c, parts).value)
			}
		}
		out.Cells = append(out.Cells, cell)
	}
	return out
}

func (w *work) all() [2]int { return [2]int{0, w.Parts} }

// bears tells whether a group is shown, and each of the parts.
func (w *work) bears(c *cell, way [][2]int) bool {
	bears := w.number(c, w.all()).shown
	for _, parts := range way {
		bears = w.number(c, parts).shown && bears
	}
	return bears
}

// ways are all parts apart, then those that are given, and all together.
func (w *work) ways() [][][2]int {
	var apart [][2]int
	for k := range w.Parts {
		apart = append(apart, [2]int{k, k + 1})
	}
	return append(append([][][2]int{apart}, w.Ways...), [][2]int{w.all()})
}
