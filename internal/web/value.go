package web

import (
	"strconv"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/share"
)

// valuesForm edits the values, a row each, and some rows to add.
type valuesForm struct {
	Rows    []valueRow
	Prompts []string
	Seen    Seen
}

type valueRow struct {
	Number        int
	ID, Revision  string
	Word, Meaning Field
	KeptOut       bool
}

var valuesPage = declare[valuesForm]("values.html")

const freshValues = 3 // empty rows to add values in

func editValues(c *call) (view, error) {
	mine, err := plan.Mine(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := valuesForm{Prompts: plan.ValuePrompts, Seen: c.seenSection(given, plan.Values)}
	rows := min(len(mine.Values)+freshValues, plan.MostValues)
	for number := 1; number <= rows; number++ {
		var v plan.Value
		if number <= len(mine.Values) {
			v = mine.Values[number-1]
		}
		main.Rows = append(main.Rows, c.valueRow(number, v))
	}
	return valuesPage.show(c, "Values", "plan", main)
}

func (c *call) valueRow(number int, v plan.Value) valueRow {
	n := strconv.Itoa(number)
	row := valueRow{Number: number, KeptOut: v.KeptOut}
	row.ID = c.form.Value("id-"+n, string(v.ID))
	row.Revision = c.form.Value("revision-"+n, strconv.FormatInt(v.Revision, 10))
	_, word := c.form.Theirs["word-"+n]
	if _, meaning := c.form.Theirs["meaning-"+n]; word || meaning {
		row.Revision = strconv.FormatInt(c.form.Revision, 10)
	}
	row.Word = c.form.field(Field{Name: "word-" + n, Label: "Value " + n, Type: "own"}, v.Word)
	row.Meaning = c.form.field(Field{Name: "meaning-" + n, Label: "What you mean by it", Type: "textarea", Rows: 1}, v.Meaning)
	return row
}

func changeValues(c *call) error {
	var in []plan.Value
	for number := 1; number <= plan.MostValues; number++ {
		n := strconv.Itoa(number)
		revision, _ := strconv.ParseInt(c.text("revision-"+n), 10, 64) // of a new row: none
		in = append(in, plan.Value{ID: db.ID(c.text("id-" + n)), Word: c.text("word-" + n), Meaning: c.text("meaning-" + n), Revision: revision})
	}
	return plan.ChangeValues(c.tx, c.me, in)
}

// keepValueOut keeps a value out of shares of all values, or lets it in again.
func keepValueOut(c *call) (string, error) {
	return "/plan#values", c.keepOut(event.Thing{Kind: "value", ID: c.id("id")})
}
