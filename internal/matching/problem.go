// Package matching decides who gets whom: mentees, mentors with so many places each, and the
// pairs that may be, each with a score. It knows numbers only.
//
// There are three ways. [Best] matches as many mentees as possible and, among the ways to do that, has
// the greatest total score. [Fair] matches as many, with as few as possible in the worst band
// of scores, then in the next, then the greatest total. [Stable] leaves no pair that would
// both rather have each other. A best matching is kept best while people come and go: see [Live].
//
// What is claimed of an answer is checked by package certificate, which trusts, and imports,
// nothing here.
package matching

import (
	"errors"
	"fmt"
	"math"
)

// None stands for the mentor of a mentee who has none.
const None = -1

// Problem is who may be matched with whom, by number: the pairs of mentee i are those from
// Row[i] up to Row[i+1] (compressed sparse rows). Nothing here writes to it.
type Problem struct {
	Capacity []int32 // of each mentor, 0 or more
	Row      []int64 // one more than there are mentees; from 0, never falling
	Mentor   []int32 // of each pair
	Score    []int32 // of each pair; more is better, less than 0 is allowed
}

// Mentees is how many there are.
func (p *Problem) Mentees() int { return len(p.Row) - 1 }

// Mentors is how many there are.
func (p *Problem) Mentors() int { return len(p.Capacity) }

// Pairs is how many there are.
func (p *Problem) Pairs() int { return len(p.Mentor) }

// ErrTooLarge is of a problem whose sums would not fit into 64 bits.
var ErrTooLarge = errors.New("the scores are too large for so many people: scale them down")

// Check says what is wrong with the shape of a problem. A pair may be there twice: the better
// score counts. It takes time in the number of pairs.
func (p *Problem) Check() error {
	if len(p.Row) == 0 || p.Row[0] != 0 || p.Row[len(p.Row)-1] != int64(len(p.Mentor)) || len(p.Mentor) != len(p.Score) {
		return errors.New("the rows do not cover the pairs")
	}
	if p.Pairs() > math.MaxInt32/2 || p.Mentees() > math.MaxInt32-8 || p.Mentors() > math.MaxInt32-8 {
		return fmt.Errorf("%d mentees, %d mentors and %d pairs are more than can be counted", p.Mentees(), p.Mentors(), p.Pairs())
	}
	for i := range p.Mentees() {
		if p.Row[i] > p.Row[i+1] {
			return fmt.Errorf("row %d ends before it begins", i)
		}
	}
	for j, c := range p.Capacity {
		if c < 0 {
			return fmt.Errorf("mentor %d has %d places", j, c)
		}
	}
	for e, j := range p.Mentor {
		if j < 0 || int(j) >= p.Mentors() {
			return fmt.Errorf("pair %d names mentor %d of %d", e, j, p.Mentors())
		}
	}
	return nil
}

// row is the mentors and scores of a mentee.
func (p *Problem) row(i int32) (mentor, score []int32) {
	from, to := p.Row[i], p.Row[i+1]
	return p.Mentor[from:to:to], p.Score[from:to:to]
}

// places is the capacity of each mentor, of which no more is kept than could be of use: one
// more than there are pairs, so that such a mentor always has a free place.
func (p *Problem) places() []int32 {
	use := make([]int32, p.Mentors())
	for _, j := range p.Mentor {
		if use[j] < math.MaxInt32-1 {
			use[j]++
		}
	}
	for j, c := range p.Capacity {
		use[j] = min(c, use[j]+1)
	}
	return use
}

// span is the difference between the best and the worst score, where 0 counts as a score.
func (p *Problem) span() int64 {
	var low, high int32
	for _, s := range p.Score {
		low, high = min(low, s), max(high, s)
	}
	return int64(high) - int64(low)
}
