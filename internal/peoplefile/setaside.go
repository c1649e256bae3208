package peoplefile

import (
	"bufio"
	"io"
	"strings"

	"github.com/ownward/ownward/internal/csvfile"
)

// WhyColumn is the header of the column that says why a row was set aside.
const WhyColumn = "Why it was set aside"

// WriteSetAside writes the rows that were set aside in the format of the file itself, with one
// more column that says why. Mended, it can be imported as it is.
func (d *Difference) WriteSetAside(w io.Writer, f *File) error {
	out := bufio.NewWriter(w)
	if f.bom {
		out.WriteString("\uFEFF")
	}
	why := len(f.Header)
	if n := len(f.Header); n > 0 && f.Header[n-1] == WhyColumn {
		why-- // a file of rows set aside, imported again
	}
	f.writeRecord(out, f.Header[:why], WhyColumn, why)
	for i := range f.Rows {
		row := &f.Rows[i]
		if reason := d.reasons[row.Line]; reason != "" {
			f.writeRecord(out, row.Cells, reason, why)
		}
	}
	return out.Flush()
}

// writeRecord puts the reason in its column, so that it stands under its header for rows of any width but those that are too wide.
func (f *File) writeRecord(out *bufio.Writer, cells []string, reason string, why int) {
	if len(cells) > why && f.blankFrom(cells, why) {
		cells = cells[:why]
	}
	n := max(why, len(cells))
	for i := range n + 1 {
		if i > 0 {
			out.WriteByte(f.delimiter)
		}
		switch {
		case i == n:
			f.writeCell(out, reason)
		case i < len(cells):
			f.writeCell(out, cells[i])
		}
	}
	out.WriteString(f.newline)
}

// blankFrom is true where the cells from there on are empty or an older reason.
func (f *File) blankFrom(cells []string, from int) bool {
	return empty(cells[from:]) || from < len(f.Header) && len(cells) == len(f.Header)
}

func (f *File) writeCell(out *bufio.Writer, s string) {
	if csvfile.IsFormula(s) {
		s = "'" + s
	}
	if strings.IndexByte(s, f.delimiter) < 0 && !strings.ContainsAny(s, "\"\r\n") && strings.TrimSpace(s) == s {
		out.WriteString(s)
		return
	}
	out.WriteByte('"')
	out.WriteString(strings.ReplaceAll(s, `"`, `""`))
	out.WriteByte('"')
}
