package portable

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/round"
)

// takeMentoring adds what the actor offers as a mentor, and what they asked and were asked.
func (f *File) takeMentoring(tx *db.Tx, me org.Actor, others *org.Companions) error {
	var err error
	if f.MentorProfile, err = mentor.TakeProfile(tx, me); err != nil {
		return err
	}
	if f.MentorRequests, err = mentor.TakeRequests(tx, me, others); err != nil {
		return err
	}
	if f.MentorRequests, err = withRecords(tx, me, "mentor request", f.MentorRequests, mentorRequestID); err != nil {
		return err
	}
	if f.Mentorships, err = mentorship.TakeAlong(tx, me, others); err != nil {
		return err
	}
	if f.Mentorships, err = withRecords(tx, me, "mentorship", f.Mentorships, mentorshipID); err != nil {
		return err
	}
	if f.Rounds, err = round.TakeAlong(tx, me, others); err != nil {
		return err
	}
	if f.Rounds, err = withRecords(tx, me, "round", f.Rounds, roundID); err != nil {
		return err
	}
	return f.takeMoney(tx, me, others)
}

// mentoringRecords are the records of what was asked of mentors.
func (r reader) mentoringRecords(tx *db.Tx, me org.Actor) ([]Record, error) {
	requests, err := recordsOf[mentor.AlongRequest](tx, me, "mentor request")
	if err != nil {
		return nil, err
	}
	pairs, err := recordsOf[mentorship.Along](tx, me, "mentorship")
	if err != nil {
		return nil, err
	}
	rounds, err := recordsOf[round.Along](tx, me, "round")
	if err != nil {
		return nil, err
	}
	held, err := recordsOf[budget.Along](tx, me, "reservation")
	return slices.Concat(each(requests, r.mentorRequestRecord), each(pairs, r.mentorshipRecord), each(rounds, r.roundRecord), each(held, r.reservationRecord)), err
}

func (r reader) roundRecord(a round.Along) Record {
	one := Record{Title: shortened(a.Round), About: fmt.Sprintf("A matching round, joined as a %s on %s.", a.Side, r.at(a.SignedAt))}
	one.add("To be learned", a.Aim)
	var skills []mentor.AlongSkill
	for _, k := range a.Skills {
		skills = append(skills, mentor.AlongSkill(k))
	}
	one.add("Skills", skillsInWords(skills))
	one.add("Languages", strings.Join(a.Langs, "\n"))
	var wishes []string
	for _, w := range a.Wishes {
		wishes = append(wishes, r.Who(w))
	}
	one.add("Wishes, the dearest first", strings.Join(wishes, "\n"))
	return one
}

func (r reader) mentorshipRecord(m mentorship.Along) Record {
	one := Record{Title: shortened(m.Aim), About: fmt.Sprintf("%s was the mentor of %s, since %s.", r.Who(m.Mentor), r.who(m.Mentee), r.at(m.BeganAt))}
	if one.Title == "" {
		one.Title = "Mentor and mentee"
	}
	one.add("The aim", m.Aim)
	one.add("How often", m.Rhythm)
	one.add("What stays between the two", m.Confidentiality)
	if !m.EndsOn.IsZero() {
		one.add("Until", m.EndsOn.String())
	}
	one.add("Agreed by", r.agreedBy(m))
	if p := m.Proposed; p != nil {
		one.add("A change that waits", termsInWords(*p))
	}
	for n, was := range m.Agreed {
		if n > 0 { // the first stands above
			one.add("Agreed before"+r.on(was.At), termsInWords(was.AlongTerms))
		} else {
			one.add("Agreed", strings.TrimPrefix(r.on(was.At), ", "))
		}
	}
	if !m.EndedAt.IsZero() {
		one.add("Ended", r.at(m.EndedAt)+endedBecause[m.Because])
	}
	one.add("Sessions", r.sessionsOf(m))
	for _, t := range m.Texts {
		one.add(r.Who(t.By)+", "+string(t.Kind), t.Words)
	}
	return one
}

// endedBecause says why a pair ended, as far as anybody has to know.
var endedBecause = map[mentorship.Because]string{mentorship.ByLeft: ", as one of the two left", mentorship.BySide: ", as one of the two wished"}

// agreedBy are those who said yes to what was written last.
func (r reader) agreedBy(m mentorship.Along) string {
	var names []string
	if m.MentorAgreed {
		names = append(names, r.Who(m.Mentor))
	}
	if m.MenteeAgreed {
		names = append(names, r.Who(m.Mentee))
	}
	return strings.Join(names, ", ")
}

// on is a time after a comma, where it is known.
func (r reader) on(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return ", " + r.at(at)
}

func termsInWords(t mentorship.AlongTerms) string {
	return strings.Join(slices.DeleteFunc([]string{t.Aim, t.Rhythm, t.Confidentiality, t.EndsOn.String()}, func(s string) bool { return s == "" }), "\n")
}

// sessionsOf are the days of the sessions that are in the file.
func (r reader) sessionsOf(m mentorship.Along) string {
	var days []string
	for _, c := range r.Conversations {
		if slices.Contains(m.Sessions, c.ID) {
			days = append(days, r.at(c.At))
		}
	}
	return strings.Join(days, "\n")
}

func (r reader) mentorRequestRecord(q mentor.AlongRequest) Record {
	one := Record{Title: shortened(q.Learn), About: fmt.Sprintf("%s asked a mentor on %s.", r.Who(q.Of), r.at(q.CreatedAt))}
	one.add("To be learned", q.Learn)
	one.add("Skills", skillsInWords(q.Skills))
	one.add("Already tried", q.Tried)
	one.add("How often", string(q.Rhythm))
	if !q.Until.IsZero() {
		one.add("Until", q.Until.String())
	}
	if !q.ClosedAt.IsZero() {
		one.add("Closed", r.at(q.ClosedAt))
	}
	for _, c := range q.Choices {
		said := string(c.State)
		if c.Pointer != "" {
			said += ", with a pointer to " + r.who(c.Pointer)
		}
		if !c.AgainOn.IsZero() {
			said += ", again on " + c.AgainOn.String()
		}
		if !c.InLineAt.IsZero() {
			said += ", since " + r.at(c.InLineAt)
		}
		one.add(r.Who(c.Mentor), strings.TrimSpace(said+"\n\n"+c.Said()))
	}
	return one
}

func skillsInWords(all []mentor.AlongSkill) string {
	var names []string
	for _, k := range all {
		names = append(names, fmt.Sprintf("%s, %d of 5", k.Name, k.Level))
	}
	return strings.Join(names, "\n")
}

// offers are what the person offers as a mentor, as one record.
func (r reader) offers() []Record {
	p := r.MentorProfile
	if p == nil {
		return nil
	}
	one := Record{Title: "As a mentor", About: fmt.Sprintf("For %d hours a month, with %d places.", p.Hours, p.Places)}
	one.add("Help with", p.About)
	one.add("Skills", skillsInWords(p.Skills))
	one.add("Topics", strings.Join(p.Topics, "\n"))
	one.add("Languages", strings.Join(p.Languages, "\n"))
	return []Record{one}
}
