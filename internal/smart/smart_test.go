package smart_test

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/smart"
)

var today = civil.On(2026, time.November, 23)

// example is a goal with the advice that we would give.
type example struct {
	line     int
	language string
	goal     smart.Goal
	want     map[smart.Aspect]smart.Finding
	heldOut  bool
}

var letters = map[string]smart.Aspect{"S": smart.Specific, "M": smart.Measured, "A": smart.Attainable, "R": smart.Relevant, "T": smart.Timed}

func examples(t *testing.T) []example {
	t.Helper()
	return append(examplesIn(t, "goals.txt", false), examplesIn(t, "held-out.txt", true)...)
}

func examplesIn(t *testing.T, file string, heldOut bool) []example {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var all []example
	for n, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, " | ")
		language, kind, _ := strings.Cut(parts[0], " ")
		e := example{line: n + 1, language: language, want: map[smart.Aspect]smart.Finding{}, heldOut: heldOut}
		e.goal.Kind, e.goal.Title = smart.Kind(kind), parts[1]
		for _, part := range parts[2 : len(parts)-1] {
			name, value, _ := strings.Cut(part, ": ")
			e.set(t, name, value)
		}
		for _, one := range strings.Fields(strings.TrimPrefix(parts[len(parts)-1], "= ")) {
			if letter, finding, found := strings.Cut(one, ":"); found {
				e.want[letters[letter]] = smart.Finding(finding)
			}
		}
		all = append(all, e)
	}
	return all
}

func (e *example) set(t *testing.T, name, value string) {
	number, _ := strconv.Atoi(value)
	switch name {
	case "what":
		e.goal.Specific = value
	case "seen":
		e.goal.Measured = value
	case "can":
		e.goal.Attainable = value
	case "why":
		e.goal.Relevant = value
	case "due":
		e.goal.Due = today.AddDays(number)
	case "steps":
		e.goal.Steps = number
	default:
		t.Fatalf("line %d: there is no field %q", e.line, name)
	}
}

// tally counts both kinds of error of an aspect: what should have been said and was not, and what
// was said and should not have been. Another reason than ours is one of each.
type tally struct{ asked, right, missed, needless int }

func (a *tally) add(want, got smart.Finding) {
	if want != "" {
		a.asked++
	}
	switch {
	case want == got && want != "":
		a.right++
	case want != got:
		if want != "" {
			a.missed++
		}
		if got != "" {
			a.needless++
		}
	}
}

// TestAdviceOnOurExamples counts, for the part that the rules were made with and for the part that
// they never saw. It fails when the rules get worse than they are: the bounds are what was
// measured, of the goals in goals.txt and in held-out.txt.
func TestAdviceOnOurExamples(t *testing.T) {
	all := examples(t)
	if len(all) < 200 {
		t.Fatalf("there are %d examples", len(all))
	}
	counts := map[bool]map[smart.Aspect]*tally{}
	for _, heldOut := range []bool{false, true} {
		counts[heldOut] = map[smart.Aspect]*tally{}
		for _, aspect := range smart.Aspects {
			counts[heldOut][aspect] = &tally{}
		}
	}
	for _, e := range all {
		got := map[smart.Aspect]smart.Finding{}
		for _, a := range smart.Look(e.goal, today) {
			got[a.Aspect] = a.Finding
		}
		for _, aspect := range smart.Aspects {
			counts[e.heldOut][aspect].add(e.want[aspect], got[aspect])
			if got[aspect] != e.want[aspect] && !e.heldOut {
				t.Logf("line %d, %q: %s is found %q, we would say %q", e.line, e.goal.Title, aspect, got[aspect], e.want[aspect])
			}
		}
	}
	for _, heldOut := range []bool{false, true} {
		for _, aspect := range smart.Aspects {
			c := counts[heldOut][aspect]
			name := map[bool]string{false: "seen", true: "held out"}[heldOut]
			t.Logf("%-8s %-10s asked for %3d, right %3d, missed %2d, needless %2d", name, aspect, c.asked, c.right, c.missed, c.needless)
			if most := bounds[heldOut][aspect]; c.missed > most[0] || c.needless > most[1] {
				t.Errorf("%s, %s: %d missed and %d needless, and it was %d and %d", name, aspect, c.missed, c.needless, most[0], most[1])
			}
		}
	}
}

// bounds are how many are missed and needless.
var bounds = map[bool]map[smart.Aspect][2]int{
	false: {smart.Specific: {4, 6}, smart.Measured: {2, 1}, smart.Attainable: {1, 1}},
	true:  {smart.Specific: {6, 3}, smart.Measured: {3, 3}, smart.Attainable: {2, 2}, smart.Timed: {1, 1}},
}

func TestLanguagesOfOurExamples(t *testing.T) {
	wrong := 0
	for _, e := range examples(t) {
		got := smart.LanguageOf(e.goal.Title, e.goal.Specific, e.goal.Measured, e.goal.Attainable, e.goal.Relevant)
		if got != "" && got != e.language {
			wrong++
			t.Logf("line %d, %q is taken for %s", e.line, e.goal.Title, got)
		}
	}
	if wrong > 0 {
		t.Errorf("%d goals are taken for another language than theirs", wrong)
	}
}

func TestEveryFindingIsSaidInEveryLanguage(t *testing.T) {
	said := map[string]bool{}
	for _, e := range examples(t) {
		for _, a := range smart.Look(e.goal, today) {
			if a.Text == "" || a.Language == "" {
				t.Errorf("line %d: %s %s is said in no words", e.line, a.Aspect, a.Finding)
			}
			said[a.Language+string(a.Aspect)+string(a.Finding)] = true
		}
	}
	if len(said) < 24 {
		t.Errorf("the examples show %d of the findings", len(said))
	}
}

func TestAnOpenGoalNeedsNoFigureAndNoDate(t *testing.T) {
	g := smart.Goal{Kind: smart.Open, Title: "Sing more", Relevant: "It is fun"}
	if found := smart.Look(g, today); len(found) != 0 {
		t.Errorf("an open goal is told %v", found)
	}
	g.NotAgain = true
	if found := smart.Look(g, today); len(found) != 1 || found[0].Finding != smart.Again {
		t.Errorf("an open goal that is never looked at again is told %v", found)
	}
}

func TestAdviceIsInTheLanguageOfTheWords(t *testing.T) {
	for title, want := range map[string]string{"Get better at presenting": "en", "Besser präsentieren": "de", "Mieux communiquer": "en"} {
		found := smart.Look(smart.Goal{Kind: smart.Outcome, Title: title}, today)
		if len(found) == 0 || slices.ContainsFunc(found, func(a smart.Advice) bool { return a.Language != want }) {
			t.Errorf("%q is answered with %v", title, found)
		}
	}
}

func FuzzLook(f *testing.F) {
	for _, title := range []string{"Get better", "Besser werden", "英語", "", "\xff", "A and", "all"} {
		f.Add(title, title)
	}
	f.Fuzz(func(t *testing.T, title, other string) {
		for _, kind := range []smart.Kind{smart.Outcome, smart.Learning, smart.Open} {
			seen := map[smart.Aspect]bool{}
			for _, a := range smart.Look(smart.Goal{Kind: kind, Title: title, Specific: other, Measured: other, Relevant: other}, today) {
				if a.Text == "" || seen[a.Aspect] {
					t.Errorf("%q is told %v", title, a)
				}
				seen[a.Aspect] = true
			}
		}
	})
}
