package brief

import (
	"errors"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/direction"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
)

// findFeedback finds the feedback that one side asked the other for and has not got.
func (f *facts) findFeedback(tx *db.Tx) error {
	if f.other.Person == "" {
		return nil
	}
	asked, err := feedback.Between(tx, f.me, f.other.Person)
	for _, each := range asked {
		reason := "You have not given it yet."
		if each.Owner.Is(f.me) {
			reason = "You asked on " + f.day(civil.In(each.AskedAt, f.me.Zone)) + ": hearing it is quicker."
		}
		f.owed = append(f.owed, suggestion(each.Thing(), waitingAnswer, "Feedback for "+each.Owner.Name, each.Subject, reason))
	}
	return err
}

// findOwed finds what the other side asked the actor and has no answer to, and that nobody has written what the owner's role asks for. It is looked up for the
// deep conversations of a reporting line, where expectations are talked about.
func (f *facts) findOwed(tx *db.Tx) error {
	if f.other.Person != "" {
		asked, err := question.WaitForMyAnswer(tx, f.me)
		if err != nil {
			return err
		}
		for _, a := range asked {
			if a.Owner == f.other.Person {
				f.owed = append(f.owed, suggestion(event.Thing{Kind: "question", ID: a.ID}, waitingAnswer, f.other.Name+" asks you", a.Wording, "You have not answered it yet."))
			}
		}
	}
	if f.line == "" || !f.deep {
		return nil
	}
	var standing expectation.Standing
	var err error
	lead, whose := "Nobody has written what my role asks for", f.other.Name+" can write it, or you look at it together."
	if f.owner == f.me.Person {
		standing, err = expectation.Today(tx, f.me)
	} else {
		var p org.Person
		if p, err = org.ByID(tx, f.me, f.owner); err == nil {
			standing, err = expectation.StandingOf(tx, f.me, p)
		}
		lead, whose = "Nobody has written what the role of "+f.other.Name+" asks for", "You can write it: four sentences are enough to begin with."
	}
	if errors.Is(err, problem.NotFound) {
		return nil
	}
	if err == nil && !standing.Known {
		f.owed = append(f.owed, Suggestion{Source: event.Thing{Kind: "expectation", ID: f.owner}, Lead: "Expectations", Words: lead, Reason: whose, use: owedExpectation})
	}
	return err
}

// aheadOf is for how many days after they meet a date is worth a word.
const aheadOf = 45

// findAround finds the days that matter soon, and where the organisation says it is heading since
// the last time.
func (f *facts) findAround(tx *db.Tx) error {
	days, err := dates.Around(tx, f.me, f.other.Person, dates.Span{From: f.today, To: f.meet.AddDays(aheadOf)})
	if err != nil {
		return err
	}
	for _, d := range days {
		if d.Kind != dates.Review && d.Kind != dates.Planning && d.Kind != dates.Budget {
			continue
		}
		reason := "It begins on " + f.day(d.From) + "."
		if !d.From.After(f.today) {
			reason = "It goes on until " + f.day(d.To) + "."
		}
		kind := "date"
		if d.IsOrganisations() {
			kind = "organisation date" // it stands in the list of all
		}
		line := suggestion(event.Thing{Kind: kind, ID: d.ID}, nearDate, "A day that matters", d.Called(), reason)
		if d.Owner != "" && d.Owner != f.me.Person {
			line.Shower = d.Owner
		}
		f.around = append(f.around, line)
	}
	if !f.deep {
		return nil
	}
	heading, err := direction.Seen(tx, f.me)
	for _, d := range heading {
		if d.ChangedAt.After(f.since) {
			f.around = append(f.around, suggestion(d.Thing(), newDirection, "Where it is heading: "+d.Called(), d.Words, "Written "+f.lastTime()+"."))
		}
	}
	return err
}
