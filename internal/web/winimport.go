package web

import (
	"fmt"
	"net/url"
	"strconv"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/winfile"
)

// winImport is where somebody brings in what they have of their wins elsewhere.
type winImport struct {
	File, Lines, Author, Again Field
	Command                    string
	Waiting                    int64
	Left                       bool
}

// draftList is what was found, to be looked at one by one or all at once.
type draftList struct {
	Waiting int64
	Topics  []draftTopic
	Last    lastImport
	Pager   Pager
	Left    bool
	Goes    string // when the drafts go by themselves
	Empty   Empty
}

type draftTopic struct {
	Name   string
	Drafts []draftLine
}

type draftLine struct {
	plan.Draft
	Path string
}

// oneDraft is a draft, to be changed before it is a win.
type oneDraft struct {
	Path                            string
	What, Effect, Figure, Link, Day Field
}

// lastImport is what the last import said.
type lastImport struct {
	plan.Imported
	Says     string
	Problems some[winfile.Problem]
}

var (
	winImportPage = declare[winImport]("win-import.html")
	draftsPage    = declare[draftList]("win-drafts.html")
	draftPage     = declare[oneDraft]("win-draft.html")
)

// mostImported is how much a form that brings wins may hold.
const mostImported = winfile.MostBytes + mostForm

func newWinImport(c *call) (view, error) {
	waiting, err := plan.DraftsWaiting(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := winImport{Waiting: waiting, Left: c.me.Left, Command: winfile.LogCommand}
	main.File = c.form.field(Field{Name: "file", Label: "The file", Type: "file",
		Hint: fmt.Sprintf("A CSV, a Markdown or text list, or the output of git log; up to %d MB.", winfile.MostBytes>>20)}, "")
	main.Lines = c.form.field(Field{Name: "lines", Label: "Or paste it", Type: "textarea", Rows: 6}, "")
	main.Author = c.form.field(Field{Name: "author", Label: "The name or address you commit with", Autocomplete: "off",
		Hint: "Only for a git log that holds the commits of others too."}, "")
	main.Again = c.form.field(Field{Name: "again", Label: "Offer again what I dropped before", Type: "checkbox"}, "")
	return winImportPage.show(c, "Import wins", "wins", main)
}

func importWins(c *call) (string, error) {
	name, content, err := c.sentFile("Please choose a file, or paste what is in it.")
	if err != nil {
		return "", err
	}
	in := plan.Import{Name: name, Content: content, Author: c.text("author"), Again: c.text("again") != ""}
	_, err = plan.ImportWins(c.tx, c.me, in)
	return "/wins/drafts", err
}

const (
	draftsPerPage  = 50
	problemsOfWins = 100
)

func listDrafts(c *call) (view, error) {
	after := c.URL.Query().Get("after")
	drafts, more, err := plan.Drafts(c.tx, c.me, db.ID(after), draftsPerPage)
	if err != nil {
		return view{}, err
	}
	main := draftList{Left: c.me.Left, Empty: Empty{
		Text:   "No draft waits for you. Import a list that you keep elsewhere, and look at each entry here before it is a win.",
		Action: "Import wins", Href: "/wins/import",
	}}
	if main.Waiting, err = plan.DraftsWaiting(c.tx, c.me); err != nil {
		return view{}, err
	}
	if main.Last.Imported, err = plan.LastImport(c.tx, c.me); err != nil {
		return view{}, err
	}
	main.Last.tell()
	for _, d := range drafts {
		main.add(c, d)
	}
	if more {
		main.Pager.Older = "/wins/drafts?" + url.Values{"after": {string(drafts[len(drafts)-1].ID)}}.Encode()
	}
	if after != "" {
		main.Pager.Newer = "/wins/drafts"
	}
	return draftsPage.show(c, "Drafts of wins", "wins", main)
}

// add puts a draft below its topic.
func (l *draftList) add(c *call, d plan.Draft) {
	if n := len(l.Topics); n == 0 || l.Topics[n-1].Name != d.Topic {
		l.Topics = append(l.Topics, draftTopic{Name: d.Topic})
	}
	if l.Goes == "" {
		l.Goes = c.stamp(d.MadeAt.Add(plan.DraftsKept))
	}
	last := &l.Topics[len(l.Topics)-1]
	last.Drafts = append(last.Drafts, draftLine{d, "/drafts/" + string(d.ID)})
}

// tell says in words what was found and what was not taken.
func (l *lastImport) tell() {
	if l.MadeAt.IsZero() {
		return
	}
	l.Says = "Found " + countOf(l.Found, "entry", "entries") + "."
	for _, more := range []struct {
		n         int64
		one, many string
	}{
		{l.Known, "was here or offered before.", "were here or offered before."},
		{l.Others, "commit is by somebody else.", "commits are by others."},
		{l.Passed, "line is no entry of a list, or a merge.", "lines are no entries of a list, or merges."},
	} {
		if more.n > 0 {
			l.Says += " " + countOf(more.n, more.one, more.many)
		}
	}
	for _, one := range l.Imported.Problems {
		l.Problems.add(one, problemsOfWins)
	}
	l.Problems.All += int(l.More)
}

func countOf(n int64, one, many string) string {
	switch n {
	case 0:
		return "nothing new"
	case 1:
		return "1 " + one
	}
	return strconv.FormatInt(n, 10) + " " + many
}

var (
	draftTaken   = saysOf("It is a win now, for you alone.", "Add details")
	draftDropped = says("Dropped.")
	allTaken     = says("They are wins now, for you alone.")
	allDropped   = says("All drafts are dropped.")
)

func showDraft(c *call) (view, error) {
	d, err := plan.DraftByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := oneDraft{Path: "/drafts/" + string(d.ID)}
	main.What = c.form.field(Field{Name: "what", Label: "What went well", Type: "textarea", Rows: 2, Required: true}, d.What)
	main.Effect = c.form.field(Field{Name: "effect", Label: "What it changed, and for whom", Type: "textarea", Rows: 2}, d.Effect)
	main.Figure = c.form.field(Field{Name: "figure", Label: "A figure, if there is one", Type: "own"}, d.Figure)
	main.Link = c.form.field(Field{Name: "link", Label: "A link that shows it", Type: "url"}, d.Link)
	main.Day = c.form.field(Field{Name: "day", Label: "When", Type: "date", Hint: "Today, if you leave it empty."}, d.Day.String())
	return draftPage.show(c, "A draft of a win", "wins", main)
}

// changeDraft keeps a draft as a win, as its form says.
func changeDraft(c *call) (string, error) {
	wrong := problem.Invalid{}
	in := plan.WinText{Day: c.day("day", wrong), What: c.text("what"), Effect: c.text("effect"), Figure: c.text("figure")}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	return c.takeDraft(in, c.text("link"))
}

// keepDraft keeps a draft as a win as it stands.
func keepDraft(c *call) (string, error) {
	d, err := plan.DraftByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	return c.takeDraft(d.WinText, d.Link)
}

func (c *call) takeDraft(in plan.WinText, link string) (string, error) {
	w, err := plan.TakeDraft(c.tx, c.me, c.id("id"), in, link)
	if err != nil {
		return "", err
	}
	c.sayOf(draftTaken, w.Thing())
	return "/wins/drafts", nil
}

func dropDraft(c *call) (string, error) {
	c.say(draftDropped)
	return "/wins/drafts", plan.DropDraft(c.tx, c.me, c.id("id"))
}

// settleDrafts takes or drops all drafts.
func settleDrafts(c *call) (string, error) {
	seen, err := strconv.ParseInt(c.text("seen"), 10, 64)
	if err != nil {
		return "", problem.Refused("Please look at the drafts once more.")
	}
	switch c.text("what") {
	case "keep":
		c.say(allTaken)
		_, err := plan.TakeAllDrafts(c.tx, c.me, seen)
		return "/wins", err
	case "drop":
		c.say(allDropped)
		return "/wins/drafts", plan.DropAllDrafts(c.tx, c.me, seen)
	}
	return "", problem.Refused("Please choose whether to keep or to drop them.")
}
