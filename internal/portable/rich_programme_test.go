package portable_test

import (
	"errors"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/programme"
)

// What is exported of programmes.
func init() {
	exported = append(exported, "programmes.name", "programmes.about", "programmes.audience", "programmes.employment", "programmes.learns", "programmes.needs", "programmes.cancelled_words",
		"programme_skills.name", "programme_places.hopes", "programme_places.words", "programme_stated.name",
		"programme_looks.learned", "programme_looks.used", "programme_looks.returned")
	for name, why := range map[string]string{
		"programmes.effort_in": "a kind, no words", "programmes.decides": "a kind, no words", "programmes.currency": "the organisation's",
		"programmes.begins": "a day, no words", "programmes.ends": "a day, no words", "programmes.apply_until": "a day, no words", "programmes.sort_day": "a day, no words",
		"programme_skills.part": "a kind, no words", "programme_skills.skill_key": "made from a name", "programme_looks.round": "a kind, no words",
	} {
		notExported[name] = why
	}
}

// programmes lets Ines take part in something and look back on it, and post something that is called off.
func (r rich) programmes() {
	in := programme.Text{
		Kind: programme.Project, Name: "A new lock", About: "Four weeks at the weir", Audience: "Whoever is not afraid of water", Employment: []string{"Employee"}, Learns: "How water moves",
		Teaches: []programme.Skill{{Name: "Masonry"}}, Needs: "Boots", Builds: []programme.Skill{{Name: "Swimming", Level: 2}},
		Seats: 2, Begins: today.AddDays(300), Ends: today.AddDays(330), Effort: 4, EffortIn: programme.Weeks, Decides: programme.Poster,
	}
	r.do(func(tx *db.Tx) error {
		id, err1 := programme.Post(tx, r.Ada, in)
		err2 := programme.Turn(tx, r.Ada, id, programme.Open)
		place, err3 := programme.SignUp(tx, r.Ines, id, programme.SignUpInput{Hopes: "To build in stone", Stated: []programme.Skill{{Level: 3}}})
		return errors.Join(err1, err2, err3,
			programme.Decide(tx, r.Ada, place.ID, programme.Answer{Yes: true, Words: "Bring boots"}),
			programme.Turn(tx, r.Ada, id, programme.Ended),
			programme.LookBack(tx, r.Ines, place.ID, programme.AtEnd, 0, programme.LookText{Learned: "Stone is patient", Used: "At the gate", Returned: "One lock"}))
	})
	r.do(func(tx *db.Tx) error {
		id, err := programme.Post(tx, r.Ines, in)
		return errors.Join(err, programme.Turn(tx, r.Ines, id, programme.Open), programme.Cancel(tx, r.Ines, id, "The water is too high"))
	})
}
