package browser

import (
	"testing"

	"github.com/ownward/ownward/internal/house"
)

// TestWins plays wins.mjs: wins kept from anywhere, imported, and shown by links and files.
func TestWins(t *testing.T) {
	in := open(t, house.Config{}, nil)
	out, err := runNode(t, "wins.mjs", in.address, in.outside, in.setUp(t))
	t.Log(out)
	if err != nil {
		t.Errorf("the wins: %v", err)
	}
}
