package portable

import (
	"fmt"

	"github.com/ownward/ownward/internal/plan"
)

// seenBy adds how others see a skill, by name.
func (r reader) seenBy(s *sheet, k plan.AlongSkill) {
	for _, v := range k.Views {
		if v.AnsweredAt.IsZero() {
			s.says("You asked %s on %s how they see it: no answer yet.", line(v.Name), r.at(v.AskedAt))
			s.words(v.Note)
			continue
		}
		s.says("%s sees it like this, on %s: %s.", line(v.Name), r.at(v.AnsweredAt), seenAt(v.Level))
		s.words(v.Note)
		s.words(v.Words)
	}
}

func seenAt(level int64) string {
	if level < 0 || level > plan.TopLevel {
		return "they could not say"
	}
	return fmt.Sprintf("%d, %s", level, plan.LevelWords[level])
}

// outside adds the roles outside that the person looked at.
func (r reader) outside(s *sheet) {
	for _, o := range r.OutsideRoles {
		s.head(2, "A role outside: "+o.Name)
		for _, a := range o.Asks {
			s.item(fmt.Sprintf("**%s**, level %d", line(a.Skill), a.Level))
		}
		s.words(o.About)
	}
}

// viewsGiven adds how the person sees the skills of others, who asked.
func (r reader) viewsGiven(s *sheet) {
	if len(r.Views) > 0 {
		s.head(2, "How you see the skills of others")
	}
	for _, v := range r.Views {
		s.says("%s asked you about one of theirs. You said on %s: %s.", line(r.Who(v.Of)), r.at(v.At), seenAt(v.Level))
		s.words(v.Words)
	}
}
