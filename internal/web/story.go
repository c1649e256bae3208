package web

import (
	"net/http"
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/story"
)

// storyLine is a story in a list.
type storyLine struct {
	Href, Title, Form, When string
	Seen                    *Seen // of one's own
}

func (c *call) lineOfStory(s story.Story) storyLine {
	return storyLine{Href: PathOf(s.Thing()), Title: s.Title, Form: s.Form.Title(), When: stamp(s.ChangedAt.In(c.zone()))}
}

// storyList is the actor's stories, and what a new one is to be of.
type storyList struct {
	Form, About, First, Last, By Field
	For                          Field // options only where there is another role to choose
	Kept                         []storyLine
	Left                         bool
}

var storiesPage = declare[storyList]("stories.html")

// listStories shows what the actor keeps, and offers to draft another.
func listStories(c *call) (view, error) {
	kept, err := story.Of(c.tx, c.me, c.me.Person)
	if err != nil {
		return view{}, err
	}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := storyList{Left: c.me.Left}
	for _, s := range kept {
		line := c.lineOfStory(s)
		seen := c.seenBy(given.Of("story", s.ID, "", false), PathOf(s.Thing())+"/share")
		line.Seen = &seen
		main.Kept = append(main.Kept, line)
	}
	if err := c.storyChoice(&main); err != nil {
		return view{}, err
	}
	return storiesPage.show(c, "Stories", "wins", main)
}

func (c *call) storyChoice(main *storyList) error {
	today := civil.In(c.tx.Now(), c.zone())
	main.Form = Field{Name: "form", Label: "What is it for?", Type: "radio", Options: []Option{
		{Value: string(story.Review), Label: story.Review.Title(), Hint: "What went well, under the goals that it served.", Chosen: true},
		{Value: string(story.Promotion), Label: story.Promotion.Title(), Hint: "Your wins against what a role asks for: your own at the next level, or another; by skill where nothing is written down."},
		{Value: string(story.CV), Label: story.CV.Title(), Hint: "The twelve that say most, with the skills they show; as JSON Resume too."},
	}}
	main.About = Field{Name: "about", Label: "Of which wins?", Type: "select", Options: []Option{{Label: "All of that time"}}}
	var err error
	if main.For, err = c.lookField(gap.Look{}); err != nil {
		return err
	}
	main.For.Name, main.For.Label, main.For.Hint = "for", "For which role and level?", "Of a promotion case alone."
	main.For.Options[0].Label = "Your own role, the next level"
	all, err := plan.Backable(c.tx, c.me)
	for _, b := range all {
		main.About.Options = append(main.About.Options, Option{Value: b.Thing.Kind + ":" + string(b.Thing.ID), Label: "Those for the " + b.Thing.Kind + " “" + b.Name + "”"})
	}
	main.By = Field{Name: "by-criterion", Label: "Put wins under what had to be shown", Type: "checkbox", Hint: "For a review or a promotion, where you brought them as evidence."}
	main.First = Field{Name: "first", Label: "From", Type: "date", Value: today.AddDays(-365).String()}
	main.Last = Field{Name: "last", Label: "To", Type: "date", Value: today.String()}
	return err
}

// storyDraft is the page where a draft becomes somebody's own text.
type storyDraft struct {
	Crumb, CrumbHref, Heading, Sub string
	Action                         string
	Form                           string
	Title, Words                   Field
	Revision                       string // of a story that is kept; empty for a draft
	Removal                        string
	Seen                           Seen
}

var storyEditPage = declare[storyDraft]("story-edit.html")

// draftStory drafts a story of what the address names; nothing is kept yet.
func draftStory(c *call) (view, error) {
	d, err := story.DraftOf(c.tx, c.me, c.choice())
	if err != nil {
		return view{}, err
	}
	main := storyDraft{
		Crumb: "Stories", CrumbHref: "/stories", Heading: d.Form.Title(), Action: "/stories",
		Form: c.form.Value("form", string(d.Form)), Seen: onlyYou,
		Sub: "Drafted from " + counted(d.Told, "win") + ", in your own words. Nothing is kept yet: change what you like, then keep it.",
	}
	if d.Told == 0 {
		main.Sub = "No win of that time fits. Choose another time, or begin from an empty page."
	}
	if d.Left {
		main.Sub += " There are more: those that say most are here."
	}
	if d.Against != "" {
		main.Sub += " It is laid against what " + d.Against + " asks for."
	}
	main.Title, main.Words = c.storyFields(d.Text)
	return storyEditPage.show(c, "A draft", "wins", main)
}

// choice is what the address names: ids and days.
func (c *call) choice() story.Choice {
	q := c.URL.Query()
	kind, id, _ := strings.Cut(q.Get("about"), ":")
	in := story.Choice{Form: story.Form(q.Get("form")), About: event.Thing{Kind: kind, ID: db.ID(id)}, For: lookFrom(q.Get("for")), ByCriterion: q.Get("by-criterion") == "yes"}
	// What is no day is as if it were left out.
	in.First, _ = civil.Parse(q.Get("first"))
	in.Last, _ = civil.Parse(q.Get("last"))
	return in
}

func (c *call) storyFields(text story.Text) (title, words Field) {
	return c.form.field(Field{Name: "title", Label: "Title", Type: "own", Required: true}, text.Title),
		c.form.field(Field{Name: "words", Label: "The text", Type: "textarea", Rows: 24, Required: true,
			Hint: "At the beginning of a line, # makes a heading, - an item, > a quotation. Everything else stands as you write it."}, text.Words)
}

func keepStory(c *call) (string, error) {
	s, err := story.Keep(c.tx, c.me, story.Form(c.text("form")), c.storyText())
	c.say(storyKept)
	return PathOf(s.Thing()), err
}

func (c *call) storyText() story.Text {
	return story.Text{Title: c.text("title"), Words: c.text("words")}
}

var storyKept = says("Kept. It is your own text from here on: no win changes it any more.")

// oneStory is a story to be read, and printed.
type oneStory struct {
	Mine, Changes        bool
	Owner                ownerOf
	Title, When          string
	Blocks               []story.Block
	Href, Markdown, JSON string
	Seen                 Seen
	Looks                []looked
}

var storyPage = declare[oneStory]("story.html", "plan-parts.html")

// showStory shows a story to its owner, or to whom it is shared with.
func showStory(c *call) (view, error) {
	s, err := story.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := oneStory{
		Mine: s.Owner == c.me.Person, Changes: s.Owner == c.me.Person && !c.me.Left, Title: s.Title,
		When: stamp(s.ChangedAt.In(c.zone())), Blocks: story.Read(s.Words), Href: PathOf(s.Thing()),
	}
	if main.Owner, err = c.ownerOf(s.Owner); err != nil {
		return view{}, err
	}
	if !main.Mine {
		c.lookedAt(s.Owner, whatIs(s.Thing()))
		return storyPage.show(c, s.Title, "people", main)
	}
	main.Markdown = main.Href + "/story.md"
	if s.Form == story.CV {
		main.JSON = main.Href + "/resume.json"
	}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main.Seen = c.seenBy(given.Of("story", s.ID, "", false), main.Href+"/share")
	main.Looks, err = c.looks(whatIs(s.Thing()), 5)
	if err != nil {
		return view{}, err
	}
	return storyPage.show(c, s.Title, "wins", main)
}

func (c *call) myStory() (story.Story, error) {
	s, err := story.ByID(c.tx, c.me, c.id("id"))
	if err == nil && s.Owner != c.me.Person {
		err = problem.NotFound
	}
	return s, err
}

func editStory(c *call) (view, error) {
	s, err := c.myStory()
	if err != nil {
		return view{}, err
	}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	href := PathOf(s.Thing())
	main := storyDraft{
		Crumb: s.Title, CrumbHref: href, Heading: "Change the text", Sub: s.Form.Title() + ". Earlier versions stay readable to you.",
		Action: href, Revision: c.form.RevisionOr(s.Revision), Removal: href + "/removal", Seen: c.seenBy(given.Of("story", s.ID, "", false), href+"/share"),
	}
	main.Title, main.Words = c.storyFields(s.Text)
	return storyEditPage.show(c, "Change the text", "wins", main)
}

func changeStory(c *call) (string, error) {
	return PathOf(event.Thing{Kind: "story", ID: c.id("id")}), story.Change(c.tx, c.me, c.id("id"), c.revision(), c.storyText())
}

func removeStory(c *call) (string, error) {
	return "/stories", story.Remove(c.tx, c.me, c.id("id"))
}

func shareStory(c *call) (view, error) {
	s, err := c.myStory()
	if err != nil {
		return view{}, err
	}
	return c.shareThing(s.Thing(), s.Title, "wins", "", false)
}

// showStoryVersions shows what a story of the actor's own said before.
func showStoryVersions(c *call) (view, error) {
	s, err := c.myStory()
	if err != nil {
		return view{}, err
	}
	found, err := org.Revisions(c.tx, c.me, s.Thing())
	if err != nil {
		return view{}, err
	}
	main := earlierVersions{Crumb: s.Title, CrumbHref: PathOf(s.Thing())}
	for _, one := range found {
		main.List = append(main.List, c.version("story", one))
	}
	return versionsPage.show(c, "Earlier versions", "wins", main)
}

// downloadStory is a story as Markdown.
func downloadStory(c *call) (view, error) {
	s, err := c.myStory()
	if err != nil {
		return view{}, err
	}
	return c.download([]byte(s.Markdown()), "text/markdown; charset=utf-8", string(s.Form)+"-"+civil.In(s.ChangedAt, c.zone()).String()+".md"), nil
}

// downloadResume is a CV as JSON Resume.
func downloadResume(c *call) (view, error) {
	s, err := c.myStory()
	if err != nil {
		return view{}, err
	}
	me, err := org.Me(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	content, err := s.Resume(me)
	return c.download(content, "application/json", "resume-"+civil.In(s.ChangedAt, c.zone()).String()+".json"), err
}

func (c *call) download(content []byte, kind, name string) view {
	return view{raw: content, header: http.Header{"Content-Type": {kind}, "Content-Disposition": {`attachment; filename="` + name + `"`}}}
}
