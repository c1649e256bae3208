package portable

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"filippo.io/age"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// ExportJob is the kind of the jobs that make an export which somebody else asked for.
const ExportJob = "person export"

// Plain is the export as the actor alone takes it.
func Plain(tx *db.Tx, me org.Actor) ([]byte, error) {
	f, err := Take(tx, me)
	if err != nil {
		return nil, err
	}
	return f.Zip()
}

// AskForExport asks for an export of a person in the name of an administrator, and gives its id.
// A job encrypts it to a code that it mails to the person: whoever fetches it cannot read it.
// The person sees that it was made.
func AskForExport(tx *db.Tx, by, whose org.Actor) (db.ID, error) {
	if _, err := account.ReachedAt(tx, whose); err != nil {
		return "", err
	}
	id := tx.NewID()
	if _, err := tx.Exec(`
		insert into person_exports (organisation_id, id, person_id, asked_at)
		values ($1, $2, $3, $4)`, whose.Organisation, id, whose.Person, tx.Now()); err != nil {
		return "", err
	}
	if err := event.Record(tx, event.Event{
		Organisation: whose.Organisation, Kind: "person exported", By: by.Person, Thing: event.Thing{Kind: "person", ID: whose.Person},
	}); err != nil {
		return "", err
	}
	return id, job.Enqueue(tx, ExportJob, string(id), tx.Now(), job.Args{"organisation": whose.Organisation, "person": whose.Person, "export": id})
}

// FetchExport gives what AskForExport asked for, once it is made, and removes it here. Without
// content it is still being made.
func FetchExport(tx *db.Tx, whose org.Actor, id db.ID) ([]byte, error) {
	var content []byte
	var readyAt time.Time
	if err := tx.Get(`
		select ready_at, content from person_exports
		where organisation_id = $1 and id = $2 and person_id = $3`, whose.Organisation, id, whose.Person).Scan(&readyAt, &content); err != nil || readyAt.IsZero() {
		return nil, err
	}
	_, err := tx.Exec("delete from person_exports where organisation_id = $1 and id = $2", whose.Organisation, id)
	return content, err
}

func forgetExports(tx *db.Tx, me org.Actor) error {
	_, err := tx.Exec("delete from person_exports where organisation_id = $1 and person_id = $2", me.Organisation, me.Person)
	return err
}

// Tidy removes exports that nobody fetched for a day.
func Tidy(tx *db.Tx) error {
	_, err := tx.Exec("delete from person_exports where asked_at < $1", tx.Now().AddDate(0, 0, -1))
	return err
}

// MakeExport does the jobs of the kind ExportJob. Tried again, it makes another code: the mail that
// came last has the one that counts.
func MakeExport(sender mail.Sender) job.Do {
	return func(ctx context.Context, d *db.DB, id db.ID, args job.Args) error {
		if _, shown := sender.(mail.Log); shown {
			return fmt.Errorf("%w: there is no mail server, and the code must reach the person alone", job.ErrPermanent)
		}
		me, content, to, err := gather(ctx, d, args)
		if errors.Is(err, problem.NotFound) {
			return nil // was fetched, or the person is gone
		}
		if err != nil {
			return err
		}
		code := newCode()
		sealed, err := seal(content, code)
		if err != nil {
			return err
		}
		m := mail.Message{To: to, Subject: "The code for your export from Ownward", Date: d.Now(), ID: "export-" + string(id), Code: true}
		if err := codeLetter(code).Fill(&m); err != nil {
			return err
		}
		err = sender.Send(ctx, m)
		if errors.Is(err, mail.ErrRefused) {
			return fmt.Errorf("%w: %w", job.ErrPermanent, err)
		}
		if err != nil {
			return err
		}
		return db.Do(ctx, d, func(tx *db.Tx) error {
			_, err := tx.Exec(`
				update person_exports set content = $1, ready_at = $2
				where organisation_id = $3 and id = $4`, sealed, tx.Now(), me.Organisation, args["export"])
			return err
		})
	}
}

func codeLetter(code string) mail.Letter {
	return mail.Letter{Parts: []mail.Part{
		mail.Say("Whoever looks after your Ownward made an export of all that is yours there. It is encrypted: nobody can open it without this code."),
		mail.Show(code),
		mail.Say("Ask for the file, and keep it together with this code. To read it, bring it to an installation of Ownward (it asks for the code), or open it with the program age, which takes the code as its passphrase. If this mail came more than once, the last one counts."),
		mail.Say(`If you did not ask for it, there is nothing to do: the file is of no use to anybody without the code. What was done to your account stands on your page "You and your account".`),
	}}
}

// gather reads what goes into an export, and where its code goes.
func gather(ctx context.Context, d *db.DB, args job.Args) (me org.Actor, content []byte, to string, err error) {
	_, err = db.Read(ctx, d, func(tx *db.Tx) (struct{}, error) {
		var waits int64
		if err := tx.Get(`
			select 1 from person_exports
			where organisation_id = $1 and id = $2 and ready_at is null`, args["organisation"], args["export"]).Scan(&waits); err != nil {
			return struct{}{}, err
		}
		if me, err = org.UnscopedActor(tx, args["organisation"], args["person"]); err != nil {
			return struct{}{}, err
		}
		if to, err = account.ReachedAt(tx, me); err != nil {
			return struct{}{}, err
		}
		content, err = Plain(tx, me)
		return struct{}{}, err
	})
	return me, content, to, err
}

// newCode makes a code of 24 letters in groups of four, each as likely as any other: some 110 bits.
func newCode() string {
	const letters = "234679acdefhjkmnpqrtvwxy" // none that is easily read as another
	var b strings.Builder
	for n := 0; n < 24; {
		var one [1]byte
		if _, err := rand.Read(one[:]); err != nil {
			panic(err) // crypto/rand never fails on the systems that Go runs on
		}
		if one[0] >= 240 {
			continue
		}
		if n > 0 && n%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(letters[int(one[0])%len(letters)])
		n++
	}
	return b.String()
}

// workFactor is how hard each guess is. A code is long enough to need no help by this, and to open
// a file must not take the memory of the server.
const workFactor = 10

func seal(content []byte, code string) ([]byte, error) {
	to, err := age.NewScryptRecipient(code)
	if err != nil {
		return nil, err
	}
	to.SetWorkFactor(workFactor)
	var b bytes.Buffer
	w, err := age.Encrypt(&b, to)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}

// Sealed tells whether the content is an encrypted export.
func Sealed(content []byte) bool { return bytes.HasPrefix(content, []byte("age-encryption.org/v1\n")) }

// Open decrypts an export with its code, typed with capitals or without, with dashes or spaces.
func Open(content []byte, code string) ([]byte, error) {
	wrong := problem.Invalid{"code": "This code does not open the file. It stands in the mail that came when the file was made; the last such mail counts."}
	plain := strings.ToLower(strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '\t' {
			return -1
		}
		return r
	}, strings.TrimSpace(code)))
	if plain == "" {
		return nil, problem.Invalid{"code": "This file is encrypted. Please type the code from the mail."}
	}
	var grouped []string
	for ; len(plain) > 4; plain = plain[4:] {
		grouped = append(grouped, plain[:4])
	}
	identity, err := age.NewScryptIdentity(strings.Join(append(grouped, plain), "-"))
	if err != nil {
		return nil, wrong
	}
	identity.SetMaxWorkFactor(workFactor + 4)
	r, err := age.Decrypt(bytes.NewReader(content), identity)
	if err != nil {
		return nil, wrong
	}
	text, err := io.ReadAll(io.LimitReader(r, MostZip+1))
	if err != nil {
		return nil, problem.Refused("The encrypted file is damaged.")
	}
	return text, nil
}
