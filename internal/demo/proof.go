package demo

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	stories "github.com/ownward/ownward/internal/story"
)

// word is what somebody was asked to say of a win, and said.
type word struct {
	Win      string `yaml:"win"`
	On       day    `yaml:"on"`
	Of       string `yaml:"of"`      // a colleague
	Outside  string `yaml:"outside"` // or somebody else, by a link
	Note     prose  `yaml:"note"`
	Answer   string `yaml:"answer"` // none: it waits
	Words    prose  `yaml:"words"`
	Answered day    `yaml:"answered"`
	Hidden   bool   `yaml:"hidden"`
}

// told is a story that somebody drafts and keeps, with words of their own in front.
type told struct {
	On    day    `yaml:"on"`
	Form  string `yaml:"form"`
	First day    `yaml:"first"`
	Title string `yaml:"title"`
	Words prose  `yaml:"words"`
	With  string `yaml:"with"` // who may see it
}

func (t *telling) word(of string, w word) {
	var made plan.Confirmation
	var token link.Token
	reply := plan.Reply{Answer: plan.Confirmed(w.Answer), Words: string(w.Words), Name: w.Outside}
	t.does(of, t.when(w.On, afternoon, of), "word on "+w.Win, func(tx *db.Tx, me org.Actor) error {
		win, err := t.thing(of, w.Win)
		if err != nil {
			return err
		}
		if w.Outside == "" {
			made, err = plan.AskColleague(tx, me, win.ID, t.person(w.Of), string(w.Note))
			return err
		}
		made, _, token, err = plan.AskByLink(tx, me, win.ID, w.Outside, string(w.Note), link.Input{Days: link.MostDays})
		return err
	})
	if w.Answer == "" {
		return
	}
	by := w.Of
	if w.Outside != "" {
		by = of // nobody here answers: only the time is that of the story
	}
	t.does(by, t.when(w.Answered, afternoon, by), "word on "+w.Win+" answered", func(tx *db.Tx, me org.Actor) error {
		if w.Outside != "" {
			return answerLink(tx, token, reply)
		}
		asked, err := plan.AskedToConfirm(tx, me, made.ID)
		if err != nil {
			return err
		}
		reply.Revision = asked.Text.Revision
		return plan.Confirm(tx, me, made.ID, reply)
	})
	if w.Hidden {
		t.does(of, t.when(w.Answered, evening, of), "word on "+w.Win+" hidden", func(tx *db.Tx, me org.Actor) error {
			return plan.HideConfirmation(tx, me, made.ID)
		})
	}
}

func answerLink(tx *db.Tx, token link.Token, reply plan.Reply) error {
	opened, err := link.Open(tx, token)
	if err != nil {
		return err
	}
	asked, err := plan.AskedByLink(tx, opened)
	if err != nil {
		return err
	}
	reply.Revision = asked.Text.Revision
	if err := plan.ConfirmByLink(tx, opened, reply); err != nil {
		return err
	}
	return link.Use(tx, opened)
}

func (t *telling) told(of string, s told) {
	t.does(of, t.when(s.On, evening, of), "story "+s.Form, func(tx *db.Tx, me org.Actor) error {
		draft, err := stories.DraftOf(tx, me, stories.Choice{Form: stories.Form(s.Form), First: t.date(s.First)})
		if err != nil {
			return err
		}
		kept, err := stories.Keep(tx, me, draft.Form, stories.Text{Title: s.Title, Words: string(s.Words) + "\n\n" + draft.Words})
		if err != nil || s.With == "" {
			return err
		}
		return stories.Share(tx, me, kept.ID, plan.WithPerson(t.person(s.With)))
	})
}
