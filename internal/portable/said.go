package portable

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/proposal"
	"github.com/ownward/ownward/internal/referral"
)

// What was proposed, shown and said about a plan binds nobody elsewhere, and nobody reads it there
// but the person: wherever it is brought, it is kept as a record.

// takeSaid adds proposals, copies and comments, with the records of such.
func (f *File) takeSaid(tx *db.Tx, me org.Actor, others *org.Companions) error {
	var err error
	if f.Proposals, err = proposal.TakeAlong(tx, me, others); err != nil {
		return err
	}
	if f.Proposals, err = withRecords(tx, me, "proposal", f.Proposals, proposalID); err != nil {
		return err
	}
	if f.Copies, err = frozen.TakeAlong(tx, me, others); err != nil {
		return err
	}
	if f.Copies, err = withRecords(tx, me, "copy", f.Copies, copyID); err != nil {
		return err
	}
	if f.Previews, err = pitch.TakePreviews(tx, me, others); err != nil {
		return err
	}
	if f.Previews, err = withRecords(tx, me, "preview", f.Previews, previewID); err != nil {
		return err
	}
	if f.Comments, err = comment.TakeAlong(tx, me, others); err != nil {
		return err
	}
	if f.Comments, err = withRecords(tx, me, "comment", f.Comments, commentID); err != nil {
		return err
	}
	if f.Feedback, err = feedback.TakeAlong(tx, me, others); err != nil {
		return err
	}
	if f.Feedback, err = withRecords(tx, me, "feedback", f.Feedback, feedbackID); err != nil {
		return err
	}
	if err := f.takeMentoring(tx, me, others); err != nil {
		return err
	}
	return f.takeProgrammes(tx, me, others)
}

// said is the page of what was proposed, shown and said.
func (r reader) said() string {
	s := titled("Proposals, copies and comments")
	for _, part := range []struct {
		title   string
		records []Record
	}{
		{"What was proposed", each(r.Proposals, r.proposalRecord)},
		{"Copies for a meeting", each(r.Copies, r.copyRecord)},
		{"Shown before it was sent", each(r.Previews, r.previewRecord)},
		{"What was said", each(r.Comments, r.commentRecord)},
		{"Feedback on work and skills", each(r.Feedback, r.feedbackRecord)},
		{"What you offer", r.offers()},
		{"What was asked of a mentor", each(r.MentorRequests, r.mentorRequestRecord)},
		{"Introductions", each(r.Referrals, r.referralRecord)},
		{"Mentor and mentee", each(r.Mentorships, r.mentorshipRecord)},
		{"Matching rounds", each(r.Rounds, r.roundRecord)},
		{"Money that was approved", each(r.Reservations, r.reservationRecord)},
		{"What you take part in", each(r.TakingPart, r.placeRecord)},
		{"What you posted in the catalogue", each(r.Programmes, r.programmeRecord)},
	} {
		if len(part.records) > 0 {
			s.head(2, part.title)
		}
		for _, one := range part.records {
			s.head(3, one.Title)
			s.says("%s", line(one.About))
			for _, text := range one.Parts {
				s.labelled(text.Label, text.Text)
			}
		}
	}
	return s.done("Nothing was proposed, copied or said.")
}

// saidRecords are the records of what was proposed, shown and said.
func (r reader) saidRecords(tx *db.Tx, me org.Actor) ([]Record, error) {
	proposals, err := recordsOf[proposal.Along](tx, me, "proposal")
	if err != nil {
		return nil, err
	}
	copies, err := recordsOf[frozen.Along](tx, me, "copy")
	if err != nil {
		return nil, err
	}
	previews, err := recordsOf[pitch.AlongPreview](tx, me, "preview")
	if err != nil {
		return nil, err
	}
	comments, err := recordsOf[comment.Along](tx, me, "comment")
	if err != nil {
		return nil, err
	}
	introductions, err := recordsOf[referral.Along](tx, me, "referral")
	if err != nil {
		return nil, err
	}
	given, err := recordsOf[feedback.Along](tx, me, "feedback")
	if err != nil {
		return nil, err
	}
	mentoring, err := r.mentoringRecords(tx, me)
	if err != nil {
		return nil, err
	}
	programmes, err := r.programmeRecords(tx, me)
	return slices.Concat(mentoring, programmes, each(introductions, r.referralRecord), each(proposals, r.proposalRecord), each(copies, r.copyRecord), each(previews, r.previewRecord), each(comments, r.commentRecord),
		each(given, r.feedbackRecord)), err
}

func (r reader) feedbackRecord(f feedback.Along) Record {
	one := Record{Title: "Feedback on " + f.Subject, About: fmt.Sprintf("%s said this to %s on %s.", r.Who(f.By), r.who(f.To), r.at(f.GivenAt))}
	if f.State != feedback.Given {
		one.About = fmt.Sprintf("%s was asked by %s on %s.", r.Who(f.By), r.who(f.To), r.at(f.AskedAt))
	}
	one.add("What it is about", string(f.About))
	one.add("Asked", f.Wish)
	one.add("What was seen", f.Saw)
	one.add("What could be tried next", f.Next)
	return one
}

func each[T any](list []T, record func(T) Record) []Record {
	var all []Record
	for _, one := range list {
		all = append(all, record(one))
	}
	return all
}

func (r reader) proposalRecord(p proposal.Along) Record {
	one := Record{Title: p.Words, About: fmt.Sprintf("%s proposed this %s to %s on %s.", r.Who(p.By), p.Kind, r.who(p.For), r.at(p.CreatedAt))}
	switch p.State {
	case proposal.Taken:
		one.About += " It was taken."
	case proposal.Declined:
		one.About += " It was declined."
	default:
		one.About += " It was not answered."
	}
	one.add("How one would know", p.Measured)
	one.add("By", date(p.Due))
	one.add("Why", p.Why)
	one.add("The word with it", p.Answer)
	return one
}

func (r reader) copyRecord(c frozen.Along) Record {
	one := Record{Title: "A copy for " + r.who(c.For), About: fmt.Sprintf("Made on %s, to be read until %s.", r.at(c.CreatedAt), date(c.Until))}
	switch {
	case !c.TakenBackAt.IsZero():
		one.About += fmt.Sprintf(" It was taken back on %s.", r.at(c.TakenBackAt))
	case c.GivenAt.IsZero():
		one.About += " It was not given."
	}
	one.add("To them", c.Note)
	for _, v := range c.Content.Values {
		one.add("Value", join(": ", v.Word, v.Meaning))
	}
	for _, v := range c.Content.Strengths {
		one.add("Strength", join(": ", v.Word, v.Meaning))
	}
	for _, t := range c.Content.Texts {
		one.add(cmp.Or(t.Section.FullTitle(), string(t.Section)), t.Words)
	}
	for _, k := range c.Content.Skills {
		one.add("Skill", join("\n", fmt.Sprintf("%s: then %d, wanted %d", k.Name, k.Level, k.Wanted), k.Note))
	}
	for _, g := range c.Content.Goals {
		lines := []string{g.Title, g.Specific, g.Measured, g.Attainable, g.Relevant, g.Serves, before("It served ", g.Direction), before("By ", date(g.Due)), g.Learned}
		if g.State != plan.Open {
			lines = append(lines, begin(string(g.State)))
		}
		for _, step := range g.Steps {
			lines = append(lines, join(", ", "Step: "+step.Words, before("by ", date(step.Due)), string(step.State)))
		}
		one.add("Goal", join("\n", lines...))
	}
	for _, w := range c.Content.Wins {
		lines := append([]string{join(": ", date(w.Day), w.What), w.Effect, w.Figure}, w.Links...)
		for _, f := range w.Files {
			lines = append(lines, "File: "+f.Name)
		}
		one.add("Win", join("\n", lines...))
	}
	return one
}

func (r reader) commentRecord(c comment.Along) Record {
	one := Record{Title: shortened(c.Words), About: fmt.Sprintf("%s said this on %s, about something of %s.", r.Who(c.By), r.at(c.CreatedAt), r.whose(c.About))}
	if c.Words == "" {
		one.Title = "A comment that was taken back"
	}
	for _, moment := range []struct {
		what string
		at   time.Time
	}{{"resolved", c.ResolvedAt}, {"taken back", c.TakenBackAt}} {
		if !moment.at.IsZero() {
			one.About += fmt.Sprintf(" It was %s on %s.", moment.what, r.at(moment.at))
		}
	}
	one.add("About", join(" ", string(c.Section), c.On.Kind))
	one.add("The words there", c.Quote)
	one.add("Said", c.Words)
	one.add("Answered", c.Answer)
	return one
}

// whose is who in "something of ...".
func (r reader) whose(key org.Key) string {
	if key == org.Myself {
		return "yours"
	}
	return r.who(key) + "’s"
}

// shortened is the beginning of a text, for a heading.
func shortened(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	if runes := []rune(first); len(runes) > 80 {
		return string(runes[:79]) + "…"
	}
	return first
}
