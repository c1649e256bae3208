package plan

import (
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Written is a thing as the texts that stand in it, to be commented on.
type Written struct {
	Thing     event.Thing
	Owner     db.ID
	OwnerName string
	Title     string
	Revision  int64
	Passages  []Passage // those that say something
}

// Passage is one text of a thing.
type Passage struct {
	Field string // as it is kept
	Label string // as screens name it
	Words string
}

// Passage is the text of that field; the zero Passage when it says nothing.
func (w Written) Passage(field string) Passage {
	for _, p := range w.Passages {
		if p.Field == field {
			return p
		}
	}
	return Passage{}
}

// add adds a text that says something.
func (w *Written) add(field, label, words string) {
	if words != "" {
		w.Passages = append(w.Passages, Passage{field, label, words})
	}
}

// TextThing is the text of a section of somebody's plan, as a thing.
func TextThing(section Section, owner db.ID) event.Thing {
	return event.Thing{Kind: section.kind(), ID: owner}
}

// SectionOf is the section whose text a thing is, see TextThing; empty for anything else.
func SectionOf(thing event.Thing) Section {
	name, is := strings.CutPrefix(thing.Kind, "plan ")
	if section := Section(name); is && slices.Contains(allTexts, section) {
		return section
	}
	return ""
}

// Of is the section that a text belongs to; empty for the answers behind a purpose.
func (s Section) Of() Section {
	for _, section := range Sections {
		if slices.Contains(section.Texts(), s) {
			return section
		}
	}
	return ""
}

// FullTitle is what a text is called where it stands alone: "Vision, in one year".
func (s Section) FullTitle() string {
	if label := s.Label(); label != "" {
		return s.Of().Title() + ", " + strings.ToLower(label[:1]) + label[1:]
	}
	return s.Title()
}

// WrittenOf reads things as texts: goals with their steps, skills, wins and the texts of
// sections, of those that the actor may see.
func WrittenOf(tx *db.Tx, me org.Actor, things []event.Thing) (map[event.Thing]Written, error) {
	ids, owners := map[string][]db.ID{}, []db.ID{}
	for _, thing := range things {
		if SectionOf(thing) != "" {
			owners = append(owners, thing.ID)
		} else {
			ids[thing.Kind] = append(ids[thing.Kind], thing.ID)
		}
	}
	all := map[event.Thing]Written{}
	for _, find := range []func() error{
		func() error { return writtenGoals(tx, me, ids["goal"], all) },
		func() error { return writtenSkills(tx, me, ids["skill"], all) },
		func() error { return writtenWins(tx, me, ids["win"], all) },
		func() error { return writtenTexts(tx, me, owners, all) },
	} {
		if err := find(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// among narrows by a list of ids: the clause, and the arguments with those of what may be seen
// in front.
func among(me org.Actor, column string, ids []db.ID) (string, []any) {
	args := []any{me.Organisation, me.Person, me.Viewer()}
	for _, id := range ids {
		args = append(args, id)
	}
	return column + " in (" + db.Places(4, len(ids)) + ")", args
}

func writtenGoals(tx *db.Tx, me org.Actor, ids []db.ID, all map[event.Thing]Written) error {
	if len(ids) == 0 {
		return nil
	}
	these, args := among(me, "g.id", ids)
	goals, err := db.List(tx, scanGoal, selectGoal+"where g.organisation_id = $1 and "+these+" and "+goalSeen, args...)
	if err != nil {
		return err
	}
	steps, err := db.List(tx, scanStep, selectStep+"where s.organisation_id = $1 and "+these+" and "+goalSeen+stepOrder, args...)
	if err != nil {
		return err
	}
	for _, g := range goals {
		w := Written{Thing: g.Thing(), Owner: g.Owner, OwnerName: g.OwnerName, Title: g.Title, Revision: g.Revision}
		w.add("title", "Goal", g.Title)
		w.add("specific", "What exactly", g.Specific)
		w.add("measured", "How they will know", g.Measured)
		w.add("attainable", "Why it can be done", g.Attainable)
		w.add("relevant", "Why it matters", g.Relevant)
		w.add("serves", "What it serves", g.Serves)
		w.add("learned", "What was learned", g.Learned)
		for _, s := range steps {
			if s.Goal == g.ID {
				w.add(string(s.ID), "Step", s.Words)
			}
		}
		all[w.Thing] = w
	}
	return nil
}

func writtenSkills(tx *db.Tx, me org.Actor, ids []db.ID, all map[event.Thing]Written) error {
	if len(ids) == 0 {
		return nil
	}
	these, args := among(me, "k.id", ids)
	skills, err := db.List(tx, scanSkill, selectSkill+"where k.organisation_id = $1 and "+these+" and "+skillSeen, args...)
	for _, k := range skills {
		w := Written{Thing: k.Thing(), Owner: k.Owner, Title: k.Name, Revision: k.Revision}
		w.add("name", "Skill", k.Name)
		w.add("note", "How they know, and what would help", k.Note)
		all[w.Thing] = w
	}
	return err
}

func writtenWins(tx *db.Tx, me org.Actor, ids []db.ID, all map[event.Thing]Written) error {
	if len(ids) == 0 {
		return nil
	}
	these, args := among(me, "w.id", ids)
	wins, err := db.List(tx, scanWin, selectWin+"where w.organisation_id = $1 and "+these+" and "+winSeen, args...)
	for _, one := range wins {
		w := Written{Thing: one.Thing(), Owner: one.Owner, OwnerName: one.OwnerName, Title: one.What, Revision: one.Revision}
		w.add("what", "Win", one.What)
		w.add("effect", "What it changed", one.Effect)
		w.add("figure", "In figures", one.Figure)
		all[w.Thing] = w
	}
	return err
}

func writtenTexts(tx *db.Tx, me org.Actor, owners []db.ID, all map[event.Thing]Written) error {
	if len(owners) == 0 {
		return nil
	}
	these, args := among(me, "t.owner_id", owners)
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var t Text
		var owner db.ID
		var at time.Time
		err := row.Scan(&t.Section, &t.Words, &t.Revision, &at, &owner)
		w := Written{Thing: TextThing(t.Section, owner), Owner: owner, Title: t.Section.FullTitle(), Revision: t.Revision}
		w.add("words", t.Section.FullTitle(), t.Words)
		all[w.Thing] = w
		return struct{}{}, err
	}, `
		select t.section, t.words, t.revision, t.changed_at, t.owner_id from plan_texts t
		where t.organisation_id = $1 and `+these+" and "+textSeen, args...)
	return err
}
