package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/plan"
)

// startChoice is the step in which values are ticked in a list, or written in one's own words.
type startChoice struct {
	way
	Groups []choiceGroup
	Stood  string // which of the list were ticked when the form was opened
	Own    []valueRow
}

type choiceGroup struct {
	Title  string
	Values []valueChoice
}

type valueChoice struct {
	plan.Prompt
	Chosen bool
}

var startChoicePage = declare[startChoice]("start-values.html", "start-parts.html")

const ownValues = 3 // rows for one's own words, beside those that are there

func showChoice(c *call, w *way, mine plan.Plan) (view, error) {
	main := startChoice{way: *w}
	have := map[string]bool{}
	var own []plan.Value
	for _, v := range mine.Values {
		if prompt := plan.PromptOf(v.Word).Word; prompt != "" {
			have[prompt] = true
		} else {
			own = append(own, v)
		}
	}
	var stood []string
	for _, group := range plan.ValuePrompts {
		one := choiceGroup{Title: group.Title}
		for _, p := range group.Prompts {
			if have[p.Word] {
				stood = append(stood, p.Word)
			}
			chosen := have[p.Word]
			if c.form.Values != nil {
				chosen = c.form.ticked("word", p.Word)
			}
			one.Values = append(one.Values, valueChoice{p, chosen})
		}
		main.Groups = append(main.Groups, one)
	}
	main.Stood = c.form.Value("stood", strings.Join(stood, ","))
	main.Own = c.valueRows(plan.Values, own, min(len(own)+ownValues, plan.MostValues))
	for i := range main.Own {
		main.Own[i].Word.Label = "Your own word " + strconv.Itoa(i+1)
	}
	return startChoicePage.show(c, w.Title, "plan", main)
}

// takeChoice keeps what is ticked and takes away what no longer is. Values keep their order and
// their meaning; new ones come last.
func takeChoice(c *call) (bool, error) {
	mine, err := plan.Mine(c.tx, c.me)
	if err != nil {
		return false, err
	}
	rows := c.rows()
	ticked, stood := c.Form["word"], strings.Split(c.text("stood"), ",")
	var in rowsIn
	had := map[string]bool{}
	for _, v := range mine.Values {
		prompt := plan.PromptOf(v.Word).Word
		had[prompt] = true
		if at := slices.IndexFunc(rows, func(r rowIn) bool { return r.ID == v.ID }); at >= 0 {
			row := rows[at]
			row.Meaning = v.Meaning
			in = append(in, row)
			continue
		}
		if prompt != "" && slices.Contains(stood, prompt) && !slices.Contains(ticked, prompt) {
			v.Word, v.Meaning = "", ""
		}
		in = append(in, rowIn{Value: v, opened: v.Revision})
	}
	for _, word := range ticked {
		if p := plan.PromptOf(word); p.Word != "" && !had[p.Word] {
			in = append(in, rowIn{Value: plan.Value{Word: p.Word}})
		}
	}
	for _, row := range rows {
		if row.ID == "" && row.Word != "" && !slices.ContainsFunc(in, func(r rowIn) bool { return strings.EqualFold(r.Word, row.Word) }) {
			in = append(in, row)
		}
	}
	return false, in.keep(c, plan.Values)
}

// rowIn is a value as a row of the form gives it, with the number of the row.
type rowIn struct {
	plan.Value
	opened int64
	number string
}

type rowsIn []rowIn

// rows are the rows of the form, in their order.
func (c *call) rows() rowsIn {
	var rows rowsIn
	for i, v := range c.valuesIn() {
		n := strconv.Itoa(i + 1)
		if v.ID != "" || v.Word != "" || v.Meaning != "" {
			rows = append(rows, rowIn{v, c.number("opened-" + n), n})
		}
	}
	return rows
}

// keep keeps the rows; what is wrong has the number of its row.
func (rows rowsIn) keep(c *call, section plan.Section) error {
	var in []plan.Value
	opened := map[db.ID]int64{}
	for _, row := range rows {
		in = append(in, row.Value)
		opened[row.ID] = row.opened
	}
	return inFields(plan.GoOnWithWords(c.tx, c.me, section, in, opened), func(field string) string {
		name, n, _ := strings.Cut(field, "-")
		at, err := strconv.Atoi(n)
		if err != nil || at < 1 || at > len(rows) || rows[at-1].number == "" {
			return "word"
		}
		return name + "-" + rows[at-1].number
	})
}

// startOrder is the step in which values are put in order and cut down.
type startOrder struct {
	way
	Rows []orderRow
	Many bool // more than are wanted
}

type orderRow struct {
	valueRow
	Says          string // the word
	First         bool   // one of those that come first
	Earlier, Last bool   // can go up; is the last
}

const fewValues = 5

var startOrderPage = declare[startOrder]("start-order.html", "start-parts.html")

func showOrder(c *call, w *way, mine plan.Plan) (view, error) {
	main := startOrder{way: *w, Many: len(mine.Values) > fewValues}
	for i, row := range c.valueRows(plan.Values, mine.Values, len(mine.Values)) {
		row.Meaning.Label, row.Meaning.Hint = "What do you mean by it?", plan.PromptOf(mine.Values[i].Word).Meaning
		main.Rows = append(main.Rows, orderRow{row, row.Word.Value, i < fewValues, i > 0, i == len(mine.Values)-1})
	}
	return startOrderPage.show(c, w.Title, "plan", main)
}

// takeOrder keeps what is meant by each, and what a button says: a place up or down, one let go,
// or all after the fifth.
func takeOrder(c *call) (bool, error) {
	rows := c.rows()
	at := func(button string) int {
		return slices.IndexFunc(rows, func(r rowIn) bool { return r.number == c.text(button) && r.number != "" })
	}
	stay := true
	up, down, drop := at("up"), at("down"), at("drop")
	switch {
	case up > 0:
		rows[up-1], rows[up] = rows[up], rows[up-1]
	case down >= 0 && down+1 < len(rows):
		rows[down], rows[down+1] = rows[down+1], rows[down]
	case drop >= 0:
		rows[drop].Word, rows[drop].Meaning = "", ""
	case c.Form.Has("cut"):
		for i := fewValues; i < len(rows); i++ {
			rows[i].Word, rows[i].Meaning = "", ""
		}
	default:
		stay = false
	}
	return stay, rows.keep(c, plan.Values)
}

// startStrengths is the step that asks for strengths and where each showed.
type startStrengths struct {
	way
	Rows  []valueRow
	Texts []textField // what stands beside them
}

var startStrengthsPage = declare[startStrengths]("start-strengths.html", "start-parts.html")

const freshStrengths = 3

func showStartStrengths(c *call, w *way, mine plan.Plan) (view, error) {
	main := startStrengths{way: *w}
	main.Rows = c.valueRows(plan.Strengths, mine.Strengths, min(max(len(mine.Strengths)+1, freshStrengths), plan.MostValues))
	if stands := mine.Text(plan.Strengths); stands.Words != "" || c.form.Values.Has(fieldOf(plan.Strengths)) {
		main.Texts = append(main.Texts, c.textField(stands, Field{Label: "What you wrote before", Rows: 3}))
	}
	return startStrengthsPage.show(c, w.Title, "plan", main)
}

func takeStartStrengths(c *call) (bool, error) {
	if err := c.rows().keep(c, plan.Strengths); err != nil {
		return false, err
	}
	return false, c.goOnWriting([]plan.Section{plan.Strengths})
}
