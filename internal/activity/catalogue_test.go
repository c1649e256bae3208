package activity

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheCatalogueHoldsTwentyFiveKindsAndMore(t *testing.T) {
	c := Builtin()
	for _, fault := range c.Faults() {
		t.Error(fault)
	}
	if n := len(c.List(Choice{})); n < 25 {
		t.Errorf("there are %d kinds of activity, and 25 were promised", n)
	}
	for _, use := range Uses {
		for _, money := range []Money{Nothing, ""} {
			if n := len(c.List(Choice{For: use, Money: money})); n < 5 {
				t.Errorf("to %s with money %q there are %d kinds: too few to choose from", use, money, n)
			}
		}
	}
	led := map[string]bool{}
	for _, a := range c.List(Choice{}) {
		for _, next := range a.Next {
			led[next] = true
		}
		if strings.ReplaceAll(a.Name, " ", "-") != strings.ReplaceAll(a.ID, "others-work", "others'-work") {
			t.Errorf("%s is called %q: one would not find it by its name", a.ID, a.Name)
		}
		if filepath.Base(a.File) != a.ID+".md" {
			t.Errorf("%s holds %s", a.File, a.ID)
		}
	}
	for _, a := range c.List(Choice{}) {
		if !led[a.ID] && a.ID != "vision-statement" && a.ID != "drill" && a.ID != "side-project" && a.ID != "reviewing-others-work" {
			t.Errorf("no other kind leads to %s", a.ID)
		}
	}
}

func TestNoTwoKindsSayTheSame(t *testing.T) {
	said := map[string]string{}
	for _, a := range Builtin().List(Choice{}) {
		for _, text := range []string{a.WhatItIs, a.Fits, a.Costs, a.Start, a.Worked, a.Manager} {
			for _, sentence := range strings.Split(strings.ReplaceAll(text, "\n", " "), ". ") {
				if other, taken := said[sentence]; taken && len(sentence) > 40 {
					t.Errorf("%s and %s both say %q", other, a.ID, sentence)
				}
				said[sentence] = a.ID
			}
		}
		words := len(strings.Fields(a.WhatItIs + a.Fits + a.Costs + a.Start + a.Worked + a.Manager))
		if words < 100 || words > 330 {
			t.Errorf("%s has %d words: a card is read in a minute", a.ID, words)
		}
	}
}

const good = `---
id: reading-group
name: reading group
hint: six people and one article
group: with somebody
for: [begin, grow]
time: an hour a month
money: nothing
steps:
  - Ask five people, and send the article a week before
when: the article is printed
then: put it on the table at lunch
next: [book]
---

## What it is
A.
## When it fits
B.
## What it costs
C.
## How to start
D.
## How to tell that it worked
E.
## What to ask your manager for
F.
`

func TestAnOrganisationAddsItsOwn(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("a.md", good)
	write("b.md", strings.Replace(good, "id: reading-group", "id: shadowing", 1))
	write("c.md", strings.Replace(strings.Replace(good, "id: reading-group", "id: other", 1), "[book]", "[nothing-there]", 1))
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	a, ok := c.ByName("Reading group")
	if !ok || !a.Own || a.When == "" || a.Manager != "F." || a.Group != WithSomebody || len(c.Next(a)) != 1 {
		t.Errorf("the organisation's own kind is %+v, %t", a, ok)
	}
	if one, _ := c.ByID("shadowing"); one.Own {
		t.Error("a file took the place of a kind that is there")
	}
	if faults := c.Faults(); len(faults) != 2 || !strings.Contains(faults[0].Error(), `id "shadowing" is taken`) || !strings.Contains(faults[1].Error(), "nothing-there") {
		t.Errorf("the faults are %v", faults)
	}
}

func TestABadKindIsRefusedWithLineAndWayOut(t *testing.T) {
	for name, one := range map[string]struct {
		was, is string
		line    int
		want    string
	}{
		"no name":         {"name: reading group\n", "", 13, "name is missing"},
		"unknown group":   {"group: with somebody", "group: outdoors", 5, "in the work, with somebody"},
		"unknown use":     {"[begin, grow]", "[begin, rest]", 6, `for is "rest"`},
		"money":           {"money: nothing", "money: 50", 8, "nothing, a little or a budget"},
		"no steps":        {"steps:\n  - Ask five people, and send the article a week before\n", "", 12, "steps is missing"},
		"when alone":      {"then: put it on the table at lunch\n", "", 11, "go together"},
		"unknown field":   {"time: an", "duration: an", 7, "the fields are id, name"},
		"missing section": {"## What it costs\nC.\n", "", 14, "## What it costs"},
		"unknown section": {"## How to start", "## Colour", 14, `How to start`},
		"to itself":       {"[book]", "[reading-group]", 13, "leave"},
		"no front matter": {"---\nid", "id", 1, "begins with front matter"},
		"a list wanted":   {"for: [begin, grow]", "for: begin", 6, "for, steps and next are lists"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(good, one.was) {
				t.Fatalf("the good one does not hold %q", one.was)
			}
			_, faults := Parse("a.md", []byte(strings.Replace(good, one.was, one.is, 1)))
			if len(faults) == 0 || faults[0].Line != one.line || !strings.Contains(faults[0].Reason, one.want) {
				t.Errorf("found %v, not line %d with %q", faults, one.line, one.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("---\n---\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		a, faults := Parse("a.md", text)
		if len(faults) == 0 && (a.ID == "" || a.Name == "" || len(a.Steps) == 0 || a.Manager == "") {
			t.Errorf("%q was taken as %+v", text, a)
		}
	})
}

func TestWhatSomebodyNeedsAtALevel(t *testing.T) {
	for _, one := range []struct {
		level, wanted int
		want          Use
	}{{0, 3, Begin}, {1, 2, Begin}, {2, 3, Grow}, {4, 5, Grow}, {4, 4, Share}, {5, 3, Share}, {0, 0, Begin}} {
		if got := UseAt(one.level, one.wanted); got != one.want {
			t.Errorf("from %d to %d: %s, not %s", one.level, one.wanted, got, one.want)
		}
	}
}
