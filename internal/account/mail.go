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

// What the receivers of mails of this package can turn off, as mail.Off names it.
const (
	Invitation     = "invitation"
	AboutAddresses = "addresses"
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
	m := mail.Message{To: address, Subject: "Your code for Ownward", Date: madeAt, Code: true}
	var l mail.Letter
	switch {
	case what == deletion:
		m.Subject = "Your code to delete your account at Ownward"
		l = deletionLetter(shown(code), base)
	case adds != "" && r.account != "" && r.account != adds:
		m.Subject = "This address is in use at Ownward"
		l = inUseLetter
	case adds != "":
		l = codeLetter(base, "/you/addresses/code", id, code, key)
	case opens:
		l = codeLetter(base, "/sign-in/code", id, code, key)
	case r.account == "" && len(r.people) > 0:
		m.Subject = "How to sign in to Ownward"
		l = otherAddressLetter(base)
	default:
		m.To = ""
	}
	return m, l.Fill(&m)
}

func codeLetter(base, path string, id db.ID, code, key string) mail.Letter {
	link := base + path + "?" + url.Values{"sign_in": {string(id)}, "code": {code}, "key": {key}}.Encode()
	return mail.Letter{Parts: []mail.Part{
		mail.Say("Your code is"),
		mail.Show(shown(code)),
		mail.Say("Type it where you asked for it, or open this page, which fills it in for you:"),
		mail.Lead("Fill it in for me", link),
		mail.Say("It works once, within twenty minutes. If you did not ask for it, there is nothing to do: without it nobody gets in."),
	}}
}

func deletionLetter(code, base string) mail.Letter {
	return mail.Letter{Parts: []mail.Part{
		mail.Say("Somebody, probably you, wants to delete your account at Ownward. The code for that is"),
		mail.Show(code),
		mail.Say("Type it where you asked for it. It works once, within twenty minutes."),
		mail.Say("If this was not you, somebody has used a browser in which you are signed in: without the code nothing is deleted. Sign out everywhere else:"),
		mail.Lead("You and your account", base+"/you"),
	}}
}

var inUseLetter = mail.Letter{Parts: []mail.Part{
	mail.Say("Somebody, probably you, wanted to add this address to an account at Ownward."),
	mail.Say("It already belongs to another account. To move it, sign in with it, add another address there, and remove this one."),
}}

func otherAddressLetter(base string) mail.Letter {
	return mail.Letter{Parts: []mail.Part{
		mail.Say("Somebody, probably you, asked for a code to sign in to Ownward with this address. Your organisation has it for you, but you have signed in with another one so far, and only its holder can add this one."),
		mail.Say(`Sign in with the address that you used before, then add this one under "You and your account":`),
		mail.Lead("Sign in", base+"/sign-in"),
	}}
}

func writeInvitation(tx *db.Tx, base string, args job.Args) (mail.Message, error) {
	var m mail.Message
	var organisation, by string
	err := tx.Get(`
		select p.email, o.name, coalesce(b.name, '') from people p
		join organisations o on o.id = p.organisation_id
		left join people b on b.organisation_id = p.organisation_id and b.id = $3
		where p.organisation_id = $1 and p.id = $2 and p.left_at is null and p.account_id is null and p.email <> ''`,
		args["organisation"], args["person"], args["by"]).Scan(&m.To, &organisation, &by)
	if err != nil {
		return m, err
	}
	if quiet, err := mail.IsQuiet(tx, m.To, Invitation); err != nil || quiet {
		return mail.Message{}, err
	}
	if by == "" {
		by = "Whoever looks after it"
	}
	m.Subject, m.Date = "You are invited to Ownward", tx.Now()
	l := mail.Letter{
		Parts: []mail.Part{
			mail.Say(by + " invites you to Ownward at " + organisation + "."),
			mail.Say("It is the place for your own growth at work: a plan that is yours, questions worth asking, and promises that are kept. What you write there is seen by you alone until you share it."),
			mail.Say("Sign in with this address, " + m.To + ":"),
			mail.Lead("Sign in", base+"/sign-in"),
			mail.Say("A code is sent to you each time; there is no password."),
		},
		Why: "You get this because somebody at " + organisation + " invited you.",
	}
	return m, off(tx, &l, base, &m, mail.Off{Kind: Invitation, Organisation: args["organisation"], Receiver: args["person"]})
}

// off gives the letter the link that turns such mails off, and writes it into the message.
func off(tx *db.Tx, l *mail.Letter, base string, m *mail.Message, what mail.Off) error {
	token, err := what.SignFirst(tx)
	if err != nil {
		return err
	}
	l.Off = base + "/mails/" + token
	return l.Fill(m)
}

// writeNewAddress goes to the oldest address of the account, since one mail has one receiver.
func writeNewAddress(tx *db.Tx, base string, args job.Args) (mail.Message, error) {
	var m mail.Message
	var organisation, address string
	var account db.ID
	err := tx.Get(`
		select a.address, o.name, p.email, p.account_id from people p
		join organisations o on o.id = p.organisation_id
		join addresses a on a.account_id = p.account_id
		where p.organisation_id = $1 and p.id = $2 and p.left_at is null
			and not exists (select 1 from addresses n where n.account_id = p.account_id and n.address = p.email)
		order by a.confirmed_at, a.address limit 1`, args["organisation"], args["person"]).Scan(&m.To, &organisation, &address, &account)
	m.Subject, m.Date = "Your organisation has another address for you", tx.Now()
	if err != nil {
		return m, err
	}
	l := mail.Letter{
		Parts: []mail.Part{
			mail.Say(organisation + " now has the address " + address + " for you."),
			mail.Say(`You still sign in to Ownward with this one. To sign in with the other as well, add it under "You and your account" while you can still read mail here:`),
			mail.Lead("You and your account", base+"/you"),
			mail.Say("An address that your organisation gives to somebody else stops working for you."),
		},
		Why: aboutAddresses,
	}
	return aboutAccount(tx, &l, base, m, account)
}

const aboutAddresses = "You get this because it is about the addresses by which you sign in."

// aboutAccount finishes a mail about the addresses of an account, unless its holder wants none.
func aboutAccount(tx *db.Tx, l *mail.Letter, base string, m mail.Message, account db.ID) (mail.Message, error) {
	if quiet, err := mail.IsQuiet(tx, m.To, AboutAddresses); err != nil || quiet {
		return mail.Message{}, err
	}
	return m, off(tx, l, base, &m, mail.Off{Kind: AboutAddresses, Receiver: account})
}

// writeAddressAdded goes to the oldest address of the account, which whoever added another cannot
// have taken off yet.
func writeAddressAdded(tx *db.Tx, base string, args job.Args) (mail.Message, error) {
	m := mail.Message{Subject: "An address was added to your account at Ownward", Date: tx.Now()}
	err := tx.Get(`
		select address from addresses where account_id = $1
		order by confirmed_at, address limit 1`, args["account"]).Scan(&m.To)
	if err != nil {
		return m, err
	}
	l := mail.Letter{
		Parts: []mail.Part{
			mail.Say("Another address was added to your account at Ownward: codes sent there open it too."),
			mail.Say("If this was not you, somebody has used a browser in which you are signed in. Sign out everywhere else and remove the address:"),
			mail.Lead("You and your account", base+"/you"),
		},
		Why: aboutAddresses,
	}
	return aboutAccount(tx, &l, base, m, args["account"])
}
