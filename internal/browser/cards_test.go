package browser

import (
	"testing"

	"github.com/ownward/ownward/internal/house"
)

// TestCards plays cards.mjs: the library narrowed, a card of one's own with its preview, a list
// that comes in.
func TestCards(t *testing.T) {
	in := open(t, house.Config{}, nil)
	out, err := runNode(t, "cards.mjs", in.address, in.outside, in.setUp(t))
	t.Log(out)
	if err != nil {
		t.Errorf("the cards: %v", err)
	}
	looked(t, in)
}
