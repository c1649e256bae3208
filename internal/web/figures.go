package web

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/disclosure"
	"github.com/ownward/ownward/internal/insight"
	"github.com/ownward/ownward/internal/problem"
)

// figureTables is the page with what the organisation sees.
type figureTables struct {
	Alone               bool
	Comes               civil.Date // when the next tables are made
	Of                  string     // the month of those
	Figure, By, And, In Field
	Name, Says, Month   string
	Shares              bool
	Whole               figureRow
	Middle              string // of a figure about waiting
	Legend              []figurePart
	Course              []figureRow // month by month, the oldest first
	None                bool        // there are no tables of the month: the figure came later, or nothing was planned
	Heads               []string    // the dimensions of the groups
	Parts               []insight.Part
	Groups              []figureRow
	Rest                bool // of crossed dimensions: the others are too few
	File, More          string
}

// figureRow is one group, or one month, in the table and as a bar.
type figureRow struct {
	Names  []string
	Shown  bool
	Total  string
	Values []string
	Bars   []figureBar
	Says   string
}

// figureBar is a part of a bar; X and Wide in percent.
type figureBar struct{ Class, X, Wide string }

type figurePart struct{ Class, Words string }

type figureWords struct{ AtLeast int }

var (
	figuresPage          = declare[figureTables]("figures.html", "figure-parts.html")
	figuresProtectedPage = declare[figureWords]("figures-protected.html", "figure-parts.html")
)

const groupsOnAPage = 60

var dimensionNames = [disclosure.Dimensions]string{"Department", "Level", "Site"}

// figureChoice is what the visitor chose to see.
type figureChoice struct {
	figure insight.Figure
	by     disclosure.Breakdown
	in     civil.Date // the month that was chosen
	month  civil.Date // of the tables: that one, or the last of a quarter
	months []civil.Date
}

func (c *call) figureChoice() (figureChoice, error) {
	chosen := figureChoice{figure: insight.FigureOf(c.text("figure"))}
	for _, name := range []string{"by", "and"} {
		for d, dimension := range dimensionNames {
			if c.text(name) == strings.ToLower(dimension) {
				chosen.by |= 1 << d
			}
		}
	}
	months, err := insight.Months(c.tx, c.me)
	if err != nil || len(months) == 0 {
		return chosen, err
	}
	chosen.months, chosen.in = months, months[0]
	for _, month := range months {
		if monthKey(month) == c.text("month") {
			chosen.in = month
		}
	}
	chosen.month = chosen.in
	if chosen.figure.Shares {
		chosen.month, chosen.by = insight.QuarterOf(chosen.in), insight.ByCostCentre
	}
	return chosen, nil
}

func monthKey(month civil.Date) string  { return month.String()[:7] }
func monthName(month civil.Date) string { return fmt.Sprintf("%s %d", month.Month(), month.Year()) }

// periodOf is the month that a table of the figure is for, or the quarter.
func periodOf(f insight.Figure, month civil.Date) string {
	if f.Shares {
		return month.AddMonths(-2).Month().String() + " to " + monthName(month)
	}
	return monthName(month)
}

// headsOf are the names of what a table is broken down by.
func headsOf(f insight.Figure, by disclosure.Breakdown) []string {
	var heads []string
	for _, d := range by.Dimensions() {
		if heads = append(heads, dimensionNames[d]); f.Shares {
			heads = []string{"Cost centre"}
		}
	}
	return heads
}

func (f figureChoice) query() url.Values {
	query := url.Values{"figure": {f.figure.Key}, "month": {monthKey(f.in)}}
	if f.figure.Shares {
		return query
	}
	for n, d := range f.by.Dimensions() {
		query.Set([]string{"by", "and"}[n], strings.ToLower(dimensionNames[d]))
	}
	return query
}

// showFigures shows one figure of one month: the course of the whole organisation, and its groups.
func showFigures(c *call) (view, error) {
	main := figureTables{Alone: c.who.Alone, Comes: insight.Comes(c.tx.Now())}
	main.Of = monthName(main.Comes.AddMonths(-1))
	chosen, err := c.figureChoice()
	if err != nil || main.Alone || len(chosen.months) == 0 {
		return showTables(c, main, err)
	}
	main.Name, main.Says, main.Month = chosen.figure.Name, chosen.figure.Says, periodOf(chosen.figure, chosen.month)
	main.Shares = chosen.figure.Shares
	main.fields(chosen)
	course, err := insight.Course(c.tx, c.me, chosen.figure, chosen.month)
	if err != nil {
		return view{}, err
	}
	main.course(course)
	main.None = len(course) == 0 || course[len(course)-1].Month != chosen.month
	if chosen.by != 0 {
		table, err := insight.Read(c.tx, c.me, chosen.figure, chosen.by, chosen.month)
		if err != nil && !errors.Is(err, problem.NotFound) {
			return view{}, err
		}
		main.groups(c, chosen, table)
	}
	main.File = "/figures/table.csv?" + chosen.query().Encode()
	return showTables(c, main, nil)
}

func showTables(c *call, main figureTables, err error) (view, error) {
	if err != nil {
		return view{}, err
	}
	return figuresPage.show(c, "Figures", "people", main)
}

func (m *figureTables) fields(chosen figureChoice) {
	var figures, months []Option
	for _, f := range insight.Figures {
		figures = append(figures, Option{Value: f.Key, Label: f.Name})
	}
	for _, month := range chosen.months {
		months = append(months, Option{Value: monthKey(month), Label: monthName(month)})
	}
	query := chosen.query()
	dimensions := func(none string) []Option {
		all := []Option{{Label: none}}
		for _, name := range dimensionNames {
			all = append(all, Option{Value: strings.ToLower(name), Label: "by " + strings.ToLower(name)})
		}
		return all
	}
	m.Figure = searched(Field{Name: "figure", Label: "What", Type: "select", Options: figures}, chosen.figure.Key)
	m.By = searched(Field{Name: "by", Label: "For whom", Type: "select", Options: dimensions("the whole organisation")}, query.Get("by"))
	m.And = searched(Field{Name: "and", Label: "And", Type: "select", Options: dimensions("nothing further")}, query.Get("and"))
	m.In = searched(Field{Name: "month", Label: "Month", Type: "select", Options: months}, monthKey(chosen.in))
}

// course is the whole organisation, month by month.
func (m *figureTables) course(tables []insight.Table) {
	most := mostOf(tables...)
	for _, t := range tables {
		row := figureRow{}
		for _, whole := range t.Rows {
			row = rowOfFigure(t, whole, most)
			m.Middle = middleOf(t, whole)
		}
		row.Names = []string{periodOf(t.Figure, t.Month)}
		m.Course = append(m.Course, row)
		m.Whole = row
	}
	m.legend(tables)
}

func (m *figureTables) legend(tables []insight.Table) {
	known := map[string]bool{}
	for n := len(tables) - 1; n >= 0; n-- {
		for _, part := range tables[n].Parts {
			if !known[part.Words] && len(tables[n].Rows) > 0 && tables[n].Rows[0].Shown {
				known[part.Words] = true
				m.Legend = append(m.Legend, figurePart{classOfPart(part), part.Words})
			}
		}
	}
}

// groups are the groups of one month, by name.
func (m *figureTables) groups(c *call, chosen figureChoice, t insight.Table) {
	most := mostOf(t)
	m.Heads = headsOf(chosen.figure, chosen.by)
	m.Parts, m.Rest = t.Parts, len(m.Heads) > 1
	from, err := strconv.Atoi(c.text("from"))
	if err != nil || from < 0 || from > len(t.Rows) {
		from = 0
	}
	until := min(len(t.Rows), from+groupsOnAPage)
	for _, row := range t.Rows[from:until] {
		shown := rowOfFigure(t, row, most)
		shown.Names = groupNames(t, row)
		m.Groups = append(m.Groups, shown)
	}
	if until < len(t.Rows) {
		query := chosen.query()
		query.Set("from", strconv.Itoa(until))
		m.More = "/figures?" + query.Encode()
	}
}

// groupNames are the names of a group, by dimension.
func groupNames(t insight.Table, row insight.Row) []string {
	var names []string
	for _, d := range t.By.Dimensions() {
		name := row.In[d]
		if name == "" {
			name = "without a " + strings.ToLower(dimensionNames[d])
		}
		names = append(names, name)
	}
	return names
}

func sumOf(row insight.Row) int {
	n := 0
	for _, value := range row.Values {
		n += value
	}
	return n
}

// mostOf is what the longest bar stands for.
func mostOf(tables ...insight.Table) int {
	most := 0
	for _, t := range tables {
		if t.Figure.Shares {
			return 100
		}
		for _, row := range t.Rows {
			most = max(most, sumOf(row))
		}
	}
	return most
}

func rowOfFigure(t insight.Table, row insight.Row, most int) figureRow {
	out := figureRow{Shown: row.Shown, Total: figureText(t, row.Total)}
	if row.Total == 0 {
		out.Total = "under " + figureText(t, disclosure.Base) // which is not to say none
	}
	at := 0.0
	var says []string
	for n, value := range row.Values {
		out.Values = append(out.Values, strconv.Itoa(value))
		count := "about " + figureText(t, value)
		if value == 0 {
			count = "under " + figureText(t, disclosure.Base)
		}
		says = append(says, count+" "+t.Parts[n].Words)
		if most > 0 && value > 0 {
			wide := 100 * float64(value) / float64(most)
			out.Bars = append(out.Bars, figureBar{classOfPart(t.Parts[n]), overTime(at), overTime(wide)})
			at += wide
		}
	}
	out.Says = strings.Join(says, ", ")
	return out
}

func figureText(t insight.Table, n int) string {
	if t.Figure.Shares {
		return strconv.Itoa(n) + "\u00a0%"
	}
	return strconv.Itoa(n)
}

// classOfPart is the shade of a part: of many put together another one than of the first of them with few.
func classOfPart(p insight.Part) string {
	switch {
	case p.Whole:
		return "whole"
	case p.First > 0 && p.Until-p.First > 2:
		return "part" + strconv.Itoa(p.First+1)
	}
	return "part" + strconv.Itoa(p.First)
}

// middleOf says how long the middle one of all asks waited: half of them waited no longer.
func middleOf(t insight.Table, whole insight.Row) string {
	if t.Figure.Key != "asks-waited" || !whole.Shown || len(t.Parts) < 2 {
		return ""
	}
	sum := 0
	for n, value := range whole.Values {
		if sum += value; 2*sum >= sumOf(whole) {
			return t.Parts[n].Words
		}
	}
	return ""
}

// showFiguresProtected says in plain words how the figures expose nobody.
func showFiguresProtected(c *call) (view, error) {
	return figuresProtectedPage.show(c, "How figures protect you", "people", figureWords{insight.AtLeast})
}
