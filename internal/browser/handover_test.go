package browser

import "testing"

// TestAManagerChanges plays handover.mjs in the example organisation: an administrator changes the manager, the person decides, the new
// manager sees what was shown, the former one nothing more.
func TestAManagerChanges(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "handover.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("a change of manager: %v", err)
	}
	looked(t, in)
}
