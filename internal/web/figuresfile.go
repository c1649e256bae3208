package web

import (
	"bytes"
	"encoding/csv"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/insight"
	"github.com/ownward/ownward/internal/problem"
)

// downloadFigures is the table of a month as a file, with the very numbers of the page.
func downloadFigures(c *call) (view, error) {
	chosen, err := c.figureChoice()
	if err != nil {
		return view{}, err
	}
	t := insight.Table{Figure: chosen.figure, By: chosen.by} // nothing yet, but what would be in it
	if len(chosen.months) > 0 {                              // which may have none of this figure
		found, err := insight.Read(c.tx, c.me, chosen.figure, chosen.by, chosen.month)
		if err != nil && !errors.Is(err, problem.NotFound) {
			return view{}, err
		}
		if err == nil {
			t = found
		}
	}
	content, err := figuresFile(t)
	return view{raw: content, header: http.Header{
		"Content-Type":        {"text/csv; charset=utf-8"},
		"Content-Disposition": {`attachment; filename="` + chosen.figure.Key + `.csv"`},
	}}, err
}

func figuresFile(t insight.Table) ([]byte, error) {
	head := []string{"month", "figure"}
	for _, name := range headsOf(t.Figure, t.By) {
		head = append(head, strings.ToLower(name))
	}
	rounded := "rounded to fives"
	if t.Figure.Shares {
		rounded = "percent of what was planned for the year, rounded to fives; of a quarter, by its last month"
	}
	for _, part := range t.Parts {
		head = append(head, part.Words)
	}
	rows := [][]string{append(head, "all", "remark")}
	for _, row := range t.Rows {
		line := []string{monthKey(t.Month), t.Figure.Name}
		for _, name := range groupNames(t, row) {
			line = append(line, harmless(name))
		}
		if row.Shown {
			for _, value := range row.Values {
				line = append(line, strconv.Itoa(value))
			}
			line = append(line, strconv.Itoa(row.Total), rounded)
		} else {
			line = append(append(line, make([]string, len(t.Parts)+1)...), "too few to show")
		}
		rows = append(rows, line)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

// harmless keeps a spreadsheet from taking a name for a formula.
func harmless(name string) string {
	if strings.ContainsAny(name[:1], "=+-@\t\r") {
		return "'" + name
	}
	return name
}
