// Package mailbox reads the mails that come to the installation's mailbox, and sorts them: answers to invitations, reports
// of mails that could not be delivered, and others. It trusts nothing in them, and knows no people.
package mailbox

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
)

// Kind is what a mail is about.
type Kind string

// The kinds of mail.
const (
	Answer Kind = "answer" // to an invitation
	Report Kind = "report" // of what became of a mail (RFC 3464)
	Other  Kind = "other"
)

// Mail is one mail, sorted.
type Mail struct {
	Kind     Kind
	ID       string // its Message-ID, without the angle brackets
	From     string // the address that it says it is from, in small letters
	To       string // where it was sent, as its header says
	Subject  string
	Calendar []byte // of an answer
	Delivery []byte // of a report: what stands under message/delivery-status
	Returned []byte // of a report: the mail that it reports on, or its header
}

// The bounds of a mail: what is beyond is not read.
const (
	MostBytes  = 2 << 20
	mostDepth  = 6
	mostParts  = 60
	mostInPart = 512 << 10
)

// ErrTooLong says that a mail is longer than any that is meant for a program.
var ErrTooLong = fmt.Errorf("a mail longer than %d bytes", MostBytes)

// Read reads a mail. Its error says that it is none; what is wrong further inside makes it one of the kind Other.
func Read(r io.Reader) (Mail, error) {
	text, err := io.ReadAll(io.LimitReader(r, MostBytes+1))
	if err != nil {
		return Mail{}, err
	}
	if len(text) > MostBytes {
		return Mail{}, ErrTooLong
	}
	parsed, err := mail.ReadMessage(bytes.NewReader(text))
	if err != nil {
		return Mail{}, fmt.Errorf("not a mail: %w", err)
	}
	m := Mail{Kind: Other, ID: strings.Trim(strings.TrimSpace(parsed.Header.Get("Message-Id")), "<>"), To: addressIn(parsed.Header, "To")}
	m.From = addressIn(parsed.Header, "From")
	m.Subject, _ = new(mime.WordDecoder).DecodeHeader(parsed.Header.Get("Subject"))
	w := walk{mail: &m}
	w.part(header(parsed.Header), parsed.Body, 0)
	switch {
	case m.Delivery != nil:
		m.Kind = Report
	case m.Calendar != nil:
		m.Kind = Answer
	}
	return m, nil
}

// addressIn is the one address in a header; a mail from several people is from nobody.
func addressIn(h mail.Header, name string) string {
	if len(h[name]) > 1 {
		return ""
	}
	list, err := h.AddressList(name)
	if err != nil || len(list) != 1 {
		return ""
	}
	return strings.ToLower(list[0].Address)
}

type header map[string][]string

func (h header) get(name string) string { return mail.Header(h).Get(name) }

// walk goes through the parts of a mail, as far as its bounds.
type walk struct {
	mail  *Mail
	parts int
}

func (w *walk) part(h header, body io.Reader, depth int) {
	if w.parts++; w.parts > mostParts || depth > mostDepth {
		return
	}
	kind, params, err := mime.ParseMediaType(h.get("Content-Type"))
	if err != nil && kind == "" {
		return
	}
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		w.multipart(multipart.NewReader(body, params["boundary"]), depth)
	case kind == "text/calendar" || kind == "application/ics":
		// The first with a method counts: what follows is the same once more, as a file.
		if text := decoded(h, body); w.mail.Calendar == nil && bytes.Contains(bytes.ToUpper(text), []byte("METHOD:")) {
			w.mail.Calendar = text
		}
	case kind == "message/delivery-status" && w.mail.Delivery == nil:
		w.mail.Delivery = decoded(h, body)
	case kind == "message/rfc822" || kind == "text/rfc822-headers":
		if w.mail.Returned == nil { // never looked into: what it holds is not what this mail says
			w.mail.Returned = decoded(h, body)
		}
	}
}

func (w *walk) multipart(parts *multipart.Reader, depth int) {
	for w.parts <= mostParts {
		part, err := parts.NextRawPart()
		if err != nil {
			return
		}
		w.part(header(part.Header), part, depth+1)
	}
}

// decoded is the content of a part, as far as it can be read.
func decoded(h header, body io.Reader) []byte {
	switch strings.ToLower(strings.TrimSpace(h.get("Content-Transfer-Encoding"))) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, &letters{body})
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(io.LimitReader(body, mostInPart))
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return []byte{}
	}
	return text
}

// letters leaves out of a text in base64 what is none of its letters.
type letters struct{ from io.Reader }

func (l *letters) Read(p []byte) (int, error) {
	for {
		n, err := l.from.Read(p)
		kept := 0
		for _, c := range p[:n] {
			if c == '+' || c == '/' || c == '=' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
				p[kept] = c
				kept++
			}
		}
		if kept > 0 || err != nil {
			return kept, err
		}
	}
}
