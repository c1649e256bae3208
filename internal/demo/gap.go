package demo

import (
	"bytes"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	listed "github.com/ownward/ownward/internal/skill"
	"github.com/ownward/ownward/internal/skillfile"
)

// gaps plans the list of skills to choose from; who may be asked about their role; a role outside that Salome looks
// at; and how others see one of her skills.
func (t *telling) gaps() {
	t.of = "skills"
	t.does("wanjiru", t.when(-329, morning, "wanjiru"), "list of skills", func(tx *db.Tx, me org.Actor) error {
		raw, err := files.ReadFile("skills/ours.csv")
		if err != nil {
			return err
		}
		f, err := skillfile.Read(bytes.NewReader(raw), skillfile.Options{})
		if err != nil {
			return err
		}
		_, err = listed.Import(tx, me, f, func(int, int) {})
		return err
	})
	for _, who := range []string{"emeka", "minh", "stjepan", "adaeze"} {
		t.does(who, t.when(-140, afternoon, who), "offer", gap.Offer)
	}
	t.does("salome", t.when(-33, evening, "salome"), "role outside", func(tx *db.Tx, me org.Actor) error {
		_, err := gap.AddOutside(tx, me, gap.Outside{
			Name: "Ropeway inspector, for the region", About: "Amparo's cousin does it. Twelve lines, four valleys, a small car.",
			Asks: []gap.OutsideAsk{{Skill: "Rope inspection", Level: 4}, {Skill: "Brake tests", Level: 5}, {Skill: "Plain speaking", Level: 4}, {Skill: "The law on ropeways", Level: 3}},
		})
		return err
	})
	t.view("salome", "commissioning", "minh", -30, "You saw two of the nights at Sant'Orsola.", 4, "The tests were yours from the first hour. What would make it a five: let Luka hold the list, and you the clock.")
	t.view("salome", "explain", "bashir", -25, "", plan.CannotSay, "I was under the car each time. Ask Amparo.")
	t.view("salome", "night", "emeka", -3, "The page with the soup on it.", 0, "")
	t.view("sunniva", "", "salome", -2, "You are in most of these talks.", 0, "")
}

// view plans that somebody asks a colleague how they see a skill, which is their first where none is named, and the answer; without
// words there is none.
func (t *telling) view(of, name, whom string, on day, note string, level int64, words string) {
	var made plan.SkillView
	t.does(of, t.when(on, afternoon, of), "view", func(tx *db.Tx, me org.Actor) error {
		thing, err := t.skillOf(tx, me, of, name)
		if err != nil {
			return err
		}
		made, err = plan.AskForView(tx, me, thing.ID, t.person(whom), note)
		return err
	})
	if words == "" {
		return
	}
	t.does(whom, t.when(on+1, afternoon, whom), "view given", func(tx *db.Tx, me org.Actor) error {
		return plan.GiveView(tx, me, made.ID, plan.ViewReply{Level: level, Words: words})
	})
}

func (t *telling) skillOf(tx *db.Tx, me org.Actor, of, name string) (event.Thing, error) {
	if name != "" {
		return t.thing(of, name)
	}
	k, err := plan.AddSkill(tx, me, plan.Skill{Name: "Asking instead of telling", Level: 3, Wanted: 4})
	return k.Thing(), err
}
