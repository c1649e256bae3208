package web

import (
	"time"

	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// mentorshipRow is a mentorship in a list.
type mentorshipRow struct{ Href, Aim, Who, State string }

// mentorshipList is the visitor's mentorships, on both sides.
type mentorshipList struct {
	Running, Ended []mentorshipRow
	Empty          Empty
}

var mentorshipListPage = declare[mentorshipList]("mentorships.html")

func listMentorships(c *call) (view, error) {
	main := mentorshipList{Empty: Empty{"Once a mentor says yes, the two of you have a page here: the aim, when you meet, what came of it.", "Find a mentor", "/mentors"}}
	if c.me.Left {
		main.Empty = Empty{Text: "You were in no pair here."}
	}
	all, err := mentorship.Mine(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	for _, m := range all {
		row := mentorshipRow{Href: PathOf(m.Thing()), Aim: m.Aim, State: "since " + c.stamp(m.BeganAt), Who: "with " + m.Mentor.Name + ", your mentor"}
		if m.Mentor.Is(c.me) {
			row.Who = "with " + m.Mentee.Name + ", whose mentor you are"
		}
		if m.State == mentorship.Paused {
			row.State = "pauses: both decide"
		}
		if m.State == mentorship.Ended {
			row.State = "ended " + c.stamp(m.EndedAt)
			main.Ended = append(main.Ended, row)
			continue
		}
		main.Running = append(main.Running, row)
	}
	return mentorshipListPage.show(c, "Mentor and mentee", "people", main)
}

// pairText is a text of the visitor's in a form, or one of the other side's to be read.
type pairText struct {
	Field
	Action, Revision, Button string
	Seen                     Seen
	Who, Words               string // of the other side
}

// pairTexts are the texts of both that belong together.
type pairTexts struct {
	ID, Title string
	List      []pairText
}

// mentorshipContent is the page of a pair, for both.
type mentorshipContent struct {
	Href, Other, OtherHref           string
	IsMentor, Running, Paused, Ended bool
	Left                             bool
	Began, Over, EndsOn              string
	Day, Today                       bool   // the last day that was agreed has come; it is this day
	Earlier                          string // what the visitor wrote before
	Agreement                        pairAgreement
	Stands                           mentorship.Terms
	Sessions                         []mentorshipRow
	Time                             timeFields
	IGoOn, TheyGoOn                  bool
	Texts                            []pairTexts
	Win                              string    // what came of it, in the mentee's words
	Show                             string    // where the mentee lets the mentor see something
	Counsel                          counselOn // that the visitor heard there
	Seen                             Seen
}

var mentorshipPage = declare[mentorshipContent]("mentorship.html", "conversation-time.html", "counsel-parts.html")

func showMentorship(c *call) (view, error) {
	m, err := mentorship.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	other := m.Other(c.me)
	main := mentorshipContent{
		Href: PathOf(m.Thing()), Other: other.Name, OtherHref: "/people/" + string(other.Person), IsMentor: m.Mentor.Is(c.me), Left: c.me.Left,
		Running: m.State == mentorship.Running, Paused: m.State == mentorship.Paused, Ended: m.State == mentorship.Ended,
		Began: c.stamp(m.BeganAt), Stands: m.Terms, Seen: Seen{Text: "you and " + other.Name, Shared: true},
	}
	if main.Ended {
		main.Over = c.stamp(m.EndedAt)
	}
	if !m.EndsOn.IsZero() {
		main.EndsOn = c.onDay(m.EndsOn)
	}
	main.Day = main.Running && !m.EndsOn.IsZero() && !m.EndsOn.After(c.today())
	main.Today = m.EndsOn == c.today()
	main.IGoOn, main.TheyGoOn = m.GoesOn(c.me)
	if main.Agreement, err = c.pairAgreement(m); err != nil {
		return view{}, err
	}
	sessions, err := mentorship.Sessions(c.tx, c.me, m.ID)
	if err != nil {
		return view{}, err
	}
	for _, s := range sessions {
		main.Sessions = append(main.Sessions, mentorshipRow{Href: conversationHref(s.ID), Aim: c.moment(s.At), State: sessionWords[s.State]})
	}
	main.Time = c.timeFields(c.formOf("/mentorships/{id}/sessions"), c.tx.Now().Add(7*24*time.Hour).Truncate(time.Hour), 45)
	if err := main.texts(c, m); err != nil {
		return view{}, err
	}
	if main.Counsel, err = c.counselHeard(m.Thing()); err != nil {
		return view{}, err
	}
	return mentorshipPage.show(c, "With "+other.Name, "people", main)
}

var sessionWords = map[string]string{"requested": "waits for a yes", "agreed": "agreed", "planned": "agreed", "held": "held", "cancelled": "off"}

// texts adds what both wrote.
func (m *mentorshipContent) texts(c *call, pair mentorship.Mentorship) error {
	all, err := mentorship.Texts(c.tx, c.me, pair.ID)
	mine := map[mentorship.Kind]mentorship.Text{}
	notes, back := pairTexts{ID: "notes", Title: "Notes"}, pairTexts{ID: "looking-back", Title: "Looking back"}
	for _, t := range all {
		if t.By.Is(c.me) {
			mine[t.Kind] = t
			if t.Revision > 1 {
				m.Earlier = m.Href + "/versions"
			}
			continue
		}
		read := pairText{Who: t.By.Name, Words: t.Words}
		if t.Kind == mentorship.Shared {
			notes.List = append(notes.List, read)
			continue
		}
		if t.Kind == mentorship.Thanks {
			read.Who += ", as thanks"
		}
		back.List = append(back.List, read)
	}
	fill := func(kind mentorship.Kind, label, hint, button string, seen Seen) pairText {
		form := c.formOf("/mentorships/{id}/" + kind.Field())
		return pairText{
			Field:  form.field(Field{Name: kind.Field(), Label: label, Type: "textarea", Rows: 3, Hint: hint}, mine[kind].Words),
			Action: m.Href + "/" + kind.Field(), Revision: form.RevisionOr(mine[kind].Revision), Button: button, Seen: seen,
		}
	}
	notes.List = append(notes.List,
		fill(mentorship.Shared, "Your notes for both", "", "Keep", m.Seen), fill(mentorship.Private, "Your notes for yourself", "", "Keep", Seen{Text: "only you"}))
	back.List = append(back.List,
		fill(mentorship.LookBack, "What came of it", "What is different now, in the work.", "Keep", m.Seen), fill(mentorship.Thanks, "Thanks", "One line is enough, and lasts.", "Give it", m.Seen))
	m.Texts = []pairTexts{notes, back}
	if pair.Mentee.Is(c.me) {
		m.Win = mine[mentorship.LookBack].Words
		if m.Running {
			m.Show = "/plan/share"
		}
	}
	return err
}

func (c *call) mentorshipHref() string { return "/mentorships/" + string(c.id("id")) }

func meetMentorship(c *call) (string, error) {
	if _, err := mentorship.ByID(c.tx, c.me, c.id("id")); err != nil {
		return "", err
	}
	wrong := problem.Invalid{}
	at := c.chosenTime(wrong, 45)
	if err := wrong.Err(); err != nil {
		return "", err
	}
	made, err := mentorship.Meet(c.tx, c.me, c.id("id"), at)
	return conversationHref(made.ID), err
}

// writeMentorship keeps a text of one kind.
func writeMentorship(kind mentorship.Kind) act {
	return func(c *call) (string, error) {
		return c.mentorshipHref(), mentorship.Write(c.tx, c.me, c.id("id"), kind, c.revision(), c.text(kind.Field()))
	}
}

func goOnMentorship(c *call) (string, error) {
	return c.mentorshipHref(), mentorship.GoOn(c.tx, c.me, c.id("id"))
}

func endMentorship(c *call) (string, error) {
	c.say(saysMentorshipEnded)
	return c.mentorshipHref(), mentorship.End(c.tx, c.me, c.id("id"))
}

var saysMentorshipEnded = says("It has ended. What you wrote stays with both; a line on what came of it is still worth a lot.")

func winOfMentorship(c *call) (string, error) {
	w, err := mentorship.ToWin(c.tx, c.me, c.id("id"), c.text("what"))
	return PathOf(w.Thing()), err
}

// withMentors adds the mentors of the visitor to a choice of who may see something.
func (c *call) withMentors(f *Field) error {
	all, err := mentorship.Mine(c.tx, c.me)
	for _, m := range all {
		if m.State != mentorship.Running || !m.Mentee.Is(c.me) {
			continue
		}
		value := string(plan.WithMentor(m.ID))
		f.Options = append(f.Options, Option{Value: value, Label: m.Mentor.Name + ", your mentor", Hint: "for as long as they are your mentor", Chosen: f.Value == value})
	}
	return err
}
