package browser

import "testing"

// TestBudgets plays budgets.mjs in the example organisation: money of a cost centre is asked for, granted, approved by who
// answers for it, spent, and never more than there is.
func TestBudgets(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "budgets.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("money of a budget: %v", err)
	}
	looked(t, in)
}
