package pitch

import "strings"

// Currency is in what money is counted where the ask itself costs none; Cover is who does the work meanwhile.
const (
	Currency = "currency"
	Cover    = "cover"
)

// Sides are those who gain something, in the order in which they are told.
var Sides = []string{"team", "company", "person"}

// Of each side: why it gains, the least and the most, and in what that is counted.
const (
	Reason = "reason"
	Low    = "low"
	High   = "high"
	Unit   = "unit"
)

// The assumptions: what an hour is worth, how many weeks of work a year has, over how many months
// the return is counted.
const (
	HourValue = "hour-value"
	Weeks     = "weeks"
	Months    = "months"
)

// SideText is the name of a text of a side.
func SideText(side, what string) string { return side + "-" + what }

func returnTexts(name string) int {
	switch name {
	case Cover:
		return 5_000
	case HourValue, Weeks, Months, Currency:
		return 40
	}
	if optionOf(name) {
		return 40
	}
	for _, side := range Sides {
		if what, ok := strings.CutPrefix(name, side+"-"); ok {
			switch what {
			case Reason:
				return 5_000
			case Low, High, Unit:
				return 40
			}
		}
	}
	return 0
}
