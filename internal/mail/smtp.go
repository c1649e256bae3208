package mail

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// SMTP sends through a mail server. Many may send at once, each over a connection of their own, which
// is kept open for the next.
type SMTP struct {
	host     string
	from     *netmail.Address
	options  []gomail.Option
	trusting *x509.CertPool // nil: whom this machine trusts

	mu      sync.Mutex
	idle    []*connection // the one used last at the end
	tidying *time.Timer   // nil: there is nothing to tidy
}

// sendTimeout bounds the whole conversation with the server for one mail.
const sendTimeout = time.Minute

// NewSMTP reads the address of a mail server:
//
//	smtp://user:password@mail.example.org:587?from=Ownward+<ownward@example.org>
//	smtps://user:password@mail.example.org?from=ownward@example.org
//
// The connection is encrypted: smtps from the start, smtp by STARTTLS, without which nothing is sent. To a server on this machine
// smtp goes in the clear unless tls=starttls is said; to any other only when tls=none is said, and never with a password.
func NewSMTP(address string) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return nil, errors.New("the mail server must be an address like smtp://user:password@mail.example.org:587?from=ownward@example.org")
	}
	from, err := netmail.ParseAddress(u.Query().Get("from"))
	if err != nil {
		return nil, errors.New("the mail server's address must end in ?from= and the mail address that Ownward writes from")
	}
	s := &SMTP{host: u.Hostname(), from: from}
	encrypted, err := s.secure(u.Scheme, u.Query().Get("tls"))
	if err != nil {
		return nil, err
	}
	if err := s.signIn(u.User, encrypted); err != nil {
		return nil, err
	}
	if u.Port() != "" {
		port, err := strconv.Atoi(u.Port())
		if err != nil {
			return nil, fmt.Errorf("the port of the mail server: %w", err)
		}
		s.options = append(s.options, gomail.WithPort(port))
	}
	s.options = append(s.options, gomail.WithTimeout(sendTimeout), gomail.WithoutNoop(), gomail.WithoutRset())
	_, err = gomail.NewClient(s.host, s.options...)
	return s, err
}

// secure chooses how the connection is encrypted, and the usual port of that way.
func (s *SMTP) secure(scheme, wanted string) (encrypted bool, err error) {
	switch {
	case scheme == "smtps" && wanted == "":
		s.options = append(s.options, gomail.WithSSL(), gomail.WithPort(465))
		return true, nil
	case scheme == "smtp" && (wanted == "starttls" || wanted == "" && !loopback(s.host)):
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.TLSMandatory), gomail.WithPort(587))
		return true, nil
	case scheme == "smtp" && (wanted == "none" || wanted == ""):
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.NoTLS), gomail.WithPort(25))
		return false, nil
	}
	return false, errors.New("the mail server must be smtps://... without tls, or smtp://... with tls=starttls, tls=none or none of them")
}

func (s *SMTP) signIn(who *url.Userinfo, encrypted bool) error {
	if who == nil {
		return nil
	}
	way := gomail.SMTPAuthAutoDiscover
	if !encrypted {
		if !loopback(s.host) {
			return errors.New("the password of the mail server would travel in the clear: leave tls=none out")
		}
		way = gomail.SMTPAuthPlainNoEnc
	}
	password, _ := who.Password()
	s.options = append(s.options, gomail.WithSMTPAuth(way), gomail.WithUsername(who.Username()), gomail.WithPassword(password))
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Send hands the message to the mail server. The error is ErrRefused when the server says that
// another attempt cannot help; a wrong password can be mended, so that is another error.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	if err := m.check(); err != nil {
		return err
	}
	written, err := s.write(m)
	if err != nil {
		return fmt.Errorf("%w: write message %s: %w", ErrRefused, m.ID, err)
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	for {
		c, err := s.connect(ctx)
		if err != nil {
			return s.failed(err)
		}
		// A server may hang up on who says nothing for a while: then a new connection is tried.
		again := c.used
		if err = s.sendOver(ctx, c, written); err == nil || written.IsDelivered() { // what fails after the server took it does not matter
			return nil
		}
		var answer *gomail.SendError
		answered := errors.As(err, &answer) && answer.ErrorCode() != 0 && answer.ErrorCode() != 421
		if answered || !again || ctx.Err() != nil {
			return s.failed(err)
		}
	}
}

// sendOver sends the mail over the connection, which is kept for the next where it may be used again.
func (s *SMTP) sendOver(ctx context.Context, c *connection, m *gomail.Msg) error {
	hangUp := context.AfterFunc(ctx, func() { _ = c.Close() })
	err := c.Send(m)
	if !hangUp() {
		return errors.Join(err, ctx.Err())
	}
	if err != nil {
		go c.Close()
		return err
	}
	s.free(c)
	return nil
}

// forGood tells an answer about this mail (RFC 5321, 4.2.1) from those about how we signed in (RFC 4954, 6).
func forGood(code int) bool {
	switch code {
	case 530, 534, 535, 538:
		return false
	}
	return code >= 500 && code < 600
}

// From is the mailbox that mail is written from, and that answers come to.
func (s *SMTP) From() netmail.Address { return *s.from }

func (s *SMTP) write(m Message) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := msg.FromFormat(oneLine(s.from.Name), s.from.Address); err != nil {
		return nil, err
	}
	if err := msg.To(m.To); err != nil {
		return nil, err
	}
	_, domain, _ := strings.Cut(s.from.Address, "@")
	msg.SetMessageIDWithValue(m.ID + "@" + domain)
	msg.SetDateWithValue(m.Date.UTC())
	msg.Subject(oneLine(m.Subject))
	// No robot answers a mail that says a robot sent it (RFC 3834).
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	if m.Off != "" {
		msg.SetGenHeader("List-Unsubscribe", "<"+m.Off+">")
		msg.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return msg, m.enclose(msg)
}

// enclose adds the calendar twice: as the last of the alternatives, where Gmail and Outlook look for an invitation and
// programs that know none show the one before it; and as a file for those that look for one alone.
func (m Message) enclose(msg *gomail.Msg) error {
	if len(m.Calendar) == 0 {
		return nil
	}
	msg.AddAlternativeString(gomail.ContentType("text/calendar; method="+m.Method), string(m.Calendar), gomail.WithPartEncoding(gomail.EncodingB64))
	return msg.AttachReader("invite.ics", bytes.NewReader(m.Calendar), gomail.WithFileContentType("application/ics"))
}
