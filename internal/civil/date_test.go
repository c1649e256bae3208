package civil_test

import (
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
)

func TestMonthsEndOnTheLastDayOfAShortMonth(t *testing.T) {
	for _, c := range []struct {
		from   civil.Date
		months int
		want   string
	}{
		{civil.On(2027, time.January, 31), 1, "2027-02-28"},
		{civil.On(2028, time.January, 31), 1, "2028-02-29"},
		{civil.On(2026, time.November, 30), 3, "2027-02-28"},
		{civil.On(2026, time.March, 31), -1, "2026-02-28"},
		{civil.On(2026, time.November, 23), 14, "2028-01-23"},
	} {
		if got := c.from.AddMonths(c.months).String(); got != c.want {
			t.Errorf("%s and %d months: got %s, want %s", c.from, c.months, got, c.want)
		}
	}
}

func TestParseRefusesWhatIsNotADay(t *testing.T) {
	for _, text := range []string{"2026-02-30", "23.11.2026", "2026-11-23T10:00", "x"} {
		if date, err := civil.Parse(text); err == nil {
			t.Errorf("%q was read as %s", text, date)
		}
	}
	none, err := civil.Parse("")
	if err != nil || !none.IsZero() {
		t.Errorf("no text: got %v, %v, want no date", none, err)
	}
}

func TestTheDayDependsOnThePlace(t *testing.T) {
	moment := time.Date(2026, time.November, 23, 23, 30, 0, 0, time.UTC)
	tokyo := time.FixedZone("Tokyo", 9*60*60)
	if got := civil.In(moment, tokyo).String(); got != "2026-11-24" {
		t.Errorf("in Tokyo it is %s, want 2026-11-24", got)
	}
}
