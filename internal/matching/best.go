package matching

import "context"

// Solution is who has whom, and what proves that it could not be better.
type Solution struct {
	Mentor  []int32 // of each mentee, or None
	Matched int     // so many have one; no more could
	Total   int64   // the sum of their scores
	Proof   Proof
}

// Proof is what each person counts at each level, the mentees and the mentors for each of their places, such that
// no pair counts more than its two together. The first level counts pairs, the last sums their scores.
//
// Values are compared level by level, the first that differs decides, and nobody counts less than
// nothing. Where all together count what the matched pairs count, no matching can count more
// (linear programming duality, in vectors). For the first level that is the theorem of König.
type Proof struct {
	Mentees [][]int64 // by level, by mentee
	Mentors [][]int64 // by level, by mentor
}

// Watch is told of what goes on: what is done now, and how much of it, from 0 to 1. It may be nil.
type Watch func(step string, share float64)

func (w Watch) say(step string, share float64) {
	if w != nil {
		w(step, share)
	}
}

// Best matches as many mentees as possible, with the greatest total score among the ways to do
// that. The same problem has the same solution each time, whatever the number of cores.
//
// It takes some 130 bytes for each mentee and 30 for each place besides the problem, which stays as it
// is. The error is that of [Problem.Check], ErrTooLarge or of the context.
func Best(ctx context.Context, p *Problem, watch Watch) (*Solution, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	watch.say("counting who can be matched", 0)
	places := p.places()
	c := maximum(p, places)
	s := &Solution{Matched: c.matched, Proof: c.proof()}
	a := newAuction(p, places, c.matched)
	if err := a.run(ctx, watch); err != nil {
		return nil, err
	}
	watch.say("proving", 0)
	s.Mentor = a.mentors()
	mentees, mentors := a.proof(c)
	s.Proof.Mentees, s.Proof.Mentors = append(s.Proof.Mentees, mentees), append(s.Proof.Mentors, mentors)
	s.add(p)
	return s, nil
}

// score is the best score of a pair, which must be there.
func (p *Problem) score(i, j int32) int32 {
	mentors, scores := p.row(i)
	best, found := int32(0), false
	for e, x := range mentors {
		if x == j && (!found || scores[e] > best) {
			best, found = scores[e], true
		}
	}
	return best
}

// proof is the first level: whether somebody is in the cover.
func (c *cardinality) proof() Proof {
	mentees, mentors := make([]int64, len(c.short)), make([]int64, len(c.scarce))
	for i, short := range c.short {
		if !short {
			mentees[i] = 1
		}
	}
	for j, scarce := range c.scarce {
		if scarce {
			mentors[j] = 1
		}
	}
	return Proof{[][]int64{mentees}, [][]int64{mentors}}
}

// mentors is who has whom when the auction is over.
func (a *auction) mentors() []int32 {
	for i, j := range a.mate {
		if j == a.dummy {
			a.mate[i] = None
		}
	}
	return a.mate
}
