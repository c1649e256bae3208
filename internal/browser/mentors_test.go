package browser

import "testing"

// TestMentors plays mentors.mjs in the example organisation: help is offered, found, asked for and given, and looked back on.
func TestMentors(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "mentors.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("finding a mentor: %v", err)
	}
	looked(t, in)
}
