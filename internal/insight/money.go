package insight

import (
	"strings"
	"time"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/disclosure"
	"github.com/ownward/ownward/internal/org"
)

// used is the money of budgets, as a share of what was planned: of all, and by cost centre. A month holds too few sums
// for that, so it is made for a quarter, with the tables of its last month.
var used = Figure{
	Key: "money", Name: "Money used of what was planned", Shares: true, Parts: []string{"spent or promised"},
	Says: "Each sum counts in the quarter of the yes, or in the first of the year that its budget is for, as a share of what was planned for the whole year. What was returned does not count.",
}

// ByCostCentre is the breakdown of shares.
const ByCostCentre disclosure.Breakdown = 1

const (
	inQuarter = 3  // months
	Step      = 5  // percent: shares are shown as multiples of it
	inAll     = 20 // of these are all that was planned
)

// QuarterOf is the last month of the last quarter that was over with a month.
func QuarterOf(month civil.Date) civil.Date {
	month = firstOf(month)
	return month.AddMonths(-(int(month.Month()) % inQuarter))
}

// purse is the money of a cost centre in one currency, or all that there is.
type purse struct {
	of      string
	planned int64
	did     counted // who was promised how much of it, in the smallest unit
}

// quarter is the money that was planned for the year that a quarter is in.
type quarter struct {
	from, until civil.Date
	purses      []purse        // all that there is first
	of          map[db.ID]int  // the purse of a line
	begins      map[db.ID]bool // whether the year of a line begins with the quarter
	currencies  map[string]bool
}

// purses are those of the quarter that a month ends, the whole first; none for other months. There is no whole where money
// is kept in several currencies: nothing is converted.
func purses(tx *db.Tx, o org.Organisation, month civil.Date) ([]purse, error) {
	if QuarterOf(month) != month {
		return nil, nil
	}
	lines, err := budget.UnscopedLines(tx, o.ID)
	if err != nil {
		return nil, err
	}
	q := quarter{from: month.AddMonths(1 - inQuarter), until: month.AddMonths(1)}
	q.plan(lines)
	zone := org.Zone(o.TimeZone)
	err = promised(tx, o, q.from.At(0, 0, zone).UTC(), q.until.At(0, 0, zone).UTC(), func(line, who db.ID, sum int64, before bool) {
		if n, ok := q.of[line]; ok && (!before || q.begins[line]) {
			q.purses[0].add(who, sum)
			q.purses[n].add(who, sum)
		}
	})
	if len(q.currencies) != 1 {
		return q.purses[1:], err
	}
	for currency := range q.currencies { // the only one need not be said
		for n, p := range q.purses {
			q.purses[n].of = strings.TrimSuffix(p.of, ", "+currency)
		}
	}
	return q.purses, err
}

// plan adds up what was planned, by cost centre and currency.
func (q *quarter) plan(lines []budget.Line) {
	q.purses, q.of, q.begins, q.currencies = []purse{{did: counted{}}}, map[db.ID]int{}, map[db.ID]bool{}, map[string]bool{}
	known := map[string]int{}
	for _, l := range lines {
		last := l.LastDay
		if last.Before(q.from) || !last.Before(q.from.AddMonths(12)) {
			continue // for another year
		}
		key := org.Fold(l.CostCentre) + "\n" + l.Amount.Currency
		if _, ok := known[key]; !ok {
			known[key] = len(q.purses)
			q.purses = append(q.purses, purse{of: l.CostCentre + ", " + l.Amount.Currency, did: counted{}})
		}
		q.of[l.ID], q.begins[l.ID] = known[key], !last.Before(q.from.AddMonths(12-inQuarter))
		q.purses[known[key]].planned += l.Amount.Minor
		q.purses[0].planned += l.Amount.Minor
		q.currencies[l.Amount.Currency] = true
	}
}

func (p purse) add(who db.ID, sum int64) {
	if p.did[who] == nil {
		p.did[who] = []int{0}
	}
	p.did[who][0] += int(sum)
}

// promised says each sum that was promised up to the end, and whether that was before the begin.
func promised(tx *db.Tx, o org.Organisation, begin, end time.Time, say func(line, who db.ID, sum int64, before bool)) error {
	return told(tx, func(row db.Row) error {
		var line, who db.ID
		var sum int64
		var before bool
		defer func() { say(line, who, sum, before) }()
		return row.Scan(&line, &who, &sum, &before)
	}, `
		select budget_id, person_id, case when state = 'held' then amount else spent end, reserved_at < $2
		from budget_reservations where organisation_id = $1 and reserved_at < $3 and state in ('held', 'spent')`, o.ID, begin, end)
}

// shares are the tables of a quarter: of the whole, and by cost centre. Everybody could be promised money of each.
func (c census) shares(lots Lots, marks []disclosure.Mark) map[disclosure.Breakdown]kept {
	if len(c.purses) == 0 {
		return nil
	}
	var everybody disclosure.Mark
	here := map[db.ID]bool{}
	for n, mark := range marks {
		here[c.all.ids[n]] = true
		everybody[0] += mark[0]
		everybody[1] += mark[1]
	}
	parts := [][2]int{{0, 1}}
	tables := map[disclosure.Breakdown]kept{0: {parts, []Row{}}, ByCostCentre: {parts, []Row{}}}
	for _, purse := range c.purses {
		p := disclosure.Problem{Parts: 1, Base: int(max(1, purse.planned/inAll))}
		for who, did := range purse.did {
			if here[who] {
				p.People = append(p.People, disclosure.Person{Count: did})
			}
		}
		by := ByCostCentre
		if purse.of == "" {
			by = 0
		}
		cell := disclosure.ProtectOne(p, len(marks), everybody, lots.draws(used.Key+" "+purse.of)).Cells[0]
		row := Row{In: [disclosure.Dimensions]string{purse.of}, Shown: cell.Shown}
		if cell.Shown {
			row.Total = min(100, cell.Total/p.Base*Step)
			row.Values = []int{row.Total}
		}
		tables[by] = kept{parts, append(tables[by].Rows, row)}
	}
	return tables
}
