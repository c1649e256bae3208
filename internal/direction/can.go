package direction

import (
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// isFor narrows directions to those that are for the actor: $1 the organisation, $2 the person, $3
// their department, folded, $4 whether they administer.
//
// The organisation's is for everybody in it; that of a department for the people in it, and for
// administrators, who write it; a manager's for everybody below them in the line. What was ended
// or brought along is for its author alone.
const isFor = `(d.author_id = $2 or d.ended_at is null and not d.brought_along and (
	d.scope = 'organisation'
	or d.scope = 'department' and (d.department_key = $3 or $4)
	or d.scope = 'manager' and d.author_id in (select id from above)))`

// forReader finds the ids of the directions that are for the actor, and perhaps of some that were ended.
const forReader = `
	select id from directions where organisation_id = $1 and scope = 'organisation' and department_key = '' and ended_at is null
	union all select id from directions where organisation_id = $1 and scope = 'department' and department_key = $3 and ended_at is null
	union all select id from directions where organisation_id = $1 and scope = 'department' and $4 and ended_at is null
	union all select id from directions where organisation_id = $1 and author_id in (select id from above)
	union all select id from directions where organisation_id = $1 and author_id = $2`

// withAbove names the managers above the actor: $5 how far up at most.
const withAbove = `
	with recursive above (id, distance) as (
		select manager_id, 1 from reporting_lines where organisation_id = $1 and person_id = $2 and ended_at is null
		union all
		select l.manager_id, above.distance + 1
		from above join reporting_lines l on l.organisation_id = $1 and l.person_id = above.id and l.ended_at is null
		where above.distance < $5
	)`

const mostAbove = 100

type reader struct {
	person     db.ID
	department string
}

// readerOf is the actor as a reader: nobody for an operator, and for somebody who has left.
func readerOf(tx *db.Tx, me org.Actor) (reader, error) {
	if me.Viewer() == "" {
		return reader{}, nil
	}
	p, err := org.Me(tx, me)
	department := org.Fold(p.Department)
	if department == "" {
		department = "\n" // a department that nobody is in
	}
	return reader{me.Person, department}, err
}

// Can says for whom somebody may write a direction.
type Can struct {
	Organisation bool
	Departments  []string // by name
	Manager      bool
}

// Any tells whether they may write any.
func (c Can) Any() bool { return c.Organisation || c.Manager || len(c.Departments) > 0 }

// MayWrite says for whom the actor may write: an administrator for the organisation and for every
// department, the head of a department for it, and whoever has reports for these.
//
// A head is whoever has a report in the department they are in, and no manager in it.
func MayWrite(tx *db.Tx, me org.Actor) (Can, error) {
	var c Can
	if me.Person == "" {
		return c, problem.NotFound
	}
	if me.Left {
		return c, problem.Refused("You have left this organisation: what is yours can be read and exported, and no longer changed here.")
	}
	reports, err := org.Reports(tx, me)
	if err != nil {
		return c, err
	}
	c.Organisation, c.Manager = me.Administrator, len(reports) > 0
	if me.Administrator {
		c.Departments, err = departments(tx, me)
		return c, err
	}
	p, err := org.Me(tx, me)
	if err != nil || p.Department == "" {
		return c, err
	}
	inIt := func(o org.Person) bool { return org.Fold(o.Department) == org.Fold(p.Department) }
	if !slices.ContainsFunc(reports, inIt) {
		return c, nil
	}
	lead, err := org.ManagerOf(tx, me)
	if err == problem.NotFound || err == nil && !inIt(lead) {
		c.Departments, err = []string{p.Department}, nil
	}
	return c, err
}

const mostDepartments = 500

// departments lists the departments in which somebody is, each once.
func departments(tx *db.Tx, me org.Actor) ([]string, error) {
	all, err := db.List(tx, db.Scanned[string], `
		select department from people
		where organisation_id = $1 and left_at is null and department <> ''
		group by department order by department limit $2`, me.Organisation, mostDepartments)
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(name string) bool {
		key := org.Fold(name)
		defer func() { seen[key] = true }()
		return seen[key]
	}), err
}

func (c Can) write(scope Scope, department string) bool {
	switch scope {
	case Organisation:
		return c.Organisation
	case Manager:
		return c.Manager
	}
	return scope == Department && slices.ContainsFunc(c.Departments, func(d string) bool { return org.Fold(d) == org.Fold(department) })
}

// MayChange tells whether the actor may change a direction that they see.
func MayChange(tx *db.Tx, me org.Actor, d Direction) (bool, error) {
	if me.Left {
		return false, nil
	}
	c, err := MayWrite(tx, me)
	return c.change(me, d), err
}

func (c Can) change(me org.Actor, d Direction) bool {
	if d.Brought || !d.EndedAt.IsZero() {
		return false
	}
	if d.Scope == Manager {
		return d.Author == me.Person
	}
	return c.write(d.Scope, d.Department)
}
