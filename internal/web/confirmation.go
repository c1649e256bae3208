package web

import (
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

func init() {
	openings[plan.ByLink] = opening{asks: "A word on a win", show: showByLink, answer: confirmByLink, back: backToWin}
}

// confirmedLine is what somebody said of a win, or was asked to say.
type confirmedLine struct {
	Name, Says, Words, Note string
	When                    string
	Answered, Hidden        bool
	Marks                   string // what is to be known of it: by a link, of an earlier wording, ...
	Change                  string // where its owner takes it back, or hides it; empty for others
	Link                    string
}

// confirmedOf is what was said of a win that the visitor may see.
func (c *call) confirmedOf(w plan.Win) ([]confirmedLine, error) {
	list, err := plan.ConfirmationsOf(c.tx, c.me, w.ID)
	if err != nil {
		return nil, err
	}
	mine := w.Owner == c.me.Person && !c.me.Left
	var ids []db.ID
	for _, one := range list {
		if mine && one.ByLink && one.Answer == plan.NotAnswered {
			ids = append(ids, one.ID)
		}
	}
	links, err := link.OfEach(c.tx, c.me, "confirmation", ids)
	if err != nil {
		return nil, err
	}
	var lines []confirmedLine
	for _, one := range list {
		line := confirmedLine{
			Name: one.Name, Says: one.Answer.Title(), Words: one.Words, Note: one.Note, Hidden: one.Hidden,
			Answered: one.Answer != plan.NotAnswered, When: stamp(one.AskedAt.In(c.zone())),
		}
		if mine {
			line.Change = "/confirmations/" + string(one.ID)
		}
		if line.Answered {
			line.When, line.Marks = stamp(one.AnsweredAt.In(c.zone())), marksOf(one, w)
		} else if l, asked := links[one.ID]; asked {
			line.Link, line.Marks = linkPath(l), c.linkState(l)
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func marksOf(one plan.Confirmation, w plan.Win) string {
	var marks []string
	if one.ByLink {
		marks = append(marks, "by a link, under the name that they wrote")
	}
	if one.WinRevision != w.Revision {
		marks = append(marks, "of an earlier wording")
	}
	if one.BroughtAlong {
		marks = append(marks, "brought along")
	}
	return strings.Join(marks, " · ")
}

// asking is the page where the owner of a win asks somebody for their word.
type askingForWord struct {
	answerer
	Win    winLine
	Action string
	Note   Field
	Link   linkFields
	Said   []confirmedLine
}

var askForWordPage = declare[askingForWord]("confirmation-ask.html", "confirmation-parts.html")

// askForWord offers whom to ask to confirm a win.
func askForWord(c *call) (view, error) {
	w, err := plan.WinByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	if w.Owner != c.me.Person {
		return view{}, problem.NotFound
	}
	main := askingForWord{Win: lineOfWin(w), Action: PathOf(w.Thing()) + "/confirmations", Link: c.linkFields()}
	if main.Said, err = c.confirmedOf(w); err != nil {
		return view{}, err
	}
	if main.answerer, err = c.answerer(Field{Name: "confirm", Label: "Who was there?"},
		Field{Name: "confirm_name", Label: "Their name", Hint: "They see it, and can write it as they do."}); err != nil {
		return view{}, err
	}
	main.Note = c.form.field(Field{Name: "note", Label: "A line to them", Type: "textarea", Rows: 2, Hint: "Such as what you would like them to think of. It can stay empty."}, "")
	return askForWordPage.show(c, "Ask for a word", "wins", main)
}

// sendForWord asks a colleague, or makes the link for somebody outside.
func sendForWord(c *call) (string, error) {
	win, note := c.id("id"), c.text("note")
	return c.askAnswerer("confirm", "confirm_name", func(person db.ID) (string, error) {
		_, err := plan.AskColleague(c.tx, c.me, win, person, note)
		c.say(wordAsked)
		return "/wins/" + string(win), err
	}, func(name string, in link.Input) (link.Link, link.Token, error) {
		_, l, token, err := plan.AskByLink(c.tx, c.me, win, name, note, in)
		return l, token, err
	})
}

var wordAsked = says("Asked. They see this win, and only while you ask.")

func backToWin(c *call, l link.Link) (string, string) {
	win, err := plan.WinAsked(c.tx, c.me, l.Thing.ID)
	if err != nil {
		return "/wins", "Wins"
	}
	return "/wins/" + string(win), "The win"
}

func takeBackWord(c *call) (string, error) {
	win, err := plan.WinAsked(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	c.say(wordTakenBack)
	return "/wins/" + string(win), plan.TakeBackConfirmation(c.tx, c.me, c.id("id"))
}

var wordTakenBack = says("Taken back: they see the win no more.")

func hideWord(c *call) (string, error) {
	win, err := plan.WinAsked(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	hide := plan.UnhideConfirmation
	if c.text("hidden") == "yes" {
		hide = plan.HideConfirmation
	}
	return "/wins/" + string(win), hide(c.tx, c.me, c.id("id"))
}

// confirming is the page of whoever is asked: the win, and three ways to answer.
type confirming struct {
	Asker                 asker
	Day                   civil.Date
	What, Effect, Figure  string
	Note                  string
	Answer, Words, Name   Field
	Revision              string
	Action, Declining     string // empty: the address of the page itself, which is a secret
	Outside               bool
	Until                 string
	Answered              bool
	Said, SaidWords, When string
}

var confirmPage = declare[confirming]("confirmation.html")

func (c *call) confirming(a plan.Asked) confirming {
	main := confirming{
		Asker: asker{a.OwnerName, a.OwnerCalled}, Day: a.Text.Day, What: a.Text.What, Effect: a.Text.Effect, Figure: a.Text.Figure, Note: a.Note,
		Revision: strconv.FormatInt(a.Text.Revision, 10),
	}
	main.Answer = c.form.field(Field{Name: "answer", Label: "Was it so?", Type: "radio", Required: true}, "")
	for _, answer := range []plan.Confirmed{plan.ItWasSo, plan.AndMore, plan.Differently} {
		main.Answer.Options = append(main.Answer.Options, Option{Value: string(answer), Label: answer.Title(), Chosen: main.Answer.Value == string(answer)})
	}
	main.Words = c.form.field(Field{Name: "words", Label: "In a few words", Type: "textarea", Rows: 3, Hint: "What you saw yourself is worth most. With a plain yes it can stay empty."}, "")
	return main
}

// showByLink is what a link shows to somebody outside.
func showByLink(c *call, o link.Opened) (view, error) {
	a, err := plan.AskedByLink(c.tx, o)
	if err != nil {
		return view{}, err
	}
	main := c.confirming(a)
	main.Outside, main.Until = true, stamp(o.ExpiresAt)
	main.Name = c.form.field(Field{Name: "name", Label: "Your name", Required: true, Autocomplete: "name", Hint: a.OwnerCalled + " keeps your answer under it."}, a.Name)
	return confirmPage.outside(c, "A question for you", main)
}

func confirmByLink(c *call, o link.Opened) error {
	in := c.reply()
	in.Name = c.text("name")
	return plan.ConfirmByLink(c.tx, o, in)
}

func (c *call) reply() plan.Reply {
	return plan.Reply{Answer: plan.Confirmed(c.text("answer")), Words: c.text("words"), Revision: c.revision()}
}

// showAskedWord is what a colleague is asked, or has answered.
func showAskedWord(c *call) (view, error) {
	a, err := plan.AskedToConfirm(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := c.confirming(a)
	main.Action = "/confirmations/" + string(a.ID)
	main.Declining = main.Action + "/declining"
	if a.Answer != plan.NotAnswered {
		main.Answered, main.Said, main.SaidWords, main.When = true, a.Answer.Title(), a.Words, stamp(a.AnsweredAt.In(c.zone()))
	}
	return confirmPage.show(c, "A word on a win", "people", main)
}

func giveWord(c *call) (string, error) {
	c.say(wordGiven)
	return "/confirmations/" + string(c.id("id")), plan.Confirm(c.tx, c.me, c.id("id"), c.reply())
}

var wordGiven = says("Thank you. It stands with the win now.")

func declineWord(c *call) (string, error) {
	c.say(wordDeclined)
	return "/", plan.DeclineToConfirm(c.tx, c.me, c.id("id"))
}

var wordDeclined = says("It is off your list. Nobody is told.")
