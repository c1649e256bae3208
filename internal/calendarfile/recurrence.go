package calendarfile

import (
	"slices"
	"strconv"
	"strings"
)

// frequency is how often a rule looks for days or times.
type frequency int

const (
	yearly frequency = iota
	monthly
	weekly
	daily
	hourly
	minutely
	secondly
)

var frequencies = map[string]frequency{
	"YEARLY": yearly, "MONTHLY": monthly, "WEEKLY": weekly, "DAILY": daily, "HOURLY": hourly, "MINUTELY": minutely, "SECONDLY": secondly,
}

// recurrence is a rule by which something repeats. It counts in what the clock on the wall shows.
type recurrence struct {
	freq     frequency
	interval int64
	count    int64 // 0: without end, or to until
	until    int64
	hasUntil bool

	months, weeks, yearDays, monthDays, hours, minutes, seconds, positions []int
	days                                                                   []ordinalDay
	weekStart                                                              int
}

// ordinalDay is a weekday, or the nth of them: the last Friday is {5, -1}.
type ordinalDay struct{ weekday, nth int }

var weekdays = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// parseRule reads a rule; none of an empty text. An end in UTC is brought to the wall by local.
func parseRule(text string, local func(unix int64) int64) (*recurrence, error) {
	if text == "" {
		return nil, nil
	}
	r := &recurrence{freq: -1, interval: 1, weekStart: 1}
	for _, part := range strings.Split(strings.ToUpper(text), ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if err := r.set(strings.TrimSpace(name), strings.TrimSpace(value), local); err != nil {
			return nil, err
		}
	}
	if r.freq < 0 {
		return nil, errRule
	}
	return r, nil
}

func (r *recurrence) set(name, value string, local func(unix int64) int64) (err error) {
	ok := true
	switch name {
	case "FREQ":
		r.freq, ok = frequencies[value]
	case "INTERVAL":
		r.interval, ok = wholeNumber(value)
	case "COUNT":
		r.count, ok = wholeNumber(value)
	case "UNTIL":
		var m moment
		if m, err = parseMoment(value); err != nil {
			return errRule
		}
		r.until, r.hasUntil = m.wall, true
		if m.isUTC {
			r.until = local(m.wall)
		}
		if m.isDay {
			r.until += aDay - 1
		}
	case "WKST":
		r.weekStart = slices.Index(weekdays, value)
		ok = r.weekStart >= 0
	case "BYDAY":
		r.days, ok = ordinalDays(value)
	case "BYMONTH":
		r.months, ok = numbers(value, 1, 12, false)
	case "BYMONTHDAY":
		r.monthDays, ok = numbers(value, 1, 31, true)
	case "BYYEARDAY":
		r.yearDays, ok = numbers(value, 1, 366, true)
	case "BYWEEKNO":
		r.weeks, ok = numbers(value, 1, 53, true)
	case "BYSETPOS":
		r.positions, ok = numbers(value, 1, 366, true)
	case "BYHOUR":
		r.hours, ok = numbers(value, 0, 23, false)
	case "BYMINUTE":
		r.minutes, ok = numbers(value, 0, 59, false)
	case "BYSECOND":
		r.seconds, ok = numbers(value, 0, 60, false)
	case "RSCALE":
		ok = value == "GREGORIAN"
	case "SKIP":
		ok = value == "OMIT"
	}
	if !ok {
		return errRule
	}
	return nil
}

// wholeNumber reads a number from 1; a very large one is as good as a large one.
func wholeNumber(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return min(n, 1<<31), err == nil && n > 0
}

func numbers(text string, least, most int, negative bool) ([]int, bool) {
	var all []int
	for _, one := range strings.Split(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(one))
		size := n
		if negative && n < 0 {
			size = -n
		}
		if err != nil || size < least || size > most || len(all) > 400 {
			return nil, false
		}
		all = append(all, n)
	}
	slices.Sort(all)
	return slices.Compact(all), true
}

func ordinalDays(text string) ([]ordinalDay, bool) {
	var all []ordinalDay
	for _, one := range strings.Split(text, ",") {
		one = strings.TrimSpace(one)
		if len(one) < 2 || len(all) > 400 {
			return nil, false
		}
		d := ordinalDay{weekday: slices.Index(weekdays, one[len(one)-2:])}
		if nth := one[:len(one)-2]; nth != "" {
			n, err := strconv.Atoi(nth)
			if err != nil || n == 0 || n < -53 || n > 53 {
				return nil, false
			}
			d.nth = n
		}
		if d.weekday < 0 {
			return nil, false
		}
		all = append(all, d)
	}
	return all, true
}

// each gives the repetitions of what begins at start, in order, from from to to, as the clock on
// the wall shows them.
//
// Errors: errOften when that takes more steps than the budget has.
func (r *recurrence) each(start, from, to int64, budget *int, give func(wall int64) bool) error {
	c := r.cursor(start)
	if r.count == 0 {
		c.skipTo(from)
	}
	var n int64
	for {
		begins, last := c.begins(), c.step > 1<<40
		if begins > to || r.hasUntil && begins > r.until || last {
			return nil
		}
		if *budget--; *budget < 0 {
			return errOften
		}
		for _, wall := range c.period(budget) {
			if wall < start {
				continue
			}
			if n++; r.count > 0 && n > r.count || r.hasUntil && wall > r.until || wall > to {
				return nil
			}
			if wall >= from && !give(wall) {
				return nil
			}
		}
		c.step += r.interval
	}
}

// cursor stands at a period of a rule: a year, a month, a week, a day, or less.
type cursor struct {
	recurrence
	start            int64
	startDay         int64
	year, month, day int // of the start
	step             int64
	found            []int64 // of the period, kept for the next
}

func (r *recurrence) cursor(start int64) *cursor {
	c := &cursor{recurrence: *r, start: start, startDay: floorDiv64(start, aDay)}
	c.year, c.month, c.day = civilOf(c.startDay)
	c.fill()
	return c
}

// fill adds what a rule takes from its start.
func (c *cursor) fill() {
	noDay := len(c.days) == 0 && len(c.monthDays) == 0 && len(c.yearDays) == 0
	switch {
	case c.freq == yearly && noDay && len(c.weeks) == 0:
		c.monthDays = []int{c.day}
		if len(c.months) == 0 {
			c.months = []int{c.month}
		}
	case c.freq == yearly && noDay, c.freq == weekly && noDay:
		c.days = []ordinalDay{{weekday: weekday(c.startDay)}}
	case c.freq == monthly && noDay:
		c.monthDays = []int{c.day}
	}
	second := c.start - c.startDay*aDay
	if len(c.hours) == 0 && c.freq <= daily {
		c.hours = []int{int(second / 3600)}
	}
	if len(c.minutes) == 0 && c.freq <= hourly {
		c.minutes = []int{int(second / 60 % 60)}
	}
	if len(c.seconds) == 0 && c.freq <= minutely {
		c.seconds = []int{int(second % 60)}
	}
}

// unit is how long a step is, of what is shorter than a month.
func (c *cursor) unit() int64 {
	return map[frequency]int64{weekly: 7 * aDay, daily: aDay, hourly: 3600, minutely: 60, secondly: 1}[c.freq]
}

// first is where the first period begins, of what is shorter than a month.
func (c *cursor) first() int64 {
	switch c.freq {
	case weekly:
		return (c.startDay - int64((weekday(c.startDay)-c.weekStart+7)%7)) * aDay
	case daily:
		return c.startDay * aDay
	}
	return floorDiv64(c.start, c.unit()) * c.unit()
}

// begins is where the period begins.
func (c *cursor) begins() int64 {
	switch c.freq {
	case yearly:
		if c.step > 10_000 {
			return 1 << 60
		}
		return dayNumber(c.year+int(c.step), 1, 1) * aDay
	case monthly:
		if c.step > 120_000 {
			return 1 << 60
		}
		year, month := c.monthOf()
		return dayNumber(year, month, 1) * aDay
	}
	return c.first() + c.step*c.unit()
}

func (c *cursor) monthOf() (year, month int) {
	n := c.year*12 + c.month - 1 + int(c.step)
	return n / 12, n%12 + 1
}

// skipTo goes to the last period that begins before a time.
func (c *cursor) skipTo(from int64) {
	var steps int64
	year, month, _ := civilOf(floorDiv64(from, aDay))
	switch c.freq {
	case yearly:
		steps = int64(year - c.year - 1)
	case monthly:
		steps = int64((year-c.year)*12 + month - c.month - 1)
	default:
		steps = floorDiv64(from-c.first(), c.unit()) - 1
	}
	if steps > 0 {
		c.step = steps / c.interval * c.interval
	}
}

// period lists what the rule gives within the period, in order.
func (c *cursor) period(budget *int) []int64 {
	c.found = c.found[:0]
	begins := floorDiv64(c.begins(), aDay)
	switch c.freq {
	case yearly:
		c.addYear(budget)
	case monthly:
		year, month := c.monthOf()
		*budget -= 8
		c.addMonth(year, month)
	case weekly:
		for i := range int64(7) {
			c.addDay(begins + i)
		}
	case daily:
		c.addDay(begins)
	default:
		c.addWithin()
	}
	*budget -= len(c.found)
	if len(c.positions) == 0 {
		return c.found
	}
	var some []int64
	for i, wall := range c.found {
		if slices.Contains(c.positions, i+1) || slices.Contains(c.positions, i-len(c.found)) {
			some = append(some, wall)
		}
	}
	return some
}

func (c *cursor) addYear(budget *int) {
	year := c.year + int(c.step)
	if len(c.months) > 0 && len(c.weeks) == 0 {
		for _, month := range c.months {
			*budget -= 8
			c.addMonth(year, month)
		}
		return
	}
	*budget -= 100
	first := dayNumber(year, 1, 1)
	for i := range int64(daysOfYear(year)) {
		c.addDay(first + i)
	}
}

func (c *cursor) addMonth(year, month int) {
	first, days := dayNumber(year, month, 1), daysIn(year, month)
	if len(c.days) == 0 && len(c.yearDays) == 0 && len(c.monthDays) == 1 && c.monthDays[0] > 0 {
		if c.monthDays[0] <= days {
			c.addDay(first + int64(c.monthDays[0]) - 1)
		}
		return
	}
	for i := range int64(days) {
		c.addDay(first + i)
	}
}

// addDay adds the times of a day, if the rule takes the day.
func (c *cursor) addDay(n int64) {
	if !c.takes(n) {
		return
	}
	for _, hour := range c.hours {
		for _, minute := range c.minutes {
			for _, second := range c.seconds {
				c.found = append(c.found, n*aDay+int64(hour*3600+minute*60+min(second, 59)))
			}
		}
	}
}

// addWithin adds the times of an hour, a minute or a second.
func (c *cursor) addWithin() {
	begins := c.begins()
	day := floorDiv64(begins, aDay)
	second := begins - day*aDay
	hour, minute := int(second/3600), int(second/60%60)
	if !c.takes(day) || len(c.hours) > 0 && !slices.Contains(c.hours, hour) {
		return
	}
	switch c.freq {
	case hourly:
		for _, m := range c.minutes {
			for _, s := range c.seconds {
				c.found = append(c.found, begins+int64(m*60+min(s, 59)))
			}
		}
	case minutely:
		for _, s := range c.seconds {
			if len(c.minutes) == 0 || slices.Contains(c.minutes, minute) {
				c.found = append(c.found, begins+int64(min(s, 59)))
			}
		}
	default:
		if (len(c.minutes) == 0 || slices.Contains(c.minutes, minute)) && (len(c.seconds) == 0 || slices.Contains(c.seconds, int(second%60))) {
			c.found = append(c.found, begins)
		}
	}
}

// takes tells whether the rule takes a day.
func (c *cursor) takes(n int64) bool {
	if c.freq == daily || c.freq == weekly {
		if len(c.days) > 0 && len(c.months) == 0 && len(c.monthDays) == 0 && len(c.yearDays) == 0 {
			return c.takesWeekday(n, 0, 0, 0)
		}
	}
	year, month, day := civilOf(n)
	if len(c.months) > 0 && !slices.Contains(c.months, month) {
		return false
	}
	if len(c.monthDays) > 0 && !slices.Contains(c.monthDays, day) && !slices.Contains(c.monthDays, day-daysIn(year, month)-1) {
		return false
	}
	if len(c.yearDays) > 0 {
		of := int(n-dayNumber(year, 1, 1)) + 1
		if !slices.Contains(c.yearDays, of) && !slices.Contains(c.yearDays, of-daysOfYear(year)-1) {
			return false
		}
	}
	if len(c.weeks) > 0 && c.freq == yearly && !c.takesWeek(n) {
		return false
	}
	return len(c.days) == 0 || c.takesWeekday(n, year, month, day)
}

func (c *cursor) takesWeekday(n int64, year, month, day int) bool {
	for _, d := range c.days {
		if d.weekday != weekday(n) {
			continue
		}
		if d.nth == 0 || c.freq > monthly || len(c.weeks) > 0 {
			return true
		}
		at, of := day, daysIn(year, month)
		if c.freq == yearly && len(c.months) == 0 {
			at, of = int(n-dayNumber(year, 1, 1))+1, daysOfYear(year)
		}
		if (at-1)/7+1 == d.nth || -((of-at)/7+1) == d.nth {
			return true
		}
	}
	return false
}

// takesWeek tells whether the rule takes the week of a day: week 1 is the first with at least
// four days in the year.
func (c *cursor) takesWeek(n int64) bool {
	begins := n - int64((weekday(n)-c.weekStart+7)%7)
	year, _, _ := civilOf(begins + 3)
	first := c.firstWeek(year)
	of := int((c.firstWeek(year+1) - first) / 7)
	week := int((begins-first)/7) + 1
	return slices.Contains(c.weeks, week) || slices.Contains(c.weeks, week-of-1)
}

// firstWeek is the day on which week 1 of a year begins.
func (c *cursor) firstWeek(year int) int64 {
	fourth := dayNumber(year, 1, 4)
	return fourth - int64((weekday(fourth)-c.weekStart+7)%7)
}
