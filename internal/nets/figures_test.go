package nets

import (
	"testing"

	"github.com/ownward/ownward/internal/attack/trial"
)

// TestFiguresTellNobodyApart attacks what is shown of small random organisations over three months: with a linear
// program, and with what any two who look know of themselves; and groups that somebody thought out. Without hiding of
// rests, where all or none are let through, or where a number is never further off than its rounding, it finds somebody.
func TestFiguresTellNobodyApart(t *testing.T) {
	shown := 0
	for seed := range uint64(100) {
		told, n := trial.Tell(seed, 40)
		shown += n
		for _, each := range told {
			t.Error(each)
		}
	}
	for _, each := range trial.Cases(1000) {
		t.Error(each)
	}
	if shown == 0 {
		t.Error("no number was shown at all")
	}
}
