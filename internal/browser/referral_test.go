package browser

import "testing"

// TestAnIntroduction plays referral.mjs in the example organisation: a manager is not the right one and introduces somebody; both
// agree, the two are introduced, and the one who was helped tells how it went.
func TestAnIntroduction(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "referral.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("an introduction: %v", err)
	}
	looked(t, in)
}
