package plan

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Every is how often a step comes back; "" is once.
type Every string

// How often.
const (
	Once           Every = ""
	EveryWeek      Every = "week"
	EveryFortnight Every = "fortnight"
	EveryMonth     Every = "month"
)

// Everies are all of them.
var Everies = []Every{Once, EveryWeek, EveryFortnight, EveryMonth}

// ComesBack tells whether the step is to be done again and again.
func (s Step) ComesBack() bool { return s.Every != Once }

// next is the first of its days after a day: days that passed meanwhile do not pile up. The days
// are counted from the anchor, so that the 31st of one month is the 30th of the next and the 31st
// of the one after.
func (s Step) next(after civil.Date) civil.Date {
	if s.Anchor.IsZero() { // of a file that somebody wrote by hand
		s.Anchor = after
	}
	day := s.Anchor
	for n := 1; !day.After(after); n++ {
		switch s.Every {
		case EveryMonth:
			day = s.Anchor.AddMonths(n)
		case EveryFortnight:
			day = s.Anchor.AddDays(14 * n)
		default:
			day = s.Anchor.AddDays(7 * n)
		}
	}
	return day
}

// last is the day after which it comes back no more.
func (s Step) last() civil.Date {
	if s.Until.IsZero() {
		return civil.On(9999, 12, 31)
	}
	return s.Until
}

// Mark is a day on which a step was done once, or let pass.
type Mark struct {
	Step db.ID
	Day  civil.Date
	Did  bool       // else it was let pass
	was  civil.Date // when it was due then
}

const mostMarks = 1000

// MarkStep notes that a step of the actor's was done once today, or let pass. One that comes back
// is due again on its next day, and done when there is none. Twice a day is once.
//
// Errors: problem.Refused when there is nothing left to do.
func MarkStep(tx *db.Tx, me org.Actor, id db.ID, did bool) error {
	s, err := myStep(tx, me, id)
	if err != nil {
		return err
	}
	if !s.IsOpen() {
		return problem.Refused("This step is closed. Take it up again first.")
	}
	today := civil.In(tx.Now(), me.Zone)
	added, err := s.addMark(tx, me, Mark{Day: today, Did: did, was: s.Due})
	if err != nil || !added {
		return err
	}
	if did && s.State == StepOpen {
		s.State = StepBegun
	}
	if s.ComesBack() {
		from := s.Due
		if from.Before(today) {
			from = today
		}
		s.Due = s.next(from)
		if end := s.last(); s.Due.After(end) {
			s.State, s.DoneAt, s.Due = StepDone, tx.Now(), end
		}
	}
	return s.setProgress(tx, me, "step marked")
}

// addMark tells whether the day has no mark yet.
func (s Step) addMark(tx *db.Tx, me org.Actor, m Mark) (bool, error) {
	var stand int64
	if err := tx.Get("select count(*) from step_marks where organisation_id = $1 and step_id = $2", me.Organisation, s.ID).Scan(&stand); err != nil {
		return false, err
	}
	if stand >= mostMarks {
		return false, problem.Refused("You did this a thousand times. It is a habit now: close the step, and be glad.")
	}
	n, err := tx.Exec(`
		insert into step_marks (organisation_id, step_id, owner_id, day, did, was_due) values ($1, $2, $3, $4, $5, $6)
		on conflict (organisation_id, step_id, day) do nothing`,
		me.Organisation, s.ID, me.Person, m.Day, m.Did, m.was)
	return n > 0, err
}

// setProgress keeps how it stands with a step, and when it is due next. What it says stays.
func (s Step) setProgress(tx *db.Tx, me org.Actor, kind string) error {
	if _, err := tx.Exec(`
		update steps set state = $1, done_at = $2, due = $3
		where organisation_id = $4 and id = $5 and owner_id = $6`,
		string(s.State), s.DoneAt, s.Due, me.Organisation, s.ID, me.Person); err != nil {
		return err
	}
	return happened(tx, me, kind, s.Thing())
}

// UnmarkStep takes the mark of today back, and what followed from it.
func UnmarkStep(tx *db.Tx, me org.Actor, id db.ID) error {
	s, err := myStep(tx, me, id)
	if err != nil {
		return err
	}
	today := civil.In(tx.Now(), me.Zone)
	marks, err := marksOf(tx, me, "step_id", id)
	if err != nil || len(marks) == 0 || marks[0].Day != today {
		return err
	}
	if _, err := tx.Exec("delete from step_marks where organisation_id = $1 and step_id = $2 and day = $3", me.Organisation, id, today); err != nil {
		return err
	}
	if s.ComesBack() {
		s.Due = marks[0].was
		if s.State == StepDone {
			s.State = StepBegun
		}
	}
	if s.IsOpen() {
		s.DoneAt = time.Time{}
	}
	return s.setProgress(tx, me, "step unmarked")
}

// MoveStep gives an open step of the actor's another day. Nobody asks why.
func MoveStep(tx *db.Tx, me org.Actor, id db.ID, to civil.Date) error {
	was, err := myStep(tx, me, id)
	if err != nil {
		return err
	}
	if to.IsZero() {
		return problem.Invalid{"due": "Please choose a day."}
	}
	s := was
	s.Due = to
	if err := s.check(to); err != nil {
		return err
	}
	return s.replace(tx, me, was, was.Revision, "step moved")
}

// marksOf lists the marks of a step, or of the steps of a goal, of the actor's own, the last first.
func marksOf(tx *db.Tx, me org.Actor, by string, id db.ID) ([]Mark, error) {
	return db.List(tx, func(row db.Row) (Mark, error) {
		var m Mark
		err := row.Scan(&m.Step, &m.Day, &m.Did, &m.was)
		return m, err
	}, `
		select m.step_id, m.day, m.did, m.was_due from step_marks m
		join steps s on s.organisation_id = m.organisation_id and s.id = m.step_id
		where m.organisation_id = $1 and m.owner_id = $2 and `+map[string]string{"step_id": "m.step_id", "goal_id": "s.goal_id"}[by]+` = $3
		order by m.day desc, m.step_id limit 1000`, me.Organisation, me.Person, id)
}

// MarksOfGoal are the marks of the steps of a goal of the actor's own, by step, the last first.
func MarksOfGoal(tx *db.Tx, me org.Actor, goal db.ID) (map[db.ID][]Mark, error) {
	marks, err := marksOf(tx, me, "goal_id", goal)
	of := map[db.ID][]Mark{}
	for _, m := range marks {
		of[m.Step] = append(of[m.Step], m)
	}
	return of, err
}
