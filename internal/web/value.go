package web

import (
	"strconv"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/share"
)

// valuesForm edits values or strengths, a row each, and some rows to add.
type valuesForm struct {
	Section plan.Section
	Action  string
	Ask     string
	Rows    []valueRow
	Texts   []textField // what else stands in the section
	Prompts []plan.PromptGroup
	Things  string // where each has its address
	Seen    Seen
}

type valueRow struct {
	Number        int
	ID, Revision  string
	Opened        string // of a form that saves as one types: the revision that stood when it was opened
	Word, Meaning Field
	KeptOut       bool
}

var valuesPage = declare[valuesForm]("values.html")

const freshValues = 3 // empty rows to add values in

func editValues(c *call, section plan.Section) (view, error) {
	mine, err := plan.Mine(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := valuesForm{Section: section, Action: sectionHref(section), Ask: asks[section], Things: "/" + string(section) + "/", Seen: c.seenSection(given, section)}
	have := mine.Strengths
	if section == plan.Values {
		have, main.Ask, main.Prompts = mine.Values, "What would you not give up, even for a better offer? Three to five words carry further than twelve.", plan.ValuePrompts
	}
	main.Rows = c.valueRows(section, have, min(len(have)+freshValues, plan.MostValues))
	for _, text := range section.Texts() {
		if stands := mine.Text(text); stands.Words != "" || c.form.Values.Has(fieldOf(text)) {
			main.Texts = append(main.Texts, c.textField(stands, Field{Label: "In your own words", Rows: 4}))
		}
	}
	return valuesPage.show(c, section.Title(), "plan", main)
}

// valueRows are the rows of those that are there and of so many more as make n.
func (c *call) valueRows(section plan.Section, have []plan.Value, n int) []valueRow {
	var rows []valueRow
	for number := 1; number <= n; number++ {
		v := plan.Value{Section: section}
		if number <= len(have) {
			v = have[number-1]
		}
		rows = append(rows, c.valueRow(number, v))
	}
	return rows
}

func (c *call) valueRow(number int, v plan.Value) valueRow {
	n := strconv.Itoa(number)
	row := valueRow{Number: number, KeptOut: v.KeptOut}
	row.ID = c.form.Value("id-"+n, string(v.ID))
	row.Revision = c.form.Value("revision-"+n, strconv.FormatInt(v.Revision, 10))
	row.Opened = c.form.Value("opened-"+n, strconv.FormatInt(v.Revision, 10))
	_, word := c.form.Theirs["word-"+n]
	if _, meaning := c.form.Theirs["meaning-"+n]; word || meaning {
		row.Revision = strconv.FormatInt(c.form.Revision, 10)
		row.Opened = row.Revision
	}
	row.Word = Field{Name: "word-" + n, Label: "Value " + n, Type: "own"}
	row.Meaning = Field{Name: "meaning-" + n, Label: "What you mean by it", Type: "textarea", Rows: 1}
	if v.Section == plan.Strengths {
		row.Word.Label, row.Meaning.Label = "Strength "+n, "Where it showed"
	}
	row.Word, row.Meaning = c.form.field(row.Word, v.Word), c.form.field(row.Meaning, v.Meaning)
	return row
}

// valuesIn are the values or strengths as the form gives them.
func (c *call) valuesIn() []plan.Value {
	var in []plan.Value
	for number := 1; number <= plan.MostValues; number++ {
		n := strconv.Itoa(number)
		in = append(in, plan.Value{ID: db.ID(c.text("id-" + n)), Word: c.text("word-" + n), Meaning: c.text("meaning-" + n), Revision: c.number("revision-" + n)})
	}
	return in
}

// keepValueOut keeps a value out of shares of all values, or lets it in again.
func keepValueOut(c *call) (string, error) {
	return "/plan#values", c.keepOut(event.Thing{Kind: "value", ID: c.id("id")})
}

// keepStrengthOut does so with a strength.
func keepStrengthOut(c *call) (string, error) {
	return "/plan#strengths", c.keepOut(event.Thing{Kind: "strength", ID: c.id("id")})
}
