package demo

import (
	"maps"
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/org"
)

// offer is what somebody offers as a mentor.
type offer struct {
	On        day              `yaml:"on"`
	Skills    map[string]int64 `yaml:"skills"` // name to level
	About     prose            `yaml:"about"`
	Topics    []string         `yaml:"topics"`
	Formats   []mentor.Format  `yaml:"formats"`
	Languages []string         `yaml:"languages"`
	Hours     int64            `yaml:"hours"`
	Places    int64            `yaml:"places"`
	Who       string           `yaml:"who"`
}

// helper is somebody whom a person asks to be their mentor.
type helper struct {
	On       day              `yaml:"on"`
	Ask      []string         `yaml:"ask"` // by rank
	Learn    prose            `yaml:"learn"`
	Tried    prose            `yaml:"tried"`
	Skills   map[string]int64 `yaml:"skills"`
	Rhythm   string           `yaml:"rhythm"`
	Until    day              `yaml:"until"`
	Answered day              `yaml:"answered"`
	Says     string           `yaml:"says"`
	Words    prose            `yaml:"words"`
	Between  prose            `yaml:"between"` // after a yes: what stays between the two
	Notes    prose            `yaml:"notes"`
}

// mentors plans what a person offers, and whom they ask.
func (t *telling) mentors(s story) {
	of := s.Person
	if o := s.Offers; o.Places > 0 {
		who := mentor.Who(o.Who)
		if who == "" {
			who = mentor.Everyone
		}
		t.does(of, t.when(o.On, morning, of), "offer", func(tx *db.Tx, me org.Actor) error {
			return mentor.Offer(tx, me, 0, mentor.Text{
				About: string(o.About), Skills: statedSkills(o.Skills), Topics: o.Topics, Formats: o.Formats, Languages: o.Languages, Hours: o.Hours, Places: o.Places, Who: who,
			})
		})
	}
	for _, h := range s.Helpers {
		t.helper(of, h)
	}
}

func (t *telling) helper(of string, h helper) {
	var made mentor.Request
	t.does(of, t.when(h.On, afternoon, of), "asking a mentor", func(tx *db.Tx, me org.Actor) (err error) {
		var ids []db.ID
		for _, key := range h.Ask {
			ids = append(ids, t.person(key))
		}
		in := mentor.RequestText{Learn: string(h.Learn), Tried: string(h.Tried), Skills: statedSkills(h.Skills), Rhythm: mentor.Rhythm(h.Rhythm), Until: t.date(h.Until)}
		made, err = mentor.Ask(tx, me, in, ids)
		return err
	})
	if h.Says == "" {
		return
	}
	t.does(h.Ask[0], t.when(h.Answered, evening, h.Ask[0]), "a mentor answers", func(tx *db.Tx, me org.Actor) error {
		return mentor.Answer(tx, me, made.ID, mentor.Reply{Says: mentor.Says(h.Says), Words: string(h.Words)})
	})
	if h.Between == "" {
		return
	}
	t.does(of, t.when(h.Answered+3, morning, of), "agreeing", func(tx *db.Tx, me org.Actor) error {
		all, err := mentorship.Mine(tx, me)
		if err != nil {
			return err
		}
		m := all[0]
		m.Confidentiality = string(h.Between)
		if err := mentorship.Agree(tx, me, m.ID, m.Revision, m.Terms); err != nil {
			return err
		}
		return mentorship.Write(tx, me, m.ID, mentorship.Shared, 0, string(h.Notes))
	})
}

func statedSkills(all map[string]int64) []mentor.Skill {
	var list []mentor.Skill
	for _, name := range slices.Sorted(maps.Keys(all)) {
		list = append(list, mentor.Skill{Name: name, Level: all[name]})
	}
	return list
}
