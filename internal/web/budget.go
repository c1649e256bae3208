package web

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// budgets are the lines of a year that the visitor sees.
type budgets struct {
	Year    int64
	Years   []Choice // other years with lines
	Manages bool
	Lines   []budgetRow
	Held    []budgetEntry // for the visitor
	Sums    []budgetRow   // by currency, where there are several lines
	CSV     string
	New     string
}

// budgetRow is a line as a table shows it, or the sum of several.
type budgetRow struct {
	Href, Name, Centre, Owner           string
	Closed, OwnerLeft                   bool
	Amount, Reserved, Spent, Free, Says string
	Bar                                 moneyBar
}

// moneyBar is how much of a hundred was spent, and is reserved.
type moneyBar struct {
	Spent, Reserved int64
	Label           string
}

// oneBudget is a line with what was reserved of it.
type oneBudget struct {
	budgetRow
	CostCentre, Title, Second string
	Year                      int64
	LastDay                   civil.Date
	Manages, Told             bool // told what the entries are for: as one who answers for it
	Entries                   []budgetEntry
	More                      string
	Action                    string
	Seen                      Seen
}

// budgetEntry is something that was reserved.
type budgetEntry struct {
	Href, For, Amount, Says string
	At                      civil.Date
}

// budgetForm is a line as it is made or changed.
type budgetForm struct {
	New                                       bool
	Name, Centre, Year, LastDay               Field
	Amount, Currency, Owner, Second           Field
	Action, Revision, Back, Close, CloseLabel string
	Closed                                    bool
}

var (
	budgetsPage    = declare[budgets]("budgets.html", "budget-parts.html")
	budgetPage     = declare[oneBudget]("budget.html", "budget-parts.html")
	budgetFormPage = declare[budgetForm]("budget-form.html")
)

var (
	saidBudget       = says("Kept.")
	saidBudgetClosed = says("Closed. What is held can still be spent or returned.")
	saidBudgetOpen   = says("Open again.")
)

func budgetHref(id db.ID) string { return "/budgets/" + string(id) }

// budgetYear is the year that was asked for, where one was: else the first of those that are not over, or this one.
func (c *call) budgetYear(years []budget.Year) int64 {
	if year, err := strconv.ParseInt(c.text("year"), 10, 64); err == nil && year > 0 && year < 10_000 {
		return year
	}
	now := int64(c.today().Year())
	for _, y := range years { // the latest first
		if !y.LastDay.Before(c.today()) {
			now = y.Year
		}
	}
	return now
}

func listBudgets(c *call) (view, error) {
	years, err := budget.Years(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := budgets{Year: c.budgetYear(years), Manages: budget.Manages(c.me)}
	lines, err := budget.Lines(c.tx, c.me, main.Year)
	if err != nil {
		return view{}, err
	}
	for _, y := range years {
		if text := strconv.FormatInt(y.Year, 10); y.Year != main.Year {
			main.Years = append(main.Years, Choice{"/budgets?year=" + text, text})
		}
	}
	held, err := budget.HeldFor(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	for _, r := range held {
		e := c.budgetEntry(r, true)
		e.For = r.LineName
		main.Held = append(main.Held, e)
	}
	for _, l := range lines {
		main.Lines = append(main.Lines, budgetRowOf(l))
	}
	main.Sums = budgetSums(lines)
	year := "?year=" + strconv.FormatInt(main.Year, 10)
	main.CSV, main.New = "/budgets.csv"+year, "/budgets/new"+year
	return budgetsPage.show(c, "Budgets", c.budgetsUnder(), main)
}

// budgetSums adds up several lines, by currency in the order of their first.
func budgetSums(lines []budget.Line) (rows []budgetRow) {
	if len(lines) < 2 {
		return nil
	}
	at := map[string]int{}
	var sums []budget.Line
	for _, l := range lines {
		n, had := at[l.Amount.Currency]
		if !had {
			n = len(sums)
			at[l.Amount.Currency], sums = n, append(sums, budget.Line{Text: budget.Text{Amount: l.In(0)}})
		}
		sums[n].Amount.Minor, sums[n].Reserved, sums[n].Spent = sums[n].Amount.Minor+l.Amount.Minor, sums[n].Reserved+l.Reserved, sums[n].Spent+l.Spent
	}
	for _, sum := range sums {
		rows = append(rows, budgetRowOf(sum))
	}
	return rows
}

// budgetsUnder is the part of the program under which the visitor finds budgets.
func (c *call) budgetsUnder() string {
	if budget.Manages(c.me) {
		return "organisation"
	}
	return "asks"
}

func budgetRowOf(l budget.Line) budgetRow {
	row := budgetRow{
		Href: budgetHref(l.ID), Name: l.Name, Centre: l.CostCentre, Owner: l.Owner.Name, OwnerLeft: l.OwnerLeft, Closed: !l.ClosedAt.IsZero(),
		Amount: l.Amount.String(), Reserved: l.In(l.Reserved).String(), Spent: l.In(l.Spent).String(), Free: l.In(l.Free()).String(),
	}
	row.Says = fmt.Sprintf("Of %s, %s are spent, %s are reserved and %s are free.", row.Amount, row.Spent, row.Reserved, row.Free)
	row.Bar = moneyBar{Spent: part(l.Spent, l.Amount.Minor), Label: row.Says}
	row.Bar.Reserved = min(part(l.Reserved, l.Amount.Minor), 100-row.Bar.Spent)
	return row
}

// part is how much of a hundred something is; at least one where it is anything.
func part(some, whole int64) int64 {
	if whole <= 0 || some <= 0 {
		return 0
	}
	return min(100, max(1, int64(float64(some)/float64(whole)*100+.5)))
}

// downloadBudgets is the same table as CSV.
func downloadBudgets(c *call) (view, error) {
	year := c.budgetYear(nil)
	lines, err := budget.Lines(c.tx, c.me, year)
	if err != nil {
		return view{}, err
	}
	content, err := budget.CSV(lines)
	return view{raw: content, header: http.Header{
		"Content-Type": {"text/csv; charset=utf-8"}, "Content-Disposition": {fmt.Sprintf(`attachment; filename="budgets-%d.csv"`, year)},
	}}, err
}

const entriesAtOnce = 50

func showBudget(c *call) (view, error) {
	l, err := budget.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := oneBudget{budgetRow: budgetRowOf(l), CostCentre: l.CostCentre, Title: l.Name, Year: l.Year, LastDay: l.LastDay, Second: l.Second.Name,
		Manages: budget.Manages(c.me), Told: l.Owner.Is(c.me) || l.Second.Is(c.me), Action: budgetHref(l.ID)}
	main.Seen = Seen{Shared: true, Text: "who answers for it, programme owners and administrators"}
	entries, err := budget.Entries(c.tx, c.me, l.ID, db.ID(c.text("before")), entriesAtOnce+1)
	if err != nil {
		return view{}, err
	}
	if len(entries) > entriesAtOnce {
		entries = entries[:entriesAtOnce]
		main.More = main.Action + "?before=" + string(entries[entriesAtOnce-1].ID)
	}
	for _, r := range entries {
		main.Entries = append(main.Entries, c.budgetEntry(r, main.Told))
	}
	return budgetPage.show(c, l.Title(), c.budgetsUnder(), main)
}

func (c *call) budgetEntry(r budget.Reservation, told bool) budgetEntry {
	e := budgetEntry{Amount: r.Amount.String(), Says: c.reservationState(r), At: c.dayOf(r.At), For: "Approved by " + r.By.Name}
	if r.For.ID != "" && !r.WhomGone {
		e.For = capital(aThing(r.For.Kind)) + " of " + r.Whom.Name
	}
	if told {
		e.Href = reservationHref(r.ID)
	}
	return e
}

// aThing is what money is held for, in words.
func aThing(kind string) string {
	switch kind {
	case "ask":
		return "an ask"
	case "programme", "place", "seat":
		return "a place in a programme"
	}
	return "something"
}

func newBudget(c *call) (view, error) {
	year := strconv.FormatInt(c.budgetYear(nil), 10)
	return c.showBudgetForm(budgetForm{New: true, Action: "/budgets", Back: "/budgets?year=" + year},
		map[string]string{"year": year, "currency": "EUR"}, org.Party{}, org.Party{})
}

func editBudget(c *call) (view, error) {
	l, err := budget.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	f := budgetForm{Action: budgetHref(l.ID), Back: budgetHref(l.ID), Revision: c.form.RevisionOr(l.Revision), Closed: !l.ClosedAt.IsZero()}
	f.Close, f.CloseLabel = f.Action+"/closing", "Close it"
	if f.Closed {
		f.Close, f.CloseLabel = f.Action+"/reopening", "Open it again"
	}
	return c.showBudgetForm(f, l.Fields(), l.Owner, l.Second)
}

func (c *call) showBudgetForm(f budgetForm, stands map[string]string, owner, second org.Party) (view, error) {
	f.Name = c.form.field(Field{Name: "name", Label: "What it is for", Type: "own", Required: true, Hint: "“Learning”, “Conferences”."}, stands["name"])
	f.Centre = c.form.field(Field{Name: "cost_centre", Label: "Cost centre", Required: true, Hint: "As your bookkeeping writes it."}, stands["cost_centre"])
	f.Year = c.form.field(Field{Name: "year", Label: "Year", Type: "number", Required: true, Hint: "The year in which yours begins, in four figures."}, stands["year"])
	f.LastDay = c.form.field(Field{Name: "last_day", Label: "Its last day", Type: "date", Hint: "Empty: the last of December. It is offered until then."}, stands["last_day"])
	f.Amount = c.form.field(Field{Name: "amount", Label: "Money", Type: "decimal", Required: true, Hint: "In figures, for the whole year."}, stands["amount"])
	f.Currency = c.form.field(Field{Name: "currency", Label: "Currency", Max: 3, Required: true, Hint: "Three letters"}, stands["currency"])
	f.Owner = c.form.field(Field{Name: "owner", Label: "Who answers for it", Type: "own", Required: true, Hint: "Their name or e-mail address. Nothing is taken without their yes."}, owner.Name)
	f.Second = c.form.field(Field{Name: "second", Label: "Who else does", Type: "own", Hint: "Where you like. They say yes too, and to what the first one wants; nobody does for themselves."}, second.Name)
	title := "A new budget"
	if !f.New {
		title = "Change a budget"
	}
	return budgetFormPage.show(c, title, "organisation", f)
}

// budgetTyped reads the form of a line; who is named as before is not looked for again.
func (c *call) budgetTyped(was budget.Line) (budget.Text, error) {
	wrong := problem.Invalid{}
	in := budget.Text{CostCentre: c.text("cost_centre"), LastDay: c.day("last_day", wrong), Name: c.text("name"), Amount: money.Of(0, c.text("currency"))}
	var err error
	in.Year, err = strconv.ParseInt(c.text("year"), 10, 64)
	wrong.Check(err == nil, "year", "Please give the year in four figures, such as 2027.")
	in.Amount.Minor, err = money.Parse(c.text("amount"), money.Tidy(in.Amount.Currency))
	wrong.Check(err == nil && c.text("amount") != "", "amount", "Please give an amount such as 12000 or 12,000.50.")
	for _, one := range []struct {
		field    string
		was      org.Party
		into     *org.Party
		required bool
	}{{"owner", was.Owner, &in.Owner, true}, {"second", was.Second, &in.Second, false}} {
		text := c.text(one.field)
		switch {
		case text == "" && one.required:
			wrong.Add(one.field, "Please name who answers for it.")
		case text == "":
		case one.was.Person != "" && org.Fold(text) == org.Fold(one.was.Name):
			*one.into = one.was
		default:
			found, err := c.personNamed(one.field, text)
			if err := asWrong(wrong, err); err != nil {
				return in, err
			}
			*one.into = found
		}
	}
	return in, wrong.Err()
}

// asWrong notes messages by field beside the others; any other error is given back.
func asWrong(wrong problem.Invalid, err error) error {
	more, ok := err.(problem.Invalid)
	if !ok {
		return err
	}
	for field, message := range more {
		wrong.Add(field, message)
	}
	return nil
}

func makeBudget(c *call) (string, error) {
	in, err := c.budgetTyped(budget.Line{})
	if err != nil {
		return "", err
	}
	l, err := budget.Make(c.tx, c.me, in)
	c.say(saidBudget)
	return budgetHref(l.ID), err
}

func changeBudget(c *call) (string, error) {
	id := c.id("id")
	was, err := budget.ByID(c.tx, c.me, id)
	if err != nil {
		return "", err
	}
	in, err := c.budgetTyped(was)
	if err != nil {
		return "", err
	}
	c.say(saidBudget)
	return budgetHref(id), budget.Change(c.tx, c.me, id, c.revision(), in)
}

func closeBudget(c *call) (string, error) {
	id := c.id("id")
	c.say(saidBudgetClosed)
	return budgetHref(id), budget.Close(c.tx, c.me, id)
}

func reopenBudget(c *call) (string, error) {
	id := c.id("id")
	c.say(saidBudgetOpen)
	return budgetHref(id), budget.Reopen(c.tx, c.me, id)
}
