package web

import (
	"encoding/json"
	"html/template"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// newWinForm is where a win is kept: one line is enough.
type newWinForm struct {
	What, Link, Effect, Figure, Day Field
	Back                            string // the page somebody came from, and goes back to
	Shared                          bool   // it came from elsewhere, and is to be looked at first
	Files                           []carried
	LeftOut                         []string // why of what was shared something is not here
}

var newWinPage = declare[newWinForm]("win-new.html")

// newWin is the form of a new win. A bookmarklet leads here with the words behind the # of the
// address, which stays in the browser; a module fills them in.
func newWin(c *call) (view, error) {
	back := c.form.Value("back", c.pageBefore())
	return c.newWin(newWinForm{Back: c.pageAt(back), Files: c.form.carriedFiles()}, "", "")
}

func (c *call) newWin(main newWinForm, what, link string) (view, error) {
	main.What = c.form.field(Field{Name: "what", Label: "What went well?", Type: "textarea", Rows: 2, Required: true, Hint: "One line is enough."}, what)
	main.Link = c.form.field(Field{Name: "link", Label: "A link that shows it", Type: "url", Hint: "Such as https://…, if there is one."}, link)
	main.Effect = c.form.field(Field{Name: "effect", Label: "What it changed, and for whom", Type: "textarea", Rows: 2}, "")
	main.Figure = c.form.field(Field{Name: "figure", Label: "A figure, if there is one", Type: "own", Hint: "Such as “from 40 to 6 minutes a release”."}, "")
	main.Day = c.form.field(Field{Name: "day", Label: "When", Type: "date", Hint: "Today, if you leave it empty."}, "")
	return newWinPage.show(c, "Keep a win", "wins", main)
}

// addWin keeps a win. Who came from a page goes back there, and is told where details are added.
func addWin(c *call) (string, error) {
	wrong := problem.Invalid{}
	in := plan.WinText{Day: c.day("day", wrong), What: c.text("what"), Effect: c.text("effect"), Figure: c.text("figure")}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	w, err := plan.AddWin(c.tx, c.me, in, c.origin())
	if err != nil {
		return "", err
	}
	if link := c.text("link"); link != "" {
		if err := plan.AddLink(c.tx, c.me, w.ID, link); err != nil {
			return "", err
		}
	}
	if err := c.attachCarried(w.ID); err != nil {
		return "", err
	}
	if back := c.pageAt(c.text("back")); back != "" {
		c.sayOf(winKeptBack, w.Thing())
		return back, nil
	}
	c.say(winKept)
	return PathOf(w.Thing()), nil
}

var (
	winKept     = says("Kept. Add what it changed while you remember it, or leave it at that.")
	winKeptBack = saysOf("Kept, for you alone.", "Add details")
)

// pageBefore is the page of ours on which a link was followed.
func (c *call) pageBefore() string {
	from, err := url.Parse(c.Referer())
	if err != nil || from.Host != c.Host {
		return ""
	}
	return from.EscapedPath()
}

// pageAt is the path, if there is a page under it: no words can hide in one.
func (c *call) pageAt(path string) string {
	path = localPath(path)
	if path == "" || strings.HasPrefix(path, "/wins/new") || len(path) > 200 {
		return ""
	}
	_, pattern := c.server.mux.Handler(&http.Request{Method: http.MethodGet, Host: c.Host, URL: &url.URL{Path: path}})
	if !strings.HasPrefix(pattern, http.MethodGet+" ") {
		return ""
	}
	return path
}

// showShared is where a phone leads that shares something with Ownward: the form of a new win
// with the words filled in. They came in the body of a POST, possibly from another site and
// without a session: so nothing is done here. The form is sent by the person, from this page.
func showShared(c *call) (view, error) {
	what, link := sharedWords(c.text("title"), c.text("text"), c.text("url"))
	files, left, err := c.sharedFiles()
	if err != nil {
		return view{}, err
	}
	return c.newWin(newWinForm{Shared: true, Files: files, LeftOut: left}, what, link)
}

var address = regexp.MustCompile(`https?://\S+`)

// sharedWords are the words and the link of what a phone shares: many apps put the address into
// the text.
func sharedWords(title, text, link string) (words, address string) {
	if link == "" {
		link = addressIn(text)
	}
	words = strings.TrimSpace(text)
	if link != "" {
		words = strings.TrimRight(strings.ReplaceAll(words, link, ""), " .,;:\n")
	}
	if words == "" {
		words = title
	}
	return words, link
}

func addressIn(text string) string {
	return strings.TrimRight(address.FindString(text), ".,;:!?)]}>\"'")
}

// capturePage explains the ways to keep a win from elsewhere.
type capturePage struct {
	Bookmarklet template.URL
	Secure      bool
}

var capturingPage = declare[capturePage]("win-capture.html")

// showCapture offers the bookmarklet: a link to be dragged, which our own policy does not let run
// here.
func showCapture(c *call) (view, error) {
	scheme := "http://"
	if c.server.Secure {
		scheme = "https://"
	}
	here, err := json.Marshal(scheme + c.Host + "/wins/new#")
	if err != nil {
		return view{}, err
	}
	script := "(()=>{open(" + string(here) + "+new URLSearchParams({what:String(getSelection()).trim()||document.title,link:location.href}))})()"
	main := capturePage{Bookmarklet: template.URL("javascript:" + url.PathEscape(script)), Secure: c.server.Secure}
	return capturingPage.show(c, "Keep wins from anywhere", "wins", main)
}
