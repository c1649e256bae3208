// Package peoplefile reads the CSV export of any HR system and says how it differs from the
// people already known. It knows no database: the caller hands it the file and a snapshot, and
// carries out the Difference that comes back.
package peoplefile

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/csvfile"
)

// Field is one thing that a people file can say about a person.
type Field uint8

// The fields, in the order in which changes are listed.
const (
	ID Field = iota
	Number
	Account
	Email
	FullName
	FirstName
	Title
	Level
	Department
	Location
	Kind
	TimeZone
	Start
	Status
	Manager
	ManagerEmail
	ManagerName
	LastName  // has no place of its own: it is part of the full name
	preferred // the first name a person goes by, where it is not the legal one
	end       // the last day; past days mean that the person has left
	fieldCount
)

// kept is how many fields stay with a person; those after it only serve to find them out.
const kept = Manager

// The two values of Status.
const (
	Active   = "active"
	Inactive = "inactive"
)

var fieldKeys = [fieldCount]string{"id", "number", "account", "email", "name", "first-name", "title",
	"level", "department", "location", "kind", "time-zone", "start", "status", "manager", "manager-email",
	"manager-name", "last-name", "preferred-name", "end"}

var fieldLabels = [fieldCount]string{"id", "employee number", "account name", "e-mail", "name", "first name",
	"job title", "level", "department", "location", "employment kind", "time zone", "start date", "status",
	"manager", "manager's e-mail", "manager's name", "last name", "preferred name", "last day"}

// Key is the name of the field in a mapping and in what is stored.
func (f Field) Key() string { return fieldKeys[f] }

// String is the name of the field for people.
func (f Field) String() string { return fieldLabels[f] }

// Fields are those that a column can be chosen for, the most needed first.
func Fields() []Field {
	return []Field{FullName, FirstName, LastName, preferred, ID, Number, Email, Account, Manager, ManagerEmail, ManagerName,
		Title, Level, Department, Location, Kind, Status, Start, end, TimeZone}
}

// FieldByKey finds a field by its key.
func FieldByKey(key string) (Field, bool) {
	for f, k := range fieldKeys {
		if headerKey(k) == headerKey(key) {
			return Field(f), true
		}
	}
	return 0, false
}

// Values holds one value a field, in canonical form: e-mail in lower case, dates as 2026-03-01,
// status as Active or Inactive. Empty means not known.
type Values [fieldCount]string

// fields is a set of fields.
type fields uint32

func (s fields) has(f Field) bool { return s&(1<<f) != 0 }
func (s *fields) add(f Field)     { *s |= 1 << f }
func (s *fields) drop(f Field)    { *s &^= 1 << f }

// Row is one record of the file.
type Row struct {
	Line   int      // where the record begins, from 1
	Cells  []string // as they stand in the file
	Values Values
	alias  string // the legal name of somebody who goes by another
	said   fields // what the row says; a cell that cannot be used says nothing
	faulty bool   // set aside while reading
}

// Effect is what a problem does to its row.
type Effect uint8

// The effects, from mild to strong.
const (
	Noted    Effect = iota // went in as given
	Altered                // went in, but not quite as the file says
	SetAside               // did not go in
)

// Problem is one thing that the administrator should know about the file.
type Problem struct {
	Line   int    // 0 when it concerns somebody who is not in the file
	Column string // the header as the file spells it; "" when it concerns the whole row
	Value  string
	Reason string
	WayOut string
	Effect Effect
}

// String is the problem on one line.
func (p Problem) String() string {
	var b strings.Builder
	if p.Line > 0 {
		fmt.Fprintf(&b, "line %d", p.Line)
	} else {
		b.WriteString("not in the file")
	}
	if p.Column != "" {
		fmt.Fprintf(&b, ", %s", p.Column)
	}
	if p.Value != "" {
		fmt.Fprintf(&b, " %q", p.Value)
	}
	fmt.Fprintf(&b, ": %s", p.Reason)
	if p.WayOut != "" {
		fmt.Fprintf(&b, " %s", p.WayOut)
	}
	return b.String()
}

// File is a people file, read.
type File struct {
	Header   []string
	Columns  [fieldCount]int // the column of each field, -1 where the file has none
	Unused   []string        // columns that say nothing we keep
	Rows     []Row
	Problems []Problem // found while reading, in the order of the lines
	Encoding string    // for people: "UTF-8", "Windows-1252", ...

	delimiter byte
	newline   string
	bom       bool // the set-aside file begins with a byte order mark
}

// Options say how to read a file.
type Options struct {
	// Map names the column of a field where it is not recognised: "manager" to "ManagerID".
	// An empty column means that the file does not say this field.
	Map map[string]string
	// Today decides whether a last day has passed.
	Today civil.Date
	// MaxRows is how many people a file may hold; a million when it is 0.
	MaxRows int
}

// A ReadError says why nothing of the file can be used, in words for people.
type ReadError struct {
	Message string
	Header  []string // the columns, where it is for them to be chosen
	mapping string   // how the command is told which
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

// Read reads a people file to its end.
//
// A bad row never stops the good ones: it is listed under Problems. The error is a *ReadError
// when nothing can be used, or that of r.
func Read(r io.Reader, o Options) (*File, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	text, enc, err := csvfile.Decode(raw)
	if err != nil {
		return nil, unreadable("%s", err)
	}
	f := &File{Encoding: enc.Name, bom: enc.Mark}
	recs, err := f.findHeader(text, o.Map)
	var unclear *ReadError
	if errors.As(err, &unclear) {
		unclear.Header = f.Header
	}
	if err != nil {
		return nil, err
	}
	if err := f.readRows(recs, o); err != nil {
		return nil, err
	}
	if len(f.Rows) == 0 {
		return nil, unreadable("The file names columns, but no people.")
	}
	return f, nil
}

func (f *File) column(field Field) string {
	if c := f.Columns[field]; c >= 0 {
		return f.Header[c]
	}
	return ""
}

func (f *File) problem(p Problem) {
	p.Value = shown(p.Value)
	f.Problems = append(f.Problems, p)
}

// shown is a value fit to be printed: short, and without control characters.
func shown(s string) string {
	const most = 80
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n == most {
			b.WriteRune('…')
			break
		}
		if r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' {
			r = '\uFFFD'
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

// Tidy is csvfile.Tidy: one line of words, without what cannot be seen.
func Tidy(s string) string { return csvfile.Tidy(s) }

func tidy(s string) string { return csvfile.Tidy(s) }
