package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// signIn is the page that asks for an address.
type signIn struct {
	Email  Field
	Next   string        // where they wanted to go
	Name   string        // of who is signed in already
	NotYet bool          // the installation is not set up
	People []exampleRole // whom one can be by one click, in the example organisation
	Others []exampleRole // the rest of it
}

// exampleRole is somebody whom one can be in the example organisation.
type exampleRole struct {
	Organisation, Person db.ID
	Name, Role           string
}

var signInPage = declare[signIn]("signin.html")

func (s *Server) signIn(c *call) (view, error) {
	main := signIn{
		Next: localPath(c.FormValue("next")), Name: c.me.Name,
		Email: c.form.field(Field{
			Name: "email", Label: "Your e-mail address", Type: "email", Required: true, Autocomplete: "email",
			Hint: "The one by which your organisation knows you, or one that you added.",
		}, ""),
	}
	organisations, err := org.UnscopedOrganisations(c.tx)
	if err != nil {
		return view{}, err
	}
	main.NotYet = len(organisations) == 0
	if s.Demo {
		if main.People, main.Others, err = examplePeople(c.tx, organisations); err != nil {
			return view{}, err
		}
	}
	return signInPage.public(c, "Sign in", main)
}

func (s *Server) askForCode(c *call) (string, error) {
	if err := c.notTooOften(); err != nil {
		return "", err
	}
	id, err := account.Begin(c.tx, c.text("email"), c.client().String())
	if err != nil {
		return "", err
	}
	c.asksHere(id)
	return "/sign-in/code?" + codeQuery(id, localPath(c.text("next"))), nil
}

// begunCookie tells in which browser a code was asked for. Somebody who is sent a link to a code
// that they never asked for would else sign in as whoever sent it, and write there.
const begunCookie = "ownward-begun"

func (c *call) asksHere(signIn db.ID) {
	c.cookies = append(c.cookies, &http.Cookie{
		Name: c.server.hostCookie(begunCookie), Value: string(signIn), Path: "/", MaxAge: 20 * 60,
		HttpOnly: true, Secure: c.server.Secure, SameSite: http.SameSiteLaxMode,
	})
}

// askedHere tells whether the code was asked for in this browser.
func (c *call) askedHere() bool {
	cookie, err := c.Cookie(c.server.hostCookie(begunCookie))
	return err == nil && cookie.Value != "" && cookie.Value == c.text("sign_in")
}

// code is the page that asks for the code that was sent.
type code struct {
	Code           Field
	Email          *Field // in another browser than the one where the code was asked for
	SignIn         string
	Key            string // came with the link in the mail
	Next           string
	Filled         bool   // the code came with the link in the mail
	InLog          bool   // mails are shown in the program's log
	Heading, Do    string // what the code is for
	Action, Answer string // where the form goes, and where another code is asked for
}

var codePage = declare[code]("signin-code.html")

func (s *Server) typeCode(c *call) (view, error) {
	main := s.codeFor(c)
	main.Heading, main.Do = "Look at your mail", "Sign in"
	if main.InLog {
		main.Heading = "Look at the log"
	}
	main.Action, main.Answer = "/sign-in/code", "/sign-in"
	if !c.askedHere() {
		email := c.form.field(Field{
			Name: "email", Label: "Your e-mail address", Type: "email", Required: true, Autocomplete: "email",
			Hint: "The code was asked for in another browser: with your address it is sure that it is yours.",
		}, "")
		main.Email = &email
	}
	return codePage.public(c, "Sign in", main)
}

func (s *Server) codeFor(c *call) code {
	return code{
		SignIn: c.FormValue("sign_in"), Key: c.FormValue("key"), Next: localPath(c.FormValue("next")),
		Filled: c.FormValue("code") != "" && !c.form.Any(), InLog: s.MailInLog,
		Code: c.form.field(Field{
			Name: "code", Label: "The code from the mail", Type: "code", Required: true,
			Hint: "Eight letters and figures. It works once, for twenty minutes.",
		}, c.FormValue("code")),
	}
}

func (s *Server) confirmCode(c *call) (string, error) {
	if err := c.notTooOften(); err != nil {
		return "", err
	}
	token, ok, err := account.Confirm(c.tx, account.Try{
		SignIn: db.ID(c.text("sign_in")), Code: c.text("code"), Key: c.text("key"), Device: device(c.UserAgent()), Before: c.token,
		Elsewhere: !c.askedHere(), Address: c.text("email"),
	})
	if err != nil {
		return "", err
	}
	if !ok {
		return "", keep(errWrongCode)
	}
	c.keepSession(token)
	return orStart(localPath(c.text("next"))), nil
}

// errWrongCode is said of every code that opens nothing, whatever the reason.
var errWrongCode = problem.Invalid{"code": "This code opens nothing. Compare it with the mail, or ask for another one: a code works once, for twenty minutes and five tries."}

func (s *Server) signOut(c *call) (string, error) {
	if err := account.SignOut(c.tx, c.token); err != nil {
		return "", err
	}
	c.keepSession("")
	return "/sign-in", nil
}

// enterOrganisation goes on in another organisation of the account.
func (s *Server) enterOrganisation(c *call) (string, error) {
	return "/", account.SwitchTo(c.tx, c.who, c.id("id"))
}

// beExample signs in as somebody of the example organisation, by one click.
func (s *Server) beExample(c *call) (string, error) {
	token, err := account.UnscopedSignIn(c.tx, c.id("organisation"), c.id("person"), device(c.UserAgent()))
	if err != nil {
		return "", err
	}
	if err := account.SignOut(c.tx, c.token); err != nil {
		return "", err
	}
	c.keepSession(token)
	return "/", nil
}

// examplePeople are those whom to be first, and everybody else by name.
func examplePeople(tx *db.Tx, organisations []org.Organisation) (first, others []exampleRole, err error) {
	if len(organisations) == 0 {
		return nil, nil, nil
	}
	me := org.Operator(organisations[0].ID)
	if first, err = exampleRoles(tx, me); err != nil {
		return nil, nil, err
	}
	all, err := org.Search(tx, me, "", org.Place{}, 200)
	for _, p := range all {
		if !slices.ContainsFunc(first, func(r exampleRole) bool { return r.Person == p.ID }) {
			others = append(others, exampleRole{me.Organisation, p.ID, p.Name, p.JobTitle})
		}
	}
	return first, others, err
}

// exampleRoles are an employee with the most history, their manager, and an administrator.
func exampleRoles(tx *db.Tx, me org.Actor) ([]exampleRole, error) {
	var employee, manager, administrator db.ID
	err := tx.Get(`
		select l.person_id, l.manager_id from reporting_lines l
		join events e on e.organisation_id = l.organisation_id and e.by_id = l.person_id
		where l.organisation_id = $1 and l.ended_at is null and not exists (
			select 1 from reporting_lines u where u.organisation_id = $1 and u.manager_id = l.person_id and u.ended_at is null)
		group by l.person_id, l.manager_id
		order by count(*) desc, l.person_id limit 1`, me.Organisation).Scan(&employee, &manager)
	if err != nil && !errors.Is(err, problem.NotFound) {
		return nil, err
	}
	err = tx.Get(`
		select id from people where organisation_id = $1 and administrator and left_at is null
		order by id limit 1`, me.Organisation).Scan(&administrator)
	if err != nil && !errors.Is(err, problem.NotFound) {
		return nil, err
	}
	var roles []exampleRole
	for _, each := range []struct {
		id   db.ID
		role string
	}{{employee, "an employee with a year of history"}, {manager, "their manager"}, {administrator, "the administrator"}} {
		p, err := org.ByID(tx, me, each.id)
		if errors.Is(err, problem.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		roles = append(roles, exampleRole{me.Organisation, p.ID, p.Name, p.JobTitle + " · " + each.role})
	}
	return roles, nil
}

func codeQuery(id db.ID, next string) string {
	query := url.Values{"sign_in": {string(id)}}
	if next != "" {
		query.Set("next", next)
	}
	return query.Encode()
}

// localPath is the path if it leads to a page of this installation, else empty.
func localPath(path string) string {
	at, err := url.Parse(path)
	if err != nil || at.IsAbs() || at.Host != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.Contains(path, `\`) {
		return ""
	}
	return at.EscapedPath()
}

// orStart is the path, or the start page without one.
func orStart(path string) string {
	if path == "" {
		return "/"
	}
	return path
}

// device says what a browser is, for the list of sessions: "Firefox on Linux".
func device(agent string) string {
	browser, system := "A browser", ""
	for _, one := range []struct{ mark, name string }{
		{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
		{"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
	} {
		if strings.Contains(agent, one.mark) {
			browser = one.name
			break
		}
	}
	for _, one := range []struct{ mark, name string }{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS X", "Mac"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"},
	} {
		if strings.Contains(agent, one.mark) {
			system = " on " + one.name
			break
		}
	}
	return browser + system
}
