package portable

import (
	"fmt"

	"github.com/ownward/ownward/internal/direction"
	"github.com/ownward/ownward/internal/expectation"
)

// expectations is what the person kept of themselves against what was expected, and what they wrote
// of roles and of where they are heading.
func (r reader) expectations() string {
	s := titled("What was expected")
	for _, a := range r.Assessments {
		s.head(2, join(", ", a.RoleName, a.LevelName)+": "+r.at(a.MadeAt))
		if a.ByManager {
			s.says("As your manager wrote it.")
		}
		for _, l := range a.Lines {
			s.item(assessed(l))
		}
		s.words(a.Note)
	}
	for _, role := range r.Expectations {
		s.head(2, "What you asked of: "+role.Name)
		if role.Adapts != "" {
			s.says("Written beside what the organisation asks of %s. Only your own words are here.", line(role.Adapts))
		}
		for _, v := range role.Versions {
			r.roleVersion(s, v)
		}
	}
	for _, d := range r.Directions {
		s.head(2, "Where "+heading(d)+" was heading: "+r.at(d.ChangedAt))
		s.words(d.Words)
	}
	return s.done("Nothing was written here.")
}

func assessed(l expectation.AlongAssessed) string {
	what := join(": ", l.Theme, l.Words)
	stands := "not said"
	switch {
	case l.Skill != "":
		what = join("\n", fmt.Sprintf("**%s**, level %d asked", line(l.Skill), l.Asked), l.Words, l.Behaviour)
		if l.Stands >= 0 {
			stands = fmt.Sprint(l.Stands)
		}
	case l.Stands >= 0 && int(l.Stands) < len(expectation.Shown):
		stands = expectation.Shown[l.Stands]
	}
	return what + "\nWhere you stood: " + stands
}

func (r reader) roleVersion(s *sheet, v expectation.AlongVersion) {
	s.head(3, fmt.Sprintf("%s, version %d of %s", v.Name, v.Number, r.at(v.MadeAt)))
	s.words(v.About)
	for _, l := range v.Levels {
		if l.About == "" && len(l.Asks) == 0 {
			continue
		}
		s.head(4, join(", ", l.Name, l.Track))
		s.words(l.About)
		for _, e := range l.Asks {
			what := join(": ", e.Theme, e.Words)
			if e.Skill != "" {
				what = join("\n", fmt.Sprintf("**%s**: %d", line(e.Skill), e.Asked), what)
			}
			for _, example := range e.Examples {
				what += "\n- " + line(example)
			}
			s.item(what)
		}
	}
}

func heading(d direction.Along) string {
	switch d.Scope {
	case direction.Organisation:
		return "the organisation"
	case direction.Department:
		return d.Department
	}
	return "your team"
}
