package matching

import (
	"context"
	"slices"
)

// Wishes are how people rank each other, by pair: 1 is the first wish, the same number twice is
// a tie, and a larger score is better where wishes are the same. Either may be nil: then scores
// decide alone.
type Wishes struct {
	Mentee []int32
	Mentor []int32
}

// Stable matches so that no mentee and mentor would both rather have each other than what they have (a
// free place included). Mentees propose, mentors keep the best so far (Gale and Shapley 1962, with
// places; ties are broken by score, then by the order of the mentees, which gives weak stability, Irving 1994).
//
// No pair may be there twice. Of all stable matchings for wishes without ties it is the best for each mentee. It takes time in the number of
// pairs times a logarithm. There is no proof: package certificate looks at each pair. The error is
// that of Check or of the context.
func Stable(ctx context.Context, p *Problem, w Wishes) (*Solution, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	d := newDeferred(p, w)
	for i := range int32(p.Mentees()) {
		if i&0xfff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		d.propose(i)
	}
	s := &Solution{Mentor: d.mentor}
	for _, j := range d.mentor {
		if j != None {
			s.Matched++
		}
	}
	s.add(p)
	return s, nil
}

// Maximum is the greatest number of mentees that can be matched.
func Maximum(p *Problem) int { return maximum(p, p.places()).matched }

// deferred is deferred acceptance.
type deferred struct {
	*Problem
	Wishes
	order  []int32 // the pairs of each mentee, the dearest first
	tried  []int64 // the next of them
	mentor []int32
	kept   [][]int32 // pairs by mentor, a heap with the one kept least gladly at the root
	mentee []int32   // of each pair
}

func newDeferred(p *Problem, w Wishes) *deferred {
	d := &deferred{Problem: p, Wishes: w, order: make([]int32, p.Pairs()), mentee: make([]int32, p.Pairs()),
		tried: slices.Clone(p.Row), mentor: make([]int32, p.Mentees()), kept: make([][]int32, p.Mentors())}
	inParallel(p.Mentees(), func(i int32) {
		row := d.order[p.Row[i]:p.Row[i+1]]
		for n := range row {
			row[n] = int32(p.Row[i]) + int32(n)
			d.mentee[row[n]] = i
		}
		slices.SortStableFunc(row, func(a, b int32) int { return compare(d.Wishes.Mentee, p.Score, a, b) })
		d.mentor[i] = None
	})
	return d
}

// compare is negative where a is dearer than b.
func compare(wish, score []int32, a, b int32) int {
	if wish != nil && wish[a] != wish[b] {
		return int(wish[a]) - int(wish[b])
	}
	return int(score[b]) - int(score[a])
}

// propose has i ask one mentor after the other, and then whoever lost their place to i.
func (d *deferred) propose(i int32) {
	for i != None && d.tried[i] < d.Row[i+1] {
		pair := d.order[d.tried[i]]
		d.tried[i]++
		j := d.Problem.Mentor[pair]
		out := d.accept(j, pair)
		if out == pair {
			continue
		}
		d.mentor[i] = j
		i = None
		if out >= 0 {
			i = d.mentee[out]
			d.mentor[i] = None
		}
	}
}

// accept keeps a pair if it is among the best, and returns the pair that is out, or -1.
func (d *deferred) accept(j, pair int32) (out int32) {
	heap := d.kept[j]
	if int32(len(heap)) < d.Capacity[j] {
		at := len(heap)
		heap = append(heap, pair)
		for at > 0 && d.rather(heap[(at-1)/2], pair) {
			heap[at] = heap[(at-1)/2]
			at = (at - 1) / 2
		}
		heap[at] = pair
		d.kept[j] = heap
		return -1
	}
	if len(heap) == 0 || !d.rather(pair, heap[0]) {
		return pair
	}
	out = heap[0]
	at := 0
	for {
		child := 2*at + 1
		if child+1 < len(heap) && d.rather(heap[child], heap[child+1]) {
			child++
		}
		if child >= len(heap) || !d.rather(pair, heap[child]) {
			break
		}
		heap[at] = heap[child]
		at = child
	}
	heap[at] = pair
	return out
}

// rather says whether their mentor would rather have pair a than b.
func (d *deferred) rather(a, b int32) bool {
	if c := compare(d.Wishes.Mentor, d.Score, a, b); c != 0 {
		return c < 0
	}
	return a < b
}
