package matching_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/ownward/ownward/internal/certificate"
	"github.com/ownward/ownward/internal/matching"
)

// small is a random problem that can be tried out in all ways.
func small(r *rand.Rand) *matching.Problem {
	m, n := r.IntN(8), 1+r.IntN(5)
	p := &matching.Problem{Row: []int64{0}}
	for range n {
		p.Capacity = append(p.Capacity, int32(r.IntN(4)))
	}
	density := r.Float64()
	span := []int32{1, 2, 5, 100, 1 << 30}[r.IntN(5)]
	low := []int32{0, 0, -span / 2, -span}[r.IntN(4)]
	for range m {
		for j := range int32(n) {
			if r.Float64() < density {
				p.Mentor = append(p.Mentor, j)
				p.Score = append(p.Score, low+r.Int32N(span))
			}
			if r.IntN(40) == 0 && len(p.Mentor) > 0 && int64(len(p.Mentor)) > p.Row[len(p.Row)-1] { // the same pair twice
				p.Mentor = append(p.Mentor, p.Mentor[len(p.Mentor)-1])
				p.Score = append(p.Score, low+r.Int32N(span))
			}
		}
		p.Row = append(p.Row, int64(len(p.Mentor)))
	}
	return p
}

// tryAll is what is best by trying each way to match; better compares sums.
func tryAll(p *matching.Problem, weigh func(pair int64) []int64) []int64 {
	var best []int64
	left := append([]int32(nil), p.Capacity...)
	levels := len(weigh(0))
	var at func(i int, sums []int64)
	at = func(i int, sums []int64) {
		if i == p.Mentees() {
			if best == nil || less(best, sums) {
				best = append([]int64(nil), sums...)
			}
			return
		}
		at(i+1, sums)
		for e := p.Row[i]; e < p.Row[i+1]; e++ {
			if j := p.Mentor[e]; left[j] > 0 {
				left[j]--
				more := make([]int64, levels)
				for l, w := range weigh(e) {
					more[l] = sums[l] + w
				}
				at(i+1, more)
				left[j]++
			}
		}
	}
	at(0, make([]int64, levels))
	return best
}

func less(a, b []int64) bool {
	for l := range a {
		if a[l] != b[l] {
			return a[l] < b[l]
		}
	}
	return false
}

func TestBestIsAsGoodAsTryingAll(t *testing.T) {
	for seed := range uint64(3000) {
		p := small(rand.New(rand.NewPCG(seed, 6)))
		s, err := matching.Best(t.Context(), p, nil)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		matched, total, err := certificate.Best((*certificate.Problem)(p), s.Mentor, (*certificate.Proof)(&s.Proof))
		if err != nil || matched != s.Matched || total != s.Total {
			t.Fatalf("seed %d: %v; proven are %d with %d, claimed %d with %d", seed, err, matched, total, s.Matched, s.Total)
		}
		best := tryAll(p, func(e int64) []int64 {
			if len(p.Score) == 0 {
				return []int64{0, 0}
			}
			return []int64{1, int64(p.Score[e])}
		})
		if fmt.Sprint(best) != fmt.Sprint([]int64{int64(matched), total}) {
			t.Fatalf("seed %d: %d with %d, possible is %v", seed, matched, total, best)
		}
	}
}
