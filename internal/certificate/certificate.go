// Package certificate checks what is claimed of a matching, without trusting who solved it: it
// imports nothing of the solver, and needs nothing but the problem, the answer and the proof that
// came with it. Each check looks at every pair once or twice.
package certificate

import (
	"errors"
	"fmt"
	"slices"
)

// None stands for the mentor of a mentee who has none.
const None = -1

// Problem is who may be matched with whom: the pairs of mentee i are those from Row[i] up to
// Row[i+1].
type Problem struct {
	Capacity []int32 // of each mentor
	Row      []int64
	Mentor   []int32 // of each pair
	Score    []int32 // of each pair
}

// Proof is what each person counts at each level; mentors count so for each of their places.
type Proof struct {
	Mentees [][]int64 // by level, by mentee
	Mentors [][]int64 // by level, by mentor
}

// ErrNotProven is of a proof that does not prove the assignment to be best; the assignment may be
// so all the same.
var ErrNotProven = errors.New("not proven")

func notProven(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrNotProven, fmt.Sprintf(format, args...))
}

// Best is the number of mentees who have a mentor and the sum of their scores, if it is proven that
// no more can be matched, and that with as many no greater sum is possible.
//
// It takes time in the number of pairs.
func Best(p *Problem, mentor []int32, proof *Proof) (matched int, total int64, err error) {
	sums, err := optimal(p, mentor, proof, 2, func(level int, pair int64) int64 {
		if level == 0 {
			return 1
		}
		return int64(p.Score[pair])
	})
	if err != nil {
		return 0, 0, err
	}
	return int(sums[0]), sums[1], nil
}

// Fair is the number of mentees who have a mentor, how many of them are in each band, the worst
// first, and the sum of their scores, if it is proven that no more can be matched; that with as
// many there cannot be fewer in the worst band; with as few there, not in the next; and so on; and
// with as many in each, no greater sum is possible.
//
// A score is in the worst band that begins above it: in band t if it is below floors[t] and in none before, in
// no band if it is below none of them. Floors rise.
//
// It takes time in the number of pairs times that of bands.
func Fair(p *Problem, floors []int32, mentor []int32, proof *Proof) (matched int, inBand []int, total int64, err error) {
	if !slices.IsSorted(floors) {
		return 0, nil, 0, errors.New("the floors of the bands do not rise")
	}
	last := len(floors) + 1
	sums, err := optimal(p, mentor, proof, last+1, func(level int, pair int64) int64 {
		score := p.Score[pair]
		switch {
		case level == 0:
			return 1
		case level == last:
			return int64(score)
		case score < floors[level-1] && (level == 1 || score >= floors[level-2]):
			return -1
		}
		return 0
	})
	if err != nil {
		return 0, nil, 0, err
	}
	for _, s := range sums[1:last] {
		inBand = append(inBand, int(-s))
	}
	return int(sums[0]), inBand, sums[last], nil
}

// optimal compares, level by level, what the matched pairs weigh together with what all people
// count together; that no pair weighs more than its two people count makes the second a bound
// of what any assignment weighs.
func optimal(p *Problem, mentor []int32, proof *Proof, levels int, weigh func(level int, pair int64) int64) ([]int64, error) {
	if err := admissible(p, mentor); err != nil {
		return nil, err
	}
	if len(proof.Mentees) != levels || len(proof.Mentors) != levels {
		return nil, notProven("%d and %d levels instead of %d", len(proof.Mentees), len(proof.Mentors), levels)
	}
	for l := range levels {
		if len(proof.Mentees[l]) != len(mentor) || len(proof.Mentors[l]) != len(p.Capacity) {
			return nil, notProven("level %d is not about these people", l)
		}
	}
	c := check{p, proof, levels, weigh}
	if err := c.bounds(); err != nil {
		return nil, err
	}
	weighed, counted := make([]sum, levels), make([]sum, levels)
	for l := range levels {
		for i, j := range mentor {
			counted[l].add(proof.Mentees[l][i], 1)
			if j != None {
				weighed[l].add(weigh(l, c.heaviest(int32(i), j)), 1)
			}
		}
		for j, places := range p.Capacity {
			counted[l].add(proof.Mentors[l][j], int64(places))
		}
		if weighed[l] != counted[l] {
			return nil, notProven("at level %d the pairs weigh %v, the people count %v", l, weighed[l], counted[l])
		}
	}
	sums := make([]int64, levels)
	for l := range sums {
		var fits bool
		if sums[l], fits = weighed[l].int64(); !fits {
			return nil, errors.New("the sum of the scores is too large")
		}
	}
	return sums, nil
}

type check struct {
	*Problem
	proof  *Proof
	levels int
	weigh  func(level int, pair int64) int64
}

// bounds says who counts less than nothing, or which pair weighs more than its two count.
func (c *check) bounds() error {
	for i := range len(c.Row) - 1 {
		if negative(c.proof.Mentees, i) {
			return notProven("mentee %d counts less than nothing", i)
		}
	}
	for j := range c.Capacity {
		if negative(c.proof.Mentors, j) {
			return notProven("mentor %d counts less than nothing", j)
		}
	}
	for i := range len(c.Row) - 1 {
		for e := c.Row[i]; e < c.Row[i+1]; e++ {
			if err := c.pair(i, e); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *check) pair(i int, e int64) error {
	j := c.Mentor[e]
	for l := range c.levels {
		u, v := c.proof.Mentees[l][i], c.proof.Mentors[l][j]
		count := u + v
		if (count > u) != (v > 0) {
			return notProven("mentee %d and mentor %d count more than can be added", i, j)
		}
		if w := c.weigh(l, e); count != w {
			if count > w {
				return nil
			}
			return notProven("at level %d the pair of mentee %d and mentor %d weighs %d, the two count %d", l, i, j, w, count)
		}
	}
	return nil
}

func negative(levels [][]int64, who int) bool {
	for _, values := range levels {
		if values[who] != 0 {
			return values[who] < 0
		}
	}
	return false
}

// heaviest is the pair of two people that weighs most, where they are a pair more than once.
func (c *check) heaviest(i, j int32) int64 {
	best := int64(-1)
	for e := c.Row[i]; e < c.Row[i+1]; e++ {
		if c.Mentor[e] == j && (best < 0 || c.heavier(e, best)) {
			best = e
		}
	}
	return best
}

func (c *check) heavier(e, than int64) bool {
	for l := range c.levels {
		if a, b := c.weigh(l, e), c.weigh(l, than); a != b {
			return a > b
		}
	}
	return false
}

// admissible says whom an assignment gives somebody who is no candidate of theirs, and who has more than they take.
func admissible(p *Problem, mentor []int32) error {
	if len(p.Row) == 0 || p.Row[0] != 0 || p.Row[len(p.Row)-1] != int64(len(p.Mentor)) || len(p.Score) != len(p.Mentor) || !slices.IsSorted(p.Row) {
		return errors.New("the rows do not cover the pairs")
	}
	if len(mentor) != len(p.Row)-1 {
		return fmt.Errorf("the assignment is of %d mentees, the problem of %d", len(mentor), len(p.Row)-1)
	}
	for _, j := range p.Mentor {
		if j < 0 || int(j) >= len(p.Capacity) {
			return fmt.Errorf("there is no mentor %d", j)
		}
	}
	load := make([]int32, len(p.Capacity))
	for i, j := range mentor {
		if j == None {
			continue
		}
		if !slices.Contains(p.Mentor[p.Row[i]:p.Row[i+1]], j) {
			return fmt.Errorf("mentee %d has mentor %d, who is no candidate", i, j)
		}
		if load[j]++; load[j] > p.Capacity[j] {
			return fmt.Errorf("mentor %d has more than %d mentees", j, p.Capacity[j])
		}
	}
	return nil
}
