package org

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/peoplefile"
	"github.com/ownward/ownward/internal/problem"
)

// How large a people file that is sent may be, and how many people it may name.
const (
	MostPeopleFile   = 32 << 20
	mostPeopleInFile = 200_000
)

// KeepPeopleFile keeps a people file to be looked at before it is imported. Administrators only.
//
// Errors: problem.Invalid at "file" when nothing in it can be used.
func KeepPeopleFile(tx *db.Tx, me Actor, in SentFile) (db.ID, error) {
	if len(in.Content) > MostPeopleFile {
		return "", problem.Invalid{"file": fmt.Sprintf("This is larger than the %d MB that can be sent. Import it with the command: ownward import people FILE.", MostPeopleFile>>20)}
	}
	in.Kind = SentPeople
	var unreadable *peoplefile.ReadError
	if _, err := in.People(tx); errors.As(err, &unreadable) && len(unreadable.Header) == 0 {
		return "", problem.Invalid{"file": unreadable.Message}
	}
	return KeepSentFile(tx, me, in)
}

// People reads the file as a people file, with the columns chosen.
//
// Errors: a *peoplefile.ReadError when nothing in it can be used.
func (f SentFile) People(tx *db.Tx) (*peoplefile.File, error) {
	return peoplefile.Read(bytes.NewReader(f.Content), peoplefile.Options{
		Map: f.Columns, Today: civil.In(tx.Now(), time.UTC), MaxRows: mostPeopleInFile,
	})
}

// ImportPeopleFile imports a people file that was sent, and removes it. Seen is the summary of the
// preview: when the import would do something else by now, nothing is done.
func ImportPeopleFile(tx *db.Tx, me Actor, id db.ID, seen string) error {
	kept, err := SentFileByID(tx, me, SentPeople, id)
	if err != nil {
		return err
	}
	f, err := kept.People(tx)
	if err != nil {
		return problem.Refused(err.Error())
	}
	d, err := Import(tx, me, f, kept.Complete, func(int, int) {})
	if err != nil {
		return err
	}
	return kept.Imported(tx, me, seen, d.Summary())
}
