package programme

import (
	"context"
	"errors"
	"time"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// DayJob is the kind of the jobs that begin and end programmes on their days. LookJob asks those who
// took part what came of it.
const (
	DayJob  = "programme day"
	LookJob = "programme look back"
)

// dayComes asks for the work of the days of a programme. They begin where the organisation is, whoever changed it last.
func dayComes(tx *db.Tx, me org.Actor, id db.ID, in Text) error {
	o, err := org.Of(tx, me)
	if err != nil {
		return err
	}
	zone := org.Zone(o.TimeZone)
	var days []civil.Date
	if !in.Begins.IsZero() {
		days = append(days, in.Begins)
	}
	if !in.Ends.IsZero() {
		days = append(days, in.Ends.AddDays(1))
	}
	for _, day := range days {
		if err := job.Enqueue(tx, DayJob, string(id)+" "+day.String()+" "+zone.String(), day.At(0, 5, zone).UTC(),
			job.Args{"organisation": me.Organisation, "programme": id, "day": db.ID(day.String())}); err != nil {
			return err
		}
	}
	return nil
}

// DayHasCome does the jobs of the kind DayJob.
func DayHasCome(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		organisation, day := args["organisation"], string(args["day"])
		p, err := unscopedByID(tx, organisation, args["programme"])
		if errors.Is(err, problem.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		takes := p.State == Open || p.State == Closed
		switch {
		case !p.Ends.IsZero() && p.Ends.AddDays(1).String() == day && (takes || p.State == Running):
			return p.turn(tx, organisation, "", Ended)
		case !p.Begins.IsZero() && p.Begins.String() == day && takes && (p.ApplyUntil.IsZero() || p.ApplyUntil.String() < day):
			return p.turn(tx, organisation, "", Running)
		}
		return nil
	})
}

// places are those of a programme of which something is still to come.
func (p Programme) places(tx *db.Tx, organisation db.ID) ([]Place, error) {
	return db.List(tx, scanBare, selectBare+" and programme_id = $2 and ended_at is null order by asked_at, id", organisation, p.ID)
}

// settle ends all places of a programme that ended: who took part is through, who waited waits no
// longer, and the money is spent or goes back. By is who ended it; empty where its day did.
func (p Programme) settle(tx *db.Tx, organisation, by db.ID) error {
	all, err := p.places(tx, organisation)
	if err != nil {
		return err
	}
	var through []Place
	for _, each := range all {
		if each.State == Placed {
			through = append(through, each)
			continue
		}
		if err := each.over(tx, organisation, Lapsed); err != nil {
			return err
		}
	}
	if err := p.finish(tx, organisation, by, through); err != nil {
		return err
	}
	return budget.ReleaseFor(tx, organisation, p.Thing(), "") // what was held for a seat that was only offered
}

// callOff ends all places of a programme that was cancelled, and returns all its money.
func (p Programme) callOff(tx *db.Tx, organisation db.ID) error {
	all, err := p.places(tx, organisation)
	if err != nil {
		return err
	}
	for _, each := range all {
		if err := each.over(tx, organisation, CalledOff); err != nil {
			return err
		}
	}
	return budget.ReleaseFor(tx, organisation, p.Thing(), "")
}

// over ends a place with its programme, and tells whose it is. The seat is offered to nobody any more.
func (p Place) over(tx *db.Tx, organisation db.ID, how PlaceState) error {
	if _, err := tx.Exec("update programme_places set state = $1, ended_at = $2, answer_by = null where organisation_id = $3 and id = $4", string(how), tx.Now(), organisation, p.ID); err != nil {
		return err
	}
	if p.Seated() {
		if _, err := tx.Exec("update programmes set taken = taken - 1 where organisation_id = $1 and id = $2", organisation, p.Programme); err != nil {
			return err
		}
	}
	return notice.Tell(tx, organisation, p.Person.Person, notice.Answered, p.Thing(), string(p.ID)+" "+string(how))
}

// looksAfter is when somebody is asked for the second time what came of it.
const (
	looksAfter = 91 * 24 * time.Hour
	laterFrom  = 75 * 24 * time.Hour
)

// finish notes that some have been through: their money is spent, and they are asked what came of it, now and
// after three months. By is who ended the programme; empty where its day did, or somebody was through before it.
func (p Programme) finish(tx *db.Tx, organisation, by db.ID, through []Place) error {
	for _, each := range through {
		if _, err := tx.Exec("update programme_places set state = 'done', ended_at = $1 where organisation_id = $2 and id = $3", tx.Now(), organisation, each.ID); err != nil {
			return err
		}
		if p.Cost.Minor > 0 {
			if err := budget.SpendFor(tx, organisation, by, p.Thing(), each.Person.Person, p.Cost); err != nil {
				return err
			}
		}
		for round, at := range map[When]time.Time{AtEnd: tx.Now(), Later: tx.Now().Add(looksAfter)} {
			if err := job.Enqueue(tx, LookJob, string(each.ID)+" "+string(round), at, job.Args{"organisation": organisation, "place": each.ID, "round": db.ID(round)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// AskWhatCame does the jobs of the kind LookJob: one reminder a round, unless they wrote it already.
func AskWhatCame(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		var person db.ID
		err := tx.Get(`
			select person_id from programme_places p where organisation_id = $1 and id = $2 and state = 'done'
				and not exists (select 1 from programme_looks l where l.organisation_id = p.organisation_id and l.place_id = p.id and l.round = $3)`,
			args["organisation"], args["place"], args["round"]).Scan(&person)
		if errors.Is(err, problem.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return notice.Tell(tx, args["organisation"], person, notice.Reminder, placeThing(args["place"]), string(args["place"])+" look "+string(args["round"]))
	})
}
