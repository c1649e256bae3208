// Package money holds amounts of money: whole numbers of the smallest unit of a currency, read as
// people write them and written as they read them. It knows no people and no store.
package money

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/currency"
)

// Most is the largest amount that anybody can name. A thousand of them still add up without
// running over.
const Most int64 = 1_000_000_000_000_000

// Amount is money in one currency.
type Amount struct {
	Minor    int64  // in the smallest unit of the currency: cents
	Currency string // ISO 4217: EUR
}

// Of is an amount.
func Of(minor int64, unit string) Amount { return Amount{Minor: minor, Currency: unit} }

// String is the amount as people read it: 1,200.50 EUR. Nothing is nothing: "0 EUR".
func (a Amount) String() string {
	text := Figures(a.Minor, a.Currency)
	whole, cents, has := strings.Cut(text, ".")
	from := 0
	if strings.HasPrefix(whole, "-") {
		from = 1
	}
	for at := len(whole) - 3; at > from; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if has {
		whole += "." + cents
	}
	return whole + " " + a.Currency
}

// Known tells whether there is a currency of these three letters.
func Known(unit string) bool {
	_, err := currency.ParseISO(unit)
	return err == nil && len(unit) == 3
}

// Tidy is a currency as it is kept: three capitals.
func Tidy(unit string) string { return strings.ToUpper(strings.TrimSpace(unit)) }

// Parse reads an amount as people write it: 1200, 1 200.50, 1'200, 1.200,50. The last dot or comma
// followed by as many digits as the currency has after the point begins the cents.
func Parse(amount, unit string) (minor int64, err error) {
	amount = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "").Replace(amount)
	if amount == "" {
		return 0, nil
	}
	digits := Decimals(unit)
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

// Decimals is how many digits a currency has after the point.
func Decimals(unit string) int {
	known, err := currency.ParseISO(unit)
	if err != nil {
		return 2
	}
	scale, _ := currency.Standard.Rounding(known)
	return scale
}

// Figures are the figures of an amount as a form field holds them: 1200 or 1200.50.
func Figures(minor int64, unit string) string {
	sign := ""
	if minor < 0 {
		sign, minor = "-", -minor
	}
	digits := Decimals(unit)
	text := strconv.FormatInt(minor, 10)
	if digits == 0 {
		return sign + text
	}
	text = strings.Repeat("0", max(0, digits+1-len(text))) + text
	whole, cents := text[:len(text)-digits], text[len(text)-digits:]
	if strings.Trim(cents, "0") == "" {
		return sign + whole
	}
	return sign + whole + "." + cents
}
