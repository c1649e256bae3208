package browser

import "testing"

// TestTwoWriteTogether plays together.mjs in the example organisation: two in one conversation, typing at once, in the same place and in
// others, with the line of one cut and there again; nothing is lost, and both have what the store has.
func TestTwoWriteTogether(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "together.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("two in one conversation: %v", err)
	}
	looked(t, in)
}
