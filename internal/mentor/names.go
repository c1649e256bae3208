package mentor

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/skill"
)

// SkillsRenamed lets what people offer go on being found when the organisation's list of skills changes: which
// names are names of one skill is looked up anew. It is the reaction to changes of the list.
func SkillsRenamed(tx *db.Tx, e event.Event) error {
	type known struct{ name, key string }
	offered, err := db.List(tx, func(row db.Row) (known, error) {
		var k known
		err := row.Scan(&k.name, &k.key)
		return k, err
	}, "select distinct name, skill_key from mentor_skills where organisation_id = $1 order by name, skill_key", e.Organisation)
	if err != nil || len(offered) == 0 {
		return err
	}
	var names []string
	for _, k := range offered {
		names = append(names, k.name)
	}
	joined, err := skill.Join(tx, org.Actor{Organisation: e.Organisation, Administrator: true}, names)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, k := range offered {
		if now := joined.Key(k.name); now != k.key {
			rows = append(rows, []any{now, e.Organisation, k.key, k.name})
		}
	}
	return db.Repeat(tx, "update mentor_skills set skill_key = $1 where organisation_id = $2 and skill_key = $3 and name = $4", rows)
}
