package web

import (
	"context"
	"net/http"

	"github.com/ownward/ownward/internal/db"
)

// longer is an act that takes longer than others should wait who write. It is called in a reading transaction; what it
// gives back to be worked out is, outside of any; and what came of that is kept by an act as all others are, which
// looks anew at whatever may have changed meanwhile.
type longer func(c *call) (workOut func(context.Context) error, keep act, err error)

// postLonger registers an act that is worked out between two transactions.
func (s *Server) postLonger(path string, access Access, do longer, again page) {
	s.handle(Route{http.MethodPost, path, access}, func(w http.ResponseWriter, r *http.Request) error {
		if err := parseForm(w, r, mostForm); err != nil {
			return err
		}
		keep, err := s.workOut(r, access, do)
		if err != nil {
			return s.comeBack(w, r, access, again, err)
		}
		return s.doParsed(w, r, access, keep, again)
	})
}

// workOut does what is to be done before an act can keep what came of it; a form that was done before has nothing to be
// worked out.
func (s *Server) workOut(r *http.Request, access Access, do longer) (act, error) {
	type both struct {
		workOut func(context.Context) error
		keep    act
	}
	b, err := db.Read(r.Context(), s.DB, func(tx *db.Tx) (b both, err error) {
		c, err := s.newCall(tx, r, access)
		if err != nil {
			return b, err
		}
		key, err := c.formKey()
		if err != nil {
			return b, err
		}
		if next, done, err := c.locationOf(key); err != nil || done {
			return both{keep: func(*call) (string, error) { return next, nil }}, err
		}
		b.workOut, b.keep, err = do(c)
		return b, err
	})
	if err != nil || b.workOut == nil {
		return b.keep, err
	}
	return b.keep, b.workOut(r.Context())
}
