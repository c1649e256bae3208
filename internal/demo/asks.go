package demo

import (
	"cmp"
	"maps"
	"slices"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
)

// request plans an ask and all that happens to it.
func (t *telling) request(of string, r request) {
	what := "ask " + r.ID
	var id db.ID
	t.does(of, t.when(r.On, afternoon, of), what, func(tx *db.Tx, me org.Actor) error {
		in, from, err := t.draft(of, r)
		if err != nil {
			return err
		}
		made, err := ask.New(tx, me, from, in)
		id = made.ID
		t.name(of, r.ID, made.Thing())
		if err != nil {
			return err
		}
		return prepare(tx, me, id, r)
	})
	if r.Sent == 0 {
		return
	}
	t.does(of, t.when(r.Sent, evening, of), what+" sent", func(tx *db.Tx, me org.Actor) error {
		now, err := ask.ByID(tx, me, id)
		if err != nil {
			return err
		}
		return pitch.Send(tx, me, id, now.Revision)
	})
	decides := r.Of
	if r.Handed.On != 0 {
		decides = r.Handed.To
		t.does(r.Of, t.when(r.Handed.On, morning, r.Of), what+" handed on", func(tx *db.Tx, me org.Actor) error {
			return ask.HandOn(tx, me, id, t.party(r.Handed.To), string(r.Handed.Note))
		})
	}
	t.askedBack(of, decides, what, &id, r.Back)
	if r.Answer.On != 0 {
		t.answer(of, decides, what, &id, r.Answer)
	}
	if r.Heard.On != 0 {
		t.does(of, t.when(r.Heard.On, evening, of), what+" heard", func(tx *db.Tx, me org.Actor) error {
			d, err := ask.DecisionOf(tx, me, id)
			if err != nil {
				return err
			}
			return ask.Hear(tx, me, id, ask.Heard{Feedback: string(r.Heard.Feedback), Revision: d.Heard.Revision})
		})
	}
	t.afterwards(of, decides, what, &id, r)
	if r.LetGo != 0 {
		t.does(of, t.when(r.LetGo, evening, of), what+" let go", func(tx *db.Tx, me org.Actor) error { return ask.LetGo(tx, me, id) })
	}
}

// prepare writes down what somebody prepared for an ask.
func prepare(tx *db.Tx, me org.Actor, id db.ID, r request) error {
	for _, part := range pitch.Parts {
		var typed []pitch.Typed
		for _, name := range slices.Sorted(maps.Keys(r.Prepared[part])) {
			typed = append(typed, pitch.Typed{Name: name, Words: string(r.Prepared[part][name])})
		}
		if err := pitch.Write(tx, me, id, part, typed); err != nil {
			return err
		}
	}
	return nil
}

func (t *telling) draft(of string, r request) (in ask.Input, from org.Origin, err error) {
	in = ask.Input{Text: ask.Text{
		Kind: ask.Kind(r.Kind), What: r.What, Why: string(r.Why), Return: string(r.Return), DecideBy: t.date(r.DecideBy),
		Cost: ask.Cost{Hours: r.Hours}, CostCentre: r.Centre,
	}, Whom: t.party(r.Of)}
	if r.Money != "" {
		in.Cost.Currency = "EUR"
		if in.Cost.Minor, err = ask.ParseMoney(r.Money, in.Cost.Currency); err != nil {
			return in, from, err
		}
	}
	for _, label := range r.Evidence {
		win, err := t.thing(of, label)
		if err != nil {
			return in, from, err
		}
		in.Wins = append(in.Wins, win.ID)
	}
	from, err = t.thing(of, r.From)
	return in, from, err
}

// answer plans the decision, its promises, and how its conditions are met.
func (t *telling) answer(of, decides, what string, id *db.ID, a answer) {
	t.does(decides, t.when(a.On, afternoon, decides), what+" answered", func(tx *db.Tx, me org.Actor) error {
		reply := ask.Reply{
			Says: ask.Says(a.Says), Reason: string(a.Reason), Feedback: string(a.Feedback),
			Alternative: a.Alternative, AlternativeWords: string(a.AlternativeWords), AgainOn: t.date(a.Again),
		}
		var err error
		if reply.Budget, err = t.budget(a.Budget.Line); err != nil {
			return err
		}
		if a.Money.To != "" {
			reply.Money, reply.CostCentre = t.party(a.Money.To), a.Money.CostCentre
		}
		for _, c := range a.Criteria {
			reply.Conditions = append(reply.Conditions, string(c.Words))
		}
		checked, err := reply.Answer(civil.In(tx.Now(), me.Zone))
		if err != nil {
			return err
		}
		return ask.Decide(tx, me, *id, checked)
	})
	if a.Money.To != "" {
		t.does(a.Money.To, t.when(a.Money.On, afternoon, a.Money.To), what+" answered for the money", func(tx *db.Tx, me org.Actor) error {
			return ask.DecideMoney(tx, me, *id, ask.MoneyReply{Says: ask.Yes, Reason: string(a.Money.Reason)})
		})
	}
	t.spends(of, what, id, a.Budget)
	for _, p := range a.Promises {
		p.On, p.By, p.To = a.On, cmp.Or(p.By, decides), cmp.Or(p.To, of)
		t.promise(of, p, func() (event.Thing, error) { return event.Thing{Kind: "ask", ID: *id}, nil })
	}
	for i, c := range a.Criteria {
		t.criterion(of, decides, what, id, i, c)
	}
}

// criterion plans what is brought for the i-th condition, and the verdict.
func (t *telling) criterion(of, decides, what string, id *db.ID, i int, c criterion) {
	find := func(tx *db.Tx, me org.Actor) (ask.Criterion, error) {
		all, err := ask.CriteriaOf(tx, me, *id)
		if err != nil {
			return ask.Criterion{}, err
		}
		return all[i], nil
	}
	if c.Shown != 0 {
		t.does(of, t.when(c.Shown, evening, of), what+" shown", func(tx *db.Tx, me org.Actor) error {
			now, err := find(tx, me)
			if err != nil {
				return err
			}
			return ask.Show(tx, me, now.ID, now.Revision, string(c.Evidence))
		})
	}
	if c.Judged != 0 {
		t.does(decides, t.when(c.Judged, evening, decides), what+" judged", func(tx *db.Tx, me org.Actor) error {
			now, err := find(tx, me)
			if err != nil {
				return err
			}
			return ask.Judge(tx, me, now.ID, ask.Verdict(c.Verdict), string(c.Note))
		})
	}
}
