package ask

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/currency"

	"github.com/ownward/ownward/internal/payback"
	"github.com/ownward/ownward/internal/problem"
)

// Cost is what an ask costs: money and hours, either of which may be nothing.
type Cost struct {
	Minor    int64  // in the smallest unit of the currency: cents
	Currency string // ISO 4217: EUR
	Hours    int64
}

// IsZero tells whether it costs nothing.
func (c Cost) IsZero() bool { return c.Minor == 0 && c.Hours == 0 }

// ParseMoney reads an amount as people write it: 1200, 1 200.50, 1'200, 1.200,50. The last dot
// or comma followed by as many digits as the currency has after the point begins the cents.
func ParseMoney(amount, unit string) (minor int64, err error) {
	amount = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "").Replace(amount)
	if amount == "" {
		return 0, nil
	}
	digits := decimals(unit)
	whole, cents := amount, ""
	if at := strings.LastIndexAny(amount, ".,"); at >= 0 && digits > 0 && len(amount)-at-1 <= digits {
		whole, cents = amount[:at], amount[at+1:]
	}
	if at := strings.LastIndexAny(whole, ".,"); at >= 0 && (len(whole)-at-1 != 3 || whole[0] == '0') {
		return 0, fmt.Errorf("%q has neither thousands nor cents after its last dot or comma", amount)
	}
	whole = strings.NewReplacer(".", "", ",", "").Replace(whole)
	cents += strings.Repeat("0", digits-len(cents))
	minor, err = strconv.ParseInt(whole+cents, 10, 64)
	if err != nil || minor < 0 {
		return 0, fmt.Errorf("%q is not an amount such as 1200 or 1,200.50", amount)
	}
	return minor, nil
}

// decimals is how many digits a currency has after the point.
func decimals(unit string) int {
	known, err := currency.ParseISO(unit)
	if err != nil {
		return 2
	}
	scale, _ := currency.Standard.Rounding(known)
	return scale
}

// Amount is the money in figures, or nothing where none is asked for.
func (c Cost) Amount() string {
	if c.Minor == 0 {
		return ""
	}
	digits := decimals(c.Currency)
	text := strconv.FormatInt(c.Minor, 10)
	if digits == 0 {
		return text
	}
	text = strings.Repeat("0", max(0, digits+1-len(text))) + text
	whole, cents := text[:len(text)-digits], text[len(text)-digits:]
	if strings.Trim(cents, "0") == "" {
		return whole
	}
	return whole + "." + cents
}

func (c Cost) hours() string {
	if c.Hours == 0 {
		return ""
	}
	return strconv.FormatInt(c.Hours, 10)
}

func (c *Cost) check(wrong problem.Invalid) {
	c.Currency = strings.ToUpper(strings.TrimSpace(c.Currency))
	if c.Minor == 0 {
		c.Currency = ""
	}
	wrong.Check(c.Minor >= 0, "amount", "Please give an amount such as 1200.")
	wrong.Check(c.Minor <= payback.MostMoney, "amount", "Please look at the amount again: it is larger than anybody could grant.")
	wrong.Check(c.Hours >= 0 && c.Hours <= 10_000, "hours", "Please give the hours as a whole number, such as 12.")
	if c.Minor > 0 {
		_, err := currency.ParseISO(c.Currency)
		wrong.Check(err == nil, "currency", "Please give the currency by its three letters, such as EUR.")
	}
}
