package certificate_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/certificate"
)

// The problem of these tests: two mentors, of whom the first has one place and everybody wants
// them. Best is that mentee 1 has them, 0 the other, and 2 nobody.
func problem() *certificate.Problem {
	return &certificate.Problem{
		Capacity: []int32{1, 1},
		Row:      []int64{0, 2, 4, 5},
		Mentor:   []int32{0, 1, 0, 1, 0},
		Score:    []int32{70, 60, 90, 50, 40},
	}
}

func answer() ([]int32, *certificate.Proof) {
	return []int32{1, 0, certificate.None}, &certificate.Proof{
		Mentees: [][]int64{{0, 0, 0}, {30, 30, 0}},
		Mentors: [][]int64{{1, 1}, {60, 30}},
	}
}

func TestWhatIsBestIsProven(t *testing.T) {
	mentor, proof := answer()
	matched, total, err := certificate.Best(problem(), mentor, proof)
	if err != nil || matched != 2 || total != 150 {
		t.Errorf("%v: %d with %d", err, matched, total)
	}
}

func TestAPlantedFaultIsCaught(t *testing.T) {
	for _, c := range []struct {
		what, says string
		plant      func(p *certificate.Problem, mentor []int32, proof *certificate.Proof)
	}{
		{"somebody counts one too little", "mentee 0 and mentor 1 weighs 60", func(_ *certificate.Problem, _ []int32, proof *certificate.Proof) { proof.Mentees[1][0]-- }},
		{"somebody counts one too much", "the pairs weigh 150, the people count 151", func(_ *certificate.Problem, _ []int32, proof *certificate.Proof) { proof.Mentors[1][1]++ }},
		{"a pair was missed", "mentee 2 and mentor 0 weighs 61", func(p *certificate.Problem, _ []int32, _ *certificate.Proof) { p.Score[4] = 61 }},
		{"somebody could be matched and is not", "level 0 the pairs weigh 1, the people count 2", func(_ *certificate.Problem, mentor []int32, _ *certificate.Proof) { mentor[0] = certificate.None }},
		{"a wrong bound of how many", "mentee 0 and mentor 0 weighs 1", func(_ *certificate.Problem, _ []int32, proof *certificate.Proof) { proof.Mentors[0][0] = 0 }},
		{"a worse sum", "the pairs weigh 120", func(_ *certificate.Problem, mentor []int32, _ *certificate.Proof) { mentor[0], mentor[1] = 0, 1 }},
		{"somebody counts less than nothing", "mentee 2 counts less than nothing", func(_ *certificate.Problem, _ []int32, proof *certificate.Proof) {
			proof.Mentees[1][2], proof.Mentors[1][0] = -20, 100
		}},
		{"too many for one mentor", "mentor 0 has more than 1", func(_ *certificate.Problem, mentor []int32, _ *certificate.Proof) { mentor[0] = 0 }},
		{"somebody who is no candidate", "mentee 2 has mentor 1, who is no candidate", func(_ *certificate.Problem, mentor []int32, _ *certificate.Proof) { mentor[2] = 1 }},
		{"a mentor who is not there", "no mentor 7", func(p *certificate.Problem, _ []int32, _ *certificate.Proof) { p.Mentor[0] = 7 }},
		{"nobody asked for", "the assignment is of 3 mentees, the problem of 2", func(p *certificate.Problem, _ []int32, _ *certificate.Proof) {
			p.Row, p.Mentor, p.Score = p.Row[:3], p.Mentor[:4], p.Score[:4]
		}},
		{"more than can be added", "more than can be added", func(_ *certificate.Problem, _ []int32, proof *certificate.Proof) {
			proof.Mentees[1][0], proof.Mentors[1][0] = math.MaxInt64, math.MaxInt64
		}},
		{"sums that only fit when they overflow", "the people count", func(p *certificate.Problem, _ []int32, proof *certificate.Proof) {
			p.Capacity = append(p.Capacity, 1<<30, 1<<30)
			proof.Mentors[0] = append(proof.Mentors[0], 1<<33, 1<<33)
			proof.Mentors[1] = append(proof.Mentors[1], 0, 0)
		}},
		{"a proof of the first level alone", "1 and 2 levels", func(_ *certificate.Problem, _ []int32, proof *certificate.Proof) { proof.Mentees = proof.Mentees[:1] }},
		{"a proof of others", "not about these people", func(_ *certificate.Problem, _ []int32, proof *certificate.Proof) {
			proof.Mentees[1] = slices.Clone(proof.Mentees[1][:2])
		}},
	} {
		p := problem()
		mentor, proof := answer()
		c.plant(p, mentor, proof)
		if _, _, err := certificate.Best(p, mentor, proof); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.what, err)
		}
	}
	mentor, proof := answer()
	proof.Mentees[1][0]--
	if _, _, err := certificate.Best(problem(), mentor, proof); !errors.Is(err, certificate.ErrNotProven) {
		t.Errorf("of a wrong proof: %v", err)
	}
}
