package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"

	"github.com/ownward/ownward/internal/peoplefile"
	"github.com/ownward/ownward/internal/problem"
)

// sentFile is the file that was chosen in a form, or the lines that were pasted in its place:
// then the name is empty.
//
// Errors: problem.Invalid, in the words of missing, when there is neither.
func (c *call) sentFile(missing string) (name string, content []byte, err error) {
	content = []byte(c.FormValue("lines"))
	file, header, err := c.FormFile("file")
	switch {
	case err == nil:
		defer file.Close()
		if header.Size > 0 {
			name = header.Filename
			if content, err = io.ReadAll(file); err != nil {
				return "", nil, err
			}
		}
	case !errors.Is(err, http.ErrMissingFile) && !errors.Is(err, http.ErrNotMultipart):
		return "", nil, err
	}
	if len(bytes.TrimSpace(content)) == 0 {
		return "", nil, problem.Invalid{"file": missing}
	}
	return name, content, nil
}

// sentPreview says what a file that was sent would do.
type sentPreview struct {
	Path           string // of this page
	Back, BackName string // where files of this kind are sent
	Command        string // which lists everything
	Name, ReadAs   string
	Trouble        string // why nothing of it can be used
	Warning        string
	Summary        string
	Nothing        bool
	SetAside       int
	Problems       some[sentProblem]
	Groups         []sentGroup
	Roles          []rolePreview
	Columns        []Field
	Complete       *Field
	Unused         []string
}

type sentProblem struct{ Where, Reason string }

// sentGroup are the lines of a file of which the same becomes.
type sentGroup struct {
	Title string
	some[sentLine]
}

type sentLine struct{ Name, What string }

var sentPage = declare[sentPreview]("sent-file.html", "expectation-parts.html", "plan-parts.html")

const (
	mostPreviewed = 50
	mostProblems  = 200
)

var saidDiscarded = says("The file is removed, and nothing was changed.")

// some is the beginning of a long list.
type some[T any] struct {
	All  int
	Show []T
}

// More is how many are not shown, in words for people; empty when all are.
func (s some[T]) More() string {
	if s.All == len(s.Show) {
		return ""
	}
	return peoplefile.Count(s.All - len(s.Show))
}

// Count is how many there are, in words for people.
func (s some[T]) Count() string { return peoplefile.Count(s.All) }

func (s *some[T]) add(one T, most int) {
	if s.All++; len(s.Show) < most {
		s.Show = append(s.Show, one)
	}
}

// placeOf says where in a file something is.
func placeOf(line int, column, value string) string {
	place := "Not in the file"
	if line > 0 {
		place = "Line " + strconv.Itoa(line)
	}
	if column != "" {
		place += ", " + column
	}
	if value != "" {
		place += ": " + value
	}
	return place
}

// columnOf is a field that a column of a sent file can hold.
type columnOf interface {
	Key() string
	String() string
}

// columnFields offer the columns of a file for each field. Read is the column by which a field
// was understood, if it was; chosen are those that somebody chose, by the keys of the fields.
func columnFields[F columnOf](fields []F, header []string, chosen map[string]string, read func(F) string) []Field {
	var all []Field
	for _, field := range fields {
		one := Field{Name: "column-" + field.Key(), Label: capital(field.String()), Type: "select", Value: or(read(field), chosen[field.Key()])}
		one.Options = []Option{{Label: "not in the file", Chosen: one.Value == ""}}
		for _, name := range header {
			if name != "" && !slices.ContainsFunc(one.Options, func(o Option) bool { return o.Value == name }) {
				one.Options = append(one.Options, Option{Value: name, Label: name, Chosen: name == one.Value})
			}
		}
		all = append(all, one)
	}
	return all
}

// chosenColumns is what was chosen in those fields.
func chosenColumns[F columnOf](c *call, fields []F) map[string]string {
	columns := map[string]string{}
	for _, field := range fields {
		if _, sent := c.Form["column-"+field.Key()]; sent {
			columns[field.Key()] = c.text("column-" + field.Key())
		}
	}
	return columns
}

// setAsideFile is a download of the lines that would not come in.
func setAsideFile(content []byte) view {
	return view{raw: content, header: http.Header{
		"Content-Type": {"text/csv; charset=utf-8"}, "Content-Disposition": {`attachment; filename="set-aside.csv"`},
	}}
}
