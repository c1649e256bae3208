package browser

import (
	"context"
	"testing"

	"github.com/ownward/ownward/internal/demo"
	"github.com/ownward/ownward/internal/house"
)

// TestProof plays proof.mjs in the example organisation: words on wins, by a link and by a colleague, and stories made of them.
func TestProof(t *testing.T) {
	clock := demo.NewClock()
	in := open(t, house.Config{Demo: true, Clock: clock.Now}, func(h *house.House) error {
		return demo.Fill(t.Context(), h.DB, clock, func(ctx context.Context) error {
			_, err := h.Jobs.RunDue(ctx)
			return err
		})
	})
	out, err := runNode(t, "proof.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("words and stories: %v", err)
	}
}
