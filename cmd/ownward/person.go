package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/portable"
)

type exportCommand struct {
	Person exportPersonCommand `cmd:"" help:"Write all that is a person's to a file: plain in an installation for one, else encrypted to a code that the person receives by mail."`
}

type exportPersonCommand struct {
	Email        string `arg:"" help:"E-mail address of the person."`
	File         string `arg:"" optional:"" help:"New file to write; ownward-person.zip, or ownward-person.zip.age where it is encrypted." type:"path"`
	Organisation string `help:"Name of the organisation, where the person is in several."`
}

// mostWait is how long the command waits until an encrypted export is made and its code mailed.
const mostWait = 2 * time.Minute

// Run writes the export.
func (c exportPersonCommand) Run(ctx context.Context, flags *house.Flags) (err error) {
	store, err := openExisting(ctx, flags)
	if err != nil {
		return err
	}
	whose, plain, err := c.find(ctx, store)
	if err = errors.Join(err, store.Close()); err != nil {
		return err
	}
	h, err := house.Open(ctx, flags.Config(), logger(slog.LevelWarn))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	if !plain && flags.Mail == "" {
		return errors.New("the file is encrypted to a code that the person receives by mail, and there is no mail server: set OWNWARD_MAIL=smtp://user:password@host:587?from=ownward@example.com")
	}
	name := c.File
	if name == "" {
		if name = "ownward-person.zip"; !plain {
			name += ".age"
		}
	}
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	content, err := c.content(ctx, h, whose, plain)
	if err == nil {
		_, err = file.Write(content)
	}
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	if plain {
		fmt.Printf("Written: %s. It opens with any program for zip files; README.md in it says what is what.\n", name)
		return nil
	}
	fmt.Printf("Written: %s. Only the code that was just mailed to %s opens it. Give them the file.\n", name, c.Email)
	return nil
}

// find tells who is meant, and whether the file may be plain: where there is nobody else.
func (c exportPersonCommand) find(ctx context.Context, store *db.DB) (whose org.Actor, plain bool, err error) {
	_, err = db.Read(ctx, store, func(tx *db.Tx) (struct{}, error) {
		found, err := account.UnscopedPeople(tx, c.Email)
		if err != nil {
			return struct{}{}, err
		}
		m, err := one(found, c.Organisation, fmt.Sprintf("there is nobody here with the address %s", c.Email))
		if err != nil {
			return struct{}{}, err
		}
		all, err := org.UnscopedOrganisations(tx)
		whose, plain = m.Actor(), len(all) == 1 && m.Alone
		return struct{}{}, err
	})
	return whose, plain, err
}

// one chooses among the organisations of a person.
func one(found []account.Membership, organisation, nobody string) (account.Membership, error) {
	var names []string
	for _, m := range found {
		if organisation == m.Name || organisation == "" && len(found) == 1 {
			return m, nil
		}
		names = append(names, m.Name)
	}
	if len(names) == 0 {
		return account.Membership{}, errors.New(nobody)
	}
	return account.Membership{}, fmt.Errorf("name the organisation with --organisation: %s", strings.Join(names, "; "))
}

func (c exportPersonCommand) content(ctx context.Context, h *house.House, whose org.Actor, plain bool) ([]byte, error) {
	if plain {
		return db.Read(ctx, h.DB, func(tx *db.Tx) ([]byte, error) { return portable.Plain(tx, whose) })
	}
	id, err := db.Write(ctx, h.DB, func(tx *db.Tx) (db.ID, error) {
		return portable.AskForExport(tx, org.Operator(whose.Organisation), whose)
	})
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(os.Stderr, "Encrypting, and mailing the code ...")
	ctx, cancel := context.WithTimeout(ctx, mostWait)
	defer cancel()
	for {
		content, err := db.Write(ctx, h.DB, func(tx *db.Tx) ([]byte, error) { return portable.FetchExport(tx, whose, id) })
		if err != nil || content != nil {
			return content, err
		}
		// A server that runs beside may do the job as well as this command.
		if did, err := h.Jobs.RunDue(ctx); err != nil || did > 0 {
			if err != nil {
				return nil, err
			}
			continue
		}
		select {
		case <-ctx.Done():
			return nil, errors.New("the code could not be mailed; see above for why, and try again")
		case <-time.After(200 * time.Millisecond):
		}
	}
}

type importPersonCommand struct {
	File         string `arg:"" help:"The zip that the person took along, or the encrypted form of it." type:"existingfile"`
	Email        string `help:"E-mail address by which the person signs in here; without it the one that the file names."`
	Organisation string `help:"Name of the organisation, where the person is in several."`

	in  io.Reader // of tests; standard input without
	out io.Writer // of tests; standard output without
}

// Run imports the file into what is the person's here; an empty installation becomes theirs.
func (c importPersonCommand) Run(ctx context.Context, flags *house.Flags) (err error) {
	if c.in == nil {
		c.in, c.out = os.Stdin, os.Stdout
	}
	f, err := c.read()
	if err != nil {
		return err
	}
	store, err := flags.Config().OpenStore(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	founded := false
	report, err := db.Write(ctx, store, func(tx *db.Tx) (portable.Report, error) {
		all, err := org.UnscopedOrganisations(tx)
		if err != nil {
			return nil, err
		}
		if founded = len(all) == 0; founded {
			return c.found(tx, f)
		}
		return c.bring(tx, f)
	})
	if err != nil {
		return err
	}
	for _, line := range report {
		if line.New+line.Here == 0 {
			continue
		}
		fmt.Fprintf(c.out, "%6d  %s", line.New, line.What)
		if line.Here > 0 {
			fmt.Fprintf(c.out, " (here already: %d)", line.Here)
		}
		fmt.Fprintln(c.out)
	}
	if founded {
		fmt.Fprintf(c.out, "This installation is %s's alone now. Start it with: ownward serve --data %s\n", f.Person.Name, flags.Data)
	}
	return nil
}

// read reads the file, and asks for its code where it is encrypted.
func (c importPersonCommand) read() (portable.File, error) {
	info, err := os.Stat(c.File)
	if err != nil {
		return portable.File{}, err
	}
	if info.Size() > portable.MostZip+portable.MostZip/8 {
		return portable.File{}, fmt.Errorf("%s is larger than %d MB: no export is", c.File, portable.MostZip>>20)
	}
	content, err := os.ReadFile(c.File)
	if err != nil {
		return portable.File{}, err
	}
	if portable.Sealed(content) {
		fmt.Fprint(c.out, "The file is encrypted. The code from the mail: ")
		code, err := bufio.NewReader(c.in).ReadString('\n')
		if err != nil && code == "" {
			return portable.File{}, errors.New("without the code the file cannot be opened")
		}
		if content, err = portable.Open(content, code); err != nil {
			return portable.File{}, err
		}
	}
	return portable.Read(content)
}

func (c importPersonCommand) found(tx *db.Tx, f portable.File) (portable.Report, error) {
	if c.Email != "" {
		f.Person.Email = c.Email
	}
	if !org.ValidAddress(org.FoldAddress(f.Person.Email)) {
		return nil, errors.New("the file names no e-mail address to sign in with: name one with --email")
	}
	_, report, err := portable.UnscopedFound(tx, f)
	return report, err
}

func (c importPersonCommand) bring(tx *db.Tx, f portable.File) (portable.Report, error) {
	address := c.Email
	if address == "" {
		address = f.Person.Email
	}
	found, err := account.UnscopedSignIns(tx, address)
	if err != nil {
		return nil, err
	}
	nobody := fmt.Sprintf("nobody here signs in with the address %q: the person signs in once first, or has another one here, to be named with --email", address)
	m, err := one(found, c.Organisation, nobody)
	if err != nil {
		return nil, err
	}
	return portable.Bring(tx, m.Actor(), f)
}
