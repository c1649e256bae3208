package browser

import (
	"testing"

	"github.com/ownward/ownward/internal/house"
)

// TestGuidedStart plays the guided start of start.mjs: on a phone, from the keyboard alone, and without scripts.
func TestGuidedStart(t *testing.T) {
	in := open(t, house.Config{}, nil)
	out, err := runNode(t, "start.mjs", in.address, in.outside, in.setUp(t))
	t.Log(out)
	if err != nil {
		t.Errorf("the guided start: %v", err)
	}
}
