package mail

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

func TestNewSMTPReadsTheAddress(t *testing.T) {
	for address, wanted := range map[string]string{
		"smtp://mail.example.org?from=ownward@example.org":                             "",
		"smtps://user:p%40ss@mail.example.org:4465?from=Ownward+<ownward@example.org>": "",
		"smtp://localhost:1025?from=ownward@example.org":                               "",
		"smtp://user:pass@[::1]:1025?from=ownward@example.org":                         "",
		"smtp://mail.example.org?from=ownward@example.org&tls=none":                    "",
		"smtp://user:pass@mail.example.org?from=ownward@example.org&tls=none":          "in the clear",
		"smtp://mail.example.org":                                                      "?from=",
		"smtp://mail.example.org?from=ownward":                                         "?from=",
		"smtp://mail.example.org?from=ownward@example.org&tls=maybe":                   "tls=starttls",
		"smtps://mail.example.org?from=ownward@example.org&tls=none":                   "without tls",
		"http://mail.example.org?from=ownward@example.org":                             "smtps://",
		"mail.example.org:25":                                                          "address like",
		"smtp://mail.example.org:99999?from=ownward@example.org":                       "port",
	} {
		_, err := NewSMTP(address)
		if wanted == "" && err != nil || wanted != "" && (err == nil || !strings.Contains(err.Error(), wanted)) {
			t.Errorf("%s: %v, want %q", address, err, wanted)
		}
		if err != nil && strings.Contains(err.Error(), "pass@") {
			t.Errorf("the error shows the password: %v", err)
		}
	}
}

func TestNothingIsSentToAServerThatCannotEncrypt(t *testing.T) {
	server := listen(t)
	sender := server.senderBy(t, "smtp://"+server.address+"?from=ownward@example.org&tls=starttls")
	if err := sender.Send(t.Context(), hello); err == nil || errors.Is(err, ErrRefused) {
		t.Errorf("got %v, want an error that may pass", err)
	}
	if len(server.mails) > 0 {
		t.Error("it was sent in the clear")
	}
}

func TestMailGoesEncryptedWithAPassword(t *testing.T) {
	certificate, roots := certificate(t)
	for name, c := range map[string]struct {
		address string
		listen  func(net.Listener) net.Listener
	}{
		"by STARTTLS":    {"smtp://user:pass@ADDRESS?tls=starttls&from=ownward@example.org", func(l net.Listener) net.Listener { return l }},
		"from the start": {"smtps://user:pass@ADDRESS?from=ownward@example.org", func(l net.Listener) net.Listener { return tls.NewListener(l, certificate) }},
	} {
		t.Run(name, func(t *testing.T) {
			server := listenBy(t, certificate, c.listen)
			sender := server.senderBy(t, strings.Replace(c.address, "ADDRESS", server.address, 1))
			if err := sender.Send(t.Context(), hello); err == nil {
				t.Error("a server with an unknown certificate got a mail")
			}
			sender.trusting = roots
			if err := sender.Send(t.Context(), hello); err != nil {
				t.Fatal(err)
			}
			if mail := server.only(t); !mail.encrypted || mail.user != "user:pass" {
				t.Errorf("encrypted %t by %s", mail.encrypted, mail.user)
			}
			wrong := server.senderBy(t, strings.Replace(strings.Replace(c.address, "pass", "wrong", 1), "ADDRESS", server.address, 1))
			wrong.trusting = roots
			if err := wrong.Send(t.Context(), hello); err == nil || errors.Is(err, ErrRefused) {
				t.Errorf("a wrong password gives %v, want an error that may pass", err)
			}
		})
	}
}

// A mailServer keeps what it gets.
type mailServer struct {
	*smtp.Server
	address  string
	declines map[string]error // by command: RCPT or DATA
	mu       sync.Mutex
	mails    []received
}

type received struct {
	from, to, user, data string
	encrypted            bool
}

func listen(t *testing.T) *mailServer {
	return listenBy(t, nil, func(l net.Listener) net.Listener { return l })
}

func listenBy(t *testing.T, certificate *tls.Config, wrap func(net.Listener) net.Listener) *mailServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &mailServer{address: listener.Addr().String(), declines: map[string]error{}}
	s.Server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		_, encrypted := c.TLSConnectionState()
		return &session{server: s, mail: received{encrypted: encrypted}}, nil
	}))
	s.TLSConfig = certificate
	s.ErrorLog = quiet{}
	t.Cleanup(func() { s.Close() })
	go s.Serve(wrap(listener))
	return s
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

func (s *mailServer) sender(t *testing.T) *SMTP {
	return s.senderBy(t, "smtp://"+s.address+`?from="Ownward,+here"+<ownward@example.org>`)
}

func (s *mailServer) senderBy(t *testing.T, address string) *SMTP {
	t.Helper()
	sender, err := NewSMTP(address)
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

func (s *mailServer) only(t *testing.T) received {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.mails) != 1 {
		t.Fatalf("%d mails arrived, want 1", len(s.mails))
	}
	return s.mails[0]
}

func send(t *testing.T, s *mailServer, m Message) {
	t.Helper()
	if err := s.sender(t).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
}

// certificate is for 127.0.0.1, with the pool that trusts it.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	web := httptest.NewTLSServer(nil)
	defer web.Close()
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	return &tls.Config{Certificates: web.TLS.Certificates}, roots
}

type session struct {
	server *mailServer
	mail   received
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "pass" {
			return smtp.ErrAuthFailed
		}
		s.mail.user = user + ":" + password
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.mail.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mail.to += to
	return s.server.declines["RCPT"]
}

func (s *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := s.server.declines["DATA"]; err != nil {
		return err
	}
	s.mail.data = string(data)
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.mails = append(s.server.mails, s.mail)
	return nil
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }
