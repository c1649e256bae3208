package skill

import (
	"bytes"
	"errors"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/skillfile"
)

// KeepFile keeps a list to be looked at before it is brought in. Administrators only.
//
// Errors: problem.Invalid at "file" when nothing in it can be used.
func KeepFile(tx *db.Tx, me org.Actor, in org.SentFile) (db.ID, error) {
	var unreadable *skillfile.ReadError
	if _, err := ReadFile(in); errors.As(err, &unreadable) && len(unreadable.Header) == 0 {
		return "", problem.Invalid{"file": unreadable.Message}
	} else if err != nil && unreadable == nil {
		return "", err
	}
	in.Kind = org.SentSkills
	return org.KeepSentFile(tx, me, in)
}

// ReadFile reads a list that was sent, with the columns chosen.
//
// Errors: a *skillfile.ReadError when nothing in it can be used.
func ReadFile(f org.SentFile) (*skillfile.File, error) {
	return skillfile.Read(bytes.NewReader(f.Content), skillfile.Options{Map: f.Columns})
}

// ImportFile brings a list in that was sent, and removes it. Seen is the summary of the preview: when the import would
// do something else by now, nothing is done.
func ImportFile(tx *db.Tx, me org.Actor, id db.ID, seen string) error {
	kept, err := org.SentFileByID(tx, me, org.SentSkills, id)
	if err != nil {
		return err
	}
	f, err := ReadFile(kept)
	if err != nil {
		return problem.Refused(err.Error())
	}
	d, err := Import(tx, me, f, func(int, int) {})
	if err != nil {
		return err
	}
	return kept.Imported(tx, me, seen, d.Summary())
}

// Forget removes, of who is alone, the whole list.
func Forget(tx *db.Tx, me org.Actor) error {
	o, err := org.Of(tx, me)
	if err != nil || !o.Alone {
		return err
	}
	for _, table := range []string{"skill_words", "skill_names", "skill_entries"} {
		if _, err := tx.Exec("delete from "+table+" where organisation_id = $1", me.Organisation); err != nil {
			return err
		}
	}
	return nil
}
