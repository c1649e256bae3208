package ask

import (
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/money"
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
func ParseMoney(amount, unit string) (minor int64, err error) { return money.Parse(amount, unit) }

// Amount is the money in figures, or nothing where none is asked for.
func (c Cost) Amount() string {
	if c.Minor == 0 {
		return ""
	}
	return money.Figures(c.Minor, c.Currency)
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
		wrong.Check(money.Known(c.Currency), "currency", "Please give the currency by its three letters, such as EUR.")
	}
}
