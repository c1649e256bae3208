package nets

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
)

// failed is a job of an organisation that came to nothing, for an administrator to look at.
func failed(tx *db.Tx, organisation db.ID) (db.ID, error) {
	key := string(tx.NewID())
	if err := job.Enqueue(tx, "notice", key, tx.Now(), job.Args{"organisation": organisation}); err != nil {
		return "", err
	}
	if _, err := tx.Exec("update jobs set failed_at = $1, failure = 'It took too long.' where key = $2", tx.Now(), "notice "+key); err != nil {
		return "", err
	}
	return db.One(tx, db.Scanned[db.ID], "select id from jobs where key = $1", "notice "+key)
}

// comeToNothing gives the administrator of the stage a job that was given up.
func (s *stage) comeToNothing(tx *db.Tx) error {
	id, err := failed(tx, s.actors[admin].Organisation)
	s.things["job"] = thing{id: id, owner: admin, theirs: true}
	token, err2 := offToken(tx, s.actors[owner].Organisation, s.actors[owner].Person)
	s.things["token of a mail"] = thing{id: token} // whoever holds it
	return errors.Join(err, err2)
}

func offToken(tx *db.Tx, organisation, person db.ID) (db.ID, error) {
	token, err := mail.Off{Kind: "shared", Organisation: organisation, Receiver: person}.SignFirst(tx)
	return db.ID(token), err
}

// comeToNothing gives an administrator of the world a job that was given up.
func (w *world) comeToNothing(t testing.TB, who int) {
	w.do(t, func(tx *db.Tx) error {
		id, err := failed(tx, w.people[who].Organisation)
		w.keep("job", id, who)
		token, err2 := offToken(tx, w.people[who].Organisation, w.people[who].Person)
		w.keep("token of a mail", token, -1)
		return errors.Join(err, err2)
	})
}
