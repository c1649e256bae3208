// Package disclosure decides which numbers about groups can be shown so that none of them gives a
// person away. It knows numbers only: what each of many did in one period, and the groups they are in.
//
// The rules, and why they hold, stand in docs/decisions/0038-figures-about-groups.md.
package disclosure

const (
	Dimensions = 3 // such as department, level and site
	AtLeast    = 7 // have something to count in every group: five, and any two who put together what they know
	PartBy     = 3 // have something to count in every part of it: one besides any two
	Base       = 5 // what is shown is a multiple of it
	Off        = Base - 1
)

// Problem is what is to be counted of one period. What a person did in it counts in no other.
type Problem struct {
	Sizes  [Dimensions]int // how many groups each dimension has
	Parts  int             // the kinds of what is counted; neighbours may be put together
	OneOf  bool            // each counts at most once, in one part; else any number of times in each
	People []Person        // all, also those with nothing to count
}

type Person struct {
	In    [Dimensions]int
	Count []int // by part
}

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

// Cell is one group in a table. Its numbers are rounded at random to a multiple of Base next to the true one.
type Cell struct {
	In     [Dimensions]int // -1 where the table is not broken down
	Shown  bool
	Total  int
	Values []int // as the Parts of the table
}

// Protect decides what is shown. The draw is a random number from 0 up to without n.
func Protect(p Problem, draw func(n int) int) []Table {
	w := newWork(p)
	for _, by := range Breakdowns {
		w.groupParts(w.tables[by])
	}
	w.hideFew()
	w.hideRests()
	for _, by := range Breakdowns {
		w.tables[by].round(draw)
	}
	for w.hidePinned() {
		w.hideRests()
	}
	return w.result()
}

// work is what Protect works on: the people by class, who are alike for every table, and the cells.
type work struct {
	Problem
	classes []*class
	of      []*class // of each person
	tables  map[Breakdown]*table
}

type class struct {
	in      [Dimensions]int
	people  int
	by      int   // who have something to count
	partBy  []int // who have something to count in a part
	groupBy []int // and in a group of parts of the whole, which no table splits
	cells   [1 << Dimensions]*cell
}

type table struct {
	by     Breakdown
	groups [][2]int
	of     []int // the group of each part
	cells  map[[Dimensions]int]*cell
	order  []*cell
}

type cell struct {
	table   *table
	in      [Dimensions]int
	people  int
	by      int
	rangeBy [][]int // who have something to count in the parts from the first to the second
	groupBy []int   // by group of parts
	sum     []int   // by group of parts
	total   int
	shown   bool
	values  []int // rounded sums
	rounded int   // the rounded total
	classes []*class
	rows    [Dimensions][]*cell // the cells of a finer table that make it up, by the dimension added
	within  []*cell             // those that it is a part of
}

func newWork(p Problem) *work {
	w := &work{Problem: p, tables: map[Breakdown]*table{}}
	for _, by := range Breakdowns {
		w.tables[by] = &table{by: by, cells: map[[Dimensions]int]*cell{}}
	}
	known := map[[Dimensions]int]*class{}
	for _, person := range p.People {
		c := known[person.In]
		if c == nil {
			c = &class{in: person.In, partBy: make([]int, p.Parts)}
			known[person.In] = c
			w.classes = append(w.classes, c)
			w.place(c)
		}
		w.of = append(w.of, c)
		w.count(c, person.Count)
	}
	return w
}

// place puts a class into its cell of every table.
func (w *work) place(c *class) {
	for _, by := range Breakdowns {
		t, at := w.tables[by], by.of(c.in)
		found := t.cells[at]
		if found == nil {
			found = &cell{table: t, in: at, rangeBy: make([][]int, w.Parts)}
			for k := range found.rangeBy {
				found.rangeBy[k] = make([]int, w.Parts)
			}
			t.cells[at] = found
			t.order = append(t.order, found)
			w.nest(found)
		}
		found.classes = append(found.classes, c)
		c.cells[by] = found
	}
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

func (w *work) count(c *class, count []int) {
	c.people++
	for _, by := range Breakdowns {
		c.cells[by].people++
	}
	if total(count) == 0 {
		return
	}
	c.by++
	for _, by := range Breakdowns {
		c.cells[by].by++
	}
	for first := range count {
		if count[first] > 0 {
			c.partBy[first]++
		}
		some := false
		for last := first; last < len(count); last++ {
			if some = some || count[last] > 0; some {
				for _, by := range Breakdowns {
					c.cells[by].rangeBy[first][last]++
				}
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

func (w *work) result() []Table {
	var all []Table
	for _, by := range Breakdowns {
		t := w.tables[by]
		out := Table{By: by, Parts: t.groups}
		for _, c := range t.order {
			shown := Cell{In: c.in, Shown: c.shown}
			if c.shown {
				shown.Total, shown.Values = c.rounded, c.values
			}
			out.Cells = append(out.Cells, shown)
		}
		all = append(all, out)
	}
	return all
}
