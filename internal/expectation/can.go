package expectation

import (
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Every reading of a role is narrowed by one of these. In both $1 is the organisation and $2 the
// id under which the actor reads: none for somebody who has left, who so sees no role at all.
//
// What is the organisation's is seen by everybody in it. What a manager wrote is seen by them
// and by the people who report to them, for as long as they do.
const (
	roleStands = "cast($2 as text) is not null and r.id in (" + organisations + " union all " + fromMyManagers + ")"
	roleSeen   = "(cast($2 as text) is not null and (r.author_id is null or r.author_id = $2 or not r.brought_along and " + fromMyManager + "))"

	organisations  = "select id from roles where organisation_id = $1 and author_id is null and retired_at is null"
	fromMyManagers = "select w.id from reporting_lines m" +
		" join roles w on w.organisation_id = m.organisation_id and w.author_id = m.manager_id and w.retired_at is null and not w.brought_along" +
		" where m.organisation_id = $1 and m.person_id = $2 and m.ended_at is null"

	fromMyManager = "exists (select 1 from reporting_lines m where m.organisation_id = $1 and m.person_id = $2 and m.manager_id = r.author_id and m.ended_at is null)"
)

// mayWrite refuses those who are nobody here, and those who have left.
func mayWrite(me org.Actor) error {
	if me.Person == "" {
		return problem.NotFound
	}
	if me.Left {
		return problem.Refused("You have left this organisation: what is yours can be read and exported, and no longer changed here.")
	}
	return nil
}
