package skillfile_test

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/skillfile"
)

func zipped(t testing.TB, name string, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write(content)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// FuzzSkills holds of any file: nothing panics, every line comes to exactly one outcome, no two entries are one, and
// what is set aside can be written.
func FuzzSkills(f *testing.F) {
	for _, name := range []string{"esco.csv", "esco-collection.csv", "semicolons.csv", "title-above.csv"} {
		f.Add(fixture(f, name))
	}
	for _, lines := range [][][]string{ratings, technology, model, zones} {
		f.Add(tabbed(lines))
	}
	f.Fuzz(holds)
}

// FuzzWorkbook does so with spreadsheets: what is fuzzed is the sheet and the shared words within one.
func FuzzWorkbook(f *testing.F) {
	for _, lines := range [][][]string{ratings, technology, model, zones} {
		raw := workbook(f, lines)
		f.Add(part(f, raw, "xl/worksheets/sheet1.xml"), part(f, raw, "xl/sharedStrings.xml"))
	}
	whole := workbook(f, model)
	f.Fuzz(func(t *testing.T, sheet, shared []byte) {
		holds(t, replaced(t, whole, map[string][]byte{"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": shared}))
	})
}

func holds(t *testing.T, raw []byte) {
	file, err := skillfile.Read(bytes.NewReader(raw), skillfile.Options{})
	if err != nil {
		if !utf8.ValidString(err.Error()) || len(err.Error()) > 10_000 {
			t.Errorf("an answer that cannot be shown: %q", err)
		}
		return
	}
	if n := len(file.Entries) + file.Repeated + file.Passed + file.SetAside(); n != file.Rows {
		t.Errorf("%d lines come to %d outcomes", file.Rows, n)
	}
	seen := map[string]bool{}
	for _, e := range file.Entries {
		key := skillfile.Fold(e.Name)
		if key == "" || seen[key] || !utf8.ValidString(e.Name+e.Description) || utf8.RuneCountInString(e.Name) > 200 {
			t.Errorf("an entry that is none, or twice: %q", e.Name)
		}
		seen[key] = true
	}
	if err := file.WriteSetAside(io.Discard); err != nil {
		t.Error(err)
	}
}

// part is a file within a spreadsheet.
func part(t testing.TB, raw []byte, name string) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, member := range archive.File {
		if member.Name == name {
			return content(t, member)
		}
	}
	t.Fatalf("no %s", name)
	return nil
}

func content(t testing.TB, member *zip.File) []byte {
	t.Helper()
	in, err := member.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	all, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// replaced is the spreadsheet with other content in some of its files.
func replaced(t testing.TB, raw []byte, with map[string][]byte) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, member := range archive.File {
		text, other := with[member.Name]
		if !other {
			text = content(t, member)
		}
		w, err := z.Create(member.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
