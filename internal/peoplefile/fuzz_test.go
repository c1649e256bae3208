package peoplefile

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzImport holds two things for any file: nothing panics, and every row comes to exactly one
// outcome, also when the file is imported again over what it left behind.
func FuzzImport(f *testing.F) {
	fixtures, err := filepath.Glob("testdata/*.csv")
	if err != nil || len(fixtures) == 0 {
		f.Fatal("no fixtures", err)
	}
	for _, name := range fixtures {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw, false)
	}
	f.Add([]byte("id,name,manager\n1,A,2\n2,B,1\n2,C,\n"), true)
	f.Add([]byte("id;name;email\n1;\"A;a@x\n;;\n\"\"\"\n"), false)
	f.Fuzz(func(t *testing.T, raw []byte, complete bool) {
		file, err := Read(strings.NewReader(string(raw)), Options{Today: today})
		if err != nil {
			return
		}
		w := &world{t: t}
		w.apply(w.compare(file, complete))
		before := w.lines()
		d := w.compare(file, complete)
		if !d.Nothing() {
			t.Errorf("the same file again: %d new, %d changed, %d leaving; first %+v", d.New, d.Changed, d.Leaving, *d.People[0])
		}
		if w.apply(d); w.lines() != before {
			t.Errorf("the same file again moves people:\n%s\n%s", before, w.lines())
		}
		if err := d.WriteSetAside(io.Discard, file); err != nil {
			t.Error(err)
		}
	})
}

// manyPeople is an export of n people, seven under each manager, in no helpful order.
func manyPeople(n int) string {
	var b strings.Builder
	b.WriteString("Employee ID,First Name,Last Name,Work Email,Job Title,Department,Location,Hire Date,Status,Manager ID\n")
	for i := n; i >= 1; i-- {
		manager := ""
		if i > 1 {
			manager = fmt.Sprint(100_000 + (i+5)/7)
		}
		fmt.Fprintf(&b, "%d,First%d,Last%d,p%d@big.example,Engineer,Department %d,Town %d,20%02d-03-%02d,Active,%s\n",
			100_000+i, i%997, i, i, i%40, i%12, i%26, 1+i%28, manager)
	}
	return b.String()
}

func BenchmarkReadAndCompare(b *testing.B) {
	text := manyPeople(100_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		w := &world{t: b}
		w.compare(read(b, text), false)
	}
}

func BenchmarkCompareAgain(b *testing.B) {
	f := read(b, manyPeople(100_000))
	w := &world{t: b}
	for _, p := range w.compare(f, false).People {
		k := Known{Key: p.Key, Values: p.Values, Memory: p.Memory}
		if p.Manager != nil {
			k.Manager = p.Manager.Key
		}
		w.known = append(w.known, k)
	}
	for b.Loop() {
		if d := w.compare(f, true); len(d.People) != 0 {
			b.Fatal(len(d.People))
		}
	}
}
