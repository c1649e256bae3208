package web

import (
	"github.com/ownward/ownward/internal/account"
)

// setUp is the page that sets up an empty installation.
type setUp struct {
	Action                         string
	For, Organisation, Name, Email Field
	Zone                           Field
	InLog                          bool
}

var setUpPage = declare[setUp]("setup.html")

func (s *Server) setUp(c *call) (view, error) {
	if err := account.MaySetUp(c.tx, account.Token(c.PathValue("token"))); err != nil {
		return view{}, err
	}
	return setUpPage.public(c, "Set up", setUp{
		Action: c.URL.Path, InLog: s.MailInLog,
		For: c.form.field(Field{
			Name: "for", Label: "Who is it for?", Type: "radio", Required: true,
			Options: []Option{
				{Value: "me", Label: "Just me", Hint: "Everything is yours. Your manager and others are contacts that you write down."},
				{Value: "organisation", Label: "An organisation", Hint: "You look after it: you bring the people, and each of them signs in."},
			},
		}, "organisation"),
		Organisation: c.form.field(Field{Name: "organisation", Label: "The organisation's name", Autocomplete: "organization", Hint: "Leave this empty if it is just for you."}, ""),
		Name:         c.form.field(Field{Name: "name", Label: "Your name", Required: true, Autocomplete: "name"}, ""),
		Email:        c.form.field(Field{Name: "email", Label: "Your e-mail address", Type: "email", Required: true, Autocomplete: "email", Hint: "You sign in with it: each time a code is sent there."}, ""),
		Zone:         c.form.field(Field{Name: "time_zone", Label: "Your time zone", Type: "select", Required: true, Options: append([]Option{{Label: "Choose"}}, zoneOptions("")...)}, ""),
	})
}

func (s *Server) doSetUp(c *call) (string, error) {
	if err := c.notTooOften(); err != nil {
		return "", err
	}
	done, err := account.SetUp(c.tx, account.Token(c.PathValue("token")), account.Beginning{
		JustMe: c.text("for") == "me", Organisation: c.text("organisation"), Name: c.text("name"),
		Email: c.text("email"), TimeZone: c.text("time_zone"), Device: device(c.UserAgent()),
	})
	if err != nil {
		return "", err
	}
	if err := account.SignOut(c.tx, c.token); err != nil {
		return "", err
	}
	c.keepSession(done.Token)
	if c.text("for") == "me" {
		return startPath, nil
	}
	return "/", nil
}
