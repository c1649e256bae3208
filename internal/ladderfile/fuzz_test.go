package ladderfile_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/ladderfile"
)

// holds is what is true of any file: it is refused with reasons at lines that it has, or read into
// roles that can be kept; in reasonable time, and twice alike.
func holds(t *testing.T, raw []byte) {
	t.Helper()
	begun := time.Now()
	f, err := ladderfile.Read("fuzz.thing", raw)
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("reading took %v", took)
	}
	if err != nil {
		refused(t, raw, f, err)
		return
	}
	again, err := ladderfile.Read("fuzz.thing", raw)
	if err != nil || !reflect.DeepEqual(f, again) {
		t.Errorf("read twice, it says something else: %v", err)
	}
	if f.Framework == "" || len(f.Roles) == 0 {
		t.Error("a framework without a name or without roles")
	}
	roles := map[string]bool{}
	for _, r := range f.Roles {
		if r.Key == "" || r.Name == "" || roles[r.Key] || len(r.Levels) == 0 {
			t.Errorf("a role that cannot be kept: %+v", r)
		}
		roles[r.Key] = true
		levels := map[string]bool{}
		for _, l := range r.Levels {
			if l.Key == "" || l.Name == "" || levels[l.Key] {
				t.Errorf("a level that cannot be kept: %+v", l)
			}
			levels[l.Key] = true
			for _, a := range l.Asks {
				if a.Skill == "" && a.Words == "" || a.Level < 0 || a.Level > ladderfile.TopLevel || !utf8.ValidString(a.Words) {
					t.Errorf("an expectation that cannot be kept: %+v", a)
				}
			}
		}
	}
}

func refused(t *testing.T, raw []byte, f *ladderfile.File, err error) {
	t.Helper()
	var read *ladderfile.ReadError
	if f != nil || !errors.As(err, &read) || len(read.Problems) == 0 {
		t.Fatalf("refused without a reason: %v", err)
	}
	lines := strings.Count(string(raw), "\n") + strings.Count(string(raw), "\r") + 1
	for _, p := range read.Problems {
		if p.Line < 0 || p.Line > lines+1 || p.Reason == "" {
			t.Errorf("a reason at no line of %d: %+v", lines, p)
		}
	}
}

func seed(f *testing.F, names ...string) {
	f.Helper()
	for _, name := range names {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) { holds(t, raw) })
}

func FuzzYAML(f *testing.F)     { seed(f, "harbour.yaml") }
func FuzzMarkdown(f *testing.F) { seed(f, "pilot.md") }
func FuzzCSV(f *testing.F)      { seed(f, "harbour.csv") }
func FuzzFamily(f *testing.F)   { seed(f, "family.yml") }
func FuzzTopics(f *testing.F)   { seed(f, "topics.md") }

// FuzzLines holds what is true of anything typed into the form of a level: what was understood is
// written down so that it is understood the same way again.
func FuzzLines(f *testing.F) {
	f.Add("Mooring: 3. In any weather.\n# Judgement\nSays no.\n  - Before the tide.\n")
	f.Add("- Radio: 2\n- 9: 8\n")
	f.Fuzz(func(t *testing.T, text string) {
		asks, err := ladderfile.ParseLines(text)
		if err != nil || !utf8.ValidString(text) {
			return
		}
		once := ladderfile.Lines(asks)
		back, err := ladderfile.ParseLines(once)
		if err != nil {
			t.Fatalf("what was taken is refused when it is written again: %v\n%q", err, once)
		}
		if twice := ladderfile.Lines(back); twice != once {
			t.Errorf("%q\nbecame\n%q\nbecame\n%q", text, once, twice)
		}
	})
}
