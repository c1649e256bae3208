// Package disclosure decides which numbers about groups can be shown so that none of them gives a
// person away. It knows numbers only: what each of many did in one period, and the groups they are in.
//
// The rules, and why they hold, stand in docs/decisions/0038-figures-about-groups.md.
package disclosure

import "encoding/binary"

const (
	Dimensions = 3 // such as department, level and site
	AtLeast    = 7 // could have something to count in every group: five, and any two who put together what they know
	Base       = 5 // what is shown is a multiple of it, unless another is given
	Near       = 2*Base - 1
	few        = 5 // have something to count where a number is shown, or a few more or less, by lot
)

// Problem is what is to be counted of one period.
type Problem struct {
	Sizes  [Dimensions]int // how many groups each dimension has
	Parts  int             // the kinds of what is counted
	Ways   [][][2]int      // which of them are put together, where each apart is too few: the finest first
	Base   int             // what is shown is a multiple of it; zero: the usual one
	OneOf  bool            // each counts at most once, in one part; else any number of times in each
	People []Person        // who could have something to count, also those with nothing: who that is, everybody knows
}

type Person struct {
	In    [Dimensions]int
	Count []int // by part
	Mark  Mark
}

// Mark stands for somebody by a number that nobody can guess; for a group, by the sum of those of its people.
type Mark [2]uint64

// Breakdown says by which dimensions a table is broken down: a bit for each, two at most.
type Breakdown int

// Breakdowns are all tables: the whole, each dimension, and each pair; coarser ones first.
var Breakdowns = []Breakdown{0, 1, 2, 4, 3, 5, 6}

// Table is what can be shown for one breakdown.
type Table struct {
	By    Breakdown
	Parts [][2]int // the parts that are shown apart: from the first, up to without the second
	Cells []Cell   // those with anybody in them
}

// Cell is one group in a table. Its numbers are rounded by lot to multiples of Base: of ten, nine to one next to the true
// number; of a hundred, all but one to within Near of it. No bound holds for all.
type Cell struct {
	In     [Dimensions]int // -1 where the table is not broken down
	Shown  bool
	Total  int
	Values []int // as the Parts of the table
}

// Protect decides what is shown. The draw is a random number from 0 up to without n.
//
// Which groups can be shown at all depends on who is in them. Everything else goes by lot: whatever is shown could be
// shown whatever anybody did.
func Protect(p Problem, draw func(n int) int) []Table {
	return newWork(p).protect(func(*cell, [2]int) lot { return newLot(draw, p.base()) })
}

// ProtectBy is Protect with draws that depend on who is in a group, by its mark, and on the parts: made again, it
// draws the same lots for the same people.
func ProtectBy(p Problem, draws Draws) []Table {
	return newWork(p).protect(draws.lots(p.base()))
}

// Draws gives the row of random numbers of a group, by its mark, for some parts; each from 0 up to without n.
type Draws func(people Mark, parts [2]int) func(n int) int

func (d Draws) lots(base int) lots {
	return func(c *cell, parts [2]int) lot { return newLot(d(c.mark, parts), base) }
}

// ProtectOne is ProtectBy for one group that stands in no other table: of so many who could have something to count,
// the problem holds those who have. Everybody else could as well.
func ProtectOne(p Problem, people int, everybody Mark, draws Draws) Table {
	w := &work{Problem: p, lots: draws.lots(p.base()), known: map[question]number{}}
	t := &table{}
	c := newCell(t, [Dimensions]int{-1, -1, -1}, p.Parts)
	for _, person := range p.People {
		c.count(person)
	}
	c.people, c.mark, c.shown = people, everybody, people >= AtLeast
	t.order = []*cell{c}
	return w.show(t)
}

func (p Problem) base() int {
	if p.Base == 0 {
		return Base
	}
	return p.Base
}

// lots gives the lot of a group for some parts.
type lots func(c *cell, parts [2]int) lot

func (w *work) protect(lots lots) []Table {
	w.lots = lots
	w.hideFew()
	w.hideRests()
	var all []Table
	for _, by := range Breakdowns {
		all = append(all, w.show(w.tables[by]))
	}
	return all
}

// work is what Protect works on: the people by class, who are alike for every table, and the cells.
type work struct {
	Problem
	classes []*class
	tables  map[Breakdown]*table
	lots    lots
	known   map[question]number
}

type class struct {
	in    [Dimensions]int
	cells [1 << Dimensions]*cell
}

type table struct {
	by    Breakdown
	cells map[[Dimensions]int]*cell
	order []*cell
}

type cell struct {
	table      *table
	in         [Dimensions]int
	people     int
	sum        []int   // by part
	rangeBy    [][]int // who have something to count in the parts from the first to the second
	shown      bool
	mark       Mark
	classes    []byte
	population int                 // the same number where the same people are in it
	rows       [Dimensions][]*cell // the cells of a finer table that make it up, by the dimension added
	within     []*cell             // those that it is a part of
}

func newWork(p Problem) *work {
	w := &work{Problem: p, tables: map[Breakdown]*table{}, known: map[question]number{}}
	for _, by := range Breakdowns {
		w.tables[by] = &table{by: by, cells: map[[Dimensions]int]*cell{}}
	}
	known := map[[Dimensions]int]*class{}
	for _, person := range p.People {
		c := known[person.In]
		if c == nil {
			c = &class{in: person.In}
			known[person.In] = c
			w.classes = append(w.classes, c)
			w.place(c, len(w.classes))
		}
		for _, by := range Breakdowns {
			c.cells[by].count(person)
		}
	}
	w.name()
	return w
}

// name gives cells with the same people the same number.
func (w *work) name() {
	known := map[string]int{}
	for _, by := range Breakdowns {
		for _, c := range w.tables[by].order {
			n, ok := known[string(c.classes)]
			if !ok {
				n = len(known)
				known[string(c.classes)] = n
			}
			c.population = n
		}
	}
}

// place puts a class into its cell of every table.
func (w *work) place(c *class, n int) {
	for _, by := range Breakdowns {
		t, at := w.tables[by], by.of(c.in)
		found := t.cells[at]
		if found == nil {
			found = newCell(t, at, w.Parts)
			t.cells[at] = found
			t.order = append(t.order, found)
			w.nest(found)
		}
		found.classes = binary.AppendUvarint(found.classes, uint64(n))
		c.cells[by] = found
	}
}

func newCell(t *table, in [Dimensions]int, parts int) *cell {
	c := &cell{table: t, in: in, sum: make([]int, parts), rangeBy: make([][]int, parts)}
	for k := range c.rangeBy {
		c.rangeBy[k] = make([]int, parts)
	}
	return c
}

// nest links a cell with those that it is a part of.
func (w *work) nest(c *cell) {
	for d := range Dimensions {
		if coarser := c.table.by &^ (1 << d); coarser != c.table.by {
			parent := w.tables[coarser].cells[coarser.of(c.in)]
			parent.rows[d] = append(parent.rows[d], c)
			c.within = append(c.within, parent)
		}
	}
}

func (c *cell) count(p Person) {
	c.people++
	c.mark[0] += p.Mark[0]
	c.mark[1] += p.Mark[1]
	count := p.Count
	for first := range count {
		c.sum[first] += count[first]
		some := false
		for last := first; last < len(count); last++ {
			if some = some || count[last] > 0; some {
				c.rangeBy[first][last]++
			}
		}
	}
}

func (b Breakdown) has(d int) bool { return b&(1<<d) != 0 }

// Dimensions are those by which a table is broken down.
func (b Breakdown) Dimensions() []int {
	var all []int
	for d := range Dimensions {
		if b.has(d) {
			all = append(all, d)
		}
	}
	return all
}

// Holds tells whether somebody in these groups is in the cell.
func (b Breakdown) Holds(cell, in [Dimensions]int) bool { return b.of(in) == cell }

// of is the place of a class in the tables of a breakdown.
func (b Breakdown) of(in [Dimensions]int) [Dimensions]int {
	for d := range Dimensions {
		if !b.has(d) {
			in[d] = -1
		}
	}
	return in
}
