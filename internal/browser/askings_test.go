package browser

import "testing"

// TestAskings plays askings.mjs in the example organisation: a question to several, here and by a link, turned back, replied to,
// answered, and what follows.
func TestAskings(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "askings.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("questions in writing: %v", err)
	}
	looked(t, in)
}
