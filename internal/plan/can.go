package plan

import (
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Every reading in this package is narrowed by one of these. In all of them $1 is the
// organisation, $2 the actor, and $3 the id under which shares reach the actor.
//
// Journal entries have none: they are found by their owner alone, everywhere.
var (
	textSeen  = "(t.owner_id = $2 or " + sectionShared("t", textSection) + ")"
	valueSeen = "(v.owner_id = $2 or (not v.kept_out and " + sectionShared("v", "v.section") + "))"
	skillSeen = "(k.owner_id = $2 or " + shared("k", "skill") + " or (not k.kept_out and " + sectionShared("k", "'skills'") + "))"
	goalSeen  = "(g.owner_id = $2 or " + shared("g", "goal") + " or (not g.kept_out and " + sectionShared("g", "'goals'") + "))"
	winSeen   = "(w.owner_id = $2 or " + shared("w", "win") + ")"
)

// What somebody is asked to confirm is seen by them, while its owner is here; as declined, by
// nobody. $1 is the organisation, and the last parameter the id under which shares reach the actor.
const (
	askedSeen  = "c.person_id = $3 and c.answer <> 'declined' and p.left_at is null"
	askedWaits = "c.person_id = $2 and c.answer = '' and p.left_at is null"
)

// What somebody is asked about a skill is seen by them while its owner is here: what they answered, and what waits for their answer
// and has not run out. The last parameters are the id under which shares reach the actor, and the time.
const (
	viewAskedSeen = "v.person_id = $3 and v.ended_at is null and p.left_at is null and (v.answered_at is not null or v.expires_at > $4)"
	viewWaits     = "v.person_id = $2 and v.ended_at is null and p.left_at is null and v.answered_at is null and v.expires_at > $3"
)

// shared says that the owner of the row shares this very thing with the viewer.
func shared(row, kind string) string {
	return "exists (select 1 from live_shares s where s.organisation_id = $1 and s.viewer_id = $3" +
		" and s.owner_id = " + row + ".owner_id and s.thing_kind = '" + kind + "' and s.thing_id = " + row + ".id)"
}

// sectionShared says that the owner of the row shares the section of their plan with the viewer.
func sectionShared(row, section string) string {
	return "exists (select 1 from live_shares s where s.organisation_id = $1 and s.viewer_id = $3" +
		" and s.owner_id = " + row + ".owner_id and s.thing_kind = 'plan' and s.thing_id = " + row + ".owner_id and s.section = " + section + ")"
}

// mayWrite refuses those who have no plan here, and those who have left: what is theirs they
// read and take along.
func mayWrite(me org.Actor) error {
	if me.Person == "" {
		return problem.NotFound
	}
	if me.Left {
		return problem.Refused("You have left this organisation: what is yours can be read and exported, and no longer changed here.")
	}
	return nil
}
