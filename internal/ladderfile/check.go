package ladderfile

import "unicode/utf8"

// check finds what no shape may have: too much of anything, names that are missing, and what is
// there twice.
func (f *File) check(p *problems) {
	p.length(0, "the name of the framework", f.Framework, mostLine)
	if len(f.Roles) == 0 {
		p.add(0, "there is no role in the file")
	}
	if len(f.Roles) > mostRoles {
		p.add(f.Roles[mostRoles].Line, "there are more than %d roles", mostRoles)
		return
	}
	roles, asks := map[string]int{}, 0
	for _, r := range f.Roles {
		p.once(roles, r.Line, "the role", r.Key)
		r.check(p)
		for _, l := range r.Levels {
			asks += len(l.Asks)
		}
	}
	if asks > mostAsks {
		p.add(0, "there are more than %d expectations", mostAsks)
	}
}

func (r Role) check(p *problems) {
	p.length(r.Line, "the name of a role", r.Name, mostLine)
	p.length(r.Line, "the id of a role", r.Key, mostLine)
	p.length(r.Line, "the text about a role", r.About, mostText)
	if len(r.Levels) == 0 {
		p.add(r.Line, "the role %s has no levels", called(r.Name))
	}
	if len(r.Levels) > mostLevels {
		p.add(r.Levels[mostLevels].Line, "the role %s has more than %d levels", called(r.Name), mostLevels)
		return
	}
	levels, ids, skills := map[string]int{}, map[string]int{}, map[string]int{}
	for _, l := range r.Levels {
		p.once(levels, l.Line, "the level", l.Key)
		l.check(p, ids)
	}
	for _, k := range r.Skills {
		p.once(skills, k.Line, "the skill", key(k.Name))
		p.length(k.Line, "the name of a skill", k.Name, mostLine)
		p.length(k.Line, "the text about a skill", k.About, mostText)
		for _, words := range k.Behaviour {
			p.length(k.Line, "what a level of a skill looks like", words, mostText)
		}
	}
}

func (l Level) check(p *problems, ids map[string]int) {
	p.length(l.Line, "the name of a level", l.Name, mostLine)
	p.length(l.Line, "the id of a level", l.Key, mostLine)
	p.length(l.Line, "the track of a level", l.Track, mostLine)
	p.length(l.Line, "the text about a level", l.About, mostText)
	skills := map[string]int{}
	for _, a := range l.Asks {
		if a.Key != "" {
			p.once(ids, a.Line, "the id", a.Key)
		}
		if a.Skill != "" {
			p.once(skills, a.Line, "at this level the skill", key(a.Skill))
		}
		if a.Skill == "" && a.Words == "" {
			p.add(a.Line, "an expectation says nothing")
		}
		p.length(a.Line, "the name of a skill", a.Skill, mostLine)
		p.length(a.Line, "the id of an expectation", a.Key, mostLine)
		p.length(a.Line, "a theme", a.Theme, mostLine)
		p.length(a.Line, "an expectation", a.Words, mostText)
		for _, e := range a.Examples {
			p.length(a.Line, "an example", e, mostText)
		}
	}
}

// once refuses what is there already, and says where.
func (p *problems) once(seen map[string]int, line int, what, key string) {
	if at, ok := seen[key]; ok {
		p.add(line, "%s %s is there twice: first in line %d", what, called(key), at)
		return
	}
	seen[key] = line
}

func (p *problems) length(line int, what, text string, most int) {
	if utf8.RuneCountInString(text) > most {
		p.add(line, "%s is longer than %d letters", what, most)
	}
}
