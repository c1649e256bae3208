package browser

import "testing"

// TestProgrammes plays programmes.mjs in the example organisation: a programme with one seat that costs money is posted, asked for,
// given by whoever answers for the budget, given back and passed on in order, and looked back at.
func TestProgrammes(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "programmes.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("a programme: %v", err)
	}
	looked(t, in)
}
