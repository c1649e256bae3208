package plan

import (
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// AlongView is how somebody else sees a skill, in their words. Where it goes it is what others said elsewhere.
type AlongView struct {
	ID         db.ID     `json:"id"`
	Name       string    `json:"name"`
	Skill      string    `json:"skill"`          // as it was asked about
	Note       string    `json:"note,omitempty"` // what the person wrote with it
	AskedAt    time.Time `json:"asked_at"`
	Level      int64     `json:"level"` // -1: they could not say
	Words      string    `json:"words,omitempty"`
	AnsweredAt time.Time `json:"answered_at,omitzero"`
	ByLink     bool      `json:"by_link,omitempty"`
}

// takeViews gives how others see the actor's skills, by skill.
func takeViews(tx *db.Tx, me org.Actor) (map[db.ID][]AlongView, error) {
	all, err := db.List(tx, scanView, selectView+"where v.organisation_id = $1 and v.owner_id = $2 and v.skill_id is not null order by v.id", me.Organisation, me.Person)
	of := map[db.ID][]AlongView{}
	for _, v := range all {
		of[v.Skill] = append(of[v.Skill], AlongView{v.ID, v.Name, v.SkillName, v.Note, v.AskedAt, v.Level, v.Words, v.AnsweredAt, v.ByLink})
	}
	return of, err
}

func bringViews(tx *db.Tx, me org.Actor, place string, k AlongSkill) error {
	for n, v := range k.Views {
		here := fmt.Sprintf("%s/seen_by_others/%d", place, n)
		if err := bringSaid(tx, me, here, "skill_views", v.ID,
			"organisation_id, id, owner_id, skill_id, skill, name, note, asked_at, expires_at, level, words, answered_at, by_link, brought_along",
			me.Organisation, v.ID, me.Person, k.ID, v.Skill, v.Name, v.Note, v.AskedAt, v.AskedAt, v.Level, v.Words, v.AnsweredAt, v.ByLink, true); err != nil {
			return err
		}
	}
	return nil
}

// AlongViewGiven is how the actor sees a skill of somebody else's, who asked them.
type AlongViewGiven struct {
	ID    db.ID     `json:"id"`
	Of    org.Key   `json:"of"` // whose skill it is
	At    time.Time `json:"at"`
	Level int64     `json:"level"`
	Words string    `json:"words,omitempty"`
}

// TakeViewsGiven are the answers that the actor gave to others. Which skill it was is not theirs.
func TakeViewsGiven(tx *db.Tx, me org.Actor, others *org.Companions) ([]AlongViewGiven, error) {
	return db.List(tx, func(row db.Row) (AlongViewGiven, error) {
		var v AlongViewGiven
		var of org.Party
		err := row.Scan(&v.ID, &of.Person, &of.Name, &v.At, &v.Level, &v.Words)
		v.Of = others.Key(of)
		return v, err
	}, `
		select v.id, p.id, p.name, v.answered_at, v.level, v.words
		from skill_views v join people p on p.organisation_id = v.organisation_id and p.id = v.owner_id
		where v.organisation_id = $1 and v.person_id = $2 and v.answered_at is not null
		order by v.id`, me.Organisation, me.Person)
}
