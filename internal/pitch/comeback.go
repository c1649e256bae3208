package pitch

import (
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// CameBack gives an ask that came back what was prepared for it before, and lets what was shown since
// go along: its owner need not begin anew. It is the reaction to "ask came back".
func CameBack(tx *db.Tx, e event.Event) error {
	previous := e.Facts["previous"]
	owner, err := db.One(tx, db.Scanned[db.ID], "select owner_id from asks where organisation_id = $1 and id = $2", e.Organisation, e.Thing.ID)
	if err != nil {
		return err
	}
	me, err := org.UnscopedActor(tx, e.Organisation, owner)
	if err != nil || me.Left {
		return err
	}
	before, err := Of(tx, me, db.ID(previous))
	if err != nil {
		return err
	}
	var texts [][]any
	for _, text := range before.Texts {
		if text.Words != "" && text.Name != Rehearsed && text.Name != Moment {
			texts = append(texts, []any{me.Organisation, tx.NewID(), me.Person, e.Thing.ID, text.Name, text.Words, int64(1), tx.Now(), tx.Now()})
		}
	}
	if err := db.Insert(tx, "insert into pitch_texts (organisation_id, id, owner_id, ask_id, name, words, revision, created_at, changed_at) values", texts); err != nil {
		return err
	}
	criteria, err := ask.CriteriaOf(tx, me, db.ID(previous))
	if err != nil {
		return err
	}
	picks := before.Picks
	for _, c := range criteria {
		if c.Verdict == ask.Shown {
			picks = append(picks, Pick{Criterion, c.ID})
		}
	}
	return Choose(tx, me, e.Thing.ID, picks, nil)
}
