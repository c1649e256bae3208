package org

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/peoplefile"
	"github.com/ownward/ownward/internal/problem"
)

// PeopleFile is a file that an administrator sent, between its preview and its import. They
// alone see it.
type PeopleFile struct {
	ID       db.ID
	Name     string
	Content  []byte
	Columns  map[string]string // chosen by hand, by field; see peoplefile.Options
	Complete bool
}

// How long a file that was sent is kept, how large it may be, and how many people it may name.
const (
	peopleFileKept   = 24 * time.Hour
	MostPeopleFile   = 32 << 20
	mostPeopleInFile = 200_000
)

// KeepPeopleFile keeps a file to be looked at before it is imported. An earlier one of the same
// administrator is removed. Administrators only.
//
// Errors: problem.Invalid at "file" when nothing in it can be used.
func KeepPeopleFile(tx *db.Tx, me Actor, in PeopleFile) (db.ID, error) {
	if !me.Administrator {
		return "", problem.NotFound
	}
	if len(in.Content) > MostPeopleFile {
		return "", problem.Invalid{"file": fmt.Sprintf("This is larger than the %d MB that can be sent. Import it with the command: ownward import people FILE.", MostPeopleFile>>20)}
	}
	var unreadable *peoplefile.ReadError
	if _, err := in.Read(tx); errors.As(err, &unreadable) && len(unreadable.Header) == 0 {
		return "", problem.Invalid{"file": unreadable.Message}
	}
	if _, err := tx.Exec("delete from people_files where organisation_id = $1 and by_id = $2", me.Organisation, me.Person); err != nil {
		return "", err
	}
	columns, err := json.Marshal(in.Columns)
	if err != nil {
		return "", err
	}
	id := tx.NewID()
	_, err = tx.Exec(`
		insert into people_files (organisation_id, id, by_id, name, content, columns, complete, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		me.Organisation, id, me.Person, in.Name, in.Content, string(columns), in.Complete, tx.Now())
	return id, err
}

// PeopleFileOf finds a file that the actor sent in the last day.
func PeopleFileOf(tx *db.Tx, me Actor, id db.ID) (PeopleFile, error) {
	if !me.Administrator {
		return PeopleFile{}, problem.NotFound
	}
	return db.One(tx, func(row db.Row) (PeopleFile, error) {
		f := PeopleFile{ID: id}
		var columns string
		if err := row.Scan(&f.Name, &f.Content, &columns, &f.Complete); err != nil {
			return f, err
		}
		return f, json.Unmarshal([]byte(columns), &f.Columns)
	}, `
		select name, content, columns, complete from people_files
		where organisation_id = $1 and id = $2 and by_id = $3 and made_at > $4`,
		me.Organisation, id, me.Person, tx.Now().Add(-peopleFileKept))
}

// Read reads the file with the columns chosen.
//
// Errors: a *peoplefile.ReadError when nothing in it can be used.
func (f PeopleFile) Read(tx *db.Tx) (*peoplefile.File, error) {
	return peoplefile.Read(bytes.NewReader(f.Content), peoplefile.Options{
		Map: f.Columns, Today: civil.In(tx.Now(), time.UTC), MaxRows: mostPeopleInFile,
	})
}

// ReadAgain changes how a file that was sent is to be read.
func ReadAgain(tx *db.Tx, me Actor, id db.ID, columns map[string]string, complete bool) error {
	if _, err := PeopleFileOf(tx, me, id); err != nil {
		return err
	}
	text, err := json.Marshal(columns)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`
		update people_files set columns = $1, complete = $2 where organisation_id = $3 and id = $4 and by_id = $5`,
		string(text), complete, me.Organisation, id, me.Person)
	return err
}

// ImportPeopleFile imports a file that was sent, and removes it. Seen is the summary of the
// preview: when the import would do something else by now, nothing is done.
func ImportPeopleFile(tx *db.Tx, me Actor, id db.ID, seen string) error {
	kept, err := PeopleFileOf(tx, me, id)
	if err != nil {
		return err
	}
	f, err := kept.Read(tx)
	if err != nil {
		return problem.Refused(err.Error())
	}
	d, err := Import(tx, me, f, kept.Complete, func(int, int) {})
	if err != nil {
		return err
	}
	if d.Summary() != seen {
		return problem.Refused("People were changed here since you looked. Please look at the differences once more.")
	}
	return RemovePeopleFile(tx, me, id)
}

// RemovePeopleFile removes a file that was sent.
func RemovePeopleFile(tx *db.Tx, me Actor, id db.ID) error {
	if _, err := PeopleFileOf(tx, me, id); err != nil {
		return err
	}
	_, err := tx.Exec("delete from people_files where organisation_id = $1 and id = $2 and by_id = $3", me.Organisation, id, me.Person)
	return err
}

// Tidy removes the files that were sent and then left.
func Tidy(tx *db.Tx) error {
	_, err := tx.Exec("delete from people_files where made_at < $1", tx.Now().Add(-peopleFileKept))
	return err
}
