package account

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// UnscopedBounced marks an address that leads nowhere, as a mail server said with its status (5.1.1),
// where it is somebody's here. Nothing is sent there any more until a code that goes there was typed
// in: see UnscopedLeadsNowhere. A mail from before it was first confirmed says nothing.
func UnscopedBounced(tx *db.Tx, address, status string, sent time.Time) error {
	_, err := tx.Exec(`
		insert into bounced_addresses (address, at, status)
		select $1, $2, $3 from (select 1) as one
		where exists (select 1 from addresses where address = $1 and confirmed_at <= $4)
			or not exists (select 1 from addresses where address = $1) and exists (select 1 from people where email = $1)
		on conflict (address) do nothing`, org.FoldAddress(address), tx.Now(), status, sent)
	return err
}

// UnscopedLeadsNowhere tells whether mail came back from the address.
func UnscopedLeadsNowhere(tx *db.Tx, address string) (bool, error) {
	var n int64
	err := tx.Get("select count(*) from bounced_addresses where address = $1", org.FoldAddress(address)).Scan(&n)
	return n > 0, err
}

// arrived notes that a code reached the address.
func arrived(tx *db.Tx, address string) error {
	_, err := tx.Exec("delete from bounced_addresses where address = $1", address)
	return err
}
