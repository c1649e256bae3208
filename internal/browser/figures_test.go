package browser

import "testing"

// TestFigures plays figures.mjs in the example organisation: an administrator, a manager and an employee read the same
// figures, of which groups that are too small are said to be so.
func TestFigures(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "figures.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("figures: %v", err)
	}
	looked(t, in)
}
