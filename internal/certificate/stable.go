package certificate

import (
	"cmp"
	"errors"
	"fmt"
)

// ErrBlocking is of an assignment in which two would rather have each other.
var ErrBlocking = errors.New("not stable")

// Wishes are ranks by pair, 1 first; a larger score is better where ranks are the same, and alone where there
// are none.
type Wishes struct {
	Mentee []int32
	Mentor []int32
}

// Stable says whether no mentee and mentor would both rather have each other: the mentee than
// whom they have, or nobody; the mentor than one of theirs, or an empty place. Who is as dear as
// the other blocks nothing (weak stability). The error wraps ErrBlocking and names the first two.
//
// It takes time in the number of pairs.
func Stable(p *Problem, w Wishes, mentor []int32) error {
	if err := admissible(p, mentor); err != nil {
		return err
	}
	for _, ranks := range [][]int32{w.Mentee, w.Mentor} {
		if ranks != nil && len(ranks) != len(p.Mentor) {
			return errors.New("the wishes are of other pairs")
		}
	}
	has := make([]int64, len(mentor))       // the pair of each mentee
	least := make([]int64, len(p.Capacity)) // the pair that each mentor would give up first
	count := make([]int32, len(p.Capacity))
	for i, j := range mentor {
		has[i] = -1
		for e := p.Row[i]; e < p.Row[i+1]; e++ {
			if p.Mentor[e] == j && (has[i] < 0 || p.dearer(w.Mentee, e, has[i])) {
				has[i] = e
			}
		}
		if j != None {
			if count[j] == 0 || p.dearer(w.Mentor, least[j], has[i]) {
				least[j] = has[i]
			}
			count[j]++
		}
	}
	for i := range mentor {
		for e := p.Row[i]; e < p.Row[i+1]; e++ {
			j := p.Mentor[e]
			if j == mentor[i] || has[i] >= 0 && !p.dearer(w.Mentee, e, has[i]) {
				continue
			}
			if count[j] < p.Capacity[j] || count[j] > 0 && p.dearer(w.Mentor, e, least[j]) {
				return fmt.Errorf("%w: mentee %d and mentor %d would rather have each other", ErrBlocking, i, j)
			}
		}
	}
	return nil
}

// dearer says whether pair a is dearer than b to the one whose ranks these are.
func (p *Problem) dearer(rank []int32, a, b int64) bool {
	if rank != nil && rank[a] != rank[b] {
		return rank[a] < rank[b]
	}
	return cmp.Less(p.Score[b], p.Score[a])
}
