package mail

import (
	netmail "net/mail"
	"strings"
	"testing"
)

const report = `From: MAILER-DAEMON@mail.example.org
To: ownward@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
Arrival-Date: Mon, 02 Nov 2026 09:30:00 +0000

Final-Recipient: rfc822; Ida@example.org
Action: ACTION
Status: STATUS
Diagnostic-Code: smtp; 550 5.1.1 unknown

--b1
Content-Type: ORIGINAL

Message-Id: <notice-0199@example.org>
To: ida@example.org
Subject: You were asked something in Ownward

--b1--
`

func read(t *testing.T, text string) (Bounce, bool) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(strings.ReplaceAll(text, "\n", "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	return ReadBounce(m.Header, m.Body)
}

func TestAReportNamesTheMailAndTheAddress(t *testing.T) {
	for _, original := range []string{"text/rfc822-headers", "message/rfc822"} {
		text := strings.NewReplacer("ACTION", "failed", "STATUS", "5.1.1", "ORIGINAL", original).Replace(report)
		b, ok := read(t, text)
		if !ok || b != (Bounce{"notice-0199", "ida@example.org", "5.1.1"}) || !b.Lasting() {
			t.Errorf("%s: %+v, %t", original, b, ok)
		}
		passedOn := strings.Replace(text, "Final-Recipient: rfc822; Ida@example.org", "Original-Recipient: rfc822;ida@example.org\nFinal-Recipient: rfc822; other@example.net", 1)
		if b, ok := read(t, passedOn); !ok || b.Recipient != "ida@example.org" {
			t.Errorf("passed on: %+v, %t", b, ok)
		}
	}
}

func TestWhatIsNoReportOfAFailureIsNone(t *testing.T) {
	failed := strings.NewReplacer("ACTION", "failed", "STATUS", "5.1.1", "ORIGINAL", "text/rfc822-headers").Replace(report)
	for name, text := range map[string]string{
		"a delay":                strings.Replace(failed, "Action: failed", "Action: delayed", 1),
		"another kind of report": strings.Replace(failed, "report-type=delivery-status", "report-type=disposition-notification", 1),
		"a mail of a person":     "From: ida@example.org\nContent-Type: text/plain\n\nFinal-Recipient: rfc822; ida@example.org\nAction: failed\n",
		"without its mail":       strings.Replace(failed, "Message-Id: <notice-0199@example.org>", "X-Other: y", 1),
		"cut off":                failed[:len(failed)/2],
		"no boundary":            strings.Replace(failed, `boundary="b1"`, "x=y", 1),
		"nothing":                "Content-Type: multipart/report; report-type=delivery-status; boundary=b1\n\n",
	} {
		if b, ok := read(t, text); ok {
			t.Errorf("%s: taken as %+v", name, b)
		}
	}
	if full, ok := read(t, strings.Replace(failed, "Status: 5.1.1", "Status: 5.2.2", 1)); !ok || full.Lasting() {
		t.Error("a full mailbox counts as none")
	}
}

func FuzzReadBounce(f *testing.F) {
	f.Add(report)
	f.Add(strings.NewReplacer("ACTION", "failed", "STATUS", "5.1.1", "ORIGINAL", "message/rfc822").Replace(report))
	f.Fuzz(func(t *testing.T, text string) {
		m, err := netmail.ReadMessage(strings.NewReader(text))
		if err != nil {
			return
		}
		if b, ok := ReadBounce(m.Header, m.Body); ok && (b.ID == "" || b.Recipient == "") {
			t.Errorf("taken as %+v", b)
		}
	})
}
