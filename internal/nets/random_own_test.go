package nets

import (
	"errors"
	"fmt"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/portable"
	"github.com/ownward/ownward/internal/question"
)

// write lets a person write something into every field there is.
func (w *world) write(t testing.TB, who int) {
	me := w.people[who]
	alone := mark{owner: who}
	w.do(t, func(tx *db.Tx) error {
		for _, section := range plan.Sections {
			if !section.IsText() {
				continue
			}
			first := w.plant(mark{owner: who, section: string(section)})
			text, err := plan.Write(tx, me, plan.Text{Section: section, Words: first.text})
			if err != nil {
				return err
			}
			if w.random.IntN(2) == 0 {
				first.old = true
				text.Words = w.hide(mark{owner: who, section: string(section)})
				if _, err := plan.Write(tx, me, text); err != nil {
					return err
				}
			}
		}
		if err := w.writeWords(tx, who); err != nil {
			return err
		}
		return w.writeThings(tx, who, alone)
	})
}

func (w *world) writeThings(tx *db.Tx, who int, alone mark) error {
	me := w.people[who]
	within := func(section string) mark { return mark{owner: who, section: section} }
	if err := w.writeValue(tx, who); err != nil {
		return err
	}
	skillMarks := []*mark{w.plant(within("skills")), w.plant(within("skills"))}
	k, err := plan.AddSkill(tx, me, plan.Skill{Name: skillMarks[0].text, Note: skillMarks[1].text, Level: 1, Wanted: 3})
	if err != nil {
		return err
	}
	w.stand("skill", k.ID, who, skillMarks)
	g, goalMarks, err := w.writeGoal(tx, who)
	if err != nil {
		return err
	}
	winMarks := []*mark{w.plant(alone), w.plant(alone), w.plant(alone)}
	win, err := plan.AddWin(tx, me, plan.WinText{What: winMarks[0].text, Effect: winMarks[1].text, Figure: winMarks[2].text}, event.Thing{})
	if err != nil {
		return err
	}
	w.stand("win", win.ID, who, winMarks)
	if err := errors.Join(w.showWin(tx, who, win.ID), w.importWin(tx, who)); err != nil {
		return err
	}
	if err := plan.LinkWin(tx, me, win.ID, []event.Thing{g.Thing(), k.Thing()}); err != nil {
		return err
	}
	if err := w.changeTexts(tx, who, g, win, goalMarks, winMarks); err != nil {
		return err
	}
	return w.writeAlone(tx, who, alone)
}

// writeGoal writes a goal with a step, and perhaps closes it.
func (w *world) writeGoal(tx *db.Tx, who int) (plan.Goal, []*mark, error) {
	me := w.people[who]
	var marks []*mark
	in := func() string {
		m := w.plant(mark{owner: who, section: "goals"})
		marks = append(marks, m)
		return m.text
	}
	g, err := plan.AddGoal(tx, me, plan.GoalText{
		Title: in(), Area: plan.Personal, Specific: in(), Measured: in(), Attainable: in(), Relevant: in(), Serves: in(),
	}, event.Thing{})
	if err != nil {
		return g, nil, err
	}
	p, err := plan.AddStep(tx, me, g.ID, plan.StepText{Words: in(), Cue: in(), Response: in(), Activity: in()})
	if err != nil {
		return g, nil, err
	}
	learned := w.plant(mark{owner: who}).text
	review, err := plan.ReviewGoal(tx, me, g.ID, plan.Review{How: plan.Moved, Learned: learned})
	if err != nil {
		return g, nil, err
	}
	w.keep("review", review.ID, who)
	if w.random.IntN(3) == 0 {
		err = plan.CloseGoal(tx, me, g.ID, g.Revision, plan.Done, in())
		g.Revision++
	}
	w.stand("goal", g.ID, who, marks)
	w.keep("step", p.ID, who)
	return g, marks, err
}

func (w *world) writeValue(tx *db.Tx, who int) error {
	marks := []*mark{w.plant(mark{owner: who, section: "values"}), w.plant(mark{owner: who, section: "values"})}
	if err := plan.ChangeValues(tx, w.people[who], []plan.Value{{Word: marks[0].text, Meaning: marks[1].text}}); err != nil {
		return err
	}
	mine, err := plan.Mine(tx, w.people[who])
	if err != nil {
		return err
	}
	w.stand("value", mine.Values[0].ID, who, marks)
	return nil
}

// changeTexts replaces the title of a goal and the words of a win: who sees the thing sees what
// it says now, and its owner alone what it said before.
func (w *world) changeTexts(tx *db.Tx, who int, g plan.Goal, win plan.Win, goalMarks, winMarks []*mark) error {
	if w.random.IntN(2) == 0 {
		return nil
	}
	next := *goalMarks[0]
	goalMarks[0].old = true
	g.Title = w.plant(next).text
	winNext := *winMarks[0]
	winMarks[0].old = true
	win.What = w.plant(winNext).text
	return errors.Join(
		plan.ChangeGoal(tx, w.people[who], g.ID, g.Revision, g.GoalText),
		plan.ChangeWin(tx, w.people[who], win.ID, win.Revision, win.WinText))
}

// writeAlone writes what no share reaches.
func (w *world) writeAlone(tx *db.Tx, who int, alone mark) error {
	me := w.people[who]
	j, err := plan.AddEntry(tx, me, plan.Entry{Words: w.hide(alone)})
	if err != nil {
		return err
	}
	w.keep("journal entry", j.ID, who)
	c, err := org.AddContact(tx, me, org.Contact{Name: w.hide(alone), Email: w.plant(alone).text + "@out.example", About: w.hide(alone)})
	if err != nil {
		return err
	}
	w.keep("contact", c.ID, who)
	card := fmt.Sprintf("---\nid: c-%s\nstage: ask\nfor: [manager]\nquestion: What of %s?\n---\n\n## When to ask\n\n%s\n", tx.NewID(), w.hide(alone), w.hide(alone))
	kept, err := question.Keep(tx, me, question.Builtin(), card, false)
	if err != nil {
		return err
	}
	w.keep("kept card", kept.ID, who)
	w.keep("card", kept.ID, who)
	for _, in := range []question.Input{
		{Wording: w.hide(alone), To: "contact:" + string(c.ID), Answer: w.hide(alone)},
		{Wording: w.hide(alone), To: question.ToAloud, ToName: w.hide(alone)},
	} {
		q, err := question.Record(tx, me, event.Thing{}, in)
		if err != nil {
			return err
		}
		w.keep("asking", q.ID, who)
	}
	p, err := commitment.Make(tx, me, event.Thing{}, commitment.Input{
		By: org.Party{Contact: c.ID}, To: me.Self(), Words: w.hide(alone), Due: w.dueDay(tx),
	})
	if err != nil {
		return err
	}
	w.keep("promise", p.ID, who)
	if err := w.bringRecord(tx, who); err != nil {
		return err
	}
	return w.contactTalk(tx, who)
}

// bringRecord lets somebody bring along what another asked of them elsewhere.
func (w *world) bringRecord(tx *db.Tx, who int) error {
	alone := mark{owner: who}
	other := org.Key(tx.NewID())
	asked := ask.Along{ID: tx.NewID(), Owner: other, AlongWords: ask.AlongWords{What: w.hide(alone), Why: w.hide(alone)}, State: ask.Sent}
	_, err := portable.Bring(tx, w.people[who], portable.File{
		Contacts: []org.AlongContact{{Key: other, Name: w.hide(alone)}}, Asks: []ask.Along{asked},
	})
	return err
}

// sendPeopleFile lets an administrator send a people file and look no further.
func (w *world) sendPeopleFile(tx *db.Tx, who int) error {
	alone := mark{owner: who}
	id, err := org.KeepPeopleFile(tx, w.people[who], org.SentFile{
		Name: w.hide(alone), Content: []byte("id,name,title,manager\n1," + w.hide(alone) + "," + w.hide(alone) + "," + w.hide(alone) + "\n1,Somebody else,,\n"),
	})
	w.keep("people file", id, who)
	return err
}

func (w *world) dueDay(tx *db.Tx) civil.Date {
	return civil.In(tx.Now(), w.people[0].Zone).AddDays(1 + w.random.IntN(60))
}
