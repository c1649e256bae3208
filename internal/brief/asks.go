package brief

import (
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
)

const mostAsks = 50

// findAsks finds what waits for an answer between the two, the actor's own drafts for the other
// side, and what must still be shown for what was decided between them.
func (f *facts) findAsks(tx *db.Tx) error {
	sent, err := f.sentAsks(tx)
	if err != nil {
		return err
	}
	for _, a := range sent {
		lead := a.Owner.Name + " asks " + a.Whom.Name
		reason := "It waits for an answer since " + f.day(civil.In(a.SentAt, f.me.Zone)) + "."
		if !a.DecideBy.IsZero() {
			lead += ", to be answered by " + f.day(a.DecideBy)
		}
		f.asks = append(f.asks, suggestion(a.Thing(), waitingAnswer, lead, a.What, reason))
	}
	mine, err := ask.Mine(tx, f.me, "", mostAsks)
	if err != nil {
		return err
	}
	answered, err := ask.AnsweredByMe(tx, f.me, time.Time{}, mostAsks)
	if err != nil {
		return err
	}
	for _, a := range mine {
		if a.State == ask.Draft && f.isOther(a.Whom) {
			f.drafts = append(f.drafts, suggestion(a.Thing(), draft, "An ask for "+a.Whom.Name, a.What, "It is a draft: you have not sent it."))
		}
	}
	return f.findDecided(tx, append(mine, answered...))
}

// sentAsks are those that wait for an answer between the two; with a contact, the actor's own.
func (f *facts) sentAsks(tx *db.Tx) ([]ask.Ask, error) {
	if f.other.Person != "" {
		return ask.Between(tx, f.me, f.other.Person)
	}
	all, err := ask.OnTheirWay(tx, f.me)
	var sent []ask.Ask
	for _, a := range all {
		if f.isOther(a.Whom) {
			sent = append(sent, a)
		}
	}
	return sent, err
}

// findDecided finds what was answered since the last time, and what must be shown and has no
// verdict yet.
func (f *facts) findDecided(tx *db.Tx, asks []ask.Ask) error {
	toShow, err := ask.ToShow(tx, f.me, f.other.Person)
	if err != nil {
		return err
	}
	for _, a := range asks {
		between := f.isOther(a.Whom) && a.Owner.Is(f.me) || f.isOther(a.Owner) && a.Whom.Is(f.me)
		if !between || a.State != ask.Decided {
			continue
		}
		if a.DecidedAt.After(f.since) {
			f.changed = append(f.changed, suggestion(a.Thing(), newAnswer, "Answered with “"+string(a.Answer)+"” by "+a.Whom.Name, a.What,
				"On "+f.day(civil.In(a.DecidedAt, f.me.Zone))+"."))
		}
		if !a.BroughtAlong {
			f.toShow(a, toShow[a.ID])
		}
	}
	return nil
}

func (f *facts) toShow(a ask.Ask, criteria []ask.Criterion) {
	for _, k := range criteria {
		reason := "There is no evidence yet."
		if k.Evidence != "" {
			reason = "Evidence is there, and no verdict of " + a.Whom.Name + "."
		}
		line := suggestion(event.Thing{Kind: "criterion", ID: k.ID}, awaitedVerdict, a.Owner.Name+" is to show", k.Words, reason)
		line.Page = a.Thing()
		f.asks = append(f.asks, line)
	}
}
