// Package payback works out what comes back of a cost, and when. It knows numbers alone: no
// people, no words, no clock.
//
// All sums are exact fractions: nothing is rounded on the way, and nothing overflows.
package payback

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Unit is in what a gain is counted.
type Unit string

// The units. Money is in the smallest unit of its currency, hours are in hundredths.
const (
	HoursOnce  Unit = "hours once"
	HoursWeek  Unit = "hours a week"
	HoursMonth Unit = "hours a month"
	HoursYear  Unit = "hours a year"
	MoneyOnce  Unit = "money once"
	MoneyWeek  Unit = "money a week"
	MoneyMonth Unit = "money a month"
	MoneyYear  Unit = "money a year"
)

// Units are the units in the order in which a form offers them.
var Units = []Unit{HoursWeek, HoursMonth, HoursYear, HoursOnce, MoneyWeek, MoneyMonth, MoneyYear, MoneyOnce}

func (u Unit) isHours() bool { return strings.HasPrefix(string(u), "hours") }

func (u Unit) known() bool {
	for _, one := range Units {
		if one == u {
			return true
		}
	}
	return false
}

// Gain is something that comes back: at least Low, at most High.
type Gain struct {
	Low, High int64
	In        Unit
}

// Case is a cost, what it brings, and what is assumed.
type Case struct {
	Money int64 // that it costs
	Hours int64 // of work that it costs, in hundredths
	Gains []Gain

	HourValue int64 // what an hour of work is worth in money; 0: nobody has said
	Weeks     int64 // of work in a year
	Months    int64 // over which the return is counted
}

// Within what a case may lie: an hour is not worth more than a house, and nobody counts over a
// lifetime.
const (
	MostMoney  = 1_000_000_000_000_000
	MostHours  = 100_000_000 // hundredths
	MostWeeks  = 53
	MostMonths = 120
)

// Check says what of a case cannot be.
func (c Case) Check() error {
	within := func(n, most int64) bool { return n >= 0 && n <= most }
	switch {
	case !within(c.Money, MostMoney), !within(c.HourValue, MostMoney):
		return fmt.Errorf("an amount of money is below 0 or above %d", int64(MostMoney))
	case !within(c.Hours, MostHours):
		return fmt.Errorf("hours are below 0 or above %d", int64(MostHours))
	case c.Weeks < 1 || c.Weeks > MostWeeks:
		return fmt.Errorf("a year has 1 to %d weeks of work", int64(MostWeeks))
	case c.Months < 1 || c.Months > MostMonths:
		return fmt.Errorf("a return is counted over 1 to %d months", int64(MostMonths))
	}
	for _, g := range c.Gains {
		most := int64(MostMoney)
		if g.In.isHours() {
			most = MostHours
		}
		switch {
		case !g.In.known():
			return fmt.Errorf("%q is no unit", g.In)
		case !within(g.Low, most), !within(g.High, most):
			return fmt.Errorf("a gain is below 0 or above %d", most)
		case g.Low > g.High:
			return fmt.Errorf("the least is more than the most")
		}
	}
	return nil
}

// In is in what the result of a case is counted.
type In int

// Money where hours have a worth or nothing is in hours; hours where nothing is in money; nothing
// where both are there and nobody has said what an hour is worth.
const (
	InNothing In = iota
	InMoney
	InHours
)

// Result is what comes of a case. Money is in the smallest unit of its currency, hours are in
// hundredths.
type Result struct {
	In   In
	Cost *big.Rat
	// Low and High are what comes back within the months.
	Low, High *big.Rat
	// Soonest and Latest are after how many months as much has come back as it costs; nil: never.
	Soonest, Latest *big.Rat
}

// Of works out a case that Check accepts.
func Of(c Case) Result {
	money, hours := c.Money > 0, c.Hours > 0
	for _, g := range c.Gains {
		if g.High > 0 {
			money, hours = money || !g.In.isHours(), hours || g.In.isHours()
		}
	}
	r := Result{In: InMoney}
	switch {
	case !money && hours && c.HourValue == 0:
		r.In = InHours
	case money && hours && c.HourValue == 0:
		return Result{In: InNothing}
	}
	r.Cost = new(big.Rat).Add(c.worth(r.In, c.Money, false), c.worth(r.In, c.Hours, true))
	onceLow, onceHigh, monthLow, monthHigh := new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat)
	for _, g := range c.Gains {
		toLow, toHigh := monthLow, monthHigh
		times := c.perMonth(g.In)
		if times == nil {
			toLow, toHigh, times = onceLow, onceHigh, big.NewRat(1, 1)
		}
		toLow.Add(toLow, new(big.Rat).Mul(times, c.worth(r.In, g.Low, g.In.isHours())))
		toHigh.Add(toHigh, new(big.Rat).Mul(times, c.worth(r.In, g.High, g.In.isHours())))
	}
	months := big.NewRat(c.Months, 1)
	r.Low = new(big.Rat).Add(onceLow, new(big.Rat).Mul(monthLow, months))
	r.High = new(big.Rat).Add(onceHigh, new(big.Rat).Mul(monthHigh, months))
	r.Soonest, r.Latest = until(r.Cost, onceHigh, monthHigh), until(r.Cost, onceLow, monthLow)
	return r
}

// worth is an amount, or hours, in what the result is counted.
func (c Case) worth(in In, n int64, hours bool) *big.Rat {
	if hours && in == InMoney {
		return new(big.Rat).Mul(big.NewRat(n, 100), big.NewRat(c.HourValue, 1))
	}
	return big.NewRat(n, 1)
}

// perMonth is how often a unit comes in a month; nil for what comes once.
func (c Case) perMonth(u Unit) *big.Rat {
	switch u {
	case HoursWeek, MoneyWeek:
		return big.NewRat(c.Weeks, 12)
	case HoursMonth, MoneyMonth:
		return big.NewRat(1, 1)
	case HoursYear, MoneyYear:
		return big.NewRat(1, 12)
	}
	return nil
}

// until is after how many months a cost has come back, of which a part comes at once.
func until(cost, once, month *big.Rat) *big.Rat {
	left := new(big.Rat).Sub(cost, once)
	switch {
	case left.Sign() <= 0:
		return new(big.Rat)
	case month.Sign() == 0:
		return nil
	}
	return left.Quo(left, month)
}

// Times are how many times what it costs comes back, at least and at most; nil where it costs
// nothing.
func (r Result) Times() (low, high *big.Rat) {
	if r.Cost == nil || r.Cost.Sign() == 0 {
		return nil, nil
	}
	return new(big.Rat).Quo(r.Low, r.Cost), new(big.Rat).Quo(r.High, r.Cost)
}

// Round is the whole number nearest to a sum; a half goes up.
func Round(sum *big.Rat) *big.Int {
	twice := new(big.Int).Lsh(sum.Num(), 1)
	twice.Add(twice, sum.Denom())
	return twice.Div(twice, new(big.Int).Lsh(sum.Denom(), 1))
}

// Up is the next whole number.
func Up(sum *big.Rat) *big.Int {
	up := new(big.Int).Add(sum.Num(), sum.Denom())
	up.Sub(up, big.NewInt(1))
	return up.Div(up, sum.Denom())
}

// ParseHours reads hours as people write them: 2, 1.5, 1,25. They come in hundredths.
func ParseHours(text string) (int64, error) {
	whole, part, has := strings.Cut(strings.ReplaceAll(strings.TrimSpace(text), ",", "."), ".")
	if len(part) > 2 || has && part == "" || whole == "" {
		return 0, fmt.Errorf("%q are no hours such as 2 or 1.5", text)
	}
	for _, digit := range whole + part {
		if digit < '0' || digit > '9' {
			return 0, fmt.Errorf("%q are no hours such as 2 or 1.5", text)
		}
	}
	return strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
}

// Hours writes hundredths of hours: 1.5.
func Hours(hundredths *big.Int) string {
	whole, part := new(big.Int).QuoRem(hundredths, big.NewInt(100), new(big.Int))
	if part.Sign() == 0 {
		return whole.String()
	}
	return whole.String() + "." + strings.TrimRight(fmt.Sprintf("%02d", part.Int64()), "0")
}
