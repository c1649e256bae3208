// Package mail sends mail: through a mail server, or into the log where there is none yet.
package mail

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"regexp"
	"strings"
	"time"
	"unicode"
)

// A Message is one mail to one person.
type Message struct {
	To      string // the address alone: ida@example.org
	Subject string // holds nothing that people wrote: it is shown on locked screens
	Text    string
	HTML    string // the same again for programs that show HTML; may be empty

	// Calendar is an invitation (RFC 6047), with the method that stands in it too: REQUEST, CANCEL. May be empty.
	Calendar []byte
	Method   string

	// Off is the address that turns off mails of this kind, for the receiver: opened it asks, posted to it does (RFC 8058).
	// Empty for codes, which their receivers ask for.
	Off string
	// Code says that somebody asked for this mail and waits for what stands in it. It is sent also where mail came back from.
	Code bool

	// ID and Date stay the same each time the message is sent again, so that whoever receives it
	// twice can tell that it is one. ID is letters, digits, dots, dashes and underscores.
	ID   string
	Date time.Time
}

// A Sender sends one message. Send may be repeated with the same message after any error but ErrRefused.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// ErrRefused says that sending this message again cannot help: its address does not exist, say.
// Every other error may pass: the server was away, or asked to be left alone for a while.
var ErrRefused = errors.New("mail refused for good")

// check refuses what could not become a mail, or could become another mail than was meant.
func (m Message) check() error {
	switch address, err := netmail.ParseAddress(m.To); {
	case err != nil || address.Name != "" || address.Address != m.To:
		return fmt.Errorf("%w: the receiver is not a mail address", ErrRefused)
	case !idForm.MatchString(m.ID):
		return fmt.Errorf("%w: %q cannot be part of a Message-ID", ErrRefused, m.ID)
	case strings.ContainsFunc(m.Off, func(r rune) bool { return r <= ' ' || r == '<' || r == '>' || r > '~' }):
		return fmt.Errorf("%w: the address that turns it off is none", ErrRefused)
	case m.Subject == "" || m.Text == "" || m.Date.IsZero():
		return fmt.Errorf("%w: message %s lacks a subject, a text or a date", ErrRefused, m.ID)
	case len(m.Calendar) > 0 && !methodForm.MatchString(m.Method):
		return fmt.Errorf("%w: %q is no method of a calendar", ErrRefused, m.Method)
	}
	return nil
}

var idForm = regexp.MustCompile(`^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$`)

var methodForm = regexp.MustCompile(`^[A-Z]+$`)

// oneLine makes line breaks and other control characters into spaces: what follows a line break
// in a header would be read as another header.
func oneLine(s string) string {
	fields := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) })
	return strings.ToValidUTF8(strings.Join(fields, " "), "\uFFFD")
}
