package browser

import (
	"testing"

	"github.com/ownward/ownward/internal/house"
)

// TestFromAGapToAStep plays gap.mjs: a skill from the list, a role outside, a goal from the gap, a step under it.
func TestFromAGapToAStep(t *testing.T) {
	in := open(t, house.Config{}, nil)
	out, err := runNode(t, "gap.mjs", in.address, in.outside, in.setUp(t))
	t.Log(out)
	if err != nil {
		t.Errorf("from a gap to a step: %v", err)
	}
	looked(t, in)
}
