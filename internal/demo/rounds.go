package demo

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/round"
)

// opened is a matching round that somebody opens, with who takes part.
type opened struct {
	On       day      `yaml:"on"`
	Name     string   `yaml:"name"`
	About    prose    `yaml:"about"`
	Until    day      `yaml:"until"`
	Mentors  []joined `yaml:"mentors"`
	Mentees  []joined `yaml:"mentees"`
	Worked   day      `yaml:"worked"` // when it is worked out
	Variants []struct {
		Name            string    `yaml:"name"`
		Way             round.Way `yaml:"way"`
		OtherDepartment bool      `yaml:"other_department"`
	} `yaml:"variants"`
}

// joined is somebody who takes part in a round.
type joined struct {
	On        day              `yaml:"on"`
	Who       string           `yaml:"who"`
	Places    int64            `yaml:"places"`
	Aim       prose            `yaml:"aim"`
	Skills    map[string]int64 `yaml:"skills"`
	Languages []string         `yaml:"languages"`
	Wishes    []string         `yaml:"wishes"`
}

func (t *telling) opened(of string, o opened) {
	var made round.Round
	t.does(of, t.when(o.On, morning, of), "round", func(tx *db.Tx, me org.Actor) (err error) {
		made, err = round.New(tx, me, round.Text{Name: o.Name, About: string(o.About), Who: round.Everyone, ClosesOn: t.date(o.Until)})
		return err
	})
	for side, all := range map[round.Side][]joined{round.Mentor: o.Mentors, round.Mentee: o.Mentees} {
		for _, j := range all {
			hour := morning
			if side == round.Mentee {
				hour = afternoon // whom they wish for has joined by then
			}
			t.does(j.Who, t.when(j.On, hour, j.Who), "joining a round", func(tx *db.Tx, me org.Actor) error {
				in := round.Statement{Places: j.Places, Aim: string(j.Aim), Skills: statedSkills(j.Skills), Languages: j.Languages}
				for _, key := range j.Wishes {
					in.Wishes = append(in.Wishes, t.person(key))
				}
				return round.Join(tx, me, made.ID, side, 0, in)
			})
		}
	}
	t.does(of, t.when(o.Worked, evening, of), "working a round out", func(tx *db.Tx, me org.Actor) error {
		all, err := round.Variants(tx, me, made.ID)
		if err != nil {
			return err
		}
		for n, v := range o.Variants {
			in := round.DefaultSettings()
			in.Name, in.Way, in.OtherDepartment = v.Name, v.Way, v.OtherDepartment
			var work *round.Work
			if n < len(all) {
				work, err = round.ChangeVariant(tx, me, all[n].ID, all[n].Revision, in)
			} else {
				work, err = round.NewVariant(tx, me, made.ID, in)
			}
			if err != nil {
				return err
			}
			if _, err := work.Now(tx, me); err != nil {
				return err
			}
		}
		return nil
	})
}
