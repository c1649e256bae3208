package nets

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/plan"
)

// writeWords writes the texts beside the section's own, and a strength: the years of a vision are
// seen with the section, the answers behind a purpose by nobody.
func (w *world) writeWords(tx *db.Tx, who int) error {
	me := w.people[who]
	for _, text := range []plan.Section{plan.VisionIn1, plan.VisionIn3, plan.VisionIn5} {
		if err := w.goOnWriting(tx, who, text, mark{owner: who, section: string(plan.Vision)}); err != nil {
			return err
		}
	}
	for _, text := range plan.PurposeAnswers {
		if err := w.goOnWriting(tx, who, text, mark{owner: who}); err != nil {
			return err
		}
	}
	marks := []*mark{w.plant(mark{owner: who, section: "strengths"}), w.plant(mark{owner: who, section: "strengths"})}
	if err := plan.ChangeStrengths(tx, me, []plan.Strength{{Word: marks[0].text, Meaning: marks[1].text}}); err != nil {
		return err
	}
	mine, err := plan.Mine(tx, me)
	if err != nil {
		return err
	}
	w.stand("strength", mine.Strengths[0].ID, who, marks)
	return nil
}

// goOnWriting writes a text as a form does that saves as one types: what it wrote itself is
// replaced without being kept; what stood when it was opened is kept, for its owner alone.
func (w *world) goOnWriting(tx *db.Tx, who int, text plan.Section, m mark) error {
	stands, err := plan.GoOnWriting(tx, w.people[who], plan.Text{Section: text, Words: "half of it"}, 0)
	if err != nil {
		return err
	}
	first := w.plant(m)
	stands.Words = first.text
	if stands, err = plan.GoOnWriting(tx, w.people[who], stands, 0); err != nil || w.random.IntN(2) == 0 {
		return err
	}
	first.old = true
	stands.Words = w.plant(m).text
	_, err = plan.GoOnWriting(tx, w.people[who], stands, stands.Revision)
	return err
}
