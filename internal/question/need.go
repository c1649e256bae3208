package question

import (
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Need is one of at most three things that a person says when somebody asks them what they need. They
// alone see them, until they send them as a reply.
type Need struct {
	ID       db.ID
	Kind     NeedKind
	Words    string
	Place    int64
	Origin   org.Origin // what it was drafted from: a goal, a skill
	Revision int64
}

// NeedKind is what a need is for. The words are those of an ask.
type NeedKind string

// The kinds.
const (
	NeedMoney      NeedKind = "money"
	NeedTime       NeedKind = "time"
	NeedAssignment NeedKind = "assignment"
	NeedSomeone    NeedKind = "someone's time"
)

// NeedKinds lists the kinds in the order in which forms offer them.
var NeedKinds = []NeedKind{NeedTime, NeedMoney, NeedAssignment, NeedSomeone}

// Title names the kind on a screen.
func (k NeedKind) Title() string {
	return map[NeedKind]string{NeedMoney: "Money", NeedTime: "Time", NeedAssignment: "An assignment", NeedSomeone: "Somebody’s time"}[k]
}

// MostNeeds is how many a person keeps: what is asked in a breath is remembered.
const MostNeeds = 3

const mostNeed = 500

// Thing is the need as something that an ask can come from.
func (n Need) Thing() event.Thing { return event.Thing{Kind: "need", ID: n.ID} }

// Needs lists what the actor needs, the most important first.
func Needs(tx *db.Tx, me org.Actor) ([]Need, error) {
	return db.List(tx, scanNeed, selectNeed+"order by place, id", me.Organisation, me.Person)
}

// NeedByID finds something that the actor needs.
func NeedByID(tx *db.Tx, me org.Actor, id db.ID) (Need, error) {
	return db.One(tx, scanNeed, selectNeed+"and id = $3", me.Organisation, me.Person, id)
}

const selectNeed = `
	select id, kind, words, place, coalesce(origin_kind, ''), origin_id, revision from needs
	where organisation_id = $1 and owner_id = $2 `

func scanNeed(row db.Row) (Need, error) {
	var n Need
	err := row.Scan(&n.ID, &n.Kind, &n.Words, &n.Place, &n.Origin.Kind, &n.Origin.ID, &n.Revision)
	return n, err
}

// AddNeed puts something after what the actor needs already.
//
// Errors: problem.Invalid by field, problem.Refused when there are three.
func AddNeed(tx *db.Tx, me org.Actor, from org.Origin, kind NeedKind, words string) (Need, error) {
	n := Need{Kind: kind, Words: words, Origin: from, Revision: 1}
	if err := mayWrite(me); err != nil {
		return n, err
	}
	if err := n.check(); err != nil {
		return n, err
	}
	all, err := Needs(tx, me)
	if err != nil {
		return n, err
	}
	if len(all) >= MostNeeds {
		return n, problem.Refused("Three are enough to be remembered. Take one away before you add another.")
	}
	n.ID, n.Place = tx.NewID(), 1
	if len(all) > 0 {
		n.Place = all[len(all)-1].Place + 1
	}
	if err := n.insert(tx, me); err != nil {
		return n, err
	}
	return n, n.happened(tx, me, "need added")
}

func (n *Need) check() error {
	wrong := problem.Invalid{}
	n.Words = tidy(wrong, "words", n.Words, mostNeed)
	wrong.Check(n.Words != "", "words", "Please write down what you need.")
	wrong.Check(n.Kind.Title() != "", "kind", "Please choose one of the four.")
	return wrong.Err()
}

func (n Need) insert(tx *db.Tx, me org.Actor) error {
	return db.Put(tx, "needs", "organisation_id, id, owner_id, kind, words, place, origin_kind, origin_id, revision, created_at, changed_at",
		me.Organisation, n.ID, me.Person, string(n.Kind), n.Words, n.Place, db.ID(n.Origin.Kind), n.Origin.ID, n.Revision, tx.Now(), tx.Now())
}

func (n Need) happened(tx *db.Tx, me org.Actor, kind string) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: n.Thing()})
}

// ChangeNeed replaces something that the actor needs. The revision is the one on which the edit was made.
//
// Errors: problem.NotFound, problem.Conflict, problem.Invalid by field.
func ChangeNeed(tx *db.Tx, me org.Actor, id db.ID, revision int64, kind NeedKind, words string) error {
	was, err := myNeed(tx, me, id)
	if err != nil {
		return err
	}
	n := was
	n.Kind, n.Words = kind, words
	if err := n.check(); err != nil || n == was {
		return err
	}
	if revision != was.Revision {
		return &problem.Conflict{Revision: was.Revision, Theirs: was.fields(), Mine: n.fields()}
	}
	if err := org.KeepRevision(tx, me, was.Thing(), was.Revision, was.fields()); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update needs set kind = $1, words = $2, revision = revision + 1, changed_at = $3
		where organisation_id = $4 and owner_id = $5 and id = $6`, string(n.Kind), n.Words, tx.Now(), me.Organisation, me.Person, id); err != nil {
		return err
	}
	return n.happened(tx, me, "need changed")
}

func (n Need) fields() map[string]string {
	return map[string]string{"kind": string(n.Kind), "words": n.Words}
}

// RaiseNeed puts something before what stands above it.
func RaiseNeed(tx *db.Tx, me org.Actor, id db.ID) error {
	n, err := myNeed(tx, me, id)
	if err != nil {
		return err
	}
	all, err := Needs(tx, me)
	if err != nil {
		return err
	}
	for i, one := range all {
		if one.ID == n.ID && i > 0 {
			above := all[i-1]
			_, err := tx.Exec(`
				update needs set place = case id when $1 then cast($2 as bigint) else cast($3 as bigint) end
				where organisation_id = $4 and owner_id = $5 and id in ($1, $6)`,
				n.ID, above.Place, n.Place, me.Organisation, me.Person, above.ID)
			return err
		}
	}
	return nil
}

// RemoveNeed takes away something that the actor needs, with its earlier words.
func RemoveNeed(tx *db.Tx, me org.Actor, id db.ID) error {
	n, err := myNeed(tx, me, id)
	if err != nil {
		return err
	}
	if err := org.ForgetRevisions(tx, me, n.Thing()); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from needs where organisation_id = $1 and owner_id = $2 and id = $3", me.Organisation, me.Person, id); err != nil {
		return err
	}
	return n.happened(tx, me, "need removed")
}

func myNeed(tx *db.Tx, me org.Actor, id db.ID) (Need, error) {
	if err := mayWrite(me); err != nil {
		return Need{}, err
	}
	return NeedByID(tx, me, id)
}

// ReplyFrom is what somebody needs as a reply to one who asked: theirs to read and change before it is
// sent. It is empty where they need nothing yet.
func ReplyFrom(needs []Need) string {
	if len(needs) == 0 {
		return ""
	}
	lines := []string{"What would help me most:", ""}
	for i, n := range needs {
		lines = append(lines, strconv.Itoa(i+1)+". "+n.Kind.Title()+": "+n.Words)
	}
	return strings.Join(lines, "\n")
}
