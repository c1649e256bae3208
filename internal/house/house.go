// Package house puts the parts of an installation together: the store, the pages, the jobs,
// the mail. The commands and the tests both start here.
package house

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/activity"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/mailbox"
	"github.com/ownward/ownward/internal/portable"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/seal"
	"github.com/ownward/ownward/internal/web"
)

// Config is what an installation is told.
type Config struct {
	Data       string           // the folder of everything that is kept, without PostgreSQL
	Database   string           // a PostgreSQL address; empty: a SQLite file in Data
	Listen     string           // host:port
	Address    string           // as people reach it, such as https://ownward.example; empty: http:// and Listen
	Mail       string           // the address of a mail server; empty: mail is shown in the log, only on loopback
	MailIMAP   string           // the address of the mailbox to which answers come; empty: none is looked into
	Questions  string           // a folder of the organisation's own question cards
	Activities string           // a folder of the organisation's own kinds of activity
	Secret     string           // of which the key is made that seals what must be kept secret; empty: a file in Data
	Inside     bool             // calendars may be read from within the own network too
	Demo       bool             // an example organisation: sign-in by one click, and no mail leaves
	Clock      func() time.Time // empty: the clock of the machine
}

// House is an installation that is open.
type House struct {
	Config
	DB   *db.DB
	Web  *web.Server
	Jobs *job.Runner
	Mail mail.Sender
	Log  *slog.Logger

	mailbox *mailbox.IMAP // nil: none
}

// key seals what must be kept secret in the store.
func (c Config) key() *seal.Key {
	if c.Secret != "" {
		return seal.FromSecret(c.Secret)
	}
	return seal.InFile(filepath.Join(c.Data, "secret.key"))
}

// DatabaseAddress is where the store is.
func (c Config) DatabaseAddress() string {
	if c.Database != "" {
		return c.Database
	}
	return filepath.Join(c.Data, "ownward.db")
}

// OpenStore opens the store alone, for commands that need nothing else.
func (c Config) OpenStore(ctx context.Context) (*db.DB, error) {
	if c.Clock == nil {
		return db.Open(ctx, c.DatabaseAddress())
	}
	return db.Open(ctx, c.DatabaseAddress(), db.WithClock(c.Clock))
}

// Open opens an installation. Nothing is served and no job is done yet.
func Open(ctx context.Context, config Config, log *slog.Logger) (*House, error) {
	h := &House{Config: config, Log: log}
	if h.Address == "" {
		h.Address = "http://" + h.Listen
	}
	base, err := url.Parse(h.Address)
	if err != nil || base.Host == "" {
		return nil, fmt.Errorf("the address %q is not one that people can open, such as https://ownward.example", h.Address)
	}
	if h.Mail, err = config.sender(log); err != nil {
		return nil, err
	}
	if h.mailbox, err = config.openMailbox(); err != nil {
		return nil, err
	}
	questions, err := question.Open(config.Questions, func(faults []question.Fault) {
		for _, fault := range faults {
			log.Warn("a question card was left out", "file", fault.File, "line", fault.Line, "reason", fault.Reason)
		}
	})
	if err != nil {
		return nil, err
	}
	activities, err := activity.Open(config.Activities)
	if err != nil {
		return nil, err
	}
	for _, fault := range activities.Faults() {
		log.Warn("a kind of activity was left out", "file", fault.File, "line", fault.Line, "reason", fault.Reason)
	}
	if h.DB, err = config.OpenStore(ctx); err != nil {
		return nil, err
	}
	if err := h.repeatDeletions(ctx); err != nil {
		return nil, errors.Join(err, h.DB.Close())
	}
	h.Web, err = web.New(web.Config{
		DB: h.DB, Log: log, Secure: base.Scheme == "https", Demo: config.Demo, Questions: questions, Activities: activities,
		MailInLog: config.Mail == "", Address: h.Address, Key: config.key(),
	})
	if err != nil {
		return nil, errors.Join(err, h.DB.Close())
	}
	h.Jobs = job.NewRunner(h.DB, log, h.jobs())
	h.Jobs.Done, h.Jobs.Lanes, h.Jobs.Rounds = h.Web.CountJob, lanes(), h.rounds()
	return h, nil
}

// repeatDeletions does again what the deletions file says of accounts that are here: somebody has
// restored a backup from before, by whatever means.
func (h *House) repeatDeletions(ctx context.Context) error {
	n, err := portable.Repeat(ctx, h.DB, portable.DeletionsFile(h.Data))
	if n > 0 {
		h.Log.Info("repeated deletions of accounts", "accounts", n)
	}
	return err
}

// keepDeletions writes down, until the context ends, the deletions that other copies of the
// program did on the same store.
func (h *House) keepDeletions(ctx context.Context) {
	each := time.NewTicker(time.Minute)
	defer each.Stop()
	for {
		if err := portable.NoteAll(ctx, h.DB, portable.DeletionsFile(h.Data)); err != nil && ctx.Err() == nil {
			h.Log.Error("write down deletions of accounts", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-each.C:
		}
	}
}

// sender is the way mail goes: through the mail server, or on loopback alone into the log. In an
// example organisation no mail leaves.
func (c Config) sender(log *slog.Logger) (mail.Sender, error) {
	if c.Demo {
		return mail.Nowhere{}, nil
	}
	if c.Mail != "" {
		return mail.NewSMTP(c.Mail)
	}
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", c.Listen, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, errors.New("people sign in with a code by mail, and there is no mail server: set OWNWARD_MAIL=smtp://user:password@host:587?from=ownward@example.com, or listen on 127.0.0.1 alone")
	}
	return mail.Log{Logger: log}, nil
}

// SetUpPath is where an empty installation is set up, made new at each start; empty once that
// is done.
func (h *House) SetUpPath(ctx context.Context) (string, error) {
	token, err := db.Write(ctx, h.DB, account.SetUpLink)
	var done problem.Refused
	switch {
	case errors.As(err, &done):
		return "", nil
	case err != nil:
		return "", err
	}
	return "/setup/" + string(token), nil
}

// Close ends the connections to the store.
func (h *House) Close() error { return h.DB.Close() }

// Serve answers requests and does jobs until the context ends; then it finishes what is under
// way. It tells ready the address once it answers.
func (h *House) Serve(ctx context.Context, ready func(address string)) error {
	listener, err := net.Listen("tcp", h.Listen)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler: h.Web, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute,
		WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(h.Log.Handler(), slog.LevelWarn),
	}
	jobsDone := make(chan struct{})
	go func() {
		defer close(jobsDone)
		h.Jobs.Run(ctx)
	}()
	go h.keepDeletions(ctx)
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	ready(strings.Replace(h.Address, h.Listen, listener.Addr().String(), 1))
	go h.rest(ctx)
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	h.Web.Stop()
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	err = server.Shutdown(finish)
	select {
	case <-jobsDone:
	case <-finish.Done():
		err = errors.Join(err, errors.New("a job was still under way; it will be done again"))
	}
	return err
}
