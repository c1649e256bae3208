package nets

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/pitch"
)

// preparePitch lets somebody prepare an ask of theirs: what they write is theirs alone, whatever becomes
// of the ask.
func (w *world) preparePitch(tx *db.Tx, who int, id db.ID) error {
	me, alone := w.people[who], mark{owner: who}
	for part, name := range map[pitch.Part]string{pitch.Motive: pitch.WhyNow, pitch.Objections: pitch.ForThem} {
		if err := pitch.Write(tx, me, id, part, []pitch.Typed{{Name: name, Words: w.hide(alone)}}); err != nil {
			return err
		}
	}
	return nil
}
