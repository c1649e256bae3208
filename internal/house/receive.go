package house

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	netmail "net/mail"
	"time"

	"github.com/ownward/ownward/internal/bounce"
	"github.com/ownward/ownward/internal/calendar"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/mailbox"
)

// pollJob is the work of looking into the mailbox of the installation.
const pollJob = "mailbox"

const pollEvery = 2 * time.Minute

// ErrNotForUs says that a mail is none that a program reads.
var ErrNotForUs = errors.New("only answers to invitations are read here, and reports of mails that did not arrive")

// Receive takes one mail that came to the installation's mailbox. It is the one place where such mails are told apart;
// each kind bears to be taken twice. What it tells of a mail, for the log, names nobody.
//
// Errors: ErrNotForUs, also for what is no mail; any other may pass.
func Receive(ctx context.Context, d *db.DB, raw []byte) (outcome string, err error) {
	m, err := mailbox.Read(bytes.NewReader(raw))
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotForUs, err)
	}
	switch m.Kind {
	case mailbox.Answer:
		return answered(ctx, d, m)
	case mailbox.Report:
		return reported(ctx, d, raw)
	}
	return "", ErrNotForUs
}

// reported takes a report of a mail of ours that came back. One of any other mail is for nobody here.
func reported(ctx context.Context, d *db.DB, raw []byte) (string, error) {
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotForUs, err)
	}
	b, failed := mail.ReadBounce(m.Header, m.Body)
	if !failed {
		return "a report of no failure", nil
	}
	ours, err := db.Write(ctx, d, func(tx *db.Tx) (bool, error) { return bounce.Take(tx, b) })
	if err != nil || ours {
		return "a report of a mail that came back", err
	}
	return "", ErrNotForUs
}

func answered(ctx context.Context, d *db.DB, m mailbox.Mail) (string, error) {
	answer, err := calendar.ReadAnswer(m.Calendar)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotForUs, err)
	}
	outcome, err := db.Write(ctx, d, func(tx *db.Tx) (invitation.Outcome, error) {
		return invitation.Receive(tx, invitation.Arrived{ID: m.ID, From: m.From, Answer: answer})
	})
	return "an answer: " + string(outcome), err
}

// poll looks into the mailbox. What cannot be taken because the store is away stays unseen and comes again; what is for
// nobody here is seen, and stays for whoever looks into the mailbox.
func poll(box *mailbox.IMAP, log *slog.Logger) job.Do {
	return func(ctx context.Context, d *db.DB, _ db.ID, _ job.Args) error {
		if box == nil {
			return nil // none is set any more
		}
		_, err := box.Poll(ctx, func(ctx context.Context, raw []byte) error {
			outcome, err := receiveSafely(ctx, d, raw)
			switch {
			case errors.Is(err, ErrNotForUs):
				log.Info("a mail in the mailbox is none that is read here; it stays there, marked as seen")
			case err != nil:
				return err
			default:
				log.Info("a mail was taken", "outcome", outcome)
			}
			return nil
		})
		return err
	}
}

// receiveSafely keeps one mail that breaks the reading from stopping all that come after it.
func receiveSafely(ctx context.Context, d *db.DB, raw []byte) (outcome string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: panic: %v", ErrNotForUs, p)
		}
	}()
	return Receive(ctx, d, raw)
}

// openMailbox is the mailbox to look into; nil: none is set.
func (c Config) openMailbox() (*mailbox.IMAP, error) {
	if c.MailIMAP == "" || c.Demo {
		return nil, nil
	}
	return mailbox.NewIMAP(c.MailIMAP)
}
