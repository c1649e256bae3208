package mentorship

import (
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// TakeBack undoes a pairing that neither of the two began, such as one of a matching round, before they
// have met: of two who wrote nothing, agreed nothing and planned nothing, no trace is left; else it ends, and what they wrote
// stays with them, and sessions that are still to come are cancelled. The place is free again, and since neither of the two
// ended it, nothing is noted as its reason.
func TakeBack(tx *db.Tx, me org.Actor, place db.ID) error {
	m, err := db.One(tx, scanMentorship, selectMentorship+"where m.organisation_id = $1 and m.id = $2", me.Organisation, place)
	if err == problem.NotFound || err == nil && m.State == Ended {
		return nil
	}
	if err != nil {
		return err
	}
	if err := conversation.UnscopedTakeOff(tx, me, m.Thing(), "select conversation_id from mentorship_sessions where organisation_id = $1 and mentorship_id = $2"); err != nil {
		return err
	}
	if err := m.end(tx, me.Organisation, ""); err != nil {
		return err
	}
	if err := m.happened(tx, me, "mentorship taken back"); err != nil {
		return err
	}
	var kept int64
	if err := tx.Get(`
		select (select count(*) from mentorship_texts where organisation_id = $1 and mentorship_id = $2)
			+ (select count(*) from mentorship_sessions where organisation_id = $1 and mentorship_id = $2)
			+ (select count(*) from shares where organisation_id = $1 and mentorship_id = $2)`, me.Organisation, place).Scan(&kept); err != nil {
		return err
	}
	if kept > 0 || m.Revision > 1 || m.mentorAgreed > 0 || m.menteeAgreed > 0 {
		return nil
	}
	if _, err := tx.Exec("delete from mentorships where organisation_id = $1 and id = $2", me.Organisation, place); err != nil {
		return err
	}
	return mentor.Unmake(tx, me.Organisation, place)
}
