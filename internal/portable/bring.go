package portable

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/direction"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/proposal"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/referral"
	"github.com/ownward/ownward/internal/story"
)

// singular is one of each kind.
var singular = map[string]string{
	"contacts": "contact", "parts of the plan": "part of the plan", "wins": "win", "drafts of wins": "draft of a win", "journal entries": "journal entry",
	"assessments": "assessment", "expectations": "role with expectations", "directions": "direction", "dates": "date", "parts of your time": "part of your time",
	"questions asked": "question asked", "asks": "ask", "promises": "promise", "years of conversations": "year of conversations", "conversations": "conversation",
	"words for others": "word for others", "stories": "story",
	"proposals": "proposal", "copies": "copy", "previews": "preview", "comments": "comment", "feedback": "feedback",
	"offers as a mentor": "offer as a mentor", "requests for a mentor": "request for a mentor", "pairs of mentor and mentee": "pair of mentor and mentee",
	"roles outside": "role outside", "views for others": "view for others", "prepared asks": "prepared ask",
	"introductions": "introduction", "suggestions": "suggestion", "needs": "need", "answers for others": "answer for others",
}

// Line is what became of one kind of things.
type Line struct {
	What string // "wins"
	org.Brought
}

// Report is what became of a file, by kind.
type Report []Line

// New is how much was taken over.
func (r Report) New() int {
	n := 0
	for _, line := range r {
		n += line.New
	}
	return n
}

const brought = "brought along" // the kind of the event

// kinds are the kinds of things in a report, in their order.
var kinds = []string{"contacts", "parts of the plan", "wins", "drafts of wins", "journal entries", "assessments", "expectations", "directions", "dates", "parts of your time", "questions asked", "asks", "promises", "years of conversations", "conversations", "stories", "words for others",
	"proposals", "copies", "previews", "comments", "feedback", "offers as a mentor", "requests for a mentor", "pairs of mentor and mentee", "roles outside", "views for others", "prepared asks", "suggestions", "needs", "answers for others", "question cards", "introductions"}

// Bring takes over a file into what is the actor's. What is here already stays as it is, so that
// the same file brought twice changes nothing.
//
// It gives no rights. Nothing of it is shared with anybody, whoever else appears in it becomes a
// contact, and what others decided or promised is marked as brought along: nobody here is bound
// by it.
//
// Errors: problem.Refused that names the place of what cannot be taken; then nothing is.
func Bring(tx *db.Tx, me org.Actor, f File) (Report, error) {
	if me.Left {
		return nil, problem.Refused("You have left this organisation: nothing new can be kept here.")
	}
	others, contacts, err := org.BringContacts(tx, me, f.Contacts)
	if err != nil {
		return nil, nothing(err)
	}
	r := Report{{kinds[0], contacts}}
	for n, bring := range []func() (org.Brought, error){
		func() (org.Brought, error) { return plan.BringAlong(tx, me, f.Plan) },
		func() (org.Brought, error) { return plan.BringWins(tx, me, f.Wins) },
		func() (org.Brought, error) { return plan.BringDrafts(tx, me, f.WinDrafts) },
		func() (org.Brought, error) { return plan.BringJournal(tx, me, f.Journal) },
		func() (org.Brought, error) { return expectation.BringAssessments(tx, me, f.Assessments) },
		func() (org.Brought, error) { return expectation.BringWritten(tx, me, f.Expectations) },
		func() (org.Brought, error) { return direction.BringAlong(tx, me, f.Directions) },
		func() (org.Brought, error) { return dates.BringAlong(tx, me, f.Dates) },
		func() (org.Brought, error) { return dates.BringTime(tx, me, f.Time) },
		func() (org.Brought, error) { return question.BringAlong(tx, me, others, f.Askings) },
		func() (org.Brought, error) { return bringAsks(tx, me, others, f.Asks) },
		func() (org.Brought, error) { return bringPromises(tx, me, others, f.Promises) },
		func() (org.Brought, error) { return bringCadences(tx, me, others, f.Cadences) },
		func() (org.Brought, error) { return bringConversations(tx, me, others, f.Conversations) },
		func() (org.Brought, error) { return story.BringAlong(tx, me, f.Stories) },
		func() (org.Brought, error) {
			return asRecords(tx, me, "confirmation", f.Words, wordID, plan.AskedToConfirm)
		},
		func() (org.Brought, error) {
			return asRecords(tx, me, "proposal", f.Proposals, proposalID, proposal.ByID)
		},
		func() (org.Brought, error) { return asRecords(tx, me, "copy", f.Copies, copyID, frozen.ByID) },
		func() (org.Brought, error) {
			return asRecords(tx, me, "preview", f.Previews, previewID, pitch.PreviewByID)
		},
		func() (org.Brought, error) { return asRecords(tx, me, "comment", f.Comments, commentID, comment.ByID) },
		func() (org.Brought, error) {
			return asRecords(tx, me, "feedback", f.Feedback, feedbackID, feedback.ByID)
		},
		func() (org.Brought, error) { return mentor.BringProfile(tx, me, f.MentorProfile) },
		func() (org.Brought, error) {
			return asRecords(tx, me, "mentor request", f.MentorRequests, mentorRequestID, mentor.Mentoring)
		},
		func() (org.Brought, error) {
			return asRecords(tx, me, "mentorship", f.Mentorships, mentorshipID, mentorship.ByID)
		},
		func() (org.Brought, error) { return gap.BringAlong(tx, me, f.OutsideRoles) },
		func() (org.Brought, error) {
			return asRecords(tx, me, "skill view", f.Views, viewID, plan.AskedForView)
		},
		func() (org.Brought, error) { return pitch.BringAlong(tx, me, f.Pitches) },
		func() (org.Brought, error) { return question.BringSuggested(tx, me, others, f.Suggested) },
		func() (org.Brought, error) { return question.BringNeeds(tx, me, f.Needs) },
		func() (org.Brought, error) {
			return asRecords(tx, me, "question", f.Answers, answerID, question.AskedOfMe)
		},
		func() (org.Brought, error) { return question.BringCards(tx, me, f.QuestionCards) },
		func() (org.Brought, error) {
			return asRecords(tx, me, "referral", f.Referrals, referralID, referral.Known)
		},
	} {
		b, err := bring()
		if err != nil {
			return nil, nothing(err)
		}
		r = append(r, Line{kinds[n+1], b})
	}
	if r.New() == 0 {
		return r, nil
	}
	return r, event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: brought, By: me.Person, Thing: event.Thing{Kind: "person", ID: me.Person},
		Facts: r.facts(),
	})
}

// facts are the counts of what was taken over, by kind.
func (r Report) facts() map[string]string {
	counts := map[string]string{}
	for _, line := range r {
		if line.New > 0 {
			counts[line.What] = strconv.Itoa(line.New)
		}
	}
	return counts
}

// Past is one file that was taken over before.
type Past struct {
	At     time.Time
	Report Report // of what was new
}

// Before lists the files that the actor brought along so far, the first first.
func Before(tx *db.Tx, me org.Actor) ([]Past, error) {
	events, err := event.UnscopedOf(tx, me.Organisation, event.Thing{Kind: "person", ID: me.Person})
	var all []Past
	for _, e := range events {
		if e.Kind != brought {
			continue
		}
		one := Past{At: e.At}
		for _, what := range kinds {
			if n, err := strconv.Atoi(e.Facts[what]); err == nil {
				one.Report = append(one.Report, Line{what, org.Brought{New: n}})
			}
		}
		all = append(all, one)
	}
	return all, err
}

// String says what was new, in a few words.
func (r Report) String() string {
	var parts []string
	for _, line := range r {
		if line.New > 0 {
			what := line.What
			if line.New == 1 {
				what = singular[what]
			}
			parts = append(parts, fmt.Sprintf("%d %s", line.New, what))
		}
	}
	return strings.Join(parts, ", ")
}

// nothing says of a refusal that it leaves everything as it was.
func nothing(err error) error {
	var refused problem.Refused
	if errors.As(err, &refused) {
		return problem.Refuse("%s Nothing was taken over.", refused)
	}
	return err
}

// counted takes over each of a list, and counts what was new.
func counted[T any](list []T, bring func(n int, one T) (bool, error)) (org.Brought, error) {
	var b org.Brought
	for n, one := range list {
		isNew, err := bring(n, one)
		if err != nil {
			return b, err
		}
		b.Count(isNew)
	}
	return b, nil
}

func bringAsks(tx *db.Tx, me org.Actor, others *org.Companions, list []ask.Along) (org.Brought, error) {
	return counted(list, func(n int, one ask.Along) (bool, error) {
		if one.Owner == org.Myself {
			return ask.BringAlong(tx, me, others, fmt.Sprintf("/asks/%d", n), one)
		}
		_, here := ask.ByID(tx, me, one.ID)
		return bringRecord(tx, me, "ask", one.ID, one, here)
	})
}

func bringPromises(tx *db.Tx, me org.Actor, others *org.Companions, list []commitment.Along) (org.Brought, error) {
	return counted(list, func(n int, one commitment.Along) (bool, error) {
		isNew, ok, err := commitment.BringAlong(tx, me, others, fmt.Sprintf("/promises/%d", n), one)
		if err == nil && !ok {
			isNew, err = bringRecord(tx, me, "commitment", one.ID, one, problem.NotFound)
		}
		return isNew, err
	})
}

func bringCadences(tx *db.Tx, me org.Actor, others *org.Companions, list []conversation.AlongCadence) (org.Brought, error) {
	return counted(list, func(n int, one conversation.AlongCadence) (bool, error) {
		if one.Owner == org.Myself {
			return conversation.BringCadence(tx, me, others, fmt.Sprintf("/cadences/%d", n), one)
		}
		_, here := conversation.CadenceByID(tx, me, one.ID)
		return bringRecord(tx, me, "cadence", one.ID, one, here)
	})
}

func bringConversations(tx *db.Tx, me org.Actor, others *org.Companions, list []conversation.Along) (org.Brought, error) {
	return counted(list, func(n int, one conversation.Along) (bool, error) {
		if one.Owner == org.Myself {
			return conversation.BringAlong(tx, me, others, fmt.Sprintf("/conversations/%d", n), one)
		}
		_, here := conversation.ByID(tx, me, one.ID)
		return bringRecord(tx, me, "conversation", one.ID, one, here)
	})
}

// asRecords keeps each of a list as a record, unless the actor finds the very thing here.
func asRecords[T, Here any](
	tx *db.Tx, me org.Actor, kind string, list []T, id func(T) db.ID, find func(*db.Tx, org.Actor, db.ID) (Here, error),
) (org.Brought, error) {
	return counted(list, func(_ int, one T) (bool, error) {
		_, here := find(tx, me, id(one))
		return bringRecord(tx, me, kind, id(one), one, here)
	})
}

func wordID(w plan.AlongWord) db.ID               { return w.ID }
func proposalID(p proposal.Along) db.ID           { return p.ID }
func copyID(c frozen.Along) db.ID                 { return c.ID }
func commentID(c comment.Along) db.ID             { return c.ID }
func feedbackID(f feedback.Along) db.ID           { return f.ID }
func mentorRequestID(r mentor.AlongRequest) db.ID { return r.ID }
func mentorshipID(m mentorship.Along) db.ID       { return m.ID }
func viewID(v plan.AlongViewGiven) db.ID          { return v.ID }
func answerID(a question.AlongAnswer) db.ID       { return a.ID }

// bringRecord keeps what is another's, unless the actor finds the very thing here.
func bringRecord(tx *db.Tx, me org.Actor, kind string, id db.ID, what any, here error) (bool, error) {
	if !errors.Is(here, problem.NotFound) {
		return false, here
	}
	return keepRecord(tx, me, kind, id, what)
}

// UnscopedFound makes an installation for one, out of a file alone: for an empty installation.
//
// Errors: problem.Refused when there is an organisation here already, and those of Bring.
func UnscopedFound(tx *db.Tx, f File) (org.Actor, Report, error) {
	there, err := org.UnscopedOrganisations(tx)
	if err != nil {
		return org.Actor{}, nil, err
	}
	if len(there) > 0 {
		return org.Actor{}, nil, problem.Refused("This installation is set up already.")
	}
	o, err := org.Found(tx, f.Person.Name, f.Person.TimeZone, true)
	if err != nil {
		return org.Actor{}, nil, err
	}
	operator := org.Operator(o.ID)
	p, err := org.Add(tx, operator, f.Person.details())
	if err != nil {
		return org.Actor{}, nil, err
	}
	if err := org.UnscopedAppointFirst(tx, operator, p.ID); err != nil {
		return org.Actor{}, nil, err
	}
	me, err := org.UnscopedActor(tx, o.ID, p.ID)
	if err != nil {
		return me, nil, err
	}
	r, err := Bring(tx, me, f)
	return me, r, err
}
