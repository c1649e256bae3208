package mail

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

var hello = Message{
	To: "ida@example.org", Subject: "Übermorgen: Gespräch mit Noor 🌱",
	Text: "Hallo Ida,\n\nein „Gespräch“ steht an.\n.\nEine Zeile, die mit einem Punkt beginnt, und noch mehr Worte, damit sie lang genug wird, um umbrochen zu werden.\n",
	HTML: "<p>Hallo Ida, ein „Gespräch“ steht an.</p>", ID: "0199-notice", Date: time.Date(2026, 11, 2, 9, 30, 0, 0, time.UTC),
}

func TestMailArrivesAsItWasWritten(t *testing.T) {
	server := listen(t)
	send(t, server, hello)
	got := parse(t, server.only(t).data)
	for name, want := range map[string]string{
		"From": `"Ownward, here" <ownward@example.org>`, "To": "<ida@example.org>", "Message-Id": "<0199-notice@example.org>",
		"Date": "Mon, 02 Nov 2026 09:30:00 +0000", "Auto-Submitted": "auto-generated",
	} {
		if got.header.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, got.header.Get(name), want)
		}
	}
	if subject, err := new(mime.WordDecoder).DecodeHeader(got.header.Get("Subject")); err != nil || subject != hello.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	if text := strings.ReplaceAll(got.parts["text/plain"], "\r\n", "\n"); strings.TrimRight(text, "\n") != strings.TrimRight(hello.Text, "\n") {
		t.Errorf("text %q", text)
	}
	if html := strings.TrimSpace(got.parts["text/html"]); html != hello.HTML {
		t.Errorf("HTML %q", html)
	}
	if mail := server.only(t); mail.from != "ownward@example.org" || mail.to != "ida@example.org" {
		t.Errorf("from %s to %s", mail.from, mail.to)
	}
}

func TestMailSentTwiceIsTheSameMail(t *testing.T) {
	server := listen(t)
	send(t, server, hello)
	send(t, server, hello)
	first, second := parse(t, server.mails[0].data).header, parse(t, server.mails[1].data).header
	for _, name := range []string{"Message-Id", "Date", "Subject"} {
		if first.Get(name) == "" || first.Get(name) != second.Get(name) {
			t.Errorf("%s was %q, then %q", name, first.Get(name), second.Get(name))
		}
	}
}

func TestNothingWrittenBecomesAHeader(t *testing.T) {
	for name, change := range map[string]func(*Message){
		"line break in the receiver": func(m *Message) { m.To = "ida@example.org\r\nBcc: eve@example.net" },
		"two receivers":              func(m *Message) { m.To = "ida@example.org, eve@example.net" },
		"a name with the address":    func(m *Message) { m.To = "Ida <ida@example.org>" },
		"line break in the ID":       func(m *Message) { m.ID = "1>\r\nBcc: eve@example.net" },
		"an ID for another domain":   func(m *Message) { m.ID = "1@example.net" },
		"no date":                    func(m *Message) { m.Date = time.Time{} },
	} {
		t.Run(name, func(t *testing.T) {
			server := listen(t)
			m := hello
			change(&m)
			if err := server.sender(t).Send(t.Context(), m); !errors.Is(err, ErrRefused) {
				t.Errorf("got %v, want it refused", err)
			}
			if len(server.mails) > 0 {
				t.Error("it was sent")
			}
		})
	}
	for _, lineBreak := range []string{"\r\n", "\n", "\r", "\r\n ", "\x00", "\u0085", "\u2028"} {
		server := listen(t)
		m := hello
		m.Subject = "Hello" + lineBreak + "Bcc: eve@example.net"
		send(t, server, m)
		mail := server.only(t)
		header := parse(t, mail.data).header
		if header.Get("Bcc") != "" || header.Get("Subject") != "Hello Bcc: eve@example.net" || mail.to != hello.To {
			t.Errorf("%q in the subject made the headers %v", lineBreak, header)
		}
	}
}

func TestServerThatDeclines(t *testing.T) {
	for name, c := range map[string]struct {
		answer  *smtp.SMTPError
		forGood bool
	}{
		"come back later":        {&smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted"}, false},
		"no room":                {&smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "mailbox full"}, false},
		"no such mailbox":        {&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}, true},
		"the content is refused": {&smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "refused"}, true},
		"sign in first":          {&smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "sign in first"}, false},
	} {
		for _, at := range []string{"RCPT", "DATA"} {
			t.Run(name+" at "+at, func(t *testing.T) {
				server := listen(t)
				server.declines[at] = c.answer
				err := server.sender(t).Send(t.Context(), hello)
				if err == nil || errors.Is(err, ErrRefused) != c.forGood {
					t.Errorf("got %v; refused for good should be %t", err, c.forGood)
				}
			})
		}
	}
}

func TestServerThatIsAwayIsWorthAnotherTry(t *testing.T) {
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := mailServer{address: gone.Addr().String()}
	gone.Close()
	if err := server.sender(t).Send(t.Context(), hello); err == nil || errors.Is(err, ErrRefused) {
		t.Errorf("got %v, want an error that may pass", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := listen(t).sender(t).Send(ended, hello); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was cancelled", err)
	}
}

func TestLogShowsTheMailLineByLine(t *testing.T) {
	var out bytes.Buffer
	log := Log{slog.New(slog.NewTextHandler(&out, nil))}
	m := hello
	m.Text = "Sign in here:\n\n  http://127.0.0.1:8080/sign-in/abc\n"
	if err := log.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"level=WARN", "NOT SENT", "ida@example.org", `msg="mail | http://127.0.0.1:8080/sign-in/abc"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the log lacks %q:\n%s", want, out.String())
		}
	}
}

type parsed struct {
	header netmail.Header
	parts  map[string]string // by media type
}

func parse(t *testing.T, data string) parsed {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content type %s, %v", kind, err)
	}
	p := parsed{header: m.Header, parts: map[string]string{}}
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return p
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, params, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil || params["charset"] != "UTF-8" || part.Header.Get("Content-Transfer-Encoding") != "quoted-printable" {
			t.Errorf("a part with %v, %v", part.Header, err)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		p.parts[kind] = string(text)
	}
}

func TestAnInvitationTravelsAsAnAlternativeAndAsAFile(t *testing.T) {
	server := listen(t)
	m := hello
	m.Method, m.Calendar = "REQUEST", []byte("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Gespräch\r\nEND:VCALENDAR\r\n")
	send(t, server, m)
	send(t, server, m)
	got, err := netmail.ReadMessage(strings.NewReader(server.mails[0].data))
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	var walk func(contentType string, body io.Reader)
	walk = func(contentType string, body io.Reader) {
		kind, params, err := mime.ParseMediaType(contentType)
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, kind)
		if !strings.HasPrefix(kind, "multipart/") {
			return
		}
		for parts := multipart.NewReader(body, params["boundary"]); ; {
			part, err := parts.NextRawPart()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if c := part.Header.Get("Content-Type"); strings.HasPrefix(c, "text/calendar") || strings.HasPrefix(c, "application/ics") {
				text, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
				if err != nil || string(text) != string(m.Calendar) {
					t.Errorf("%s carries %q, %v", c, text, err)
				}
				if _, p, _ := mime.ParseMediaType(c); strings.HasPrefix(c, "text/calendar") && (p["method"] != "REQUEST" || p["charset"] != "UTF-8") {
					t.Errorf("its type is %s", c)
				}
			}
			walk(part.Header.Get("Content-Type"), part)
		}
	}
	walk(got.Header.Get("Content-Type"), got.Body)
	if want := "multipart/mixed multipart/alternative text/plain text/html text/calendar application/ics"; strings.Join(kinds, " ") != want {
		t.Errorf("it is made of %v", kinds)
	}
}
