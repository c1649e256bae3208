package browser

import (
	"testing"

	"github.com/ownward/ownward/internal/house"
)

// TestGoalsThatMove plays goals.mjs: from a goal by its advice and a step of the catalogue to progress and a look back.
func TestGoalsThatMove(t *testing.T) {
	in := open(t, house.Config{}, nil)
	out, err := runNode(t, "goals.mjs", in.address, in.outside, in.setUp(t))
	t.Log(out)
	if err != nil {
		t.Errorf("goals that move: %v", err)
	}
}
