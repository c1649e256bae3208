package demo

import (
	"cmp"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/referral"
)

// introduced is an introduction that somebody promised the person.
type introduced struct {
	On       day    `yaml:"on"`
	By       string `yaml:"by"`
	Third    string `yaml:"third"` // none: still to be found
	Need     prose  `yaml:"need"`
	Told     prose  `yaml:"told"`
	Due      day    `yaml:"due"`
	Agreed   day    `yaml:"agreed"`
	MyWords  prose  `yaml:"my_words"` // in which they agreed
	Answered day    `yaml:"answered"`
	Reach    prose  `yaml:"reach"`
	Made     day    `yaml:"made"`
	Letter   prose  `yaml:"letter"`
	Followed day    `yaml:"followed"`
	Came     prose  `yaml:"came"`
}

func (t *telling) introduced(of string, in introduced) {
	var id db.ID
	what := "introduction " + in.Third
	t.does(in.By, t.when(in.On, morning, in.By), what, func(tx *db.Tx, me org.Actor) error {
		input := referral.Input{By: me.Self(), For: org.Party{Person: t.person(of)}, Need: string(in.Need), Told: string(in.Told), Due: t.date(in.Due)}
		if in.Third != "" {
			input.Third = t.party(in.Third)
		}
		made, err := referral.Make(tx, me, org.Origin{}, input)
		id = made.ID
		return err
	})
	for _, each := range []struct {
		on   day
		part int
		by   string
		what string
		do   func(tx *db.Tx, me org.Actor) error
	}{
		{in.Agreed, evening, of, " agreed", func(tx *db.Tx, me org.Actor) error {
			r, err := referral.ByID(tx, me, id)
			if err != nil {
				return err
			}
			return referral.Agree(tx, me, id, r.Revision, cmp.Or(string(in.MyWords), r.Told))
		}},
		{in.Answered, afternoon, in.Third, " answered", func(tx *db.Tx, me org.Actor) error {
			r, err := referral.ByID(tx, me, id)
			if err != nil {
				return err
			}
			return referral.Answer(tx, me, id, referral.Reply{Yes: true, Words: string(in.Reach), Revision: r.Revision})
		}},
		{in.Made, evening, in.By, " made", func(tx *db.Tx, me org.Actor) error {
			return referral.Introduce(tx, me, id, string(in.Letter))
		}},
		{in.Followed, evening, of, " followed", func(tx *db.Tx, me org.Actor) error {
			return referral.Follow(tx, me, id, string(in.Came), true)
		}},
	} {
		if each.on != 0 {
			t.does(each.by, t.when(each.on, each.part, each.by), what+each.what, each.do)
		}
	}
}
