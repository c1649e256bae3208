package plan

import (
	"strconv"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/skill"
)

// Skill is an ability, with the level at which a person sees themselves and the one they want.
type Skill struct {
	ID       db.ID
	Owner    db.ID
	Name     string
	Level    int64 // 0 to 5, see LevelWords
	Wanted   int64
	Note     string
	KeptOut  bool // a share of the whole section does not reach it
	Revision int64
}

// TopLevel is the highest level of a skill; 0 is the lowest.
const TopLevel = 5

// LevelWords say what each level means.
var LevelWords = [TopLevel + 1]string{
	"not yet", "a first try", "with help", "on my own", "hard cases too", "others come to me for it",
}

const mostSkills = 200

// AddSkill writes a skill down in the actor's plan.
func AddSkill(tx *db.Tx, me org.Actor, in Skill) (Skill, error) {
	if err := mayWrite(me); err != nil {
		return in, err
	}
	if err := in.check(tx, me, ""); err != nil {
		return in, err
	}
	in.ID, in.Owner, in.Revision = tx.NewID(), me.Person, 1
	if _, err := tx.Exec(`
		insert into skills (organisation_id, id, owner_id, name, level, wanted, note, kept_out, revision, created_at, changed_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9)`,
		me.Organisation, in.ID, me.Person, in.Name, in.Level, in.Wanted, in.Note, in.KeptOut, tx.Now()); err != nil {
		return in, err
	}
	return in, happened(tx, me, "skill added", in.Thing())
}

// ChangeSkill replaces what the actor says of a skill of theirs.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field otherwise.
func ChangeSkill(tx *db.Tx, me org.Actor, in Skill) error {
	was, err := mySkill(tx, me, in.ID)
	if err != nil {
		return err
	}
	if err := in.check(tx, me, was.Name); err != nil {
		return err
	}
	return edit{was.Thing(), was.fields(), in.fields(), was.Revision, in.Revision}.write(tx, me, "skill changed", `
		update skills set name = $1, level = $2, wanted = $3, note = $4, revision = revision + 1, changed_at = $5
		where organisation_id = $6 and id = $7 and owner_id = $8`,
		in.Name, in.Level, in.Wanted, in.Note, tx.Now(), me.Organisation, in.ID, me.Person)
}

// RemoveSkill takes a skill out of the actor's plan. What it said stays among the earlier
// versions.
func RemoveSkill(tx *db.Tx, me org.Actor, id db.ID) error {
	was, err := mySkill(tx, me, id)
	if err != nil {
		return err
	}
	if err := org.KeepRevision(tx, me, was.Thing(), was.Revision, was.fields()); err != nil {
		return err
	}
	if err := share.TakeBackThing(tx, me, share.What{Kind: "skill", ID: id}); err != nil {
		return err
	}
	if err := was.removeViews(tx, me); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from win_skills where organisation_id = $1 and skill_id = $2", me.Organisation, id); err != nil {
		return err
	}
	return remove(tx, me, "skills", was.Thing())
}

// MergeSkills makes one of two skills of the actor's: what the other says, and the wins that back it, go to the one
// that stays. The other goes; what it said stays among the earlier versions.
func MergeSkills(tx *db.Tx, me org.Actor, stays, goes db.ID) error {
	one, err := mySkill(tx, me, stays)
	if err != nil {
		return err
	}
	other, err := mySkill(tx, me, goes)
	if err != nil {
		return err
	}
	if stays == goes {
		return problem.Invalid{"other": "Please choose another skill."}
	}
	in := one
	if other.Note != "" && other.Note != one.Note {
		wrong := problem.Invalid{}
		in.Note = tidy(wrong, "other", one.Note+"\n\n"+other.Note, mostText)
		if err := wrong.Err(); err != nil {
			return err
		}
	}
	if err := ChangeSkill(tx, me, in); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		insert into win_skills (organisation_id, win_id, skill_id)
		select organisation_id, win_id, $2 from win_skills where organisation_id = $1 and skill_id = $3
		on conflict do nothing`, me.Organisation, stays, goes); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update goals set origin_id = $1 where organisation_id = $2 and owner_id = $3 and origin_kind = 'skill' and origin_id = $4`,
		stays, me.Organisation, me.Person, goes); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update skill_views set skill_id = $1 where organisation_id = $2 and owner_id = $3 and skill_id = $4`, stays, me.Organisation, me.Person, goes); err != nil {
		return err
	}
	if err := event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: "skill merged", By: me.Person, Thing: other.Thing(), Facts: map[string]string{"into": string(stays)},
	}); err != nil {
		return err
	}
	return RemoveSkill(tx, me, goes)
}

// Doubles are skills of the actor's that are one and the same on the organisation's list, each with one that says
// the same before it.
func Doubles(tx *db.Tx, me org.Actor, mine []Skill) ([][2]Skill, error) {
	joined, err := skill.Join(tx, me, namesOf(mine))
	if err != nil {
		return nil, err
	}
	var doubles [][2]Skill
	first := map[string]Skill{}
	for _, k := range mine {
		key := joined.Key(k.Name)
		if was, ok := first[key]; ok {
			doubles = append(doubles, [2]Skill{was, k})
			continue
		}
		first[key] = k
	}
	return doubles, nil
}

// mySkill finds a skill of the actor's own, to be changed.
func mySkill(tx *db.Tx, me org.Actor, id db.ID) (Skill, error) { return own(tx, me, id, SkillByID) }

func (k Skill) owner() db.ID { return k.Owner }

// check takes the skill, which was called so before, into its form. A name that another skill of theirs has, or
// that the organisation's list has for the same skill, is only refused where it is new.
func (k *Skill) check(tx *db.Tx, me org.Actor, was string) error {
	wrong := problem.Invalid{}
	k.Name = tidy(wrong, "name", k.Name, mostLine)
	k.Note = tidy(wrong, "note", k.Note, mostText)
	wrong.Check(k.Name != "", "name", "Please name the skill.")
	wrong.Check(k.Level >= 0 && k.Level <= TopLevel, "level", "Please choose a level from 0 to 5.")
	wrong.Check(k.Wanted >= 0 && k.Wanted <= TopLevel, "wanted", "Please choose a level from 0 to 5.")
	if k.Name != "" && org.Fold(was) == org.Fold(k.Name) {
		return wrong.Err()
	}
	others, err := SkillsOf(tx, me, me.Person)
	if err != nil {
		return err
	}
	wrong.Check(k.ID != "" || len(others) < mostSkills, "name", "Two hundred skills are a lot. Please remove one first.")
	joined, err := skill.Join(tx, me, append(namesOf(others), k.Name))
	if err != nil {
		return err
	}
	for _, o := range others {
		switch {
		case o.ID == k.ID:
		case org.Fold(o.Name) == org.Fold(k.Name):
			wrong.Add("name", "You have this skill already.")
		case joined.Key(o.Name) == joined.Key(k.Name):
			wrong.Add("name", "You have this skill already, as “"+o.Name+"”.")
		}
	}
	return wrong.Err()
}

func namesOf(skills []Skill) []string {
	names := make([]string, len(skills))
	for i, k := range skills {
		names[i] = k.Name
	}
	return names
}

// Thing is the skill as something that can be linked, shared and kept out.
func (k Skill) Thing() event.Thing { return event.Thing{Kind: "skill", ID: k.ID} }

// Gap is how many levels lie between now and wanted; none when the wanted level is reached.
func (k Skill) Gap() int64 { return max(0, k.Wanted-k.Level) }

func (k Skill) fields() map[string]string {
	return map[string]string{"name": k.Name, "level": strconv.Itoa(int(k.Level)), "wanted": strconv.Itoa(int(k.Wanted)), "note": k.Note}
}

const selectSkill = "select k.id, k.owner_id, k.name, k.level, k.wanted, k.note, k.kept_out and k.owner_id = $2, k.revision from skills k "

func scanSkill(row db.Row) (Skill, error) {
	var k Skill
	err := row.Scan(&k.ID, &k.Owner, &k.Name, &k.Level, &k.Wanted, &k.Note, &k.KeptOut, &k.Revision)
	return k, err
}

// SkillByID finds a skill that the actor may see.
func SkillByID(tx *db.Tx, me org.Actor, id db.ID) (Skill, error) {
	return db.One(tx, scanSkill, selectSkill+"where k.organisation_id = $1 and k.id = $4 and "+skillSeen,
		me.Organisation, me.Person, me.Viewer(), id)
}

// SkillsOf lists the skills of an owner that the actor may see, the widest gap first.
func SkillsOf(tx *db.Tx, me org.Actor, owner db.ID) ([]Skill, error) {
	return db.List(tx, scanSkill, selectSkill+`
		where k.organisation_id = $1 and k.owner_id = $4 and `+skillSeen+`
		order by case when k.wanted > k.level then k.level - k.wanted else 0 end, k.name, k.id`,
		me.Organisation, me.Person, me.Viewer(), owner)
}
