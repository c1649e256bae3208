// Package csvfile reads the CSV that the world sends: any encoding, any separator, quotation marks
// out of order. What a column means is for whoever reads.
package csvfile

import "strings"

// Record is one line of a CSV file, or several where a quoted cell holds line breaks.
type Record struct {
	Line  int // where it begins, from 1
	Cells []string
	Quote Quoting
	At    int // the cell that Quote speaks of
}

// Quoting says whether the quotation marks of a record are in order.
type Quoting uint8

// From fine to worst.
const (
	QuotesFine     Quoting = iota
	QuoteInside            // a quote within a cell that is not quoted: part of the text
	QuotesNotClear         // a quoted cell that does not end where a cell can end: taken as text
)

// Records reads cells out of text without copying them. Its work grows with the length of the
// text alone, also where quotes are out of order.
type Records struct {
	Text      string
	Delimiter byte
	pos       int
	line      int
	arena     []string
}

// NewRecords begins at the first line of the text.
func NewRecords(text string, delimiter byte) *Records {
	return &Records{Text: text, Delimiter: delimiter, line: 1}
}

// Next reads one record; empty lines are passed over. ok is false at the end.
func (r *Records) Next() (rec Record, ok bool) {
	for r.pos < len(r.Text) && r.newline() {
	}
	if r.pos >= len(r.Text) {
		return Record{}, false
	}
	if cap(r.arena)-len(r.arena) < 256 {
		r.arena = make([]string, 0, 8192)
	}
	start := len(r.arena)
	rec = Record{Line: r.line}
	for {
		cell, q := r.cell()
		if q > rec.Quote {
			rec.Quote, rec.At = q, len(r.arena)-start
		}
		r.arena = append(r.arena, cell)
		if r.pos < len(r.Text) && r.Text[r.pos] == r.Delimiter {
			r.pos++
			continue
		}
		r.newline()
		break
	}
	rec.Cells = r.arena[start:len(r.arena):len(r.arena)]
	return rec, true
}

// newline passes over one line break: CRLF, LF or CR.
func (r *Records) newline() bool {
	if r.pos >= len(r.Text) {
		return false
	}
	switch r.Text[r.pos] {
	case '\r':
		r.pos++
		if r.pos < len(r.Text) && r.Text[r.pos] == '\n' {
			r.pos++
		}
	case '\n':
		r.pos++
	default:
		return false
	}
	r.line++
	return true
}

func (r *Records) cell() (string, Quoting) {
	open := r.pos
	for open < len(r.Text) && r.Text[open] == ' ' {
		open++
	}
	if open < len(r.Text) && r.Text[open] == '"' {
		if cell, ok := r.quoted(open); ok {
			return cell, QuotesFine
		}
		return r.plain(), QuotesNotClear
	}
	cell := r.plain()
	if strings.IndexByte(cell, '"') >= 0 {
		return cell, QuoteInside
	}
	return cell, QuotesFine
}

func (r *Records) plain() string {
	for i := r.pos; ; i++ {
		if i == len(r.Text) || r.Text[i] == r.Delimiter || r.Text[i] == '\n' || r.Text[i] == '\r' {
			cell := r.Text[r.pos:i]
			r.pos = i
			return cell
		}
	}
}

// quoted reads the cell whose quote opens at open. It does so only when the closing quote
// stands at the end of a cell; otherwise nothing is consumed.
func (r *Records) quoted(open int) (string, bool) {
	doubled := false
	i := open + 1
	for {
		n := strings.IndexByte(r.Text[i:], '"')
		if n < 0 {
			return "", false
		}
		i += n
		if i+1 < len(r.Text) && r.Text[i+1] == '"' {
			doubled = true
			i += 2
			continue
		}
		break
	}
	after := i + 1
	for after < len(r.Text) && r.Text[after] == ' ' {
		after++
	}
	if after < len(r.Text) && r.Text[after] != r.Delimiter && r.Text[after] != '\n' && r.Text[after] != '\r' {
		return "", false
	}
	cell := r.Text[open+1 : i]
	r.line += lineBreaks(cell)
	r.pos = after
	if doubled {
		cell = strings.ReplaceAll(cell, `""`, `"`)
	}
	return cell, true
}

func lineBreaks(s string) int {
	return strings.Count(s, "\n") + strings.Count(s, "\r") - strings.Count(s, "\r\n")
}

// LineEnding is the first line break of the text.
func LineEnding(text string) string {
	i := strings.IndexAny(text, "\r\n")
	switch {
	case i < 0 || text[i] == '\n':
		return "\n"
	case i+1 < len(text) && text[i+1] == '\n':
		return "\r\n"
	}
	return "\r"
}

// Fork is a reader that goes on from here by itself.
func (r *Records) Fork() *Records {
	fork := *r
	fork.arena = nil
	return &fork
}
