package ladderfile

import (
	"strings"

	"github.com/ownward/ownward/internal/csvfile"
)

// ours reads our own YAML: one role at the top, or a list of roles.
func (r *reader) ours(top *node) *File {
	f := &File{Shape: "YAML", Framework: r.text(top, "framework")}
	if top.has("roles") {
		r.strict(top, "the file", "framework", "skills", "roles")
		shared := r.skills(top)
		for _, n := range r.list(top, "roles") {
			if r.strict(n, "a role", "id", "name", "about", "levels", "skills") {
				f.Roles = append(f.Roles, r.role(n, "name", shared))
			}
		}
		return f
	}
	r.strict(top, "the file", "framework", "role", "id", "about", "levels", "skills")
	f.Roles = []Role{r.role(top, "role", nil)}
	return f
}

func (r *reader) role(n *node, name string, shared []Skill) Role {
	role := Role{Key: key(r.text(n, "id")), Name: r.needed(n, "a role", name), About: r.long(n, "about"), Line: n.line, Skills: r.skills(n)}
	asked := map[string]bool{}
	for _, item := range r.list(n, "levels") {
		l := r.roleLevel(item)
		for _, a := range l.Asks {
			asked[key(a.Skill)] = true
		}
		role.Levels = append(role.Levels, l)
	}
	own := map[string]bool{}
	for _, k := range role.Skills {
		own[key(k.Name)] = true
	}
	for _, k := range shared {
		if asked[key(k.Name)] && !own[key(k.Name)] {
			role.Skills = append(role.Skills, k)
		}
	}
	return role
}

func (r *reader) roleLevel(n *node) Level {
	if n.kind == scalar {
		return Level{Name: csvfile.Tidy(n.text), Line: n.line}
	}
	if !r.strict(n, "a level", "id", "name", "track", "about", "skills", "criteria") {
		return Level{Line: n.line}
	}
	l := Level{Key: key(r.text(n, "id")), Name: r.needed(n, "a level", "name"), Track: r.text(n, "track"), About: r.long(n, "about"), Line: n.line}
	for _, item := range r.list(n, "skills") {
		if r.strict(item, "an expected skill", "id", "skill", "level", "shows", "theme", "examples") {
			l.Asks = append(l.Asks, Ask{
				Key: key(r.text(item, "id")), Skill: r.needed(item, "an expected skill", "skill"), Level: r.skillLevel(item), Words: r.long(item, "shows"),
				Theme: r.text(item, "theme"), Examples: r.texts(item, "examples"), Line: item.line,
			})
		}
	}
	for _, item := range r.list(n, "criteria") {
		if item.kind == scalar {
			l.Asks = append(l.Asks, Ask{Words: tidyLong(item.text), Line: item.line})
		} else if r.strict(item, "a criterion", "id", "text", "theme", "examples") {
			l.Asks = append(l.Asks, Ask{Key: key(r.text(item, "id")), Words: r.neededLong(item, "a criterion", "text"), Theme: r.text(item, "theme"), Examples: r.texts(item, "examples"), Line: item.line})
		}
	}
	return l
}

func (r *reader) skillLevel(n *node) int {
	text := r.needed(n, "an expected skill", "level")
	if text == "" {
		return 0
	}
	return r.level(n.field("level").line, text)
}

// skills reads what the levels of skills look like.
func (r *reader) skills(n *node) []Skill {
	var all []Skill
	for _, item := range r.list(n, "skills") {
		if !r.strict(item, "a skill", "name", "about", "levels") {
			continue
		}
		k := Skill{Name: r.needed(item, "a skill", "name"), About: r.long(item, "about"), Line: item.line}
		if levels := item.field("levels"); levels != nil && levels.kind == mapping {
			for _, f := range levels.fields {
				if at := r.level(f.line, strings.TrimSpace(f.name)); f.value.kind == scalar {
					k.Behaviour[at] = tidyLong(f.value.text)
				}
			}
		} else if levels != nil && levels.kind != nothing {
			r.p.add(levels.line, "levels says what each looks like, such as 3: on their own")
		}
		all = append(all, k)
	}
	return all
}
