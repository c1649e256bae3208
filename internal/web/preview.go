package web

import (
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/plan"
)

// previewsOf are the previews of one ask, with the form for one more.
type previewsOf struct {
	Path, What string
	Action     string
	List       []copyLine
	With, Name Field
	Note       Field
}

// previewList is what others ask the visitor to look at.
type previewList struct{ Received []copyLine }

// onePreview is a preview on a page, to its owner just as to who reads it.
type onePreview struct {
	Href, Ask, Owner, Viewer string
	Made, Says, Note         string
	Passages                 []plan.Passage
	Mine, Draft, Given       bool
	Comment                  string // the address where who reads it comments on it
	Said                     []commentLine
	Looks                    []looked
}

var (
	previewsOfPage = declare[previewsOf]("previews-of.html", "preview-lines.html")
	previewsPage   = declare[previewList]("previews.html", "preview-lines.html")
	previewPage    = declare[onePreview]("preview.html", "plan-parts.html", "comment-parts.html")
)

func (c *call) previewLines(all []pitch.Preview) []copyLine {
	var lines []copyLine
	for _, v := range all {
		line := copyLine{Href: PathOf(v.Thing()), Title: "For " + v.Viewer.Name, State: c.previewState(v)}
		if !v.Owner.Is(c.me) {
			line.Title, line.State = v.Title(), "from "+v.Owner.Name
		}
		lines = append(lines, line)
	}
	return lines
}

// previewState says to its owner how things stand with a preview.
func (c *call) previewState(v pitch.Preview) string {
	switch {
	case !v.TakenBackAt.IsZero():
		return "taken back " + c.stamp(v.TakenBackAt)
	case v.GivenAt.IsZero():
		return "not given yet"
	}
	return "given " + c.stamp(v.GivenAt)
}

// listPreviewsOf shows the previews of an ask of the visitor's, and offers to make one.
func listPreviewsOf(c *call) (view, error) {
	a, err := ask.Working(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	found, err := pitch.Previews(c.tx, c.me, a.ID)
	if err != nil {
		return view{}, err
	}
	main := previewsOf{Path: pitchHref(a.ID), What: a.What, List: c.previewLines(found)}
	main.Action = main.Path + "/previews"
	if main.With, err = c.withField(nil); err != nil {
		return view{}, err
	}
	main.With.Label = "Who looks at it"
	for i := range main.With.Options {
		if main.With.Options[i].Value == string(plan.WithManager) {
			main.With.Options[i].Hint = "them alone, also if your manager changes"
		}
		main.With.Options[i].Chosen = main.With.Options[i].Value == c.form.Value("with", somebody)
	}
	main.Name = c.form.field(Field{Name: "name", Label: "Their name", Type: "text", Autocomplete: "off", Hint: "Somebody you trust. If there are several, you choose before anything is made."}, "")
	main.Note = c.form.field(Field{Name: "note", Label: "What you would like to know from them", Type: "textarea", Rows: 2, Hint: "Is it clear what I want? Where would you say no?"}, "")
	return previewsOfPage.show(c, "Ask somebody you trust", "asks", main)
}

func makePreview(c *call) (string, error) {
	with, err := c.with()
	if err != nil {
		return "", err
	}
	viewer, err := c.viewerOf(with)
	if err != nil {
		return "", err
	}
	made, err := pitch.MakePreview(c.tx, c.me, c.id("id"), viewer, c.text("note"))
	return PathOf(made.Thing()), err
}

// listPreviews shows what others ask the visitor to look at.
func listPreviews(c *call) (view, error) {
	found, err := pitch.PreviewsReceived(c.tx, c.me)
	return orPage(err, func() (view, error) {
		return previewsPage.show(c, "To look at before it is sent", "asks", previewList{c.previewLines(found)})
	})
}

// showPreview shows a preview to its owner, or to whom it was given.
func showPreview(c *call) (view, error) {
	v, err := pitch.PreviewByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := onePreview{
		Href: PathOf(v.Thing()), Ask: pitchHref(v.Ask), Owner: v.Owner.Name, Viewer: v.Viewer.Name, Made: c.stamp(v.CreatedAt), Says: c.previewState(v), Note: v.Note,
		Passages: v.Passages, Mine: v.Owner.Is(c.me), Draft: v.GivenAt.IsZero(), Given: v.IsGiven(),
	}
	if main.Said, err = c.saidOn(v.Thing()); err != nil {
		return view{}, err
	}
	if !main.Mine {
		main.Comment = commentOn(v.Thing())
		c.lookedAt(v.Owner.Person, whatIs(v.Thing()))
		return previewPage.show(c, "To look at for "+v.Owner.Name, "asks", main)
	}
	if main.Looks, err = c.looks(whatIs(v.Thing()), 20); err != nil {
		return view{}, err
	}
	return previewPage.show(c, "A preview for "+v.Viewer.Name, "asks", main)
}

func (c *call) previewHref() string { return PathOf(event.Thing{Kind: "preview", ID: c.id("id")}) }

func givePreview(c *call) (string, error) {
	return c.previewHref(), pitch.GivePreview(c.tx, c.me, c.id("id"))
}

func takePreviewBack(c *call) (string, error) {
	return c.previewHref(), pitch.TakePreviewBack(c.tx, c.me, c.id("id"))
}

func removePreview(c *call) (string, error) {
	v, err := pitch.PreviewByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	return pitchHref(v.Ask) + "/previews", pitch.RemovePreview(c.tx, c.me, v.ID)
}
