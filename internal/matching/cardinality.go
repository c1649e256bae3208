package matching

// cardinality is a matching of the greatest possible number of mentees, and the proof of it by
// König: a set of mentees and mentors that covers each pair and holds as many mentees and places
// as are matched.
type cardinality struct {
	matched int
	mentor  []int32 // of each mentee, or None
	scarce  []bool  // mentors of the cover: wanted by more than they can take
	short   []bool  // mentees outside the cover: who compete for mentors of the cover alone
}

// hopcroftKarp finds as many disjoint shortest augmenting paths as there are, length by
// length (Hopcroft and Karp 1973, with places of mentors in the role of vertices).
type hopcroftKarp struct {
	*Problem
	mate   []int32 // of each mentee its mentor
	first  []int32 // places of mentor j are first[j] up to first[j+1]
	load   []int32 // of which so many are held
	holder []int32 // of each place
	depth  []int32 // of each mentee in this round, -1 where not reached
	level  []int32 // of each mentor in this round, -1 where not reached, -2 when given up
	arc    []int32 // the next pair of each mentee to be tried
	turn   []int32 // the next place of each mentor to be tried
	queue  []int32
	path   []int32
}

// maximum takes time in pairs times the root of the number of people, and far less in practice.
func maximum(p *Problem, places []int32) cardinality {
	m, n := p.Mentees(), p.Mentors()
	h := &hopcroftKarp{Problem: p, mate: make([]int32, m), first: offsets(places), load: make([]int32, n),
		depth: make([]int32, m), level: make([]int32, n), arc: make([]int32, m), turn: make([]int32, n)}
	h.holder = make([]int32, h.first[n])
	k := h.greedy()
	for {
		if !h.layer() {
			break
		}
		k += h.augmentAll()
	}
	c := cardinality{matched: k, mentor: h.mate, scarce: make([]bool, n), short: make([]bool, m)}
	for j, l := range h.level {
		c.scarce[j] = l >= 0
	}
	for i, d := range h.depth {
		c.short[i] = d >= 0
	}
	return c
}

// offsets is where the places of each mentor begin, and where all end.
func offsets(places []int32) []int32 {
	first := make([]int32, len(places)+1)
	for j, c := range places {
		first[j+1] = first[j] + c
	}
	return first
}

func (h *hopcroftKarp) free(j int32) bool { return h.first[j]+h.load[j] < h.first[j+1] }

func (h *hopcroftKarp) hold(i, j int32) {
	h.holder[h.first[j]+h.load[j]] = i
	h.load[j]++
	h.mate[i] = j
}

// greedy gives each mentee the first mentor who is free.
func (h *hopcroftKarp) greedy() (k int) {
	for i := range int32(h.Mentees()) {
		h.mate[i] = None
		mentors, _ := h.row(i)
		for _, j := range mentors {
			if h.free(j) {
				h.hold(i, j)
				k++
				break
			}
		}
	}
	return k
}

// layer sets how far everybody is from a mentee without a mentor, up to the nearest free place.
// It says whether there is one within reach.
func (h *hopcroftKarp) layer() bool {
	h.queue = h.queue[:0]
	for i, j := range h.mate {
		h.depth[i] = -1
		if j == None {
			h.depth[i] = 0
			h.queue = append(h.queue, int32(i))
		}
	}
	for j := range h.level {
		h.level[j] = -1
	}
	found := int32(-1)
	for at := 0; at < len(h.queue); at++ {
		i := h.queue[at]
		d := h.depth[i] + 1
		if found >= 0 && d > found {
			break
		}
		mentors, _ := h.row(i)
		for _, j := range mentors {
			if h.level[j] >= 0 {
				continue
			}
			h.level[j] = d
			if h.free(j) {
				found = d
				continue
			}
			for _, x := range h.holder[h.first[j]:h.first[j+1]] {
				if h.depth[x] < 0 {
					h.depth[x] = d
					h.queue = append(h.queue, x)
				}
			}
		}
	}
	return found >= 0
}

// augmentAll takes disjoint paths of the layers until no more are found.
func (h *hopcroftKarp) augmentAll() (more int) {
	clear(h.arc)
	clear(h.turn)
	for i, j := range h.mate {
		if j == None && h.augment(int32(i)) {
			more++
		}
	}
	return more
}

// augment looks for a path from i. Every pair and place is tried once in a round, whatever
// comes of it: nobody runs twice into the same dead end.
func (h *hopcroftKarp) augment(i int32) bool {
	h.path = append(h.path[:0], i)
	for len(h.path) > 0 {
		i := h.path[len(h.path)-1]
		j, some := h.onward(i)
		if !some {
			h.path = h.path[:len(h.path)-1]
			continue
		}
		if h.free(j) {
			h.flip(j)
			return true
		}
		if x, some := h.next(j); some {
			h.path = append(h.path, x)
			continue
		}
		h.level[j] = -2
	}
	return false
}

// onward is the mentor that i tries now.
func (h *hopcroftKarp) onward(i int32) (int32, bool) {
	mentors, _ := h.row(i)
	for int(h.arc[i]) < len(mentors) {
		j := mentors[h.arc[i]]
		if h.level[j] == h.depth[i]+1 {
			return j, true
		}
		h.arc[i]++
	}
	return 0, false
}

// next is a holder of a place of j who was not tried yet.
func (h *hopcroftKarp) next(j int32) (int32, bool) {
	for h.first[j]+h.turn[j] < h.first[j+1] {
		x := h.holder[h.first[j]+h.turn[j]]
		h.turn[j]++
		if h.depth[x] == h.level[j] {
			return x, true
		}
	}
	return 0, false
}

// flip moves everybody on the path one place on, the last to a free place of j.
func (h *hopcroftKarp) flip(j int32) {
	last := len(h.path) - 1
	h.depth[h.path[last]] = -2
	left := h.mate[h.path[last]]
	h.hold(h.path[last], j)
	for at := last - 1; at >= 0; at-- {
		i := h.path[at]
		place := h.first[left] + h.turn[left] - 1
		left, h.mate[i] = h.mate[i], left
		h.holder[place] = i
		h.depth[i] = -2
	}
}
