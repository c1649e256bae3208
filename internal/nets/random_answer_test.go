package nets

import (
	"slices"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/question"
)

// askBack lets the one asked return an ask with a question, and its owner answer it. Whoever
// decides with them reads both.
func (w *world) askBack(tx *db.Tx, s *sentAsk, deciders []int) error {
	if w.random.IntN(2) == 0 {
		return nil
	}
	question := w.hide(mark{owner: s.asked, sides: append([]int{s.owner}, deciders...)})
	if err := ask.AskBack(tx, w.people[s.asked], s.id, question); err != nil {
		return err
	}
	sent, err := ask.StoryOf(tx, w.people[s.owner], s.id)
	if err != nil {
		return err
	}
	questions := sent.Now().Inquiries
	id := questions[len(questions)-1].ID
	w.keep("inquiry", id, s.owner)
	return ask.ReplyTo(tx, w.people[s.owner], s.id, id, w.hide(mark{owner: s.owner, sides: append([]int{s.asked}, deciders...)}))
}

// decideByTwo lets the one asked say yes from their side, and a third answer for the money, or not
// yet. Who answers for the money sees what was sent, and nothing that is between the two.
func (w *world) decideByTwo(tx *db.Tx, s *sentAsk, third int) error {
	if err := w.askBack(tx, s, []int{third}); err != nil {
		return err
	}
	for _, m := range s.marks {
		m.sides = append(m.sides, third)
	}
	w.waiting = slices.DeleteFunc(w.waiting, func(each *sentAsk) bool { return each == s })
	all := mark{owner: s.asked, sides: []int{s.owner, third}}
	first := w.fourth(s, third) // who is asked about the money, and perhaps hands that on to the third
	reply := ask.Reply{Says: ask.YesIf, Conditions: []string{w.hide(all)}, Reason: w.hide(all), CostCentre: w.hide(all),
		Feedback: w.hide(mark{owner: s.asked, sides: []int{s.owner}}), Money: w.people[first].Self()}
	answer, err := reply.Answer(civil.In(tx.Now(), w.people[s.asked].Zone))
	if err != nil {
		return err
	}
	if err := ask.Decide(tx, w.people[s.asked], s.id, answer); err != nil {
		return err
	}
	if first != third {
		note := w.hide(mark{owner: first, sides: []int{s.owner, s.asked, third}})
		if err := ask.HandOn(tx, w.people[first], s.id, w.people[third].Self(), note); err != nil {
			return err
		}
	}
	said := ask.MoneyReply{Says: ask.Yes, Reason: w.hide(mark{owner: third, sides: []int{s.owner, s.asked}})}
	switch w.random.IntN(4) {
	case 0:
		return nil // it waits
	case 1:
		said.Says = ask.No
	}
	if err := ask.DecideMoney(tx, w.people[third], s.id, said); err != nil {
		return err
	}
	if err := w.thank(tx, s, []int{s.asked, third}); err != nil {
		return err
	}
	if said.Says == ask.No {
		return nil
	}
	return w.afterDecision(tx, s, reply)
}

// fourth is somebody beside the two of an ask and the third, or the third where there is nobody.
func (w *world) fourth(s *sentAsk, third int) int {
	for who := range w.people {
		if who != third && who != s.owner && who != s.asked && w.organisation[who] == w.organisation[third] && !w.left[who] && w.random.IntN(2) == 0 {
			return who
		}
	}
	return third
}

func (w *world) thank(tx *db.Tx, s *sentAsk, deciders []int) error {
	return ask.Thank(tx, w.people[s.owner], s.id, w.hide(mark{owner: s.owner, sides: deciders}))
}

// drawUp lets both propose what must be shown; one is agreed, one declined, one waits.
func (w *world) drawUp(tx *db.Tx, s *sentAsk) error {
	for n, who := range []int{s.owner, s.asked, s.owner} {
		other := s.owner + s.asked - who
		both := mark{owner: who, sides: []int{other}}
		if err := ask.DrawUp(tx, w.people[who], s.id, ask.DrawnInput{Act: ask.Add, Words: []string{w.hide(both)}, Note: w.hide(both)}); err != nil {
			return err
		}
		all, err := ask.ProposalsOf(tx, w.people[who], s.id)
		if err != nil {
			return err
		}
		w.keep("criterion proposal", all[0].ID, s.owner)
		answer := []func(*db.Tx, int, db.ID) error{
			func(tx *db.Tx, who int, p db.ID) error { return ask.Agree(tx, w.people[who], s.id, p) },
			func(tx *db.Tx, who int, p db.ID) error { return ask.Decline(tx, w.people[who], s.id, p) },
			func(*db.Tx, int, db.ID) error { return nil },
		}[n]
		if err := answer(tx, other, all[0].ID); err != nil {
			return err
		}
	}
	criteria, err := ask.CriteriaOf(tx, w.people[s.owner], s.id)
	if err != nil {
		return err
	}
	return ask.DrawUp(tx, w.people[s.asked], s.id, ask.DrawnInput{Act: ask.Reword, Criterion: criteria[0].ID,
		Words: []string{w.hide(mark{owner: s.asked, sides: []int{s.owner}})}})
}

// viewOf lets the owner ask somebody how they see one thing that must be shown: between those two,
// also where whoever decided is a third.
func (w *world) viewOf(tx *db.Tx, owner int, c ask.Criterion) error {
	whom := (owner + 1 + w.random.IntN(len(w.people)-1)) % len(w.people)
	if w.organisation[whom] != w.organisation[owner] || w.left[whom] || w.left[owner] {
		return nil
	}
	between := mark{owner: owner, sides: []int{whom}}
	sent, err := question.Send(tx, w.people[owner], event.Thing{Kind: "criterion", ID: c.ID}, question.Sending{Wording: w.hide(between), Here: []db.ID{w.people[whom].Person}})
	if err != nil {
		return err
	}
	w.keep("asking", sent[0].ID, owner)
	w.keep("asked question", sent[0].ID, whom)
	return question.GiveAnswer(tx, w.people[whom], sent[0].ID, w.hide(between))
}

// backs brings a win for something that must be shown: a copy that the other side reads.
func (w *world) backs(tx *db.Tx, s *sentAsk, c ask.Criterion) error {
	win := w.of("win", s.owner)
	for _, m := range w.marks {
		if m.kind == "win" && m.thing == win && !m.old && m.owner == s.owner {
			m.sides = append(m.sides, s.asked)
		}
	}
	return ask.Show(tx, w.people[s.owner], c.ID, c.Revision, w.hide(mark{owner: s.owner, sides: []int{s.asked}}), db.ID(win))
}

// follow notes what became of what was granted, and tells some of it back.
func (w *world) follow(tx *db.Tx, s *sentAsk) error {
	me := w.people[s.owner]
	told := mark{owner: s.owner, sides: []int{s.asked}}
	if err := ask.Follow(tx, me, s.id, ask.Fruit{Kind: ask.Practice, Place: w.hide(told), Words: w.hide(told)}); err != nil {
		return err
	}
	if err := ask.TellBack(tx, me, s.id, w.hide(told)); err != nil {
		return err
	}
	alone := mark{owner: s.owner}
	if err := ask.Follow(tx, me, s.id, ask.Fruit{Kind: ask.Learned, Place: w.hide(alone), Words: w.hide(alone)}); err != nil {
		return err
	}
	fruits, err := ask.Fruits(tx, me, s.id)
	if err != nil {
		return err
	}
	w.keep("fruit", fruits[0].ID, s.owner)
	for _, f := range fruits {
		if f.ToldAt.IsZero() { // what stood before stays its owner's, as what stands now
			f.Words = w.hide(alone)
			return ask.ChangeFruit(tx, me, s.id, f)
		}
	}
	return nil
}
