package browser

import (
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// A mailbox takes every mail that Ownward sends, and hands it to the story that waits for it.
type mailbox struct {
	smtp string // where Ownward sends mail: smtp://...

	mu    sync.Mutex
	mails []letter
}

type letter struct {
	To      string `json:"to"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
}

func newMailbox(t *testing.T) *mailbox {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &mailbox{smtp: "smtp://" + listener.Addr().String() + "?from=ownward@example.org"}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &delivery{box: m}, nil }))
	t.Cleanup(func() { listener.Close() })
	go server.Serve(listener)
	return m
}

// ServeHTTP waits for the next mail to the address ?to=, whose subject holds ?subject=.
func (m *mailbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for range 200 {
		if found, ok := m.take(r.FormValue("to"), r.FormValue("subject")); ok {
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(found)
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	http.Error(w, "no mail to "+r.FormValue("to")+" within 20 seconds", http.StatusNotFound)
}

// unread gives the mails that nobody waited for.
func (m *mailbox) unread(w http.ResponseWriter, _ *http.Request) {
	m.mu.Lock()
	defer m.mu.Unlock()
	_ = json.NewEncoder(w).Encode(m.mails)
}

func (m *mailbox) take(to, subject string) (letter, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, found := range m.mails {
		if found.To == to && strings.Contains(found.Subject, subject) {
			m.mails = append(m.mails[:i], m.mails[i+1:]...)
			return found, true
		}
	}
	return letter{}, false
}

// A delivery is one mail on its way in.
type delivery struct {
	box *mailbox
	to  string
}

func (*delivery) Mail(string, *smtp.MailOptions) error { return nil }
func (*delivery) Reset()                               {}
func (*delivery) Logout() error                        { return nil }

func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error {
	d.to = to
	return nil
}

func (d *delivery) Data(r io.Reader) error {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return err
	}
	text, err := plainText(m)
	if err != nil {
		return err
	}
	d.box.mu.Lock()
	defer d.box.mu.Unlock()
	d.box.mails = append(d.box.mails, letter{d.to, subject, text})
	return nil
}

// plainText is the text of the mail, or of its first part, however deep it stands.
func plainText(m *mail.Message) (string, error) {
	kind, encoding, body := m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body
	for {
		media, params, err := mime.ParseMediaType(kind)
		if err != nil {
			return "", err
		}
		if !strings.HasPrefix(media, "multipart/") {
			break
		}
		part, err := multipart.NewReader(body, params["boundary"]).NextRawPart()
		if err != nil {
			return "", err
		}
		kind, encoding, body = part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part
	}
	if encoding == "quoted-printable" {
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	return string(text), err
}
