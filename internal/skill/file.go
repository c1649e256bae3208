package skill

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/skillfile"
)

// File is a list that an administrator sent, between its preview and its import. They alone see it.
type File struct {
	ID      db.ID
	Name    string
	Content []byte
	Columns map[string]string // chosen by hand, by field; see skillfile.Options
}

const fileKept = 24 * time.Hour

// KeepFile keeps a list to be looked at before it is brought in. An earlier one of the same administrator is
// removed. Administrators only.
//
// Errors: problem.Invalid at "file" when nothing in it can be used.
func KeepFile(tx *db.Tx, me org.Actor, in File) (db.ID, error) {
	if err := mayKeep(me); err != nil {
		return "", err
	}
	var unreadable *skillfile.ReadError
	if _, err := in.Read(); errors.As(err, &unreadable) && len(unreadable.Header) == 0 {
		return "", problem.Invalid{"file": unreadable.Message}
	} else if err != nil && unreadable == nil {
		return "", err
	}
	if _, err := tx.Exec("delete from skill_files where organisation_id = $1 and by_id = $2", me.Organisation, me.Person); err != nil {
		return "", err
	}
	id := tx.NewID()
	_, err := tx.Exec(`
		insert into skill_files (organisation_id, id, by_id, name, content, columns, made_at)
		values ($1, $2, $3, $4, $5, '{}', $6)`, me.Organisation, id, me.Person, in.Name, in.Content, tx.Now())
	return id, err
}

// FileByID finds a list that the actor sent in the last day.
func FileByID(tx *db.Tx, me org.Actor, id db.ID) (File, error) {
	if err := mayKeep(me); err != nil {
		return File{}, err
	}
	return db.One(tx, func(row db.Row) (File, error) {
		f := File{ID: id}
		var columns string
		if err := row.Scan(&f.Name, &f.Content, &columns); err != nil {
			return f, err
		}
		return f, json.Unmarshal([]byte(columns), &f.Columns)
	}, `
		select name, content, columns from skill_files
		where organisation_id = $1 and id = $2 and by_id = $3 and made_at > $4`,
		me.Organisation, id, me.Person, tx.Now().Add(-fileKept))
}

// Read reads the list with the columns chosen.
//
// Errors: a *skillfile.ReadError when nothing in it can be used.
func (f File) Read() (*skillfile.File, error) {
	return skillfile.Read(bytes.NewReader(f.Content), skillfile.Options{Map: f.Columns})
}

// ReadFileAgain changes how a list that was sent is to be read.
func ReadFileAgain(tx *db.Tx, me org.Actor, id db.ID, columns map[string]string) error {
	if _, err := FileByID(tx, me, id); err != nil {
		return err
	}
	text, err := json.Marshal(columns)
	if err != nil {
		return err
	}
	_, err = tx.Exec("update skill_files set columns = $1 where organisation_id = $2 and id = $3 and by_id = $4", string(text), me.Organisation, id, me.Person)
	return err
}

// ImportFile brings a list in that was sent, and removes it. Seen is the summary of the preview: when the import would
// do something else by now, nothing is done.
func ImportFile(tx *db.Tx, me org.Actor, id db.ID, seen string) error {
	kept, err := FileByID(tx, me, id)
	if err != nil {
		return err
	}
	f, err := kept.Read()
	if err != nil {
		return problem.Refused(err.Error())
	}
	d, err := Import(tx, me, f, func(int, int) {})
	if err != nil {
		return err
	}
	if d.Summary() != seen {
		return problem.Refused("The list was changed here since you looked. Please look at the differences once more.")
	}
	return RemoveFile(tx, me, id)
}

// RemoveFile removes a list that was sent.
func RemoveFile(tx *db.Tx, me org.Actor, id db.ID) error {
	if _, err := FileByID(tx, me, id); err != nil {
		return err
	}
	_, err := tx.Exec("delete from skill_files where organisation_id = $1 and id = $2 and by_id = $3", me.Organisation, id, me.Person)
	return err
}

// Tidy removes the lists that were sent and then left.
func Tidy(tx *db.Tx) error {
	_, err := tx.Exec("delete from skill_files where made_at < $1", tx.Now().Add(-fileKept))
	return err
}

// Forget removes the list that the actor sent, for good; of who is alone, the whole list.
func Forget(tx *db.Tx, me org.Actor) error {
	gone := []string{"delete from skill_files where organisation_id = $1 and by_id = $2"}
	o, err := org.Of(tx, me)
	if err != nil {
		return err
	}
	if o.Alone {
		gone = append(gone,
			"delete from skill_words where organisation_id = $1 and cast($2 as text) is not null",
			"delete from skill_names where organisation_id = $1 and cast($2 as text) is not null",
			"delete from skill_entries where organisation_id = $1 and cast($2 as text) is not null")
	}
	for _, text := range gone {
		if _, err := tx.Exec(text, me.Organisation, me.Person); err != nil {
			return err
		}
	}
	return nil
}
