package expectation

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/ladderfile"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// File is a file of expectations that an administrator sent, between its preview and its import.
// They alone see it.
type File struct {
	ID      db.ID
	Name    string
	Content []byte
}

// fileKept is how long a file that was sent is kept.
const fileKept = 24 * time.Hour

// KeepFile keeps a file to be looked at before it is imported. An earlier one of the same
// administrator is removed. Administrators only.
//
// Errors: a *ladderfile.ReadError when the file is refused.
func KeepFile(tx *db.Tx, me org.Actor, in File) (db.ID, error) {
	if !me.Administrator || me.Person == "" {
		return "", problem.NotFound
	}
	if _, err := in.Read(); err != nil {
		return "", err
	}
	if _, err := tx.Exec("delete from expectation_files where organisation_id = $1 and by_id = $2", me.Organisation, me.Person); err != nil {
		return "", err
	}
	id := tx.NewID()
	_, err := tx.Exec("insert into expectation_files (organisation_id, id, by_id, name, content, made_at) values ($1, $2, $3, $4, $5, $6)",
		me.Organisation, id, me.Person, in.Name, in.Content, tx.Now())
	return id, err
}

// FileByID finds a file that the actor sent in the last day.
func FileByID(tx *db.Tx, me org.Actor, id db.ID) (File, error) {
	if !me.Administrator {
		return File{}, problem.NotFound
	}
	return db.One(tx, func(row db.Row) (File, error) {
		f := File{ID: id}
		err := row.Scan(&f.Name, &f.Content)
		return f, err
	}, `
		select name, content from expectation_files
		where organisation_id = $1 and id = $2 and by_id = $3 and made_at > $4`,
		me.Organisation, id, me.Person, tx.Now().Add(-fileKept))
}

// Read reads the file.
func (f File) Read() (*ladderfile.File, error) { return ladderfile.Read(f.Name, f.Content) }

// ImportFile imports a file that was sent, and removes it. Seen is the summary of the preview:
// when the import would do something else by now, nothing is done.
func ImportFile(tx *db.Tx, me org.Actor, id db.ID, seen string) error {
	kept, err := FileByID(tx, me, id)
	if err != nil {
		return err
	}
	f, err := kept.Read()
	if err != nil {
		return problem.Refused(err.Error())
	}
	d, err := Import(tx, me, f, kept.Name, func(int, int) {})
	if err != nil {
		return err
	}
	if d.Summary() != seen {
		return problem.Refused("Expectations were changed here since you looked. Please look at the differences once more.")
	}
	return RemoveFile(tx, me, id)
}

// RemoveFile removes a file that was sent.
func RemoveFile(tx *db.Tx, me org.Actor, id db.ID) error {
	if _, err := FileByID(tx, me, id); err != nil {
		return err
	}
	_, err := tx.Exec("delete from expectation_files where organisation_id = $1 and id = $2 and by_id = $3", me.Organisation, id, me.Person)
	return err
}

// Tidy removes the files that were sent and then left.
func Tidy(tx *db.Tx) error {
	_, err := tx.Exec("delete from expectation_files where made_at < $1", tx.Now().Add(-fileKept))
	return err
}
