package xlsxfile

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Rows are the lines of one sheet, one after the other.
type Rows struct {
	book *Book
	in   io.ReadCloser
	xml  *xml.Decoder
	line int
}

// Rows begins to read a sheet. Whoever does so closes them.
func (b *Book) Rows(sheet string) (*Rows, error) {
	in, err := b.open(b.parts[sheet])
	if err != nil {
		return nil, err
	}
	return &Rows{book: b, in: in, xml: xml.NewDecoder(in)}, nil
}

// Close ends the reading.
func (r *Rows) Close() error { return r.in.Close() }

// Next is the next line that the sheet holds, by its number, the first being 1, and its cells as they
// are stored: a number is 4.12, a date the number of its day. At the end the error is io.EOF; else it
// is ErrDamaged.
func (r *Rows) Next() (line int, cells []string, err error) {
	for {
		token, err := r.xml.Token()
		if errors.Is(err, io.EOF) {
			return 0, nil, io.EOF
		}
		if err != nil {
			return 0, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "row" {
			r.line++
			if n, err := strconv.Atoi(attribute(start, "r")); err == nil && n > r.line {
				r.line = n
			}
			cells, err := r.cells()
			return r.line, cells, err
		}
	}
}

// cells reads the cells of a row to its end: <c r="B2" t="s"><v>7</v></c>.
func (r *Rows) cells() ([]string, error) {
	var cells []string
	at := -1
	for {
		token, err := r.xml.Token()
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			return cells, nil // of the row: those of its cells are read with them
		case xml.StartElement:
			at = max(at+1, column(attribute(t, "r")))
			words, err := r.cell(t)
			if err != nil {
				return nil, err
			}
			if at >= r.book.limits.Columns || words == "" {
				continue
			}
			for len(cells) <= at {
				cells = append(cells, "")
			}
			cells[at] = words
		}
	}
}

// cell is what a cell says: a word that is shared, one of its own, or what a number or formula came to.
func (r *Rows) cell(start xml.StartElement) (string, error) {
	kind, words := attribute(start, "t"), ""
	for {
		token, err := r.xml.Token()
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			return r.meant(kind, words), nil
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				words, err = r.value()
			case "is":
				words, err = r.book.text(r.xml)
			default:
				err = r.xml.Skip()
			}
			if err != nil {
				return "", err
			}
		}
	}
}

// value is the text of the element that has begun.
func (r *Rows) value() (string, error) {
	var all strings.Builder
	for depth := 1; depth > 0; {
		token, err := r.xml.Token()
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if all.Len() < r.book.limits.Cell {
				all.Write(t)
			}
		}
	}
	return r.book.cut(all.String()), nil
}

func (r *Rows) meant(kind, value string) string {
	switch kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < 0 || n >= len(r.book.shared) {
			return ""
		}
		return r.book.shared[n]
	case "str":
		return unescaped(value)
	}
	return value
}

func attribute(of xml.StartElement, name string) string {
	for _, a := range of.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// column is the place of a cell in its line, the first being 0: that of B7 is 1, and of what is no
// place -1.
func column(place string) int {
	n := 0
	for _, c := range []byte(place) {
		if c < 'A' || c > 'Z' || n > 1<<20 {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1
}

// unescaped writes out _x000D_ and the like, as which characters that XML lacks are stored (ST_Xstring).
func unescaped(words string) string {
	if !strings.Contains(words, "_x") {
		return words
	}
	var all strings.Builder
	for {
		before, after, ok := strings.Cut(words, "_x")
		all.WriteString(before)
		if !ok {
			return all.String()
		}
		words = after
		if len(after) > 4 && after[4] == '_' {
			if n, err := strconv.ParseUint(after[:4], 16, 16); err == nil && utf8.ValidRune(rune(n)) {
				all.WriteRune(rune(n))
				words = after[5:]
				continue
			}
		}
		all.WriteString("_x")
	}
}
