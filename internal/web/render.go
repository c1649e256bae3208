package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/ownward/ownward/internal/civil"
)

//go:embed pages/*.html
var pageFiles embed.FS

// Frame is what stands around every page.
type Frame struct {
	Title            string
	Here             string // the place in the navigation
	Name             string
	OrganisationName string
	Administrator    bool
	KeepsProgrammes  bool // as an administrator too
	Alone            bool
	Organisations    []Choice // of the account, to go to
	Assets           string
	FormKey          string
	Flash            Flash
	Demo             bool
	SeeAs            string
	Public           bool
	Outside          bool // the page of a link: nothing leads into the product
	Path             string
	Form             Form
	zone             *time.Location // of the visitor
}

// Stamp writes a moment as the date on which it was where the visitor is.
func (f Frame) Stamp(t time.Time) string { return stamp(t.In(f.zone)) }

// Choice is an organisation that an account can go to.
type Choice struct{ ID, Name string }

// Page is a page with its frame.
type Page[T any] struct {
	Frame
	Main T
}

// view is a page that is ready to be rendered.
type view struct {
	template *declared
	page     any
	header   http.Header
	raw      []byte // instead of a page: a file to download
	status   int    // other than that all is well
}

// declared is a page that template files exist for.
type declared struct {
	files []string // the page's own first, then the parts it shares with others
	zero  any      // a Page of the type of its content, to check the template against
}

// allDeclared are the pages of the program, by the variables that declare them.
var allDeclared []*declared

// pageOf is a declared page whose content is a T.
type pageOf[T any] struct{ *declared }

// declare says that pages/files[0] is the page of a T; further files hold parts for it.
func declare[T any](files ...string) pageOf[T] {
	d := &declared{files: files, zero: Page[T]{}}
	allDeclared = append(allDeclared, d)
	return pageOf[T]{d}
}

// show makes the page. Here is the place in the navigation that it belongs to.
func (p pageOf[T]) show(c *call, title, here string, main T) (view, error) {
	return view{template: p.declared, page: Page[T]{c.frame(title, here), main}}, nil
}

// seenAs makes the page as somebody else would see it.
func (p pageOf[T]) seenAs(c *call, title, here, whose string, back string, main T) (view, error) {
	frame := c.frame(title, here)
	frame.SeeAs, frame.Path = whose, back
	return view{template: p.declared, page: Page[T]{frame, main}}, nil
}

// public makes the page without navigation, for who is not signed in.
func (p pageOf[T]) public(c *call, title string, main T) (view, error) {
	frame := Frame{zone: time.UTC, Title: title, Public: true, Assets: c.server.assets, FormKey: newFormKey(), Form: c.form, Demo: c.server.Demo, Flash: c.said()}
	return view{template: p.declared, page: Page[T]{frame, main}}, nil
}

// outside makes the page of a link, for somebody who may know nothing of Ownward: without a way in,
// found by no search, and with no address passed on to where else they go.
func (p pageOf[T]) outside(c *call, title string, main T) (view, error) {
	frame := Frame{zone: time.UTC, Title: title, Public: true, Outside: true, Assets: c.server.assets, Form: c.form}
	return view{template: p.declared, page: Page[T]{frame, main}, header: http.Header{
		"X-Robots-Tag": {"noindex, nofollow, noarchive"},
		// Not no-referrer: see secure.
		"Referrer-Policy": {"strict-origin"},
	}}, nil
}

// templates are the declared pages, each parsed when it is first shown: most servers show few of
// them, and starting is not to wait for all.
type templates struct {
	base   *template.Template // the frame and the parts, with which every page begins
	parsed sync.Map           // *declared to *template.Template
}

// newTemplates parses what all pages share. A file that belongs to no page, or that a page
// lacks, is a mistake.
func newTemplates(functions template.FuncMap) (*templates, error) {
	base, err := template.New("layout.html").Funcs(functions).ParseFS(pageFiles, "pages/layout.html", "pages/parts.html")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(pageFiles, "pages/*.html")
	if err != nil {
		return nil, err
	}
	used := map[string]bool{"layout.html": true, "parts.html": true}
	for _, d := range allDeclared {
		for _, file := range d.files {
			used[file] = true
		}
	}
	for _, name := range names {
		if !used[path.Base(name)] {
			return nil, fmt.Errorf("%s belongs to no page", name)
		}
		delete(used, path.Base(name))
	}
	for name := range used {
		return nil, fmt.Errorf("pages/%s is not there", name)
	}
	return &templates{base: base}, nil
}

// of is the template of a page.
func (t *templates) of(d *declared) (*template.Template, error) {
	if parsed, ok := t.parsed.Load(d); ok {
		return parsed.(*template.Template), nil
	}
	page, err := t.base.Clone()
	if err != nil {
		return nil, err
	}
	for _, file := range d.files {
		if page, err = page.ParseFS(pageFiles, "pages/"+file); err != nil {
			return nil, err
		}
	}
	parsed, _ := t.parsed.LoadOrStore(d, page.Lookup("layout.html"))
	return parsed.(*template.Template), nil
}

func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, v view) error {
	for name, values := range v.header {
		w.Header()[name] = values
	}
	if v.status != 0 {
		status = v.status
	}
	if v.raw != nil {
		w.WriteHeader(status)
		_, _ = w.Write(v.raw)
		return nil
	}
	var b bytes.Buffer
	b.Grow(16 << 10) // most pages
	page, err := s.templates.of(v.template)
	if err != nil {
		return err
	}
	if err := page.Execute(&b, v.page); err != nil {
		return fmt.Errorf("render %s: %w", v.template.files[0], err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // who does not listen any more needs no answer
	return nil
}

// functions are what templates may call.
func (s *Server) functions() template.FuncMap {
	return template.FuncMap{
		"day":   func(d civil.Date) string { return day(d, civil.In(s.DB.Now(), time.UTC)) },
		"stamp": stamp,
		"clock": clock,
		"lines": lines,
	}
}

// day writes a date as people say it: "3 December", with the year when it is not close to today.
func day(d, today civil.Date) string {
	if d.IsZero() {
		return ""
	}
	if away := d.DaysSince(today); away > 300 || away < -180 {
		return d.Time().Format("2 January 2006")
	}
	return d.Time().Format("2 January")
}

// stamp writes a moment as a date with the year, as histories need it: in the zone that the
// moment is given in.
func stamp(t time.Time) string { return t.Format("2 January 2006") }

// clock writes the time of day.
func clock(t time.Time) string { return t.Format("15:04") }

// lines makes paragraphs of a plain text: an empty line begins a new one.
func lines(text string) template.HTML {
	var b strings.Builder
	for _, paragraph := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if strings.TrimSpace(paragraph) == "" {
			continue
		}
		b.WriteString("<p>")
		b.WriteString(strings.ReplaceAll(template.HTMLEscapeString(strings.TrimSpace(paragraph)), "\n", "<br>"))
		b.WriteString("</p>")
	}
	return template.HTML(b.String())
}
