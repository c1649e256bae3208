package peoplefile

import (
	"strings"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/csvfile"
)

// longest is how many characters a value may have.
var longest = func() (most [fieldCount]int) {
	for f := range most {
		most[f] = 200
	}
	most[ID], most[Number], most[TimeZone] = 120, 120, 60
	return most
}()

func (f *File) readRows(recs *csvfile.Records, o Options) error {
	most := o.MaxRows
	if most == 0 {
		most = 1_000_000
	}
	f.Rows = make([]Row, 0, min(strings.Count(recs.Text, "\n")+1, len(recs.Text)/40+16, most))
	for {
		rec, ok := recs.Next()
		if !ok {
			break
		}
		if empty(rec.Cells) {
			continue
		}
		if len(f.Rows) == most {
			return unreadable("The file has more than %d lines. Please import it in parts.", most)
		}
		f.Rows = append(f.Rows, Row{Line: rec.Line, Cells: rec.Cells})
		row := &f.Rows[len(f.Rows)-1]
		f.quotes(rec)
		if f.tooWide(row) {
			continue
		}
		f.take(row)
		f.names(row)
		f.addresses(row)
		f.status(row)
		f.zone(row)
	}
	f.dates(Start)
	f.dates(end)
	f.gone(o.Today)
	return nil
}

func empty(cells []string) bool {
	for _, c := range cells {
		if tidy(c) != "" {
			return false
		}
	}
	return true
}

func (f *File) quotes(rec csvfile.Record) {
	if rec.Quote == csvfile.QuotesFine {
		return
	}
	p := Problem{Line: rec.Line, Value: rec.Cells[rec.At]}
	if rec.At < len(f.Header) {
		p.Column = f.Header[rec.At]
	}
	if rec.Quote == csvfile.QuoteInside {
		p.Reason = "A quotation mark stands inside this value; it was taken as part of the text."
	} else {
		p.Effect = Altered
		p.Reason = "A quotation mark opens here and does not close at the end of the value; the line was taken as it stands."
		p.WayOut = `Double the marks that belong to the text ("") or remove them.`
	}
	f.problem(p)
}

// tooWide sets a row aside that has more cells than the header: it cannot be known which belong where.
func (f *File) tooWide(row *Row) bool {
	if len(row.Cells) <= len(f.Header) || empty(row.Cells[len(f.Header):]) {
		return false
	}
	f.setAside(row, Problem{
		Value:  row.Cells[len(f.Header)],
		Reason: "This line has more values than the header has columns, so they cannot be told apart.",
		WayOut: "Put quotation marks around a value that holds " + delimiterName(f.delimiter) + ".",
	})
	return true
}

func delimiterName(d byte) string {
	switch d {
	case ';':
		return "a semicolon"
	case '\t':
		return "a tab"
	case '|':
		return "a vertical bar"
	}
	return "a comma"
}

func (f *File) setAside(row *Row, p Problem) {
	p.Line, p.Effect = row.Line, SetAside
	row.faulty = true
	f.problem(p)
}

// take copies the cells of the row into its values. A cell that cannot be used says nothing.
func (f *File) take(row *Row) {
	for field, c := range f.Columns {
		field := Field(field)
		if c < 0 || c >= len(row.Cells) {
			continue
		}
		value := tidy(csvfile.AsText(row.Cells[c]))
		p, bad := unusable(field, row.Cells[c], value)
		if !bad {
			if value != "" && field != FirstName && field != LastName && field != FullName && meansNothing(value) {
				value = ""
			}
			row.Values[field] = value
			row.said.add(field)
			continue
		}
		p.Line, p.Column, p.Value = row.Line, f.Header[c], row.Cells[c]
		if field == ID || field == FirstName || field == LastName || field == FullName {
			f.setAside(row, p)
			continue
		}
		p.Effect = Altered
		p.Reason += " It was left out; the rest of the line counts."
		f.problem(p)
	}
}

func unusable(field Field, raw, value string) (Problem, bool) {
	switch {
	case strings.IndexByte(raw, 0) >= 0:
		return Problem{Reason: "This value holds a NUL byte.", WayOut: "Export the file again as CSV (UTF-8), or type the value anew."}, true
	case !utf8.ValidString(raw):
		return Problem{Reason: "This value holds letters that are not valid UTF-8.", WayOut: "Export the file again as CSV (UTF-8), or type the value anew."}, true
	case len(value) > longest[field] && utf8.RuneCountInString(value) > longest[field]:
		return Problem{Reason: "This value is too long to be the " + field.String() + ".", WayOut: "Shorten it, or check that the quotation marks before it are closed."}, true
	}
	return Problem{}, false
}

// meansNothing is true for what spreadsheets and exports write into an empty cell.
func meansNothing(v string) bool {
	if len(v) > 6 {
		return false
	}
	switch strings.ToLower(v) {
	case "-", "--", "–", "—", "n/a", "#n/a", "null", "none", "(none)", "nil", "nan":
		return true
	}
	return false
}

// names sees to it that every person has a full name.
func (f *File) names(row *Row) {
	v := &row.Values
	if p := v[preferred]; p != "" {
		row.alias = strings.TrimSpace(v[FirstName] + " " + v[LastName])
		if v[LastName] != "" && len(p) > len(v[LastName]) && strings.HasSuffix(p, " "+v[LastName]) {
			p = strings.TrimSuffix(p, " "+v[LastName])
		}
		v[FirstName] = p
	}
	v[FullName] = givenNameFirst(v[FullName])
	if v[FullName] == "" {
		v[FullName] = strings.TrimSpace(v[FirstName] + " " + v[LastName])
	}
	row.said.add(FullName)
	if v[FullName] == "" && !row.faulty {
		f.setAside(row, Problem{
			Reason: "This line has no name.",
			WayOut: "Give the person a first and a last name.",
		})
	}
	if p, bad := unusable(FullName, v[FullName], v[FullName]); bad && !row.faulty {
		p.Value = v[FullName]
		f.setAside(row, p)
	}
}

// givenNameFirst turns "Doe, Jane" round and drops what Workday adds: "Jane Doe (On Leave) (1234)".
func givenNameFirst(name string) string {
	for strings.HasSuffix(name, ")") {
		open := strings.LastIndex(name, " (")
		if open < 1 {
			break
		}
		name = strings.TrimSpace(name[:open])
	}
	last, first, found := strings.Cut(name, ",")
	first, last = strings.TrimSpace(first), strings.TrimSpace(last)
	if !found || first == "" || last == "" || strings.Contains(first, ",") || suffixes[strings.ToLower(strings.Trim(first, "."))] {
		return name
	}
	return first + " " + last
}

var suffixes = map[string]bool{"jr": true, "sr": true, "ii": true, "iii": true, "iv": true, "phd": true, "ph.d": true, "md": true, "m.d": true, "mba": true, "esq": true, "cpa": true}
