package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/org"
)

// thirdSearch looks for somebody to introduce by what people offer to help with. It is sent before the
// rest of the form is filled in, and carries nothing of it but whom it is for and where it came from.
type thirdSearch struct {
	Action string
	Keep   []hiddenField
	Field  Field
	Found  []thirdFound
	None   bool
}

type hiddenField struct{ Name, Value string }

// thirdFound is somebody who offers their help, with the way to choose them.
type thirdFound struct{ Href, Person, Name, Offers string }

const mostThirds = 6

// searchThird answers the search of the page at path.
func (c *call) searchThird(path string, keep url.Values) (thirdSearch, error) {
	s := thirdSearch{Action: path}
	for _, name := range []string{"for", "origin"} {
		if value := keep.Get(name); value != "" {
			s.Keep = append(s.Keep, hiddenField{name, value})
		}
	}
	looked := strings.Join(strings.Fields(c.text("skill")), " ")
	s.Field = Field{Name: "skill", Label: "What they can help with", Type: "skill", Value: looked}
	if looked == "" {
		return s, nil
	}
	found, err := mentor.Find(c.tx, c.me, mentor.Filter{Skill: looked}, org.Place{}, mostThirds)
	if err == nil && len(found) == 0 {
		found, err = mentor.Find(c.tx, c.me, mentor.Filter{Words: db.WordsIn(looked)}, org.Place{}, mostThirds)
	}
	for _, p := range found {
		query := url.Values{"third": {org.Party{Person: p.Person}.String()}}
		for _, kept := range s.Keep {
			query.Set(kept.Name, kept.Value)
		}
		var offers []string
		for _, k := range p.Skills[:min(3, len(p.Skills))] {
			offers = append(offers, fmt.Sprintf("%s, %d of 5", k.Name, k.Level))
		}
		s.Found = append(s.Found, thirdFound{path + "?" + query.Encode() + "#third", "/mentors/" + string(p.Person), p.Name, strings.Join(offers, " · ")})
	}
	s.None = len(found) == 0
	return s, err
}

// partiesWith adds somebody to a choice who is not in it.
func (c *call) partiesWith(options []Option, also string) ([]Option, error) {
	if slices.ContainsFunc(options, func(o Option) bool { return o.Value == also }) {
		return options, nil
	}
	with, err := org.PartyFrom(c.tx, c.me, also)
	if err != nil || with.Is(c.me) {
		return options, nil // nobody whom the visitor can name
	}
	return append([]Option{{Value: also, Label: with.Name}}, options...), nil
}
