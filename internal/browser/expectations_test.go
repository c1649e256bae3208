package browser

import (
	"context"
	"testing"

	"github.com/ownward/ownward/internal/demo"
	"github.com/ownward/ownward/internal/house"
)

// TestExpectations plays expectations.mjs in the example organisation: a file of roles, a role in a manager's words, where somebody stands.
func TestExpectations(t *testing.T) {
	clock := demo.NewClock()
	in := open(t, house.Config{Demo: true, Clock: clock.Now}, func(h *house.House) error {
		return demo.Fill(t.Context(), h.DB, clock, func(ctx context.Context) error {
			_, err := h.Jobs.RunDue(ctx)
			return err
		})
	})
	out, err := runNode(t, "expectations.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("what is expected: %v", err)
	}
}
