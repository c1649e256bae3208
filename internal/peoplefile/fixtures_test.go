package peoplefile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
)

var today = civil.On(2026, time.November, 23)

func readFixture(t *testing.T, name string) *File {
	t.Helper()
	raw, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	f, err := Read(raw, Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func read(t testing.TB, text string, mapping ...string) *File {
	t.Helper()
	f, err := Read(strings.NewReader(text), Options{Map: pairs(mapping), Today: today})
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return f
}

func refused(t *testing.T, text string, mapping ...string) string {
	t.Helper()
	_, err := Read(strings.NewReader(text), Options{Map: pairs(mapping), Today: today})
	if err == nil {
		t.Fatal("this file should not be readable")
	}
	return err.Error()
}

func pairs(mapping []string) map[string]string {
	m := map[string]string{}
	for _, pair := range mapping {
		k, v, _ := strings.Cut(pair, "=")
		m[k] = v
	}
	return m
}

// world is an organisation that files are imported into.
type world struct {
	t     testing.TB
	known []Known
	made  int
}

// compare says what the file would do.
func (w *world) compare(f *File, complete bool) *Difference {
	w.t.Helper()
	d := Compare(f, w.known, CompareOptions{Complete: complete, NewKey: func() string {
		w.made++
		return fmt.Sprint("p", w.made)
	}})
	if got := d.New + d.Changed + d.Leaving + d.Unchanged - d.Outside + d.Skipped + d.Repeated + d.SetAside; got != d.Rows {
		w.t.Fatalf("%d rows came to %d outcomes: %+v", d.Rows, got, d)
	}
	return d
}

// apply carries a difference out.
func (w *world) apply(d *Difference) {
	for _, p := range d.People {
		k := Known{Key: p.Key, Values: p.Values, Memory: p.Memory}
		if p.Known == nil {
			w.known = append(w.known, k)
		} else {
			*p.Known = k
		}
	}
	for _, p := range d.People {
		k := w.at(p.Key)
		k.Manager = ""
		if p.Manager != nil && p.here() {
			k.Manager = p.Manager.Key
		}
	}
	for i := range w.known { // lines under who left are over
		if m := w.at(w.known[i].Manager); m != nil && m.Values[Status] == Inactive {
			w.known[i].Manager = ""
		}
	}
}

func (w *world) at(key string) *Known {
	for i := range w.known {
		if w.known[i].Key == key {
			return &w.known[i]
		}
	}
	return nil
}

// named finds the one person of that name.
func (w *world) named(name string) *Known {
	w.t.Helper()
	var found *Known
	for i := range w.known {
		if w.known[i].Values[FullName] == name {
			if found != nil {
				w.t.Fatalf("there are two called %s", name)
			}
			found = &w.known[i]
		}
	}
	if found == nil {
		w.t.Fatalf("there is nobody called %s", name)
	}
	return found
}

// lines writes who stands under whom, by name.
func (w *world) lines() string {
	var b strings.Builder
	for _, k := range w.known {
		if k.Values[Status] == Inactive {
			continue
		}
		under := "-"
		if m := w.at(k.Manager); m != nil {
			under = m.Values[FullName]
		}
		fmt.Fprintf(&b, "%s < %s\n", k.Values[FullName], under)
	}
	return b.String()
}

func (w *world) importing(text string, mapping ...string) *Difference {
	w.t.Helper()
	d := w.compare(read(w.t, text, mapping...), false)
	w.apply(d)
	return d
}

func (w *world) importingComplete(text string) *Difference {
	w.t.Helper()
	d := w.compare(read(w.t, text), true)
	w.apply(d)
	return d
}

// changesNothing imports the same text again.
func (w *world) changesNothing(text string) {
	w.t.Helper()
	before := w.lines()
	d := w.compare(read(w.t, text), false)
	if len(d.People) != 0 {
		w.t.Errorf("importing the same file again touches %d people, first %s: %v, memory %s, before %s",
			len(d.People), d.People[0].Values[FullName], d.People[0].Changes, d.People[0].Memory, d.People[0].Known.Memory)
	}
	w.apply(d)
	if after := w.lines(); after != before {
		w.t.Errorf("importing the same file again moves people:\n%s\nbecame\n%s", before, after)
	}
}

func problems(d *Difference) string {
	var b strings.Builder
	for _, p := range d.Problems {
		fmt.Fprintln(&b, p)
	}
	return b.String()
}

func wantProblem(t *testing.T, d *Difference, line int, column, value, part string, effect Effect) {
	t.Helper()
	for _, p := range d.Problems {
		if p.Line == line && p.Column == column && p.Value == value && strings.Contains(p.Reason, part) && p.Effect == effect {
			if p.WayOut == "" && p.Effect != Noted {
				t.Errorf("no way out: %s", p)
			}
			return
		}
	}
	t.Errorf("no problem of effect %d at line %d, %q %q, with %q; there are:\n%s", effect, line, column, value, part, problems(d))
}

func wantCounts(t *testing.T, d *Difference, want string) {
	t.Helper()
	got := fmt.Sprintf("new %d changed %d leaving %d unchanged %d skipped %d repeated %d aside %d",
		d.New, d.Changed, d.Leaving, d.Unchanged, d.Skipped, d.Repeated, d.SetAside)
	if got != want {
		t.Errorf("counts:\n got %s\nwant %s\n%s", got, want, problems(d))
	}
}

func wantLines(t *testing.T, w *world, want ...string) {
	t.Helper()
	if got := strings.TrimSpace(w.lines()); got != strings.Join(want, "\n") {
		t.Errorf("reporting lines:\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}
