package nets

import (
	"github.com/ownward/ownward/internal/ask"
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

// sendPitch sends an ask with what was prepared for it; a link and a file go along with its win.
func (w *world) sendPitch(tx *db.Tx, s *sentAsk, write func() string) error {
	me := w.people[s.owner]
	if err := pitch.Write(tx, me, s.id, pitch.Exactly, []pitch.Typed{{Name: pitch.Smallest, Words: write()}}); err != nil {
		return err
	}
	p, err := pitch.Of(tx, me, s.id)
	if err != nil {
		return err
	}
	out, err := p.Outgoing(tx, me)
	if err != nil {
		return err
	}
	ofWin := func() string {
		m := w.plant(mark{owner: s.owner, kind: "win"})
		s.marks = append(s.marks, m)
		return m.text
	}
	with := ask.Enclosed{Sections: out.Sections, Files: map[db.ID][]ask.File{}}
	for _, e := range out.Evidence {
		with.Files[e.Win] = []ask.File{
			{URL: "https://elsewhere.example/" + ofWin()},
			{Name: ofWin() + ".png", MediaType: "image/png", Content: []byte(ofWin())},
		}
	}
	return ask.SendWith(tx, me, s.id, p.Ask.Revision, with)
}
