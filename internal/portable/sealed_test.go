package portable_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/portable"
	"github.com/ownward/ownward/internal/testkit"
)

// post keeps mails; it fails as often as it is told.
type post struct {
	sent  []mail.Message
	fails int
}

// Send keeps the mail.
func (p *post) Send(_ context.Context, m mail.Message) error {
	if p.fails > 0 {
		p.fails--
		return fmt.Errorf("the mail server is away")
	}
	p.sent = append(p.sent, m)
	return nil
}

var codeInMail = regexp.MustCompile(`(?m)^    (\S+)$`)

func TestAnAdministratorGetsAFileThatOnlyThePersonOpens(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		r := newRich(t, s)
		box := &post{fails: 1}
		log := &bytes.Buffer{}
		jobs := job.NewRunner(s.DB, slog.New(slog.NewTextHandler(log, nil)), map[string]job.Do{portable.ExportJob: portable.MakeExport(box)})
		id := testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
			return portable.AskForExport(tx, org.Operator(r.Organisation.ID), r.Ines)
		})
		fetch := func(whose org.Actor) ([]byte, error) {
			return db.Write(t.Context(), s.DB, func(tx *db.Tx) ([]byte, error) { return portable.FetchExport(tx, whose, id) })
		}
		for range 2 { // the first time the mail does not go out
			if content, err := fetch(r.Ines); err != nil || content != nil {
				t.Errorf("there is a file before the code was mailed (%v)", err)
			}
			if _, err := jobs.RunDue(t.Context()); err != nil {
				t.Fatal(err)
			}
			s.Clock.MoveDays(1)
		}
		if len(box.sent) != 1 || box.sent[0].To != "ines@weir.example" {
			t.Fatalf("mails: %+v", box.sent)
		}
		code := codeInMail.FindStringSubmatch(box.sent[0].Text)[1]
		if stored := everything(t, s) + log.String(); strings.Contains(stored, code) {
			t.Errorf("the code stands in the store or in the log: %s", around(stored, code))
		}
		if _, err := fetch(r.Tomas); err == nil {
			t.Error("it was fetched as somebody else's")
		}
		content, err := fetch(r.Ines)
		if err != nil || !portable.Sealed(content) || bytes.Contains(content, []byte("person.json")) {
			t.Fatalf("the file is not encrypted (%v)", err)
		}
		if _, err := fetch(r.Ines); err == nil {
			t.Error("it is still here after it was fetched")
		}
		for _, wrong := range []string{"", "aaaa-aaaa-aaaa-aaaa-aaaa-aaaa", code[:len(code)-1]} {
			if _, err := portable.Open(content, wrong); err == nil {
				t.Errorf("the code %q opened it", wrong)
			}
		}
		for _, typed := range []string{code, strings.ToUpper(code), strings.ReplaceAll(code, "-", " "), " " + strings.ReplaceAll(code, "-", "") + "\n"} {
			plain, err := portable.Open(content, typed)
			if err != nil || !bytes.Equal(plain, export(t, s, r.Ines)) {
				t.Errorf("the code typed as %q did not open it (%v)", typed, err)
			}
		}
	})
}

func TestACodeIsNeverShownInALog(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	log := &bytes.Buffer{}
	logger := slog.New(slog.NewTextHandler(log, nil))
	jobs := job.NewRunner(s.DB, slog.New(slog.NewTextHandler(io.Discard, nil)), map[string]job.Do{portable.ExportJob: portable.MakeExport(mail.Log{Logger: logger})})
	testkit.Do(t, s, func(tx *db.Tx) error {
		_, err := portable.AskForExport(tx, org.Operator(c.Organisation.ID), c.Ines)
		return err
	})
	if _, err := jobs.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if log.Len() > 0 {
		t.Errorf("without a mail server the code goes to the log: %s", log)
	}
}
