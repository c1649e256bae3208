package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/peoplefile"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/skill"
)

// listedSkills is the organisation's list of skills, to look through: for everybody to choose from, and for administrators to
// keep.
type listedSkills struct {
	Find    Field
	Any     bool
	Count   string // how many there are, for administrators
	Entries []listedSkill
	More    string
	Keeps   bool // an administrator's view of it
	Form    listedForm
}

type listedSkill struct {
	Name, Called, About string
	Href                string // where it is kept, or begun in one's plan
	Have                string // one's own skill that it is already
}

// listedForm is what the list says of a skill.
type listedForm struct {
	Action, Button             string
	Name, Aliases, Description Field
	Revision                   string
}

// listedEntry is one skill of the list, for administrators.
type listedEntry struct {
	Name   string
	Source string
	Form   listedForm
	Remove string
}

var (
	listedSkillsPage = declare[listedSkills]("skill-list.html")
	listedEntryPage  = declare[listedEntry]("skill-entry.html")
)

var (
	saidOnTheList  = says("It is on the list.")
	saidEntryKept  = says("The change is kept. What it was called still finds it.")
	saidOffTheList = says("It is off the list. Who has it in their plan keeps it.")
)

const skillsOnAPage = 50

// chooseSkill is the list for somebody who looks for a skill for their plan.
func chooseSkill(c *call) (view, error) {
	main := listedSkills{}
	if err := c.pageOfList(&main); err != nil {
		return view{}, err
	}
	if err := c.whichAreMine(&main); err != nil {
		return view{}, err
	}
	return listedSkillsPage.show(c, "The organisation's list of skills", "plan", main)
}

// keepSkills is the list for administrators.
func keepSkills(c *call) (view, error) {
	main := listedSkills{Keeps: true, Form: c.listedForm("/organisation/skills", "Put it on the list", skill.Entry{})}
	if err := c.pageOfList(&main); err != nil {
		return view{}, err
	}
	return listedSkillsPage.show(c, "Skills to choose from", "organisation", main)
}

// pageOfList fills in a page of the list, or what a search in it finds.
func (c *call) pageOfList(main *listedSkills) error {
	text := ""
	if c.Method == http.MethodGet {
		text = c.text("q")
	}
	main.Find = Field{Name: "q", Label: "A skill", Type: "search", Value: text}
	var err error
	if main.Any, err = skill.Any(c.tx, c.me); err != nil || !main.Any {
		return err
	}
	if main.Keeps {
		n, err := skill.Count(c.tx, c.me)
		if err != nil {
			return err
		}
		main.Count = peoplefile.Count(int(n))
	}
	if text != "" {
		found, err := skill.Search(c.tx, c.me, text, skillsOnAPage)
		for _, f := range found {
			main.Entries = append(main.Entries, main.line(f.Entry, f.Called))
		}
		return err
	}
	entries, err := skill.List(c.tx, c.me, db.ID(c.text("after")), skillsOnAPage+1)
	if len(entries) > skillsOnAPage {
		entries = entries[:skillsOnAPage]
		main.More = "?" + url.Values{"after": {string(entries[skillsOnAPage-1].ID)}}.Encode()
	}
	for _, e := range entries {
		main.Entries = append(main.Entries, main.line(e, ""))
	}
	return err
}

func (l *listedSkills) line(e skill.Entry, called string) listedSkill {
	about, _, _ := strings.Cut(e.Description, "\n")
	line := listedSkill{Name: e.Name, Called: called, About: about, Href: "/skills?entry=" + string(e.ID) + "#add"}
	if l.Keeps {
		line.Href = "/organisation/skills/" + string(e.ID)
	}
	return line
}

// whichAreMine marks what the actor has in their plan, under whatever name.
func (c *call) whichAreMine(main *listedSkills) error {
	mine, err := plan.SkillsOf(c.tx, c.me, c.me.Person)
	if err != nil {
		return err
	}
	var names []string
	for _, k := range mine {
		names = append(names, k.Name)
	}
	for _, l := range main.Entries {
		names = append(names, l.Name)
	}
	joined, err := skill.Join(c.tx, c.me, names)
	if err != nil {
		return err
	}
	for i := range main.Entries {
		l := &main.Entries[i]
		at := slices.IndexFunc(mine, func(k plan.Skill) bool { return joined.Key(k.Name) == joined.Key(l.Name) })
		if at >= 0 {
			l.Have, l.Href = mine[at].Name, PathOf(mine[at].Thing())
		}
	}
	return nil
}

// searchHeader holds what somebody types while they look for a skill: it stands in no address.
const searchHeader = "Ownward-Search"

// findSkills answers while somebody types.
func findSkills(c *call) (view, error) {
	text, err := url.PathUnescape(c.Header.Get(searchHeader))
	if err != nil {
		text = ""
	}
	found, err := skill.Search(c.tx, c.me, text, 8)
	if err != nil {
		return view{}, err
	}
	type one struct {
		Name   string `json:"name"`
		Called string `json:"called,omitempty"`
		About  string `json:"about,omitempty"`
	}
	list := make([]one, 0, len(found))
	for _, f := range found {
		about, _, _ := strings.Cut(f.Description, "\n")
		if r := []rune(about); len(r) > 120 {
			about = string(r[:120]) + "…"
		}
		list = append(list, one{f.Name, f.Called, about})
	}
	raw, err := json.Marshal(list)
	return view{raw: raw, header: http.Header{"Content-Type": {"application/json"}}}, err
}

func (c *call) listedForm(action, button string, e skill.Entry) listedForm {
	return listedForm{
		Action: action, Button: button, Revision: c.form.RevisionOr(e.Revision),
		Name:        c.form.field(Field{Name: "name", Label: "Skill", Required: true}, e.Name),
		Aliases:     c.form.field(Field{Name: "aliases", Label: "Other names", Type: "textarea", Rows: 3, Hint: "One a line. Each of them finds the skill."}, strings.Join(e.Aliases, "\n")),
		Description: c.form.field(Field{Name: "description", Label: "What it is", Type: "textarea", Rows: 3}, e.Description),
	}
}

func (c *call) entryIn() skill.Entry {
	return skill.Entry{Name: c.text("name"), Description: c.text("description"), Aliases: strings.Split(c.text("aliases"), "\n")}
}

func addListed(c *call) (string, error) {
	_, err := skill.Add(c.tx, c.me, c.entryIn())
	c.say(saidOnTheList)
	return "/organisation/skills", err
}

func showListed(c *call) (view, error) {
	e, err := skill.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	path := "/organisation/skills/" + string(e.ID)
	return listedEntryPage.show(c, e.Name, "organisation", listedEntry{
		Name: e.Name, Source: e.Source, Form: c.listedForm(path, "Keep it", e), Remove: path + "/removal",
	})
}

func changeListed(c *call) (string, error) {
	in := c.entryIn()
	in.ID, in.Revision = c.id("id"), c.revision()
	c.say(saidEntryKept)
	return "/organisation/skills/" + string(in.ID), skill.Change(c.tx, c.me, in)
}

func removeListed(c *call) (string, error) {
	c.say(saidOffTheList)
	return "/organisation/skills", skill.Remove(c.tx, c.me, c.id("id"))
}
