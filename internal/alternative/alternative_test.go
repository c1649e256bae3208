package alternative

import "testing"

func TestEveryWayIsWholeAndStandsInItsPlace(t *testing.T) {
	all, faults := read()
	for _, fault := range faults {
		t.Error(fault)
	}
	if len(all) != len(order) {
		t.Fatalf("%d ways, and an order of %d", len(all), len(order))
	}
	for i, a := range all {
		if a.ID != order[i] {
			t.Errorf("%s stands where %s is expected", a.ID, order[i])
		}
		if same, ok := Named(a.Name); !ok || same.ID != a.ID {
			t.Errorf("%s is not found by its name", a.Name)
		}
		if same, ok := ByID(a.ID); !ok || same.Name != a.Name {
			t.Errorf("%s is not found by its id", a.ID)
		}
	}
	if _, ok := ByID("nothing-like-it"); ok {
		t.Error("a way is found that is not there")
	}
}

func TestAWayThatIsNotWholeIsRefused(t *testing.T) {
	for _, text := range []string{
		"no front matter",
		"---\nid: one\nname: one\nhint: h\nkind: k\nask: a\ngoal: g\n---\n\n## What it can mean\n\nWords\n",
		"---\nid: one\nname: one\nhint: h\nkind: k\nask: a\n---\n\n## What it can mean\n\nWords\n\n## How to begin\n\nWords\n",
	} {
		if _, faults := parse("one.md", []byte(text)); len(faults) == 0 {
			t.Errorf("taken: %q", text)
		}
	}
}
