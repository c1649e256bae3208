package browser

import "testing"

// TestRounds plays rounds.mjs in the example organisation: a programme owner is named and works a matching round out, people join, what is
// published is what was shown, and it is undone.
func TestRounds(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "rounds.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("a matching round: %v", err)
	}
	looked(t, in)
}
