package brief

import (
	"errors"
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
)

// facts are what one side may see that bears on a conversation. Each is found by the reading of
// its own package, in the name of that side: what they may not see is not found.
type facts struct {
	me    org.Actor
	other org.Party
	owner db.ID      // whose growth it is about
	today civil.Date // in the time zone of the actor
	meet  civil.Date // the day of the conversation
	last  conversation.Conversation
	since time.Time // what is newer counts as new

	mine, theirs []Suggestion // what each promised the other
	asks         []Suggestion // open between the two, and what is to be shown for them
	drafts       []Suggestion // of the actor's, for the other side
	changed      []Suggestion // goals and wins since the last time
	sprint       bool         // it is one, in which one looks at goals again
	reviews      []Suggestion // the goals that the actor wanted to look at again by then
	questions    []Suggestion
	shown        []Suggestion // what one put before the other: comments, copies
	owed         []Suggestion // expectations that are written for nobody yet
	around       []Suggestion // days that matter, and where things are heading
	line         db.ID        // the reporting line between the two
	deep         bool
}

// lookBack is how far back is looked where the two have never met before.
const lookBack = 90

func gather(tx *db.Tx, me org.Actor, c conversation.Conversation) (facts, error) {
	f := facts{
		me: me, other: c.Other(me), owner: c.Owner.Person,
		line: c.Line, deep: c.Kind.Deep(), sprint: c.Kind == conversation.Sprint, today: civil.In(tx.Now(), me.Zone), meet: civil.In(c.At, me.Zone), since: tx.Now().AddDate(0, 0, -lookBack),
	}
	var err error
	f.last, err = conversation.LastHeld(tx, me, c)
	if err != nil && !errors.Is(err, problem.NotFound) {
		return f, err
	}
	if f.last.ID != "" {
		f.since = f.last.At
		if f.last.HeldAt.Before(f.since) { // met earlier on the day
			f.since = f.last.HeldAt
		}
	}
	for _, find := range []func(*db.Tx) error{f.findPromises, f.findAsks, f.findWins, f.findGoals, f.findQuestions, f.findShown, f.findFeedback, f.findOwed, f.findAround} {
		if err := find(tx); err != nil {
			return f, err
		}
	}
	return f, nil
}

// findPromises finds what stands between the two and is due soon after they meet at the latest.
func (f *facts) findPromises(tx *db.Tx) error {
	soon := f.meet.AddDays(14)
	var standing []commitment.Commitment
	var err error
	if f.other.Contact != "" {
		standing, err = commitment.BetweenContact(tx, f.me, f.other.Contact)
	} else {
		standing, err = commitment.Between(tx, f.me, f.other.Person, soon)
	}
	if err != nil {
		return err
	}
	for _, p := range standing {
		if p.Due.After(soon) || p.BroughtAlong {
			continue
		}
		use, reason := f.promiseReason(p)
		line := suggestion(p.Thing(), use, p.By.Name+" promised, by "+f.day(p.Due), p.Words, reason)
		line.By = "by " + f.day(p.Due)
		if p.State == commitment.Proposed {
			line.Lead = "Waits for " + p.By.Name + "’s yes, by " + f.day(p.Due)
		}
		if p.By.Is(f.me) {
			f.mine = append(f.mine, line)
		} else {
			f.theirs = append(f.theirs, line)
		}
	}
	return nil
}

// promiseReason says why a promise is worth talking about.
func (f *facts) promiseReason(p commitment.Commitment) (use, string) {
	switch {
	case p.State == commitment.Proposed:
		return waitingAnswer, "It counts once " + p.By.Name + " has said yes."
	case !p.DiffersAt.IsZero():
		return differing, "You two see it differently: talk about it."
	case p.Change.ID != "":
		return waitingAnswer, p.Change.By.Name + " proposed a change to it."
	case !p.SaidDoneAt.IsZero():
		return duePromise, p.By.Name + " says that it is done."
	case p.Due.Before(f.today):
		return latePromise, "It is " + days(f.today.DaysSince(p.Due)) + " late."
	case p.Due.Before(f.meet):
		return duePromise, "It is due " + days(f.meet.DaysSince(p.Due)) + " before you meet."
	case p.Due == f.meet:
		return duePromise, "It is due on the day you meet."
	}
	return laterPromise, "It is due " + days(p.Due.DaysSince(f.meet)) + " after you meet."
}

func days(n int) string {
	if n == 1 {
		return "one day"
	}
	return fmt.Sprint(n, " days")
}

// findWins finds the wins since the last time: the owner's own, or those that the other side lets
// the actor see.
func (f *facts) findWins(tx *db.Tx) error {
	for _, whose := range f.whose() {
		wins, _, err := plan.WinsOf(tx, f.me, whose, plan.Place{}, 30)
		if err != nil {
			return err
		}
		for _, w := range wins {
			if !w.CreatedAt.After(f.since) {
				continue
			}
			words := w.What
			if w.Effect != "" {
				words += " · " + w.Effect
			}
			f.change(suggestion(w.Thing(), newWin, "A win of "+w.OwnerName, words, "New "+f.lastTime()+"."), w.Owner)
		}
	}
	return nil
}

// change adds what is new of somebody's plan. Of the other side it is what they show.
func (f *facts) change(s Suggestion, owner db.ID) {
	if owner != f.me.Person {
		s.Shower = owner
	}
	f.changed = append(f.changed, s)
}

// findGoals finds the goals that changed since the last time, as far as the actor sees them.
func (f *facts) findGoals(tx *db.Tx) error {
	for _, whose := range f.whose() {
		goals, err := plan.GoalsOf(tx, f.me, whose)
		if err != nil {
			return err
		}
		for _, g := range goals {
			if f.sprint && g.Owner == f.me.Person && g.ReviewDue(f.meet) {
				f.reviews = append(f.reviews, suggestion(g.Thing(), goalToReview, "How it goes with my goal", g.Title,
					"You look at it again "+f.reviewOn(g)+"."))
				continue
			}
			if !g.ChangedAt.After(f.since) {
				continue
			}
			use, lead := changedGoal, "Changed goal of "
			switch {
			case g.State == plan.Done:
				use, lead = closedGoal, "Goal reached by "
			case g.State == plan.LetGo:
				use, lead = closedGoal, "Goal let go by "
			case g.CreatedAt.After(f.since):
				lead = "New goal of "
			}
			f.change(suggestion(g.Thing(), use, lead+g.OwnerName, g.Title,
				"On "+f.day(civil.In(g.ChangedAt, f.me.Zone))+", "+f.lastTime()+"."), g.Owner)
		}
	}
	return nil
}

// reviewOn says when the actor wanted to look at a goal of theirs again.
func (f *facts) reviewOn(g plan.Goal) string {
	on := g.NextReview(f.today)
	if on.After(f.today) {
		return "on " + f.day(on)
	}
	return "now: you wanted to on " + f.day(on)
}

// whose are the people whose plan bears on the conversation: the owner's where the actor is the
// owner, and in any case the other side's, of which the actor sees what is shared with them.
func (f *facts) whose() []db.ID {
	var whose []db.ID
	if f.owner == f.me.Person {
		whose = append(whose, f.me.Person)
	}
	if f.other.Person != "" {
		whose = append(whose, f.other.Person)
	}
	return whose
}

// findQuestions finds what the actor asked the other side and has no answer to.
func (f *facts) findQuestions(tx *db.Tx) error {
	open, err := question.Unanswered(tx, f.me, f.other, 10)
	for _, a := range open {
		f.questions = append(f.questions, suggestion(a.Thing(), openQuestion, "A question of "+f.me.Name, a.Wording,
			"You asked it on "+f.day(a.AskedOn)+" and have noted no answer."))
	}
	return err
}

// isOther tells whether the party is the other side.
func (f *facts) isOther(p org.Party) bool {
	return p.Person != "" && p.Person == f.other.Person || p.Contact != "" && p.Contact == f.other.Contact
}

// lastTime says since when something is new.
func (f *facts) lastTime() string {
	if f.last.ID == "" {
		return "in the last three months"
	}
	return "since you met on " + f.day(civil.In(f.last.At, f.me.Zone))
}

// day writes a date as people say it, with the year where it is not this one.
func (f *facts) day(d civil.Date) string { return dayOf(d, f.today) }

func dayOf(d, today civil.Date) string {
	if d.Year() != today.Year() {
		return d.Time().Format("2 January 2006")
	}
	return d.Time().Format("2 January")
}
