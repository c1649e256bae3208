package mailbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// listen starts a mail server that keeps one mailbox, and gives a way to put a mail into it.
func listen(t *testing.T, wrap func(net.Listener, *tls.Config) net.Listener) (address string, user *imapmemserver.User, roots *x509.CertPool) {
	t.Helper()
	web := httptest.NewTLSServer(nil)
	t.Cleanup(web.Close)
	roots = x509.NewCertPool()
	roots.AddCert(web.Certificate())
	certificate := &tls.Config{Certificates: web.TLS.Certificates}
	store := imapmemserver.New()
	user = imapmemserver.NewUser("ownward", "pass word")
	for _, name := range []string{"INBOX", "Archive"} {
		if err := user.Create(name, nil); err != nil {
			t.Fatal(err)
		}
	}
	store.AddUser(user)
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return store.NewSession(), nil, nil
		},
		TLSConfig: certificate, InsecureAuth: true, Caps: imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapMove: {}},
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	go server.Serve(wrap(listener, certificate))
	return listener.Addr().String(), user, roots
}

func plain(l net.Listener, _ *tls.Config) net.Listener { return l }

type literal struct{ *strings.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

func arrives(t *testing.T, user *imapmemserver.User, text string) {
	t.Helper()
	if _, err := user.Append("INBOX", literal{strings.NewReader(text)}, &imap.AppendOptions{}); err != nil {
		t.Fatal(err)
	}
}

func opened(t *testing.T, address string) *IMAP {
	t.Helper()
	b, err := NewIMAP(address)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEachMailIsHandledOnceAndNoneIsLost(t *testing.T) {
	address, user, _ := listen(t, plain)
	b := opened(t, "imap://ownward:pass%20word@"+address)
	for _, text := range []string{gmail, bounce, outlook} {
		arrives(t, user, text)
	}
	arrives(t, user, "From: a@b.c\r\n\r\n"+strings.Repeat("long", MostBytes/4))
	var got []string
	failing := true
	handle := func(_ context.Context, text []byte) error {
		m, err := Read(strings.NewReader(string(text)))
		if err != nil {
			return err
		}
		if m.Kind == Report && failing {
			return errors.New("the store is away")
		}
		got = append(got, m.ID)
		return nil
	}
	if n, err := b.Poll(t.Context(), handle); err == nil || n != 1 {
		t.Errorf("handled %d, %v: want one, and the error of the second", n, err)
	}
	failing = false
	if n, err := b.Poll(t.Context(), handle); err != nil || n != 3 {
		t.Errorf("then handled %d, %v", n, err)
	}
	if n, err := b.Poll(t.Context(), handle); err != nil || n != 0 {
		t.Errorf("then again %d, %v", n, err)
	}
	if want := "calendar-1@google.com b@mx AM0@outlook.com"; strings.Join(got, " ") != want {
		t.Errorf("handled %v", got)
	}
	data, err := user.Status("INBOX", &imap.StatusOptions{NumMessages: true, NumUnseen: true})
	if err != nil || *data.NumMessages != 4 || *data.NumUnseen != 0 {
		t.Errorf("the mailbox holds %+v, %v", data, err)
	}
}

func TestWhatWasHandledIsMovedWhereThatIsWanted(t *testing.T) {
	address, user, _ := listen(t, plain)
	b := opened(t, "imap://ownward:pass%20word@"+address+"/INBOX?handled=Archive")
	arrives(t, user, gmail)
	arrives(t, user, apple)
	if n, err := b.Poll(t.Context(), func(context.Context, []byte) error { return nil }); err != nil || n != 2 {
		t.Fatalf("%d, %v", n, err)
	}
	for name, want := range map[string]uint32{"INBOX": 0, "Archive": 2} {
		if data, err := user.Status(name, &imap.StatusOptions{NumMessages: true}); err != nil || *data.NumMessages != want {
			t.Errorf("%s holds %d, %v", name, *data.NumMessages, err)
		}
	}
}

func TestAMailboxIsOpenedEncryptedAndOnlyByItsPassword(t *testing.T) {
	for way, wrap := range map[string]func(net.Listener, *tls.Config) net.Listener{
		"imaps://ownward:pass%20word@ADDRESS":             func(l net.Listener, c *tls.Config) net.Listener { return tls.NewListener(l, c) },
		"imap://ownward:pass%20word@ADDRESS?tls=starttls": plain,
	} {
		address, user, roots := listen(t, wrap)
		arrives(t, user, gmail)
		b := opened(t, strings.Replace(way, "ADDRESS", address, 1))
		handle := func(context.Context, []byte) error { return nil }
		if _, err := b.Poll(t.Context(), handle); err == nil {
			t.Errorf("%s: a server with an unknown certificate was trusted", way)
		}
		b.trusting = roots
		if n, err := b.Poll(t.Context(), handle); err != nil || n != 1 {
			t.Errorf("%s: %d, %v", way, n, err)
		}
		b.password = "wrong"
		if _, err := b.Poll(t.Context(), handle); err == nil || strings.Contains(err.Error(), "wrong") {
			t.Errorf("%s: by a wrong password: %v", way, err)
		}
	}
}

func TestTheAddressOfAMailboxIsRead(t *testing.T) {
	for address, want := range map[string]string{
		"imaps://u:p@mail.example.org":                      "mail.example.org:993 tls INBOX",
		"imap://u:p@mail.example.org/Calendar?handled=Done": "mail.example.org:143 starttls Calendar",
		"imap://u:p@127.0.0.1:1143":                         "127.0.0.1:1143 none INBOX",
		"imap://u:p@localhost?tls=starttls":                 "localhost:143 starttls INBOX",
		"imap://u:p@mail.example.org?tls=none":              "",
		"imaps://u:p@mail.example.org?tls=starttls":         "",
		"imaps://mail.example.org":                          "",
		"pop3://u:p@mail.example.org":                       "",
		"mail.example.org":                                  "",
	} {
		b, err := NewIMAP(address)
		if want == "" {
			if err == nil || strings.Contains(err.Error(), "u:p") {
				t.Errorf("%s: %v", address, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", address, err)
		} else if got := b.address + " " + b.way + " " + b.folder; got != want {
			t.Errorf("%s is %s", address, got)
		}
	}
}
