package matching

// near keeps in mind, for each on one side, who on the other counts least beyond the score with them: their
// pairs lack least, and a search seldom goes further than those.
type near struct {
	fallen int64 // nobody on the other side has come to count less by more than this, since the beginning
	of     []nearest
}

// nearest is the options with the least gap when last looked at. Gaps grow, or shrink by no more than has fallen since.
type nearest struct {
	option [width]option
	known  int
	bound  int64 // the least gap of all others, plus what had fallen by then
}

// gap is what somebody counts beyond the score.
func gap(o option, counts []int64) int64 { return counts[o.who] - int64(o.score) }

func newNear(people int) near {
	n := near{of: make([]nearest, people)}
	n.forgetAll()
	return n
}

// add is of who joins.
func (n *near) add() { n.of = append(n.of, nearest{bound: nothing}) }

// forget has all options of a looked at anew.
func (n *near) forget(a int32) { n.of[a] = nearest{bound: nothing} }

func (n *near) forgetAll() {
	n.fallen = 0
	for a := range n.of {
		n.of[a] = nearest{bound: nothing}
	}
}

// fell is of a change by which nobody on the other side counts less by more than this.
func (n *near) fell(by int64) {
	if n.fallen += by; n.fallen > 64*unit {
		n.forgetAll()
	}
}

// admit is of an option of a that is new, with this gap.
func (n *near) admit(a int32, gap int64) { n.of[a].bound = min(n.of[a].bound, gap+n.fallen) }

// look is the nearest options of a, and the least gap that any other can have. They are looked for
// where that might be less than enough, among all but who is taken.
func (n *near) look(a int32, all []option, counts []int64, enough int64, taken func(who int32) bool) ([]option, int64) {
	l := &n.of[a]
	if l.bound-n.fallen < enough {
		l.find(all, counts, taken)
		l.bound += n.fallen
	}
	return l.option[:l.known], l.bound - n.fallen
}

func (l *nearest) find(all []option, counts []int64, taken func(who int32) bool) {
	var gaps [width]int64
	l.known, l.bound = 0, allPrice
	for _, o := range all {
		g := gap(o, counts)
		if g >= l.bound || taken(o.who) {
			continue
		}
		q := l.known
		if q == width {
			if q--; g >= gaps[q] {
				l.bound = g
				continue
			}
			l.bound = gaps[q]
		} else {
			l.known++
		}
		for ; q > 0 && gaps[q-1] > g; q-- {
			gaps[q], l.option[q] = gaps[q-1], l.option[q-1]
		}
		gaps[q], l.option[q] = g, o
	}
}
