package main

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/portable"
)

// inStore does something in the store of the installation.
func (i *installation) inStore(what func(tx *db.Tx) error) {
	i.t.Helper()
	store, err := i.flags.Config().OpenStore(i.t.Context())
	if err != nil {
		i.t.Fatal(err)
	}
	if err := errors.Join(db.Do(i.t.Context(), store, what), store.Close()); err != nil {
		i.t.Fatal(err)
	}
}

func (i *installation) exportsPerson(email string) (file string, err error) {
	file = filepath.Join(i.t.TempDir(), "person")
	return file, exportPersonCommand{Email: email, File: file}.Run(i.t.Context(), &i.flags)
}

func (i *installation) importsPerson(file, typed string) (string, error) {
	var out bytes.Buffer
	err := importPersonCommand{File: file, in: strings.NewReader(typed), out: &out}.Run(i.t.Context(), &i.flags)
	return out.String(), err
}

// postOffice takes mails and keeps them.
type postOffice struct{ text chan string }

func (p postOffice) Mail(string, *smtp.MailOptions) error { return nil }
func (p postOffice) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (p postOffice) Reset()                               {}
func (p postOffice) Logout() error                        { return nil }
func (p postOffice) Data(r io.Reader) error {
	content, err := io.ReadAll(r)
	p.text <- string(content)
	return err
}

// newPostOffice serves one until the test ends, and gives its address.
func newPostOffice(t *testing.T) (postOffice, string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := postOffice{make(chan string, 10)}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return p, nil }))
	t.Cleanup(func() { listener.Close() })
	go server.Serve(listener)
	return p, "smtp://" + listener.Addr().String() + "?from=ownward@example.org"
}

func TestAPersonLeavesACompanyWithTheirFileAndLivesOnAlone(t *testing.T) {
	company := newInstallation(t)
	company.imports(crew, importPeopleCommand{})
	company.inStore(func(tx *db.Tx) error {
		found, err := account.UnscopedPeople(tx, "pim@mill.example")
		if err != nil {
			return err
		}
		_, err = plan.AddGoal(tx, found[0].Actor(), plan.GoalText{Title: "Turn the mill"}, org.Origin{})
		return err
	})
	if _, err := company.exportsPerson("pim@mill.example"); err == nil || !strings.Contains(err.Error(), "OWNWARD_MAIL") {
		t.Errorf("without a mail server: %v", err)
	}
	if _, err := company.exportsPerson("nobody@mill.example"); err == nil || !strings.Contains(err.Error(), "nobody here") {
		t.Errorf("for nobody: %v", err)
	}
	office, address := newPostOffice(t)
	company.flags.Mail, company.flags.Address = address, "https://mill.example"
	sealed, err := company.exportsPerson("Pim@mill.example")
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(sealed)
	if err != nil || !portable.Sealed(content) {
		t.Fatalf("the file of somebody in an organisation is not encrypted (%v)", err)
	}
	code := regexp.MustCompile(`(?m)^    (\S+)\r?$`).FindStringSubmatch(<-office.text)[1]

	alone := newInstallation(t)
	if _, err := alone.importsPerson(sealed, "wrong\n"); err == nil || !strings.Contains(err.Error(), "does not open the file") {
		t.Errorf("with a wrong code: %v", err)
	}
	printed, err := alone.importsPerson(sealed, code+"\n")
	if err != nil || !strings.Contains(printed, "1  parts of the plan") || !strings.Contains(printed, "is Pim Zuid's alone now") {
		t.Fatalf("%s (%v)", printed, err)
	}
	plain, err := alone.exportsPerson("pim@mill.example")
	if err != nil {
		t.Fatal(err)
	}
	opened, err := portable.Open(content, code)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := os.ReadFile(plain); err != nil || !bytes.Equal(again, opened) {
		t.Errorf("what comes out alone is not what left the company (%v)", err)
	}
	if _, err := alone.importsPerson(plain, ""); err == nil || !strings.Contains(err.Error(), "nobody here signs in with") {
		t.Errorf("to an account that nobody has confirmed: %v", err)
	}
	alone.inStore(func(tx *db.Tx) error {
		found, err := account.UnscopedPeople(tx, "pim@mill.example")
		if err != nil {
			return err
		}
		_, err = account.UnscopedSignIn(tx, found[0].ID, found[0].Actor().Person, "a test")
		return err
	})
	if printed, err := alone.importsPerson(plain, ""); err != nil || !strings.Contains(printed, "0  parts of the plan (here already: 1)") {
		t.Errorf("twice: %s (%v)", printed, err)
	}
}

func TestRestoreRepeatsDeletions(t *testing.T) {
	mill := newInstallation(t)
	mill.imports(crew, importPeopleCommand{})
	backup := filepath.Join(t.TempDir(), "backup.db")
	if err := (backupCommand{File: backup}).Run(t.Context(), &mill.flags); err != nil {
		t.Fatal(err)
	}
	var pim org.Actor
	mill.inStore(func(tx *db.Tx) error {
		found, err := account.UnscopedPeople(tx, "pim@mill.example")
		if err != nil {
			return err
		}
		pim = found[0].Actor()
		return portable.DeleteAccount(tx, pim, "pim@mill.example")
	})
	line := "2026-11-23T09:00:00Z " + string(pim.Organisation) + " " + string(pim.Person) + "\n"
	if err := os.WriteFile(portable.DeletionsFile(mill.flags.Data), []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (restoreCommand{File: backup}).Run(t.Context(), &mill.flags); err != nil {
		t.Fatal(err)
	}
	mill.inStore(func(tx *db.Tx) error {
		gone, err := org.Forgotten(tx, pim.Organisation, pim.Person)
		if !gone {
			t.Error("the deleted person is back")
		}
		return err
	})
}
