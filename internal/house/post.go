package house

import (
	"context"
	"errors"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mail"
)

// careful sends mail through another sender, but nothing to an address from which mail came back,
// except a code that its holder asked for; and it notes where the server knows no mailbox.
type careful struct {
	mail.Sender
	db *db.DB
}

// Send may say mail.ErrNoMailbox without having asked the server.
func (c careful) Send(ctx context.Context, m mail.Message) error {
	if !m.Code {
		nowhere, err := db.Read(ctx, c.db, func(tx *db.Tx) (bool, error) { return account.UnscopedLeadsNowhere(tx, m.To) })
		if err != nil {
			return err
		}
		if nowhere {
			return mail.ErrNoMailbox
		}
	}
	err := c.Sender.Send(ctx, m)
	if errors.Is(err, mail.ErrNoMailbox) {
		err = errors.Join(err, db.Do(ctx, c.db, func(tx *db.Tx) error {
			return account.UnscopedBounced(tx, m.To, "5.1.1", m.Date)
		}))
	}
	return err
}
