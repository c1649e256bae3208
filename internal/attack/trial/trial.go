// Package trial tries what disclosure shows of small random organisations by attack. Tests alone import it.
package trial

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"github.com/ownward/ownward/internal/attack"
	"github.com/ownward/ownward/internal/disclosure"
)

// Organisation is a small one through some months: who joins, leaves and moves, and what each does in each month.
type Organisation struct {
	Random *rand.Rand
	sizes  [disclosure.Dimensions]int
	Parts  int
	OneOf  bool
	here   []disclosure.Person
	often  []float64 // how often each part happens
}

// New is the organisation of a seed.
func New(seed uint64) *Organisation {
	r := rand.New(rand.NewPCG(seed, 38))
	o := &Organisation{Random: r, Parts: 1 + r.IntN(4), OneOf: r.IntN(3) == 0}
	for d := range o.sizes {
		o.sizes[d] = 1 + r.IntN(4-d)
	}
	for range o.Parts {
		o.often = append(o.often, r.Float64()*r.Float64())
	}
	for range 8 + r.IntN(50) {
		o.join()
	}
	return o
}

func (o *Organisation) join() {
	var p disclosure.Person
	for d, size := range o.sizes {
		p.In[d] = min(o.Random.IntN(size), o.Random.IntN(size)) // groups of different sizes
	}
	o.here = append(o.here, p)
}

// Month is what the next month brings.
func (o *Organisation) Month() disclosure.Problem {
	switch o.Random.IntN(4) {
	case 0:
		o.join()
	case 1:
		at := o.Random.IntN(len(o.here))
		o.here = append(o.here[:at], o.here[at+1:]...)
	case 2:
		d := o.Random.IntN(disclosure.Dimensions)
		o.here[o.Random.IntN(len(o.here))].In[d] = o.Random.IntN(o.sizes[d])
	}
	p := disclosure.Problem{Sizes: o.sizes, Parts: o.Parts, OneOf: o.OneOf}
	for _, person := range o.here {
		person.Count = make([]int, o.Parts)
		for k, often := range o.often {
			for range 4 {
				if o.Random.Float64() < often && (!o.OneOf || sum(person.Count) == 0) {
					person.Count[k]++
				}
			}
		}
		p.People = append(p.People, person)
	}
	return p
}

func sum(counts []int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// truth is the number of a cell, added up by the test itself.
func truth(p disclosure.Problem, in [disclosure.Dimensions]int, parts [2]int) int {
	n := 0
	for _, person := range p.People {
		for d, group := range in {
			if group >= 0 && person.In[d] != group {
				goto next
			}
		}
		n += sum(person.Count[parts[0]:parts[1]])
	next:
	}
	return n
}

// Publish is what an attacker reads in the tables of a month. Exact: as though nothing were rounded.
func Publish(w *attack.World, month int, p disclosure.Problem, tables []disclosure.Table, exact bool) {
	for _, person := range p.People {
		w.People = append(w.People, attack.Person{Month: month, In: person.In, Count: person.Count})
	}
	w.OneOf = p.OneOf
	for _, table := range tables {
		for _, cell := range table.Cells {
			if !cell.Shown {
				continue
			}
			add := func(parts [2]int, shown int) {
				s := attack.Shown{Month: month, In: cell.In, Parts: parts}
				if !exact {
					is := truth(p, cell.In, parts)
					s.Up, s.Down = shown+disclosure.Off-is, is-(shown-disclosure.Off)
				}
				w.Shown = append(w.Shown, s)
			}
			for g, parts := range table.Parts {
				add(parts, cell.Values[g])
			}
			add([2]int{0, p.Parts}, cell.Total)
		}
	}
}

// Pinned is the first that two who look can tell of anybody, or of up to four together.
func Pinned(w attack.World, r *rand.Rand, parts, tries int) string {
	for range tries {
		part, first := r.IntN(parts), r.IntN(len(w.People))
		others := map[int]bool{first: true}
		look := map[int]bool{}
		for n := range w.People { // those near to whose number is wanted know most
			p := w.People[n]
			near := p.Month == w.People[first].Month && (p.In[0] == w.People[first].In[0] || p.In[1] == w.People[first].In[1])
			if n == first || !near {
				continue
			}
			if len(look) < 2 && p.Count[part] > 0 && r.IntN(2) == 0 {
				look[n] = true
			} else if len(others) < 1+r.IntN(4) && p.In == w.People[first].In {
				others[n] = true
			}
		}
		if w.Pinned(keys(others), part, keys(look)...) {
			return fmt.Sprintf("of %v (part %d) by %v, of %d people; the first in %v of month %d", keys(others), part, keys(look), len(w.People), w.People[first].In, w.People[first].Month)
		}
	}
	return ""
}

func keys(set map[int]bool) []int {
	return slices.Sorted(maps.Keys(set))
}

// Trees are the tables in which each number is a part of one other at most: there nothing may be told even if nothing were rounded.
var Trees = [][]disclosure.Breakdown{{0, 1, 3}, {0, 1, 5}, {0, 2, 3}, {0, 2, 6}, {0, 4, 5}, {0, 4, 6}}

// Only are the tables of some breakdowns.
func Only(tables []disclosure.Table, by []disclosure.Breakdown) []disclosure.Table {
	var some []disclosure.Table
	for _, t := range tables {
		for _, b := range by {
			if t.By == b {
				some = append(some, t)
			}
		}
	}
	return some
}

// Tell is what two who look can tell of three months of the organisation of a seed, and how many numbers were shown.
func Tell(seed uint64, tries int) (told []string, shown int) {
	o := New(seed)
	var rounded, exact attack.World
	tree := Trees[o.Random.IntN(len(Trees))]
	for month := range 3 {
		p := o.Month()
		tables := disclosure.Protect(p, o.Random.IntN)
		Publish(&rounded, month, p, tables, false)
		Publish(&exact, month, p, Only(tables, tree), true)
	}
	if found := Pinned(rounded, o.Random, o.Parts, tries); found != "" {
		told = append(told, fmt.Sprintf("seed %d: what was shown tells %s", seed, found))
	}
	if found := Pinned(exact, o.Random, o.Parts, tries); found != "" {
		told = append(told, fmt.Sprintf("seed %d: without rounding, the tables %v would tell %s", seed, tree, found))
	}
	return told, len(rounded.Shown)
}
