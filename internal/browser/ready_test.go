package browser

import "testing"

// TestAnAskIsMadeReady plays ready.mjs in the example organisation: objections, a day, the wording, a rehearsal by keyboard, and a
// colleague who comments on exactly what would be sent.
func TestAnAskIsMadeReady(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "ready.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("making an ask ready: %v", err)
	}
	looked(t, in)
}
