package nets

import (
	"fmt"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/skill"
)

// listSkills lets an administrator put skills on the list of their organisation, and send a list and look no further.
func (w *world) listSkills(t testing.TB, who int) {
	open := mark{owner: who, open: true}
	w.do(t, func(tx *db.Tx) error {
		e, err := skill.Add(tx, w.people[who], skill.Entry{Name: w.hide(open), Aliases: []string{w.hide(open)}, Description: w.hide(open)})
		if err != nil {
			return err
		}
		w.keep("skill entry", e.ID, who)
		alone := mark{owner: who}
		id, err := skill.KeepFile(tx, w.people[who], skill.File{
			Name: w.hide(alone), Content: []byte(fmt.Sprintf("skill,other\n%s,%s\n,%s\n", w.hide(alone), w.hide(alone), w.hide(alone))),
		})
		w.keep("skill file", id, who)
		return err
	})
}
