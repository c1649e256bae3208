package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/portable"
	"github.com/ownward/ownward/internal/problem"
)

// bringing is the page where somebody brings along what was theirs elsewhere.
type bringing struct {
	Left       bool
	File, Code Field
	Before     []broughtBefore
	Records    bool
	Seen       Seen
}

type broughtBefore struct {
	At   time.Time
	What string
}

// leaving is the page where somebody deletes their account.
type leaving struct {
	Email, Code Field
	SignIn      string // of the code that was sent; empty: none was asked for yet
	Needless    bool   // in the example organisation no mail leaves, and no code is needed
	InLog       bool   // mails are shown in the program's log
	Others      bool   // the account goes on in other organisations
}

var (
	bringingPage = declare[bringing]("portable-import.html")
	recordsPage  = declare[[]portable.Record]("portable-records.html")
	leavingPage  = declare[leaving]("portable-delete.html")
	goodbyePage  = declare[struct{}]("portable-goodbye.html")
)

var saidBrought = says("It is here. What was here already stayed as it was.")

// takeAlong gives all that is the visitor's, as one zip.
func takeAlong(c *call) (view, error) {
	content, err := portable.Plain(c.tx, c.me)
	return view{raw: content, header: http.Header{
		"Content-Type":        {"application/zip"},
		"Content-Disposition": {`attachment; filename="ownward-` + civil.In(c.tx.Now(), c.me.Zone).String() + `.zip"`},
	}}, err
}

func showBringing(c *call) (view, error) {
	main := bringing{Left: c.me.Left, Seen: onlyYou}
	main.File = c.form.field(Field{Name: "file", Label: "The file", Type: "file", Required: true,
		Hint: "The zip that you took along, or the encrypted form of it."}, "")
	main.Code = c.form.field(Field{Name: "code", Label: "The code", Autocomplete: "off",
		Hint: "Only for an encrypted file: it came by mail when the file was made."}, "")
	before, err := portable.Before(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	for _, one := range slices.Backward(before) {
		main.Before = append(main.Before, broughtBefore{one.At.In(c.me.Zone), one.Report.String()})
	}
	records, err := portable.Records(c.tx, c.me)
	main.Records = len(records) > 0
	if err != nil {
		return view{}, err
	}
	return bringingPage.show(c, "Bring something along", "you", main)
}

func bringAlong(c *call) (string, error) {
	content, err := c.upload("file")
	if err != nil {
		return "", err
	}
	if portable.Sealed(content) {
		if content, err = portable.Open(content, c.text("code")); err != nil {
			return "", err
		}
	}
	f, err := portable.Read(content)
	if err != nil {
		return "", err
	}
	if _, err = portable.Bring(c.tx, c.me, f); err != nil {
		return "", err
	}
	c.say(saidBrought)
	return "/you/import", nil
}

// upload is the content of a file in the form.
func (c *call) upload(name string) ([]byte, error) {
	missing := problem.Invalid{name: "Please choose the file."}
	file, header, err := c.FormFile(name)
	switch {
	case errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart):
		return nil, missing
	case err != nil:
		return nil, err
	case header.Size == 0:
		return nil, errors.Join(missing, file.Close())
	}
	content, err := io.ReadAll(file)
	return content, errors.Join(err, file.Close())
}

// showRecords shows what was another's and came along.
func showRecords(c *call) (view, error) {
	records, err := portable.Records(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	return recordsPage.show(c, "Brought along", "you", records)
}

func showLeaving(c *call) (view, error) {
	main := leaving{
		Others: len(c.who.Memberships) > 1, SignIn: c.FormValue("sign_in"), Needless: c.server.Demo, InLog: c.server.MailInLog,
		Code: c.form.field(Field{Name: "code", Label: "The code from the mail", Type: "code", Required: true, Hint: "It works once, for twenty minutes."}, ""),
	}
	main.Email = c.form.field(Field{Name: "email", Label: "Type your e-mail address, to be sure", Type: "email", Required: true, Autocomplete: "off"}, "")
	return leavingPage.show(c, "Delete my account", "you", main)
}

// sendLeavingCode sends the code without which nobody deletes an account, whatever browser they
// found open.
func sendLeavingCode(c *call) (string, error) {
	if err := c.notTooOften(); err != nil {
		return "", err
	}
	id, err := account.BeginDeletion(c.tx, c.me, c.client().String())
	return "/you/delete?" + url.Values{"sign_in": {string(id)}}.Encode(), err
}

func deleteAccount(c *call) (string, error) {
	if !c.server.Demo {
		if err := c.notTooOften(); err != nil {
			return "", err
		}
		ok, err := account.ConfirmDeletion(c.tx, c.me, account.Try{SignIn: db.ID(c.text("sign_in")), Code: c.text("code")})
		if err == nil && !ok {
			err = keep(errWrongCode)
		}
		if err != nil {
			return "", err
		}
	}
	if err := portable.DeleteAccount(c.tx, c.me, c.text("email")); err != nil {
		return "", err
	}
	c.keepSession("")
	return "/goodbye", nil
}

func showGoodbye(c *call) (view, error) {
	return goodbyePage.public(c, "Goodbye", struct{}{})
}
