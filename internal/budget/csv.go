package budget

import (
	"bytes"
	"encoding/csv"
	"strconv"

	"github.com/ownward/ownward/internal/csvfile"
	"github.com/ownward/ownward/internal/money"
)

// CSV writes lines as a table for a spreadsheet: amounts in figures alone, with a point.
func CSV(lines []Line) ([]byte, error) {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	rows := [][]string{{"year", "cost_centre", "name", "currency", "amount", "reserved", "spent", "free", "owner", "second", "closed", "last_day"}}
	for _, l := range lines {
		closed := ""
		if !l.ClosedAt.IsZero() {
			closed = l.ClosedAt.Format("2006-01-02")
		}
		figures := func(minor int64) string { return money.Figures(minor, l.Amount.Currency) }
		rows = append(rows, []string{strconv.FormatInt(l.Year, 10), plain(l.CostCentre), plain(l.Name), l.Amount.Currency,
			figures(l.Amount.Minor), figures(l.Reserved), figures(l.Spent), figures(l.Free()), plain(l.Owner.Name), plain(l.Second.Name), closed, l.LastDay.String()})
	}
	err := out.WriteAll(rows)
	return b.Bytes(), err
}

// plain keeps a spreadsheet from taking a text for a formula.
func plain(text string) string {
	if csvfile.IsFormula(text) {
		return "'" + text
	}
	return text
}
