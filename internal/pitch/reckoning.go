package pitch

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/payback"
	"github.com/ownward/ownward/internal/problem"
)

// What is assumed until somebody says otherwise: a year without holidays and days off, and a
// return within a year.
const (
	UsualWeeks  = 44
	UsualMonths = 12
)

// Reckoning is what an ask costs and brings, as it was worked out.
type Reckoning struct {
	payback.Case
	payback.Result
	Currency string
}

// InCurrency is the currency in which the pitch counts.
func (p Pitch) InCurrency() string {
	if p.Ask.Cost.Currency != "" {
		return p.Ask.Cost.Currency
	}
	return strings.ToUpper(p.Words(Currency))
}

// Reckon works out what comes back of what the ask costs.
//
// Errors: problem.Invalid by the name of the text that is no number.
func (p Pitch) Reckon() (Reckoning, error) { return p.reckon(p.Ask.Cost) }

// reckon works out what would come back of a cost.
func (p Pitch) reckon(cost ask.Cost) (Reckoning, error) {
	r := Reckoning{Case: caseOf(cost), Currency: p.InCurrency()}
	wrong := problem.Invalid{}
	r.HourValue = p.money(wrong, HourValue, r.Currency)
	r.Weeks = p.whole(wrong, Weeks, UsualWeeks, payback.MostWeeks)
	r.Months = p.whole(wrong, Months, UsualMonths, payback.MostMonths)
	for _, side := range Sides {
		if g, any := p.Gain(wrong, side); any {
			r.Gains = append(r.Gains, g)
		}
	}
	if err := wrong.Err(); err != nil {
		return r, err
	}
	if err := r.Check(); err != nil {
		return r, problem.Invalid{"": "These figures are larger than can be worked out."}
	}
	r.Result = payback.Of(r.Case)
	return r, nil
}

// Gain is what a side gains, in figures, and whether anything was said.
func (p Pitch) Gain(wrong problem.Invalid, side string) (payback.Gain, bool) {
	g := payback.Gain{In: payback.Unit(p.Words(SideText(side, Unit)))}
	low, high := SideText(side, Low), SideText(side, High)
	if p.Words(low) == "" && p.Words(high) == "" {
		return g, false
	}
	if g.In == "" {
		g.In = payback.HoursMonth
	}
	read := func(name string) int64 { return p.money(wrong, name, p.InCurrency()) }
	if strings.HasPrefix(string(g.In), "hours") {
		read = func(name string) int64 {
			if p.Words(name) == "" {
				return 0
			}
			n, err := payback.ParseHours(p.Words(name))
			wrong.Check(err == nil && n <= payback.MostHours, name, "Please give hours such as 2 or 1.5.")
			return n
		}
	}
	g.Low, g.High = read(low), read(high)
	if p.Words(high) == "" {
		g.High = g.Low
	}
	wrong.Check(g.Low <= g.High || wrong[low] != "" || wrong[high] != "", high, "The most is less than the least.")
	return g, true
}

func (p Pitch) money(wrong problem.Invalid, name, currency string) int64 {
	n, err := ask.ParseMoney(p.Words(name), currency)
	wrong.Check(err == nil && n <= payback.MostMoney, name, "Please give an amount such as 1200 or 1,200.50.")
	return n
}

func (p Pitch) whole(wrong problem.Invalid, name string, usual, most int64) int64 {
	if p.Words(name) == "" {
		return usual
	}
	n, err := strconv.ParseInt(p.Words(name), 10, 64)
	ok := err == nil && n >= 1 && n <= most
	wrong.Check(ok, name, fmt.Sprintf("Please give a whole number from 1 to %d.", most))
	if !ok {
		return usual
	}
	return n
}

// amount is a sum as it is read, in what the result is counted.
func (r Reckoning) amount(sum *big.Rat) string {
	n := payback.Round(sum)
	if r.In == payback.InHours {
		return inHours(n)
	}
	return r.inMoney(n.Int64())
}

func (r Reckoning) inMoney(minor int64) string {
	if minor == 0 {
		return "0 " + r.Currency
	}
	return grouped(ask.Cost{Minor: minor, Currency: r.Currency}.Amount()) + " " + r.Currency
}

// grouped puts commas between the thousands.
func grouped(amount string) string {
	whole, cents, has := strings.Cut(amount, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if has {
		whole += "." + cents
	}
	return whole
}

// inHours are hundredths of hours as they are read.
func inHours(n *big.Int) string { return plural(grouped(payback.Hours(n)), "hour") }

func plural(n, one string) string {
	if n == "1" {
		return n + " " + one
	}
	return n + " " + one + "s"
}

func between(low, high string) string {
	if low == high {
		return low
	}
	return low + " to " + high
}

// fromTo names the unit once where both have the same.
func (r Reckoning) fromTo(low, high *big.Rat) string {
	least, most := r.amount(low), r.amount(high)
	n, unit, _ := strings.Cut(least, " ")
	if _, other, _ := strings.Cut(most, " "); other == unit && least != most {
		least = n
	}
	return between(least, most)
}

// Adds tells whether what is counted can be added up: money and hours together only where
// somebody said what an hour is worth.
func (r Reckoning) Adds() bool { return r.In != payback.InNothing }

// Sentence says what comes back of it, in words, to whoever prepares it. It is empty where nothing
// is counted.
func (r Reckoning) Sentence() string {
	switch {
	case len(r.Gains) == 0:
		return ""
	case !r.Adds():
		return "Both money and hours are counted here. Say below what an hour of work is worth, and they can be added up."
	case r.Cost.Sign() == 0:
		return fmt.Sprintf("It costs nothing that is counted here. Within %s it brings %s.", r.period(), r.fromTo(r.Low, r.High))
	}
	low, high := r.Times()
	said := fmt.Sprintf("%s Within %s it brings %s: %s times what it costs.", r.costs(), r.period(), r.fromTo(r.Low, r.High), between(tenths(low), tenths(high)))
	switch {
	case r.Soonest == nil:
		return said
	case r.Latest == nil:
		return said + fmt.Sprintf(" At best it has come back after %s.", months(r.Soonest))
	case r.Latest.Sign() == 0:
		return said + " It comes back at once."
	}
	soonest, latest := payback.Up(r.Soonest).String(), payback.Up(r.Latest).String()
	return said + fmt.Sprintf(" It has come back after %s.", plural(between(soonest, latest), "month"))
}

func months(n *big.Rat) string { return plural(payback.Up(n).String(), "month") }

func (r Reckoning) period() string { return plural(strconv.FormatInt(r.Months, 10), "month") }

// costs says what it costs; where hours have a worth, with the sum.
func (r Reckoning) costs() string {
	hours := inHours(big.NewInt(r.Case.Hours))
	switch {
	case r.Money == 0 && r.In == payback.InHours:
		return "It costs " + hours + "."
	case r.Money == 0:
		return fmt.Sprintf("It costs %s, worth %s.", hours, r.amount(r.Cost))
	case r.Case.Hours == 0:
		return "It costs " + r.inMoney(r.Money) + "."
	}
	return fmt.Sprintf("It costs %s and %s, together worth %s.", r.inMoney(r.Money), hours, r.amount(r.Cost))
}

// tenths is a ratio with one digit after the point, rounded down: nothing is promised that does
// not come.
func tenths(ratio *big.Rat) string {
	n := new(big.Int).Quo(new(big.Int).Mul(ratio.Num(), big.NewInt(10)), ratio.Denom())
	whole, tenth := new(big.Int).QuoRem(n, big.NewInt(10), new(big.Int))
	if tenth.Sign() == 0 {
		return whole.String()
	}
	return whole.String() + "." + tenth.String()
}

// Assumed lists with what was counted.
func (r Reckoning) Assumed() []string {
	var all []string
	if r.HourValue > 0 && r.In == payback.InMoney {
		all = append(all, "An hour of work is worth "+r.inMoney(r.HourValue)+".")
	}
	for _, g := range r.Gains {
		if g.In == payback.HoursWeek || g.In == payback.MoneyWeek {
			all = append(all, fmt.Sprintf("A year has %d weeks of work.", r.Weeks))
			break
		}
	}
	if len(r.Gains) > 0 {
		all = append(all, "What comes back is counted over "+r.period()+".")
	}
	return all
}

// GainSays is what a side gains, as it is read: 2 to 4 hours a month.
func (r Reckoning) GainSays(g payback.Gain) string {
	unit, rest, _ := strings.Cut(string(g.In), " ")
	if unit == "hours" {
		low, high := grouped(payback.Hours(big.NewInt(g.Low))), grouped(payback.Hours(big.NewInt(g.High)))
		return plural(between(low, high), "hour") + " " + rest
	}
	return Reckoning{Currency: r.Currency, Result: payback.Result{In: payback.InMoney}}.fromTo(big.NewRat(g.Low, 1), big.NewRat(g.High, 1)) + " " + rest
}

// Money is an amount with its currency, as it is read.
func Money(minor int64, currency string) string { return Reckoning{Currency: currency}.inMoney(minor) }

// WorkingHours are hours of work, as they are read.
func WorkingHours(n int64) string { return plural(grouped(strconv.FormatInt(n, 10)), "working hour") }
