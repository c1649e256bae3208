package portable

import (
	"fmt"

	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/question"
)

// sentQuestion adds what went with a question that was sent, and what came back before the answer.
func (r reader) sentQuestion(s *sheet, a question.Along) {
	if a.Sent == nil {
		return
	}
	s.labelled("What you wrote with it", a.Sent.Note)
	if !a.Sent.BackAt.IsZero() {
		s.says("It was turned back to you on %s.", r.at(a.Sent.BackAt))
		s.words(a.Sent.Back)
	}
	s.labelled("What you replied", a.Sent.Reply)
}

// suggested adds what others suggested, apart from what they promised.
func (r reader) suggested(s *sheet) {
	if len(r.Suggested) > 0 {
		s.head(2, "Only suggested")
	}
	for _, one := range r.Suggested {
		by := one.ByName
		switch {
		case one.By == org.Myself:
			by = "yourself"
		case one.By != "":
			by = r.who(one.By)
		}
		state := map[question.SuggestedState]string{
			question.SuggestedOpen: "to be looked at again on " + date(one.LookOn), question.SuggestedTaken: "something came of it", question.SuggestedGone: "let go",
		}[one.State]
		s.item(fmt.Sprintf("%s (%s, %s)", one.Words, line(by), state))
	}
}

// needs adds what the person needs, in their order.
func (r reader) needs(s *sheet) {
	if len(r.Needs) > 0 {
		s.head(2, "What you need")
	}
	for _, n := range r.Needs {
		s.item(n.Kind.Title() + ": " + n.Words)
	}
}

// answersGiven adds what the person answered to others, who asked.
func (r reader) answersGiven(s *sheet) {
	if len(r.Answers) > 0 {
		s.head(2, "What you answered to others")
	}
	for _, a := range r.Answers {
		s.says("%s asked you. You said on %s:", line(r.Who(a.To)), r.at(a.At))
		s.words(a.Answer)
		s.labelled("You asked back", a.Back)
	}
}
