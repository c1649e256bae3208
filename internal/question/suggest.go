package question

import (
	"hash/fnv"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// A Fact is something that happened, or is about to, at which a question helps. With its moment
// the thing it is about names it.
type Fact struct {
	Moment Moment
	Thing  db.ID
	Since  time.Time  // when it came to be
	Of     []Audience // of whom the question would be asked; none: of anybody
	By     Asker      // ByManager: the actor leads somebody, and asks them
}

// Fitting is the card that fits a fact: the same each time for the same fact, another for the next.
func (lib *Library) Fitting(f Fact) (Card, bool) {
	by := f.By
	if by == "" {
		by = ByAnyone
	}
	var fit []Card
	for _, c := range lib.shelf().cards {
		ofThem := len(f.Of) == 0 || slices.ContainsFunc(f.Of, c.IsFor)
		if slices.Contains(c.suits, f.Moment) && c.By == by && ofThem {
			fit = append(fit, c)
		}
	}
	if len(fit) == 0 {
		return Card{}, false
	}
	h := fnv.New32a()
	h.Write([]byte(f.Thing))
	return fit[int(h.Sum32()%uint32(len(fit)))], true
}

// Suits tells whether a card is one for that moment.
func (c Card) Suits(m Moment) bool { return slices.Contains(c.suits, m) }

// FactsLast is for how many days a fact is one at which something is suggested, at the most.
const FactsLast = 45

const mostLetGo = 500

// LetGo keeps a suggestion from coming back for that fact. What was let go of long ago is
// forgotten, since those facts have passed.
//
// Errors: problem.Invalid for a moment that there is not.
func LetGo(tx *db.Tx, me org.Actor, m Moment, thing db.ID) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	if !slices.Contains(Moments, m) || thing == "" || len(thing) > 60 {
		return problem.Invalid{"": "There is no such suggestion."}
	}
	if _, err := tx.Exec(`
		delete from suggestions_let_go where organisation_id = $1 and owner_id = $2 and let_go_at < $3`,
		me.Organisation, me.Person, tx.Now().AddDate(0, 0, -2*FactsLast)); err != nil {
		return err
	}
	var n int64
	if err := tx.Get("select count(*) from suggestions_let_go where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person).Scan(&n); err != nil {
		return err
	}
	if n >= mostLetGo {
		return problem.TooMany("That is a lot of suggestions for one season. They pass by themselves.")
	}
	_, err := tx.Exec(`
		insert into suggestions_let_go (organisation_id, owner_id, moment, thing_id, let_go_at)
		values ($1, $2, $3, $4, $5) on conflict do nothing`,
		me.Organisation, me.Person, string(m), thing, tx.Now())
	return err
}

// NearAnswered is what is noted, in the place of a moment, when the line on somebody who matters was answered.
const NearAnswered Moment = "near answered"

// AnswerNear notes that the actor answered the line on somebody who matters: for the rest of that week there
// is none.
func AnswerNear(tx *db.Tx, me org.Actor, relationship db.ID) error {
	_, err := tx.Exec(`
		insert into suggestions_let_go (organisation_id, owner_id, moment, thing_id, let_go_at) values ($1, $2, $3, $4, $5)
		on conflict (organisation_id, owner_id, moment, thing_id) do update set let_go_at = $5`,
		me.Organisation, me.Person, string(NearAnswered), relationship, tx.Now())
	return err
}
