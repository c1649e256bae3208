package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/ownward/ownward/internal/problem"
)

// trouble is the page that says what went wrong and where to go on.
type trouble struct{ Heading, Text string }

var troublePage = declare[trouble]("trouble.html")

// fail turns an error into an answer. What is not in the vocabulary of problems is logged and
// not shown.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, failure error) {
	_, status, told := formOf(nil, failure)
	switch {
	case told:
		s.sayPlainly(w, status, "This could not be done", message(failure))
	case errors.Is(failure, problem.SignedOut):
		s.askToSignIn(w, r)
	case errors.Is(failure, problem.NotFound):
		s.nothingHere(w, r)
	case errors.Is(failure, onlyAhead):
		s.sayPlainly(w, http.StatusServiceUnavailable, "Not ahead of time", "Open this page, and it is here.")
	case errors.Is(failure, context.Canceled) && r.Context().Err() != nil:
		// Nobody waits for the answer any more.
	default:
		s.Log.Error("request failed", "route", r.Pattern, "error", problem.ForLog(failure))
		s.sayPlainly(w, http.StatusInternalServerError, "Something went wrong on our side",
			"What you sent was not kept. Please go back and try once more; your browser still has what you typed.")
	}
}

// message is the part of an error that is safe to show.
func message(failure error) string {
	var conflict *problem.Conflict
	if errors.As(failure, &conflict) {
		return conflict.Error()
	}
	var invalid problem.Invalid
	if errors.As(failure, &invalid) {
		return invalid.Error()
	}
	var refused problem.Refused
	if errors.As(failure, &refused) {
		return string(refused)
	}
	var tooMany problem.TooMany
	errors.As(failure, &tooMany)
	return string(tooMany)
}

// askToSignIn leads to the sign-in page, and from there back to where somebody wanted to go.
func (s *Server) askToSignIn(w http.ResponseWriter, r *http.Request) {
	to := "/sign-in"
	if r.Method == http.MethodGet && r.URL.Path != "/" {
		to += "?" + url.Values{"next": {r.URL.Path}}.Encode()
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// nothingHere is the same for what does not exist and for what is not the visitor's to see.
func (s *Server) nothingHere(w http.ResponseWriter, _ *http.Request) {
	s.sayPlainly(w, http.StatusNotFound, "Nothing here", "This page is not here, or it is not yours to see.")
}

// sayPlainly shows a page that needs nothing from the store.
func (s *Server) sayPlainly(w http.ResponseWriter, status int, heading, text string) {
	frame := Frame{Title: heading, Public: true, Assets: s.assets, Demo: s.Demo}
	v := view{template: troublePage.declared, page: Page[trouble]{frame, trouble{heading, text}}}
	if err := s.render(w, nil, status, v); err != nil {
		plain(w, status, heading+". "+text+"\n")
	}
}
