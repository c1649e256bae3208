package portable_test

import (
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	_ "github.com/ownward/ownward/internal/house" // what one package does when something happens in another
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/story"
	"github.com/ownward/ownward/internal/testkit"
)

// secret stands in everything that Ines must never see.
const secret = "NOT FOR INES"

var today = civil.On(2026, time.November, 23)

// rich is a company in which Ines has everything that there is, in each of its states. She leads
// Joel, Tomás leads her, Mira is a colleague, and Rui is a contact of hers.
type rich struct {
	testkit.Company
	t   testing.TB
	s   testkit.Store
	rui org.Contact
}

// newRich makes the company; it moves the clock on by about two months.
func newRich(t testing.TB, s testkit.Store) rich {
	r := rich{Company: testkit.NewCompany(t, s, "weir.example"), t: t, s: s}
	r.do(func(tx *db.Tx) error {
		err := org.SetManager(tx, org.Operator(r.Organisation.ID), r.Joel.Person, r.Ines.Person)
		return err
	})
	r.do(func(tx *db.Tx) (err error) {
		r.rui, err = org.AddContact(tx, r.Ines, org.Contact{Name: "Rui Prado", Email: "rui@example.org", About: "My mentor from university\n\n# not a heading"})
		return err
	})
	goals, wins := r.plan()
	r.journal()
	r.drafts()
	r.expectations()
	r.askings()
	r.asks(wins)
	r.promises(goals[0])
	r.conversations()
	r.years()
	r.others()
	r.said(goals)
	r.skillViews()
	r.dates()
	r.preview()
	return r
}

func (r rich) do(what func(tx *db.Tx) error) {
	r.t.Helper()
	testkit.Do(r.t, r.s, what)
}

// all does one thing after the other, each in a transaction of its own.
func (r rich) all(what ...func(tx *db.Tx) error) {
	r.t.Helper()
	for _, one := range what {
		r.do(one)
	}
}

func (r rich) plan() (goals []plan.Goal, wins []plan.Win) {
	me := r.Ines
	r.do(func(tx *db.Tx) error {
		return plan.ChangeValues(tx, me, []plan.Value{{Word: "Craft", Meaning: "Things that last"}, {Word: "Candour"}, {Word: "Play"}})
	})
	r.do(func(tx *db.Tx) error {
		p, err := plan.Mine(tx, me)
		if err != nil {
			return err
		}
		p.Values[0].Meaning, p.Values[2].Word = "Things that last <b>long</b>", ""
		return plan.ChangeValues(tx, me, p.Values)
	})
	r.do(func(tx *db.Tx) error {
		return plan.ChangeStrengths(tx, me, []plan.Strength{{Word: "Calm", Meaning: "The night of the flood"}, {Word: "Drawing"}})
	})
	r.do(func(tx *db.Tx) error {
		p, err := plan.Mine(tx, me)
		if err != nil {
			return err
		}
		p.Strengths[0].Meaning, p.Strengths[1].Word = "The night of the flood, and since", ""
		return plan.ChangeStrengths(tx, me, p.Strengths)
	})
	for _, section := range append([]plan.Section{plan.Purpose, plan.Strengths, plan.Hard, plan.Vision, plan.VisionIn1, plan.VisionIn5}, plan.PurposeAnswers...) {
		for n, words := range []string{"First thought on " + string(section), "Second thought on " + string(section) + "\n\nwith a second paragraph & an “ü”"} {
			r.do(func(tx *db.Tx) error {
				_, err := plan.Write(tx, me, plan.Text{Section: section, Words: words, Revision: int64(n)})
				return err
			})
		}
	}
	goals, skills := r.skillsAndGoals()
	return goals, r.wins(goals, skills)
}

func (r rich) skillsAndGoals() (goals []plan.Goal, skills []plan.Skill) {
	me := r.Ines
	r.do(func(tx *db.Tx) error {
		for _, k := range []plan.Skill{{Name: "Go", Level: 3, Wanted: 5, Note: "Concurrency"}, {Name: "Public speaking", Wanted: 3}, {Name: "Baking", Level: 1, Wanted: 1}} {
			k, err := plan.AddSkill(tx, me, k)
			if err != nil {
				return err
			}
			skills = append(skills, k)
		}
		for _, g := range []plan.GoalText{
			{Title: "Lead the platform", Specific: "The whole of it", Measured: "Three teams", Attainable: "Tomás helps", Relevant: "I want to", Due: today.AddDays(300), Serves: "The platform", Kind: plan.Learning, Rhythm: plan.Quarterly},
			{Title: "Speak at a conference"}, {Title: "Run a marathon", Area: plan.Personal}, {Title: "Never mind this one"},
		} {
			g, err := plan.AddGoal(tx, me, g, org.Origin{Kind: "asking", ID: "0192f000-0000-7000-8000-000000000001"})
			if err != nil {
				return err
			}
			goals = append(goals, g)
		}
		return nil
	})
	skills[0].Level = 4
	r.all(
		func(tx *db.Tx) error { return plan.ChangeSkill(tx, me, skills[0]) },
		func(tx *db.Tx) error { return plan.RemoveSkill(tx, me, skills[2].ID) },
		func(tx *db.Tx) error { return plan.KeepOut(tx, me, skills[1].Thing()) },
		func(tx *db.Tx) error { return plan.KeepOut(tx, me, goals[2].Thing()) },
		func(tx *db.Tx) error {
			return plan.CloseGoal(tx, me, goals[1].ID, goals[1].Revision, plan.Done, "It was fun")
		},
		func(tx *db.Tx) error {
			return plan.CloseGoal(tx, me, goals[2].ID, goals[2].Revision, plan.LetGo, "My knee")
		},
	)
	r.all(
		func(tx *db.Tx) error {
			_, err := plan.ReviewGoal(tx, me, goals[0].ID, plan.Review{How: plan.Moved, Learned: "Ask earlier"})
			return err
		},
		func(tx *db.Tx) error {
			one, err := plan.AddStep(tx, me, goals[0].ID, plan.StepText{Words: "Every week", Every: plan.EveryWeek, Due: today.AddDays(-3), Until: today.AddDays(90)})
			if err != nil {
				return err
			}
			return plan.MarkStep(tx, me, one.ID, true)
		},
	)
	for n, state := range []plan.StepState{plan.StepOpen, plan.StepBegun, plan.StepDone, plan.StepLetGo} {
		r.do(func(tx *db.Tx) error {
			one, err := plan.AddStep(tx, me, goals[0].ID, plan.StepText{Activity: []string{"practice", "shadowing", "course", "book", "writing"}[n%5], Words: "Step " + string(state), Due: today.AddDays(n), Cue: "it is Monday", Response: "read a page"})
			if err != nil {
				return err
			}
			return plan.SetStep(tx, me, one.ID, state)
		})
	}
	r.do(func(tx *db.Tx) error {
		if _, err := plan.AddStep(tx, me, goals[3].ID, plan.StepText{Words: "A step of a goal that goes"}); err != nil {
			return err
		}
		return plan.RemoveGoal(tx, me, goals[3].ID)
	})
	return goals, skills
}

func (r rich) wins(goals []plan.Goal, skills []plan.Skill) (wins []plan.Win) {
	me := r.Ines
	r.do(func(tx *db.Tx) error {
		for _, in := range []plan.WinText{{Day: today.AddDays(-40), What: "Cut restarts", Effect: "Fewer calls at night", Figure: "40 to 6"}, {What: "Led the outage review"}} {
			w, err := plan.AddWin(tx, me, in, org.Origin{})
			if err != nil {
				return err
			}
			wins = append(wins, w)
		}
		return plan.LinkWin(tx, me, wins[0].ID, []event.Thing{goals[0].Thing(), goals[1].Thing(), skills[0].Thing()})
	})
	r.all(
		func(tx *db.Tx) error {
			return plan.ChangeWin(tx, me, wins[1].ID, 1, plan.WinText{Day: today, What: "Led the outage review\n# well"})
		},
		func(tx *db.Tx) error {
			return plan.AddLink(tx, me, wins[0].ID, "https://wiki.example/restarts?day=3#top")
		},
		func(tx *db.Tx) error {
			return plan.AddFile(tx, me, wins[0].ID, "Restarts, before & after.PDF", []byte("%PDF-1.7 restarts"))
		},
		func(tx *db.Tx) error {
			return plan.AddFile(tx, me, wins[0].ID, "graph", []byte("\x89PNG\r\n\x1a\ngraph"))
		},
		func(tx *db.Tx) error { return plan.ShareWin(tx, me, wins[0].ID, plan.WithManager) },
		func(tx *db.Tx) error { return plan.ShareGoal(tx, me, goals[0].ID, plan.WithPerson(r.Mira.Person)) },
		func(tx *db.Tx) error {
			return plan.ShareSections(tx, me, []plan.Section{plan.Skills}, plan.WithManager)
		},
		func(tx *db.Tx) error {
			return share.Looked(tx, r.Tomas, me.Person, share.What{Kind: "win", ID: wins[0].ID})
		},
	)
	r.saidOfWins(wins)
	r.all(
		func(tx *db.Tx) error {
			s, err := story.Keep(tx, me, story.CV, story.Text{Title: "My CV", Words: "# Work\n- Cut restarts"})
			if err != nil {
				return err
			}
			return story.Change(tx, me, s.ID, 1, story.Text{Title: "My CV", Words: "# Work\n- Cut restarts\n> Good\n\n<b>"})
		},
		func(tx *db.Tx) error {
			_, err := story.Keep(tx, r.Joel, story.Review, story.Text{Title: secret, Words: secret})
			return err
		},
	)
	return wins
}

// saidOfWins asks a colleague and somebody outside for their word, one who does not answer and one
// who declines; and lets the owner say something of somebody else's win.
func (r rich) saidOfWins(wins []plan.Win) {
	asks := func(owner, whom org.Actor, win db.ID, answer plan.Confirmed) {
		r.do(func(tx *db.Tx) error {
			c, err := plan.AskColleague(tx, owner, win, whom.Person, "What did you see?")
			if err != nil || answer == plan.NotAnswered {
				return err
			}
			return plan.Confirm(tx, whom, c.ID, plan.Reply{Answer: answer, Words: "It was on " + whom.Name + "'s watch", Revision: 1})
		})
	}
	asks(r.Ines, r.Joel, wins[0].ID, plan.AndMore)
	asks(r.Ines, r.Tomas, wins[0].ID, plan.NotAnswered)
	r.do(func(tx *db.Tx) error {
		c, err := plan.AskColleague(tx, r.Ines, wins[0].ID, r.Mira.Person, "")
		if err != nil {
			return err
		}
		return plan.DeclineToConfirm(tx, r.Mira, c.ID)
	})
	r.do(func(tx *db.Tx) error {
		_, _, token, err := plan.AskByLink(tx, r.Ines, wins[0].ID, "Ruth", "Was it so?", link.Input{})
		if err != nil {
			return err
		}
		opened, err := link.Open(tx, token)
		if err != nil {
			return err
		}
		if err := plan.ConfirmByLink(tx, opened, plan.Reply{Answer: plan.Differently, Words: "Longer", Name: "Ruth Sole", Revision: 1}); err != nil {
			return err
		}
		return link.Use(tx, opened)
	})
	r.do(func(tx *db.Tx) error {
		said, err := plan.ConfirmationsOf(tx, r.Ines, wins[0].ID)
		if err != nil {
			return err
		}
		return plan.HideConfirmation(tx, r.Ines, said[len(said)-1].ID)
	})
	r.do(func(tx *db.Tx) error {
		w, err := plan.AddWin(tx, r.Joel, plan.WinText{What: secret + ": he did it"}, org.Origin{})
		if err != nil {
			return err
		}
		c, err := plan.AskColleague(tx, r.Joel, w.ID, r.Ines.Person, secret+": please")
		if err != nil {
			return err
		}
		return plan.Confirm(tx, r.Ines, c.ID, plan.Reply{Answer: plan.ItWasSo, Words: "I saw it", Revision: 1})
	})
}

func (r rich) journal() {
	r.do(func(tx *db.Tx) error {
		for _, words := range []string{"A long day.\n\n- one\n- two", "Better."} {
			e, err := plan.AddEntry(tx, r.Ines, plan.Entry{Words: words})
			if err != nil {
				return err
			}
			e.Words += " And quiet."
			if err := plan.ChangeEntry(tx, r.Ines, e); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r rich) askings() {
	r.do(func(tx *db.Tx) error {
		for n, in := range []question.Input{
			{CardID: "help-me-forward", Wording: "What can you do to help me?", To: r.Tomas.Self().String()},
			{Wording: "Do I still want this?", To: question.ToMyself, Answer: "Yes"},
			{Wording: "How did you do it?", To: "contact:" + string(r.rui.ID), Answer: "Slowly"},
			{Wording: "Is it worth it?", To: question.ToAloud, ToName: "The woman on the train"},
		} {
			a, err := question.Record(tx, r.Ines, org.Origin{}, in)
			if err != nil {
				return err
			}
			if n == 1 {
				if _, err = question.Answer(tx, r.Ines, a.ID, a.Revision, "Yes, more than before"); err != nil {
					return err
				}
			}
		}
		const card = "---\nid: my-own\nstage: ask\nfor: [manager]\nquestion: What would help {beneficiary:them}?\n---\n\n## When to ask\n\nBefore lunch.\n"
		k, err := question.Keep(tx, r.Ines, question.Builtin(), card, false)
		if err != nil {
			return err
		}
		return question.ChangeKept(tx, r.Ines, question.Builtin(), k.ID, k.Revision, card+"Or after it.\n")
	})
	r.sentQuestions()
}
