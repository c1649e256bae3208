package matching_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ownward/ownward/internal/certificate"
	"github.com/ownward/ownward/internal/matching"
)

func TestStableLeavesNoBlockingPair(t *testing.T) {
	for seed := range uint64(2500) {
		r := rand.New(rand.NewPCG(seed, 8))
		p := small(r)
		if twice(p) { // then which of their two ranks counts is nobody's to say
			continue
		}
		var w matching.Wishes
		if seed%4 > 0 {
			w.Mentee = ranks(r, p.Pairs())
		}
		if seed%3 > 0 {
			w.Mentor = ranks(r, p.Pairs())
		}
		s, err := matching.Stable(t.Context(), p, w)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if err := certificate.Stable((*certificate.Problem)(p), certificate.Wishes(w), s.Mentor); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

func twice(p *matching.Problem) bool {
	for i := range p.Mentees() {
		row := slices.Sorted(slices.Values(p.Mentor[p.Row[i]:p.Row[i+1]]))
		if len(slices.Compact(row)) < int(p.Row[i+1]-p.Row[i]) {
			return true
		}
	}
	return false
}

// ranks are wishes with ties; many are of no rank.
func ranks(r *rand.Rand, n int) []int32 {
	ranks := make([]int32, n)
	for e := range ranks {
		ranks[e] = 1 + r.Int32N(6)
		if ranks[e] > 3 {
			ranks[e] = 1<<31 - 1
		}
	}
	return ranks
}

func TestABlockingPairIsSeen(t *testing.T) {
	p := &matching.Problem{Capacity: []int32{1, 1}, Row: []int64{0, 2, 4}, Mentor: []int32{0, 1, 0, 1}, Score: []int32{9, 1, 8, 7}}
	w := matching.Wishes{Mentee: []int32{2, 1, 1, 2}, Mentor: []int32{1, 2, 2, 1}}
	s, err := matching.Stable(t.Context(), p, w)
	if err != nil || s.Mentor[0] != 1 || s.Mentor[1] != 0 {
		t.Fatalf("%v: %v; mentees propose, and both can have their first wish", err, s)
	}
	for _, mentor := range [][]int32{{1, matching.None}, {matching.None, 0}, {0, matching.None}} {
		if err := certificate.Stable((*certificate.Problem)(p), certificate.Wishes(w), mentor); !errors.Is(err, certificate.ErrBlocking) {
			t.Errorf("%v: %v", mentor, err)
		}
	}
	byScore := certificate.Wishes{}
	if err := certificate.Stable((*certificate.Problem)(p), byScore, []int32{1, 0}); !errors.Is(err, certificate.ErrBlocking) {
		t.Errorf("0 and 0 would both rather have each other by score: %v", err)
	}
	if err := certificate.Stable((*certificate.Problem)(p), byScore, []int32{0, 1}); err != nil {
		t.Error(err)
	}
}
