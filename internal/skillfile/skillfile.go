// Package skillfile reads lists of skills as the world publishes them: ESCO's CSV, O*NET's
// spreadsheets, and any CSV or spreadsheet with a column that names skills. It knows no store.
package skillfile

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/csvfile"
	"github.com/ownward/ownward/internal/xlsxfile"
)

// Field is one thing that a list can say of a skill.
type Field uint8

// The fields.
const (
	Name Field = iota
	Aliases
	Description
	Source // the id that the skill has where the list comes from
	concept
	status
	fieldCount
)

var fieldKeys = [fieldCount]string{"name", "aliases", "description", "source", "concept-type", "status"}

var fieldLabels = [fieldCount]string{"name of the skill", "other names", "description", "id in its source", "kind of entry", "status"}

// Key is the name of the field in a mapping.
func (f Field) Key() string { return fieldKeys[f] }

// String is the name of the field for people.
func (f Field) String() string { return fieldLabels[f] }

// Fields are those that a column can be chosen for.
func Fields() []Field { return []Field{Name, Aliases, Description, Source} }

// Entry is one skill of a list.
type Entry struct {
	Line        int // where it first stands
	Name        string
	Aliases     []string
	Description string
	Source      string
}

// Problem is one thing that whoever brings the list in should know.
type Problem struct {
	Line     int
	Column   string
	Value    string
	Reason   string
	SetAside bool // the line did not go in; else it went in, but not quite as the file says

	cells []string // of a line that was set aside
}

// String is the problem on one line.
func (p Problem) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "line %d", p.Line)
	if p.Column != "" {
		fmt.Fprintf(&b, ", %s", p.Column)
	}
	if p.Value != "" {
		fmt.Fprintf(&b, " %q", p.Value)
	}
	fmt.Fprintf(&b, ": %s", p.Reason)
	return b.String()
}

// File is a list of skills, read.
type File struct {
	Form     string // for people: "ESCO", "O*NET, technology skills", "CSV", ...
	Encoding string
	Header   []string
	Columns  [fieldCount]int // the column of each field, -1 where the file has none
	Unused   []string
	Rows     int // lines below the header that are not empty
	Repeated int // lines that name a skill once more
	Passed   int // lines of something else, as the form has them
	Entries  []Entry
	Problems []Problem // in the order of the lines

	known map[string]int // folded name to its place in Entries
	model map[string]int // O*NET element ids of entries
}

// SetAside is how many lines did not go in.
func (f *File) SetAside() int {
	n := 0
	for _, p := range f.Problems {
		if p.SetAside {
			n++
		}
	}
	return n
}

// The most that a list may hold. The whole of ESCO has 13,900 skills with 100,000 other names,
// O*NET's technology skills 32,628 lines.
const (
	MostBytes    = 32 << 20
	mostRows     = 500_000
	mostEntries  = 60_000
	mostAliases  = 60 // of one entry
	mostName     = 200
	mostText     = 4000 // of a description, in characters; what is longer is cut
	mostColumns  = 200
	headerSearch = 12 // some put a title above the header
)

// Options say how to read a list.
type Options struct {
	// Map names the column of a field where it is not recognised. An empty column means that the
	// file does not say this field.
	Map map[string]string
}

// A ReadError says why nothing of the file can be used, in words for people.
type ReadError struct {
	Message string
	Header  []string // the columns, where it is for them to be chosen
	mapping string
}

func (e *ReadError) Error() string {
	if e.mapping == "" {
		return e.Message
	}
	return e.Message + " Say which one: --map " + e.mapping + "."
}

func unreadable(format string, args ...any) error {
	return &ReadError{Message: fmt.Sprintf(format, args...)}
}

// Read reads a list to its end.
//
// A bad line never stops the good ones: it is listed under Problems. The error is a *ReadError
// when nothing can be used, or that of r.
func Read(r io.Reader, o Options) (*File, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MostBytes+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > MostBytes {
		return nil, unreadable("This is larger than the %d MB that a list of skills may have.", MostBytes>>20)
	}
	f := &File{known: map[string]int{}, model: map[string]int{}}
	lines, err := f.open(raw, o.Map)
	if err != nil {
		return nil, err
	}
	defer lines.close()
	if err := f.readRows(lines); err != nil {
		return nil, err
	}
	return f, f.leaves()
}

// source gives the records of a file one by one.
type source interface {
	// next is the next record and the line on which it begins; ok is false at the end.
	next() (line int, cells []string, ok bool, err error)
	close()
}

func (f *File) open(raw []byte, mapping map[string]string) (source, error) {
	if xlsxfile.IsOne(raw) {
		return f.openWorkbook(raw, mapping)
	}
	text, encoding, err := csvfile.Decode(raw)
	if err != nil {
		return nil, unreadable("%s", err)
	}
	f.Form, f.Encoding = "CSV", encoding.Name
	var best source
	bestScore, bestCells := 0, 0
	for _, delimiter := range []byte(",;\t|") {
		lines := &csvLines{csvfile.NewRecords(text, delimiter)}
		header, at, score := findHeader(lines, mapping)
		if at == nil || best != nil && (score < bestScore || score == bestScore && (score > 0 || len(header) <= bestCells)) {
			continue
		}
		best, bestScore, bestCells, f.Header = at, score, len(header), header
	}
	if best == nil {
		return nil, unreadable("The file is empty. A list of skills has a line that names its columns, and a line for each skill.")
	}
	return best, f.assign(mapping)
}

// csvLines are the lines of a CSV.
type csvLines struct{ records *csvfile.Records }

func (c *csvLines) next() (int, []string, bool, error) {
	rec, ok := c.records.Next()
	return rec.Line, rec.Cells, ok, nil
}

func (c *csvLines) close() {}

func (c *csvLines) fork() source { return &csvLines{c.records.Fork()} }

// findHeader looks for the best header among the first lines, and gives what follows it.
func findHeader(lines *csvLines, mapping map[string]string) (header []string, after source, score int) {
	for range headerSearch {
		_, cells, ok, _ := lines.next()
		if !ok {
			break
		}
		if s := recognised(cells, mapping); after == nil || s > score {
			header, after, score = names(cells), lines.fork(), s
		}
	}
	return header, after, score
}

func names(cells []string) []string {
	cells = slices.Clone(cells[:min(len(cells), mostColumns)])
	for i, name := range cells {
		cells[i] = short(csvfile.Tidy(csvfile.AsText(name)))
	}
	return cells
}

// short is a text fit to be shown within a message.
func short(s string) string {
	const most = 80
	s = strings.ToValidUTF8(s, "\uFFFD")
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
