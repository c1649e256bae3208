// Package attack tries to find out, from tables about groups, what somebody in them did. It knows nothing of how the
// tables were protected: only what everybody knows (who is in which group, what was shown and how it is rounded),
// and what two who look know of themselves. Tests alone import it.
package attack

// Groups are what somebody is in: department, level, site.
type Groups = [3]int

// Person is somebody in one month. What they did in two months are different numbers.
type Person struct {
	Month int
	In    Groups
	Count []int
}

// Shown is one number that was shown: of one month, of those in the groups (-1: any), the parts from the first up
// to without the second added up, and how far the true number can be from what was shown, up and down.
type Shown struct {
	Month    int
	In       Groups
	Parts    [2]int
	Up, Down int
}

// World is all there is: the truth, against which nothing is looked up but what the two know, and what was shown.
type World struct {
	People []Person
	OneOf  bool // each counts at most once
	Shown  []Shown
}

// Pinned tells whether those who look can tell exactly how much the others named did together in a part: whether a
// linear program finds no other number, one more or one less, that agrees with all that was shown.
func (w World) Pinned(others []int, part int, look ...int) bool {
	l := w.unknowns(others, look)
	return !l.reaches(part, +1) && !l.reaches(part, -1)
}

// unknown are those of one month and the same groups, whose numbers cannot be told apart: added up.
type unknown struct {
	of     Person // without Count
	others bool   // of those whose number is wanted
}

type program struct {
	World
	list   []unknown
	people []int
	sums   [][]int
	parts  int
}

func (w World) unknowns(others, look []int) *program {
	l := &program{World: w}
	wanted, known := map[int]bool{}, map[int]bool{}
	for _, n := range others {
		wanted[n] = true
	}
	for _, n := range look {
		known[n] = true
	}
	type key struct {
		month int
		in    Groups
		other bool
	}
	at := map[key]int{}
	for n, p := range w.People {
		l.parts = len(p.Count)
		if known[n] {
			continue
		}
		k := key{p.Month, p.In, wanted[n]}
		i, ok := at[k]
		if !ok {
			i = len(l.list)
			at[k] = i
			l.list = append(l.list, unknown{Person{Month: p.Month, In: p.In}, wanted[n]})
			l.people = append(l.people, 0)
			l.sums = append(l.sums, make([]int, l.parts))
		}
		l.people[i]++
		for part, c := range p.Count {
			l.sums[i][part] += c
		}
	}
	return l
}

// reaches tells whether what the others did in the part can be one more (or less) than it was. The unknowns are how
// much each number is above and below the truth: with that, the truth is where the program begins.
func (l *program) reaches(part, way int) bool {
	columns := 2 * l.parts * len(l.list) // more, less
	column := func(i, k, less int) int { return 2*(i*l.parts+k) + less }
	s := newSimplex(columns)
	for _, shown := range l.Shown {
		row := map[int]float64{}
		for i, u := range l.list {
			if u.of.Month != shown.Month || !within(u.of.In, shown.In) {
				continue
			}
			for k := shown.Parts[0]; k < shown.Parts[1]; k++ {
				row[column(i, k, 0)], row[column(i, k, 1)] = 1, -1
			}
		}
		s.atMost(row, 1, float64(shown.Up))
		s.atMost(row, -1, float64(shown.Down))
	}
	goal := map[int]float64{}
	for i, u := range l.list {
		all, did := map[int]float64{}, 0
		for k := range l.parts {
			s.atMost(map[int]float64{column(i, k, 1): 1}, 1, float64(l.sums[i][k])) // nobody does less than nothing
			all[column(i, k, 0)], all[column(i, k, 1)] = 1, -1
			did += l.sums[i][k]
		}
		if l.OneOf {
			s.atMost(all, 1, float64(l.people[i]-did))
		}
		if u.others {
			goal[column(i, part, 0)], goal[column(i, part, 1)] = float64(way), -float64(way)
		}
	}
	return s.reaches(goal, 1)
}

func within(in, cell Groups) bool {
	for d, group := range cell {
		if group >= 0 && in[d] != group {
			return false
		}
	}
	return true
}
