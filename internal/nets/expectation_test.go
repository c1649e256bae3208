package nets

import (
	"errors"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/direction"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/ladderfile"
	"github.com/ownward/ownward/internal/org"
)

// expectations lets the administrator bring roles in, and the owner, to whom somebody reports for a
// while, measure themselves, write a role and say where they are heading.
func (s *stage) expectations(tx *db.Tx) error {
	me, keeper, below := s.actors[owner], s.actors[admin], s.things["another person"].id
	framework := &ladderfile.File{Framework: "Locks", Roles: []ladderfile.Role{{Key: "engineer", Name: "Engineer", Levels: []ladderfile.Level{
		{Key: "one", Name: "First years", Asks: []ladderfile.Ask{{Skill: "Hydraulics", Level: 2}}}, {Key: "two", Name: "On her own"},
	}}}}
	if _, err := expectation.Import(tx, keeper, framework, "locks.yaml", func(int, int) {}); err != nil {
		return err
	}
	today, err := expectation.Today(tx, me)
	if err != nil {
		return err
	}
	s.things["role"] = thing{id: today.Role.ID, theirs: true}
	a, err1 := expectation.Assess(tx, me, today.Role.ID, "one", expectation.AssessmentInput{Version: 1, Stands: []int64{3}})
	err2 := org.SetManager(tx, keeper, below, me.Person)
	r, err3 := expectation.WriteRole(tx, me, expectation.RoleInput{Name: "Pilot", Levels: "First"})
	d, err4 := direction.Write(tx, me, direction.Input{Scope: direction.Manager, Words: "Fewer gates"})
	err5 := org.SetManager(tx, keeper, below, "")
	return errors.Join(err2, err5, s.keep("assessment", a.ID, err1), s.keep("written role", r.ID, err3), s.keep("level of a written role", "1", nil), s.keep("direction", d.ID, err4))
}

// sendExpectations lets the administrator send a file of expectations and look no further.
func (s *stage) sendExpectations(tx *db.Tx) error {
	id, err := expectation.KeepFile(tx, s.actors[admin], org.SentFile{Name: "keeper.yaml", Content: []byte("role: Keeper\nlevels: [One]\n")})
	s.things["expectation file"] = thing{id: id, owner: admin, theirs: true}
	return err
}

// formsOfExpectations are those of roles, of where somebody stands in them, and of directions.
func formsOfExpectations() map[string]map[string]string {
	return map[string]map[string]string{
		"/expectations/{role}/assessments":       {"version": "1", "level": "1", "stands-0": "2", "note": "In the spring"},
		"/team/expectations":                     {"name": "Harbour pilot", "about": "Brings ships in", "levels": "First"},
		"/team/expectations/{id}":                {"name": "Harbour pilot", "about": "Brings ships in", "levels": "First"},
		"/team/expectations/{id}/levels/{level}": {"about": "With a chief", "lines": "Says no when the weather says no"},
		"/directions":                            {"scope": "manager", "words": "Fewer gates, better kept"},
		"/directions/{id}":                       {"words": "Fewer gates, better kept"},
		"/organisation/expectations":             {"lines": "role: Keeper\nlevels: [One]\n"},
		"/organisation/expectations/jobs":        {"job": "ead0d0d825218aac", "stands": "none"},
		"/organisation/expectations/{id}/import": {"seen": "Keeper: 1 new role."},
	}
}
