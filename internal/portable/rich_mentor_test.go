package portable_test

import (
	"errors"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/org"
)

// What is exported of offering and asking help.
func init() {
	exported = append(exported, "mentor_profiles.about", "mentor_profiles.topics", "mentor_profiles.languages", "mentor_skills.name",
		"mentor_requests.learn", "mentor_requests.tried", "mentor_request_skills.name", "mentor_choices.answer", "mentor_choices.reply",
		"mentorships.aim", "mentorships.rhythm", "mentorships.confidentiality", "mentorship_texts.words",
		"mentorship_agreements.aim", "mentorship_agreements.rhythm", "mentorship_agreements.confidentiality")
	for _, name := range []string{"mentor_profiles.formats", "mentor_profiles.who", "mentorships.because", "mentorship_texts.kind"} {
		notExported[name] = "a kind, no words"
	}
	for _, name := range []string{"mentor_profiles.language_keys", "mentor_skills.skill_key", "mentor_request_skills.skill_key"} {
		notExported[name] = "made from a name"
	}
}

// mentoring lets Ines offer her help and be asked, and ask two others.
func (r rich) mentoring() {
	offer := func(who org.Actor, skill string) {
		r.do(func(tx *db.Tx) error {
			return mentor.Offer(tx, who, 0, mentor.Text{
				About: "First talks", Skills: []mentor.Skill{{Name: skill, Level: 4}}, Topics: []string{"Weirs"}, Languages: []string{"Português"}, Formats: []mentor.Format{"review"},
				Hours: 3, Places: 1, Who: mentor.Everyone,
			})
		})
	}
	offer(r.Ines, "Painting")
	r.do(func(tx *db.Tx) error {
		return mentor.Offer(tx, r.Ines, 1, mentor.Text{
			About: "First talks", Skills: []mentor.Skill{{Name: "Drawing", Level: 4}}, Topics: []string{"Weirs"}, Languages: []string{"Português"}, Formats: []mentor.Format{"review"},
			Hours: 3, Places: 1, Who: mentor.Everyone,
		})
	})
	offer(r.Mira, "Carving")
	offer(r.Ada, "Carving")
	var mine, theirs mentor.Request
	wish := func(skill string) mentor.RequestText {
		return mentor.RequestText{Learn: "To learn " + skill, Tried: "A book", Skills: []mentor.Skill{{Name: skill, Level: 1}}, Rhythm: mentor.Monthly, Until: today.AddDays(300)}
	}
	r.all(
		func(tx *db.Tx) (err error) {
			mine, err = mentor.Ask(tx, r.Ines, wish("Carving"), []db.ID{r.Mira.Person, r.Ada.Person})
			return err
		},
		func(tx *db.Tx) (err error) {
			theirs, err = mentor.Ask(tx, r.Mira, wish("Drawing"), []db.ID{r.Ines.Person})
			return err
		},
		func(tx *db.Tx) error {
			return mentor.Answer(tx, r.Mira, mine.ID, mentor.Reply{Says: mentor.TellMore, Words: "Which wood?"})
		},
		func(tx *db.Tx) error { return mentor.Tell(tx, r.Ines, mine.ID, "Oak") },
		func(tx *db.Tx) error {
			return mentor.Answer(tx, r.Mira, mine.ID, mentor.Reply{Says: mentor.No, Words: "Not oak", Pointer: r.Joel.Person})
		},
		func(tx *db.Tx) error { return mentor.AskNext(tx, r.Ines, mine.ID) },
		func(tx *db.Tx) error {
			return mentor.Answer(tx, r.Ines, theirs.ID, mentor.Reply{Says: mentor.NotYet, Words: "After the flood"})
		},
		func(tx *db.Tx) error {
			return mentor.Answer(tx, r.Ada, mine.ID, mentor.Reply{Says: mentor.Yes})
		},
	)
	r.do(func(tx *db.Tx) error {
		pairs, err := mentorship.Mine(tx, r.Ines)
		if err != nil {
			return err
		}
		id := pairs[0].ID
		return errors.Join(
			mentorship.Agree(tx, r.Ines, id, 1, mentorship.Terms{Aim: "A carved gate", Rhythm: "monthly", Confidentiality: "The drawings", EndsOn: today.AddDays(400)}),
			mentorship.Agree(tx, r.Ada, id, 2, mentorship.Terms{Aim: "A carved gate", Rhythm: "monthly", Confidentiality: "The drawings", EndsOn: today.AddDays(400)}),
			mentorship.Agree(tx, r.Ines, id, 2, mentorship.Terms{Aim: "Two carved gates", Rhythm: "at the weir", Confidentiality: "The drawings"}), // waits
			mentorship.Write(tx, r.Ines, id, mentorship.Shared, 0, "Bring a spoon"),
			mentorship.Write(tx, r.Ines, id, mentorship.Shared, 1, "Bring a knife"),
			mentorship.Write(tx, r.Ines, id, mentorship.Private, 0, "I am afraid of knives"),
			mentorship.Write(tx, r.Ada, id, mentorship.Private, 0, secret),
			mentorship.Write(tx, r.Ada, id, mentorship.LookBack, 0, "The gate stands"),
			mentorship.Write(tx, r.Ines, id, mentorship.Thanks, 0, "Thank you"),
		)
	})
}
