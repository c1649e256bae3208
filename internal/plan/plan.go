// Package plan holds what a person writes of their own growth: values, purpose, strengths,
// vision, skills, goals with their steps, wins and the journal.
//
// All of it is seen by its owner alone until they share it. A reading takes the actor and finds
// what this actor may see, by one query for the owner and for everybody else.
package plan

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// Section is a part of a plan that can be shared as a whole, with all that comes into it later.
type Section string

// The sections, in the order in which a plan is read.
const (
	Values    Section = "values"
	Purpose   Section = "purpose"
	Strengths Section = "strengths"
	Hard      Section = "hard"
	Vision    Section = "vision"
	Skills    Section = "skills"
	Goals     Section = "goals"
)

// Sections lists all sections in the order in which a plan is read.
var Sections = []Section{Values, Purpose, Strengths, Hard, Vision, Skills, Goals}

// Title is what a section is called on screens.
func (s Section) Title() string {
	switch s {
	case Values:
		return "Values"
	case Purpose:
		return "Purpose"
	case Strengths:
		return "Strengths"
	case Hard:
		return "What I find hard"
	case Vision:
		return "Vision"
	case Skills:
		return "Skills"
	case Goals:
		return "Goals"
	}
	return ""
}

// IsText tells whether the section is a text, or several.
func (s Section) IsText() bool {
	return s == Purpose || s == Strengths || s == Hard || s == Vision
}

// Plan is a person's plan, or as much of it as a viewer may see.
type Plan struct {
	Owner     db.ID
	Texts     []Text // those that are written
	Values    []Value
	Strengths []Strength
	Skills    []Skill
	Goals     []Goal // open ones first, with their steps
}

// Text is the text of a section; without one, the zero Text of that section.
func (p Plan) Text(section Section) Text {
	for _, t := range p.Texts {
		if t.Section == section {
			return t
		}
	}
	return Text{Section: section}
}

// Mine is the actor's own plan.
func Mine(tx *db.Tx, me org.Actor) (Plan, error) { return read(tx, me, me.Person) }

// read finds all of the owner's plan that the actor may see.
func read(tx *db.Tx, me org.Actor, owner db.ID) (Plan, error) {
	p := Plan{Owner: owner}
	var err error
	if p.Texts, err = texts(tx, me, owner); err != nil {
		return p, err
	}
	words, err := values(tx, me, owner)
	if err != nil {
		return p, err
	}
	p.Values, p.Strengths = ofSection(words, Values), ofSection(words, Strengths)
	if p.Skills, err = SkillsOf(tx, me, owner); err != nil {
		return p, err
	}
	p.Goals, err = GoalsOf(tx, me, owner)
	return p, err
}

// Shown is what an owner lets a viewer see, and nothing else.
type Shown struct {
	Plan
	Sections []Section // shared as a whole; one of them may be empty still
	Wins     []Win     // the newest, with links to what the viewer sees too
}

// Nothing tells whether there is nothing to see.
func (s Shown) Nothing() bool {
	return len(s.Sections) == 0 && len(s.Skills) == 0 && len(s.Goals) == 0 && len(s.Wins) == 0
}

// Has tells whether the section is shared as a whole.
func (s Shown) Has(section Section) bool {
	for _, each := range s.Sections {
		if each == section {
			return true
		}
	}
	return false
}

const mostWinsShown = 100

// Theirs is what the owner lets the actor see of their plan and their wins. Of somebody who
// shares nothing, and of somebody who is not here, it is empty.
func Theirs(tx *db.Tx, me org.Actor, owner db.ID) (Shown, error) {
	if owner == me.Person {
		return Shown{}, problem.Refused("This is your own plan.")
	}
	received, err := share.Received(tx, me, owner)
	if err != nil || len(received) == 0 {
		return Shown{Plan: Plan{Owner: owner}}, err
	}
	var s Shown
	for _, section := range Sections {
		for _, each := range received {
			if each.What.Kind == "plan" && each.What.Section == string(section) && !s.Has(section) {
				s.Sections = append(s.Sections, section)
			}
		}
	}
	if s.Plan, err = read(tx, me, owner); err != nil {
		return s, err
	}
	s.Wins, _, err = WinsOf(tx, me, owner, Place{}, mostWinsShown)
	return s, err
}

// AsSeenBy is the actor's plan as somebody else would see it, found by the very same queries.
func AsSeenBy(tx *db.Tx, me org.Actor, viewer db.ID) (Shown, org.Person, error) {
	if viewer == me.Person {
		return Shown{}, org.Person{}, problem.NotFound
	}
	them, err := org.ByID(tx, me, viewer)
	if err != nil {
		return Shown{}, them, err
	}
	s, err := Theirs(tx, org.AsSeenBy(them), me.Person)
	return s, them, err
}
