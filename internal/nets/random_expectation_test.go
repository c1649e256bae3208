package nets

import (
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/direction"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/ladderfile"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// expectations lets an administrator bring roles in, say which job stands for one and where the
// organisation and a department are heading; and everybody of the organisation measure themselves
// and, where somebody reports to them, write what they expect.
func (w *world) expectations(t testing.TB, who int) {
	var marks []*mark
	open := func() string {
		m := w.plant(mark{owner: who, open: true})
		marks = append(marks, m)
		return "Text " + m.text
	}
	framework := func() *ladderfile.File {
		asks := []ladderfile.Ask{{Key: open(), Skill: open(), Level: 2, Words: open(), Examples: []string{open()}}, {Theme: open(), Words: open()}}
		role := ladderfile.Role{Key: "keeper", Name: open(), About: open(), Levels: []ladderfile.Level{{Key: "one " + open(), Name: open(), Track: open(), About: open(), Asks: asks}}}
		role.Skills = []ladderfile.Skill{{Name: asks[0].Skill, About: open(), Behaviour: [6]string{2: open()}}}
		return &ladderfile.File{Framework: open(), Roles: []ladderfile.Role{role}}
	}
	var role expectation.Role
	first := framework()
	second := framework()
	second.Framework = first.Framework
	w.do(t, func(tx *db.Tx) error {
		for _, f := range []*ladderfile.File{first, second} {
			if _, err := expectation.Import(tx, w.people[who], f, open(), func(int, int) {}); err != nil {
				return err
			}
		}
		roles, err := expectation.OrganisationRoles(tx, w.people[who])
		role = roles[0]
		return err
	})
	w.keep("role", role.ID, -1)
	w.sendExpectations(t, who)
	for each := range w.people {
		if w.organisation[each] == w.organisation[who] {
			w.measured(t, each, who, role, marks)
		}
	}
	for each := range w.people {
		if w.organisation[each] == w.organisation[who] {
			w.expects(t, each, role)
		}
	}
	w.directed(t, who)
}

// measured lets an administrator say what the job of a person stands for, and them measure themselves: they
// keep a copy of what they were measured against.
func (w *world) measured(t testing.TB, who, admin int, role expectation.Role, marks []*mark) {
	level := role.Levels[0].Key
	w.do(t, func(tx *db.Tx) error {
		p, err := org.ByID(tx, w.people[admin], w.people[who].Person)
		if err != nil {
			return err
		}
		if err := expectation.Match(tx, w.people[admin], p.JobTitle, p.Level, role.ID, level); err != nil {
			return err
		}
		a, err := expectation.Assess(tx, w.people[who], role.ID, level, expectation.AssessmentInput{
			Version: role.Version.Number, Stands: []int64{int64(w.random.IntN(6)), 1}, Note: w.hide(mark{owner: who}),
		})
		w.keep("assessment", a.ID, who)
		return err
	})
	for _, m := range marks {
		m.sides = append(m.sides, who)
	}
}

// expects lets somebody adapt the role for those who report to them, and write one of their own.
func (w *world) expects(t testing.TB, who int, role expectation.Role) {
	me, leads := w.people[who], false
	for each, lead := range w.lead {
		leads = leads || w.line[each] != 0 && lead == who
	}
	if !leads {
		return
	}
	team := func() string { return "Text " + w.plant(mark{owner: who, team: true}).text }
	w.do(t, func(tx *db.Tx) error {
		adapted, err := expectation.Adapt(tx, me, role.ID)
		if err != nil {
			return err
		}
		in := expectation.LevelInput{About: team(), Lines: "# " + team() + "\n" + team() + ": 3. " + team() + "\n  - " + team() + "\n- " + team()}
		if err := expectation.WriteLevel(tx, me, adapted.ID, 1, role.Levels[0].Key, in); err != nil {
			return err
		}
		own, err := expectation.WriteRole(tx, me, expectation.RoleInput{Name: team(), About: team(), Levels: team()})
		if err != nil {
			return err
		}
		d, err := direction.Write(tx, me, direction.Input{Scope: direction.Manager, Words: "Text " + w.plant(mark{owner: who, below: true}).text})
		if err != nil {
			return err
		}
		w.keep("written role", adapted.ID, who)
		w.keep("written role", own.ID, who)
		w.keep("role", adapted.ID, -1) // which whoever guesses its id asks for as for any
		w.keep("role", own.ID, -1)
		w.keep("direction", d.ID, who)
		return direction.Change(tx, me, d.ID, 1, "Text "+w.plant(mark{owner: who, below: true}).text)
	})
	if len(w.things["level of a written role"]) == 0 {
		w.keep("level of a written role", "1", -1)
	}
}

// directed lets an administrator say where the organisation is heading, and the department of a person.
func (w *world) directed(t testing.TB, who int) {
	of := 0
	if w.organisation[who] == 1 {
		of = here
	}
	w.do(t, func(tx *db.Tx) error {
		d, err := direction.Write(tx, w.people[who], direction.Input{Scope: direction.Organisation, Words: "Text " + w.plant(mark{owner: who, open: true}).text})
		if err != nil {
			return err
		}
		w.keep("direction", d.ID, who)
		p, err := org.ByID(tx, w.people[who], w.people[of].Person)
		if err != nil {
			return err
		}
		d, err = direction.Write(tx, w.people[who], direction.Input{Scope: direction.Department, Department: p.Department, Words: "Text " + w.plant(mark{owner: who, here: []int{of}}).text})
		w.keep("direction", d.ID, who)
		return err
	})
}

// sendExpectations lets an administrator send a file and look no further.
func (w *world) sendExpectations(t testing.TB, who int) {
	alone := mark{owner: who}
	w.do(t, func(tx *db.Tx) error {
		id, err := expectation.KeepFile(tx, w.people[who], org.SentFile{
			Name: w.hide(alone), Content: []byte("role: " + w.hide(alone) + "\nabout: " + w.hide(alone) + "\nlevels: [" + w.hide(alone) + "]\n"),
		})
		w.keep("expectation file", id, who)
		return err
	})
}

// serveADirection lets somebody say which direction a goal of theirs serves, of those that are for them.
func (w *world) serveADirection(t testing.TB, who int) {
	w.do(t, func(tx *db.Tx) error {
		seen, err := direction.Seen(tx, w.people[who])
		if err != nil || len(seen) == 0 {
			return err
		}
		return plan.ServeDirection(tx, w.people[who], db.ID(w.of("goal", who)), seen[w.random.IntN(len(seen))].ID)
	})
}
