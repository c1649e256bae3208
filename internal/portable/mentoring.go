package portable

import (
	"fmt"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/org"
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
	f.MentorRequests, err = withRecords(tx, me, "mentor request", f.MentorRequests, mentorRequestID)
	return err
}

// mentoringRecords are the records of what was asked of mentors.
func (r reader) mentoringRecords(tx *db.Tx, me org.Actor) ([]Record, error) {
	requests, err := recordsOf[mentor.AlongRequest](tx, me, "mentor request")
	return each(requests, r.mentorRequestRecord), err
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
	for _, c := range q.Choices {
		said := string(c.State)
		if c.Pointer != "" {
			said += ", with a pointer to " + r.who(c.Pointer)
		}
		if !c.AgainOn.IsZero() {
			said += ", again on " + c.AgainOn.String()
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
	one := Record{Title: "As a mentor", About: fmt.Sprintf("For %d hours a month.", p.Hours)}
	one.add("Help with", p.About)
	one.add("Skills", skillsInWords(p.Skills))
	one.add("Topics", strings.Join(p.Topics, "\n"))
	one.add("Languages", strings.Join(p.Languages, "\n"))
	return []Record{one}
}
