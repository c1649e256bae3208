package matching_test

import (
	"math/rand/v2"
	"testing"

	"github.com/ownward/ownward/internal/certificate"
	"github.com/ownward/ownward/internal/matching"
)

func TestAMatchingStaysBestWhilePeopleComeAndGo(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 9))
		p := small(r)
		s, err := matching.Best(t.Context(), p, nil)
		if err != nil {
			t.Fatal(err)
		}
		l, err := matching.NewLive(p, s)
		if err != nil {
			t.Fatal(err)
		}
		for step := range 25 {
			change(r, l, p.Mentors())
			p, s := l.Problem(), l.Solution()
			matched, total, err := certificate.Best((*certificate.Problem)(p), s.Mentor, (*certificate.Proof)(&s.Proof))
			if err != nil || matched != s.Matched || total != s.Total {
				t.Fatalf("seed %d, step %d: %v; proven are %d with %d, claimed %d with %d", seed, step, err, matched, total, s.Matched, s.Total)
			}
		}
	}
}

func change(r *rand.Rand, l *matching.Live, mentors int) {
	switch r.IntN(4) {
	case 0, 1:
		var who, scores []int32
		for j := range int32(mentors) {
			if r.IntN(2) == 0 {
				who, scores = append(who, j), append(scores, r.Int32N(20)-5)
			}
		}
		l.Join(who, scores)
	case 2:
		if n := len(l.Solution().Mentor); n > 0 {
			l.Leave(r.Int32N(int32(n)))
		}
	case 3:
		l.SetCapacity(r.Int32N(int32(mentors)), r.Int32N(4))
	}
}

// More candidates than are kept in mind, so that who is further away has to be found as well.
func TestAMatchingStaysBestAmongMany(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 10))
		const mentees, mentors = 80, 40
		p := &matching.Problem{Row: []int64{0}}
		for range mentors {
			p.Capacity = append(p.Capacity, r.Int32N(5))
		}
		span := []int32{3, 1000, 100_000}[seed%3]
		for range mentees {
			for j := range int32(mentors) {
				if r.IntN(3) > 0 {
					p.Mentor, p.Score = append(p.Mentor, j), append(p.Score, r.Int32N(span))
				}
			}
			p.Row = append(p.Row, int64(len(p.Mentor)))
		}
		s, err := matching.Best(t.Context(), p, nil)
		if err != nil {
			t.Fatal(err)
		}
		l, err := matching.NewLive(p, s)
		if err != nil {
			t.Fatal(err)
		}
		for step := range 150 {
			change(r, l, mentors)
			s := l.Solution()
			if _, _, err := certificate.Best((*certificate.Problem)(l.Problem()), s.Mentor, (*certificate.Proof)(&s.Proof)); err != nil {
				t.Fatalf("seed %d, step %d: %v", seed, step, err)
			}
		}
	}
}

func TestAPlaceMayComeAndGoForEver(t *testing.T) {
	p := &matching.Problem{Capacity: []int32{1, 1}, Row: []int64{0, 2, 4}, Mentor: []int32{0, 1, 0, 1}, Score: []int32{3, 5, 4, 7}}
	s, err := matching.Best(t.Context(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	l, err := matching.NewLive(p, s)
	if err != nil {
		t.Fatal(err)
	}
	for step := range int32(2000) {
		l.SetCapacity(step%2, step/2%2*2)
		s := l.Solution()
		if _, _, err := certificate.Best((*certificate.Problem)(l.Problem()), s.Mentor, (*certificate.Proof)(&s.Proof)); err != nil {
			t.Fatalf("step %d: %v", step, err)
		}
	}
}
