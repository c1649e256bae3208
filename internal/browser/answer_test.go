package browser

import "testing"

// TestAnAskIsAnswered plays answer.mjs in the example organisation: an answer in five interactions, a question back, a yes that two
// make, what must be shown drawn up by both, and a granted ask told back.
func TestAnAskIsAnswered(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "answer.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("answering an ask: %v", err)
	}
	looked(t, in)
}
