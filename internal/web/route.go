package web

import (
	"net/http"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
)

// Access says who may call a route. A route cannot be registered without it; who may reach
// which thing within it is decided by the lookup of that thing, and the permission test holds
// the two against each other.
type Access string

// The kinds of access.
const (
	Anyone        Access = "anyone, signed in or not"
	Account       Access = "anyone signed in, also who has left the organisation"
	Member        Access = "anyone in the organisation, for what is their own; who has left reads theirs"
	Colleague     Access = "anyone in the organisation"
	Owner         Access = "the owner of the thing"
	Viewer        Access = "the owner, and whom it is shared with"
	Sides         Access = "the two sides of it"
	Asked         Access = "the one who is asked"
	Link          Access = "whoever holds the link, signed in or not"
	Programmes    Access = "programme owners and administrators of the organisation"
	Answers       Access = "who answers for it, programme owners and administrators"
	Administrator Access = "administrators of the organisation"
)

// Route is one method and path of the URL space.
type Route struct {
	Method string
	Path   string // as http.ServeMux takes it
	Access Access
}

// Pattern is the route as http.ServeMux takes it.
func (r Route) Pattern() string { return r.Method + " " + r.Path }

// page answers a GET from one state of the store.
type page func(c *call) (view, error)

// act does what a POST asks for, in one transaction, and says where to go next.
type act func(c *call) (string, error)

// get registers a page.
func (s *Server) get(path string, access Access, show page) {
	s.handle(Route{http.MethodGet, path, access}, func(w http.ResponseWriter, r *http.Request) error {
		return s.showPage(w, r, access, show)
	})
}

// post registers an act. When its input cannot be taken, the page again comes back with what
// was typed; without one, a page that only says why.
func (s *Server) post(path string, access Access, do act, again page) {
	s.handle(Route{http.MethodPost, path, access}, func(w http.ResponseWriter, r *http.Request) error {
		return s.doAct(w, r, access, do, again, mostForm)
	})
}

// postPage registers a page that is asked for with a form and changes nothing.
func (s *Server) postPage(path string, access Access, show page) {
	s.postPageUpTo(mostForm, path, access, show)
}

// postPageUpTo is postPage for a form of at most so many bytes, where somebody is signed in.
func (s *Server) postPageUpTo(most int64, path string, access Access, show page) {
	s.handle(Route{http.MethodPost, path, access}, func(w http.ResponseWriter, r *http.Request) error {
		if err := parseForm(w, r, s.mostOf(r, most)); err != nil {
			return err
		}
		shown, err := s.look(w, r, access, show, Form{})
		if err != nil {
			return err
		}
		return s.render(w, r, http.StatusOK, shown)
	})
}

// mostOf is how many bytes a form of the visitor may have: of somebody who is not signed in, no
// more than a form without files.
func (s *Server) mostOf(r *http.Request, most int64) int64 {
	if most > mostForm {
		if _, err := db.Read(r.Context(), s.DB, func(tx *db.Tx) (*call, error) { return s.newCall(tx, r, Account) }); err != nil {
			return mostForm
		}
	}
	return most
}

// postFile is post for a form that brings a file.
func (s *Server) postFile(path string, access Access, do act, again page) {
	s.postFileUpTo(mostUpload, path, access, do, again)
}

// postFileUpTo is postFile for a form of at most so many bytes.
func (s *Server) postFileUpTo(most int64, path string, access Access, do act, again page) {
	s.handle(Route{http.MethodPost, path, access}, func(w http.ResponseWriter, r *http.Request) error {
		return s.doAct(w, r, access, do, again, most)
	})
}

func (s *Server) handle(route Route, answer func(http.ResponseWriter, *http.Request) error) {
	if route.Access == "" {
		panic("the route " + route.Pattern() + " does not say who may call it")
	}
	s.Routes = append(s.Routes, route)
	s.mux.HandleFunc(route.Pattern(), func(w http.ResponseWriter, r *http.Request) {
		if err := answer(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// admit tells whether the visitor may call routes of this access at all.
func (c *call) admit(access Access) error {
	signedIn, here := c.who.Session != "", c.me.Person != ""
	reads := c.Method == http.MethodGet
	switch {
	case access == Anyone, access == Link:
		return nil
	case !signedIn:
		return problem.SignedOut
	case access == Account:
		return nil
	case !here:
		return problem.NotFound
	case access == Administrator && !c.me.Administrator:
		return problem.NotFound
	case access == Programmes && !c.me.KeepsProgrammes():
		return problem.NotFound
	case c.me.Left && (access == Administrator || access == Colleague || access == Answers || !reads):
		return problem.NotFound
	}
	return nil
}
