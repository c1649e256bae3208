package account

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// TurnOff turns off what a mail of this package named. It gives the kind of nothing else.
//
// Errors: problem.NotFound where there is nobody to keep it from.
func TurnOff(tx *db.Tx, what mail.Off) error {
	list, args := "select email from people where organisation_id = $1 and id = $2 and email <> ''", []any{what.Organisation, what.Receiver}
	if what.Kind == AboutAddresses {
		list, args = "select address from addresses where account_id = $1", []any{what.Receiver}
	}
	addresses, err := db.List(tx, db.Scanned[string], list, args...)
	if err != nil {
		return err
	}
	if len(addresses) == 0 {
		return problem.NotFound
	}
	for _, address := range addresses {
		if err := mail.Quiet(tx, address, what.Kind); err != nil {
			return err
		}
	}
	return nil
}

// WantsNoneAboutAddresses tells whether the actor turned off mails about their addresses, which only
// a link in such a mail does: whoever gets at an open browser cannot.
func WantsNoneAboutAddresses(tx *db.Tx, me org.Actor) (bool, error) {
	var n int64
	err := tx.Get(`
		select count(*) from quiet_addresses q join addresses a on a.address = q.address
		where a.account_id = $1 and q.kind = $2`, me.Account, AboutAddresses).Scan(&n)
	return n > 0, err
}

// WantMailAboutAddresses turns them on again.
func WantMailAboutAddresses(tx *db.Tx, me org.Actor) error {
	_, err := tx.Exec(`
		delete from quiet_addresses
		where kind = $2 and address in (select address from addresses where account_id = $1)`, me.Account, AboutAddresses)
	return err
}
