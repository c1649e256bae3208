// Package bounce takes what mail servers report of mails of ours that came back.
package bounce

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Take marks the address that a mail of ours came back from, and tells whether the report was about
// one. The mail is known by its Message-ID, which nobody else can guess, and the address must be one
// to which that very mail may have gone: who writes reports of their own can mark their own alone.
//
// A report of a full mailbox, of a delay, or of a mail from before the last month changes nothing.
func Take(tx *db.Tx, b mail.Bounce) (ours bool, err error) {
	_, id, named := strings.Cut(b.ID, "-")
	if !named {
		return false, nil
	}
	var kind, text string
	err = tx.Get("select kind, args from jobs where id = $1", id).Scan(&kind, &text)
	if errors.Is(err, problem.NotFound) {
		return false, nil
	}
	if err != nil || !b.Lasting() {
		return err == nil, err
	}
	var args job.Args
	if err := json.Unmarshal([]byte(text), &args); err != nil {
		return true, err
	}
	if args["link"] != "" {
		return true, link.CameBack(tx, args["organisation"], args["link"])
	}
	may, err := receivers(tx, args)
	if err != nil {
		return true, err
	}
	to := org.FoldAddress(b.Recipient)
	if !slices.Contains(may, to) {
		if len(may) != 1 { // a server that passed it on may name another address
			return true, nil
		}
		to = may[0]
	}
	return true, account.UnscopedBounced(tx, to, b.Status, job.MadeAt(db.ID(id)))
}

// receivers are the addresses to which a mail of the job may have gone.
func receivers(tx *db.Tx, args job.Args) ([]string, error) {
	if args["contact"] != "" {
		return db.List(tx, db.Scanned[string], "select address from invitations where organisation_id = $1 and id = $2 and contact_id = $3 and address <> ''",
			args["organisation"], args["invitation"], args["contact"])
	}
	return db.List(tx, db.Scanned[string], `
		select email from people where organisation_id = $1 and id = $2 and email <> ''
		union select a.address from addresses a join people p on p.account_id = a.account_id where p.organisation_id = $1 and p.id = $2
		union select address from addresses where account_id = $3
		union select address from sign_ins where id = $4`, args["organisation"], args["person"], args["account"], args["sign_in"])
}
