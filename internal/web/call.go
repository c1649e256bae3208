package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// call is one request within its transaction.
type call struct {
	*http.Request
	server  *Server
	access  Access
	tx      *db.Tx
	token   account.Token // of the session, as the browser sent it
	who     account.Who   // the zero Who: nobody is signed in
	me      org.Actor
	form    Form // what was typed and what was wrong with it, when a page comes back
	later   []func(context.Context) error
	ahead   bool // the page would be a look, and the browser only fetched it ahead
	cookies []*http.Cookie
}

// id is the identifier in the path.
func (c *call) id(name string) db.ID { return db.ID(c.PathValue(name)) }

// text is a field of the form, without space around it and with one kind of line end; in UTF-8, and
// without what no store takes and what would turn the words round that stand after it on a page.
func (c *call) text(name string) string {
	text := strings.TrimSpace(unwanted.Replace(strings.ToValidUTF8(c.FormValue(name), "\ufffd")))
	if !strings.ContainsFunc(text, seen) {
		return ""
	}
	return text
}

// seen tells of a letter that anybody sees: of others alone nothing is written, and a link of such
// words could not be found to be pressed.
func seen(r rune) bool { return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cf, unicode.Cc) }

// unwanted is what a text is freed of: NUL, and the characters that turn the direction of text
// until something ends them. Texts in any direction do without: the marks of a single place
// (U+200E, U+200F, U+061C) stay.
var unwanted = strings.NewReplacer("\r\n", "\n", "\x00", "",
	"\u202a", "", "\u202b", "", "\u202c", "", "\u202d", "", "\u202e", "", "\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "")

// firstYear and lastYear are between which a day of somebody's work lies; 0206 was meant to be 2026.
const firstYear, lastYear = 1900, 2200

// day is a field of the form that holds a date; what is no date is noted in wrong.
func (c *call) day(name string, wrong problem.Invalid) civil.Date {
	date, err := civil.Parse(c.text(name))
	wrong.Check(err == nil, name, "Please give the date as year-month-day, such as 2026-11-23.")
	wrong.Check(date.IsZero() || date.Year() >= firstYear && date.Year() <= lastYear, name, "Please look at the year again: it lies very far away.")
	return date
}

// formOf is what came back of the form that goes to the route of this path; of any other form on
// the page, nothing.
func (c *call) formOf(path string) Form {
	if c.Pattern != http.MethodPost+" "+path {
		return Form{}
	}
	return c.form
}

// revision is the revision of a text that the form was opened on.
func (c *call) revision() int64 {
	var n int64
	// What is no number is no revision that stands: the edit meets a conflict and nothing is lost.
	_, _ = fmt.Sscanf(c.text("revision"), "%d", &n)
	return n
}

// origin is what the form says that something comes from, as "kind:id". It gives no right to
// that thing: who follows it finds what they may see.
func (c *call) origin() org.Origin { return c.thing("origin") }

// thing is what a field of the form names as "kind:id"; nothing where it names none.
func (c *call) thing(field string) event.Thing { return thingNamed(c.text(field)) }

func thingNamed(text string) event.Thing {
	kind, id, _ := strings.Cut(text, ":")
	if kind == "" || id == "" || len(kind) > 40 || len(id) > 40 {
		return event.Thing{}
	}
	return event.Thing{Kind: kind, ID: db.ID(id)}
}

// afterwards does something in a transaction of its own once a page was read, such as noting
// that somebody looked.
func (c *call) afterwards(do func(tx *db.Tx) error) {
	d := c.server.DB
	c.later = append(c.later, func(ctx context.Context) error { return db.Do(ctx, d, do) })
}

// fetchedAhead tells whether a browser fetched the page before anybody asked for it.
func (c *call) fetchedAhead() bool {
	return strings.Contains(c.Header.Get("Sec-Purpose"), "prefetch") || c.Header.Get("Purpose") == "prefetch"
}

// onlyAhead is said in the place of a page that would count as a look when nobody asked for it
// yet: the browser fetches it again when somebody does.
var onlyAhead = errors.New("fetched ahead of anybody asking for it")

// keep makes an act count although it says what is wrong: a wrong code is counted.
func keep(err error) error { return kept{err} }

type kept struct{ error }

func (k kept) Unwrap() error { return k.error }

func (s *Server) newCall(tx *db.Tx, r *http.Request, access Access) (*call, error) {
	c := &call{Request: r, server: s, access: access, tx: tx}
	if err := c.recognise(); err != nil {
		return nil, err
	}
	return c, c.admit(access)
}

func (s *Server) showPage(w http.ResponseWriter, r *http.Request, access Access, show page) error {
	r.Form, r.PostForm = r.URL.Query(), url.Values{} // FormValue would read a body of any size
	shown, err := s.look(w, r, access, show, Form{})
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, shown)
}

// look makes a page, and does what is to be done once it was read.
func (s *Server) look(w http.ResponseWriter, r *http.Request, access Access, show page, form Form) (view, error) {
	var c *call
	shown, err := db.Read(r.Context(), s.DB, func(tx *db.Tx) (view, error) {
		var err error
		if c, err = s.newCall(tx, r, access); err != nil {
			return view{}, err
		}
		c.form = form
		return show(c)
	})
	if err == nil && c.ahead {
		err = onlyAhead
	}
	if err != nil {
		return view{}, err
	}
	for _, do := range c.later {
		if err := do(context.WithoutCancel(r.Context())); err != nil { // what was read was read, also by who went on at once
			s.Log.Error("after a page", "route", r.Pattern, "error", problem.ForLog(err))
		}
	}
	for _, cookie := range c.cookies {
		http.SetCookie(w, cookie)
	}
	return shown, nil
}

func (s *Server) doAct(w http.ResponseWriter, r *http.Request, access Access, do act, again page, most int64) error {
	if most > mostForm { // nobody else sends as much
		if _, err := db.Read(r.Context(), s.DB, func(tx *db.Tx) (*call, error) { return s.newCall(tx, r, access) }); err != nil {
			return err
		}
	}
	if err := parseForm(w, r, most); err != nil {
		return err
	}
	return s.doParsed(w, r, access, do, again)
}

// doParsed does an act whose form was read.
func (s *Server) doParsed(w http.ResponseWriter, r *http.Request, access Access, do act, again page) error {
	var c *call
	var said error // by an act that is kept although it says what is wrong
	next, err := db.Write(r.Context(), s.DB, func(tx *db.Tx) (string, error) {
		var err error
		said = nil
		if c, err = s.newCall(tx, r, access); err != nil {
			return "", err
		}
		next, err := c.once(do)
		if errors.As(err, new(kept)) {
			said = err
			return "", nil
		}
		return next, err
	})
	if err = errors.Join(err, said); err != nil {
		return s.comeBack(w, r, access, again, err)
	}
	for _, cookie := range c.cookies {
		http.SetCookie(w, cookie)
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

// once does an act unless the same form, with the same content, was done before: then it says
// where that went.
func (c *call) once(do act) (string, error) {
	key, err := c.formKey()
	if err != nil {
		return "", err
	}
	if key == "" {
		return do(c)
	}
	next, done, err := c.locationOf(key)
	if err != nil || done {
		return next, err
	}
	if next, err = do(c); err != nil {
		return "", err
	}
	_, err = c.tx.Exec("insert into form_keys (key, route, location, at) values ($1, $2, $3, $4)", key, c.Pattern, next, c.tx.Now())
	return next, err
}

// locationOf tells whether a form was done, and where it went.
func (c *call) locationOf(key string) (next string, done bool, err error) {
	next, err = db.One(c.tx, db.Scanned[string], "select location from form_keys where key = $1", key)
	if errors.Is(err, problem.NotFound) {
		return "", false, nil
	}
	return next, err == nil, err
}

// formKey names this form with this content, in this session; empty for a form without a key.
func (c *call) formKey() (string, error) {
	if c.FormValue("formkey") == "" || c.who.Session == "" {
		return "", nil
	}
	if c.access == Link {
		return "", nil // where it leads is a secret address, which is not written down; the link itself is used once
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n", c.who.Session, c.URL.Path)
	for _, name := range slices.Sorted(maps.Keys(c.Form)) {
		fmt.Fprintf(h, "%q %q\n", name, c.Form[name])
	}
	if c.MultipartForm != nil {
		for _, name := range slices.Sorted(maps.Keys(c.MultipartForm.File)) {
			for _, file := range c.MultipartForm.File[name] {
				fmt.Fprintf(h, "%q %q %d\n", name, file.Filename, file.Size)
				if err := addContent(h, file); err != nil {
					return "", err
				}
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func addContent(to io.Writer, file *multipart.FileHeader) error {
	content, err := file.Open()
	if err != nil {
		return err
	}
	_, err = io.Copy(to, content)
	return errors.Join(err, content.Close())
}

// newFormKey makes the key that all forms of one page carry.
func newFormKey() string {
	key := make([]byte, 12)
	rand.Read(key)
	return hex.EncodeToString(key)
}

const (
	mostForm   = 1 << 20  // bytes of a form
	mostUpload = 64 << 20 // bytes of a form with a file
)

func parseForm(w http.ResponseWriter, r *http.Request, most int64) error {
	r.Body = http.MaxBytesReader(w, r.Body, most)
	err := r.ParseForm()
	if err == nil && strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		err = r.ParseMultipartForm(mostForm)
	}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return problem.Refuse("This is larger than the %d MB that can be sent at once.", tooLarge.Limit>>20)
	case err != nil:
		return problem.Refused("The browser sent a form that cannot be read. Please go back and try once more.")
	}
	return nil
}

// comeBack shows the page again with what was typed and what was wrong with it.
func (s *Server) comeBack(w http.ResponseWriter, r *http.Request, access Access, again page, failure error) error {
	form, status, ok := formOf(r.Form, failure)
	if !ok || again == nil {
		return failure
	}
	shown, err := s.look(w, r, access, again, form)
	if err != nil {
		return errors.Join(failure, err)
	}
	return s.render(w, r, status, shown)
}

// formOf is what a page is told of a form that could not be taken.
func formOf(typed url.Values, failure error) (form Form, status int, ok bool) {
	form = Form{Values: typed, Errors: map[string]string{}}
	var invalid problem.Invalid
	var conflict *problem.Conflict
	var refused problem.Refused
	var tooMany problem.TooMany
	switch {
	case errors.As(failure, &invalid):
		maps.Copy(form.Errors, invalid)
		form.Message = invalid[""]
		delete(form.Errors, "")
		return form, http.StatusUnprocessableEntity, true
	case errors.As(failure, &conflict):
		form.Theirs, form.Revision = conflict.Theirs, conflict.Revision
		form.Message = "This was changed meanwhile. Yours is in the form, what stands now is beside it: nothing is lost."
		return form, http.StatusConflict, true
	case errors.As(failure, &refused):
		form.Message = string(refused)
		return form, http.StatusConflict, true
	case errors.As(failure, &tooMany):
		form.Message = string(tooMany)
		return form, http.StatusTooManyRequests, true
	}
	return form, 0, false
}

// Tidy forgets the forms that were sent a month ago.
func Tidy(tx *db.Tx) error {
	_, err := tx.Exec("delete from form_keys where at < $1", tx.Now().AddDate(0, -1, 0))
	return err
}
