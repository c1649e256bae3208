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

// Publish is what an attacker reads in the tables of a month, who takes for certain that no number is off by more than
// all but one in a hundred are. Exact: as though nothing were rounded.
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
					s.Up, s.Down = max(0, shown+disclosure.Near-is), max(0, is-(shown-disclosure.Near))
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

// Pairs is the first that any two who look, the same in all months, can tell of anybody in a month: those are chosen who
// did most, who did least, and one of each.
func Pairs(w attack.World, parts, months int) string {
	people := len(w.People) / months // the same in each month
	for part := range parts {
		did := func(n int) int {
			sum := 0
			for m := range months {
				sum += w.People[m*people+n].Count[part]
			}
			return sum
		}
		order := make([]int, people)
		for n := range order {
			order[n] = n
		}
		slices.SortStableFunc(order, func(a, b int) int { return did(a) - did(b) })
		last := people - 1
		for _, pair := range [][2]int{{order[0], order[1]}, {order[last], order[last-1]}, {order[0], order[last]}} {
			var look []int
			for m := range months {
				look = append(look, m*people+pair[0], m*people+pair[1])
			}
			for n := range people {
				if group := []int{n, (n + 7) % people}; n != pair[0] && n != pair[1] { // alone, and with somebody of another class
					if w.Pinned(group[:1], part, look...) || !slices.Contains(pair[:], group[1]) && w.Pinned(group, part, look...) {
						return fmt.Sprintf("of %v (part %d) by %v", group, part, pair)
					}
				}
			}
		}
	}
	return ""
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
		Publish(&rounded, month, p, disclosure.Protect(p, o.Random.IntN), false)
		p = Busy(p)
		Publish(&exact, month, p, Only(disclosure.Protect(p, o.Random.IntN), tree), true)
	}
	if found := Pinned(rounded, o.Random, o.Parts, tries); found != "" {
		told = append(told, fmt.Sprintf("seed %d: what was shown tells %s", seed, found))
	}
	if found := Pinned(exact, o.Random, o.Parts, tries); found != "" {
		told = append(told, fmt.Sprintf("seed %d: without rounding, the tables %v would tell %s", seed, tree, found))
	}
	return told, len(rounded.Shown)
}

// Busy is the same organisation where each did something of each part: then who is in a group alone must protect them.
func Busy(p disclosure.Problem) disclosure.Problem {
	people := p.People
	p.OneOf, p.People = false, nil
	for _, person := range people {
		count := make([]int, p.Parts)
		for k := range count {
			count[k] = person.Count[k] + 1
		}
		p.People = append(p.People, disclosure.Person{In: person.In, Count: count})
	}
	return p
}

// crowd is one department beside another of thirty: what somebody did in it is given for some, the others did nothing.
func crowd(people int, oneOf bool, parts int, did ...[]int) disclosure.Problem {
	p := disclosure.Problem{Sizes: [3]int{2, 1, 1}, Parts: parts, OneOf: oneOf}
	for n := range people {
		count := make([]int, parts)
		if n < len(did) {
			copy(count, did[n])
		}
		p.People = append(p.People, disclosure.Person{Count: count})
	}
	for n := range 30 {
		count := make([]int, parts)
		count[n%parts] = n / parts % 2
		p.People = append(p.People, disclosure.Person{In: [3]int{1, 0, 0}, Count: count})
	}
	return p
}

func department(tables []disclosure.Table) (disclosure.Table, disclosure.Cell) {
	for _, t := range tables {
		for _, c := range t.Cells {
			if t.By == 1 && c.In[0] == 0 {
				return t, c
			}
		}
	}
	return disclosure.Table{}, disclosure.Cell{}
}

// Cases are what is told by tables of a few groups that somebody thought out. Of each, many are drawn, always the same.
func Cases(draws int) (told []string) {
	r := rand.New(rand.NewPCG(38, 38))
	repeat := func(n int, count ...int) (all [][]int) {
		for range n {
			all = append(all, count)
		}
		return all
	}
	for name, p := range map[string]disclosure.Problem{
		"nobody of twenty did it":                  crowd(20, false, 1),
		"each of twelve who count once did it":     crowd(12, true, 1, repeat(12, 1)...),
		"each of twelve who count once is in part": crowd(12, true, 2, append(repeat(6, 1, 0), repeat(6, 0, 1)...)...),
		"six who could have something to count":    crowd(6, false, 1, repeat(6, 2)...),
	} {
		for range draws {
			if _, c := department(disclosure.Protect(p, r.IntN)); c.Shown {
				told = append(told, "all or none, or too few, are shown: "+name)
				break
			}
		}
	}
	for range draws { // all that happened is of one part
		if t, c := department(disclosure.Protect(crowd(20, false, 2, repeat(20, 3, 0)...), r.IntN)); c.Shown && len(t.Parts) > 1 {
			told = append(told, "all or none, or too few, are shown: of one part")
			break
		}
	}
	values := map[int]bool{} // two who look did four each: nothing that is shown may say that nobody else did anything
	for range draws {
		if _, c := department(disclosure.Protect(crowd(9, false, 1, []int{4}, []int{4}, []int{1}, []int{1}, []int{1}), r.IntN)); c.Shown {
			values[c.Total] = true
		}
	}
	for _, n := range []int{0, 5, 10, 15, 20} {
		if !values[n] {
			told = append(told, fmt.Sprintf("where eleven were counted, %d is never shown, so that whoever sees it knows", n))
		}
	}
	return told
}
