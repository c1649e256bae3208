package browser

import "testing"

// TestCounsel plays counsel.mjs in the example organisation: advice is kept, decided, shown and led on, and who matters is written down.
func TestCounsel(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "counsel.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("counsel and who matters: %v", err)
	}
	looked(t, in)
}
