package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// shownBy is what shows a win: addresses on the web, and files.
type shownBy struct {
	Links []linkLine
	Files []fileLine
	Adds  bool // the owner, while here
	Href  string
	Link  Field
	File  Field
}

// Any tells whether anything shows it.
func (s shownBy) Any() bool { return len(s.Links)+len(s.Files) > 0 }

type linkLine struct{ Href, Text, Host, Remove string }

type fileLine struct{ Href, Name, About, Remove string }

// whatShows is what shows a win that the visitor sees.
func (c *call) whatShows(w plan.Win, adds bool) shownBy {
	s := shownBy{Adds: adds, Href: PathOf(w.Thing())}
	for _, link := range w.Links {
		s.Links = append(s.Links, lineOfLink(link, s.Href))
	}
	for _, file := range w.Files {
		href := s.Href + "/files/" + string(file.ID)
		s.Files = append(s.Files, fileLine{Href: href, Name: file.Name, About: aboutFile(file), Remove: href + "/removal"})
	}
	s.Link = c.formOf("/wins/{id}/links").field(Field{Name: "link", Label: "A link that shows it", Type: "url", Required: true,
		Hint: "A page, a document, a message. Who sees the win sees the address; whether it opens for them is decided there."}, "")
	s.File = c.formOf("/wins/{id}/files").field(Field{Name: "file", Label: "A picture or a PDF", Type: "file", Required: true,
		Hint: fmt.Sprintf("Up to %d MB, %d to a win. Who sees the win can open it. A photo also says when, and perhaps where, it was taken.", plan.MostFile>>20, plan.MostFiles)}, "")
	return s
}

// lineOfLink shows an address as text, with the host that it leads to.
func lineOfLink(link plan.Link, win string) linkLine {
	line := linkLine{Href: link.URL, Text: link.URL, Remove: win + "/links/" + string(link.ID) + "/removal"}
	if at, err := url.Parse(link.URL); err == nil {
		line.Host = at.Hostname()
	}
	_, line.Text, _ = strings.Cut(strings.TrimSuffix(line.Text, "/"), "://")
	const most = 90
	if runes := []rune(line.Text); len(runes) > most {
		line.Text = string(runes[:most]) + "…"
	}
	return line
}

// aboutFile says what a file is and how large: "PDF, 240 KB".
func aboutFile(f plan.File) string {
	kind := strings.ToUpper(strings.TrimPrefix(plan.Kinds[f.MediaType], "."))
	if f.Size < 1<<20 {
		return fmt.Sprintf("%s, %d KB", kind, max(1, (f.Size+512)>>10))
	}
	return fmt.Sprintf("%s, %.1f MB", kind, float64(f.Size)/(1<<20))
}

var (
	linkKept    = says("The link is kept.")
	fileKept    = says("The file is kept.")
	linkRemoved = says("The link is removed.")
	fileRemoved = says("The file is removed for good.")
)

func (c *call) winPath() string { return "/wins/" + string(c.id("id")) }

func addLink(c *call) (string, error) {
	c.say(linkKept)
	return c.winPath(), plan.AddLink(c.tx, c.me, c.id("id"), c.text("link"))
}

func removeLink(c *call) (string, error) {
	c.say(linkRemoved)
	return c.winPath(), plan.RemoveLink(c.tx, c.me, c.id("id"), c.id("link"))
}

// mostAttached is how much a form with one file may hold.
const mostAttached = plan.MostFile + mostForm

func addFile(c *call) (string, error) {
	content, err := c.upload("file")
	if err != nil {
		return "", err
	}
	_, header, err := c.FormFile("file")
	if err != nil {
		return "", err
	}
	c.say(fileKept)
	err = plan.AddFile(c.tx, c.me, c.id("id"), header.Filename, content)
	return c.winPath(), err
}

func removeFile(c *call) (string, error) {
	c.say(fileRemoved)
	return c.winPath(), plan.RemoveFile(c.tx, c.me, c.id("id"), c.id("file"))
}

// downloadFile gives a file of a win, never to be shown within a page of ours: as an attachment, as
// what its content is, in a sandbox. Its name stands in the link on the page, not in a header.
func downloadFile(c *call) (view, error) {
	f, owner, content, err := plan.FileOf(c.tx, c.me, c.id("id"), c.id("file"))
	if err != nil {
		return view{}, err
	}
	c.lookedAt(owner, whatIs(plan.Win{ID: c.id("id")}.Thing()))
	return attachment(f.MediaType, content)
}

// downloadCopied gives a file of a win through a copy that its owner gave.
func downloadCopied(c *call) (view, error) {
	n, err := strconv.Atoi(c.PathValue("number"))
	if err != nil {
		return view{}, problem.NotFound
	}
	f, owner, content, err := frozen.FileOf(c.tx, c.me, c.id("id"), n)
	if err != nil {
		return view{}, err
	}
	c.lookedAt(owner, whatIs(frozen.Copy{ID: c.id("id")}.Thing()))
	return attachment(f.MediaType, content)
}

func attachment(kind string, content []byte) (view, error) {
	if _, taken := plan.Kinds[kind]; !taken {
		return view{}, errors.Join(problem.NotFound, errors.New("a file of a kind that is not taken"))
	}
	return view{raw: content, header: http.Header{
		"Content-Type": {kind}, "Content-Disposition": {"attachment"}, "Content-Security-Policy": {"default-src 'none'; sandbox"},
	}}, nil
}
