package ask

import (
	"strings"

	"github.com/ownward/ownward/internal/alternative"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Says is the answer itself, the only thing that is required of the one asked.
type Says string

// The answers.
const (
	Yes    Says = "yes"
	YesIf  Says = "yes with conditions"
	NotNow Says = "not now"
	No     Says = "no"
)

// Answers lists the answers in the order in which forms offer them.
var Answers = []Says{Yes, YesIf, NotNow, No}

// comesBackAfter is the days after which an ask comes back when nobody names a day.
const comesBackAfter = 90

// Reply is an answer as it is written down; its Answer is what can be decided with.
type Reply struct {
	Says             Says
	Version          int64    // of what was sent, as they read it; 0: what stands
	Conditions       []string // what must be shown; for YesIf
	Reason           string
	Feedback         string // on work and skills
	Alternative      string // names of the catalogue of alternatives, one a line
	AlternativeWords string
	AgainOn          civil.Date // zero: in 90 days
	Money            org.Party  // of a yes: whose yes for the money it needs; empty: nobody's
	CostCentre       string     // where the money is booked
	Budget           db.ID      // of a yes: from which the money comes; empty: from none that is kept here
	Promises         []commitment.Input
}

// Answer is an answer that holds together: a yes with conditions has some, and a not now or a
// no has the day on which the ask comes back. Only Reply.Answer makes one.
type Answer struct {
	says       Says
	conditions []string
	reply      Reply
	again      civil.Date
	named      bool
}

// Answer checks the reply, given on the day today. Errors are problem.Invalid by field.
func (r Reply) Answer(today civil.Date) (Answer, error) {
	wrong := problem.Invalid{}
	r.Reason = short(wrong, "reason", r.Reason, 10_000)
	r.Feedback = short(wrong, "feedback", r.Feedback, 10_000)
	r.AlternativeWords = short(wrong, "alternative_words", r.AlternativeWords, 10_000)
	a := Answer{says: r.Says, reply: r}
	a.reply.CostCentre = short(wrong, "cost_centre", r.CostCentre, 100)
	wrong.Check(r.Money.String() == "" || r.Says == Yes || r.Says == YesIf, "money", "Only a yes needs another yes.")
	wrong.Check(r.Money.String() == "" || len(r.Promises) == 0, "money", "Write promises down once both have said yes.")
	wrong.Check(r.Budget == "" || r.Says == Yes || r.Says == YesIf, "budget", "Only a yes takes money from a budget.")
	for _, words := range r.Conditions {
		if words = short(wrong, "conditions", words, 500); words != "" {
			a.conditions = append(a.conditions, words)
		}
	}
	wrong.Check(len(a.conditions) <= 20, "conditions", "Please keep to at most twenty conditions.")
	for name := range strings.Lines(r.Alternative) {
		_, ok := alternative.Named(strings.TrimSpace(name))
		wrong.Check(ok, "alternative", "Please choose from these.")
	}
	switch r.Says {
	case Yes:
		wrong.Check(len(a.conditions) == 0, "says", "You wrote down conditions: choose “yes, if”, or take them out.")
	case YesIf:
		wrong.Check(len(a.conditions) > 0, "conditions", "Please write down at least one thing that must be shown.")
	case NotNow, No:
		a.again, a.named = r.AgainOn, !r.AgainOn.IsZero()
		if !a.named {
			a.again = today.AddDays(comesBackAfter)
		}
		wrong.Check(a.again.After(today), "again_on", "Please choose a day after today.")
		wrong.Check(a.again.Before(today.AddMonths(12*5)), "again_on", "Please choose a day within five years.")
		a.conditions = nil
	default:
		wrong.Add("says", "Please choose your answer: yes, yes if, not now, or no.")
	}
	return a, wrong.Err()
}
