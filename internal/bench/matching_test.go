package bench

import (
	"math/rand/v2"
	"testing"

	"github.com/ownward/ownward/internal/matching"
)

func TestRoundsOfAllFamiliesStayBest(t *testing.T) {
	for _, f := range families {
		f.mentors /= 100
		p := f.problem(1000, rand.New(rand.NewPCG(3, 77)))
		s, err := matching.Best(t.Context(), p, nil)
		if err != nil {
			t.Fatal(err)
		}
		join, leave, err := comeAndGo(p, s)
		if err != nil || len(leave) != 20 || len(join) != 10 || s.Matched < 600 {
			t.Errorf("%s: %v; %d left, %d joined, %d were matched", f.name, err, len(leave), len(join), s.Matched)
		}
	}
}
