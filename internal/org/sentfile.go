package org

import (
	"encoding/json"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
)

// SentFile is a file that an administrator sent to be looked at, between its preview and its
// import. They alone see it.
type SentFile struct {
	ID       db.ID
	Kind     SentKind
	Name     string
	Content  []byte
	Columns  map[string]string // chosen by hand, by field
	Complete bool              // of people: it names everybody
}

// SentKind is what is in a file that was sent.
type SentKind string

// The kinds. One person has one file of each at a time.
const (
	SentPeople       SentKind = "people"
	SentSkills       SentKind = "skills"
	SentExpectations SentKind = "expectations"
	SentHolidays     SentKind = "holidays"
)

// sentFileKept is how long a file that was sent is kept.
const sentFileKept = 24 * time.Hour

// KeepSentFile keeps a file to be looked at before it is imported; an earlier one of the same
// kind that the actor sent is removed. Whether it can be read is for the caller to see first.
// Administrators only.
func KeepSentFile(tx *db.Tx, me Actor, in SentFile) (db.ID, error) {
	if !me.Administrator || me.Left || me.Person == "" {
		return "", problem.NotFound
	}
	columns, err := json.Marshal(in.Columns)
	if err != nil {
		return "", err
	}
	if _, err := tx.Exec("delete from sent_files where organisation_id = $1 and by_id = $2 and kind = $3", me.Organisation, me.Person, string(in.Kind)); err != nil {
		return "", err
	}
	id := tx.NewID()
	return id, db.Put(tx, "sent_files", "organisation_id, id, by_id, kind, name, content, columns, complete, made_at",
		me.Organisation, id, me.Person, string(in.Kind), in.Name, in.Content, string(columns), in.Complete, tx.Now())
}

// SentFileByID finds a file of that kind that the actor sent in the last day.
func SentFileByID(tx *db.Tx, me Actor, kind SentKind, id db.ID) (SentFile, error) {
	if !me.Administrator || me.Left {
		return SentFile{}, problem.NotFound
	}
	return db.One(tx, func(row db.Row) (SentFile, error) {
		f := SentFile{ID: id, Kind: kind}
		var columns string
		if err := row.Scan(&f.Name, &f.Content, &columns, &f.Complete); err != nil {
			return f, err
		}
		return f, json.Unmarshal([]byte(columns), &f.Columns)
	}, `
		select name, content, columns, complete from sent_files
		where organisation_id = $1 and id = $2 and by_id = $3 and kind = $4 and made_at > $5`,
		me.Organisation, id, me.Person, string(kind), tx.Now().Add(-sentFileKept))
}

// ReadSentFileAgain changes how a file that was sent is to be read.
func ReadSentFileAgain(tx *db.Tx, me Actor, kind SentKind, id db.ID, columns map[string]string, complete bool) error {
	if _, err := SentFileByID(tx, me, kind, id); err != nil {
		return err
	}
	text, err := json.Marshal(columns)
	if err != nil {
		return err
	}
	_, err = tx.Exec("update sent_files set columns = $1, complete = $2 where organisation_id = $3 and id = $4 and by_id = $5",
		string(text), complete, me.Organisation, id, me.Person)
	return err
}

// Imported ends a file after its import. Seen is the summary of the preview, did that of the
// import: when they are not the same, something changed here meanwhile, and nothing is done.
func (f SentFile) Imported(tx *db.Tx, me Actor, seen, did string) error {
	if did != seen {
		return problem.Refused("Something was changed here since you looked. Please look at the differences once more.")
	}
	return RemoveSentFile(tx, me, f.Kind, f.ID)
}

// RemoveSentFile removes a file that was sent.
func RemoveSentFile(tx *db.Tx, me Actor, kind SentKind, id db.ID) error {
	if _, err := SentFileByID(tx, me, kind, id); err != nil {
		return err
	}
	_, err := tx.Exec("delete from sent_files where organisation_id = $1 and id = $2 and by_id = $3", me.Organisation, id, me.Person)
	return err
}

// Tidy removes the files that were sent and then left.
func Tidy(tx *db.Tx) error {
	_, err := tx.Exec("delete from sent_files where made_at < $1", tx.Now().Add(-sentFileKept))
	return err
}
