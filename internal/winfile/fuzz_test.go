package winfile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// seeds are the beginnings of every fuzz target: each kind of file, in order and out of it.
func seeds(f *testing.F) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) == 0 {
		f.Fatal("no fixtures", err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	for _, text := range []string{
		aLog, "what,when,link\n\"a\nb\",31/3/2026,https://x.example\n", "title;date\n=1+1;2026\n", "\xff\xfe-\x00 \x00a\x00\n\x00",
		"- [ ] a\n- [x] b\n\t- c:\n\t\t- d\n", "# 2026\n===\n**Q1**\n- a (H2)\n```\n- b\n", "---\nx: y\n---\n+ a\n  b\n<!--\n- c\n-->\n", "commit 1234567\nDate: 2026-01-01\n\n    a\n",
	} {
		f.Add([]byte(text))
	}
}

func FuzzCSV(f *testing.F)      { fuzz(f, CSV) }
func FuzzMarkdown(f *testing.F) { fuzz(f, Markdown) }
func FuzzGit(f *testing.F)      { fuzz(f, Git) }
func FuzzAny(f *testing.F)      { fuzz(f, "") }

// fuzz holds of any file: nothing panics, whatever is offered can be kept as a win, and the same
// file offers nothing twice.
func fuzz(f *testing.F, source Source) {
	seeds(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, err := Read(raw, Options{Source: source, Today: today})
		if err != nil {
			return
		}
		known := map[string]bool{}
		for _, one := range file.Items {
			switch {
			case strings.TrimSpace(one.What) == "" || !utf8.ValidString(one.What+one.Effect+one.Figure+one.Topic+one.Link) || strings.Contains(one.What, "\x00"):
				t.Errorf("this is no text: %+v", one)
			case tooLong(one.What, longestWhat) || tooLong(one.Figure, longestLine) || tooLong(one.Topic, longestLine):
				t.Errorf("this is too long: %+v", one)
			case one.Day.After(today) || one.Link != "" && !isAddress(one.Link) || len(one.Keys) == 0:
				t.Errorf("this cannot be kept: %+v", one)
			}
			fresh := false
			for _, key := range one.Keys {
				fresh = fresh || !known[key]
				known[key] = true
			}
			if !fresh {
				t.Errorf("this is offered twice: %+v", one)
			}
		}
		lines := strings.Count(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(raw)), "\n") + len(raw)
		for _, p := range file.Problems {
			if p.Line < 1 || p.Line > lines+1 || p.Reason == "" {
				t.Errorf("this names no line: %+v", p)
			}
		}
		again, err := Read(raw, Options{Source: source, Today: today.AddDays(3), Known: func(key string) bool { return known[key] }})
		if err != nil {
			t.Fatalf("the same file again: %v", err)
		}
		for _, one := range again.Items {
			if !one.Day.After(today) {
				t.Errorf("the same file offers again: %+v", one)
			}
		}
	})
}
