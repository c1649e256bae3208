package ask

import (
	"context"
	"errors"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// The kinds of jobs of this package.
const (
	ComeBackJob = "ask comes back"
	ReminderJob = "ask reminder" // of the day by which an answer is asked for
	SilenceJob  = "ask silence"  // that day has passed without an answer
)

const morning = 8 // the hour at which days begin to be told

// comesBack asks for the ask to come back on the day. When the day is moved it is called again;
// the earlier job finds another day and does nothing.
func comesBack(tx *db.Tx, organisation, owner, id db.ID, on civil.Date) error {
	who, err := org.UnscopedActor(tx, organisation, owner)
	if err != nil {
		return err
	}
	return job.Enqueue(tx, ComeBackJob, string(id)+" "+on.String(), inTheMorning(on, who.Zone), job.Args{"organisation": organisation, "ask": id})
}

func inTheMorning(day civil.Date, zone *time.Location) time.Time {
	return day.At(morning, 0, zone).UTC()
}

// ComeBack does the jobs of the kind ComeBackJob: the ask is a new draft of its owner's.
func ComeBack(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		owner, err := db.One(tx, db.Scanned[db.ID], "select owner_id from asks where organisation_id = $1 and id = $2", args["organisation"], args["ask"])
		if errors.Is(err, problem.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		me, err := org.UnscopedActor(tx, args["organisation"], owner)
		if err != nil {
			return err
		}
		a, err := ByID(tx, me, args["ask"])
		if errors.Is(err, problem.NotFound) {
			return nil // left long ago
		}
		if err != nil || a.can(toMove, me) != nil || a.LetGo || a.ComesBackOn.After(today(tx, me)) {
			return err
		}
		next, err := a.again(tx, me)
		if err != nil {
			return err
		}
		return notice.Tell(tx, me.Organisation, me.Person, notice.Reminder, thing(next), "ask comes back "+string(a.ID))
	})
}

// again makes the draft as which an ask comes back, filled with what was asked before. An ask
// comes back once.
func (a Ask) again(tx *db.Tx, me org.Actor) (db.ID, error) {
	wins, err := Wins(tx, me, a.ID)
	if err != nil {
		return "", err
	}
	in := Input{Text: a.Text, Whom: a.Whom, Wins: wins}
	if err := a.attachShown(tx, me, &in); err != nil {
		return "", err
	}
	in.DecideBy = civil.Date{}
	if a.WhomLeft {
		in.Whom = org.Party{}
	}
	next, err := insert(tx, me.Organisation, a.Owner.Person, a.Origin, a.ID, in)
	if err != nil {
		return "", err
	}
	if _, err := tx.Exec(`
		update decisions set came_back_at = $1, let_go_at = null
		where organisation_id = $2 and ask_id = $3`, tx.Now(), me.Organisation, a.ID); err != nil {
		return "", err
	}
	return next, event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: "ask came back", Thing: thing(next), Facts: map[string]string{"previous": string(a.ID)},
	})
}

// attachShown puts the wins that showed something since the answer among the evidence of the draft.
// The words of it go along where its owner prepared it.
func (a Ask) attachShown(tx *db.Tx, me org.Actor, in *Input) error {
	criteria, err := CriteriaOf(tx, me, a.ID)
	if err == nil {
		err = withWins(tx, me, a.ID, criteria)
	}
	if err != nil {
		return err
	}
	for _, c := range criteria {
		if c.Verdict != Shown {
			continue
		}
		for _, w := range c.Wins {
			in.Wins = append(in.Wins, w.Win)
		}
	}
	in.Wins = in.Wins[:min(len(in.Wins), 50)]
	return nil
}

// AskAgain brings a not now or a no back at once, ahead of its day, and a yes with conditions when
// who said it has left. It gives the new draft.
func AskAgain(tx *db.Tx, me org.Actor, id db.ID) (db.ID, error) {
	a, err := find(tx, me, id, toAskAgain)
	if err != nil {
		return "", err
	}
	return a.again(tx, me)
}

// Move moves the day on which an ask of the actor's comes back, and takes it up again if it was
// let go.
func Move(tx *db.Tx, me org.Actor, id db.ID, to civil.Date) error {
	a, err := find(tx, me, id, toMove)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	wrong.Check(!to.IsZero(), "comes_back_on", "Please choose a day.")
	wrong.Check(to.IsZero() || to.After(today(tx, me)), "comes_back_on", "Please choose a day after today. To ask again now, use “Ask again now”.")
	if err := wrong.Err(); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update decisions set comes_back_on = $1, let_go_at = null
		where organisation_id = $2 and ask_id = $3`, to, me.Organisation, id); err != nil {
		return err
	}
	if err := comesBack(tx, me.Organisation, a.Owner.Person, id, to); err != nil {
		return err
	}
	return happened(tx, me, "ask moved", id, map[string]string{"to": to.String()})
}

// LetGo says that an ask of the actor's shall not come back.
func LetGo(tx *db.Tx, me org.Actor, id db.ID) error {
	if _, err := find(tx, me, id, toMove); err != nil {
		return err
	}
	return letGo(tx, me, id)
}

func letGo(tx *db.Tx, me org.Actor, id db.ID) error {
	if _, err := tx.Exec(`
		update decisions set let_go_at = $1
		where organisation_id = $2 and ask_id = $3 and let_go_at is null`, tx.Now(), me.Organisation, id); err != nil {
		return err
	}
	return happened(tx, me, "ask let go", id, nil)
}

// noteSilence asks for one look at the ask when the day has passed by which an answer is asked for.
func (a Ask) noteSilence(tx *db.Tx, me org.Actor) error {
	if a.DecideBy.IsZero() {
		return nil
	}
	return job.EnqueueAt(tx, SilenceJob, string(a.ID)+" "+a.DecideBy.String(), job.Hour{Person: me.Person, Day: a.DecideBy.AddDays(1), Hour: morning, Zone: me.Zone}, job.Args{
		"organisation": me.Organisation, "ask": a.ID, "owner": me.Person,
	})
}

// BreakSilence does the jobs of the kind SilenceJob: both sides are reminded, once, where an ask
// still waits after the day. After that it stands on the other's page until it is answered or
// taken back.
func BreakSilence(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		me, err := org.UnscopedActor(tx, args["organisation"], args["owner"])
		if err != nil {
			return err
		}
		a, err := ByID(tx, me, args["ask"])
		if errors.Is(err, problem.NotFound) {
			return nil
		}
		if err != nil || a.State != Sent || a.DecideBy.IsZero() || !a.DecideBy.Before(today(tx, me)) {
			return err
		}
		key := "ask silence " + string(a.ID) + " " + a.DecideBy.String()
		if err := notice.Tell(tx, me.Organisation, me.Person, notice.Waiting, a.Thing(), key); err != nil || a.AskedBack {
			return err // a question back waits for the owner alone
		}
		return notice.Tell(tx, me.Organisation, a.holder().Person, notice.Waiting, a.Thing(), key)
	})
}

// remind asks for one reminder, to the one asked, two days before the day by which an answer is
// asked for, where that is still to come.
func (a Ask) remind(tx *db.Tx, organisation db.ID, to org.Party) error {
	if a.DecideBy.IsZero() || to.Person == "" {
		return nil
	}
	who, err := org.UnscopedActor(tx, organisation, to.Person)
	if err != nil {
		return err
	}
	day := a.DecideBy.AddDays(-2)
	if inTheMorning(day, who.Zone).Before(tx.Now()) {
		return nil
	}
	return job.EnqueueAt(tx, ReminderJob, string(a.ID)+" "+string(to.Person)+" "+a.DecideBy.String(), job.Hour{Person: to.Person, Day: day, Hour: morning, Zone: who.Zone}, job.Args{
		"organisation": organisation, "ask": a.ID, "person": to.Person,
	})
}

// SendReminder does the jobs of the kind ReminderJob.
func SendReminder(ctx context.Context, d *db.DB, id db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		me, err := org.UnscopedActor(tx, args["organisation"], args["person"])
		if err != nil {
			return err
		}
		a, err := ByID(tx, me, args["ask"])
		if errors.Is(err, problem.NotFound) {
			return nil
		}
		// Once the day has passed, both sides are told of that instead: see BreakSilence.
		if err != nil || !a.CanAnswer(me) || a.DecideBy.AddDays(-2).After(today(tx, me)) || a.DecideBy.Before(today(tx, me)) {
			return err
		}
		return notice.Tell(tx, me.Organisation, me.Person, notice.Waiting, a.Thing(), "ask reminder "+string(id))
	})
}
