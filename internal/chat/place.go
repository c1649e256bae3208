package chat

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/seal"
)

// Place is where somebody has their notices posted. Of its address the host alone is shown.
type Place struct {
	Service  Service
	Host     string
	Kinds    []string // of notices that are posted
	MadeAt   time.Time
	PostedAt time.Time // the last that was taken; zero: none yet
	FailedAt time.Time // the last that was not; zero: the last was taken
	Failure  string    // why, in our words
	GoneAt   time.Time // nothing is posted any more

	sealed []byte
}

// Input is what somebody says of their place.
type Input struct {
	Service Service
	Address string // empty: the one that is kept
	Kinds   []string
}

// Keep keeps where the actor wants their notices, in the place of what was kept before.
//
// Errors: problem.NotFound for who has left or is nobody, problem.Invalid by field.
func Keep(tx *db.Tx, me org.Actor, key *seal.Key, in Input) error {
	if me.Person == "" || me.Left {
		return problem.NotFound
	}
	had, err := Mine(tx, me)
	if err != nil && !errors.Is(err, problem.NotFound) {
		return err
	}
	address := strings.TrimSpace(in.Address)
	wrong := problem.Invalid{}
	wrong.Check(slices.Contains(Services, in.Service), "service", "Please choose one of these.")
	wrong.Check(address != "" || had.Host != "", "address", "Please paste the address.")
	var host string
	if address != "" {
		settings, err := SettingsOf(tx, me)
		if err != nil {
			return err
		}
		var says string
		if host, says = settings.check(address); says != "" {
			wrong["address"] = says
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if address == "" {
		_, err = tx.Exec("update chat_places set service = $1 where organisation_id = $2 and person_id = $3", string(in.Service), me.Organisation, me.Person)
	} else {
		err = put(tx, me, key, in.Service, host, address)
	}
	if err != nil {
		return err
	}
	return errors.Join(keepKinds(tx, me, in.Kinds), happened(tx, me, "chat address kept"))
}

func put(tx *db.Tx, me org.Actor, key *seal.Key, service Service, host, address string) error {
	sealed, err := key.Seal(address, purpose(me))
	if err != nil {
		return err
	}
	_, err = tx.Exec(`
		insert into chat_places (organisation_id, person_id, service, host, sealed, made_at, failure) values ($1, $2, $3, $4, $5, $6, '')
		on conflict (organisation_id, person_id) do update
		set service = $3, host = $4, sealed = $5, made_at = $6, posted_at = null, failed_at = null, failure = '', gone_at = null`,
		me.Organisation, me.Person, string(service), host, sealed, tx.Now())
	return err
}

// purpose keeps one person's address from being opened as another's.
func purpose(me org.Actor) string { return "chat " + string(me.Organisation) + " " + string(me.Person) }

func keepKinds(tx *db.Tx, me org.Actor, kinds []string) error {
	if _, err := tx.Exec("delete from chat_kinds where organisation_id = $1 and person_id = $2", me.Organisation, me.Person); err != nil {
		return err
	}
	var rows [][]any
	for _, kind := range kinds {
		rows = append(rows, []any{me.Organisation, me.Person, kind})
	}
	return db.Repeat(tx, `
		insert into chat_kinds (organisation_id, person_id, kind) values ($1, $2, $3)
		on conflict (organisation_id, person_id, kind) do nothing`, rows)
}

func happened(tx *db.Tx, me org.Actor, kind string) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: event.Thing{Kind: "person", ID: me.Person}})
}

// Mine is the actor's place. Errors: problem.NotFound where there is none.
func Mine(tx *db.Tx, me org.Actor) (Place, error) {
	p, err := db.One(tx, func(row db.Row) (Place, error) {
		var p Place
		err := row.Scan(&p.Service, &p.Host, &p.sealed, &p.MadeAt, &p.PostedAt, &p.FailedAt, &p.Failure, &p.GoneAt)
		return p, err
	}, `
		select service, host, sealed, made_at, posted_at, failed_at, failure, gone_at from chat_places
		where organisation_id = $1 and person_id = $2`, me.Organisation, me.Person)
	if err != nil {
		return p, err
	}
	p.Kinds, err = db.List(tx, db.Scanned[string], "select kind from chat_kinds where organisation_id = $1 and person_id = $2", me.Organisation, me.Person)
	return p, err
}

// Remove forgets the actor's place.
func Remove(tx *db.Tx, me org.Actor) error {
	if me.Person == "" || me.Left {
		return problem.NotFound
	}
	return errors.Join(Forget(tx, me), happened(tx, me, "chat address removed"))
}

// Wants tells whether the actor has notices of a kind posted, and may.
func Wants(tx *db.Tx, me org.Actor, kind string) (bool, error) {
	p, err := Mine(tx, me)
	if errors.Is(err, problem.NotFound) || err == nil && !slices.Contains(p.Kinds, kind) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return p.open(tx, me)
}

// open tells whether anything may be posted there now.
func (p Place) open(tx *db.Tx, me org.Actor) (bool, error) {
	settings, err := SettingsOf(tx, me)
	return p.GoneAt.IsZero() && !me.Left && settings.Allows(p.Host), err
}

// Address is the actor's place with its address, to post there now.
//
// Errors: problem.NotFound where there is none, or nothing may be posted there any more; seal.ErrOther.
func Address(tx *db.Tx, me org.Actor, key *seal.Key) (Place, string, error) {
	p, err := Mine(tx, me)
	if err != nil {
		return p, "", err
	}
	switch may, err := p.open(tx, me); {
	case err != nil:
		return p, "", err
	case !may:
		return p, "", problem.NotFound
	}
	address, err := key.Open(p.sealed, purpose(me))
	return p, address, err
}

// Note keeps how posting to a place went, and tells whether it has just been found to take nothing any
// more. An address that was changed meanwhile is another place.
func Note(tx *db.Tx, me org.Actor, p Place, failed error) (lost bool, err error) {
	const there = " where organisation_id = $1 and person_id = $2 and made_at = $3 and gone_at is null"
	var f failure
	if !errors.As(failed, &f) {
		_, err = tx.Exec("update chat_places set posted_at = $4, failed_at = null, failure = ''"+there, me.Organisation, me.Person, p.MadeAt, tx.Now())
		return false, err
	}
	set := "failed_at = $4, failure = $5"
	if f.gone {
		set += ", gone_at = $4"
	}
	n, err := tx.Exec("update chat_places set "+set+there, me.Organisation, me.Person, p.MadeAt, tx.Now(), f.words)
	return n > 0 && f.gone, err
}

// Forget removes what is kept of the actor's place.
func Forget(tx *db.Tx, me org.Actor) error {
	return tx.ExecEach([]string{
		"delete from chat_kinds where organisation_id = $1 and person_id = $2",
		"delete from chat_places where organisation_id = $1 and person_id = $2",
	}, me.Organisation, me.Person)
}
