package mail

import (
	"bufio"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"net/textproto"
	"regexp"
	"strings"
)

// Bounce is a mail of ours that came back (RFC 3464), as the report about it says.
type Bounce struct {
	ID        string // of the Message that came back, without its domain
	Recipient string // the address that it did not reach
	Status    string // 5.1.1
}

// Lasting tells whether the address leads nowhere, rather than that a mail was not wanted or came at a
// bad time.
func (b Bounce) Lasting() bool { return NoMailbox(b.Status) }

// mostReport is how much of a part of a report is read: reports are short, but for the mail that they
// may bring back.
const mostReport = 64 << 10

// ReadBounce reads a report of a mail server that a mail could not be delivered. Any other mail, and a
// report of a delay or a success, is none. The body of the mail is read.
func ReadBounce(header netmail.Header, body io.Reader) (Bounce, bool) {
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil || kind != "multipart/report" || !strings.EqualFold(params["report-type"], "delivery-status") || params["boundary"] == "" {
		return Bounce{}, false
	}
	var b Bounce
	failed := false
	for parts := multipart.NewReader(body, params["boundary"]); ; {
		part, err := parts.NextPart()
		if err != nil {
			if !errors.Is(err, io.EOF) && b.ID == "" {
				return Bounce{}, false
			}
			return b, failed && b.ID != "" && b.Recipient != ""
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		switch kind {
		case "message/delivery-status", "message/global-delivery-status":
			failed = b.readStatus(io.LimitReader(part, mostReport)) || failed
		case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
			b.readOriginal(io.LimitReader(part, mostReport))
		}
	}
}

// readStatus reads the groups of fields, of which the first is about the mail and each further one
// about a receiver; ours has one.
func (b *Bounce) readStatus(from io.Reader) (failed bool) {
	read := textproto.NewReader(bufio.NewReader(from))
	for {
		group, err := read.ReadMIMEHeader()
		if strings.EqualFold(strings.TrimSpace(group.Get("Action")), "failed") && !failed {
			failed = true
			b.Status = statusForm.FindString(group.Get("Status"))
			b.Recipient = recipient(group.Get("Original-Recipient"))
			if b.Recipient == "" {
				b.Recipient = recipient(group.Get("Final-Recipient"))
			}
		}
		if err != nil {
			return failed
		}
	}
}

var (
	statusForm = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}`)
	ownID      = regexp.MustCompile(`^<([A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*)@[^<>@\s]+>$`)
)

// recipient is the address in a field like "rfc822; ida@example.org".
func recipient(field string) string {
	kind, address, _ := strings.Cut(field, ";")
	if kind = strings.ToLower(strings.TrimSpace(kind)); kind != "rfc822" && kind != "utf-8" {
		return ""
	}
	return strings.ToLower(strings.Trim(strings.TrimSpace(address), "<>"))
}

func (b *Bounce) readOriginal(from io.Reader) {
	header, _ := textproto.NewReader(bufio.NewReader(from)).ReadMIMEHeader() // what there is of it
	if found := ownID.FindStringSubmatch(strings.TrimSpace(header.Get("Message-Id"))); found != nil {
		b.ID = found[1]
	}
}
