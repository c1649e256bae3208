package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"

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
