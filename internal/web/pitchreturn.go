package web

import (
	"errors"
	"strconv"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/payback"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/problem"
)

// pitchReturn is the part about what it costs and what comes back.
type pitchReturn struct {
	pitchWay
	askFields
	Amount, Hours, Centre, Return Field
	Currency, Cover               textField
	Sides                         []pitchSide
	Options                       []pitchOption
	HourValue, Weeks              textField
	Months                        textField
	Sentence                      string
	Counting                      bool // what an hour is worth is wanted, or what is assumed cannot be
	Assumed                       []string
	OptionsSay                    []string
}

// pitchOption is another way to grant it, with what that costs.
type pitchOption struct {
	Title, Words  string
	Amount, Hours textField
}

// pitchSide is somebody who gains something.
type pitchSide struct {
	Title           string
	Reason          textField
	Low, High, Unit textField
	Wrong           string
}

var pitchReturnPage = declare[pitchReturn]("pitch-return.html", "pitch-parts.html")

func returnStation() pitchStation {
	return pitchStation{Part: pitch.Return, Name: "Cost and return", Title: "What does it cost, and what comes back?", show: showReturn, take: takeReturn,
		About: "A range is more honest than a figure, and easier to believe. An ask that costs no money brings something back too.", Sends: "goes out with the ask"}
}

var sideLabels = map[string]struct{ title, reason string }{
	"team":    {"For the team", "“Two of us could review releases, so that nobody waits for one person.”"},
	"company": {"For the organisation", "“Fewer evenings with an outage.” Think of what it pays for today."},
	"person":  {"For you", "What you can do afterwards that you cannot do today."},
}

var unitLabels = map[payback.Unit]string{
	payback.HoursWeek: "hours a week", payback.HoursMonth: "hours a month", payback.HoursYear: "hours a year", payback.HoursOnce: "hours, once",
	payback.MoneyWeek: "money a week", payback.MoneyMonth: "money a month", payback.MoneyYear: "money a year", payback.MoneyOnce: "money, once",
}

func showReturn(c *call, w *pitchWay) (view, error) {
	a := w.Pitch.Ask
	main := pitchReturn{askFields: w.ofAsk()}
	main.Amount = c.form.field(Field{Name: "amount", Label: "Money", Type: "decimal", Hint: "In figures"}, a.Cost.Amount())
	main.Centre = c.form.field(Field{Name: "cost_centre", Label: "Cost centre", Max: 100, Hint: "From which the money could come, where you know it."}, a.CostCentre)
	main.Hours = c.form.field(Field{Name: "hours", Label: "Hours", Type: "number", Hint: "Of working time"}, hoursOf(a.Cost))
	main.Return = c.form.field(Field{Name: "return", Label: "In a few lines, what does it bring?", Type: "textarea", Rows: 3, Hint: "For those who read no figures."}, a.Return)
	main.Currency = w.field(Field{Name: pitch.Currency, Label: "Currency", Max: 3, Hint: "Three letters"})
	main.Currency.Value = or(main.Currency.Value, or(a.Cost.Currency, "EUR"))
	main.Cover = w.fields(Field{Name: pitch.Cover, Label: "Who covers for you meanwhile?", Rows: 2, Hint: "Ask them before you name them."})[0]
	main.HourValue = w.field(Field{Name: pitch.HourValue, Label: "What an hour of work is worth", Type: "decimal", Hint: "In money, roughly"})
	main.Weeks = w.field(Field{Name: pitch.Weeks, Label: "Weeks of work in a year", Type: "number", Hint: "Left empty: " + strconv.Itoa(pitch.UsualWeeks)})
	main.Months = w.field(Field{Name: pitch.Months, Label: "Counted over how many months", Type: "number", Hint: "Left empty: " + strconv.Itoa(pitch.UsualMonths)})
	reckoning, err := w.Pitch.Reckon()
	var wrong problem.Invalid
	if err != nil && !errors.As(err, &wrong) {
		return view{}, err
	}
	for _, field := range []*textField{&main.HourValue, &main.Weeks, &main.Months} {
		field.Error = or(field.Error, wrong[field.Name])
	}
	for _, side := range pitch.Sides {
		main.Sides = append(main.Sides, w.side(side, wrong))
	}
	if err == nil {
		main.Sentence, main.Assumed = reckoning.Sentence(), reckoning.Assumed()
		main.Counting = len(reckoning.Gains) > 0 && !reckoning.Adds()
	} else {
		main.Sentence = wrong[""]
	}
	main.Counting = main.Counting || main.HourValue.Error+main.Weeks.Error+main.Months.Error != ""
	w.options(&main)
	main.pitchWay = *w
	return pitchReturnPage.show(c, w.Title, "asks", main)
}

// options are the other ways that were written down, each with a cost of its own where that is wanted.
func (w *pitchWay) options(main *pitchReturn) {
	for i, option := range pitch.Options {
		if w.Words(option) == "" {
			continue
		}
		wrong := problem.Invalid{}
		w.OptionCost(wrong, option)
		one := pitchOption{Title: []string{"The other way", "The smallest version"}[i], Words: w.Words(option)}
		one.Amount = w.field(Field{Name: pitch.OptionText(option, pitch.Amount), Label: "Money", Type: "decimal", Hint: "In figures"})
		one.Hours = w.field(Field{Name: pitch.OptionText(option, pitch.Hours), Label: "Hours", Type: "number", Hint: "Of working time"})
		one.Amount.Error, one.Hours.Error = or(one.Amount.Error, wrong[one.Amount.Name]), or(one.Hours.Error, wrong[one.Hours.Name])
		main.Options = append(main.Options, one)
	}
	if sentences, err := w.OptionSentences(); err == nil {
		main.OptionsSay = sentences
	}
}

func (w *pitchWay) side(side string, wrong problem.Invalid) pitchSide {
	units := make([]Option, 0, len(payback.Units))
	for _, unit := range payback.Units {
		units = append(units, Option{Value: string(unit), Label: unitLabels[unit]})
	}
	one := pitchSide{Title: sideLabels[side].title}
	one.Reason = w.fields(Field{Name: pitch.SideText(side, pitch.Reason), Label: "What it gains, and why you think so", Rows: 2, Hint: sideLabels[side].reason})[0]
	one.Low = w.field(Field{Name: pitch.SideText(side, pitch.Low), Label: "At least", Type: "decimal"})
	one.High = w.field(Field{Name: pitch.SideText(side, pitch.High), Label: "At most", Type: "decimal"})
	one.Unit = w.field(Field{Name: pitch.SideText(side, pitch.Unit), Label: "Counted in", Type: "select", Options: units})
	if w.Words(one.Unit.Name) == "" && w.c.form.Values == nil {
		one.Unit.Value = string(payback.HoursMonth)
		for i := range one.Unit.Options {
			one.Unit.Options[i].Chosen = one.Unit.Options[i].Value == one.Unit.Value
		}
	}
	one.Low.Error, one.High.Error = or(one.Low.Error, wrong[one.Low.Name]), or(one.High.Error, wrong[one.High.Name])
	return one
}

// takeReturn keeps what the ask costs.
func takeReturn(c *call, p pitch.Pitch) error {
	in := asksNow(p)
	wrong := problem.Invalid{}
	in.Return, in.CostCentre = c.text("return"), c.text("cost_centre")
	in.Cost = ask.Cost{Currency: c.text(pitch.Currency)}
	var err error
	in.Cost.Minor, err = ask.ParseMoney(c.text("amount"), in.Cost.Currency)
	wrong.Check(err == nil, "amount", "Please give an amount such as 1200 or 1,200.50.")
	if hours := c.text("hours"); hours != "" {
		in.Cost.Hours, err = strconv.ParseInt(hours, 10, 64)
		wrong.Check(err == nil, "hours", "Please give the hours as a whole number, such as 12.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if in.Cost.Minor == 0 {
		in.Cost.Currency = "" // as it is kept
	}
	return c.askGoesOn(p, in)
}
