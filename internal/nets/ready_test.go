package nets

import (
	"errors"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/plan"
)

// enterDates lets the owner write down an absence, and the administrator a deadline for everybody.
func (s *stage) enterDates(tx *db.Tx) error {
	today := civil.In(tx.Now(), s.actors[owner].Zone)
	own, err1 := dates.Add(tx, s.actors[owner], dates.Text{Kind: dates.Absence, Title: "Walking", From: today.AddDays(9), Shows: dates.Words})
	all, err2 := dates.AddToOrganisation(tx, s.actors[admin], dates.Text{Kind: dates.Budget, Title: "Budgets", From: today.AddDays(20)})
	s.things["date of the organisation"] = thing{id: all.ID, owner: admin, theirs: true}
	return errors.Join(err2, s.keep("date", own.ID, err1))
}

// makePreview lets the owner put down what would be sent, for the colleague, who does not have it yet.
func (s *stage) makePreview(tx *db.Tx) error {
	v, err := pitch.MakePreview(tx, s.actors[owner], s.things["ask"].id, s.actors[colleague].Person, "")
	return s.keep("preview", v.ID, err)
}

// givePreview lets the owner give it.
func (s *stage) givePreview(tx *db.Tx) error {
	v := s.things["preview"]
	v.seen = []string{colleague}
	s.things["preview"] = v
	return pitch.GivePreview(tx, s.actors[owner], v.id)
}

// takePreviewBack lets the owner take it back.
func (s *stage) takePreviewBack(tx *db.Tx) error {
	v := s.things["preview"]
	v.seen = nil
	s.things["preview"] = v
	return pitch.TakePreviewBack(tx, s.actors[owner], v.id)
}

func (s *stage) shareDate(tx *db.Tx, with plan.With) error {
	return plan.Give(tx, s.actors[owner], dates.Date{ID: s.things["date"].id}.Thing(), with)
}

// formsOfPitches are those of dates and of what makes a pitch ready.
func (s *stage) formsOfPitches() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, path := range []string{"/dates", "/dates/{id}"} {
		all[path] = map[string]string{"kind": "absence", "title": "Sailing", "from": "2026-12-01", "to": "2026-12-04", "note": "Far out", "shows": "words"}
	}
	for _, path := range []string{"/organisation/dates", "/organisation/dates/{id}"} {
		all[path] = map[string]string{"kind": "review", "title": "Reviews", "from": "2026-12-01"}
	}
	all["/asks/{id}/pitch/rehearsal"] = map[string]string{"rehearsal": "Slower", "revision-rehearsal": "0"}
	all["/asks/{id}/pitch/previews"] = map[string]string{"with": string(plan.WithPerson(s.actors[takenBack].Person)), "note": "Is it clear?"}
	all["/dates/{id}/share"] = map[string]string{"with": string(plan.WithPerson(s.actors[takenBack].Person))}
	return all
}
