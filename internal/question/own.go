package question

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Kept is a card that a person wrote for themselves, or an administrator for the organisation. It
// goes by its id; the name in its front matter is for the cards that lead to it.
type Kept struct {
	ID        db.ID
	Ours      bool // the organisation's: everybody sees it, administrators change it
	Name      string
	Text      string // the whole file; "" in a list
	Title     string
	Stage     Stage
	For       []Audience
	By        Asker
	Revision  int64
	CreatedAt time.Time
}

// Thing is the card as something that can happen to.
func (k Kept) Thing() event.Thing { return event.Thing{Kind: "question card", ID: k.ID} }

// versions is the card as what earlier texts are kept of: those of the organisation's belong to nobody.
func (k Kept) versions() event.Thing {
	if k.Ours {
		return event.Thing{Kind: "card for everybody", ID: k.ID}
	}
	return k.Thing()
}

// CanChange tells whether the actor may change or remove the card.
func (k Kept) CanChange(me org.Actor) bool { return !me.Left && (!k.Ours || me.Administrator) }

// Card reads the card. What was taken once is read as it is, also where a rule came later.
func (k Kept) Card() Card {
	c, _ := ParseOwn(k.Name+".md", []byte(k.Text))
	c.ID, c.Own = string(k.ID), true
	return c
}

const (
	mostOwnCards = 200 // of one person
	mostOurCards = 500 // of an organisation
	mostCardText = 20_000
)

// Check reads a card that somebody writes: with what is wrong with it, line by line, also with
// where it leads and with its name.
func Check(tx *db.Tx, me org.Actor, lib *Library, text string, id db.ID, ours bool) (Card, []Fault, error) {
	c, faults := ParseOwn("", []byte(text))
	if len(text) > mostCardText {
		return c, []Fault{{Reason: fmt.Sprintf("the card is longer than %d characters: a card is a page of text", mostCardText)}}, nil
	}
	if c.ID == "" {
		return c, faults, nil
	}
	all, err := KeptCards(tx, me)
	if err != nil {
		return c, nil, err
	}
	isHere := func(name string) bool {
		_, known := lib.ByID(name)
		return known || slices.ContainsFunc(all, func(k Kept) bool { return k.Name == name && (k.Ours || !ours) })
	}
	if _, taken := lib.ByID(c.ID); taken || slices.ContainsFunc(all, func(k Kept) bool { return k.Name == c.ID && k.Ours == ours && k.ID != id }) {
		faults = append(faults, Fault{Line: c.idLine, Reason: fmt.Sprintf("id %q is taken by another card: choose another", c.ID)})
	}
	for _, next := range c.Next {
		if !isHere(next) && next != c.ID {
			faults = append(faults, Fault{Line: c.nextLine, Reason: fmt.Sprintf("next leads to %q, and there is no such card: mend the id or leave it out", next)})
		}
	}
	slices.SortStableFunc(faults, func(a, b Fault) int { return a.Line - b.Line })
	return c, faults, nil
}

// SayFaults puts what is wrong with a card into the words of a form.
func SayFaults(faults []Fault) string {
	said := make([]string, len(faults))
	for i, f := range faults {
		said[i] = f.Reason + "."
		if f.Line > 0 {
			said[i] = fmt.Sprintf("Line %d: %s.", f.Line, f.Reason)
		}
	}
	return strings.Join(said, " ")
}

// Keep takes a card: for the actor alone, or by an administrator for everybody in the
// organisation.
//
// Errors: problem.NotFound for a card of the organisation by somebody else, problem.Invalid with
// what is wrong, problem.TooMany.
func Keep(tx *db.Tx, me org.Actor, lib *Library, text string, ours bool) (Kept, error) {
	k := Kept{ID: tx.NewID(), Ours: ours, Text: tidyCard(text), Revision: 1, CreatedAt: tx.Now()}
	if err := mayKeep(me, ours); err != nil {
		return k, err
	}
	if err := k.read(tx, me, lib); err != nil {
		return k, err
	}
	all, err := KeptCards(tx, me)
	if err != nil {
		return k, err
	}
	n := len(slices.DeleteFunc(all, func(other Kept) bool { return other.Ours != ours }))
	if ours && n >= mostOurCards || !ours && n >= mostOwnCards {
		return k, problem.TooMany("There is no room for another card. Remove one that nobody asks any more.")
	}
	if err := k.insert(tx, me); err != nil {
		return k, err
	}
	return k, k.happened(tx, me, "question card kept")
}

func mayKeep(me org.Actor, ours bool) error {
	if !ours {
		return mayWrite(me)
	}
	if !me.Administrator || me.Left {
		return problem.NotFound
	}
	return nil
}

func tidyCard(text string) string {
	return strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\ufffd"))
}

// read takes what a list shows from the text, or says what is wrong with it.
func (k *Kept) read(tx *db.Tx, me org.Actor, lib *Library) error {
	c, faults, err := Check(tx, me, lib, k.Text, k.ID, k.Ours)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return problem.Invalid{"text": SayFaults(faults)}
	}
	k.Name, k.Title, k.Stage, k.For, k.By = c.ID, c.Title(), c.Stage, c.For, c.By
	return nil
}

func (k Kept) askedOf() string {
	said := " "
	for _, a := range k.For {
		said += string(a) + " "
	}
	return said
}

func (k Kept) owner(me org.Actor) db.ID {
	if k.Ours {
		return ""
	}
	return me.Person
}

func (k Kept) insert(tx *db.Tx, me org.Actor) error {
	_, err := tx.Exec(`
		insert into question_cards (organisation_id, id, owner_id, name, text, stage, asked_of, asker, title, revision, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		me.Organisation, k.ID, k.owner(me), k.Name, k.Text, string(k.Stage), k.askedOf(), string(k.By), k.Title, k.Revision, k.CreatedAt)
	return err
}

func (k Kept) happened(tx *db.Tx, me org.Actor, kind string) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: k.Thing()})
}

// ChangeKept gives a card another text.
//
// Errors: problem.NotFound, problem.Conflict when it was changed meanwhile, problem.Invalid.
func ChangeKept(tx *db.Tx, me org.Actor, lib *Library, id db.ID, revision int64, text string) error {
	k, err := changeable(tx, me, id)
	if err != nil {
		return err
	}
	text = tidyCard(text)
	if text == k.Text {
		return nil
	}
	if revision != k.Revision {
		return &problem.Conflict{Revision: k.Revision, Theirs: map[string]string{"text": k.Text}, Mine: map[string]string{"text": text}}
	}
	was := k
	k.Text, k.Revision = text, k.Revision+1
	if err := k.read(tx, me, lib); err != nil {
		return err
	}
	if err := org.KeepRevision(tx, me, was.versions(), was.Revision, map[string]string{"text": was.Text}); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update question_cards set name = $3, text = $4, stage = $5, asked_of = $6, asker = $7, title = $8, revision = $9
		where organisation_id = $1 and id = $2`,
		me.Organisation, k.ID, k.Name, k.Text, string(k.Stage), k.askedOf(), string(k.By), k.Title, k.Revision); err != nil {
		return err
	}
	return k.happened(tx, me, "question card changed")
}

// RemoveKept takes a card away. What was asked with it stays.
func RemoveKept(tx *db.Tx, me org.Actor, id db.ID) error {
	k, err := changeable(tx, me, id)
	if err != nil {
		return err
	}
	if _, err := tx.Exec("delete from revisions where organisation_id = $1 and thing_kind = $2 and thing_id = $3", me.Organisation, k.versions().Kind, id); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from question_cards where organisation_id = $1 and id = $2", me.Organisation, id); err != nil {
		return err
	}
	return k.happened(tx, me, "question card removed")
}

// Earlier lists how a card read before it was changed, the last replaced first, to whoever may change
// it; nobody else finds it.
func Earlier(tx *db.Tx, me org.Actor, id db.ID) ([]org.Revision, error) {
	k, err := changeable(tx, me, id)
	if err != nil {
		return nil, err
	}
	return org.UnscopedRevisions(tx, me.Organisation, k.versions())
}

// changeable finds a card that the actor may change.
func changeable(tx *db.Tx, me org.Actor, id db.ID) (Kept, error) {
	if err := mayWrite(me); err != nil {
		return Kept{}, err
	}
	k, err := KeptByID(tx, me, id)
	if err == nil && !k.CanChange(me) {
		return Kept{}, problem.NotFound
	}
	return k, err
}

func scanKept(row db.Row) (Kept, error) {
	var k Kept
	var owner db.ID
	var stage, askedOf, by string
	err := row.Scan(&k.ID, &owner, &k.Name, &k.Text, &stage, &askedOf, &by, &k.Title, &k.Revision, &k.CreatedAt)
	k.Ours, k.Stage, k.By = owner == "", Stage(stage), Asker(by)
	for _, a := range strings.Fields(askedOf) {
		k.For = append(k.For, Audience(a))
	}
	return k, err
}

const keptColumns = "id, owner_id, name, text, stage, asked_of, asker, title, revision, created_at"

// KeptByID finds a card of the actor's or the organisation's.
func KeptByID(tx *db.Tx, me org.Actor, id db.ID) (Kept, error) {
	return db.One(tx, scanKept, "select "+keptColumns+" from question_cards where organisation_id = $1 and "+keptSeen+" and id = $4",
		me.Organisation, me.Person, whoIsIn(me), id)
}

// KeptCards lists the cards of the actor and of the organisation, without their texts, in the
// order in which they were written.
func KeptCards(tx *db.Tx, me org.Actor) ([]Kept, error) {
	// Sorted here: an order by id makes SQLite walk through everybody's.
	list, err := db.List(tx, scanKept, `
		select id, owner_id, name, '', stage, asked_of, asker, title, revision, created_at from question_cards
		where organisation_id = $1 and owner_id = $2
		union all
		select id, owner_id, name, '', stage, asked_of, asker, title, revision, created_at from question_cards
		where organisation_id = $1 and owner_id is null and cast($3 as text) <> ''`, me.Organisation, me.Person, whoIsIn(me))
	slices.SortFunc(list, func(a, b Kept) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return list, err
}

// keptSeen narrows cards to those of the actor ($2), and of the organisation for who is in it ($3).
const keptSeen = "(owner_id = $2 or owner_id is null and cast($3 as text) <> '')"

func whoIsIn(me org.Actor) string {
	if me.Left {
		return ""
	}
	return "in"
}
