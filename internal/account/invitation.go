package account

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Invite sends a mail to a person that says who invites them and where to sign in; it holds
// nothing that signs in. Administrators only, once a day.
func Invite(tx *db.Tx, me org.Actor, id db.ID) error {
	if !me.Administrator {
		return problem.NotFound
	}
	p, err := org.ByID(tx, me, id)
	if err != nil {
		return err
	}
	switch {
	case !p.LeftAt.IsZero():
		return problem.Refuse("%s has left.", p.Name)
	case p.Email == "":
		return problem.Refuse("%s has no e-mail address here. Write one down first.", p.Name)
	case p.HasAccount():
		return problem.Refuse("%s has signed in already.", p.Name)
	}
	if quiet, err := mail.IsQuiet(tx, p.Email, Invitation); err != nil || quiet {
		return errors.Join(err, problem.Refuse("%s wants no invitation by mail at this address. Tell them yourself where to sign in.", p.Name))
	}
	key := string(me.Organisation) + " " + string(id) + " " + civil.In(tx.Now(), me.Zone).String()
	if err := job.Enqueue(tx, invitationMail, key, tx.Now(), job.Args{"organisation": me.Organisation, "person": id, "by": me.Person}); err != nil {
		return err
	}
	return event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: "person invited", By: me.Person, Thing: event.Thing{Kind: "person", ID: id},
	})
}

// tellOfNewAddress writes to somebody whose organisation now has another address for them, at
// those by which they sign in: the new one does not open their account before they have
// added it themselves.
func tellOfNewAddress(tx *db.Tx, organisation, id db.ID, address string) error {
	var strange int64
	if err := tx.Get(`
		select count(*) from people p
		where p.organisation_id = $1 and p.id = $2 and p.email <> '' and p.left_at is null and p.account_id is not null
			and not exists (select 1 from addresses a where a.account_id = p.account_id and a.address = p.email)`,
		organisation, id).Scan(&strange); err != nil || strange == 0 {
		return err
	}
	sum := sha256.Sum256([]byte(address))
	key := string(organisation) + " " + string(id) + " " + hex.EncodeToString(sum[:8])
	return job.Enqueue(tx, newAddressMail, key, tx.Now(), job.Args{"organisation": organisation, "person": id})
}
