package portable

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/question"
)

func (r reader) questions() string {
	s := titled("Questions asked")
	list := slices.Clone(r.Askings)
	slices.SortStableFunc(list, func(a, b question.Along) int { return b.AskedOn.DaysSince(a.AskedOn) })
	for _, a := range list {
		s.head(2, a.Wording)
		whom := a.ToName
		switch {
		case a.To == org.Myself:
			whom = "yourself"
		case a.To != "":
			whom = r.who(a.To)
		}
		s.says("You asked %s on %s.", line(whom), date(a.AskedOn))
		r.sentQuestion(s, a)
		if a.Answer == "" {
			s.says("No answer was noted.")
		}
		s.labelled("Answer", a.Answer)
	}
	r.suggested(s)
	r.needs(s)
	r.answersGiven(s)
	for _, c := range r.QuestionCards {
		s.head(2, "A card of your own")
		s.labelled("The card", c.Text)
	}
	return s.done("No question was noted.")
}

func (r reader) asks() string {
	s := titled("Asks")
	var mine, others []ask.Along
	for _, a := range slices.Backward(r.Asks) {
		if a.Owner == org.Myself {
			mine = append(mine, a)
		} else {
			others = append(others, a)
		}
	}
	if len(mine) > 0 {
		s.head(2, "What you asked for")
	}
	for _, a := range mine {
		r.ask(s, a)
		r.prepared(s, a.ID)
	}
	if len(others) > 0 {
		s.head(2, "What others asked of you")
	}
	for _, a := range others {
		r.ask(s, a)
	}
	return s.done("Nothing was asked.")
}

// prepared adds what was prepared for an ask.
func (r reader) prepared(s *sheet, id db.ID) {
	for _, p := range r.Pitches {
		if p.Ask != id {
			continue
		}
		for _, t := range p.Texts {
			s.labelled("Prepared: "+strings.ReplaceAll(t.Name, "-", " "), t.Words)
		}
	}
}

func (r reader) ask(s *sheet, a ask.Along) {
	s.head(3, a.What)
	switch {
	case a.Owner != org.Myself:
		s.says("%s asked you.", line(r.Who(a.Owner)))
	case a.State == ask.Draft && a.Whom != "":
		s.says("A draft for %s, begun on %s.", line(r.who(a.Whom)), r.at(a.CreatedAt))
	case a.State == ask.Draft:
		s.says("A draft, begun on %s.", r.at(a.CreatedAt))
	}
	r.askWords(s, a.AlongWords)
	for n, sent := range a.Sendings {
		s.says("%s", r.sent(sent))
		if sent.AlongWords != a.AlongWords && n < len(a.Sendings)-1 {
			s.labelled("Then it said", sent.What)
			r.askWords(s, sent.AlongWords)
		}
		for _, h := range sent.Hands {
			s.item(fmt.Sprintf("On %s %s handed it on to %s%s", r.at(h.At), r.who(h.From), r.who(h.To), before(": ", h.Note)))
		}
		for _, section := range sent.Sections {
			s.labelled(section.Name.Title(), section.Words)
		}
		for _, e := range sent.Evidence {
			s.item(evidence(e))
			for _, f := range e.Files {
				s.item("With it: " + join(", ", f.Name, f.URL))
			}
		}
		r.answers(s, sent)
	}
	if a.Decision != nil {
		r.decision(s, *a.Decision)
	}
	for _, c := range a.Criteria {
		state := "not judged yet"
		if c.Verdict != "" {
			state = string(c.Verdict) + ", " + r.at(c.VerdictAt)
		}
		if !c.DroppedAt.IsZero() {
			state = "dropped by both on " + r.at(c.DroppedAt)
		}
		text := join("\n", fmt.Sprintf("To be shown: %s (%s)", c.Words, state), before("Evidence: ", c.Evidence))
		for _, w := range c.Wins {
			text = join("\n", text, evidence(w))
		}
		s.item(join("\n", text, before("They say: ", c.VerdictWords)))
	}
	r.fruits(s, a)
}

func evidence(e ask.AlongEvidence) string {
	if e.Words == "" {
		return "Evidence, since taken back"
	}
	text := "Evidence: " + join(": ", date(e.Day), e.Words)
	if !e.TakenBackAt.IsZero() {
		text += " (since taken back)"
	}
	return join("\n", text, e.Effect, e.Figure)
}

func endedHow(sent ask.AlongSending) string {
	if sent.Replaced {
		return "replaced by the next version"
	}
	return sent.EndedHow
}

func (r reader) askWords(s *sheet, w ask.AlongWords) {
	s.labelled("Kind", string(w.Kind))
	s.labelled("Why", w.Why)
	cost := w.Text().Cost
	hours := ""
	if cost.Hours > 0 {
		hours = fmt.Sprintf("%d hours", cost.Hours)
	}
	s.labelled("Cost", join(", ", join(" ", cost.Amount(), cost.Currency), hours))
	s.labelled("Cost centre", w.CostCentre)
	s.labelled("What it brings", w.Return)
	s.labelled("To be decided by", date(w.DecideBy))
}

func (r reader) sent(sent ask.AlongSending) string {
	text := fmt.Sprintf("Sent on %s; with %s", r.at(sent.SentAt), line(r.who(sent.With)))
	if !sent.EndedAt.IsZero() {
		text += fmt.Sprintf(" until %s: %s", r.at(sent.EndedAt), endedHow(sent))
	}
	return text + "."
}

func (r reader) decision(s *sheet, d ask.AlongDecision) {
	s.says("**%s said %s**, on %s.", line(r.Who(d.By)), d.Answer, r.at(d.At))
	s.labelled("Reason", d.Reason)
	s.labelled("Feedback", d.Feedback)
	s.labelled("Instead", join(": ", d.Alternative, d.AlternativeWords))
	s.labelled("Cost centre", d.CostCentre)
	s.labelled("Thanks", d.Thanks)
	if d.Heard != nil {
		s.labelled("The reason, as you heard it", d.Heard.Reason)
		s.labelled("The feedback, as you heard it", d.Heard.Feedback)
		s.labelled("Instead, as you heard it", d.Heard.Alternative)
	}
	again := d.ComesBackOn
	if again.IsZero() {
		again = d.AgainOn
	}
	switch {
	case !d.LetGoAt.IsZero():
		s.says("You let it go on %s.", r.at(d.LetGoAt))
	case !d.CameBackAt.IsZero():
		s.says("It came back on %s.", r.at(d.CameBackAt))
	case !again.IsZero():
		s.says("It comes back on %s.", date(again))
	}
}

func (r reader) promises() string {
	s := titled("Promises")
	for _, p := range slices.Backward(r.Promises) {
		s.head(2, p.Words)
		if p.AgreedAt.IsZero() {
			s.says("%s wrote it down as a promise by %s to %s. %s.", line(r.Who(p.WrittenBy)), line(r.who(p.By)), line(r.who(p.To)), begin(string(p.State)))
		} else {
			s.says("%s promised %s. %s.", line(r.Who(p.By)), line(r.who(p.To)), begin(string(p.State)))
		}
		s.says("Due %s, to be looked back on from %s.", date(p.Due), date(p.CheckIn))
		changes := map[string]commitment.AlongChange{}
		for _, h := range p.Changes {
			changes[string(h.ID)] = h
		}
		for _, a := range p.History {
			s.item(r.act(a, changes))
		}
	}
	return s.done("Nothing was promised.")
}

func (r reader) act(a commitment.AlongAct, changes map[string]commitment.AlongChange) string {
	text := r.at(a.At) + ": " + string(a.Act)
	if a.By != "" {
		text += ", by " + r.who(a.By)
	}
	h, about := changes[string(a.Change)]
	if !about || a.Act != commitment.ProposeChange && a.Act != commitment.AnswerChange {
		return join("\n", text, a.Words)
	}
	parts := []string{text, a.Words}
	if h.Words != h.WasWords {
		parts = append(parts, "“"+h.WasWords+"” to “"+h.Words+"”")
	}
	if h.Due != h.WasDue {
		parts = append(parts, "due "+date(h.Due)+" instead of "+date(h.WasDue))
	}
	if h.CheckIn != h.WasCheckIn {
		parts = append(parts, "to be looked back on from "+date(h.CheckIn)+" instead of "+date(h.WasCheckIn))
	}
	if h.Owner != "" {
		parts = append(parts, r.who(h.Owner)+" would promise it instead")
	}
	return join("\n", append(parts, before("Why: ", h.Note))...)
}

func (r reader) conversations() string {
	s := titled("Conversations")
	list := slices.Clone(r.Conversations)
	slices.SortStableFunc(list, func(a, b conversation.Along) int { return b.At.Compare(a.At) })
	for _, c := range list {
		other, about := c.Partner, "your growth"
		if c.Owner != org.Myself {
			other, about = c.Owner, "their growth"
		}
		s.head(2, fmt.Sprintf("%s with %s, %s", c.Kind.Title(), r.who(other), r.at(c.At)))
		s.says("About %s; %s, %d minutes. %s.", about, r.clock(c.At), c.Minutes, begin(string(c.State)))
		if c.SkippedFor != "" {
			s.says("Skipped or put off. %s.", c.SkippedFor.Says())
			s.words(c.SkippedWords)
		}
		r.agenda(s, "Agenda", c, true)
		r.agenda(s, "Your own list", c, false)
		for _, kind := range []conversation.TextKind{conversation.Notes, conversation.Outcome, conversation.Private} {
			for _, t := range c.Texts {
				if t.Kind == kind && t.Words != "" {
					s.head(3, textTitles[kind])
					s.words(t.Words)
				}
			}
		}
	}
	for _, c := range r.Cadences {
		other, about := c.Partner, "your growth"
		if c.Owner != org.Myself {
			other, about = c.Owner, "their growth"
		}
		s.head(2, "A year of conversations with "+r.who(other))
		deep := "none"
		if len(c.Kinds) > 0 {
			names := make([]string, len(c.Kinds))
			for n, k := range c.Kinds {
				names[n] = k.Title()
			}
			deep = fmt.Sprintf("%s, %d minutes, one every %d months", strings.Join(names, ", "), c.DeepMinutes, c.DeepMonths)
		}
		sprints := "none"
		if c.SprintMonths > 0 {
			sprints = fmt.Sprintf("%d minutes, every %d months where there is no deep one", c.SprintMinutes, c.SprintMonths)
		}
		s.says("About %s. Deep conversations: %s. Sprints: %s. %s.", about, deep, sprints, begin(string(c.State)))
	}
	return s.done("No conversation was planned.")
}

var textTitles = map[conversation.TextKind]string{
	conversation.Notes: "Notes of both", conversation.Outcome: "What came of it", conversation.Private: "Your private notes",
}

func (r reader) agenda(s *sheet, title string, c conversation.Along, shared bool) {
	had := false
	for _, i := range c.Agenda {
		if i.Shared != shared {
			continue
		}
		if !had {
			s.head(3, title)
			had = true
		}
		done := ""
		if !i.TickedAt.IsZero() {
			done = ", talked about"
		}
		s.item(fmt.Sprintf("%s (%s%s)", i.Words, r.who(i.By), done))
	}
}

// earlier are the earlier versions of everything.
func (r reader) earlier() string {
	s := titled("Earlier versions")
	add := func(what string, list []org.AlongEarlier) {
		if len(list) == 0 {
			return
		}
		s.head(2, what)
		for _, e := range slices.Backward(list) {
			s.head(3, "Until "+r.clock(e.At))
			for _, field := range slices.Sorted(maps.Keys(e.Text)) {
				s.labelled(begin(strings.ReplaceAll(cmp.Or(field, "text"), "_", " ")), e.Text[field])
			}
		}
	}
	for _, t := range r.Plan.Texts {
		add(t.Section.Title(), t.Earlier)
	}
	for _, v := range r.Plan.Values {
		add("Value: "+v.Word, v.Earlier)
	}
	for _, k := range r.Plan.Skills {
		add("Skill: "+k.Name, k.Earlier)
	}
	for _, g := range r.Plan.Goals {
		add("Goal: "+g.Title, g.Earlier)
		for _, one := range g.Steps {
			add("Step: "+one.Words, one.Earlier)
		}
	}
	for _, one := range r.Plan.Removed {
		add("A "+one.Kind+" that was removed", one.Earlier)
	}
	for _, w := range r.Wins {
		add("Win: "+w.What, w.Earlier)
	}
	for _, e := range r.Journal {
		add("Journal, "+date(e.Day), e.Earlier)
	}
	for _, a := range r.Askings {
		add("Question: "+a.Wording, a.Earlier)
	}
	for _, one := range r.Suggested {
		add("Suggested: "+one.Words, one.Earlier)
	}
	for _, n := range r.Needs {
		add("What you need: "+n.Words, n.Earlier)
	}
	r.earlierShared(add)
	return s.done("Every text stands as it was first written.")
}

func (r reader) earlierShared(add func(string, []org.AlongEarlier)) {
	if p := r.MentorProfile; p != nil {
		add("What you offer as a mentor", p.Earlier)
	}
	for _, m := range r.Mentorships {
		for _, t := range m.Earlier {
			add("Mentor and mentee: "+m.Aim+", "+string(t.Kind), t.Earlier)
		}
	}
	for _, c := range r.Counsel {
		add("Counsel: "+c.Words, c.Earlier)
	}
	for _, a := range r.Asks {
		add("Ask: "+a.What, a.Earlier)
		if a.Decision != nil && a.Decision.Heard != nil {
			add("What you heard on: "+a.What, a.Decision.Heard.Earlier)
		}
		for _, c := range a.Criteria {
			add("To be shown: "+c.Words, c.Earlier)
		}
	}
	for _, c := range r.Conversations {
		for _, t := range c.Texts {
			add(fmt.Sprintf("%s, %s, %s", c.Kind.Title(), r.at(c.At), strings.ToLower(textTitles[t.Kind])), t.Earlier)
		}
	}
}
