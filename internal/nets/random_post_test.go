package nets

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/chat"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/seal"
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
	err = errors.Join(err, err2, chatAllowed(tx, s.actors[admin]), chatAllowed(tx, s.actors[adminThere]))
	for _, who := range s.actors {
		if !who.Left && who.Person != "" {
			err = errors.Join(err, chat.Keep(tx, who, anyKey, chat.Input{Service: chat.Slack, Address: "https://hooks.slack.com/services/x"}))
		}
	}
	return err
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
		return errors.Join(err, err2, chatAllowed(tx, w.people[who]), w.chats(tx, who))
	})
}

var anyKey = seal.FromSecret("the key of a world that is random")

// chatAllowed lets the people of an organisation have their notices posted elsewhere too.
func chatAllowed(tx *db.Tx, by org.Actor) error {
	stands, err := chat.SettingsOf(tx, by)
	if err != nil || stands.Allowed {
		return err
	}
	return chat.Set(tx, by, stands.Revision, chat.Settings{Allowed: true, Hosts: chat.Usual})
}

// chats keeps an address of somebody's, the secret part of which no page shows to anybody.
func (w *world) chats(tx *db.Tx, who int) error {
	stranger := 0 // for whom nobody writes here: not even the owner is shown it again
	if who < here {
		stranger = here
	}
	address := "https://hooks.slack.com/services/" + w.plant(mark{owner: stranger}).text
	return chat.Keep(tx, w.people[who], anyKey, chat.Input{Service: chat.Slack, Address: address, Kinds: []string{"asked"}})
}
