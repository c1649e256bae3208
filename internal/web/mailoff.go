package web

import (
	"net/http"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/problem"
)

// mailOff is the page of the link by which somebody turns off mails of one kind.
type mailOff struct {
	What     string // ends the sentence "You get no more mail"
	Done     bool
	Settings bool // there is a page on which it can be turned on again
}

var mailOffPage = declare[mailOff]("mail-off.html")

const mailOffPath = "/mails/{token}"

// offWords are what the mails are about that a link turns off.
func offWords(kind string) string {
	switch kind {
	case account.Invitation:
		return "that invites you to Ownward"
	case account.AboutAddresses:
		return "about the addresses by which you sign in"
	case invitation.Off, invitation.OffContact:
		return "that puts a conversation into your calendar"
	case link.Off:
		return "with a question from somebody who uses Ownward"
	case string(notice.Digest):
		return "that says once a week what waits for you"
	}
	return notice.Kind(kind).When()
}

// showMailOff changes nothing: who guards a mailbox opens links as well.
func showMailOff(c *call) (view, error) {
	what, err := mail.ReadOff(c.tx, c.PathValue("token"))
	if err != nil {
		return view{}, err
	}
	return mailOffPage.outside(c, "Mail from Ownward", mailOff{
		What: offWords(what.Kind), Done: c.FormValue("done") == "yes", Settings: what.Kind != account.Invitation && what.Kind != link.Off && what.Kind != invitation.OffContact,
	})
}

// turnMailOff does what the link is for: for the button on its page, and for the program that shows
// the mail (RFC 8058), which follows no redirect.
func (s *Server) turnMailOff(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(w, r, mostForm); err != nil {
		return err
	}
	if err := db.Do(r.Context(), s.DB, func(tx *db.Tx) error {
		what, err := mail.ReadOff(tx, r.PathValue("token"))
		if err != nil {
			return err
		}
		return turnOff(tx, what)
	}); err != nil {
		return err
	}
	if r.PostForm.Get("List-Unsubscribe") != "" {
		plain(w, http.StatusOK, "Turned off.\n")
		return nil
	}
	http.Redirect(w, r, r.URL.Path+"?done=yes", http.StatusSeeOther)
	return nil
}

func turnOff(tx *db.Tx, what mail.Off) error {
	switch what.Kind {
	case account.Invitation, account.AboutAddresses:
		return account.TurnOff(tx, what)
	case invitation.Off:
		return invitation.TurnOff(tx, what)
	case invitation.OffContact:
		return invitation.TurnOffContact(tx, what)
	case link.Off:
		return link.TurnOff(tx, what)
	}
	if offWords(what.Kind) == "" {
		return problem.NotFound
	}
	return notice.TurnOff(tx, what)
}
