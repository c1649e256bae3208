package winfile

import (
	"strings"

	"github.com/ownward/ownward/internal/csvfile"
)

// The columns that a table can have, and what they are called.
const (
	whatColumn = iota
	dayColumn
	effectColumn
	figureColumn
	linkColumn
	topicColumn
	columnCount
)

var called = map[string]int{}

func init() {
	for column, names := range [columnCount]string{
		whatColumn:   "what, win, wins, accomplishment, achievement, what went well, title, description, summary, task, item, name, entry, note",
		dayColumn:    "date, when, day, done, finished, completed, completed on, completed at, month, period, created, created at, timestamp, datum",
		effectColumn: "effect, impact, result, results, outcome, why, why it matters, what it changed, benefit, details, wirkung",
		figureColumn: "figure, metric, metrics, number, numbers, measure, kpi, value",
		linkColumn:   "link, links, url, evidence, proof, reference, source",
		topicColumn:  "topic, project, category, area, theme, goal, team, tag, tags, thema",
	} {
		for n, name := range strings.Split(names, ", ") {
			called[name] = column*100 + n
		}
	}
}

// columns says where each column stands; -1: nowhere.
type columns [columnCount]int

// assign finds the columns that a header names; of two names for one, the better. Without one that
// says what went well it is no header.
func assign(header []string) *columns {
	at, rank := columns{}, columns{}
	for i := range at {
		at[i] = -1
	}
	named := 0
	for i, name := range header {
		of, known := called[strings.ToLower(strings.Trim(csvfile.Tidy(csvfile.AsText(name)), " :?*"))]
		if !known {
			continue
		}
		named++
		if column := of / 100; at[column] < 0 || of%100 < rank[column] {
			at[column], rank[column] = i, of%100
		}
	}
	if at[whatColumn] < 0 || named < 2 && len(header) > 1 {
		return nil
	}
	return &at
}

const headerSearch = 12 // lines: some tables have a title above

// findHeader finds the header of a table, and gives what reads the lines below it.
func findHeader(text string) (*csvfile.Records, *columns) {
	for _, delimiter := range []byte(",;\t|") {
		records := csvfile.NewRecords(text, delimiter)
		for range headerSearch {
			record, ok := records.Next()
			if !ok {
				break
			}
			if at := assign(record.Cells); at != nil && (len(record.Cells) > 1 || delimiter == ',' && record.Line == 1) {
				return records.Fork(), at
			}
		}
	}
	return nil, nil
}

func (r *reader) csv(text string) error {
	records, at := findHeader(text)
	if at == nil {
		return unreadable("No line names the columns. The first should: “what” for what went well, and as you have them “date”, “effect”, “figure”, “link”, “topic”.")
	}
	rows := r.rows(records)
	first := order(rows, at[dayColumn])
	for _, row := range rows {
		cell := func(column int) string {
			if at[column] < 0 || at[column] >= len(row.Cells) {
				return ""
			}
			return strings.TrimSpace(csvfile.AsText(row.Cells[at[column]]))
		}
		one := Item{Line: row.Line, What: cell(whatColumn), Effect: cell(effectColumn), Figure: cell(figureColumn), Topic: cell(topicColumn)}
		r.address(&one, cell(linkColumn))
		when := r.day(row.Line, cell(dayColumn), first)
		one.Day, one.Keys = when.end(r.o.Today), []string{keyOf(one.What, when)}
		r.add(one)
	}
	if len(rows) == 0 {
		return unreadable("Below the line that names the columns stands nothing.")
	}
	return nil
}

// rows are the lines of a table that hold something.
func (r *reader) rows(records *csvfile.Records) []csvfile.Record {
	var rows []csvfile.Record
	for {
		row, ok := records.Next()
		if !ok {
			return rows
		}
		if strings.TrimSpace(strings.Join(row.Cells, "")) == "" {
			continue
		}
		if row.Quote == csvfile.QuotesNotClear {
			r.problem(row.Line, row.Cells[row.At], "A quotation mark opens here and does not close; the line was taken as it stands.")
		}
		rows = append(rows, row)
	}
}

// address keeps the link of a row, if it is one.
func (r *reader) address(one *Item, cell string) {
	if len(cell) > longestRead || len(one.What) > longestRead {
		return
	}
	link := bareAddress().FindStringSubmatch(cell)
	switch {
	case cell == "":
		_, one.Link = plain(one.What)
	case link != nil && isAddress(link[1]):
		one.Link = link[1]
	default:
		r.problem(one.Line, cell, "This is no address that begins with https:// or http://. It was left out; the rest counts.")
	}
}

// day reads the date of a row. Whether 3/4 is in March or in April is decided by the other rows.
func (r *reader) day(line int, cell string, first dateOrder) span {
	if cell == "" {
		return span{}
	}
	when, rest, ok := spanAt(cell)
	if ok && when.day == unclear && first != orderUnknown {
		m := slashes().FindStringSubmatch(cell)
		if first == monthFirst {
			m[1], m[2] = m[2], m[1]
		}
		when, ok = day(m[3], m[2], m[1])
	}
	switch {
	case ok && when.day == unclear:
		r.problem(line, cell, "No date of this column tells whether the day or the month comes first. The day is left open.")
	case !ok || strings.TrimSpace(rest) != "" && !isClock(rest):
		r.problem(line, cell, "This is not a date that can be read. The day is left open. Write it like 2026-03-31.")
	default:
		return guessYear(when, r.o.Today.Year(), r)
	}
	return span{}
}

// isClock tells of a time of the day behind a date.
func isClock(rest string) bool {
	return strings.Trim(rest, "0123456789:.,+TZ APMapm") == ""
}

// dateOrder is which of two numbers of a date comes first in a column.
type dateOrder uint8

const (
	orderUnknown dateOrder = iota
	dayFirst
	monthFirst
)

// order looks at all dates of a column for one that tells.
func order(rows []csvfile.Record, column int) dateOrder {
	var day, month int
	for _, row := range rows {
		if column < 0 || column >= len(row.Cells) {
			continue
		}
		m := slashes().FindStringSubmatch(strings.TrimSpace(row.Cells[column]))
		if m == nil {
			continue
		}
		switch a, b := number(m[1]), number(m[2]); {
		case a > 12 && b <= 12:
			day++
		case b > 12 && a <= 12:
			month++
		}
	}
	switch {
	case day > 0 && month == 0:
		return dayFirst
	case month > 0 && day == 0:
		return monthFirst
	}
	return orderUnknown
}

var slashes = pattern(`^(\d{1,2})[/-](\d{1,2})[/-]` + aYear)
