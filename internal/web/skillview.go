package web

import (
	"strconv"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

func init() {
	openings[plan.ViewByLink] = opening{asks: "How somebody sees a skill", show: showViewByLink, answer: giveViewByLink, back: backToSkill}
}

// viewLine is how somebody sees a skill, or that they were asked.
type viewLine struct {
	Name, Says, Words, Note, When string
	Answered                      bool
	Marks, Link                   string
	Remove                        string
	Picture                       levelPicture
}

// viewsOf are how others see a skill of the actor's own: beside what they say themselves, one by one.
func (c *call) viewsOf(k plan.Skill) ([]viewLine, error) {
	list, err := plan.ViewsOf(c.tx, c.me, k.ID)
	if err != nil {
		return nil, err
	}
	var ids []db.ID
	for _, v := range list {
		if v.ByLink && !v.Answered() {
			ids = append(ids, v.ID)
		}
	}
	links, err := link.OfEach(c.tx, c.me, "skill view", ids)
	if err != nil {
		return nil, err
	}
	var lines []viewLine
	for _, v := range list {
		line := viewLine{Name: v.Name, Words: v.Words, Note: v.Note, Answered: v.Answered(), When: stamp(v.AskedAt.In(c.zone()))}
		if !c.me.Left {
			line.Remove = "/views/" + string(v.ID) + "/removal"
		}
		l, byLink := links[v.ID]
		switch {
		case line.Answered:
			line.When, line.Says = stamp(v.AnsweredAt.In(c.zone())), viewWords(v.Level)
			if v.Level != plan.CannotSay {
				line.Picture = pictureOf(plan.Skill{Level: v.Level, Wanted: v.Level})
				line.Picture.Label = "as they see it: " + strconv.FormatInt(v.Level, 10)
			}
			if v.ByLink {
				line.Marks = "by a link, under the name that they wrote"
			}
			if v.BroughtAlong {
				line.Marks = "brought along"
			}
		case v.BroughtAlong:
			line.Marks = "not answered where it comes from"
		case byLink:
			line.Link, line.Marks = linkPath(l), c.linkState(l)
		case !v.ExpiresAt.After(c.tx.Now()):
			line.Marks = "not answered"
		default:
			line.Marks = "open until " + stamp(v.ExpiresAt.In(c.zone()))
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func viewWords(level int64) string {
	if level == plan.CannotSay {
		return "could not say"
	}
	return strconv.FormatInt(level, 10) + ", " + levelWords(level)
}

// askingForView is the page where somebody asks how others see a skill of theirs.
type askingForView struct {
	answerer
	Skill, Href, Action string
	Note                Field
	Link                linkFields
}

var askForViewPage = declare[askingForView]("skill-view-ask.html")

var (
	saidViewAsked   = says("Asked. They see the name of the skill and your line, and nothing else.")
	saidViewGiven   = says("Thank you. They read it beside what they say themselves.")
	saidViewRemoved = says("It is removed.")
)

func askForView(c *call) (view, error) {
	k, err := plan.SkillByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	if k.Owner != c.me.Person {
		return view{}, problem.NotFound
	}
	main := askingForView{Skill: k.Name, Href: PathOf(k.Thing()), Action: PathOf(k.Thing()) + "/views", Link: c.linkFields()}
	if main.answerer, err = c.answerer(Field{Name: "whom", Label: "Who saw you at it?"},
		Field{Name: "view_name", Label: "Their name", Hint: "For somebody outside. They see it, and can write it as they do."}); err != nil {
		return view{}, err
	}
	main.Note = c.form.field(Field{Name: "note", Label: "A line to them", Type: "textarea", Rows: 2, Hint: "Such as where they saw you at it. Ask about the work, and it helps you more."}, "")
	return askForViewPage.show(c, "Ask how somebody sees it", "plan", main)
}

// sendForView asks a colleague, or makes the link for somebody outside.
func sendForView(c *call) (string, error) {
	k, note := c.id("id"), c.text("note")
	return c.askAnswerer("whom", "view_name", func(person db.ID) (string, error) {
		_, err := plan.AskForView(c.tx, c.me, k, person, note)
		c.say(saidViewAsked)
		return "/skills/" + string(k) + "#views", err
	}, func(name string, in link.Input) (link.Link, link.Token, error) {
		_, l, token, err := plan.AskForViewByLink(c.tx, c.me, k, name, note, in)
		return l, token, err
	})
}

func backToSkill(c *call, l link.Link) (string, string) {
	v, err := plan.MyView(c.tx, c.me, l.Thing.ID)
	if err != nil || v.Skill == "" {
		return "/skills", "Skills"
	}
	return "/skills/" + string(v.Skill), "The skill"
}

func removeView(c *call) (string, error) {
	v, err := plan.MyView(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	c.say(saidViewRemoved)
	return "/skills/" + string(v.Skill) + "#views", plan.RemoveView(c.tx, c.me, v.ID)
}

// givingView is the page of whoever is asked: the name of the skill, and the levels to choose from.
type givingView struct {
	Asker                 asker
	Skill, Note           string
	Level, Words, Name    Field
	Action, Declining     string // empty: the address of the page itself, which is a secret
	Outside               bool
	Until                 string
	Answered              bool
	Said, SaidWords, When string
}

var givingViewPage = declare[givingView]("skill-view.html")

func (c *call) givingView(a plan.ViewAsked) givingView {
	main := givingView{Asker: asker{a.OwnerName, a.OwnerCalled}, Skill: a.SkillName, Note: a.Note}
	field := Field{Name: "level", Label: "Where do you see it, from the work you saw?", Type: "radio", Required: true}
	for level := range int64(plan.TopLevel + 1) {
		field.Options = append(field.Options, Option{Value: strconv.FormatInt(level, 10), Label: capital(viewLevels[level])})
	}
	field.Options = append(field.Options, Option{Value: strconv.Itoa(plan.CannotSay), Label: "I cannot say"})
	main.Level = c.form.field(field, "")
	main.Words = c.form.field(Field{Name: "words", Label: "In a few words", Type: "textarea", Rows: 3,
		Hint: "What you saw, and what one thing would make it better. It can stay empty."}, "")
	return main
}

// viewLevels say the levels of a skill of somebody else's.
var viewLevels = [plan.TopLevel + 1]string{
	"not yet", "a first try", "with help", "on their own", "hard cases too", "others come to them for it",
}

func showViewByLink(c *call, o link.Opened) (view, error) {
	a, err := plan.ViewAskedByLink(c.tx, o)
	if err != nil {
		return view{}, err
	}
	main := c.givingView(a)
	main.Outside, main.Until = true, stamp(o.ExpiresAt)
	main.Name = c.form.field(Field{Name: "name", Label: "Your name", Required: true, Autocomplete: "name", Hint: a.OwnerCalled + " keeps your answer under it."}, a.Name)
	return givingViewPage.outside(c, "A question for you", main)
}

func giveViewByLink(c *call, o link.Opened) error {
	in := c.viewReply()
	in.Name = c.text("name")
	return plan.GiveViewByLink(c.tx, o, in)
}

func (c *call) viewReply() plan.ViewReply {
	level, err := strconv.ParseInt(c.text("level"), 10, 64)
	if err != nil {
		level = plan.TopLevel + 1 // which the verb refuses, with words
	}
	return plan.ViewReply{Level: level, Words: c.text("words")}
}

// showAskedView is what a colleague is asked, or has answered.
func showAskedView(c *call) (view, error) {
	a, err := plan.AskedForView(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := c.givingView(a)
	main.Action = "/views/" + string(a.ID)
	main.Declining = main.Action + "/declining"
	if a.Answered() {
		main.Answered, main.Said, main.SaidWords, main.When = true, viewWords(a.Level), a.Words, stamp(a.AnsweredAt.In(c.zone()))
	}
	return givingViewPage.show(c, "How you see a skill", "people", main)
}

func giveView(c *call) (string, error) {
	c.say(saidViewGiven)
	return "/views/" + string(c.id("id")), plan.GiveView(c.tx, c.me, c.id("id"), c.viewReply())
}

func declineView(c *call) (string, error) {
	c.say(wordDeclined)
	return "/", plan.DeclineView(c.tx, c.me, c.id("id"))
}
