package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/winfile"
)

// Import is a file of wins that somebody has elsewhere.
type Import struct {
	Content []byte
	Name    string
	Author  string // of a history: the name or address that they commit with, where it holds others too
	Again   bool   // what they dropped before is offered once more
}

// Imported is what the last import of somebody said.
type Imported struct {
	Found, Known, Passed, Others, More int64
	Problems                           []winfile.Problem
	MadeAt                             time.Time
}

// ImportWins reads a file and offers what it finds as drafts, for the actor alone. What was offered
// before, and what they have as a win, is left out.
//
// Errors: problem.Invalid at "file" when nothing in it can be used.
func ImportWins(tx *db.Tx, me org.Actor, in Import) (Imported, error) {
	if err := mayWrite(me); err != nil {
		return Imported{}, err
	}
	p, err := org.Me(tx, me)
	if err != nil {
		return Imported{}, err
	}
	offered, err := offers(tx, me)
	if err != nil {
		return Imported{}, err
	}
	o := winfile.Options{Name: in.Name, Today: civil.In(tx.Now(), me.Zone), Me: []string{p.Name, p.Email}, Known: func(key string) bool {
		became, known := offered[digestOf(me, key)]
		return known && !(in.Again && became == "dropped")
	}}
	if author := strings.TrimSpace(in.Author); author != "" {
		o.Authors = []string{author}
	}
	f, err := winfile.Read(in.Content, o)
	var unreadable *winfile.ReadError
	if errors.As(err, &unreadable) {
		return Imported{}, problem.Invalid{"file": unreadable.Message}
	}
	if err != nil {
		return Imported{}, err
	}
	if err := leaveOutWhatStands(tx, me, f); err != nil {
		return Imported{}, err
	}
	return offer(tx, me, f)
}

// digestOf names a key without its words.
func digestOf(me org.Actor, key string) string {
	sum := sha256.Sum256([]byte(string(me.Person) + "\n" + key))
	return hex.EncodeToString(sum[:16])
}

// offers are the digests of what was offered before, with what became of it.
func offers(tx *db.Tx, me org.Actor) (map[string]string, error) {
	type one struct{ digest, became string }
	all, err := db.List(tx, func(row db.Row) (one, error) {
		var o one
		err := row.Scan(&o.digest, &o.became)
		return o, err
	}, "select digest, became from win_offers where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person)
	known := map[string]string{}
	for _, o := range all {
		known[o.digest] = o.became
	}
	return known, err
}

// leaveOutWhatStands leaves out what is a win or a draft already, in the same words on the same day,
// or in the same words where the file says no day.
func leaveOutWhatStands(tx *db.Tx, me org.Actor, f *winfile.File) error {
	stands := map[string]bool{}
	if _, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var day civil.Date
		var what string
		err := row.Scan(&day, &what)
		stands[winfile.Same(what)], stands[day.String()+" "+winfile.Same(what)] = true, true
		return struct{}{}, err
	}, `
		select day, what from wins where organisation_id = $1 and owner_id = $2
		union all
		select day, what from win_drafts where organisation_id = $1 and owner_id = $2`, me.Organisation, me.Person); err != nil {
		return err
	}
	f.Items = slices.DeleteFunc(f.Items, func(one winfile.Item) bool {
		key := winfile.Same(one.What)
		if !one.Day.IsZero() {
			key = one.Day.String() + " " + key
		}
		if stands[key] {
			f.Known++
		}
		return stands[key]
	})
	return nil
}

// offer keeps what was found as drafts, and what there was to say.
func offer(tx *db.Tx, me org.Actor, f *winfile.File) (Imported, error) {
	said := Imported{
		Found: int64(len(f.Items)), Known: int64(f.Known), Passed: int64(f.Passed), Others: int64(f.Others), More: int64(f.More),
		Problems: f.Problems, MadeAt: tx.Now(),
	}
	waiting, err := DraftsWaiting(tx, me)
	if err != nil {
		return said, err
	}
	if waiting+said.Found > MostDrafts {
		return said, problem.Invalid{"file": "More than two thousand drafts would wait for you then. Look at those that wait first, or import a part."}
	}
	var drafts, keys [][]any
	for _, one := range f.Items {
		id := tx.NewID()
		drafts = append(drafts, []any{me.Organisation, id, me.Person, string(f.Source), one.Topic, one.Day, one.What, one.Effect, one.Figure, one.Link, tx.Now()})
		for _, key := range one.Keys {
			keys = append(keys, []any{me.Organisation, me.Person, digestOf(me, key), id, "draft", tx.Now()})
		}
	}
	if err := db.Insert(tx, "insert into win_drafts (organisation_id, id, owner_id, source, topic, day, what, effect, figure, url, made_at) values", drafts); err != nil {
		return said, err
	}
	if err := noteOffers(tx, me, keys); err != nil {
		return said, err
	}
	return said, said.keep(tx, me)
}

// noteOffers notes what is offered; what was dropped before and is offered again waits again.
func noteOffers(tx *db.Tx, me org.Actor, keys [][]any) error {
	var digests []any
	for _, key := range keys {
		digests = append(digests, key[2])
	}
	const atOnce = 200
	for part := range slices.Chunk(digests, atOnce) {
		args := append([]any{me.Organisation, me.Person}, part...)
		if _, err := tx.Exec("delete from win_offers where organisation_id = $1 and owner_id = $2 and digest in ("+db.Places(3, len(part))+")", args...); err != nil {
			return err
		}
	}
	return db.Insert(tx, "insert into win_offers (organisation_id, owner_id, digest, draft_id, became, at) values", keys)
}

func (i Imported) keep(tx *db.Tx, me org.Actor) error {
	problems, err := json.Marshal(i.Problems)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`
		insert into win_imports (organisation_id, owner_id, found, known, passed, others, more, problems, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		on conflict (organisation_id, owner_id) do update
		set found = $3, known = $4, passed = $5, others = $6, more = $7, problems = $8, made_at = $9`,
		me.Organisation, me.Person, i.Found, i.Known, i.Passed, i.Others, i.More, string(problems), i.MadeAt)
	return err
}

// LastImport is what the actor's last import said; the zero Imported without one.
func LastImport(tx *db.Tx, me org.Actor) (Imported, error) {
	i, err := db.One(tx, func(row db.Row) (Imported, error) {
		var i Imported
		var problems string
		if err := row.Scan(&i.Found, &i.Known, &i.Passed, &i.Others, &i.More, &problems, &i.MadeAt); err != nil {
			return i, err
		}
		return i, json.Unmarshal([]byte(problems), &i.Problems)
	}, `
		select found, known, passed, others, more, problems, made_at from win_imports
		where organisation_id = $1 and owner_id = $2 and made_at > $3`, me.Organisation, me.Person, tx.Now().Add(-DraftsKept))
	if errors.Is(err, problem.NotFound) {
		err = nil
	}
	return i, err
}
