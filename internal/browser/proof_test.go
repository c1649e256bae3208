package browser

import "testing"

// TestProof plays proof.mjs in the example organisation: words on wins, by a link and by a colleague, and stories made of them.
func TestProof(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "proof.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("words and stories: %v", err)
	}
	looked(t, in)
}
