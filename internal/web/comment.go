package web

import (
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// commentLine is a comment with its passage: the part "comments" of comment-parts.html.
type commentLine struct {
	Href, By, When            string
	Title, ThingHref          string // of the thing, where the visitor sees it
	Label, Quote, Words, Word string // Word: what the owner answered
	Answerer, Stands, State   string
}

func (c *call) lineOfComment(p comment.Placed) commentLine {
	line := commentLine{
		Href: PathOf(p.Thing()), By: p.By.Name, When: c.stamp(p.CreatedAt), Title: p.Title, Label: p.Label, Quote: p.Quote,
		Words: p.Words, Word: p.Answer, Answerer: p.Owner.Name, Stands: standing(p, c.me),
	}
	if p.By.Is(c.me) {
		line.By = "You"
	}
	if p.Owner.Is(c.me) {
		line.Answerer = "You"
	}
	if p.Title != "" {
		line.ThingHref = hrefOfWritten(p.On, c.me)
	}
	switch {
	case !p.TakenBackAt.IsZero():
		line.State = "taken back"
	case !p.ResolvedAt.IsZero():
		line.State = "resolved " + c.stamp(p.ResolvedAt)
	}
	return line
}

// hrefOfWritten is where the actor reads a thing that can be commented on.
func hrefOfWritten(thing event.Thing, me org.Actor) string {
	section := plan.SectionOf(thing)
	switch {
	case section == "":
		return PathOf(thing)
	case thing.ID == me.Person:
		return "/plan#" + string(section.Of())
	}
	return "/people/" + string(thing.ID) + "#shown-" + string(section.Of())
}

// standing says how things stand with the passage of a comment.
func standing(p comment.Placed, me org.Actor) string {
	mine := p.Owner.Is(me)
	switch {
	case p.Standing == comment.Changed:
		return "The passage has changed since."
	case p.Standing == comment.Gone && mine:
		return "What it was about is no longer there."
	case p.Standing == comment.Gone:
		return "What it was about is not shown to you any more: your words stay with the two of you."
	case mine && p.On.Kind != "copy" && p.On.Kind != "preview":
		return "The passage stands as it was."
	}
	return ""
}

// commentOn is the address where the visitor comments on a thing.
func commentOn(thing event.Thing) string {
	return "/comments/new?" + url.Values{"on": {thing.Kind + ":" + string(thing.ID)}}.Encode()
}

// saidOn are the open comments on a thing, of those that the visitor reads.
func (c *call) saidOn(thing event.Thing) ([]commentLine, error) {
	found, err := comment.On(c.tx, c.me, thing)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return c.linesOfComments(found)
}

func (c *call) linesOfComments(found []comment.Comment) ([]commentLine, error) {
	placed, err := comment.Place(c.tx, c.me, found...)
	var lines []commentLine
	for _, p := range placed {
		lines = append(lines, c.lineOfComment(p))
	}
	return lines, err
}

// aboutThing is what can be said about a thing, and what was said: the part "about-thing".
type aboutThing struct {
	Comment string // the address where the visitor comments on it; none for its owner
	Propose string // the address where its owner's manager proposes a step
	Said    []commentLine
}

// about is what can be said about a thing of that owner's.
func (c *call) about(thing event.Thing, owner db.ID) (aboutThing, error) {
	var about aboutThing
	var err error
	if about.Said, err = c.saidOn(thing); err != nil || owner == c.me.Person {
		return about, err
	}
	about.Comment = commentOn(thing)
	if thing.Kind != "goal" {
		return about, nil
	}
	leads, err := c.leads(owner)
	if leads {
		about.Propose = "/proposals/new?goal=" + url.QueryEscape(string(thing.ID))
	}
	return about, err
}

// commentList is what was said, to the visitor or by them.
type commentList struct {
	Tabs  []tab
	List  []commentLine
	Empty Empty
	Pager Pager
}

type tab struct {
	Label, Href string
	Here        bool
}

var commentsPage = declare[commentList]("comments.html", "comment-parts.html")

const commentsPerPage = 20

// listComments shows what others said about what the visitor shows: what is open, or what is
// resolved (show=resolved).
func listComments(c *call) (view, error) {
	if c.text("show") == "resolved" {
		return c.commentList(comment.Resolved, "/comments?show=resolved", "What you have resolved stands here.")
	}
	return c.commentList(comment.Open, "/comments", "When somebody comments on what you show them, it stands here with the passage. Nobody else who sees the thing reads it.")
}

// listSaid shows what the visitor said about what others show.
func listSaid(c *call) (view, error) {
	return c.commentList(comment.Said, "/comments/said", "Where somebody shows you a goal, a text, a skill, a win or a copy of their plan, you can comment on it.")
}

func (c *call) commentList(in func(*db.Tx, org.Actor, db.ID, int) ([]comment.Comment, error), here, empty string) (view, error) {
	found, err := in(c.tx, c.me, db.ID(c.text("after")), commentsPerPage+1)
	if err != nil {
		return view{}, err
	}
	main := commentList{Empty: Empty{Text: empty}}
	for _, t := range []tab{{Label: "Open", Href: "/comments"}, {Label: "Resolved", Href: "/comments?show=resolved"}, {Label: "What you said", Href: "/comments/said"}} {
		t.Here = t.Href == here
		main.Tabs = append(main.Tabs, t)
	}
	more := len(found) > commentsPerPage
	found = found[:min(len(found), commentsPerPage)]
	if main.List, err = c.linesOfComments(found); err != nil {
		return view{}, err
	}
	if c.text("after") != "" {
		main.Pager.Newer = here
	}
	if more {
		next := url.Values{"after": {string(found[len(found)-1].ID)}}
		if c.text("show") != "" {
			next.Set("show", c.text("show"))
		}
		main.Pager.Older = c.URL.Path + "?" + next.Encode()
	}
	return commentsPage.show(c, "Comments", "plan", main)
}

// commentForm comments on a thing.
type commentForm struct {
	Owner               ownerOf
	Title, On, Back     string
	Passages            []plan.Passage
	Field, Quote, Words Field
	Said                []commentLine
	Seen                Seen
}

// nothingToSayPage stands where there is nothing to comment on.
var nothingToSayPage = declare[struct{}]("comment-none.html")

var commentFormPage = declare[commentForm]("comment-new.html", "comment-parts.html")

// newComment shows a thing as its texts, to comment on one of them.
func newComment(c *call) (view, error) {
	on := c.thing("on")
	about, err := comment.About(c.tx, c.me, on)
	if errors.Is(err, problem.NotFound) && (c.form.Any() || c.text("on") == "") {
		return nothingToSayPage.show(c, "Comment", "people", struct{}{})
	}
	if err != nil {
		return view{}, err
	}
	main := commentForm{Title: about.Title, On: c.text("on"), Back: hrefOfWritten(on, c.me)}
	if main.Owner, err = c.ownerOf(about.Owner); err != nil {
		return view{}, err
	}
	main.Seen = Seen{Shared: true, Text: "you and " + main.Owner.Name}
	main.Field = Field{Name: "field", Label: "Which text", Type: "select", Options: []Option{{Value: "", Label: "All of it"}}}
	for n, p := range about.Passages {
		main.Field.Options = append(main.Field.Options, Option{Value: p.Field, Label: beginning(p.Label, 60) + ": " + beginning(p.Words, 40)})
		if n > 0 && p.Label == about.Passages[n-1].Label {
			p.Label = "" // said above it already
		}
		main.Passages = append(main.Passages, p)
	}
	only := ""
	if len(about.Passages) == 1 {
		only = about.Passages[0].Field
	}
	main.Field = c.form.field(main.Field, only)
	main.Quote = c.form.field(Field{Name: "quote", Label: "The words you mean", Type: "textarea", Rows: 2, Hint: "Mark them in the text, or write them as they stand there. Empty: the whole text."}, "")
	main.Words = c.form.field(Field{Name: "words", Label: "What you want to say", Type: "textarea", Rows: 4, Required: true}, "")
	if main.Said, err = c.saidOn(on); err != nil {
		return view{}, err
	}
	c.lookedAt(about.Owner, lookAt(on))
	return commentFormPage.show(c, "Comment", "people", main)
}

// lookAt is a thing as it is noted that somebody looked at it: a text is a part of the plan.
func lookAt(thing event.Thing) share.What {
	if plan.SectionOf(thing) != "" {
		return share.What{Kind: "plan", ID: thing.ID}
	}
	return whatIs(thing)
}

// beginning is the first so many characters of a text, on one line.
func beginning(text string, most int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most-1]) + "…"
}

func addComment(c *call) (string, error) {
	made, err := comment.Add(c.tx, c.me, c.thing("on"), comment.Input{Field: c.text("field"), Quote: c.text("quote"), Words: c.text("words")})
	if errors.Is(err, problem.NotFound) {
		err = problem.Refused("This is not shown to you, or not any more.")
	}
	return PathOf(made.Thing()), err
}

// oneComment is a comment for one of the two.
type oneComment struct {
	Line                     commentLine
	Href                     string
	Mine, Said               bool // on something of the visitor's; by the visitor
	Open, TakenBack          bool
	Now                      string // what the text says since
	Answer, Words            Field
	Revision, AnswerRevision string
	Seen                     Seen
	AnswerTyped, WordsTyped  bool
	ChangedAt                string
}

var commentPage = declare[oneComment]("comment.html", "comment-parts.html")

// showComment shows a comment to the owner of the thing, or to who said it.
func showComment(c *call) (view, error) {
	one, err := comment.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	placed, err := comment.Place(c.tx, c.me, one)
	if err != nil {
		return view{}, err
	}
	p := placed[0]
	main := oneComment{
		Line: c.lineOfComment(p), Href: PathOf(one.Thing()), Mine: one.Owner.Is(c.me) && !c.me.Left, Said: one.By.Is(c.me) && !c.me.Left,
		Open: one.IsOpen(), TakenBack: !one.TakenBackAt.IsZero(), Seen: Seen{Shared: true, Text: "you and " + one.By.Name},
	}
	if p.Standing == comment.Changed {
		main.Now = p.Now
	}
	if one.ChangedAt.After(one.CreatedAt) {
		main.ChangedAt = c.stamp(one.ChangedAt)
	}
	answers, words := c.formFor("/comments/{id}/answer"), c.formFor("/comments/{id}")
	main.AnswerTyped, main.WordsTyped = answers.Any(), words.Any()
	main.AnswerRevision, main.Revision = answers.RevisionOr(one.AnswerRevision), words.RevisionOr(one.Revision)
	main.Answer = answers.field(Field{Name: "answer", Label: "Your answer", Type: "textarea", Rows: 3}, one.Answer)
	main.Words = words.field(Field{Name: "words", Label: "What you want to say", Type: "textarea", Rows: 4, Required: true}, one.Words)
	here := "plan"
	if one.By.Is(c.me) {
		main.Seen.Text, here = "you and "+one.Owner.Name, "people"
	}
	return commentPage.show(c, "A comment", here, main)
}

// commentHref is the page of the comment in the path.
func (c *call) commentHref() string { return PathOf(event.Thing{Kind: "comment", ID: c.id("id")}) }

func changeComment(c *call) (string, error) {
	return c.commentHref(), comment.Change(c.tx, c.me, c.id("id"), c.revision(), c.text("words"))
}

func withdrawComment(c *call) (string, error) {
	return "/comments/said", comment.Withdraw(c.tx, c.me, c.id("id"))
}

func answerComment(c *call) (string, error) {
	return c.commentHref(), comment.Reply(c.tx, c.me, c.id("id"), c.revision(), c.text("answer"))
}

func resolveComment(c *call) (string, error) {
	return "/comments", comment.Resolve(c.tx, c.me, c.id("id"))
}

func reopenComment(c *call) (string, error) {
	return c.commentHref(), comment.Reopen(c.tx, c.me, c.id("id"))
}

// openComments is how many comments on what the visitor shows are open, as a link says it.
func (c *call) openComments() (string, error) {
	n, err := comment.CountOpen(c.tx, c.me)
	if n == 0 || err != nil {
		return "Comments", err
	}
	return "Comments (" + strconv.FormatInt(n, 10) + ")", nil
}
