package house_test

import (
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
)

// laidOut reads which conversations the years laid out, for the oracle to say what should have come of each, and
// says what is wrong with them: to each year belongs one a month, four of a year's twelve are deep, they lie in the
// working hours of both where those meet, nobody is in two at once, and those of a year that ended are off.
func (sim *simulation) laidOut() []string {
	number := map[db.ID]int{}
	for n, a := range sim.actors {
		number[a.Person] = n
	}
	var wrong []string
	found := map[[2]int][]kept{}
	sim.do(func(tx *db.Tx) error {
		rows, err := db.List(tx, func(row db.Row) (kept, error) {
			var k kept
			var owner, partner db.ID
			err := row.Scan(&owner, &partner, &k.kind, &k.made, &k.at, &k.minutes, &k.off)
			k.a, k.b = number[owner], number[partner]
			return k, err
		}, "select owner_id, partner_id, kind, created_at, at, minutes, state = 'cancelled' from conversations order by at, id")
		for _, k := range rows {
			found[[2]int{k.a, k.b}] = append(found[[2]int{k.a, k.b}], k)
		}
		return err
	})
	taken := map[[2]int64]bool{}
	for _, y := range sim.oracle.years {
		months := map[string]int{}
		for _, k := range found[[2]int{y.who, y.manager}] {
			if k.made.Before(y.from) || k.made.After(y.to) { // of another year of the same two
				continue
			}
			sim.oracle.talks = append(sim.oracle.talks, talk{y.who, y.manager, k.made, k.at, y.to})
			if over := y.to.Before(simEnd); over != k.off { // what nobody closed goes with the line
				wrong = append(wrong, fmt.Sprintf("%d with %d at %v: off is %t", y.who, y.manager, k.at, k.off))
			}
			if k.at.After(y.to) {
				continue
			}
			months[k.at.In(sim.zone(y.who, k.made)).Format("2006-01")]++
			wrong = append(wrong, sim.fits(k, taken)...)
		}
		wrong = append(wrong, sim.oneEachMonth(y, months)...)
	}
	return wrong
}

// kept is a conversation as it stands in the store.
type kept struct {
	a, b     int
	kind     conversation.Kind
	made, at time.Time
	minutes  int64
	off      bool
}

// oneEachMonth tells of the months that lie whole in a year, and in the two years, without one conversation. Two who
// have no hour of a working day in common have none laid out. Who moved is left out: their months were laid out by
// the clocks of then.
func (sim *simulation) oneEachMonth(y year, months map[string]int) []string {
	var wrong []string
	if len(sim.stays[y.who]) > 1 {
		return nil
	}
	for month := y.from.AddDate(0, 1, 1-y.from.Day()); month.AddDate(0, 1, 0).Before(y.to) && month.AddDate(0, 1, 0).Before(simEnd); month = month.AddDate(0, 1, 0) {
		first, last := sim.inCommon(y, month), sim.inCommon(y, month.AddDate(0, 1, -1))
		want := 1
		switch {
		case first <= 0 && last <= 0:
			want = 0
		case first < time.Hour || last < time.Hour:
			continue
		}
		if n := months[month.Format("2006-01")]; n != want {
			wrong = append(wrong, fmt.Sprintf("%d with %d: %d conversations in %s", y.who, y.manager, n, month.Format("January 2006")))
		}
	}
	return wrong
}

// inCommon is how much of a working day, from nine to five where each is, two have in common.
func (sim *simulation) inCommon(y year, day time.Time) time.Duration {
	nine := func(who int) time.Time {
		return time.Date(day.Year(), day.Month(), day.Day(), 9, 0, 0, 0, sim.stays[who][0].zone)
	}
	return 8*time.Hour - nine(y.who).Sub(nine(y.manager)).Abs()
}

// fits holds one conversation against the week of its owner, and everybody against being in two at once.
func (sim *simulation) fits(k kept, taken map[[2]int64]bool) []string {
	var wrong []string
	here := k.at.In(sim.zone(k.a, k.made))
	if here.Weekday() == time.Saturday || here.Weekday() == time.Sunday || here.Hour() < 8 || here.Hour() >= 18 {
		wrong = append(wrong, fmt.Sprintf("%d with %d: on %s where %d is", k.a, k.b, here.Format("Monday 15:04"), k.a))
	}
	for at := k.at; at.Before(k.at.Add(time.Duration(k.minutes) * time.Minute)); at = at.Add(15 * time.Minute) {
		for _, who := range []int{k.a, k.b} {
			quarter := [2]int64{int64(who), at.Unix()}
			if taken[quarter] {
				wrong = append(wrong, fmt.Sprintf("%d is in two at %v", who, at))
			}
			taken[quarter] = true
		}
	}
	return wrong
}
