// Package portable is what a person takes along: their complete export, readable without
// Ownward, its import into another installation, and the deletion of their account.
//
// The packages below say what is theirs (TakeAlong), take it over (BringAlong) and remove it
// (Forget); here it becomes one file.
package portable

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
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

// File is person.json: all that is a person's, and all in which they are a side, without what
// others keep to themselves. It is published as docs/person.schema.json.
//
// It holds nothing of the moment at which it was made and nothing of the installation it comes
// from: brought to an empty installation, it is exported there byte by byte as it was.
type File struct {
	Format         string                        `json:"format"`
	Version        int                           `json:"version"`
	Person         Profile                       `json:"person"`
	Contacts       []org.AlongContact            `json:"contacts,omitempty"`
	Plan           plan.Along                    `json:"plan,omitzero"`
	Wins           []plan.AlongWin               `json:"wins,omitempty"`
	WinDrafts      []plan.AlongDraft             `json:"win_drafts,omitempty"`
	OutsideRoles   []gap.Along                   `json:"outside_roles,omitempty"`
	Journal        []plan.AlongEntry             `json:"journal,omitempty"`
	Assessments    []expectation.AlongAssessment `json:"assessments,omitempty"`
	Expectations   []expectation.AlongRole       `json:"expectations,omitempty"`
	Directions     []direction.Along             `json:"directions,omitempty"`
	Dates          []dates.Along                 `json:"dates,omitempty"`
	Time           dates.AlongTime               `json:"time,omitzero"`
	Askings        []question.Along              `json:"askings,omitempty"`
	Suggested      []question.AlongSuggested     `json:"suggested,omitempty"`
	Needs          []question.AlongNeed          `json:"needs,omitempty"`
	Answers        []question.AlongAnswer        `json:"answers_for_others,omitempty"`
	QuestionCards  []question.AlongCard          `json:"question_cards,omitempty"`
	Asks           []ask.Along                   `json:"asks,omitempty"`
	Pitches        []pitch.Along                 `json:"pitches,omitempty"`
	Promises       []commitment.Along            `json:"promises,omitempty"`
	Cadences       []conversation.AlongCadence   `json:"cadences,omitempty"`
	Conversations  []conversation.Along          `json:"conversations,omitempty"`
	Stories        []story.Along                 `json:"stories,omitempty"`
	Words          []plan.AlongWord              `json:"words_for_others,omitempty"`
	TakingPart     []programme.AlongPlace        `json:"taking_part,omitempty"`
	Programmes     []programme.AlongProgramme    `json:"programmes,omitempty"`
	Proposals      []proposal.Along              `json:"proposals,omitempty"`
	Copies         []frozen.Along                `json:"copies,omitempty"`
	Previews       []pitch.AlongPreview          `json:"previews,omitempty"`
	Comments       []comment.Along               `json:"comments,omitempty"`
	Feedback       []feedback.Along              `json:"feedback,omitempty"`
	Views          []plan.AlongViewGiven         `json:"views_for_others,omitempty"`
	MentorProfile  *mentor.AlongProfile          `json:"mentor_profile,omitempty"`
	MentorRequests []mentor.AlongRequest         `json:"mentor_requests,omitempty"`
	Referrals      []referral.Along              `json:"introductions,omitempty"`
	Mentorships    []mentorship.Along            `json:"mentorships,omitempty"`
	Rounds         []round.Along                 `json:"matching_rounds,omitempty"`
	Reservations   []budget.Along                `json:"reservations,omitempty"`
	Counsel        []counsel.Along               `json:"counsel,omitempty"`
	Relationships  []relationship.Along          `json:"relationships,omitempty"`
}

// What a file says of its own form. A change that an older program would not read raises the
// version.
const (
	format  = "ownward person"
	version = 1
)

// Profile is what an installation says of the person.
type Profile struct {
	Name       string     `json:"name"`
	FirstName  string     `json:"first_name,omitempty"`
	Email      string     `json:"email,omitempty"`
	JobTitle   string     `json:"job_title,omitempty"`
	Level      string     `json:"level,omitempty"`
	Department string     `json:"department,omitempty"`
	Location   string     `json:"location,omitempty"`
	Employment string     `json:"employment,omitempty"`
	TimeZone   string     `json:"time_zone"`
	StartedOn  civil.Date `json:"started_on,omitzero"`
}

func profileOf(p org.Person) Profile {
	return Profile{p.Name, p.FirstName, p.Email, p.JobTitle, p.Level, p.Department, p.Location, p.Employment, p.TimeZone, p.StartedOn}
}

func (p Profile) details() org.Details {
	return org.Details{
		Name: p.Name, FirstName: p.FirstName, Email: p.Email, JobTitle: p.JobTitle, Level: p.Level, Department: p.Department,
		Location: p.Location, Employment: p.Employment, TimeZone: p.TimeZone, StartedOn: p.StartedOn,
	}
}

// Take gathers all that the actor takes along.
func Take(tx *db.Tx, me org.Actor) (File, error) {
	f := File{Format: format, Version: version}
	p, err := org.Me(tx, me)
	if err != nil {
		return f, err
	}
	f.Person = profileOf(p)
	if f.Plan, err = plan.TakeAlong(tx, me); err != nil {
		return f, err
	}
	if f.Wins, err = plan.TakeWins(tx, me); err != nil {
		return f, err
	}
	if f.WinDrafts, err = plan.TakeDrafts(tx, me); err != nil {
		return f, err
	}
	if f.OutsideRoles, err = gap.TakeAlong(tx, me); err != nil {
		return f, err
	}
	if f.Journal, err = plan.TakeJournal(tx, me); err != nil {
		return f, err
	}
	if f.Assessments, err = expectation.TakeAssessments(tx, me); err != nil {
		return f, err
	}
	if f.Expectations, err = expectation.TakeWritten(tx, me); err != nil {
		return f, err
	}
	if f.Directions, err = direction.TakeAlong(tx, me); err != nil {
		return f, err
	}
	if f.Dates, err = dates.TakeAlong(tx, me); err != nil {
		return f, err
	}
	if f.Time, err = dates.TakeTime(tx, me); err != nil {
		return f, err
	}
	others, err := org.Others(tx, me)
	if err != nil {
		return f, err
	}
	if err := f.takeQuestions(tx, me, others); err != nil {
		return f, err
	}
	if f.QuestionCards, err = question.TakeCards(tx, me); err != nil {
		return f, err
	}
	if err := f.takeShared(tx, me, others); err != nil {
		return f, err
	}
	f.Contacts, err = others.Contacts(tx)
	return f, err
}

// takeQuestions adds what the actor asked, heard, needs, and answered to others.
func (f *File) takeQuestions(tx *db.Tx, me org.Actor, others *org.Companions) error {
	var err error
	if f.Askings, err = question.TakeAlong(tx, me, others); err != nil {
		return err
	}
	if f.Suggested, err = question.TakeSuggested(tx, me, others); err != nil {
		return err
	}
	if f.Needs, err = question.TakeNeeds(tx, me); err != nil {
		return err
	}
	if f.Answers, err = question.TakeAnswers(tx, me, others); err != nil {
		return err
	}
	f.Answers, err = withRecords(tx, me, "question", f.Answers, answerID)
	return err
}

// takeShared adds what the actor has with others, and what came along as a record of such.
func (f *File) takeShared(tx *db.Tx, me org.Actor, others *org.Companions) error {
	var err error
	if f.Asks, err = ask.TakeAlong(tx, me, others); err != nil {
		return err
	}
	if f.Asks, err = withRecords(tx, me, "ask", f.Asks, func(a ask.Along) db.ID { return a.ID }); err != nil {
		return err
	}
	if f.Pitches, err = pitch.TakeAlong(tx, me); err != nil {
		return err
	}
	if f.Promises, err = commitment.TakeAlong(tx, me, others); err != nil {
		return err
	}
	if f.Promises, err = withRecords(tx, me, "commitment", f.Promises, func(p commitment.Along) db.ID { return p.ID }); err != nil {
		return err
	}
	if f.Cadences, err = conversation.TakeCadences(tx, me, others); err != nil {
		return err
	}
	if f.Cadences, err = withRecords(tx, me, "cadence", f.Cadences, func(c conversation.AlongCadence) db.ID { return c.ID }); err != nil {
		return err
	}
	if f.Conversations, err = conversation.TakeAlong(tx, me, others); err != nil {
		return err
	}
	if f.Conversations, err = withRecords(tx, me, "conversation", f.Conversations, func(c conversation.Along) db.ID { return c.ID }); err != nil {
		return err
	}
	if f.Stories, err = story.TakeAlong(tx, me); err != nil {
		return err
	}
	if f.Words, err = plan.TakeWords(tx, me, others); err != nil {
		return err
	}
	if f.Words, err = withRecords(tx, me, "confirmation", f.Words, func(w plan.AlongWord) db.ID { return w.ID }); err != nil {
		return err
	}
	if f.Views, err = plan.TakeViewsGiven(tx, me, others); err != nil {
		return err
	}
	if f.Views, err = withRecords(tx, me, "skill view", f.Views, func(v plan.AlongViewGiven) db.ID { return v.ID }); err != nil {
		return err
	}
	if err := f.takeHelp(tx, me, others); err != nil {
		return err
	}
	return f.takeSaid(tx, me, others)
}

// withRecords adds the records of a kind to what is here of it, in the order of the ids.
func withRecords[T any](tx *db.Tx, me org.Actor, kind string, here []T, id func(T) db.ID) ([]T, error) {
	records, err := recordsOf[T](tx, me, kind)
	for _, record := range records {
		if !slices.ContainsFunc(here, func(one T) bool { return id(one) == id(record) }) {
			here = append(here, record)
		}
	}
	slices.SortFunc(here, func(a, b T) int { return cmp.Compare(id(a), id(b)) })
	return here, err
}

// JSON is the file as it is written.
func (f File) JSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(f)
	return b.Bytes(), err
}
