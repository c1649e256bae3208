package account

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/problem"
)

// The kinds of jobs of this package.
const (
	codeMail       = "sign-in mail"
	invitationMail = "invitation mail"
	newAddressMail = "new address mail"
	addressMail    = "address added mail"
)

// UrgentJobs are the kinds whose mails somebody waits for; OtherMails those that can wait their turn.
var (
	UrgentJobs = []string{codeMail}
	OtherMails = []string{invitationMail, newAddressMail, addressMail}
)

// Jobs are the mails of this package, sent by the sender. Base is where the installation is
// reached from outside, without a slash at its end.
func Jobs(sender mail.Sender, base string) map[string]job.Do {
	send := func(write func(tx *db.Tx, base string, args job.Args) (mail.Message, error)) job.Do {
		return func(ctx context.Context, d *db.DB, id db.ID, args job.Args) error {
			m, err := db.Write(ctx, d, func(tx *db.Tx) (mail.Message, error) { return write(tx, base, args) })
			if errors.Is(err, problem.NotFound) || err == nil && m.To == "" {
				return nil // nobody to write to, or no longer
			}
			if err != nil {
				return err
			}
			m.ID = "account-" + string(id)
			err = sender.Send(ctx, m)
			if errors.Is(err, mail.ErrRefused) {
				return fmt.Errorf("%w: %w", job.ErrPermanent, err)
			}
			return err
		}
	}
	return map[string]job.Do{
		codeMail:       send(writeCode),
		invitationMail: send(writeInvitation),
		newAddressMail: send(writeNewAddress),
		addressMail:    send(writeAddressAdded),
	}
}

// writeCode makes the code of a sign-in and the mail that carries it. For an address that opens
// nothing it does the same, and the mail goes nowhere.
func writeCode(tx *db.Tx, base string, args job.Args) (mail.Message, error) {
	id := args["sign_in"]
	var address string
	var adds db.ID
	var what purpose
	var madeAt time.Time
	err := tx.Get(`
		select address, purpose_account_id, purpose, made_at from sign_ins
		where id = $1 and used_at is null and expires_at > $2`, id, tx.Now()).Scan(&address, &adds, &what, &madeAt)
	if err != nil {
		return mail.Message{}, err
	}
	code, key := newCode(), rand.Text()
	// A mail that failed may have arrived all the same: its code goes on to count.
	if _, err := tx.Exec("update sign_ins set code_hash = code_hash || ' ' || $1 || ' ' || $2 where id = $3", hashCode(id, code), hashCode(id, inLink(key)), id); err != nil {
		return mail.Message{}, err
	}
	r, err := reached(tx, address)
	if err != nil {
		return mail.Message{}, err
	}
	opens, err := r.anybody(tx)
	if err != nil {
		return mail.Message{}, err
	}
	m := mail.Message{To: address, Subject: "Your code for Ownward", Date: madeAt}
	switch {
	case what == deletion:
		m.Subject = "Your code to delete your account at Ownward"
		m.Text = fmt.Sprintf(deletionText, shown(code), base)
	case adds != "" && r.account != "" && r.account != adds:
		m.Subject = "This address is in use at Ownward"
		m.Text = inUseText
	case adds != "":
		m.Text = codeText(base, "/you/addresses/code", id, code, key)
	case opens:
		m.Text = codeText(base, "/sign-in/code", id, code, key)
	case r.account == "" && len(r.people) > 0:
		m.Subject = "How to sign in to Ownward"
		m.Text = fmt.Sprintf(otherAddressText, base)
	default:
		m.To = ""
	}
	return m, nil
}

func codeText(base, path string, id db.ID, code, key string) string {
	link := base + path + "?" + url.Values{"sign_in": {string(id)}, "code": {code}, "key": {key}}.Encode()
	return fmt.Sprintf(`Your code is

    %s

Type it where you asked for it, or open this page, which fills it in for you:
%s

It works once, within twenty minutes. If you did not ask for it, there is nothing
to do: without it nobody gets in.
`, shown(code), link)
}

const deletionText = `Somebody, probably you, wants to delete your account at Ownward. The code for
that is

    %s

Type it where you asked for it. It works once, within twenty minutes.

If this was not you, somebody has used a browser in which you are signed in:
without the code nothing is deleted. Sign out everywhere else:
%s/you
`

const inUseText = `Somebody, probably you, wanted to add this address to an account at Ownward.
It already belongs to another account. To move it, sign in with it, add another
address there, and remove this one.
`

const otherAddressText = `Somebody, probably you, asked for a code to sign in to Ownward with this
address. Your organisation has it for you, but you have signed in with another
one so far, and only its holder can add this one.

Sign in with the address that you used before, then add this one under
"You and your account":
%s/sign-in
`

func writeInvitation(tx *db.Tx, base string, args job.Args) (mail.Message, error) {
	var m mail.Message
	var organisation, by string
	err := tx.Get(`
		select p.email, o.name, coalesce(b.name, '') from people p
		join organisations o on o.id = p.organisation_id
		left join people b on b.organisation_id = p.organisation_id and b.id = $3
		where p.organisation_id = $1 and p.id = $2 and p.left_at is null and p.account_id is null and p.email <> ''`,
		args["organisation"], args["person"], args["by"]).Scan(&m.To, &organisation, &by)
	if by == "" {
		by = "Whoever looks after it"
	}
	m.Subject, m.Date = "You are invited to Ownward", tx.Now()
	m.Text = fmt.Sprintf(`%s invites you to Ownward at %s.

It is the place for your own growth at work: a plan that is yours, questions
worth asking, and promises that are kept. What you write there is seen by you
alone until you share it.

Sign in with this address, %s:
%s/sign-in

A code is sent to you each time; there is no password.
`, by, organisation, m.To, base)
	return m, err
}

// writeNewAddress goes to the oldest address of the account, since one mail has one receiver.
func writeNewAddress(tx *db.Tx, base string, args job.Args) (mail.Message, error) {
	var m mail.Message
	var organisation, address string
	err := tx.Get(`
		select a.address, o.name, p.email from people p
		join organisations o on o.id = p.organisation_id
		join addresses a on a.account_id = p.account_id
		where p.organisation_id = $1 and p.id = $2 and p.left_at is null
			and not exists (select 1 from addresses n where n.account_id = p.account_id and n.address = p.email)
		order by a.confirmed_at, a.address limit 1`, args["organisation"], args["person"]).Scan(&m.To, &organisation, &address)
	m.Subject, m.Date = "Your organisation has another address for you", tx.Now()
	m.Text = fmt.Sprintf(`%s now has the address %s for you.

You still sign in to Ownward with this one. To sign in with the other as well,
add it under "You and your account" while you can still read mail here:
%s/you

An address that your organisation gives to somebody else stops working for you.
`, organisation, address, base)
	return m, err
}

// writeAddressAdded goes to the oldest address of the account, which whoever added another cannot
// have taken off yet.
func writeAddressAdded(tx *db.Tx, base string, args job.Args) (mail.Message, error) {
	m := mail.Message{Subject: "An address was added to your account at Ownward", Date: tx.Now()}
	err := tx.Get(`
		select address from addresses where account_id = $1
		order by confirmed_at, address limit 1`, args["account"]).Scan(&m.To)
	m.Text = fmt.Sprintf(`Another address was added to your account at Ownward: codes sent there open it
too.

If this was not you, somebody has used a browser in which you are signed in.
Sign out everywhere else and remove the address:
%s/you
`, base)
	return m, err
}
