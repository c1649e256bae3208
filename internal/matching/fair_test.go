package matching_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/ownward/ownward/internal/certificate"
	"github.com/ownward/ownward/internal/matching"
)

func TestFairIsAsGoodAsTryingAll(t *testing.T) {
	for seed := range uint64(2000) {
		p := small(rand.New(rand.NewPCG(seed, 7)))
		floors := matching.Floors(p, 1+int(seed%5))
		s, err := matching.Fair(t.Context(), p, floors, nil)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		matched, inBand, total, err := certificate.Fair((*certificate.Problem)(p), floors, s.Mentor, (*certificate.Proof)(&s.Proof))
		if err != nil || matched != s.Matched || total != s.Total {
			t.Fatalf("seed %d: %v; proven are %d with %d, claimed %d with %d", seed, err, matched, total, s.Matched, s.Total)
		}
		got := []int64{int64(matched)}
		for _, n := range inBand {
			got = append(got, int64(-n))
		}
		got = append(got, total)
		if best := tryAll(p, func(e int64) []int64 { return inBands(p, floors, e) }); fmt.Sprint(best) != fmt.Sprint(got) {
			t.Fatalf("seed %d: %v, possible is %v", seed, got, best)
		}
	}
}

// inBands is what a pair weighs: one, one less in the band that it is in, its score.
func inBands(p *matching.Problem, floors []int32, e int64) []int64 {
	w := make([]int64, len(floors)+2)
	if len(p.Score) == 0 {
		return w
	}
	w[0], w[len(w)-1] = 1, int64(p.Score[e])
	for b, f := range floors {
		if p.Score[e] < f {
			w[b+1] = -1
			break
		}
	}
	return w
}

func TestThePriceOfFairness(t *testing.T) {
	// Best gives 0 the first mentor, so that 1 is left with the last for one point; fair gives both some.
	p := &matching.Problem{Capacity: []int32{1, 1, 1}, Row: []int64{0, 2, 4}, Mentor: []int32{0, 1, 0, 2}, Score: []int32{100, 40, 50, 1}}
	best, err := matching.Best(t.Context(), p, nil)
	if err != nil || best.Total != 101 {
		t.Errorf("%v: best is %v", err, best)
	}
	fair, err := matching.Fair(t.Context(), p, []int32{30}, nil)
	if err != nil || fair.Total != 90 || fair.Mentor[0] != 1 || fair.Mentor[1] != 0 {
		t.Errorf("%v: fair is %v", err, fair)
	}
	proof := certificate.Proof(fair.Proof)
	if _, _, _, err := certificate.Fair((*certificate.Problem)(p), []int32{30}, best.Mentor, &proof); err == nil {
		t.Error("the best is taken for fair")
	}
	proof.Mentees[1][0]++
	if _, _, _, err := certificate.Fair((*certificate.Problem)(p), []int32{30}, fair.Mentor, &proof); err == nil {
		t.Error("a wrong value of a band is not seen")
	}
}
