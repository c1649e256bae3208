package expectation

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/ladderfile"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// KeepFile keeps a file of expectations to be looked at before it is imported. Administrators only.
//
// Errors: a *ladderfile.ReadError when the file is refused.
func KeepFile(tx *db.Tx, me org.Actor, in org.SentFile) (db.ID, error) {
	if _, err := ReadFile(in); err != nil {
		return "", err
	}
	in.Kind = org.SentExpectations
	return org.KeepSentFile(tx, me, in)
}

// ReadFile reads a file that was sent.
func ReadFile(f org.SentFile) (*ladderfile.File, error) { return ladderfile.Read(f.Name, f.Content) }

// ImportFile imports a file that was sent, and removes it. Seen is the summary of the preview:
// when the import would do something else by now, nothing is done.
func ImportFile(tx *db.Tx, me org.Actor, id db.ID, seen string) error {
	kept, err := org.SentFileByID(tx, me, org.SentExpectations, id)
	if err != nil {
		return err
	}
	f, err := ReadFile(kept)
	if err != nil {
		return problem.Refused(err.Error())
	}
	d, err := Import(tx, me, f, kept.Name, func(int, int) {})
	if err != nil {
		return err
	}
	return kept.Imported(tx, me, seen, d.Summary())
}
