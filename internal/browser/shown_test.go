package browser

import (
	"context"
	"testing"

	"github.com/ownward/ownward/internal/demo"
	"github.com/ownward/ownward/internal/house"
)

// TestShown plays shown.mjs in the example organisation: what a manager proposes, a copy for one meeting, comments on it.
func TestShown(t *testing.T) {
	clock := demo.NewClock()
	in := open(t, house.Config{Demo: true, Clock: clock.Now}, func(h *house.House) error {
		return demo.Fill(t.Context(), h.DB, clock, func(ctx context.Context) error {
			_, err := h.Jobs.RunDue(ctx)
			return err
		})
	})
	out, err := runNode(t, "shown.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("what is shown: %v", err)
	}
}
