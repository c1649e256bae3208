package plan

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Find lists goals, skills and wins of the actor's own that hold the words, at most so many of
// each, the newest first.
func Find(tx *db.Tx, me org.Actor, words db.Words, most int) ([]event.Named, error) {
	// The words are the same in each part, and so are their places.
	title, args := words.Held("title", 4)
	name, _ := words.Held("name", 4)
	what, _ := words.Held("what", 4)
	return db.List(tx, event.ScanNamed, `
		select * from (select 'goal', id, title from goals
			where organisation_id = $1 and owner_id = $2 and `+title+` order by id desc limit $3) as of_goals
		union all
		select * from (select 'skill', id, name from skills
			where organisation_id = $1 and owner_id = $2 and `+name+` order by id desc limit $3) as of_skills
		union all
		select * from (select 'win', id, what from wins
			where organisation_id = $1 and owner_id = $2 and `+what+` order by id desc limit $3) as of_wins`,
		append([]any{me.Organisation, me.Person, most}, args...)...)
}
