package portable_test

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/round"
)

// What is exported of matching rounds.
func init() {
	exported = append(exported, "round_sign_ups.aim", "round_sign_ups.languages", "round_skills.name")
	for _, name := range []string{"rounds.name", "rounds.about", "round_variants.name"} {
		notExported[name] = "the organisation's"
	}
	for _, name := range []string{"rounds.who", "round_sign_ups.side", "round_wishes.side", "round_variants.way", "round_results.because"} {
		notExported[name] = "a kind, no words"
	}
	notExported["round_variants.crowds"] = "counted from what people state, with the names of skills that they want"
	notExported["round_variants.digest"] = "made by the program"
}

// rounds lets Ines take part in a matching round on both sides.
func (r rich) rounds() {
	var made round.Round
	wish := round.Statement{Aim: "To build in oak", Skills: []mentor.Skill{{Name: "Joinery", Level: 1}}, Languages: []string{"Português"}, Wishes: []db.ID{r.Mira.Person}}
	r.all(
		func(tx *db.Tx) (err error) {
			made, err = round.New(tx, r.Ada, round.Text{Name: "Spring round", About: "Until summer", Who: round.Everyone})
			return err
		},
		func(tx *db.Tx) error {
			return round.Join(tx, r.Mira, made.ID, round.Mentor, 0, round.Statement{Places: 1, Wishes: []db.ID{r.Ines.Person}})
		},
		func(tx *db.Tx) error { return round.Join(tx, r.Ines, made.ID, round.Mentee, 0, wish) },
		func(tx *db.Tx) error {
			return round.Join(tx, r.Ines, made.ID, round.Mentor, 0, round.Statement{Places: 1, Wishes: []db.ID{r.Joel.Person}})
		},
	)
}
