package portable_test

import (
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/question"
)

// sends begins and sends an ask, and gives its id.
func (r rich) sends(me org.Actor, whom org.Party, what string, wins ...db.ID) (id db.ID) {
	r.t.Helper()
	r.do(func(tx *db.Tx) error {
		a, err := ask.New(tx, me, org.Origin{}, ask.Input{Text: ask.Text{
			Kind: ask.Money, What: what, Why: "Because of " + what, Cost: ask.Cost{Minor: 120_050, Currency: "EUR", Hours: 24},
			Return: "I teach it back", DecideBy: today.AddDays(60),
		}, Whom: whom, Wins: wins})
		if err != nil {
			return err
		}
		id = a.ID
		return ask.Send(tx, me, a.ID, a.Revision)
	})
	return id
}

func (r rich) decides(me org.Actor, id db.ID, reply ask.Reply) {
	r.t.Helper()
	r.do(func(tx *db.Tx) error {
		answer, err := reply.Answer(today.AddDays(40))
		if err != nil {
			return err
		}
		return ask.Decide(tx, me, id, answer)
	})
}

func (r rich) asks(wins []plan.Win) {
	me, evidence := r.Ines, []db.ID{wins[0].ID, wins[1].ID}
	rui := org.Party{Contact: r.rui.ID}
	r.do(func(tx *db.Tx) error {
		a, err := ask.New(tx, me, org.Origin{}, ask.Input{Text: ask.Text{What: "A draft"}, Wins: evidence[:1]})
		if err != nil {
			return err
		}
		return ask.Change(tx, me, a.ID, a.Revision, ask.Input{Text: ask.Text{What: "A better draft", Kind: ask.Else}, Whom: r.Tomas.Self(), Wins: evidence})
	})
	r.pitch(r.sends(me, r.Ana.Self(), "An hour with Ana"), wins)
	r.sends(me, rui, "A look at my talk", evidence...)

	yes := r.sends(me, r.Tomas.Self(), "The course", evidence...)
	r.do(func(tx *db.Tx) error {
		story, err := ask.StoryOf(tx, me, yes)
		if err != nil {
			return err
		}
		return ask.TakeBack(tx, me, yes, story.Now().Evidence[0].ID)
	})
	r.do(func(tx *db.Tx) error { return ask.HandOn(tx, r.Tomas, yes, r.Ana.Self(), "She has the budget") })
	r.decides(r.Ana, yes, ask.Reply{Says: ask.YesIf, Conditions: []string{"Show me a plan", "Find cover"}, Reason: "It fits"})
	r.do(func(tx *db.Tx) error {
		criteria, err := ask.CriteriaOf(tx, me, yes)
		if err != nil {
			return err
		}
		for n, evidence := range []string{"First", "Joel covers"} {
			if err := ask.Show(tx, me, criteria[1].ID, int64(n+1), evidence); err != nil {
				return err
			}
		}
		return ask.Judge(tx, r.Ana, criteria[1].ID, ask.Shown, "Good")
	})

	r.answered(evidence)
	r.asksRefused(rui)
	r.asksElsewhere(evidence)
}

// pitch prepares an ask.
func (r rich) pitch(id db.ID, wins []plan.Win) {
	for n, words := range []string{"The release is behind us", "The release is behind us, and the next one is mine"} {
		r.do(func(tx *db.Tx) error {
			return pitch.Write(tx, r.Ines, id, pitch.Motive, []pitch.Typed{{Name: pitch.WhyNow, Words: words, Revision: int64(n), Opened: int64(n)}})
		})
	}
	r.do(func(tx *db.Tx) error {
		return pitch.Choose(tx, r.Ines, id, []pitch.Pick{{Kind: pitch.Skill, ID: wins[0].ID}, {Kind: pitch.Link, ID: wins[1].ID}}, nil)
	})
}

// asksRefused are asks that were answered with no or not now.
func (r rich) asksRefused(rui org.Party) {
	me := r.Ines
	no := r.sends(me, r.Tomas.Self(), "A raise")
	r.decides(r.Tomas, no, ask.Reply{Says: ask.No, Alternative: "special project", AlternativeWords: "The migration"})
	r.do(func(tx *db.Tx) error { return ask.Hear(tx, me, no, ask.Heard{Reason: "No budget", Revision: 1}) })
	r.do(func(tx *db.Tx) error {
		return ask.Hear(tx, me, no, ask.Heard{Reason: "No budget this year", Feedback: "Keep at it", Revision: 2})
	})
	r.do(func(tx *db.Tx) error { _, err := ask.AskAgain(tx, me, no); return err })

	moved := r.sends(me, rui, "A reference")
	r.decides(me, moved, ask.Reply{Says: ask.NotNow, Reason: "Busy", AgainOn: today.AddDays(100)})
	r.do(func(tx *db.Tx) error { return ask.Move(tx, me, moved, today.AddDays(120)) })
	dropped := r.sends(me, r.Mira.Self(), "A poster")
	r.decides(r.Mira, dropped, ask.Reply{Says: ask.NotNow})
	r.do(func(tx *db.Tx) error { return ask.LetGo(tx, me, dropped) })
}

// asksElsewhere are asks that were withdrawn, sent elsewhere, and asked of Ines.
func (r rich) asksElsewhere(evidence []db.ID) {
	me := r.Ines
	back := r.sends(me, r.Tomas.Self(), "A new chair")
	r.all(
		func(tx *db.Tx) error { return ask.Withdraw(tx, me, back) },
		func(tx *db.Tx) error {
			a, err := ask.ByID(tx, me, back)
			if err != nil {
				return err
			}
			return ask.Change(tx, me, back, a.Revision, ask.Input{Text: ask.Text{What: "A better chair", Kind: ask.Money}, Whom: r.Tomas.Self()})
		},
	)
	elsewhere := r.sends(me, r.Tomas.Self(), "A desk", evidence[:1]...)
	r.do(func(tx *db.Tx) error {
		a, err := ask.Working(tx, me, elsewhere)
		if err != nil {
			return err
		}
		return ask.SendWith(tx, me, elsewhere, a.Revision, ask.Enclosed{
			Sections: []ask.Section{{Name: ask.Cover, Words: "Joel covers"}, {Name: ask.Smallest, Words: "A lamp"}},
			Files:    map[db.ID][]ask.File{evidence[0]: {{URL: "https://weir.example/desk"}, {Name: "desk.png", MediaType: "image/png", Size: 4, Content: []byte("desk")}}},
		})
	})
	r.do(func(tx *db.Tx) error { return ask.SendElsewhere(tx, me, elsewhere, r.Mira.Self()) })

	r.sends(r.Joel, me.Self(), "A day off for a meetup")
	answered := r.sends(r.Joel, me.Self(), "A book")
	r.decides(me, answered, ask.Reply{Says: ask.Yes, Reason: "Read it and tell us"})
	handed := r.sends(r.Joel, r.Tomas.Self(), "A conference")
	r.do(func(tx *db.Tx) error { return ask.HandOn(tx, r.Tomas, handed, me.Self(), "You know better") })
}

// promise makes a promise by one to another, written down by the first named.
func (r rich) promise(writer org.Actor, by, to org.Party, words string, from org.Origin) (id db.ID) {
	r.t.Helper()
	r.do(func(tx *db.Tx) error {
		c, err := commitment.Make(tx, writer, from, commitment.Input{By: by, To: to, Words: words, Due: civil.In(r.s.Clock.Now(), time.UTC).AddDays(14)})
		id = c.ID
		return err
	})
	return id
}

func (r rich) promises(goal plan.Goal) {
	me, rui := r.Ines, org.Party{Contact: r.rui.ID}
	none := org.Origin{}
	open := r.promise(me, me.Self(), r.Tomas.Self(), "Write the plan", goal.Thing())
	r.do(func(tx *db.Tx) error {
		return commitment.Propose(tx, r.Tomas, open, commitment.NewTerms{Due: today.AddDays(20), Note: "Take your time"})
	})
	r.promise(me, r.Tomas.Self(), me.Self(), "Introduce me", none)      // proposed
	r.promise(me, r.Tomas.Self(), r.Mira.Self(), "Talk to Mira", none)  // between two others
	r.promise(r.Tomas, me.Self(), r.Ana.Self(), "Present to Ana", none) // proposed to Ines
	declined := r.promise(me, r.Mira.Self(), me.Self(), "Draw a poster", none)
	r.do(func(tx *db.Tx) error { return commitment.DeclineProposal(tx, r.Mira, declined, "No time") })
	kept := r.promise(r.Tomas, r.Tomas.Self(), me.Self(), "Two Fridays for the course", none)
	broken := r.promise(r.Tomas, r.Tomas.Self(), me.Self(), "Read my draft", none)
	r.promise(me, me.Self(), rui, "Send him my notes", none)
	with := r.promise(me, rui, me.Self(), "Look at my talk", none)
	differs := r.promise(me, me.Self(), r.Joel.Self(), "Review his code", none)
	passed := r.promise(r.Tomas, r.Tomas.Self(), me.Self(), "Pair on the outage", none)
	r.all(
		func(tx *db.Tx) error {
			return commitment.Propose(tx, me, with, commitment.NewTerms{Words: "Look at my slides", Due: today.AddDays(15)})
		},
		func(tx *db.Tx) error { return commitment.SayItIsDone(tx, r.Tomas, kept, "Done") },
		func(tx *db.Tx) error { return commitment.ConfirmDone(tx, me, kept, "Thank you") },
		func(tx *db.Tx) error { return commitment.SayItIsDone(tx, me, differs, "") },
		func(tx *db.Tx) error { return commitment.SeeOtherwise(tx, r.Joel, differs, "Half of it") },
		func(tx *db.Tx) error {
			return commitment.Propose(tx, r.Tomas, passed, commitment.NewTerms{Owner: r.Mira.Self(), Note: "Mira knows it"})
		},
		func(tx *db.Tx) error {
			c, err := commitment.ByID(tx, me, passed)
			if err != nil {
				return err
			}
			return commitment.Agree(tx, me, passed, c.Change.ID)
		},
	)
	r.do(func(tx *db.Tx) error {
		list, err := commitment.Listed(tx, r.Mira, commitment.Choice{Side: commitment.IPromised}, commitment.Place{}, 100)
		if err != nil {
			return err
		}
		for _, c := range list {
			if c.Replaces == passed {
				return commitment.AcceptProposal(tx, r.Mira, c.ID)
			}
		}
		return nil
	})
	r.s.Clock.MoveDays(30)
	r.do(func(tx *db.Tx) error { return commitment.CallItBroken(tx, me, broken, "Never came") })
}

// meets asks for a conversation some days ahead and agrees on it.
func (r rich) meets(me org.Actor, with org.Party, partner org.Actor, kind conversation.Kind, days int) (id db.ID) {
	r.t.Helper()
	r.do(func(tx *db.Tx) error {
		c, err := conversation.Request(tx, me, conversation.Input{With: with, Kind: kind, Time: r.in(days)})
		if err != nil {
			return err
		}
		if id = c.ID; partner.Person == "" {
			return nil
		}
		_, err = conversation.Accept(tx, partner, c.ID, c.Revision)
		return err
	})
	return id
}

func (r rich) in(days int) conversation.Time {
	return conversation.Time{At: r.s.Clock.Now().Add(time.Duration(24*days) * time.Hour).Truncate(time.Minute), Minutes: 45}
}

// years lets her have a year with her manager, of which one was skipped, and one with a contact.
func (r rich) years() {
	me := r.Ines
	var year conversation.Cadence
	r.all(
		func(tx *db.Tx) (err error) {
			year, err = conversation.Begin(tx, me, r.Tomas.Self(), conversation.Usual)
			return err
		},
		func(tx *db.Tx) error {
			list, err := conversation.OfAllCadences(tx, me, tx.Now(), tx.Now().AddDate(2, 0, 0))
			if err != nil {
				return err
			}
			return conversation.Skip(tx, me, list[1].ID, conversation.SkipInput{Revision: 1, For: conversation.SkipAway, Words: "We are all at the fair"})
		},
		func(tx *db.Tx) error {
			_, err := conversation.Begin(tx, me, org.Party{Contact: r.rui.ID}, conversation.Rhythm{DeepMinutes: 60, DeepMonths: 3, SprintMinutes: 20, SprintMonths: 2})
			return err
		},
		func(tx *db.Tx) error {
			_, err := conversation.Begin(tx, r.Joel, me.Self(), conversation.Usual)
			return err
		},
		func(tx *db.Tx) error { return conversation.Pause(tx, me, year.ID) },
	)
}

func (r rich) conversations() {
	me := r.Ines
	held := r.meets(me, r.Tomas.Self(), r.Tomas, conversation.Align, 1)
	with := r.meets(me, org.Party{Contact: r.rui.ID}, org.Actor{}, conversation.Free, 2)
	ofJoel := r.meets(me, r.Joel.Self(), r.Joel, conversation.Sprint, 1)
	for _, id := range []db.ID{held, with, ofJoel} {
		r.all(
			func(tx *db.Tx) error {
				return conversation.AddItem(tx, me, id, conversation.ItemInput{Words: "My goals", Shared: true})
			},
			func(tx *db.Tx) error {
				return conversation.AddItem(tx, me, id, conversation.ItemInput{Words: "Only for me", Source: org.Origin{Kind: "win", ID: "0192f000-0000-7000-8000-000000000002"}})
			},
			func(tx *db.Tx) error { return conversation.Write(tx, me, id, conversation.Notes, 0, "We talked") },
			func(tx *db.Tx) error {
				return conversation.Write(tx, me, id, conversation.Notes, 1, "We talked\n\nfor long")
			},
			func(tx *db.Tx) error {
				return conversation.Write(tx, me, id, conversation.Private, 0, "I was nervous")
			},
			func(tx *db.Tx) error {
				return conversation.Write(tx, me, id, conversation.Private, 1, "I was not nervous")
			},
		)
	}
	r.all(
		func(tx *db.Tx) error {
			return conversation.AddItem(tx, r.Tomas, held, conversation.ItemInput{Words: "The migration", Shared: true})
		},
		func(tx *db.Tx) error {
			return conversation.AddItem(tx, r.Tomas, held, conversation.ItemInput{Words: secret + ": her raise"})
		},
		func(tx *db.Tx) error {
			return conversation.Write(tx, r.Tomas, held, conversation.Private, 0, secret+": she is good")
		},
		func(tx *db.Tx) error {
			return conversation.Write(tx, r.Tomas, held, conversation.Private, 1, secret+": she is very good")
		},
		func(tx *db.Tx) error {
			return conversation.Write(tx, r.Tomas, held, conversation.Notes, 2, "We talked\n\nfor very long")
		},
		func(tx *db.Tx) error {
			return conversation.Write(tx, r.Joel, ofJoel, conversation.Private, 0, secret+": I want to leave")
		},
		func(tx *db.Tx) error {
			agenda, err := conversation.AgendaOf(tx, me, held)
			if err != nil {
				return err
			}
			return conversation.Tick(tx, r.Tomas, agenda.Shared[0].ID, true)
		},
	)
	r.meets(r.Tomas, me.Self(), org.Actor{}, conversation.Advance, 40) // waits for Ines
	r.meets(me, r.Mira.Self(), r.Mira, conversation.Free, 50)
	off := r.meets(me, r.Ana.Self(), r.Ana, conversation.Amplify, 60)
	r.do(func(tx *db.Tx) error { return conversation.Cancel(tx, r.Ana, off) })
	r.s.Clock.MoveDays(3)
	for _, id := range []db.ID{held, with, ofJoel} {
		r.do(func(tx *db.Tx) error {
			return conversation.End(tx, me, id, conversation.EndInput{Outcome: "On we go", Promises: []conversation.Promise{{Words: "Think of " + string(id), Due: today.AddDays(90)}}})
		})
	}
	r.saidOfIt(held, r.Tomas)
	r.saidByLink(with)
}

// others write what is theirs alone, and what they share with somebody else.
func (r rich) others() {
	for _, who := range []org.Actor{r.Tomas, r.Joel, r.Mira, r.Ana} {
		r.do(func(tx *db.Tx) error {
			g, err := plan.AddGoal(tx, who, plan.GoalText{Title: secret, Specific: secret}, org.Origin{})
			if err != nil {
				return err
			}
			if _, err := plan.AddStep(tx, who, g.ID, plan.StepText{Words: secret}); err != nil {
				return err
			}
			if _, err := plan.AddWin(tx, who, plan.WinText{What: secret}, org.Origin{}); err != nil {
				return err
			}
			if _, err := plan.AddEntry(tx, who, plan.Entry{Words: secret}); err != nil {
				return err
			}
			if _, err := question.Record(tx, who, org.Origin{}, question.Input{Wording: secret, To: r.Ines.Self().String()}); who.Person != r.Ines.Person && err != nil {
				return err
			}
			if _, err := org.AddContact(tx, who, org.Contact{Name: secret}); err != nil {
				return err
			}
			_, err = ask.New(tx, who, org.Origin{}, ask.Input{Text: ask.Text{What: secret}, Whom: r.Ines.Self()})
			return err
		})
	}
	r.promise(r.Tomas, r.Tomas.Self(), r.Ana.Self(), secret, org.Origin{})
	id := r.sends(r.Joel, r.Tomas.Self(), secret)
	r.decides(r.Tomas, id, ask.Reply{Says: ask.Yes, Reason: secret})
	r.do(func(tx *db.Tx) error { return ask.Hear(tx, r.Joel, id, ask.Heard{Feedback: secret, Revision: 1}) })
}
