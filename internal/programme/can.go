package programme

import (
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// known narrows programmes to those that the actor knows of: $1 the organisation, $2 the actor, who is nobody
// once they left. A draft is its poster's.
const known = "p.organisation_id = $1 and $2 <> '' and (p.state <> 'draft' or p.posted_by_id = $2)"

// yours tells whether the actor looks after a programme that they know of: $3 whether they keep programmes.
const yours = "(p.posted_by_id = $2 or $3)"

// decides narrows places to those that the actor says yes or no to: $1 the organisation, $2 the actor, $3 whether
// they keep programmes. Whoever posted the programme does, or programme owners where the poster has left or wants
// the seat; where it costs money, the owner of the budget, for what the owner wants the second one, or where none is named
// the owner's manager. Nobody does for themselves, and nobody but the one whom the page names to who signs up.
const decides = `pl.person_id <> $2 and (
	p.decides = 'poster' and (p.posted_by_id = $2 or $3 and (w.left_at is not null or p.posted_by_id = pl.person_id))
	or p.decides = 'budget' and exists (select 1 from budgets b
		where b.organisation_id = pl.organisation_id and b.id = p.budget_id and (b.owner_id = $2
			or b.owner_id = pl.person_id and (b.second_id = $2 or b.second_id is null and exists (select 1 from reporting_lines l
				where l.organisation_id = pl.organisation_id and l.person_id = pl.person_id and l.manager_id = $2 and l.ended_at is null)))))`

// reads narrows places to those that the actor reads: their own, those that they decided, those that wait for their
// answer, and where nobody decided those of what they posted whose person told them what came of it.
const reads = "pl.organisation_id = $1 and (pl.person_id = $2 or pl.state <> 'withdrawn' and (pl.decided_by_id = $2 or pl.state = 'asked' and " + decides + `
	or pl.decided_by_id is null and p.posted_by_id = $2 and exists (select 1 from programme_looks t
		where t.organisation_id = pl.organisation_id and t.place_id = pl.id and t.told_at is not null)))`

// readsWords tells of a place that the actor, $2, reads whether they read what its person wrote with it too: their own, and
// what was written for them, or for programme owners. Whoever comes to answer in somebody's place does not.
const readsWords = `(pl.person_id = $2 or pl.written_for_id = $2
	or pl.written_for_id is null and pl.waits_for = 'programme owners' and (pl.decided_by_id = $2 or pl.state = 'asked'))`

const (
	youHaveLeft = problem.Refused("You have left this organisation: what is yours can be read and exported, and no longer changed here.")
	isOver      = problem.Refused("This programme is over.")
	noManager   = problem.Refused("Programme owners post in the catalogue. Who leads people can post stretch assignments and special projects there.")
	ownYes      = problem.Refused("Nobody says yes to a seat for themselves.")
)

// MayPost lists the kinds that the actor may post.
func MayPost(tx *db.Tx, me org.Actor) ([]Kind, error) {
	switch {
	case me.Left || me.Person == "":
		return nil, nil
	case me.KeepsProgrammes():
		return Kinds, nil
	}
	leads, err := org.HasReports(tx, me)
	if err != nil || !leads {
		return nil, err
	}
	return ManagersKinds, nil
}

func mayPost(tx *db.Tx, me org.Actor, kind Kind) error {
	if me.Left {
		return youHaveLeft
	}
	may, err := MayPost(tx, me)
	switch {
	case err != nil:
		return err
	case len(may) == 0:
		return noManager
	case slices.Contains(Kinds, kind) && !slices.Contains(may, kind):
		return problem.Invalid{"kind": "You can post stretch assignments and special projects. Programme owners post the others."}
	}
	return nil
}

// mine finds a programme that the actor looks after.
func mine(tx *db.Tx, me org.Actor, id db.ID) (Programme, error) {
	if me.Left {
		return Programme{}, youHaveLeft
	}
	p, err := ByID(tx, me, id)
	if err == nil && !p.Yours {
		err = problem.NotFound
	}
	return p, err
}
