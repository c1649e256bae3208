package portable

import (
	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/direction"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/programme"
	"github.com/ownward/ownward/internal/proposal"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/referral"
	"github.com/ownward/ownward/internal/relationship"
	"github.com/ownward/ownward/internal/round"
	"github.com/ownward/ownward/internal/story"
)

// kind is a kind of things that a file holds, with what takes all of it over.
type kind struct {
	many, one string
	bring     func(bringing) (org.Brought, error)
}

// bringing is a file that is being taken over.
type bringing struct {
	tx     *db.Tx
	me     org.Actor
	others *org.Companions
	file   File
}

// kinds are the kinds of things, in the order in which they are taken over and reported.
var kinds = []kind{
	{"contacts", "contact", nil}, // first of all, since the rest names them
	{"parts of the plan", "part of the plan", func(b bringing) (org.Brought, error) {
		return plan.BringAlong(b.tx, b.me, b.file.Plan)
	}},
	{"wins", "win", func(b bringing) (org.Brought, error) {
		return plan.BringWins(b.tx, b.me, b.file.Wins)
	}},
	{"drafts of wins", "draft of a win", func(b bringing) (org.Brought, error) {
		return plan.BringDrafts(b.tx, b.me, b.file.WinDrafts)
	}},
	{"journal entries", "journal entry", func(b bringing) (org.Brought, error) {
		return plan.BringJournal(b.tx, b.me, b.file.Journal)
	}},
	{"assessments", "assessment", func(b bringing) (org.Brought, error) {
		return expectation.BringAssessments(b.tx, b.me, b.file.Assessments)
	}},
	{"expectations", "role with expectations", func(b bringing) (org.Brought, error) {
		return expectation.BringWritten(b.tx, b.me, b.file.Expectations)
	}},
	{"directions", "direction", func(b bringing) (org.Brought, error) {
		return direction.BringAlong(b.tx, b.me, b.file.Directions)
	}},
	{"dates", "date", func(b bringing) (org.Brought, error) {
		return dates.BringAlong(b.tx, b.me, b.file.Dates)
	}},
	{"parts of your time", "part of your time", func(b bringing) (org.Brought, error) {
		return dates.BringTime(b.tx, b.me, b.file.Time)
	}},
	{"questions asked", "question asked", func(b bringing) (org.Brought, error) {
		return question.BringAlong(b.tx, b.me, b.others, b.file.Askings)
	}},
	{"asks", "ask", func(b bringing) (org.Brought, error) {
		return bringAsks(b.tx, b.me, b.others, b.file.Asks)
	}},
	{"promises", "promise", func(b bringing) (org.Brought, error) {
		return bringPromises(b.tx, b.me, b.others, b.file.Promises)
	}},
	{"years of conversations", "year of conversations", func(b bringing) (org.Brought, error) {
		return bringCadences(b.tx, b.me, b.others, b.file.Cadences)
	}},
	{"conversations", "conversation", func(b bringing) (org.Brought, error) {
		return bringConversations(b.tx, b.me, b.others, b.file.Conversations)
	}},
	{"stories", "story", func(b bringing) (org.Brought, error) {
		return story.BringAlong(b.tx, b.me, b.file.Stories)
	}},
	{"words for others", "word for others", func(b bringing) (org.Brought, error) {
		return asRecords(b.tx, b.me, "confirmation", b.file.Words, wordID, plan.AskedToConfirm)
	}},
	{"proposals", "proposal", func(b bringing) (org.Brought, error) {
		return asRecords(b.tx, b.me, "proposal", b.file.Proposals, proposalID, proposal.ByID)
	}},
	{"copies", "copy", func(b bringing) (org.Brought, error) {
		return asRecords(b.tx, b.me, "copy", b.file.Copies, copyID, frozen.ByID)
	}},
	{"previews", "preview", func(b bringing) (org.Brought, error) {
		return asRecords(b.tx, b.me, "preview", b.file.Previews, previewID, pitch.PreviewByID)
	}},
	{"comments", "comment", func(b bringing) (org.Brought, error) {
		return asRecords(b.tx, b.me, "comment", b.file.Comments, commentID, comment.ByID)
	}},
	{"feedback", "feedback", func(b bringing) (org.Brought, error) {
		return asRecords(b.tx, b.me, "feedback", b.file.Feedback, feedbackID, feedback.ByID)
	}},
	{"offers as a mentor", "offer as a mentor", func(b bringing) (org.Brought, error) {
		return mentor.BringProfile(b.tx, b.me, b.file.MentorProfile)
	}},
	{"requests for a mentor", "request for a mentor", func(b bringing) (org.Brought, error) {
		return asRecords(b.tx, b.me, "mentor request", b.file.MentorRequests, mentorRequestID, mentor.Mentoring)
	}},
	{"pairs of mentor and mentee", "pair of mentor and mentee", func(b bringing) (org.Brought, error) {
		return asRecords(b.tx, b.me, "mentorship", b.file.Mentorships, mentorshipID, mentorship.ByID)
	}},
	{"sign-ups for programmes", "sign-up for a programme", func(b bringing) (org.Brought, error) {
		return asRecords(b.tx, b.me, "programme place", b.file.TakingPart, programmePlaceID, programme.PlaceByID)
	}},
	{"programmes", "programme", func(b bringing) (org.Brought, error) {
		return asRecords(b.tx, b.me, "programme", b.file.Programmes, programmeID, programme.ByID)
	}},
	{"roles outside", "role outside", func(b bringing) (org.Brought, error) {
		return gap.BringAlong(b.tx, b.me, b.file.OutsideRoles)
	}},
	{"views for others", "view for others", func(b bringing) (org.Brought, error) {
		return asRecords(b.tx, b.me, "skill view", b.file.Views, viewID, plan.AskedForView)
	}},
	{"prepared asks", "prepared ask", func(b bringing) (org.Brought, error) {
		return pitch.BringAlong(b.tx, b.me, b.file.Pitches)
	}},
	{"suggestions", "suggestion", func(b bringing) (org.Brought, error) {
		return question.BringSuggested(b.tx, b.me, b.others, b.file.Suggested)
	}},
	{"needs", "need", func(b bringing) (org.Brought, error) {
		return question.BringNeeds(b.tx, b.me, b.file.Needs)
	}},
	{"answers for others", "answer for others", func(b bringing) (org.Brought, error) {
		return asRecords(b.tx, b.me, "question", b.file.Answers, answerID, question.AskedOfMe)
	}},
	{"question cards", "question card", func(b bringing) (org.Brought, error) {
		return question.BringCards(b.tx, b.me, b.file.QuestionCards)
	}},
	{"words for matching rounds", "word for a matching round", func(b bringing) (org.Brought, error) {
		return asRecords(b.tx, b.me, "round", b.file.Rounds, roundID, round.Known)
	}},
	{"introductions", "introduction", func(b bringing) (org.Brought, error) {
		return asRecords(b.tx, b.me, "referral", b.file.Referrals, referralID, referral.Known)
	}},
	{"amounts of budgets", "amount of a budget", func(b bringing) (org.Brought, error) {
		return asRecords(b.tx, b.me, "reservation", b.file.Reservations, reservationID, budget.Mine)
	}},
	{"pieces of counsel", "piece of counsel", func(b bringing) (org.Brought, error) {
		return counsel.BringAlong(b.tx, b.me, b.others, b.file.Counsel)
	}},
	{"people who matter", "person who matters", func(b bringing) (org.Brought, error) {
		return relationship.BringAlong(b.tx, b.me, b.others, b.file.Relationships)
	}},
}
