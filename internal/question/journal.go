package question

import (
	"errors"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// toJournal keeps what the actor answered to themselves in their journal: an entry is made from the
// answer, and follows it for as long as it says just that. An entry that was written on is left as it is.
func (a *Asking) toJournal(tx *db.Tx, me org.Actor, was string) error {
	entry, err := plan.EntryByID(tx, me, a.Entry)
	switch {
	case errors.Is(err, problem.NotFound):
		if a.Answer == "" {
			a.Entry = ""
			return nil
		}
		entry, err = plan.AddEntry(tx, me, plan.Entry{Words: entryWords(a.Wording, a.Answer)})
		a.Entry = entry.ID
		return err
	case err != nil || entry.Words != entryWords(a.Wording, was):
		return err
	case a.Answer == "":
		a.Entry = ""
		return plan.RemoveEntry(tx, me, entry.ID)
	}
	entry.Words = entryWords(a.Wording, a.Answer)
	return plan.ChangeEntry(tx, me, entry)
}

func entryWords(wording, answer string) string { return wording + "\n\n" + answer }

// OfEntry finds the asking of the actor's whose answer an entry of their journal was made from.
//
// Errors: problem.NotFound where there is none.
func OfEntry(tx *db.Tx, me org.Actor, entry db.ID) (Asking, error) {
	return db.One(tx, scanAsking, selectAsking+"where "+own+" and a.entry_id = $3 order by a.id limit 1", me.Organisation, me.Person, entry)
}
