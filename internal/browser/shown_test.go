package browser

import "testing"

// TestShown plays shown.mjs in the example organisation: what a manager proposes, a copy for one meeting, comments on it.
func TestShown(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "shown.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("what is shown: %v", err)
	}
}
