// Package insight is what the organisation sees: figures about groups, in tables that are made once for each month and
// are the same for everybody. What is live is read by the job alone that makes them; pages read the tables.
package insight

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/disclosure"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// AtLeast is how many could have something to count where a group is shown: five, and any two who look.
const AtLeast = disclosure.AtLeast

// Table is one figure of one month, for the groups of one breakdown.
type Table struct {
	Month  civil.Date // its first day
	Figure Figure
	By     disclosure.Breakdown
	Parts  []Part // what the values of a row are
	Rows   []Row
}

// Part is what became of some, in words; several parts of the figure where these are put together.
type Part struct {
	Words string
	First int  // of the parts of the figure
	Until int  // up to without this one
	Whole bool // nothing is said of any part
}

// Row is one group. Without a total it is too few to show.
type Row struct {
	In     [disclosure.Dimensions]string `json:"in"` // by name; empty where the table is not broken down, or none is given
	Shown  bool                          `json:"shown"`
	Total  int                           `json:"total,omitempty"`
	Values []int                         `json:"values,omitempty"`
}

// kept is a table as it is kept.
type kept struct {
	Parts [][2]int `json:"parts"`
	Rows  []Row    `json:"rows"`
}

// UnscopedMake makes the tables of a month, once: of a month that has them nothing changes any more. It counts those
// who are here now, in the groups in which they are now.
func UnscopedMake(tx *db.Tx, o org.Organisation, month civil.Date, lots Lots) error {
	c, err := count(tx, o, month)
	if err != nil {
		return err
	}
	rows, err := c.tables(lots)
	if err != nil {
		return err
	}
	return c.keep(tx, rows)
}

// census is what happened in a month, by person. It is never kept.
type census struct {
	organisation db.ID
	month        civil.Date
	all          people
	did          []counted // by figure
	purses       []purse   // of the quarter, where the month ends one
}

func count(tx *db.Tx, o org.Organisation, month civil.Date) (census, error) {
	c := census{organisation: o.ID, month: firstOf(month)}
	var err error
	if c.all, err = everybody(tx, o.ID); err != nil {
		return c, err
	}
	if c.purses, err = purses(tx, o, c.month); err != nil {
		return c, fmt.Errorf("the money of the quarter: %w", err)
	}
	for _, f := range Figures {
		did, err := f.count(tx, o, c.month)
		if err != nil {
			return c, fmt.Errorf("the figure %q: %w", f.Key, err)
		}
		c.did = append(c.did, did)
	}
	return c, nil
}

// tables are the rows to be kept. It takes the longest, and needs no transaction.
func (c census) tables(lots Lots) ([][]any, error) {
	var rows [][]any
	lots = lots.of(c.organisation, c.month)
	marks := lots.marks(c.all.ids)
	add := func(f Figure, by disclosure.Breakdown, k kept) error {
		text, err := json.Marshal(k)
		rows = append(rows, []any{c.organisation, c.month, f.Key, int64(by), string(text)})
		return err
	}
	for n, f := range Figures {
		if f.Shares {
			continue
		}
		for _, t := range disclosure.ProtectBy(c.all.problem(f, c.did[n], marks), lots.draws(f.Key)) {
			if err := add(f, t.By, c.all.kept(t)); err != nil {
				return nil, err
			}
		}
	}
	for by, k := range c.shares(lots, marks) {
		if err := add(used, by, k); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// keep keeps them, if nobody did meanwhile.
func (c census) keep(tx *db.Tx, rows [][]any) error {
	made, err := tx.Exec(`
		insert into figure_months (organisation_id, month, made_at) values ($1, $2, $3) on conflict do nothing`, c.organisation, c.month, tx.Now())
	if err != nil || made == 0 {
		return err
	}
	return db.Insert(tx, "insert into figure_tables (organisation_id, month, figure, breakdown, cells) values", rows)
}

// counted is who did how much of each part of a figure in a month.
type counted map[db.ID][]int

// people are all who are here, with the names of the groups in which they are.
type people struct {
	ids    []db.ID
	in     [][disclosure.Dimensions]int
	mentor []bool // everybody finds them in the directory as a mentor
	names  [disclosure.Dimensions][]string
}

func everybody(tx *db.Tx, organisation db.ID) (people, error) {
	var all people
	var known [disclosure.Dimensions]map[string]int
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		var names [disclosure.Dimensions]string
		var in [disclosure.Dimensions]int
		var mentor bool
		err := row.Scan(&id, &names[0], &names[1], &names[2], &mentor)
		for d, name := range names {
			n, ok := known[d][name]
			if !ok {
				if known[d] == nil {
					known[d] = map[string]int{}
				}
				n = len(all.names[d])
				known[d][name] = n
				all.names[d] = append(all.names[d], name)
			}
			in[d] = n
		}
		all.ids, all.in, all.mentor = append(all.ids, id), append(all.in, in), append(all.mentor, mentor)
		return struct{}{}, err
	}, `
		select p.id, p.department, p.level, p.location, exists (
			select 1 from mentor_profiles m where m.organisation_id = p.organisation_id and m.person_id = p.id and m.who = 'everyone' and m.places > 0)
		from people p
		where p.organisation_id = $1 and p.left_at is null and p.forgotten_at is null
		order by p.id`, organisation)
	return all, err
}

func (all people) problem(f Figure, count counted, marks []disclosure.Mark) disclosure.Problem {
	p := disclosure.Problem{Parts: len(f.Parts), Ways: f.Ways, OneOf: f.OneOf}
	for d, names := range all.names {
		p.Sizes[d] = len(names)
	}
	nothing := make([]int, len(f.Parts))
	for n, id := range all.ids {
		if f.mentors && !all.mentor[n] {
			continue
		}
		did, ok := count[id]
		if !ok {
			did = nothing
		}
		p.People = append(p.People, disclosure.Person{In: all.in[n], Count: did, Mark: marks[n]})
	}
	return p
}

// kept is a table with the names of its groups, in the order of these: nobody stands above anybody by a number. Of two
// dimensions crossed only what can be shown is kept.
func (all people) kept(t disclosure.Table) kept {
	k := kept{Parts: t.Parts, Rows: []Row{}}
	for _, c := range t.Cells {
		if !c.Shown && len(t.By.Dimensions()) > 1 {
			continue
		}
		row := Row{Shown: c.Shown, Total: c.Total, Values: c.Values}
		for d, n := range c.In {
			if n >= 0 {
				row.In[d] = all.names[d][n]
			}
		}
		k.Rows = append(k.Rows, row)
	}
	slices.SortFunc(k.Rows, func(a, b Row) int { return slices.CompareFunc(a.In[:], b.In[:], strings.Compare) })
	return k
}

// Months are the months that have tables, the newest first, four years at most.
func Months(tx *db.Tx, me org.Actor) ([]civil.Date, error) {
	return db.List(tx, func(row db.Row) (civil.Date, error) {
		var month civil.Date
		err := row.Scan(&month)
		return month, err
	}, "select month from figure_months where organisation_id = $1 order by month desc limit 48", me.Organisation)
}

// Read is the table of a figure for a month and a breakdown, as everybody in the organisation sees it.
//
// Errors: problem.NotFound where the month has none.
func Read(tx *db.Tx, me org.Actor, f Figure, by disclosure.Breakdown, month civil.Date) (Table, error) {
	return db.One(tx, f.scan(by), `
		select month, cells from figure_tables
		where organisation_id = $1 and month = $2 and figure = $3 and breakdown = $4`, me.Organisation, firstOf(month), f.Key, int64(by))
}

// Course is a figure of the whole organisation over the twelve months up to one, the oldest first.
func Course(tx *db.Tx, me org.Actor, f Figure, until civil.Date) ([]Table, error) {
	return db.List(tx, f.scan(0), `
		select month, cells from figure_tables
		where organisation_id = $1 and figure = $2 and breakdown = 0 and month > $3 and month <= $4
		order by month`, me.Organisation, f.Key, firstOf(until).AddMonths(-12), firstOf(until))
}

func (f Figure) scan(by disclosure.Breakdown) func(row db.Row) (Table, error) {
	return func(row db.Row) (Table, error) {
		t := Table{Figure: f, By: by}
		var text string
		if err := row.Scan(&t.Month, &text); err != nil {
			return t, err
		}
		var k kept
		if err := json.Unmarshal([]byte(text), &k); err != nil {
			return t, fmt.Errorf("a table of figures: %w", err)
		}
		t.Rows = k.Rows
		for _, part := range k.Parts {
			if part[0] < 0 || part[0] >= part[1] || part[1] > len(f.Parts) {
				return t, problem.NotFound // made by a program with other parts
			}
			t.Parts = append(t.Parts, Part{f.words(part), part[0], part[1], len(f.Parts) > 1 && part == [2]int{0, len(f.Parts)}})
		}
		return t, nil
	}
}

// words are what parts are called that were put together.
func (f Figure) words(part [2]int) string {
	words, named := f.Together[part]
	switch {
	case named:
		return words
	case part == [2]int{0, len(f.Parts)} && len(f.Parts) > 1:
		return "in all"
	}
	return strings.Join(f.Parts[part[0]:part[1]], " or ")
}

func firstOf(day civil.Date) civil.Date { return civil.On(day.Year(), day.Month(), 1) }
