package mailbox

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
)

const reply = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

// The shapes in which answers and reports come.
var (
	gmail = "From: Ines Faria <Ines@Weir.example>\r\nTo: Ownward <ownward@example.org>\r\nMessage-ID: <calendar-1@google.com>\r\nSubject: =?UTF-8?Q?Angenommen=3A_Gespr=C3=A4ch?=\r\n" +
		"Content-Type: multipart/mixed; boundary=\"m\"\r\nMIME-Version: 1.0\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=\"a\"\r\n\r\n--a\r\nContent-Type: text/plain; charset=\"UTF-8\"; format=flowed; delsp=yes\r\nContent-Transfer-Encoding: base64\r\n\r\nSGk=\r\n" +
		"--a\r\nContent-Type: text/html\r\n\r\n<p>Hi\r\n--a\r\nContent-Type: text/calendar; charset=\"UTF-8\"; method=REPLY\r\nContent-Transfer-Encoding: 7bit\r\n\r\n" + reply + "\r\n--a--\r\n" +
		"--m\r\nContent-Type: application/ics; name=\"invite.ics\"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte("another")) + "\r\n--m--\r\n"
	outlook = "From: ines@weir.example\nMessage-ID: <AM0@outlook.com>\nContent-Type: multipart/alternative;\n\tboundary=\"_000_\"\n\n--_000_\nContent-Type: text/plain\n\n\n--_000_\nContent-Type: text/calendar; charset=\"utf-8\"; method=REPLY\nContent-Transfer-Encoding: base64\n\n" +
		wrapped(base64.StdEncoding.EncodeToString([]byte(reply))) + "\n--_000_--\n"
	apple  = "From: ines@weir.example\r\nMessage-ID: <1@apple>\r\nContent-Type: text/calendar; method=REPLY; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + strings.ReplaceAll(reply, "REPLY", "RE=\r\nPLY")
	bounce = "From: MAILER-DAEMON@mx.example (Mail Delivery System)\r\nMessage-ID: <b@mx>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n--r\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n" +
		"--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ines@weir.example\r\nAction: failed\r\nStatus: 5.1.1\r\n" +
		"\r\n--r\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <notice-1@example.org>\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n" + reply + "\r\n--r--\r\n"
)

func wrapped(s string) string { return s[:40] + "\n" + s[40:] }

func TestMailsAreSortedAsTheirProgramsWriteThem(t *testing.T) {
	for name, text := range map[string]string{"Gmail": gmail, "Outlook": outlook, "Apple": apple} {
		m, err := Read(strings.NewReader(text))
		if err != nil || m.Kind != Answer || m.From != "ines@weir.example" || m.ID == "" {
			t.Errorf("%s: %+v, %v", name, m, err)
		}
		if got := strings.TrimSpace(strings.ReplaceAll(string(m.Calendar), "\r\n", "\n")); got != strings.TrimSpace(strings.ReplaceAll(reply, "\r\n", "\n")) {
			t.Errorf("%s carries %q", name, got)
		}
	}
	m, err := Read(strings.NewReader(gmail))
	if err != nil || m.Subject != "Angenommen: Gespräch" || m.To != "ownward@example.org" {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestAReportOnAMailIsNoAnswerWhateverItReturns(t *testing.T) {
	m, err := Read(strings.NewReader(bounce))
	if err != nil || m.Kind != Report || m.Calendar != nil || !bytes.Contains(m.Delivery, []byte("Status: 5.1.1")) || !bytes.Contains(m.Returned, []byte("notice-1")) {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestHostileMailsAreReadToTheirBoundsOnly(t *testing.T) {
	deep := "From: a@b.c\r\n"
	for i := range 200 {
		deep += "Content-Type: multipart/mixed; boundary=b" + strings.Repeat("x", i) + "\r\n\r\n--b" + strings.Repeat("x", i) + "\r\n"
	}
	wide := "From: a@b.c\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\nContent-Type: text/calendar\r\n\r\nx\r\n", 20_000)
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"deep": {deep, nil}, "wide": {wide, nil},
		"long":               {"From: a@b.c\r\n\r\n" + strings.Repeat("x", MostBytes), ErrTooLong},
		"no boundary":        {"From: a@b.c\r\nContent-Type: multipart/mixed\r\n\r\n--\r\n", nil},
		"from two":           {"From: a@b.c, d@e.f\r\n\r\n", nil},
		"from two at a time": {"From: a@b.c\r\nFrom: d@e.f\r\n\r\n", nil},
		"a broken type":      {"From: a@b.c\r\nContent-Type: ;;;\r\n\r\nx", nil},
	} {
		m, err := Read(strings.NewReader(c.text))
		if !errors.Is(err, c.want) || m.Kind == Answer {
			t.Errorf("%s: %s, %v", name, m.Kind, err)
		}
		if strings.HasPrefix(name, "from two") && m.From != "" {
			t.Errorf("%s: is from %s", name, m.From)
		}
	}
	if _, err := Read(strings.NewReader("no mail at all")); err == nil {
		t.Error("what is no mail is one")
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{gmail, outlook, apple, bounce} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := Read(bytes.NewReader(text))
		if err == nil && (m.Kind == Answer) != (m.Calendar != nil && m.Delivery == nil) {
			t.Errorf("sorted as %s", m.Kind)
		}
	})
}
