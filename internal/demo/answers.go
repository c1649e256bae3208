package demo

import (
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// askedBack plans the question with which an ask came back, and its answer.
func (t *telling) askedBack(of, decides, what string, id *db.ID, b back) {
	if b.On == 0 {
		return
	}
	t.does(decides, t.when(b.On, morning, decides), what+" asked back", func(tx *db.Tx, me org.Actor) error {
		return ask.AskBack(tx, me, *id, string(b.Question))
	})
	if b.Answered == 0 {
		return
	}
	t.does(of, t.when(b.Answered, evening, of), what+" replied", func(tx *db.Tx, me org.Actor) error {
		s, err := ask.StoryOf(tx, me, *id)
		if err != nil {
			return err
		}
		return ask.ReplyTo(tx, me, *id, s.Now().Inquiries[0].ID, string(b.Answer))
	})
}

// afterwards plans the thanks, what was drawn up to be shown, and what became of what was granted.
func (t *telling) afterwards(of, decides, what string, id *db.ID, r request) {
	if r.Thanks.On != 0 {
		t.does(of, t.when(r.Thanks.On, evening, of), what+" thanked", func(tx *db.Tx, me org.Actor) error {
			return ask.Thank(tx, me, *id, string(r.Thanks.Words))
		})
	}
	for i, d := range r.Drawn {
		t.drawnUp(of, decides, what, id, i, d)
	}
	for _, f := range r.Granted {
		t.does(of, t.when(f.On, evening, of), what+" followed", func(tx *db.Tx, me org.Actor) (err error) {
			in := ask.Fruit{Kind: ask.Followed(f.Kind), Place: f.Place, Words: string(f.Words), Gain: ask.Cost{Hours: f.Hours}}
			if f.Money != "" {
				in.Gain.Currency = "EUR"
				if in.Gain.Minor, err = ask.ParseMoney(f.Money, in.Gain.Currency); err != nil {
					return err
				}
			}
			return ask.Follow(tx, me, *id, in)
		})
	}
	if r.Told.On != 0 {
		t.does(of, t.when(r.Told.On, evening, of), what+" told back", func(tx *db.Tx, me org.Actor) error {
			return ask.TellBack(tx, me, *id, string(r.Told.Words))
		})
	}
}

// drawnUp plans the i-th thing that was drawn up to be shown: proposed by one, agreed by the other.
func (t *telling) drawnUp(of, decides, what string, id *db.ID, i int, d drawn) {
	by, other := decides, of
	if d.By == "owner" {
		by, other = of, decides
	}
	t.does(by, t.when(d.On, morning, by), what+" drawn up", func(tx *db.Tx, me org.Actor) error {
		return ask.DrawUp(tx, me, *id, ask.DrawnInput{Act: ask.Add, Words: []string{string(d.Words)}, Note: string(d.Note)})
	})
	if d.Agreed == 0 {
		return
	}
	t.does(other, t.when(d.Agreed, evening, other), what+" agreed", func(tx *db.Tx, me org.Actor) error {
		all, err := ask.ProposalsOf(tx, me, *id)
		if err != nil {
			return err
		}
		for _, p := range all {
			if p.State == ask.Waiting && p.Words == string(d.Words) {
				return ask.Agree(tx, me, *id, p.ID)
			}
		}
		return nil
	})
	if d.Shown == 0 {
		return
	}
	t.does(of, t.when(d.Shown, evening, of), what+" shown", func(tx *db.Tx, me org.Actor) error {
		all, err := ask.CriteriaOf(tx, me, *id)
		if err != nil {
			return err
		}
		var wins []db.ID
		if d.Win != "" {
			win, err := t.thing(of, d.Win)
			if err != nil {
				return err
			}
			wins = append(wins, win.ID)
		}
		return ask.Show(tx, me, all[i].ID, all[i].Revision, string(d.Evidence), wins...)
	})
}
