package calendarfile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/teambition/rrule-go"
)

// randomRule is a rule as a program might write it, with its start.
func randomRule(random *rand.Rand) (start time.Time, rule string) {
	start = time.Date(2019+random.IntN(9), time.Month(1+random.IntN(12)), 1+random.IntN(28), random.IntN(24), random.IntN(60), 0, 0, time.UTC)
	freq := []string{"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}[random.IntN(4)]
	parts := []string{"FREQ=" + freq}
	some := func(name string, chance int, least, most int, negative bool) {
		if random.IntN(chance) > 0 {
			return
		}
		var all []string
		for range 1 + random.IntN(3) {
			n := least + random.IntN(most-least+1)
			if negative && random.IntN(3) == 0 {
				n = -n
			}
			if one := fmt.Sprint(n); !slices.Contains(all, one) { // the other counts one twice
				all = append(all, one)
			}
		}
		parts = append(parts, name+"="+strings.Join(all, ","))
	}
	if random.IntN(2) == 0 {
		parts = append(parts, fmt.Sprintf("INTERVAL=%d", 1+random.IntN(5)))
	}
	switch random.IntN(3) {
	case 0:
		parts = append(parts, fmt.Sprintf("COUNT=%d", 1+random.IntN(60)))
	case 1:
		parts = append(parts, "UNTIL="+start.AddDate(0, random.IntN(40), random.IntN(30)).Format("20060102T150405Z"))
	}
	some("BYMONTH", 5, 1, 12, false)
	some("BYMONTHDAY", 5, 1, 28, true) // the other looks for the 30th of February until the year 9999
	if random.IntN(3) == 0 {
		var all []string
		nth := (freq == "MONTHLY" || freq == "YEARLY") && random.IntN(2) == 0 // all or none: of a mixture the other takes nothing
		for range 1 + random.IntN(3) {
			day := weekdays[random.IntN(7)]
			if nth {
				day = fmt.Sprint([]int{1, 2, 3, 4, 5, -1, -2}[random.IntN(7)]) + day
			}
			all = append(all, day)
		}
		parts = append(parts, "BYDAY="+strings.Join(all, ","))
	}
	if freq == "YEARLY" {
		some("BYYEARDAY", 8, 1, 366, true)
	}
	some("BYHOUR", 8, 0, 23, false)
	some("BYMINUTE", 8, 0, 59, false)
	if random.IntN(6) == 0 && len(parts) > 2 {
		some("BYSETPOS", 1, 1, 4, true)
	}
	if random.IntN(4) == 0 {
		parts = append(parts, "WKST="+weekdays[random.IntN(7)])
	}
	return start, strings.Join(parts, ";")
}

func TestRulesRepeatAsAnotherProgramSays(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 1))
	from, to := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), time.Date(2027, 6, 1, 0, 0, 0, 0, time.UTC)
	compared := 0
	for range 600 {
		start, text := randomRule(random)
		option, err := rrule.StrToROption(text)
		if err != nil {
			continue
		}
		option.Dtstart = start
		theirs, err := rrule.NewRRule(*option)
		if err != nil {
			continue
		}
		ours, err := parseRule(text, func(unix int64) int64 { return unix })
		if err != nil {
			t.Fatalf("%s: %v (seed %d)", text, err, seed)
		}
		var got []string
		budget := 1_000_000
		if err := ours.each(start.Unix(), from.Unix(), to.Unix(), &budget, func(wall int64) bool {
			got = append(got, time.Unix(wall, 0).UTC().Format(time.RFC3339))
			return len(got) < 500
		}); err != nil {
			t.Fatalf("%s: %v (seed %d)", text, err, seed)
		}
		var want []string
		for next := theirs.Iterator(); len(want) < 500; {
			at, ok := next()
			if !ok || at.After(to) {
				break
			}
			if !at.Before(from) {
				want = append(want, at.UTC().Format(time.RFC3339))
			}
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Fatalf("%s from %s (seed %d):\n got %d: %v\nwant %d: %v", text, start, seed, len(got), got[:min(len(got), 6)], len(want), want[:min(len(want), 6)])
		}
		compared++
	}
	if compared < 400 {
		t.Errorf("only %d rules were compared", compared)
	}
}

func TestARuleThatRepeatsWithoutEndStopsSoon(t *testing.T) {
	start := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	from, to := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Unix(), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	for _, text := range []string{
		"FREQ=SECONDLY", "FREQ=SECONDLY;COUNT=1000000000", "FREQ=MINUTELY", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;COUNT=1000000000;BYMONTHDAY=31;BYMONTH=2",
		"FREQ=DAILY;INTERVAL=99999999999", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=1,2,3,4,5,6,7,8,9",
		"FREQ=YEARLY;INTERVAL=9223372036854775807",
	} {
		r, err := parseRule(text, func(unix int64) int64 { return unix })
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		budget, n := mostOfOne, 0
		began := time.Now()
		err = r.each(start, from, to, &budget, func(int64) bool { n++; return true })
		if took := time.Since(began); took > time.Second {
			t.Errorf("%s took %s (%v)", text, took, err)
		}
		if n > mostOfOne+3000 {
			t.Errorf("%s gave %d", text, n)
		}
	}
	for _, text := range []string{"FREQ=FORTNIGHTLY", "COUNT=3", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=x", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;UNTIL=soon", "FREQ=DAILY;BYMONTH=13"} {
		if _, err := parseRule(text, nil); err == nil {
			t.Errorf("%s was read", text)
		}
	}
}
