package bench

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/certificate"
	"github.com/ownward/ownward/internal/matching"
)

// family is how many mentors and places there are for 100,000 mentees.
type family struct {
	name        string
	mentors     int
	least, most int32 // places of a mentor
}

var families = []family{{"scarce (0.75 places each)", 25_000, 1, 5}, {"tight (about one place each)", 25_000, 3, 5}, {"ample (1.2 places each)", 40_000, 1, 5}}

// matching measures a round of 100,000 mentees, and then how it is kept best.
func (b *Bench) matching(ctx context.Context) error {
	for _, f := range families {
		p := f.problem(100_000, rand.New(rand.NewPCG(1, 77)))
		begin := time.Now()
		s, err := matching.Best(ctx, p, nil)
		if err != nil {
			return err
		}
		took := time.Since(begin)
		begin = time.Now()
		if _, _, err := certificate.Best((*certificate.Problem)(p), s.Mentor, (*certificate.Proof)(&s.Proof)); err != nil {
			return err
		}
		checked := time.Since(begin)
		join, leave, err := comeAndGo(p, s)
		if err != nil {
			return err
		}
		b.say("match 100,000, "+f.name, "%.2f s, checked in %.2f s (%.1f million pairs, %d matched)", took.Seconds(), checked.Seconds(), float64(p.Pairs())/1e6, s.Matched)
		b.say("  then somebody joins; leaves", "p50 %.0f µs, p99 %.1f ms; p50 %.0f µs, p99 %.1f ms", 1000*ms(join, .5), ms(join, .99), 1000*ms(leave, .5), ms(leave, .99))
	}
	return nil
}

// comeAndGo has 2,000 leave, and half of them come again. The end is proven best, too.
func comeAndGo(p *matching.Problem, s *matching.Solution) (join, leave []time.Duration, err error) {
	l, err := matching.NewLive(p, s)
	if err != nil {
		return nil, nil, err
	}
	for n, i := range rand.New(rand.NewPCG(2, 77)).Perm(p.Mentees())[:p.Mentees()/50] {
		begin := time.Now()
		l.Leave(int32(i))
		leave = append(leave, time.Since(begin))
		if n%2 == 0 {
			from, to := p.Row[i], p.Row[i+1]
			begin = time.Now()
			l.Join(p.Mentor[from:to], p.Score[from:to])
			join = append(join, time.Since(begin))
		}
	}
	slices.Sort(join)
	slices.Sort(leave)
	now := l.Solution()
	_, _, err = certificate.Best((*certificate.Problem)(l.Problem()), now.Mentor, (*certificate.Proof)(&now.Proof))
	return join, leave, err
}

// problem is made up: skills that few or many want and teach, up to 50 mentors for each mentee who teach
// what they want, scores by how far ahead the mentor is, where both sit, and taste.
func (f family) problem(mentees int, r *rand.Rand) *matching.Problem {
	skills := 40 + int(math.Sqrt(float64(mentees)))
	wanted, taught := popularity(skills, 0.9), popularity(skills, 0.8)
	teachers := make([][]int32, skills)
	p := &matching.Problem{Row: []int64{0}}
	level, office := make([]int32, f.mentors), make([]int32, f.mentors)
	for j := range int32(f.mentors) {
		p.Capacity = append(p.Capacity, f.least+r.Int32N(f.most-f.least+1))
		level[j], office[j] = 3+r.Int32N(7), r.Int32N(12)
		for range 4 {
			if s := draw(r, taught); !slices.Contains(teachers[s], j) {
				teachers[s] = append(teachers[s], j)
			}
		}
	}
	for range mentees {
		known := map[int32]bool{}
		at, sits := 1+r.Int32N(5), r.Int32N(12)
		first, second := draw(r, wanted), draw(r, wanted)
		for n := range 70 {
			from := teachers[first]
			if n%3 == 2 {
				from = teachers[second]
			}
			if len(from) == 0 {
				continue
			}
			j := from[r.IntN(len(from))]
			if known[j] || level[j] < at || len(known) == 50 {
				continue
			}
			known[j] = true
			p.Mentor = append(p.Mentor, j)
			p.Score = append(p.Score, fit(level[j]-at, office[j] == sits, r))
		}
		p.Row = append(p.Row, int64(len(p.Mentor)))
	}
	return p
}

// fit is a score of up to 100,000.
func fit(ahead int32, near bool, r *rand.Rand) int32 {
	score := 60_000 - 8000*max(ahead-3, 3-ahead) + r.Int32N(30_000)
	if near {
		score += 10_000
	}
	return max(score, 1)
}

// popularity is by how much each skill adds to all before it, by the law of Zipf.
func popularity(skills int, steep float64) []float64 {
	sums, sum := make([]float64, skills), 0.0
	for s := range sums {
		sum += 1 / math.Pow(float64(s+1), steep)
		sums[s] = sum
	}
	return sums
}

func draw(r *rand.Rand, sums []float64) int {
	s, _ := slices.BinarySearch(sums, r.Float64()*sums[len(sums)-1])
	return min(s, len(sums)-1)
}
