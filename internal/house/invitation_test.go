package house_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-smtp"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

// sink is a mail server that keeps what it gets.
type sink struct {
	mu    sync.Mutex
	mails []string
}

func (s *sink) Mail(string, *smtp.MailOptions) error { return nil }
func (s *sink) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (s *sink) Reset()                               {}
func (s *sink) Logout() error                        { return nil }
func (s *sink) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails = append(s.mails, string(text))
	return err
}

// take gives what came to an address and carries a calendar, and keeps the rest out of it.
func (s *sink) take(to string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var theirs []string
	for _, each := range s.mails {
		if strings.Contains(each, "To: <"+to+">") && strings.Contains(each, "text/calendar") {
			theirs = append(theirs, each)
		}
	}
	s.mails = nil
	return theirs
}

func listening(t *testing.T) (*sink, string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	box := &sink{}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return box, nil }))
	t.Cleanup(func() { server.Close() })
	go server.Serve(listener)
	return box, listener.Addr().String()
}

func inbox(t *testing.T) (*imapmemserver.User, string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	user, store := imapmemserver.NewUser("ownward", "secret"), imapmemserver.New()
	if err := user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	store.AddUser(user)
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return store.NewSession(), nil, nil
		},
		InsecureAuth: true, Caps: imap.CapSet{imap.CapIMAP4rev1: {}},
	})
	t.Cleanup(func() { server.Close() })
	go server.Serve(listener)
	return user, listener.Addr().String()
}

// calendarIn is the calendar among the alternatives of a mail.
func calendarIn(t *testing.T, text string) []byte {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var found []byte
	var walk func(kind string, body io.Reader)
	walk = func(kind string, body io.Reader) {
		kind, params, err := mime.ParseMediaType(kind)
		if err != nil || !strings.HasPrefix(kind, "multipart/") {
			return
		}
		for parts := multipart.NewReader(body, params["boundary"]); ; {
			part, err := parts.NextPart()
			if err != nil {
				return
			}
			if strings.HasPrefix(part.Header.Get("Content-Type"), "text/calendar") {
				var err error
				if found, err = io.ReadAll(base64.NewDecoder(base64.StdEncoding, part)); err != nil {
					t.Fatal(err)
				}
			}
			walk(part.Header.Get("Content-Type"), part)
		}
	}
	walk(m.Header.Get("Content-Type"), m.Body)
	return found
}

type literal struct{ *bytes.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

// arrives puts an answer into the mailbox, made of the invitation as Gmail makes it.
func arrives(t *testing.T, user *imapmemserver.User, from string, invited *ics.Calendar, says string, at time.Time) {
	t.Helper()
	event := invited.Events()[0]
	answer := "BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n" +
		"UID:" + event.Id() + "\r\nSEQUENCE:" + event.GetProperty(ics.ComponentPropertySequence).Value + "\r\nDTSTAMP:" + at.UTC().Format("20060102T150405Z") +
		"\r\nATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=" + says + ":mailto:" + from + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	text := "From: <" + from + ">\r\nTo: <ownward@example.org>\r\nMessage-ID: <" + says + "@weir.example>\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n" +
		"--b\r\nContent-Type: text/plain\r\n\r\nYes\r\n--b\r\nContent-Type: text/calendar; charset=UTF-8; method=REPLY\r\n\r\n" + answer + "\r\n--b--\r\n"
	if _, err := user.Append("INBOX", literal{bytes.NewReader([]byte(text))}, &imap.AppendOptions{}); err != nil {
		t.Fatal(err)
	}
}

func TestAnInvitationGoesOutByMailAndItsAnswerComesBackByTheMailbox(t *testing.T) {
	box, smtpAt := listening(t)
	user, imapAt := inbox(t)
	clock := testkit.NewClock()
	h, err := house.Open(t.Context(), house.Config{
		Data: t.TempDir(), Listen: "127.0.0.1:0", Address: "https://weir.example", Mail: "smtp://" + smtpAt + "?from=ownward@example.org",
		MailIMAP: "imap://ownward:secret@" + imapAt, Clock: clock.Now,
	}, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	s := testkit.Store{DB: h.DB, Clock: clock}
	c := testkit.NewCompany(t, s, "weir.example")
	testkit.Do(t, s, func(tx *db.Tx) error { return org.ChooseZone(tx, c.Tomas, "America/New_York") })
	talk := agreedIn(t, s, c)
	testkit.Do(t, s, h.Jobs.Begin)
	work := func() {
		if _, err := h.Jobs.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	work()
	mails := box.take("tomas@weir.example")
	if len(mails) != 1 || !strings.Contains(mails[0], "List-Unsubscribe:") {
		t.Fatalf("%d invitations came to Tomás: %s", len(mails), mails)
	}
	invited, err := ics.ParseCalendar(bytes.NewReader(calendarIn(t, mails[0])))
	if err != nil {
		t.Fatal(err)
	}
	event := invited.Events()[0]
	start, err := event.GetStartAt()
	if err != nil || !start.Equal(talk.At) || event.GetProperty(ics.ComponentPropertyDtStart).ICalParameters["TZID"][0] != "America/New_York" {
		t.Errorf("another reader finds it at %v, %v", start, err)
	}
	if attendees := event.Attendees(); len(attendees) != 1 || attendees[0].Email() != "tomas@weir.example" || event.GetProperty(ics.ComponentPropertyOrganizer).Value != "mailto:ownward@example.org" {
		t.Errorf("another reader finds %+v", attendees)
	}
	arrives(t, user, "tomas@weir.example", invited, "ACCEPTED", clock.Now())
	arrives(t, user, "ines@weir.example", invited, "DECLINED", clock.Now()) // who holds the uid of another, and says no for them
	clock.Move(5 * time.Minute)
	work()
	said := testkit.Read(t, s, func(tx *db.Tx) (map[db.ID]invitation.Answer, error) {
		return invitation.Answers(tx, c.Ines, talk.ID)
	})
	if len(said) != 1 || said[c.Tomas.Person].Says != invitation.Yes {
		t.Errorf("noted: %v", said)
	}
	if data, err := user.Status("INBOX", &imap.StatusOptions{NumMessages: true, NumUnseen: true}); err != nil || *data.NumMessages != 2 || *data.NumUnseen != 0 {
		t.Errorf("the mailbox holds %+v, %v", data, err)
	}
	box.take("")
	testkit.Do(t, s, func(tx *db.Tx) error { return conversation.Cancel(tx, c.Ines, talk.ID) })
	work()
	off := box.take("tomas@weir.example")
	if len(off) != 1 {
		t.Fatalf("%d mails say that it is off", len(off))
	}
	gone, err := ics.ParseCalendar(bytes.NewReader(calendarIn(t, off[0])))
	if err != nil {
		t.Fatal(err)
	}
	if gone.Events()[0].Id() != event.Id() || gone.Events()[0].GetProperty(ics.ComponentPropertySequence).Value != "1" || gone.Events()[0].GetProperty(ics.ComponentPropertyStatus).Value != "CANCELLED" {
		t.Errorf("another reader finds %s", gone.Serialize())
	}
}

func agreedIn(t *testing.T, s testkit.Store, c testkit.Company) conversation.Conversation {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
		asked, err := conversation.Request(tx, c.Ines, conversation.Input{
			With: c.Tomas.Self(), Kind: conversation.Align, Time: conversation.Time{At: s.Clock.Now().AddDate(0, 0, 7).Add(6 * time.Hour).Truncate(time.Hour), Minutes: 60},
		})
		if err != nil {
			return asked, err
		}
		return conversation.Accept(tx, c.Tomas, asked.ID, asked.Revision)
	})
}

func TestWhatComesToTheMailboxAndIsForNobodyIsSaidToBe(t *testing.T) {
	s := testkit.SQLite(t)
	for name, text := range map[string]string{
		"no mail": "nothing", "a letter": "From: ines@weir.example\r\n\r\nHello", "a request": "From: a@b.c\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n",
	} {
		if outcome, err := house.Receive(t.Context(), s.DB, []byte(text)); !errors.Is(err, house.ErrNotForUs) {
			t.Errorf("%s: %s, %v", name, outcome, err)
		}
	}
}
