package browser

import "testing"

// TestExpectations plays expectations.mjs in the example organisation: a file of roles, a role in a manager's words, where somebody stands.
func TestExpectations(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "expectations.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("what is expected: %v", err)
	}
}
