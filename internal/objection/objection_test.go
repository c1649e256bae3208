package objection

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestTheCatalogueHoldsTwentyFiveAndMore(t *testing.T) {
	for _, fault := range Faults() {
		t.Error(fault)
	}
	if n := len(All()); n < 25 {
		t.Errorf("there are %d objections, and 25 were promised", n)
	}
	if _, ok := ByID("and-then-you-leave-us"); !ok {
		t.Error("and then you leave us is not among them")
	}
	for _, kind := range kinds[1:] {
		likely := Likely(kind)
		if len(likely) < 5 {
			t.Errorf("for %s there are %d: too few to be ready", kind, len(likely))
		}
		if last := likely[len(likely)-1]; kind != "something else" && last.Asks[0] != Any {
			t.Errorf("for %s what is for all does not come last", kind)
		}
	}
	for _, o := range Likely("") {
		if o.Asks[0] != Any {
			t.Errorf("%s is likely for an ask of no kind", o.ID)
		}
	}
}

func TestNoTwoSayTheSameAndEachIsReadInAMinute(t *testing.T) {
	said := map[string]string{}
	for _, o := range All() {
		if filepath.Base(o.File) != o.ID+".md" {
			t.Errorf("%s holds %s", o.File, o.ID)
		}
		text := o.Behind + " " + o.Answer + " " + o.Not
		if n := len(strings.Fields(text)); n < 50 || n > 190 {
			t.Errorf("%s has %d words", o.ID, n)
		}
		if strings.ContainsAny(text+o.Says, "!") {
			t.Errorf("%s raises its voice", o.ID)
		}
		for _, sentence := range append(strings.Split(strings.ReplaceAll(text, "\n", " "), ". "), o.Says) {
			if other, taken := said[sentence]; taken && len(sentence) > 25 {
				t.Errorf("%s and %s both say %q", other, o.ID, sentence)
			}
			said[sentence] = o.ID
		}
	}
}

const good = `---
id: too-loud
says: "It is too loud."
asks: [time, something else]
---

## What is behind it
A.
## How to answer it
B.
## What not to say
C.
`

func TestABadOneIsRefusedWithLineAndWayOut(t *testing.T) {
	if o, faults := Parse("a.md", []byte(good)); len(faults) > 0 || o.Says != "It is too loud." || o.Behind != "A." || o.Not != "C." || !o.IsFor("time") || o.IsFor("money") {
		t.Fatalf("the good one is %+v, %v", o, faults)
	}
	for name, one := range map[string]struct {
		was, is string
		line    int
		want    string
	}{
		"no words":        {"says: \"It is too loud.\"\n", "", 4, "says is missing"},
		"unknown kind":    {"[time,", "[tea,", 4, "change of role or level"},
		"no kind":         {"asks: [time, something else]\n", "", 4, "asks is missing"},
		"unknown field":   {"says:", "tells:", 3, "the fields are id, says and asks"},
		"missing section": {"## What not to say\nC.\n", "", 5, "## What not to say"},
		"bad id":          {"too-loud", "Too Loud", 2, "small letters"},
	} {
		_, faults := Parse("a.md", []byte(strings.Replace(good, one.was, one.is, 1)))
		if len(faults) == 0 || faults[0].Line != one.line || !strings.Contains(faults[0].Reason, one.want) {
			t.Errorf("%s: found %v, not line %d with %q", name, faults, one.line, one.want)
		}
	}
}
