package gap

import (
	"cmp"
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/skill"
)

// Path is a level of a role, with what it asks for and what of that is met.
type Path struct {
	Place
	Asks   []PathAsk
	Met    int
	Up     bool         // a later level of one's own role
	People []org.Person // who have it, and offered to be asked about it
}

// PathAsk is one expectation on a path.
type PathAsk struct {
	Skill    string
	Level    int64
	Has      int64
	InMyPlan bool
}

// Met tells whether the expectation is met by what the person says of themselves.
func (a PathAsk) Met() bool { return a.InMyPlan && a.Has >= a.Level }

// Missing is how many expectations are not met yet.
func (p Path) Missing() int { return len(p.Asks) - p.Met }

// Map is where one could go from where one is.
type Map struct {
	Standing expectation.Standing
	Up       []Path // the later levels of one's own role, in their order
	Across   []Path // of each other role the level that lies nearest, those with the fewest expectations missing first
	Unnamed  int    // levels of roles that name no skill: they cannot be counted
}

// Paths is the actor's map. It counts expectations that name a skill.
func Paths(tx *db.Tx, me org.Actor) (Map, error) {
	var m Map
	roles, err := expectation.Roles(tx, me)
	if err != nil {
		return m, err
	}
	if m.Standing, err = expectation.Today(tx, me); err != nil {
		return m, err
	}
	asks, err := asksByPlace(tx, me, roles)
	if err != nil {
		return m, err
	}
	for _, r := range roles {
		m.add(r, asks)
	}
	slices.SortStableFunc(m.Across, func(a, b Path) int {
		return cmp.Or(cmp.Compare(a.Missing(), b.Missing()), cmp.Compare(b.Met, a.Met), cmp.Compare(a.Place.Title(), b.Place.Title()))
	})
	return m, m.people(tx, me)
}

// add finds what a role offers: each later level of one's own, the nearest level of another.
func (m *Map) add(r expectation.Role, asks map[Look][]PathAsk) {
	mine := m.Standing.Known && m.Standing.Role.ID == r.ID
	var nearest *Path
	for _, l := range r.Levels {
		look := Look{Role: r.ID, Position: l.Position}
		p := Path{Place: Place{Look: look, Role: r.Name, Level: l.Name, About: cmp.Or(l.About, r.About)}, Asks: asks[look]}
		for _, a := range p.Asks {
			if a.Met() {
				p.Met++
			}
		}
		switch {
		case len(p.Asks) == 0:
			m.Unnamed++
		case mine:
			if m.Standing.Level.Key == "" || l.Position > m.Standing.Level.Position {
				p.Up = true
				m.Up = append(m.Up, p)
			}
		case nearest == nil || p.Missing() <= nearest.Missing():
			nearest = &p // of two that are as near, the later level
		}
	}
	if nearest != nil {
		m.Across = append(m.Across, *nearest)
	}
}

// asksByPlace are the expectations that name a skill, with what the actor has of each.
func asksByPlace(tx *db.Tx, me org.Actor, roles []expectation.Role) (map[Look][]PathAsk, error) {
	all, err := expectation.AllSkills(tx, me)
	if err != nil {
		return nil, err
	}
	mine, err := plan.SkillsOf(tx, me, me.Person)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, k := range mine {
		names = append(names, k.Name)
	}
	for _, a := range all {
		names = append(names, a.Skill)
	}
	joined, err := skill.Join(tx, me, names)
	if err != nil {
		return nil, err
	}
	has := map[string]int64{}
	for _, k := range mine {
		has[joined.Key(k.Name)] = max(has[joined.Key(k.Name)], k.Level)
	}
	positions := map[db.ID]map[string]int64{}
	for _, r := range roles {
		positions[r.ID] = map[string]int64{}
		for _, l := range r.Levels {
			positions[r.ID][l.Key] = l.Position
		}
	}
	asks := map[Look][]PathAsk{}
	for _, a := range all {
		position, known := positions[a.Role][a.Level]
		if !known {
			continue
		}
		level, inPlan := has[joined.Key(a.Skill)]
		look := Look{Role: a.Role, Position: position}
		asks[look] = append(asks[look], PathAsk{a.Skill, a.Asked, level, inPlan})
	}
	return asks, nil
}

// people finds, for each path, who has that role and offered to be asked about it.
func (m *Map) people(tx *db.Tx, me org.Actor) error {
	offering, err := Offering(tx, me)
	if err != nil || len(offering) == 0 {
		return err
	}
	stands, err := expectation.StandingsOf(tx, me, offering)
	if err != nil {
		return err
	}
	of := map[db.ID][]org.Person{}
	for _, p := range offering {
		if s := stands[p.ID]; s.Known && p.ID != me.Person {
			of[s.Role.ID] = append(of[s.Role.ID], p)
		}
	}
	for _, paths := range [][]Path{m.Up, m.Across} {
		for i := range paths {
			paths[i].People = of[paths[i].Look.Role]
		}
	}
	return nil
}
