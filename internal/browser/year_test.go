package browser

import "testing"

// TestYear plays year.mjs in the example organisation: a year of two is begun, one of it is moved, one put off, and the rhythm is
// changed; a file of holidays comes in.
func TestYear(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "year.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("a year of conversations: %v", err)
	}
	looked(t, in)
}
