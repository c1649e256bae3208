// Package gap sets what a person can do beside what they want and what roles ask for: today's
// level of their role, the next one, and any other that they look at, here or outside. Roles that lie near are
// counted by the expectations that are met. It counts expectations, never a person.
package gap

import (
	"cmp"
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/skill"
)

// Look is what somebody looks at beside their own role: a level of a role here, or a role outside. The zero Look is
// neither.
type Look struct {
	Role     db.ID
	Position int64 // of the level
	Outside  db.ID
}

// None tells whether it is neither.
func (l Look) None() bool { return l.Role == "" && l.Outside == "" }

// Place is a level of a role, or a role outside.
type Place struct {
	Look
	Role, Level string // how they are called; empty: there is none
	About       string
}

// None tells whether there is no such place.
func (p Place) None() bool { return p.Role == "" }

// Title is the place in a few words.
func (p Place) Title() string {
	if p.Level == "" || p.Level == p.Role {
		return p.Role
	}
	return p.Role + ", " + p.Level
}

// Asked is what one place asks of a skill.
type Asked struct {
	Level int64 // -1: it does not ask for the skill
	Shows string
}

// Is tells whether the place asks for the skill.
func (a Asked) Is() bool { return a.Level >= 0 }

// Line is one skill: one's own, or one that is asked for, or both.
type Line struct {
	Own       plan.Skill // without an id: not in the plan
	Name      string
	Places    [3]Asked // of Today, Next and Looked
	About     string
	Behaviour [6]string // what each level looks like, where somebody described it
	Wins      []plan.Evidence
}

// The three places that skills are held against.
const (
	Today = iota
	Next
	Looked
)

// Mine tells whether the skill is in the plan.
func (l Line) Mine() bool { return l.Own.ID != "" }

// Gap is how many levels lie between now and the most that is wanted or asked for.
func (l Line) Gap() int64 {
	most := l.Own.Wanted
	for _, a := range l.Places {
		most = max(most, a.Level)
	}
	return max(0, most-l.Own.Level)
}

// Strong tells whether the skill is one to build on: as high as anybody asks for, and on one's own at least.
func (l Line) Strong() bool { return l.Mine() && l.Gap() == 0 && l.Own.Level >= 3 }

// View is one's skills beside what is asked for.
type View struct {
	Places [3]Place
	Lines  []Line // the widest gap first
	Prose  [3][]expectation.Expectation
}

// Of is the actor's own skills beside what their role asks for, and what they look at. Nobody else has such a view of them.
//
// Errors: problem.NotFound when what they look at is not there for them.
func Of(tx *db.Tx, me org.Actor, look Look) (View, error) {
	var v View
	if me.Person == "" {
		return v, problem.NotFound
	}
	skills, err := plan.SkillsOf(tx, me, me.Person)
	if err != nil {
		return v, err
	}
	asked, err := v.asked(tx, me, look)
	if err != nil {
		return v, err
	}
	if err := v.join(tx, me, skills, asked); err != nil {
		return v, err
	}
	evidence, err := plan.EvidenceOfSkills(tx, me)
	for i := range v.Lines {
		v.Lines[i].Wins = evidence[v.Lines[i].Own.ID]
	}
	slices.SortStableFunc(v.Lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(b.Gap(), a.Gap()), cmp.Compare(org.Fold(a.Name), org.Fold(b.Name)))
	})
	return v, err
}

// asking is what one place asks for.
type asking struct {
	place int
	expectation.Expectation
}

// asked finds what the three places ask for.
func (v *View) asked(tx *db.Tx, me org.Actor, look Look) ([]asking, error) {
	today, err := expectation.Today(tx, me)
	if err != nil {
		return nil, err
	}
	var all []asking
	for n, level := range []expectation.Level{Today: today.Level, Next: today.Next} {
		if !today.Known || level.Key == "" {
			continue
		}
		place, asks, err := at(tx, me, today.Role, level)
		if err != nil {
			return nil, err
		}
		v.place(n, place, &all, asks)
	}
	if look.None() {
		return all, nil
	}
	place, asks, err := Asks(tx, me, look)
	v.place(Looked, place, &all, asks)
	return all, err
}

// Asks is what a level of a role asks for, or a role outside of the actor's own: a skill or prose each.
//
// Errors: problem.NotFound for what the actor does not see, or for a level that is not there.
func Asks(tx *db.Tx, me org.Actor, look Look) (Place, []expectation.Expectation, error) {
	if look.Outside != "" {
		o, err := OutsideByID(tx, me, look.Outside)
		var asks []expectation.Expectation
		for _, a := range o.Asks {
			asks = append(asks, expectation.Expectation{Skill: a.Skill, SkillKey: org.Fold(a.Skill), Asked: a.Level})
		}
		return Place{Look: look, Role: o.Name, About: o.About}, asks, err
	}
	role, err := expectation.RoleByID(tx, me, look.Role)
	if err != nil {
		return Place{}, nil, err
	}
	if look.Position < 0 || look.Position >= int64(len(role.Levels)) {
		return Place{}, nil, problem.NotFound
	}
	return at(tx, me, role, role.Levels[look.Position])
}

// at is what a level of a role asks for.
func at(tx *db.Tx, me org.Actor, role expectation.Role, level expectation.Level) (Place, []expectation.Expectation, error) {
	asks, err := expectation.At(tx, me, role, level.Key)
	return Place{Look: Look{Role: role.ID, Position: level.Position}, Role: role.Name, Level: level.Name, About: level.About}, asks, err
}

// place adds what one of the places asks for.
func (v *View) place(n int, p Place, all *[]asking, asks []expectation.Expectation) {
	v.Places[n] = p
	for _, e := range asks {
		if e.Prose() {
			v.Prose[n] = append(v.Prose[n], e)
			continue
		}
		*all = append(*all, asking{place: n, Expectation: e})
	}
}

// join puts together what speaks of one skill, under whatever name.
func (v *View) join(tx *db.Tx, me org.Actor, skills []plan.Skill, asked []asking) error {
	var names []string
	for _, k := range skills {
		names = append(names, k.Name)
	}
	for _, a := range asked {
		names = append(names, a.Skill)
	}
	joined, err := skill.Join(tx, me, names)
	if err != nil {
		return err
	}
	at := map[string]int{}
	line := func(name string) *Line {
		key := joined.Key(name)
		i, known := at[key]
		if !known {
			i = len(v.Lines)
			at[key] = i
			fresh := Line{Name: name, Places: [3]Asked{{Level: -1}, {Level: -1}, {Level: -1}}}
			if e, ok := joined.Entry(name); ok {
				fresh.About = e.Description
			}
			v.Lines = append(v.Lines, fresh)
		}
		return &v.Lines[i]
	}
	for _, k := range skills {
		l := line(k.Name)
		if l.Mine() { // a double: it stands for itself until the two are merged
			v.Lines = append(v.Lines, Line{Own: k, Name: k.Name, Places: [3]Asked{{Level: -1}, {Level: -1}, {Level: -1}}})
			continue
		}
		l.Own = k
	}
	for _, a := range asked {
		line(a.Skill).hold(a)
	}
	return nil
}

// hold notes what a place asks of the skill; of two expectations of one skill, the higher.
func (l *Line) hold(a asking) {
	if a.Asked > l.Places[a.place].Level {
		l.Places[a.place] = Asked{a.Asked, a.Shows()}
	}
	l.About = cmp.Or(l.About, a.About)
	for level, words := range a.Behaviour {
		l.Behaviour[level] = cmp.Or(l.Behaviour[level], words)
	}
	if l.Behaviour[a.Asked] == "" {
		l.Behaviour[a.Asked] = a.Words
	}
}
