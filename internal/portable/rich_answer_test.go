package portable_test

import (
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
)

// answered are asks that went back with a question, needed a second yes, and were followed to
// their end; and what must be shown, drawn up by two.
func (r rich) answered(wins []db.ID) {
	me := r.Ines
	both := r.sends(me, r.Tomas.Self(), "The certificate", wins...)
	r.do(func(tx *db.Tx) error { return ask.AskBack(tx, r.Tomas, both, "Which of the two?") })
	r.do(func(tx *db.Tx) error { return ask.ReplyTo(tx, me, both, r.inquiry(tx, both), "The shorter one") })
	r.decides(r.Tomas, both, ask.Reply{Says: ask.Yes, Reason: "It fits", Feedback: "Clear", Money: r.Ana.Self(), CostCentre: "4711"})
	r.all(
		func(tx *db.Tx) error {
			return ask.DecideMoney(tx, r.Ana, both, ask.MoneyReply{Says: ask.Yes, Reason: "There is room"})
		},
		func(tx *db.Tx) error { return ask.Thank(tx, me, both, "Thank you both") },
		func(tx *db.Tx) error {
			return ask.Follow(tx, me, both, ask.Fruit{Kind: ask.Practice, Place: "Line 2", Words: "Found it in an hour", Gain: ask.Cost{Minor: 30_000, Currency: "EUR", Hours: 3}})
		},
		func(tx *db.Tx) error { return ask.TellBack(tx, me, both, "It was worth it") },
		func(tx *db.Tx) error {
			return ask.Follow(tx, me, both, ask.Fruit{Kind: ask.Learned, Words: "Where to look"})
		},
		func(tx *db.Tx) error {
			fruits, err := ask.Fruits(tx, me, both)
			if err != nil {
				return err
			}
			noted := fruits[len(fruits)-1]
			noted.Words = "Where to look first"
			return ask.ChangeFruit(tx, me, both, noted)
		},
	)
	waits := r.sends(me, r.Tomas.Self(), "The fair")
	r.decides(r.Tomas, waits, ask.Reply{Says: ask.YesIf, Conditions: []string{"Bring somebody"}, Money: r.Ana.Self()})
	r.do(func(tx *db.Tx) error { return ask.HandOn(tx, r.Ana, waits, r.Mira.Self(), "This is booked on yours") })

	drawn := r.sends(me, r.Tomas.Self(), "To lead the team")
	r.decides(r.Tomas, drawn, ask.Reply{Says: ask.NotNow, AgainOn: civil.Date{}})
	r.do(func(tx *db.Tx) error {
		return ask.DrawUp(tx, r.Tomas, drawn, ask.DrawnInput{Act: ask.Add, Words: []string{"A release led", "A new colleague taught"}, Note: "As we said"})
	})
	proposals := r.proposed(drawn)
	r.do(func(tx *db.Tx) error { return ask.Agree(tx, me, drawn, proposals[0].ID) })
	r.do(func(tx *db.Tx) error { return ask.Agree(tx, me, drawn, proposals[1].ID) })
	r.do(func(tx *db.Tx) error {
		criteria, err := ask.CriteriaOf(tx, me, drawn)
		if err != nil {
			return err
		}
		if err := ask.Show(tx, me, criteria[0].ID, 1, "It went out on Monday", wins...); err != nil {
			return err
		}
		return ask.DrawUp(tx, me, drawn, ask.DrawnInput{Act: ask.Reword, Criterion: criteria[1].ID, Words: []string{"Two colleagues taught"}})
	})
	r.do(func(tx *db.Tx) error {
		criteria, err := ask.CriteriaOf(tx, me, drawn)
		if err != nil {
			return err
		}
		return ask.DrawUp(tx, me, drawn, ask.DrawnInput{Act: ask.Drop, Criterion: criteria[0].ID})
	})
	proposals = r.proposed(drawn)
	r.do(func(tx *db.Tx) error { return ask.Agree(tx, r.Tomas, drawn, proposals[0].ID) })
}

func (r rich) inquiry(tx *db.Tx, id db.ID) db.ID {
	s, err := ask.StoryOf(tx, r.Ines, id)
	if err != nil {
		r.t.Fatal(err)
	}
	return s.Now().Inquiries[0].ID
}

// proposed are the proposals of an ask of Ines's, the latest first.
func (r rich) proposed(id db.ID) []ask.Proposal {
	r.t.Helper()
	var all []ask.Proposal
	r.do(func(tx *db.Tx) (err error) {
		all, err = ask.ProposalsOf(tx, r.Ines, id)
		return err
	})
	return all
}
