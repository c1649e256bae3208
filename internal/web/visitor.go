package web

import (
	"errors"
	"net/http"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
)

// recognise finds out who sends the request: nobody, when the browser holds no token of a session
// that stands.
func (c *call) recognise() error {
	cookie, err := c.Cookie(c.server.cookieName())
	if err != nil {
		return nil // no cookie: nobody is signed in
	}
	c.token = account.Token(cookie.Value)
	c.who, err = account.WhoHas(c.tx, c.token)
	if errors.Is(err, problem.SignedOut) {
		return nil
	}
	c.me = c.who.Me
	if session := c.who.Session; c.who.SeenLongAgo {
		c.afterwards(func(tx *db.Tx) error { return account.Seen(tx, session) })
	}
	return err
}

// cookieName is where a browser keeps the token of its session. Over https the prefix binds it
// to this host.
func (s *Server) cookieName() string { return s.hostCookie("ownward") }

func (s *Server) hostCookie(name string) string {
	if s.Secure {
		return "__Host-" + name
	}
	return name
}

// keepSession lets the browser keep the token of a session; an empty one is forgotten.
func (c *call) keepSession(token account.Token) {
	cookie := &http.Cookie{
		Name: c.server.cookieName(), Value: string(token), Path: "/",
		HttpOnly: true, Secure: c.server.Secure, SameSite: http.SameSiteLaxMode, MaxAge: 180 * 24 * 60 * 60,
	}
	if token == "" {
		cookie.MaxAge = -1
	}
	c.cookies = append(c.cookies, cookie)
}

// frame is what stands around the page for this visitor.
func (c *call) frame(title, here string) Frame {
	f := Frame{
		Title: title, Here: here, Assets: c.server.assets, FormKey: newFormKey(), Form: c.form, Demo: c.server.Demo, Path: c.URL.Path,
		zone: c.zone(), Name: c.me.Name, Administrator: c.me.Administrator && !c.me.Left, KeepsProgrammes: c.me.KeepsProgrammes(), Public: c.me.Person == "", Flash: c.said(),
	}
	for _, o := range c.who.Memberships {
		if c.who.Here(o) {
			f.OrganisationName, f.Alone = o.Name, o.Alone
		}
		f.Organisations = append(f.Organisations, Choice{string(o.ID), o.Name})
	}
	return f
}
