package plan

import (
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// With is whom something is shared with, as a form says it: WithManager, or "person:" or
// "mentor:" and an id.
type With string

// WithManager is whoever is the manager in the present reporting line.
const WithManager With = "manager"

// WithPerson is a person by name.
func WithPerson(id db.ID) With { return With("person:" + string(id)) }

// WithMentor is the mentor of one mentorship of the actor's.
func WithMentor(mentorship db.ID) With { return With("mentor:" + string(mentorship)) }

// ShareSections lets somebody see sections of the actor's plan, with all that comes into them
// later and is not kept out.
func ShareSections(tx *db.Tx, me org.Actor, sections []Section, with With) error {
	if len(sections) == 0 {
		return problem.Invalid{"sections": "Please choose what to share."}
	}
	for _, section := range sections {
		if !slices.Contains(Sections, section) {
			return problem.NotFound
		}
		if err := give(tx, me, share.Section(me, string(section)), with); err != nil {
			return err
		}
	}
	return nil
}

// ShareGoal lets somebody see a goal of the actor's, with its steps.
func ShareGoal(tx *db.Tx, me org.Actor, id db.ID, with With) error {
	g, err := myGoal(tx, me, id)
	if err != nil {
		return err
	}
	return give(tx, me, what(g.Thing()), with)
}

// ShareSkill lets somebody see a skill of the actor's.
func ShareSkill(tx *db.Tx, me org.Actor, id db.ID, with With) error {
	k, err := mySkill(tx, me, id)
	if err != nil {
		return err
	}
	return give(tx, me, what(k.Thing()), with)
}

// ShareWin lets somebody see a win of the actor's.
func ShareWin(tx *db.Tx, me org.Actor, id db.ID, with With) error {
	w, err := myWin(tx, me, id)
	if err != nil {
		return err
	}
	return give(tx, me, what(w.Thing()), with)
}

func what(thing event.Thing) share.What { return share.What{Kind: thing.Kind, ID: thing.ID} }

func give(tx *db.Tx, me org.Actor, what share.What, with With) error {
	if with == WithManager {
		return share.WithManager(tx, me, what)
	}
	if id, ok := strings.CutPrefix(string(with), "mentor:"); ok {
		return share.WithMentor(tx, me, what, db.ID(id))
	}
	id, ok := strings.CutPrefix(string(with), "person:")
	if !ok || id == "" {
		return problem.Invalid{"with": "Please choose who may see it."}
	}
	return share.WithPerson(tx, me, what, db.ID(id))
}

// KeepOut takes a value, skill or goal of the actor's out of every share of its whole section.
// A share of the thing itself still reaches it.
func KeepOut(tx *db.Tx, me org.Actor, thing event.Thing) error {
	return setKeptOut(tx, me, thing, true)
}

// LetIn puts back what was kept out.
func LetIn(tx *db.Tx, me org.Actor, thing event.Thing) error {
	return setKeptOut(tx, me, thing, false)
}

func setKeptOut(tx *db.Tx, me org.Actor, thing event.Thing, out bool) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	table, ok := map[string]string{"value": "plan_values", "strength": "plan_values", "skill": "skills", "goal": "goals"}[thing.Kind]
	if !ok {
		return problem.NotFound
	}
	found, err := tx.Exec("update "+table+" set kept_out = $1 where organisation_id = $2 and id = $3 and owner_id = $4",
		out, me.Organisation, thing.ID, me.Person)
	if err != nil {
		return err
	}
	if found == 0 {
		return problem.NotFound
	}
	kind := thing.Kind + " kept out"
	if !out {
		kind = thing.Kind + " let in"
	}
	return happened(tx, me, kind, thing)
}

// SharedTitles are the words by which the actor recognises what they have shared one by one and
// not taken back: by thing, for goals, skills and wins.
func SharedTitles(tx *db.Tx, me org.Actor) (map[share.What]string, error) {
	titles := map[share.What]string{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var thing share.What
		var title string
		err := row.Scan(&thing.Kind, &thing.ID, &title)
		titles[thing] = title
		return struct{}{}, err
	}, `
		with given as (
			select thing_kind, thing_id from shares where organisation_id = $1 and owner_id = $2 and ended_at is null
		)
		select 'goal', g.id, g.title from goals g
		where g.organisation_id = $1 and g.owner_id = $2 and exists (select 1 from given where thing_kind = 'goal' and thing_id = g.id)
		union all
		select 'skill', k.id, k.name from skills k
		where k.organisation_id = $1 and k.owner_id = $2 and exists (select 1 from given where thing_kind = 'skill' and thing_id = k.id)
		union all
		select 'win', w.id, w.what from wins w
		where w.organisation_id = $1 and w.owner_id = $2 and exists (select 1 from given where thing_kind = 'win' and thing_id = w.id)`,
		me.Organisation, me.Person)
	return titles, err
}
