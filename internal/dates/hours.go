package dates

import (
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Week is the working hours of a week, by time.Weekday.
type Week [7][]Clock

// Clock is a part of a day, in minutes from midnight as the clock on the wall shows them.
type Clock struct{ From, To int }

// usualWeek is that of whoever has not said their own.
var usualWeek = Week{
	time.Monday: {{9 * 60, 17 * 60}}, time.Tuesday: {{9 * 60, 17 * 60}}, time.Wednesday: {{9 * 60, 17 * 60}},
	time.Thursday: {{9 * 60, 17 * 60}}, time.Friday: {{9 * 60, 17 * 60}},
}

// Weekdays are the days of the week in the order in which they are shown.
var Weekdays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

const (
	mostParts = 2 // of a day
	aDay      = 24 * 60
)

// String is a part of a day as people write it: 9:00 to 17:30.
func (c Clock) String() string { return clockText(c.From) + " to " + clockText(c.To) }

func clockText(minutes int) string {
	m := strconv.Itoa(minutes % 60)
	return strconv.Itoa(minutes/60) + ":" + strings.Repeat("0", 2-len(m)) + m
}

// DayText writes the hours of a day as ParseDay reads them: 9:00 to 12:30, 13:30 to 17:00.
func DayText(parts []Clock) string {
	var texts []string
	for _, p := range parts {
		texts = append(texts, p.String())
	}
	return strings.Join(texts, ", ")
}

var clockWritten = regexp.MustCompile(`^(\d{1,2})(?:[:.h](\d{2})?)? ?(am|pm)?$`)

// between are the ways in which people write that one time goes to another, and that there is
// one more.
var between = strings.NewReplacer("–", "-", "—", "-", " to ", "-", " bis ", "-", " until ", "-", " and ", ",", ";", ",", "&", ",", "+", ",")

// ParseDay reads the hours of a day: 9-17, 9:00 to 12:30 and 13:30 to 17, 9am-5pm. Nothing is a
// day off. The error is safe to show.
func ParseDay(text string) ([]Clock, error) {
	text = between.Replace(strings.ToLower(strings.Join(strings.Fields(text), " ")))
	if strings.Trim(text, " -") == "" {
		return nil, nil
	}
	var parts []Clock
	for _, one := range strings.Split(text, ",") {
		from, to, both := strings.Cut(one, "-")
		begin, okBegin := parseClock(from)
		end, okEnd := parseClock(to)
		if !both || !okBegin || !okEnd {
			return nil, problem.Refused("Please write it like 9:00 to 12:30, 13:30 to 17:00.")
		}
		if end == 0 {
			end = aDay // midnight
		}
		parts = append(parts, Clock{begin, end})
	}
	return parts, checkDay(parts)
}

func parseClock(text string) (minutes int, ok bool) {
	m := clockWritten.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0, false
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	if m[3] != "" {
		if hour < 1 || hour > 12 {
			return 0, false
		}
		hour %= 12
	}
	if m[3] == "pm" {
		hour += 12
	}
	minutes = hour*60 + minute
	return minutes, minute < 60 && minutes <= aDay
}

func checkDay(parts []Clock) error {
	slices.SortFunc(parts, func(a, b Clock) int { return a.From - b.From })
	for i, p := range parts {
		if p.From < 0 || p.To > aDay || p.To <= p.From {
			return problem.Refuse("%s ends before it begins.", p)
		}
		if i > 0 && p.From < parts[i-1].To {
			return problem.Refused("The two parts of the day overlap.")
		}
	}
	if len(parts) > mostParts {
		return problem.Refused("Two parts of a day at most.")
	}
	return nil
}

// FieldOf is the field of a day of the week: "monday".
func FieldOf(day time.Weekday) string { return strings.ToLower(day.String()) }

// WorkTime is what a person says of their own time.
type WorkTime struct {
	Hours      Week
	Usual      bool // they have not said other hours
	Contracted int  // hours a year; 0: they have not said
	Holidays   Holidays
}

const mostContracted = 4_000

// MyWorkTime is what the actor said of their time, or what counts without.
func MyWorkTime(tx *db.Tx, me org.Actor) (WorkTime, error) {
	w := WorkTime{Hours: usualWeek, Usual: true, Holidays: Holidays{Whose: TheOrganisations}}
	var hours string
	var contracted int64
	err := tx.Get("select hours, contracted_hours, holidays, place, list_id from work_times where organisation_id = $1 and person_id = $2",
		me.Organisation, me.Person).Scan(&hours, &contracted, &w.Holidays.Whose, &w.Holidays.Place, &w.Holidays.List)
	if errors.Is(err, problem.NotFound) {
		return w, nil
	}
	if err != nil {
		return w, err
	}
	w.Contracted = int(contracted)
	w.Usual = hours == ""
	w.Hours, err = readWeek(hours)
	return w, err
}

func readWeek(text string) (Week, error) {
	if text == "" {
		return usualWeek, nil
	}
	var raw [7][][2]int
	var w Week
	if err := json.Unmarshal([]byte(text), &raw); err != nil {
		return w, err
	}
	for day, parts := range raw {
		for _, p := range parts {
			w[day] = append(w[day], Clock{p[0], p[1]})
		}
	}
	return w, nil
}

func (w Week) text() (string, error) {
	if w.same(usualWeek) {
		return "", nil
	}
	var raw [7][][2]int
	for day, parts := range w {
		raw[day] = [][2]int{}
		for _, p := range parts {
			raw[day] = append(raw[day], [2]int{p.From, p.To})
		}
	}
	text, err := json.Marshal(raw)
	return string(text), err
}

func (w Week) same(other Week) bool {
	for day := range w {
		if !slices.Equal(w[day], other[day]) {
			return false
		}
	}
	return true
}

// SetHours replaces the actor's working hours.
//
// Errors: problem.Invalid by the field of a day.
func SetHours(tx *db.Tx, me org.Actor, hours Week) error {
	wrong := problem.Invalid{}
	some := false
	for day, parts := range hours {
		if err := checkDay(parts); err != nil {
			wrong[FieldOf(time.Weekday(day))] = err.Error()
		}
		some = some || len(parts) > 0
	}
	wrong.Check(some, "monday", "Please leave at least one day on which you work.")
	if err := wrong.Err(); err != nil {
		return err
	}
	text, err := hours.text()
	if err != nil {
		return err
	}
	return setWorkTime(tx, me, "hours = $1", text)
}

// SetHoursToUsual takes back what the actor said of their working hours.
func SetHoursToUsual(tx *db.Tx, me org.Actor) error { return setWorkTime(tx, me, "hours = $1", "") }

// SetContract keeps how many hours a year the actor's contract has; 0 takes it back.
func SetContract(tx *db.Tx, me org.Actor, hours int) error {
	wrong := problem.Invalid{}
	wrong.Check(hours >= 0 && hours <= mostContracted, "contracted", "Please give the hours of a year, up to "+strconv.Itoa(mostContracted)+".")
	if err := wrong.Err(); err != nil {
		return err
	}
	return setWorkTime(tx, me, "contracted_hours = $1", int64(hours))
}

// setWorkTime changes a part of what the actor says of their time: set uses $1 and following.
func setWorkTime(tx *db.Tx, me org.Actor, set string, values ...any) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		insert into work_times (organisation_id, person_id, hours, contracted_hours, holidays, place)
		values ($1, $2, '', 0, 'organisation', '') on conflict (organisation_id, person_id) do nothing`, me.Organisation, me.Person); err != nil {
		return err
	}
	n := len(values)
	_, err := tx.Exec("update work_times set "+set+" where organisation_id = $"+strconv.Itoa(n+1)+" and person_id = $"+strconv.Itoa(n+2),
		append(values, me.Organisation, me.Person)...)
	return err
}
