package phrasing_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/phrasing"
)

// example is what somebody says, with the hints that we would give.
type example struct {
	line     int
	language string
	words    string
	want     []phrasing.Finding
}

func examplesIn(t testing.TB, file string) []example {
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
		if len(parts) != 3 {
			t.Fatalf("%s:%d: %q", file, n+1, line)
		}
		e := example{line: n + 1, language: parts[0], words: parts[1]}
		for _, finding := range strings.Fields(strings.TrimPrefix(parts[2], "=")) {
			e.want = append(e.want, phrasing.Finding(finding))
		}
		all = append(all, e)
	}
	return all
}

// tally counts both kinds of error: what should have been said and was not, and what was said and
// should not have been.
type tally struct{ asked, right, missed, needless int }

// bounds are how many are missed and needless, as it was measured.
var bounds = map[string]map[phrasing.Finding][2]int{
	"seen.txt":     {},
	"held-out.txt": {phrasing.Claim: {3, 0}, phrasing.Blame: {4, 0}},
}

// TestHintsOnOurExamples counts, for the part that the rules were made with and for the part that
// they never saw. It fails when the rules get worse than they are.
func TestHintsOnOurExamples(t *testing.T) {
	total := 0
	for _, file := range []string{"seen.txt", "held-out.txt"} {
		counts := map[phrasing.Finding]*tally{}
		for _, finding := range phrasing.Findings {
			counts[finding] = &tally{}
		}
		for _, e := range examplesIn(t, file) {
			total++
			var got []phrasing.Finding
			for _, h := range phrasing.Look(e.words) {
				got = append(got, h.Finding)
				if h.Language != e.language || h.Text == "" || !strings.Contains(e.words, h.Quote) || h.Quote == "" {
					t.Errorf("%s:%d: the hint is %+v", file, e.line, h)
				}
			}
			for _, finding := range phrasing.Findings {
				counts[finding].add(slices.Contains(e.want, finding), slices.Contains(got, finding))
			}
			if !slices.Equal(got, e.want) && file == "seen.txt" {
				t.Logf("line %d, %q: found %v, we would say %v", e.line, e.words, got, e.want)
			}
		}
		for _, finding := range phrasing.Findings {
			c := counts[finding]
			t.Logf("%-12s %-8s asked for %2d, right %2d, missed %2d, needless %2d", file, finding, c.asked, c.right, c.missed, c.needless)
			if most := bounds[file][finding]; c.missed > most[0] || c.needless > most[1] {
				t.Errorf("%s, %s: %d missed and %d needless, and it was %d and %d", file, finding, c.missed, c.needless, most[0], most[1])
			}
		}
	}
	if total < 120 {
		t.Errorf("there are %d examples, and 120 were promised", total)
	}
}

func (c *tally) add(want, got bool) {
	switch {
	case want && got:
		c.asked, c.right = c.asked+1, c.right+1
	case want:
		c.asked, c.missed = c.asked+1, c.missed+1
	case got:
		c.needless++
	}
}

func TestAHintQuotesTheSentenceItIsAbout(t *testing.T) {
	hints := phrasing.Look("Good morning, Elettra. It costs 1.200 euros. You never asked me. Thank you.")
	if len(hints) != 1 || hints[0].Quote != "You never asked me." {
		t.Errorf("the hints are %+v", hints)
	}
	if hints := phrasing.Look(""); len(hints) != 0 {
		t.Errorf("nothing is told %v", hints)
	}
}

func FuzzLook(f *testing.F) {
	for _, text := range []string{"I deserve a raise, and a course", "Ich möchte", "\xff", "...", "a. b? c!", "1.2.3", "İ, and ı"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		seen := map[phrasing.Finding]bool{}
		for _, h := range phrasing.Look(text) {
			if h.Text == "" || seen[h.Finding] || !strings.Contains(text, h.Quote) {
				t.Errorf("%q is told %+v", text, h)
			}
			seen[h.Finding] = true
		}
	})
}
