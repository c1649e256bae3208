package question

import (
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// AlongSuggested is what was suggested to a person, as they take it along.
type AlongSuggested struct {
	ID        db.ID              `json:"id"`
	Asking    db.ID              `json:"asking,omitempty"`
	By        org.Key            `json:"by,omitempty"`
	ByName    string             `json:"by_name,omitempty"`
	Words     string             `json:"words"`
	LookOn    civil.Date         `json:"look_on"`
	State     SuggestedState     `json:"state"`
	Became    event.Thing        `json:"became,omitzero"`
	SettledAt time.Time          `json:"settled_at,omitzero"`
	Revision  int64              `json:"revision"`
	CreatedAt time.Time          `json:"created_at"`
	Earlier   []org.AlongEarlier `json:"earlier,omitempty"`
}

// TakeSuggested are all that was suggested to the actor.
func TakeSuggested(tx *db.Tx, me org.Actor, others *org.Companions) ([]AlongSuggested, error) {
	list, err := db.List(tx, scanSuggested, selectSuggested+"order by s.id", me.Organisation, me.Person)
	if err != nil {
		return nil, err
	}
	earlier, err := org.TakeEarlier(tx, me, Suggested{}.Thing().Kind)
	var all []AlongSuggested
	for _, s := range list {
		one := AlongSuggested{s.ID, s.Asking, others.Key(s.By), "", s.Words, s.LookOn, s.State, s.Became, s.SettledAt, s.Revision, s.CreatedAt, earlier[s.Thing()]}
		if one.By == "" {
			one.ByName = s.By.Name
		}
		all = append(all, one)
	}
	return all, err
}

// BringSuggested takes over what was suggested to the actor elsewhere. What is here already stays as
// it is.
//
// Errors: problem.Refused that names the place of what does not hold together.
func BringSuggested(tx *db.Tx, me org.Actor, others *org.Companions, list []AlongSuggested) (org.Brought, error) {
	var b org.Brought
	if err := mayWrite(me); err != nil {
		return b, err
	}
	for n, one := range list {
		place := fmt.Sprintf("/suggested/%d", n)
		isNew, err := org.NotHere(tx, me, place+"/id", "suggested", one.ID)
		if err != nil {
			return b, err
		}
		if b.Count(isNew); !isNew {
			continue
		}
		by, err := others.Party(place+"/by", one.By)
		if err != nil {
			return b, err
		}
		if one.By == "" {
			by.Name = one.ByName
		}
		s := Suggested{one.ID, one.Asking, by, one.Words, one.LookOn, one.State, one.Became, one.SettledAt, one.Revision, one.CreatedAt}
		if err := org.At(tx, place, s.insert(tx, me)); err != nil {
			return b, err
		}
		if err := org.BringEarlier(tx, me, place, s.Thing(), s.Revision, one.Earlier); err != nil {
			return b, err
		}
	}
	return b, nil
}

// AlongNeed is something that a person needs, as they take it along.
type AlongNeed struct {
	ID       db.ID              `json:"id"`
	Kind     NeedKind           `json:"kind"`
	Words    string             `json:"words"`
	Place    int64              `json:"place"`
	Origin   org.Origin         `json:"origin,omitzero"`
	Revision int64              `json:"revision"`
	Earlier  []org.AlongEarlier `json:"earlier,omitempty"`
}

// TakeNeeds are what the actor needs.
func TakeNeeds(tx *db.Tx, me org.Actor) ([]AlongNeed, error) {
	needs, err := Needs(tx, me)
	if err != nil {
		return nil, err
	}
	earlier, err := org.TakeEarlier(tx, me, Need{}.Thing().Kind)
	var all []AlongNeed
	for _, n := range needs {
		all = append(all, AlongNeed{n.ID, n.Kind, n.Words, n.Place, n.Origin, n.Revision, earlier[n.Thing()]})
	}
	return all, err
}

// BringNeeds takes over what the actor needed elsewhere, as far as there is room: what they need here
// comes first.
//
// Errors: problem.Refused that names the place of what does not hold together.
func BringNeeds(tx *db.Tx, me org.Actor, list []AlongNeed) (org.Brought, error) {
	var b org.Brought
	if err := mayWrite(me); err != nil {
		return b, err
	}
	here, err := Needs(tx, me)
	if err != nil {
		return b, err
	}
	room, last := MostNeeds-len(here), int64(0)
	if len(here) > 0 {
		last = here[len(here)-1].Place
	}
	for n, one := range list {
		place := fmt.Sprintf("/needs/%d", n)
		isNew, err := org.NotHere(tx, me, place+"/id", "needs", one.ID)
		if err != nil {
			return b, err
		}
		if isNew = isNew && room > 0; !isNew {
			b.Count(false)
			continue
		}
		b.Count(true)
		room--
		need := Need{one.ID, one.Kind, one.Words, last + one.Place, one.Origin, one.Revision}
		if err := org.At(tx, place, need.insert(tx, me)); err != nil {
			return b, err
		}
		if err := org.BringEarlier(tx, me, place, need.Thing(), need.Revision, one.Earlier); err != nil {
			return b, err
		}
	}
	return b, nil
}

// AlongAnswer is what the actor answered to somebody who asked them. What they were asked is not theirs.
type AlongAnswer struct {
	ID     db.ID     `json:"id"`
	To     org.Key   `json:"to"`
	At     time.Time `json:"at"`
	Answer string    `json:"answer,omitempty"`
	Back   string    `json:"back,omitempty"` // what they asked back
}

// TakeAnswers are what the actor answered, or asked back, to others.
func TakeAnswers(tx *db.Tx, me org.Actor, others *org.Companions) ([]AlongAnswer, error) {
	return db.List(tx, func(row db.Row) (AlongAnswer, error) {
		var a AlongAnswer
		var to org.Party
		err := row.Scan(&a.ID, &to.Person, &to.Name, &a.At, &a.Answer, &a.Back)
		a.To = others.Key(to)
		return a, err
	}, `
		select a.id, p.id, p.name, case when a.given then a.answered_at else a.back_at end, case when a.given then a.answer else '' end, a.back
		from askings a join people p on p.organisation_id = a.organisation_id and p.id = a.owner_id
		where a.organisation_id = $1 and a.to_person_id = $2 and a.way = 'here' and (a.given or a.back_at is not null)
		order by a.id`, me.Organisation, me.Person)
}
