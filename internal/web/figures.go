package web

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"net/http"
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
	Whole               figureRow
	Middle              string // of a figure about waiting
	Legend              []figurePart
	Course              []figureRow // month by month, the oldest first
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
	month  civil.Date
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
	chosen.months, chosen.month = months, months[0]
	for _, month := range months {
		if monthKey(month) == c.text("month") {
			chosen.month = month
		}
	}
	return chosen, nil
}

func monthKey(month civil.Date) string  { return month.String()[:7] }
func monthName(month civil.Date) string { return fmt.Sprintf("%s %d", month.Month(), month.Year()) }

func (f figureChoice) query() url.Values {
	query := url.Values{"figure": {f.figure.Key}, "month": {monthKey(f.month)}}
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
	main.Name, main.Says, main.Month = chosen.figure.Name, chosen.figure.Says, monthName(chosen.month)
	main.fields(chosen)
	course, err := insight.Course(c.tx, c.me, chosen.figure, chosen.month)
	if err != nil {
		return view{}, err
	}
	main.course(course)
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
	m.In = searched(Field{Name: "month", Label: "Month", Type: "select", Options: months}, monthKey(chosen.month))
}

// course is the whole organisation, month by month.
func (m *figureTables) course(tables []insight.Table) {
	most := 0
	for _, t := range tables {
		for _, row := range t.Rows {
			most = max(most, sumOf(row))
		}
	}
	for _, t := range tables {
		row := figureRow{}
		for _, whole := range t.Rows {
			row = rowOfFigure(t, whole, most)
			m.Middle = middleOf(t, whole)
		}
		row.Names = []string{monthName(t.Month)}
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
	most := 0
	for _, row := range t.Rows {
		most = max(most, sumOf(row))
	}
	for _, d := range chosen.by.Dimensions() {
		m.Heads = append(m.Heads, dimensionNames[d])
	}
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

func rowOfFigure(t insight.Table, row insight.Row, most int) figureRow {
	out := figureRow{Shown: row.Shown, Total: strconv.Itoa(row.Total)}
	at := 0.0
	var says []string
	for n, value := range row.Values {
		out.Values = append(out.Values, strconv.Itoa(value))
		count := "about " + strconv.Itoa(value)
		if value == 0 {
			count = "under " + strconv.Itoa(disclosure.Base) // which is not to say none
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

func classOfPart(p insight.Part) string { return "part" + strconv.Itoa(p.First) }

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

// downloadFigures is the table of a month as a file, with the very numbers of the page.
func downloadFigures(c *call) (view, error) {
	chosen, err := c.figureChoice()
	if err != nil {
		return view{}, err
	}
	t := insight.Table{Figure: chosen.figure, By: chosen.by} // nothing yet, but what would be in it
	if len(chosen.months) > 0 {
		if t, err = insight.Read(c.tx, c.me, chosen.figure, chosen.by, chosen.month); err != nil {
			return view{}, err
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
	for _, d := range t.By.Dimensions() {
		head = append(head, strings.ToLower(dimensionNames[d]))
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
			line = append(line, strconv.Itoa(row.Total), "rounded to fives")
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

// showFiguresProtected says in plain words how the figures expose nobody.
func showFiguresProtected(c *call) (view, error) {
	return figuresProtectedPage.show(c, "How figures protect you", "people", figureWords{insight.AtLeast})
}
