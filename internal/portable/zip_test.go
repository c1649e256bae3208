package portable_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/portable"
)

func TestWhatIsNoExportIsRefused(t *testing.T) {
	bomb := bytes.Repeat([]byte(" "), 40<<20)
	for name, c := range map[string]struct {
		content []byte
		says    string
	}{
		"nothing":                {nil, "not a zip file"},
		"a text":                 {[]byte("Dear Ines"), "not a zip file"},
		"cut off":                {packed(t, "person.json", "{}")[:40], "not a zip file"},
		"without person.json":    {packed(t, "ines/person.json", "{}"), "no person.json at its top"},
		"twice":                  {packed(t, "person.json", "{}", "person.json", "{}"), "twice"},
		"no JSON":                {packed(t, "person.json", "{"), "no JSON"},
		"a list":                 {packed(t, "person.json", "[]"), "/format"},
		"a path up":              {packed(t, "../person.json", "{}"), "leads out of it"},
		"a path up, in the end":  {packed(t, "a/../../person.json", "{}"), "leads out of it"},
		"from the root":          {packed(t, "/etc/passwd", "x"), "leads out of it"},
		"a path of Windows":      {packed(t, `..\person.json`, "{}"), "leads out of it"},
		"a drive":                {packed(t, "C:person.json", "{}"), "leads out of it"},
		"a zip bomb":             {packed(t, "person.json", string(bomb)), "unpacks to more than"},
		"millions of nothings":   {packed(t, "person.json", `{"format":"ownward person","version":1,"wins":[`+strings.Repeat("0,", 4_000_000)+`0]}`), "more than 250000 values"},
		"a zip bomb that lies":   {lyingZip(t, bomb), "person.json"},
		"very large":             {make([]byte, portable.MostZip+1), "larger than"},
		"very many files":        {packed(t, manyNames()...), "holds 1200 files"},
		"deeply nested":          {packed(t, "person.json", strings.Repeat("[", 100_000)), "no JSON"},
		"a link to another file": {linked(t), "leads out of it"},
	} {
		_, err := portable.Read(c.content)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: want %q, got: %v", name, c.says, err)
		}
	}
}

func manyNames() (names []string) {
	for n := range 1200 {
		names = append(names, fmt.Sprint(n), "")
	}
	return names
}

// lyingZip says of its large file that it is small.
func lyingZip(t testing.TB, content []byte) []byte {
	t.Helper()
	var small bytes.Buffer
	f, err := flate.NewWriter(&small, 9)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	entry, err := w.CreateRaw(&zip.FileHeader{Name: "person.json", Method: zip.Deflate, CompressedSize64: uint64(small.Len()), UncompressedSize64: 100, CRC32: binary.BigEndian.Uint32([]byte("CRCs"))})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := entry.Write(small.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// linked holds a symbolic link in the place of person.json.
func linked(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	header := &zip.FileHeader{Name: "person.json"}
	header.SetMode(0o777 | 1<<27) // fs.ModeSymlink
	entry, err := w.CreateHeader(header)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(entry, "/etc/passwd"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
