package testkit

import (
	"bufio"
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Visitor is somebody in front of the pages, with a browser that keeps cookies and no scripts.
type Visitor struct {
	t      testing.TB
	site   string
	client *http.Client
}

// Site serves the handler until the test ends, and gives its address.
func Site(t testing.TB, handler http.Handler) string {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// Visit is a visitor of the site who is not signed in.
func Visit(t testing.TB, site string) *Visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Visitor{t, site, &http.Client{Jar: jar}}
}

// Listen holds an answer of events open and gives its events as they come, each with its name and
// content on two lines, until it ends or the test does.
func (v *Visitor) Listen(path string) <-chan string {
	v.t.Helper()
	ask, err := http.NewRequestWithContext(v.t.Context(), http.MethodGet, v.site+path, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	ask.Header.Set("Accept", "text/event-stream")
	answer, err := v.client.Do(ask)
	if err != nil {
		v.t.Fatal(err)
	}
	found := make(chan string, 100)
	if answer.StatusCode != http.StatusOK || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/event-stream") {
		close(found)
		_ = answer.Body.Close()
		return found
	}
	go func() {
		defer close(found)
		defer answer.Body.Close()
		for events := bufio.NewScanner(answer.Body); events.Scan(); {
			name, more := events.Text(), events.Scan()
			if !more {
				return
			}
			found <- strings.TrimPrefix(name, "event: ") + "\n" + strings.TrimPrefix(events.Text(), "data: ")
			events.Scan()
		}
	}()
	return found
}

// VisitAs is a visitor who is signed in as the person.
func VisitAs(t testing.TB, s Store, site string, me org.Actor) *Visitor {
	t.Helper()
	token := Write(t, s, func(tx *db.Tx) (account.Token, error) {
		return account.UnscopedSignIn(tx, me.Organisation, me.Person, "a test")
	})
	v := Visit(t, site)
	at, err := url.Parse(site)
	if err != nil {
		t.Fatal(err)
	}
	v.client.Jar.SetCookies(at, []*http.Cookie{{Name: "ownward", Value: string(token), Path: "/"}})
	return v
}

// Shown is a page in front of a visitor.
type Shown struct {
	visitor *Visitor
	Status  int
	Path    string // where the visitor ended up
	Header  http.Header
	Body    string
	root    *html.Node
}

// Get opens a page.
func (v *Visitor) Get(path string) *Shown {
	v.t.Helper()
	r, err := v.client.Get(v.site + path)
	return v.shown(r, err)
}

// Ahead fetches a page as browsers do before anybody asked for it.
func (v *Visitor) Ahead(path string) *Shown {
	v.t.Helper()
	request, err := http.NewRequest(http.MethodGet, v.site+path, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	request.Header.Set("Sec-Purpose", "prefetch;prerender")
	r, err := v.client.Do(request)
	return v.shown(r, err)
}

// Post sends a form to an address, as the browser does after a click, and follows where it leads.
func (v *Visitor) Post(path string, form url.Values) *Shown {
	v.t.Helper()
	r, err := v.client.PostForm(v.site+path, form)
	return v.shown(r, err)
}

// Send posts a form with a file, as the browser does.
func (v *Visitor) Send(path, field, name string, content []byte, form url.Values) *Shown {
	v.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile(field, name)
	if err != nil {
		v.t.Fatal(err)
	}
	part.Write(content) // a Buffer takes all
	for name := range form {
		if err := w.WriteField(name, form.Get(name)); err != nil {
			v.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		v.t.Fatal(err)
	}
	r, err := v.client.Post(v.site+path, w.FormDataContentType(), &body)
	return v.shown(r, err)
}

func (v *Visitor) shown(r *http.Response, err error) *Shown {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	return &Shown{v, r.StatusCode, r.Request.URL.RequestURI(), r.Header, string(body), root}
}

// Submit fills in and sends the form of the page that goes to the address (its action; an empty
// one: the only form of main). Fields that are not named keep what the page shows in them.
func (p *Shown) Submit(action string, fill map[string]string) *Shown {
	p.visitor.t.Helper()
	selector := "main form"
	if action != "" {
		selector = `form[action="` + action + `"]`
	}
	form := cascadia.Query(p.root, cascadia.MustCompile(selector))
	if form == nil {
		p.visitor.t.Fatalf("%s has no form that goes to %q (status %d)", p.Path, action, p.Status)
	}
	values := formValues(form)
	for name, value := range fill {
		values.Set(name, value)
	}
	target := attribute(form, "action")
	if target == "" {
		target = p.Path
	}
	return p.visitor.Post(target, values)
}

// Form is what the form of the page that goes to the address sends as the page shows it.
func (p *Shown) Form(action string) url.Values {
	p.visitor.t.Helper()
	form := cascadia.Query(p.root, cascadia.MustCompile(`form[action="`+action+`"]`))
	if form == nil {
		p.visitor.t.Fatalf("%s has no form that goes to %q (status %d)", p.Path, action, p.Status)
	}
	return formValues(form)
}

// formValues is what the form sends as the page shows it.
func formValues(form *html.Node) url.Values {
	values := url.Values{}
	for _, field := range cascadia.QueryAll(form, cascadia.MustCompile("input[name], textarea[name], select[name]")) {
		name := attribute(field, "name")
		switch kind := attribute(field, "type"); {
		case field.Data == "textarea":
			values.Set(name, strings.TrimPrefix(textOf(field), "\n"))
		case field.Data == "select":
			if chosen := cascadia.Query(field, cascadia.MustCompile("option[selected]")); chosen != nil {
				values.Set(name, attribute(chosen, "value"))
			} else if first := cascadia.Query(field, cascadia.MustCompile("option")); first != nil {
				values.Set(name, attribute(first, "value"))
			}
		case kind == "radio" || kind == "checkbox":
			if has(field, "checked") {
				values.Add(name, attribute(field, "value"))
			}
		case kind != "file":
			values.Set(name, attribute(field, "value"))
		}
	}
	return values
}

// Text is the readable text of what the selector finds, the pieces joined by " | ".
func (p *Shown) Text(selector string) string {
	var found []string
	for _, node := range cascadia.QueryAll(p.root, cascadia.MustCompile(selector)) {
		found = append(found, strings.Join(strings.Fields(textOf(node)), " "))
	}
	return strings.Join(found, " | ")
}

// Has tells whether the selector finds anything.
func (p *Shown) Has(selector string) bool {
	return cascadia.Query(p.root, cascadia.MustCompile(selector)) != nil
}

// Attribute is an attribute of the first thing that the selector finds.
func (p *Shown) Attribute(selector, name string) string {
	if node := cascadia.Query(p.root, cascadia.MustCompile(selector)); node != nil {
		return attribute(node, name)
	}
	return ""
}

// Must fails the test unless the page came with that status.
func (p *Shown) Must(status int) *Shown {
	p.visitor.t.Helper()
	if p.Status != status {
		p.visitor.t.Fatalf("%s: status %d, want %d: %s", p.Path, p.Status, status, p.Text("main"))
	}
	return p
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(node *html.Node, name string) bool {
	for _, a := range node.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func textOf(node *html.Node) string {
	if node.Type == html.TextNode {
		return node.Data
	}
	var b strings.Builder
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		b.WriteString(textOf(child))
	}
	return b.String()
}
