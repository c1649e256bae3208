// Package pitch is how somebody prepares an ask: in eight parts, each of which can be left and
// taken up anywhere. What is written here is its owner's alone and is never sent as such; what
// goes out with an ask is made from it at the moment of sending, and kept by package ask.
package pitch

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Part is one of the eight parts of preparing.
type Part string

// The parts.
const (
	Motive     Part = "motive"
	Exactly    Part = "what"
	Evidence   Part = "evidence"
	Return     Part = "return"
	Objections Part = "objections"
	When       Part = "when"
	Wording    Part = "wording"
	Ready      Part = "ready"
)

// Parts are the parts in their order.
var Parts = []Part{Motive, Exactly, Evidence, Return, Objections, When, Wording, Ready}

// names says of each part which texts it has, and how long each may be. A part puts its own in
// here from its own file.
var names = map[Part]func(name string) (most int){
	Motive:     motiveTexts,
	Exactly:    exactlyTexts,
	Evidence:   evidenceTexts,
	Return:     returnTexts,
	Objections: objectionTexts,
	When:       whenTexts,
	Wording:    wordingTexts,
	Ready:      readyTexts,
}

// Text is something that was written for a part. Its name says what it answers, and is the name
// of its field.
type Text struct {
	ID        db.ID
	Name      string
	Words     string
	Revision  int64 // 0: nothing was ever written
	CreatedAt time.Time
	ChangedAt time.Time
}

func (t Text) thing() event.Thing { return event.Thing{Kind: "pitch text", ID: t.ID} }

// Kind is what else of one's record can go along with an ask, beside wins.
type Kind string

// The kinds.
const (
	Skill     Kind = "skill"
	Criterion Kind = "criterion" // of an earlier ask, with what was shown for it
	Link      Kind = "link"      // of a win
	File      Kind = "file"
)

// Pick is a thing that goes along.
type Pick struct {
	Kind Kind
	ID   db.ID
}

// Pitch is what the owner of an ask has prepared.
type Pitch struct {
	Ask   ask.Ask // as it is being written; where it is out, not as it was sent
	Wins  []db.ID // that go along
	Texts map[string]Text
	Picks []Pick
}

// Words is what was written under a name.
func (p Pitch) Words(name string) string { return p.Texts[name].Words }

// Begun tells whether anything was written or chosen for a part.
func (p Pitch) Begun(part Part) bool {
	switch {
	case part == Exactly && (p.Ask.Kind != "" || p.Ask.Why != ""),
		part == Evidence && len(p.Wins)+len(p.Picks) > 0,
		part == Return && (!p.Ask.Cost.IsZero() || p.Ask.Return != ""):
		return true
	}
	for name, text := range p.Texts {
		if text.Words != "" && names[part](name) > 0 {
			return true
		}
	}
	return false
}

// Of finds what the actor has prepared for an ask of their own. Nobody else reads it.
func Of(tx *db.Tx, me org.Actor, id db.ID) (Pitch, error) {
	a, err := ask.Working(tx, me, id)
	if err != nil {
		return Pitch{}, err
	}
	p := Pitch{Ask: a, Texts: map[string]Text{}}
	if p.Wins, err = ask.Wins(tx, me, id); err != nil {
		return p, err
	}
	texts, err := db.List(tx, scanText, selectText+"where organisation_id = $1 and owner_id = $2 and ask_id = $3", me.Organisation, me.Person, id)
	if err != nil {
		return p, err
	}
	for _, text := range texts {
		p.Texts[text.Name] = text
	}
	p.Picks, err = db.List(tx, func(row db.Row) (Pick, error) {
		var one Pick
		err := row.Scan(&one.Kind, &one.ID)
		return one, err
	}, "select kind, thing_id from pitch_picks where organisation_id = $1 and owner_id = $2 and ask_id = $3 order by kind, thing_id",
		me.Organisation, me.Person, id)
	return p, err
}

const selectText = "select id, name, words, revision, created_at, changed_at from pitch_texts "

func scanText(row db.Row) (Text, error) {
	var t Text
	err := row.Scan(&t.ID, &t.Name, &t.Words, &t.Revision, &t.CreatedAt, &t.ChangedAt)
	return t, err
}

// Typed is a text as a form that saves as one types has it.
type Typed struct {
	Name, Words string
	Revision    int64 // on which it was edited
	Opened      int64 // which stood when the form was opened: what the form itself wrote since is replaced without being kept
}

// Write keeps texts of a part of the actor's. An empty one is kept empty. A pitch can be gone on
// with whatever became of its ask.
//
// Errors: problem.Conflict with the texts by name when one was changed meanwhile, problem.Invalid
// by name.
func Write(tx *db.Tx, me org.Actor, id db.ID, part Part, in []Typed) error {
	p, err := toWrite(tx, me, id)
	if err != nil {
		return err
	}
	of, ok := names[part]
	if !ok {
		return problem.NotFound
	}
	wrong := problem.Invalid{}
	for i, one := range in {
		in[i].Words = strings.TrimSpace(one.Words)
		most := of(one.Name)
		if most == 0 {
			return problem.NotFound
		}
		wrong.Check(utf8.RuneCountInString(in[i].Words) <= most, one.Name, "Please keep this shorter.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	for _, one := range in {
		if err := p.write(tx, me, one); err != nil {
			return err
		}
	}
	return nil
}

// toWrite finds a pitch of the actor's that they may go on with.
func toWrite(tx *db.Tx, me org.Actor, id db.ID) (Pitch, error) {
	p, err := Of(tx, me, id)
	if err == nil && me.Left {
		err = problem.Refused("You have left this organisation. You can read this, and it is in your export.")
	}
	return p, err
}

func (p Pitch) write(tx *db.Tx, me org.Actor, in Typed) error {
	was := p.Texts[in.Name]
	if was.Words == in.Words {
		return nil
	}
	if was.Revision != in.Revision {
		return &problem.Conflict{Revision: was.Revision, Theirs: map[string]string{in.Name: was.Words}, Mine: map[string]string{in.Name: in.Words}}
	}
	if was.Revision == 0 {
		_, err := tx.Exec(`
			insert into pitch_texts (organisation_id, id, owner_id, ask_id, name, words, revision, created_at, changed_at)
			values ($1, $2, $3, $4, $5, $6, 1, $7, $7)`, me.Organisation, tx.NewID(), me.Person, p.Ask.ID, in.Name, in.Words, tx.Now())
		return err
	}
	if was.Revision <= in.Opened {
		if err := org.KeepRevision(tx, me, was.thing(), was.Revision, map[string]string{"words": was.Words}); err != nil {
			return err
		}
	}
	_, err := tx.Exec(`
		update pitch_texts set words = $1, revision = revision + 1, changed_at = $2
		where organisation_id = $3 and owner_id = $4 and id = $5`, in.Words, tx.Now(), me.Organisation, me.Person, was.ID)
	return err
}

// mostPicks is how much of a kind goes along with one ask.
const mostPicks = 50

// Choose adds things to what goes along, and takes others out of it. What is not the actor's goes
// nowhere: it is looked up as theirs when the ask is sent.
func Choose(tx *db.Tx, me org.Actor, id db.ID, add, drop []Pick) error {
	p, err := toWrite(tx, me, id)
	if err != nil {
		return err
	}
	had := map[Pick]bool{}
	for _, one := range p.Picks {
		had[one] = true
	}
	for _, one := range drop {
		delete(had, one)
		if _, err := tx.Exec("delete from pitch_picks where organisation_id = $1 and owner_id = $2 and ask_id = $3 and kind = $4 and thing_id = $5",
			me.Organisation, me.Person, id, string(one.Kind), one.ID); err != nil {
			return err
		}
	}
	var rows [][]any
	for _, one := range add {
		if !had[one] {
			had[one] = true
			rows = append(rows, []any{me.Organisation, me.Person, id, string(one.Kind), one.ID})
		}
	}
	if len(had) > 4*mostPicks {
		return problem.Refuse("Please choose the few that say most: at most %d go along.", 4*mostPicks)
	}
	return db.Insert(tx, "insert into pitch_picks (organisation_id, owner_id, ask_id, kind, thing_id) values", rows)
}

// Remove deletes a draft for good, with all that was prepared for it.
func Remove(tx *db.Tx, me org.Actor, id db.ID) error {
	p, err := Of(tx, me, id)
	if err != nil {
		return err
	}
	for _, text := range p.Texts {
		if err := org.ForgetRevisions(tx, me, text.thing()); err != nil {
			return err
		}
	}
	for _, table := range []string{"pitch_texts", "pitch_picks", "previews"} {
		if _, err := tx.Exec("delete from "+table+" where organisation_id = $1 and owner_id = $2 and ask_id = $3", me.Organisation, me.Person, id); err != nil {
			return err
		}
	}
	return ask.Remove(tx, me, id)
}
