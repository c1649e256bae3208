package matching

import "context"

// Floors are the scores at which so many bands of the same width begin, but for the worst.
func Floors(p *Problem, bands int) []int32 {
	if len(p.Score) == 0 || bands < 2 {
		return nil
	}
	low, high := int64(p.Score[0]), int64(p.Score[0])
	for _, s := range p.Score {
		low, high = min(low, int64(s)), max(high, int64(s))
	}
	var floors []int32
	for b := 1; b < bands; b++ {
		if f := low + (high-low+1)*int64(b)/int64(bands); f > low && (len(floors) == 0 || f > int64(floors[len(floors)-1])) {
			floors = append(floors, int32(f))
		}
	}
	return floors
}

// Fair matches as many mentees as possible; of the ways to do that one with as few as possible in
// the worst band, which is below the first floor; of those as few as possible in the next; and so on; of those
// the one with the greatest total score. Floors rise.
//
// This is the fair matching of Huang, Kavitha, Mehlhorn and Michail (2016): level by level, what is
// best is known by the prices, and the next level may only use the pairs and leave out the people that
// these prices allow. The proof has a level for each band. It takes a solution of Best for each.
func Fair(ctx context.Context, p *Problem, floors []int32, watch Watch) (*Solution, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	c := maximum(p, p.places())
	s := &Solution{Matched: c.matched, Proof: c.proof()}
	f := fairness{c: c, rest: p.copy(), must: make([]bool, p.Mentees()), full: make([]bool, p.Mentors())}
	f.next(s.Proof, func(int32) int32 { return 1 })
	for b := range len(floors) + 1 {
		watch.say("band by band", float64(b)/float64(len(floors)+1))
		weigh := func(score int32) int32 { return score }
		if b < len(floors) {
			weigh = func(score int32) int32 {
				if score < floors[b] && (b == 0 || score >= floors[b-1]) {
					return -1
				}
				return 0
			}
		}
		var err error
		if s.Mentor, err = f.level(ctx, &s.Proof, weigh); err != nil {
			return nil, err
		}
	}
	s.add(p)
	return s, nil
}

// fairness is what the levels so far leave open.
type fairness struct {
	c    cardinality
	rest *Problem // the pairs that may still be used, with their scores
	must []bool   // mentees who cannot be left out any more
	full []bool   // mentors who must be full
}

func (p *Problem) copy() *Problem {
	return &Problem{Capacity: p.Capacity, Row: append([]int64(nil), p.Row...), Mentor: append([]int32(nil), p.Mentor...), Score: append([]int32(nil), p.Score...)}
}

// level solves what is open for one weight more.
func (f *fairness) level(ctx context.Context, proof *Proof, weigh func(score int32) int32) ([]int32, error) {
	q := *f.rest
	q.Score = make([]int32, len(f.rest.Score))
	for e, s := range f.rest.Score {
		q.Score[e] = weigh(s)
	}
	a := newAuction(&q, q.places(), f.c.matched)
	a.must, a.full = f.must, f.full
	if err := a.run(ctx, nil); err != nil {
		return nil, err
	}
	mentor := a.mentors()
	mentees, mentors := a.proof(f.c)
	proof.Mentees, proof.Mentors = append(proof.Mentees, mentees), append(proof.Mentors, mentors)
	f.next(*proof, weigh)
	return mentor, nil
}

// next keeps the pairs that count no less than their two, and notes who counts something.
func (f *fairness) next(proof Proof, weigh func(score int32) int32) {
	last := len(proof.Mentees) - 1
	mentees, mentors := proof.Mentees[last], proof.Mentors[last]
	r := f.rest
	at := int64(0)
	for i := range r.Mentees() {
		from, to := r.Row[i], r.Row[i+1]
		r.Row[i] = at
		for e := from; e < to; e++ {
			if mentees[i]+mentors[r.Mentor[e]] == int64(weigh(r.Score[e])) {
				r.Mentor[at], r.Score[at] = r.Mentor[e], r.Score[e]
				at++
			}
		}
		f.must[i] = f.must[i] || mentees[i] > 0
	}
	r.Row[r.Mentees()] = at
	r.Mentor, r.Score = r.Mentor[:at], r.Score[:at]
	for j, v := range mentors {
		f.full[j] = f.full[j] || v > 0
	}
}

// add sums the scores.
func (s *Solution) add(p *Problem) {
	for i, j := range s.Mentor {
		if j != None {
			s.Total += int64(p.score(int32(i), j))
		}
	}
}
