package browser

import "testing"

// TestPitch plays pitch.mjs in the example organisation: an ask that is prepared, sent, read, changed and compared, its interactions counted.
func TestPitch(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "pitch.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("an ask that is prepared: %v", err)
	}
	looked(t, in)
}
