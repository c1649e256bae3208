package pitch

import (
	"slices"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/dates"
)

var today = civil.On(2026, time.November, 23) // a Monday

func ahead(all ...dates.Date) Ahead {
	return Ahead{Span: dates.Span{From: today, To: today.AddDays(7*weeksAhead - 1)}, Today: today, Dates: all, Whom: "them", WhomName: "Elettra"}
}

func on(id string, kind dates.Kind, from, to int) dates.Date {
	d := dates.Date{ID: "d-" + dbID(id), Owner: dbID(id)}
	d.Kind, d.From, d.To = kind, today.AddDays(from), today.AddDays(to)
	return d
}

func TestADayIsSuggestedWithItsReasons(t *testing.T) {
	meeting := conversation.Conversation{ID: "c", At: today.AddDays(11).At(10, 0, time.UTC)}
	for name, one := range map[string]struct {
		ahead Ahead
		meet  bool
		day   int
		why   []Reasoned
	}{
		"nothing is known":                    {ahead(), false, 2, []Reasoned{NothingElse}},
		"they meet anyway":                    {ahead(), true, 11, []Reasoned{YouMeet}},
		"not while they are away":             {ahead(on("them", dates.Absence, 0, 12)), true, 14, []Reasoned{AfterAway}}, // a Saturday and a Sunday after
		"not while I am busy":                 {ahead(on("me", dates.Busy, 1, 3)), false, 4, []Reasoned{AfterBusy}},
		"a week before budgets":               {ahead(on("", dates.Budget, 12, 12)), false, 2, []Reasoned{BeforeBudgets}},
		"the meeting comes after the budgets": {ahead(on("", dates.Budget, 10, 10)), true, 2, []Reasoned{BeforeBudgets}},
		"budgets are near":                    {ahead(on("", dates.Budget, 5, 5)), false, 2, []Reasoned{JustBefore}},
		"after a review":                      {ahead(on("", dates.Review, 1, 9)), false, 10, []Reasoned{AfterReview}},
		"a review that is far":                {ahead(on("", dates.Review, 30, 40)), false, 2, []Reasoned{NothingElse}},
		"a review and budgets before its end": {ahead(on("", dates.Review, 1, 20), on("x", dates.Planning, 15, 15)), false, 2, []Reasoned{BeforeBudgets}},
		"away until after the budgets":        {ahead(on("them", dates.Absence, 0, 15), on("", dates.Budget, 10, 10)), false, 16, []Reasoned{AfterAway}},
	} {
		if one.meet {
			one.ahead.Meetings = []conversation.Conversation{meeting}
		}
		slot := one.ahead.suggest(time.UTC)
		var why []Reasoned
		for _, w := range slot.Why {
			why = append(why, w.Kind)
		}
		if slot.Day != today.AddDays(one.day) || !slices.Equal(why, one.why) {
			t.Errorf("%s: %s (day %d) because of %v, not day %d because of %v", name, slot.Day, slot.Day.DaysSince(today), why, one.day, one.why)
		}
		if isWeekend(slot.Day) || !one.ahead.free(slot.Day) {
			t.Errorf("%s: %s is no day to ask", name, slot.Day)
		}
	}
}

func TestSomeDayIsAlwaysSuggested(t *testing.T) {
	for length := range 90 {
		for start := range 20 {
			a := ahead(on("them", dates.Absence, start, start+length), on("", dates.Budget, 8, 8), on("x", dates.Review, 3, 9))
			if slot := a.suggest(time.UTC); slot.Day.IsZero() || len(slot.Why) == 0 {
				t.Fatalf("away from %d for %d days: %+v", start, length, slot)
			}
		}
	}
}

func TestWordsAndSecondsOfWhatIsSaid(t *testing.T) {
	if n := Words("One, two – three 4\n\n- five"); n != 5 {
		t.Errorf("%d words", n)
	}
	for text, want := range map[string]int{"": 0, "one": 1, "one two three four five six seven eight nine ten eleven twelve thirteen": 6} {
		if got := Seconds(text); got != want {
			t.Errorf("%q takes %d seconds, not %d", text, got, want)
		}
	}
	p := Pitch{Texts: map[string]Text{Spoken: {Words: "One\r\ntwo\n\nthree\n\n\n"}}}
	if points := p.Points(); len(points) != 2 || points[1] != "three" {
		t.Errorf("the points are %q", points)
	}
	p.Texts[Spoken] = Text{Words: "One\ntwo"}
	if points := p.Points(); len(points) != 2 {
		t.Errorf("the lines are %q", points)
	}
}
