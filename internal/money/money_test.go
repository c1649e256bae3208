package money_test

import (
	"testing"

	"github.com/ownward/ownward/internal/money"
)

func TestAnAmountIsReadAsItIsWritten(t *testing.T) {
	for _, one := range []struct {
		minor       int64
		unit, reads string
	}{
		{0, "EUR", "0 EUR"}, {5, "EUR", "0.05 EUR"}, {120000, "EUR", "1,200 EUR"}, {120050, "EUR", "1,200.50 EUR"},
		{123456789, "EUR", "1,234,567.89 EUR"}, {1200, "JPY", "1,200 JPY"}, {-50, "EUR", "-0.50 EUR"}, {-123456, "EUR", "-1,234.56 EUR"},
		{money.Most, "EUR", "10,000,000,000,000 EUR"},
	} {
		if got := money.Of(one.minor, one.unit).String(); got != one.reads {
			t.Errorf("%d in the smallest unit of %s reads %q, want %q", one.minor, one.unit, got, one.reads)
		}
		if one.minor < 0 {
			continue
		}
		for _, text := range []string{money.Figures(one.minor, one.unit), one.reads[:len(one.reads)-4]} {
			if back, err := money.Parse(text, one.unit); err != nil || back != one.minor {
				t.Errorf("%q read again is %d, %v, want %d", text, back, err, one.minor)
			}
		}
	}
}
