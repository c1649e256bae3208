package browser

import "testing"

// TestAPromiseBetweenTwo plays promises.mjs in the example organisation: promised, renegotiated by a proposal and another in answer, looked
// back on by both, kept, and drawn for both alike.
func TestAPromiseBetweenTwo(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "promises.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("a promise between two: %v", err)
	}
	looked(t, in)
}
