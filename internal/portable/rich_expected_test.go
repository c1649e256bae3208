package portable_test

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/direction"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/ladderfile"
	"github.com/ownward/ownward/internal/org"
)

// expectations are what Ines is measured against, and what she wrote of roles and directions.
func (r rich) expectations() {
	framework := &ladderfile.File{Framework: "Weir", Roles: []ladderfile.Role{
		{Key: "engineer", Name: "Engineer", Levels: []ladderfile.Level{{Key: "one", Name: "One", Asks: []ladderfile.Ask{
			{Key: "g", Skill: "Go", Level: 3, Theme: "Making", Words: "Reads what others wrote"}, {Key: "t", Theme: "Team", Words: "Says early when something slips"},
		}}}, Skills: []ladderfile.Skill{{Name: "Go", Behaviour: [6]string{3: "Finds a race"}}}},
		{Key: "keeper", Name: "Keeper", About: secret, Levels: []ladderfile.Level{{Key: "one", Name: "One", About: secret, Asks: []ladderfile.Ask{{Words: secret}}}}},
	}}
	var roles []expectation.Role
	r.do(func(tx *db.Tx) error {
		if _, err := expectation.Import(tx, r.Ada, framework, "weir.yaml", func(int, int) {}); err != nil {
			return err
		}
		var err error
		roles, err = expectation.Roles(tx, r.Ines)
		return err
	})
	assess := func(me org.Actor, note string) {
		r.do(func(tx *db.Tx) error {
			_, err := expectation.Assess(tx, me, roles[0].ID, "one", expectation.AssessmentInput{Version: 1, Stands: []int64{4, 1}, Note: note})
			return err
		})
	}
	assess(r.Ines, "In the spring of the flood")
	assess(r.Joel, secret)
	r.written(roles[1].ID)
	var heading db.ID
	r.do(func(tx *db.Tx) error {
		d, err := direction.Write(tx, r.Ines, direction.Input{Scope: direction.Manager, Words: "Fewer gates, better kept"})
		if err != nil {
			return err
		}
		if err := direction.Change(tx, r.Ines, d.ID, 1, "Fewer gates, each of them better kept"); err != nil {
			return err
		}
		_, err = direction.Write(tx, r.Joel, direction.Input{Scope: direction.Manager, Words: secret})
		if err == nil {
			r.t.Error("Joel, to whom nobody reports, wrote a direction")
		}
		whole, err := direction.Write(tx, r.Ada, direction.Input{Scope: direction.Organisation, Words: secret})
		heading = whole.ID
		return err
	})
	r.do(func(tx *db.Tx) error { return direction.Change(tx, r.Ada, heading, 1, secret+" again") })
}

// written are the roles that Ines wrote for Joel: an adaptation, and one of her own.
func (r rich) written(keeper db.ID) {
	r.do(func(tx *db.Tx) error {
		adapted, err := expectation.Adapt(tx, r.Ines, keeper)
		if err != nil {
			return err
		}
		return expectation.WriteLevel(tx, r.Ines, adapted.ID, 1, "one", expectation.LevelInput{About: "The first season", Lines: "- " + secret + "\n# Boats\n- Knots: 2. Ties six of them.\n  - Also at night"})
	})
	r.do(func(tx *db.Tx) error {
		own, err := expectation.WriteRole(tx, r.Ines, expectation.RoleInput{Name: "Flood warden", About: "For the winter", Levels: "Warden\nChief warden"})
		if err != nil {
			return err
		}
		if err := expectation.WriteLevel(tx, r.Ines, own.ID, 1, "warden", expectation.LevelInput{About: "With a chief", Lines: "# Night\n- Knots: 3. Blind.\n  - In rain"}); err != nil {
			return err
		}
		return expectation.EndRole(tx, r.Ines, own.ID)
	})
}
