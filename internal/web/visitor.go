package web

import (
	"net/http"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// visitor is who sends a request: an account with a session, or nobody.
type visitor struct {
	Account       db.ID
	Session       db.ID
	Organisations []org.Organisation // of the account
}

// recognise finds out who sends the request.
func (c *call) recognise() error {
	return nil
}

// cookieName is where a browser keeps the token of its session. Over https the prefix binds it
// to this host.
func (s *Server) cookieName() string {
	if s.Secure {
		return "__Host-ownward"
	}
	return "ownward"
}

// keepSession lets the browser keep the token of a session; an empty one is forgotten.
func (c *call) keepSession(token string) {
	cookie := &http.Cookie{
		Name: c.server.cookieName(), Value: token, Path: "/",
		HttpOnly: true, Secure: c.server.Secure, SameSite: http.SameSiteLaxMode, MaxAge: 180 * 24 * 60 * 60,
	}
	if token == "" {
		cookie.MaxAge = -1
	}
	c.cookies = append(c.cookies, cookie)
}

// frame is what stands around the page for this visitor.
func (c *call) frame(title, here string) (Frame, error) {
	f := Frame{
		Title: title, Here: here, Assets: c.server.assets, FormKey: newFormKey(), Form: c.form, Demo: c.server.Demo, Path: c.URL.Path,
		Name: c.me.Name, Administrator: c.me.Administrator && !c.me.Left, Public: c.me.Person == "",
	}
	for _, o := range c.visitor.Organisations {
		if o.ID == c.me.Organisation {
			f.OrganisationName, f.Alone = o.Name, o.Alone
		}
		f.Organisations = append(f.Organisations, Choice{string(o.ID), o.Name})
	}
	if f.Public {
		return f, nil
	}
	var err error
	f.Manager, err = org.HasReports(c.tx, c.me)
	return f, err
}
