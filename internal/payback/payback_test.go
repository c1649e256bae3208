package payback_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/ownward/ownward/internal/payback"
)

func anyGain(t *rapid.T) payback.Gain {
	g := payback.Gain{In: rapid.SampledFrom(payback.Units).Draw(t, "in")}
	g.High = rapid.Int64Range(0, payback.MostHours).Draw(t, "high")
	g.Low = rapid.Int64Range(0, g.High).Draw(t, "low")
	return g
}

func anyCase(t *rapid.T) payback.Case {
	return payback.Case{
		Money: rapid.Int64Range(0, payback.MostMoney).Draw(t, "money"), Hours: rapid.Int64Range(0, payback.MostHours).Draw(t, "hours"),
		Gains:     rapid.SliceOfN(rapid.Custom(anyGain), 0, 6).Draw(t, "gains"),
		HourValue: rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(1, payback.MostMoney)).Draw(t, "value"),
		Weeks:     rapid.Int64Range(1, payback.MostWeeks).Draw(t, "weeks"), Months: rapid.Int64Range(1, payback.MostMonths).Draw(t, "months"),
	}
}

func TestTheLeastIsNeverMoreThanTheMost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t)
		if err := c.Check(); err != nil {
			t.Fatal(err)
		}
		r := payback.Of(c)
		if r.In == payback.InNothing {
			return
		}
		if r.Low.Cmp(r.High) > 0 || r.Low.Sign() < 0 || payback.Round(r.Low).Cmp(payback.Round(r.High)) > 0 {
			t.Fatalf("%v to %v", r.Low, r.High)
		}
		switch {
		case r.Latest != nil && (r.Soonest == nil || r.Soonest.Cmp(r.Latest) > 0):
			t.Fatalf("back after %v to %v months", r.Soonest, r.Latest)
		case r.Soonest != nil && r.Soonest.Sign() < 0:
			t.Fatalf("back before it begins: %v", r.Soonest)
		}
	})
}

// TestSumsAreExact compares with sums in whole numbers: everything times 1200, so that no part is lost.
func TestSumsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t)
		r := payback.Of(c)
		if r.In == payback.InNothing {
			return
		}
		sum := new(big.Int)
		for _, g := range c.Gains {
			times := map[payback.Unit]int64{
				payback.HoursOnce: 12, payback.MoneyOnce: 12, payback.HoursWeek: c.Weeks * c.Months, payback.MoneyWeek: c.Weeks * c.Months,
				payback.HoursMonth: 12 * c.Months, payback.MoneyMonth: 12 * c.Months, payback.HoursYear: c.Months, payback.MoneyYear: c.Months,
			}[g.In]
			worth := new(big.Int).Mul(big.NewInt(g.High), big.NewInt(times*100))
			if r.In == payback.InMoney && g.In[0] == 'h' {
				worth.Mul(worth, big.NewInt(c.HourValue)).Div(worth, big.NewInt(100))
			}
			sum.Add(sum, worth)
		}
		if got := new(big.Rat).Mul(r.High, big.NewRat(1200, 1)); !got.IsInt() || got.Num().Cmp(sum) != 0 {
			t.Fatalf("%v, and summed up %v", got, sum)
		}
	})
}

func TestMoreGainIsNeverWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t)
		if len(c.Gains) == 0 {
			return
		}
		before := payback.Of(c)
		at := rapid.IntRange(0, len(c.Gains)-1).Draw(t, "at")
		if c.Gains[at].High == 0 {
			return // what was not counted may be in another unit
		}
		more := rapid.Int64Range(0, 1000).Draw(t, "more")
		c.Gains[at].Low, c.Gains[at].High = c.Gains[at].Low+more, c.Gains[at].High+more
		after := payback.Of(c)
		if before.In != after.In {
			t.Fatalf("counted in %v, and then in %v", before.In, after.In)
		}
		if before.In == payback.InNothing {
			return
		}
		if after.Low.Cmp(before.Low) < 0 || after.High.Cmp(before.High) < 0 {
			t.Fatalf("from %v to %v, and with more from %v to %v", before.Low, before.High, after.Low, after.High)
		}
		if before.Latest != nil && (after.Latest == nil || after.Latest.Cmp(before.Latest) > 0) {
			t.Fatalf("back after %v, and with more after %v", before.Latest, after.Latest)
		}
		c.Money++
		if dearer := payback.Of(c); dearer.In == payback.InMoney && after.In == payback.InMoney && dearer.Soonest != nil && dearer.Soonest.Cmp(after.Soonest) < 0 {
			t.Fatalf("what costs more is back sooner: %v, %v", after.Soonest, dearer.Soonest)
		}
	})
}

func TestTheSameInAnyUnitOfTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t)
		n := rapid.Int64Range(0, payback.MostHours/1000).Draw(t, "n")
		for _, units := range [][3]payback.Unit{
			{payback.HoursWeek, payback.HoursMonth, payback.HoursYear}, {payback.MoneyWeek, payback.MoneyMonth, payback.MoneyYear},
		} {
			var results []payback.Result
			// What comes 12 times a week comes as often a month as there are weeks in a year.
			for i, times := range []int64{12, c.Weeks, 12 * c.Weeks} {
				one := c
				one.Gains = []payback.Gain{{Low: n * times, High: n * times, In: units[i]}}
				results = append(results, payback.Of(one))
			}
			for _, r := range results[1:] {
				if r.In != results[0].In || r.In != payback.InNothing && (r.Low.Cmp(results[0].Low) != 0 || r.High.Cmp(results[0].High) != 0) {
					t.Fatalf("a week %v, else %v", results[0], r)
				}
			}
		}
	})
}

func TestNothingThatCannotBeIsWorkedOut(t *testing.T) {
	fine := payback.Case{Weeks: 46, Months: 12}
	for name, spoil := range map[string]func(c *payback.Case){
		"a cost below nothing": func(c *payback.Case) { c.Money = -1 }, "too many hours": func(c *payback.Case) { c.Hours = payback.MostHours + 1 },
		"no weeks": func(c *payback.Case) { c.Weeks = 0 }, "no months": func(c *payback.Case) { c.Months = 0 },
		"the least above the most": func(c *payback.Case) { c.Gains = []payback.Gain{{Low: 2, High: 1, In: payback.HoursOnce}} },
		"no unit":                  func(c *payback.Case) { c.Gains = []payback.Gain{{High: 1, In: "hours a day"}} },
		"a gain below nothing":     func(c *payback.Case) { c.Gains = []payback.Gain{{Low: -1, In: payback.HoursOnce}} },
	} {
		c := fine
		if spoil(&c); c.Check() == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestAWorkedExample(t *testing.T) {
	// 1,400 and 16 hours at 50 an hour: 2,200. Two to four hours a month: 100 to 200 a month.
	c := payback.Case{Money: 140000, Hours: 1600, HourValue: 5000, Weeks: 46, Months: 24, Gains: []payback.Gain{{Low: 200, High: 400, In: payback.HoursMonth}}}
	r := payback.Of(c)
	if r.Cost.RatString() != "220000" || r.Low.RatString() != "240000" || r.High.RatString() != "480000" || payback.Up(r.Soonest).Int64() != 11 || payback.Up(r.Latest).Int64() != 22 {
		t.Errorf("%v: %v to %v, after %v to %v", r.Cost, r.Low, r.High, r.Soonest, r.Latest)
	}
	low, high := r.Times()
	if low.FloatString(2) != "1.09" || high.FloatString(2) != "2.18" {
		t.Errorf("%v to %v times", low, high)
	}
	c.HourValue = 0
	if r := payback.Of(c); r.In != payback.InNothing {
		t.Errorf("money and hours without a worth: %v", r)
	}
	c.Money = 0
	if r := payback.Of(c); r.In != payback.InHours || r.Cost.RatString() != "1600" || r.Low.RatString() != "4800" {
		t.Errorf("hours alone: %v", r)
	}
}

func TestHoursAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]int64{"2": 200, "1.5": 150, "1,25": 125, " 0.5 ": 50, "0": 0, "": -1, "1.234": -1, "one": -1, "-2": -1, "1.": -1, ".5": -1} {
		got, err := payback.ParseHours(text)
		if err != nil {
			got = -1
		}
		if got != want {
			t.Errorf("%q is %d", text, got)
		}
		if err == nil {
			if again, err := payback.ParseHours(payback.Hours(big.NewInt(got))); err != nil || again != got {
				t.Errorf("%d is written %s", got, payback.Hours(big.NewInt(got)))
			}
		}
	}
}
