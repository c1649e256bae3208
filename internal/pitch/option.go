package pitch

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/payback"
	"github.com/ownward/ownward/internal/problem"
)

// Options are the other ways to grant an ask, each of which can have a cost of its own.
var Options = []string{Second, Smallest}

// Of each option: what it costs in money, and in hours of work.
const (
	Amount = "amount"
	Hours  = "hours"
)

// OptionText is the name of a text of an option.
func OptionText(option, what string) string { return option + "-" + what }

// optionOf tells whether a text is the cost of an option.
func optionOf(name string) bool {
	for _, option := range Options {
		if name == OptionText(option, Amount) || name == OptionText(option, Hours) {
			return true
		}
	}
	return false
}

// OptionCost is what an option costs, and whether anything was said.
func (p Pitch) OptionCost(wrong problem.Invalid, option string) (ask.Cost, bool) {
	amount, hours := OptionText(option, Amount), OptionText(option, Hours)
	if p.Words(option) == "" || p.Words(amount)+p.Words(hours) == "" {
		return ask.Cost{}, false
	}
	cost := ask.Cost{Minor: p.money(wrong, amount, p.InCurrency()), Currency: p.InCurrency()}
	if text := p.Words(hours); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		wrong.Check(err == nil && n >= 0 && n <= 10_000, hours, "Please give the hours as a whole number, such as 12.")
		cost.Hours = n
	}
	return cost, true
}

// option is the words of an option as they go out, with what it costs.
func (p Pitch) option(option string) string {
	words := p.Words(option)
	wrong := problem.Invalid{}
	if cost, any := p.OptionCost(wrong, option); any && len(wrong) == 0 {
		words += "\n" + (Reckoning{Case: caseOf(cost), Currency: cost.Currency}).costsAlone()
	}
	return words
}

func caseOf(cost ask.Cost) payback.Case {
	return payback.Case{Money: cost.Minor, Hours: cost.Hours * 100}
}

// costsAlone says what it costs, without what an hour is worth.
func (r Reckoning) costsAlone() string {
	var parts []string
	if r.Money > 0 {
		parts = append(parts, r.inMoney(r.Money))
	}
	if r.Case.Hours > 0 {
		parts = append(parts, WorkingHours(r.Case.Hours/100))
	}
	if len(parts) == 0 {
		return "It costs nothing."
	}
	return "It costs " + strings.Join(parts, " and ") + "."
}

// optionTitles say what an option is called where its payback is told.
var optionTitles = map[string]string{Second: "The other way", Smallest: "The smallest version"}

// OptionSentences say of each option with a cost what would come back of it, if it brought as much.
//
// Errors: problem.Invalid by the name of the text that is no number.
func (p Pitch) OptionSentences() ([]string, error) {
	var all []string
	wrong := problem.Invalid{}
	for _, option := range Options {
		cost, any := p.OptionCost(wrong, option)
		if !any || len(wrong) > 0 {
			continue
		}
		r, err := p.reckon(cost)
		if err != nil {
			return all, err
		}
		if said := r.ofOption(); said != "" {
			all = append(all, optionTitles[option]+": "+said)
		}
	}
	return all, wrong.Err()
}

// ofOption says what would come back of an option, if it brought as much as the whole.
func (r Reckoning) ofOption() string {
	if r.In == payback.InNothing || len(r.Gains) == 0 {
		return ""
	}
	if r.Cost.Sign() == 0 {
		return "it costs nothing that is counted here."
	}
	low, high := r.Times()
	said := fmt.Sprintf("%s If it brought as much, that would be %s times what it costs.", strings.Replace(r.costs(), "It costs", "it costs", 1), between(tenths(low), tenths(high)))
	if r.Soonest != nil && r.Latest != nil && r.Latest.Sign() > 0 {
		said += fmt.Sprintf(" It would have come back after %s.", plural(between(payback.Up(r.Soonest).String(), payback.Up(r.Latest).String()), "month"))
	}
	return said
}
