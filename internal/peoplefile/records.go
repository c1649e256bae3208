package peoplefile

import "strings"

// record is one line of a CSV file, or several where a quoted cell holds line breaks.
type record struct {
	line  int
	cells []string
	quote quoting
	at    int // the cell that quote speaks of
}

type quoting uint8

const (
	quotesFine     quoting = iota
	quoteInside            // a quote within a cell that is not quoted: part of the text
	quotesNotClear         // a quoted cell that does not end where a cell can end: taken as text
)

// records reads cells out of text without copying them. Its work grows with the length of the
// text alone, also where quotes are out of order.
type records struct {
	text  string
	delim byte
	pos   int
	line  int
	arena []string
}

func newRecords(text string, delim byte) *records {
	return &records{text: text, delim: delim, line: 1}
}

// next reads one record; empty lines are passed over. ok is false at the end.
func (r *records) next() (rec record, ok bool) {
	for r.pos < len(r.text) && r.newline() {
	}
	if r.pos >= len(r.text) {
		return record{}, false
	}
	if cap(r.arena)-len(r.arena) < 256 {
		r.arena = make([]string, 0, 8192)
	}
	start := len(r.arena)
	rec = record{line: r.line}
	for {
		cell, q := r.cell()
		if q > rec.quote {
			rec.quote, rec.at = q, len(r.arena)-start
		}
		r.arena = append(r.arena, cell)
		if r.pos < len(r.text) && r.text[r.pos] == r.delim {
			r.pos++
			continue
		}
		r.newline()
		break
	}
	rec.cells = r.arena[start:len(r.arena):len(r.arena)]
	return rec, true
}

// newline passes over one line break: CRLF, LF or CR.
func (r *records) newline() bool {
	if r.pos >= len(r.text) {
		return false
	}
	switch r.text[r.pos] {
	case '\r':
		r.pos++
		if r.pos < len(r.text) && r.text[r.pos] == '\n' {
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

func (r *records) cell() (string, quoting) {
	open := r.pos
	for open < len(r.text) && r.text[open] == ' ' {
		open++
	}
	if open < len(r.text) && r.text[open] == '"' {
		if cell, ok := r.quoted(open); ok {
			return cell, quotesFine
		}
		return r.plain(), quotesNotClear
	}
	cell := r.plain()
	if strings.IndexByte(cell, '"') >= 0 {
		return cell, quoteInside
	}
	return cell, quotesFine
}

func (r *records) plain() string {
	for i := r.pos; ; i++ {
		if i == len(r.text) || r.text[i] == r.delim || r.text[i] == '\n' || r.text[i] == '\r' {
			cell := r.text[r.pos:i]
			r.pos = i
			return cell
		}
	}
}

// quoted reads the cell whose quote opens at open. It does so only when the closing quote
// stands at the end of a cell; otherwise nothing is consumed.
func (r *records) quoted(open int) (string, bool) {
	doubled := false
	i := open + 1
	for {
		n := strings.IndexByte(r.text[i:], '"')
		if n < 0 {
			return "", false
		}
		i += n
		if i+1 < len(r.text) && r.text[i+1] == '"' {
			doubled = true
			i += 2
			continue
		}
		break
	}
	after := i + 1
	for after < len(r.text) && r.text[after] == ' ' {
		after++
	}
	if after < len(r.text) && r.text[after] != r.delim && r.text[after] != '\n' && r.text[after] != '\r' {
		return "", false
	}
	cell := r.text[open+1 : i]
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

// lineEnding is the first line break of the text.
func lineEnding(text string) string {
	i := strings.IndexAny(text, "\r\n")
	switch {
	case i < 0 || text[i] == '\n':
		return "\n"
	case i+1 < len(text) && text[i+1] == '\n':
		return "\r\n"
	}
	return "\r"
}
