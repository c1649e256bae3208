package nets

import (
	"slices"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
)

// sentAsk is an ask that waits for an answer.
type sentAsk struct {
	id           db.ID
	owner, asked int
	marks        []*mark // what the one asked sees of it
	replaced     []*mark // of the versions that another took the place of: the one asked compares them
}

// ask lets somebody ask somebody else for something; it stays a draft, is sent, withdrawn,
// handed on or answered.
func (w *world) ask(t testing.TB) {
	a, b := w.pair()
	s := &sentAsk{owner: a, asked: b}
	write := func() string {
		m := w.plant(mark{owner: a})
		s.marks = append(s.marks, m)
		return m.text
	}
	me := w.people[a]
	w.do(t, func(tx *db.Tx) error {
		draft, err := ask.New(tx, me, event.Thing{}, ask.Input{
			Text: ask.Text{Kind: ask.Money, What: write(), Why: write(), Return: write(), CostCentre: write(), Cost: ask.Cost{Minor: 100, Currency: "EUR"}},
			Whom: w.people[b].Self(), Wins: []db.ID{db.ID(w.of("win", a))},
		})
		if err != nil {
			return err
		}
		s.id = draft.ID
		w.keep("ask", draft.ID, a)
		if err := w.preparePitch(tx, a, draft.ID); err != nil {
			return err
		}
		if w.random.IntN(4) == 0 {
			return nil
		}
		if err := w.sendPitch(tx, s, write); err != nil {
			return err
		}
		w.send(s, b)
		sent, err := ask.StoryOf(tx, me, draft.ID)
		if err != nil {
			return err
		}
		for _, e := range sent.Now().Evidence {
			w.keep("evidence", e.ID, a)
			for _, f := range e.Files {
				w.keep("sent file", f.ID, a)
			}
		}
		return w.goOn(tx, s)
	})
}

// send lets the one who is asked see what was sent, with the win that backs it.
func (w *world) send(s *sentAsk, to int) {
	win := w.of("win", s.owner)
	for _, m := range w.marks {
		if m.kind == "win" && m.thing == win && !slices.Contains(s.marks, m) && !m.old {
			s.marks = append(s.marks, m)
		}
	}
	for _, m := range s.marks {
		m.sides = append(m.sides, to)
	}
	s.asked = to
	w.waiting = append(w.waiting, s)
}

// unsend takes the sight of it from the one who is asked.
func (w *world) unsend(s *sentAsk) {
	for _, m := range s.marks {
		if i := slices.Index(m.sides, s.asked); i >= 0 {
			m.sides = slices.Delete(m.sides, i, i+1)
		}
	}
	for _, m := range s.replaced { // whoever has it next never had those
		m.sides = nil
	}
	w.waiting = slices.DeleteFunc(w.waiting, func(each *sentAsk) bool { return each == s })
}

// sendAnew sends another version to the same person: they see both, until it is with somebody else.
func (w *world) sendAnew(tx *db.Tx, s *sentAsk) error {
	me := w.people[s.owner]
	now, err := ask.Working(tx, me, s.id)
	if err != nil {
		return err
	}
	why := w.plant(mark{owner: s.owner, sides: []int{s.asked}})
	for i, m := range s.marks {
		if m.text == now.Why {
			s.replaced = append(s.replaced, m)
			s.marks[i] = why
		}
	}
	in := ask.Input{Text: now.Text, Whom: now.Whom}
	in.Why = why.text
	if in.Wins, err = ask.Wins(tx, me, s.id); err != nil {
		return err
	}
	if err := ask.GoOn(tx, me, s.id, now.Revision, now.Revision, in); err != nil {
		return err
	}
	p, err := pitch.Of(tx, me, s.id)
	if err != nil {
		return err
	}
	return pitch.Send(tx, me, s.id, p.Ask.Revision)
}

func (w *world) goOn(tx *db.Tx, s *sentAsk) error {
	if w.random.IntN(4) == 0 {
		if err := w.sendAnew(tx, s); err != nil {
			return err
		}
	}
	switch w.random.IntN(8) {
	case 0:
		w.unsend(s)
		return ask.Withdraw(tx, w.people[s.owner], s.id)
	case 1:
		return w.handOn(tx, s)
	case 2:
		return w.sendElsewhere(tx, s)
	case 3:
		return w.takeEvidenceBack(tx, s)
	case 4, 5, 6:
		return w.decide(tx, s)
	}
	return nil
}

// third is somebody who neither asks nor is asked; -1 where there is nobody.
func (w *world) third(s *sentAsk) int {
	for i := range w.people {
		if i != s.owner && i != s.asked && !w.left[i] && w.organisation[i] == w.organisation[s.owner] {
			return i
		}
	}
	return -1
}

func (w *world) sendElsewhere(tx *db.Tx, s *sentAsk) error {
	to := w.third(s)
	if to < 0 {
		return nil
	}
	w.unsend(s)
	w.send(s, to)
	return ask.SendElsewhere(tx, w.people[s.owner], s.id, w.people[to].Self())
}

// takeEvidenceBack hides the win that went along: only that there was one is seen from now on.
func (w *world) takeEvidenceBack(tx *db.Tx, s *sentAsk) error {
	sent, err := ask.StoryOf(tx, w.people[s.owner], s.id)
	if err != nil {
		return err
	}
	w.unsend(s)
	s.marks = slices.DeleteFunc(s.marks, func(m *mark) bool { return m.kind == "win" })
	for _, m := range s.marks {
		m.sides = append(m.sides, s.asked)
	}
	for _, m := range s.replaced {
		m.sides = append(m.sides, s.asked)
	}
	w.waiting = append(w.waiting, s)
	return ask.TakeBack(tx, w.people[s.owner], s.id, sent.Now().Evidence[0].ID)
}

func (w *world) handOn(tx *db.Tx, s *sentAsk) error {
	to := w.third(s)
	if to < 0 {
		return nil
	}
	from := s.asked
	note := w.plant(mark{owner: from, sides: []int{s.owner, to}})
	w.unsend(s)
	w.send(s, to)
	return ask.HandOn(tx, w.people[from], s.id, w.people[to].Self(), note.text)
}

func (w *world) decide(tx *db.Tx, s *sentAsk) error {
	if third := w.third(s); third >= 0 && w.random.IntN(3) == 0 {
		return w.decideByTwo(tx, s, third)
	}
	if err := w.askBack(tx, s, nil); err != nil {
		return err
	}
	both := mark{owner: s.asked, sides: []int{s.owner}}
	me := w.people[s.asked]
	today := civil.In(tx.Now(), me.Zone)
	reply := ask.Reply{Says: ask.Answers[w.random.IntN(len(ask.Answers))]}
	if w.random.IntN(3) > 0 {
		reply.Reason, reply.Feedback, reply.AlternativeWords = w.hide(both), w.hide(both), w.hide(both)
	}
	switch reply.Says {
	case ask.YesIf:
		reply.Conditions = []string{w.hide(both)}
	case ask.Yes:
		reply.Promises = []commitment.Input{{By: me.Self(), To: w.people[s.owner].Self(), Words: w.hide(both), Due: today.AddDays(30)}}
	}
	answer, err := reply.Answer(today)
	if err != nil {
		return err
	}
	if err := ask.Decide(tx, me, s.id, answer); err != nil {
		return err
	}
	w.waiting = slices.DeleteFunc(w.waiting, func(each *sentAsk) bool { return each == s })
	if err := w.thank(tx, s, []int{s.asked}); err != nil {
		return err
	}
	switch reply.Says {
	case ask.Yes:
		if err := w.follow(tx, s); err != nil {
			return err
		}
	case ask.NotNow:
		if err := w.drawUp(tx, s); err != nil {
			return err
		}
	}
	return w.afterDecision(tx, s, reply)
}

// afterDecision lets the owner write down what they heard, and bring evidence for conditions.
func (w *world) afterDecision(tx *db.Tx, s *sentAsk, reply ask.Reply) error {
	me := w.people[s.owner]
	if reply.Reason == "" {
		alone := mark{owner: s.owner}
		if err := ask.Hear(tx, me, s.id, ask.Heard{Reason: w.hide(alone), Feedback: w.hide(alone), Alternative: w.hide(alone), Revision: 1}); err != nil {
			return err
		}
	}
	criteria, err := ask.CriteriaOf(tx, me, s.id)
	if err != nil {
		return err
	}
	for _, c := range criteria {
		w.keep("criterion", c.ID, s.owner)
		if err := w.backs(tx, s, c); err != nil {
			return err
		}
		if err := w.viewOf(tx, s.owner, c); err != nil {
			return err
		}
		if err := ask.Judge(tx, w.people[s.asked], c.ID, ask.NotYet, w.hide(mark{owner: s.asked, sides: []int{s.owner}})); err != nil {
			return err
		}
	}
	return nil
}

// talk lets two people arrange a conversation, prepare it, and perhaps hold it.
func (w *world) talk(t testing.TB) {
	a, b := w.pair()
	w.do(t, func(tx *db.Tx) error {
		c, err := conversation.Request(tx, w.people[a], conversation.Input{
			With: w.people[b].Self(), Kind: "sprint", Time: conversation.Time{At: tx.Now().Add(time.Hour), Minutes: 20},
		})
		if err != nil {
			return err
		}
		w.keep("conversation", c.ID, a)
		for _, pair := range [][2]int{{a, b}, {b, a}} {
			if err := w.prepare(tx, c.ID, pair[0], pair[1]); err != nil {
				return err
			}
		}
		if w.random.IntN(2) == 0 {
			return nil
		}
		if _, err := conversation.Accept(tx, w.people[b], c.ID, c.Revision); err != nil {
			return err
		}
		if err := w.hold(tx, c.ID, a, b); err != nil {
			return err
		}
		return w.says(tx, c.ID, a, b)
	})
}

// prepare puts a line on the agenda, one on the own list, and writes private notes.
func (w *world) prepare(tx *db.Tx, id db.ID, who, other int) error {
	me := w.people[who]
	for _, shared := range []bool{true, false} {
		m := mark{owner: who}
		if shared {
			m.sides = []int{other}
		}
		if err := conversation.AddItem(tx, me, id, conversation.ItemInput{Words: w.hide(m), Shared: shared}); err != nil {
			return err
		}
	}
	agenda, err := conversation.AgendaOf(tx, me, id)
	if err != nil {
		return err
	}
	for _, item := range slices.Concat(agenda.Shared, agenda.Own) {
		if item.By.Is(me) {
			w.keep("agenda item", item.ID, who)
		}
	}
	return conversation.Write(tx, me, id, conversation.Private, 0, w.hide(mark{owner: who}))
}

func (w *world) hold(tx *db.Tx, id db.ID, a, b int) error {
	both := mark{owner: a, sides: []int{b}}
	for revision, by := range []int{a, b} { // what the first left is kept beside what the second wrote
		if err := conversation.Write(tx, w.people[by], id, conversation.Notes, int64(revision), w.hide(both)); err != nil {
			return err
		}
	}
	return conversation.End(tx, w.people[a], id, conversation.EndInput{
		Outcome:  w.hide(both),
		Promises: []conversation.Promise{{Words: w.hide(both), Due: civil.In(tx.Now(), w.people[a].Zone).AddDays(20)}},
	})
}

// contactTalk lets somebody keep both sides of a conversation with a contact.
func (w *world) contactTalk(tx *db.Tx, who int) error {
	me, alone := w.people[who], mark{owner: who}
	c, err := conversation.Request(tx, me, conversation.Input{
		With: org.Party{Contact: db.ID(w.of("contact", who))}, Kind: "free", Time: conversation.Time{At: tx.Now().Add(time.Hour), Minutes: 30},
	})
	if err != nil {
		return err
	}
	w.keep("conversation", c.ID, who)
	if err := invitation.InviteContact(tx, me, c.ID, true); err != nil {
		return err
	}
	if err := w.saysByLink(tx, c.ID, who); err != nil {
		return err
	}
	return conversation.Write(tx, me, c.ID, conversation.Notes, 0, w.hide(alone))
}

// returned takes what was sent to somebody who leaves back to its owner.
func (w *world) returned(who int) {
	for _, s := range slices.Clone(w.waiting) {
		if s.asked == who {
			w.unsend(s)
		}
	}
}
