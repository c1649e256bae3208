// Package commitment holds promises: by a named person, to a named person, with a due date and
// a day to look back. Neither side changes one alone, and its history stays.
package commitment

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// State is where a commitment stands.
type State string

// The states. A commitment is proposed or open, or it is settled: then nothing changes any more.
const (
	Proposed State = "proposed" // written down for somebody who has to say yes first
	Open     State = "open"
	Kept     State = "kept"
	Broken   State = "broken"
	Released State = "released"
	Declined State = "declined" // the one who would have promised said no
)

// Commitment is a promise by one party to another.
type Commitment struct {
	ID           db.ID
	By, To       org.Party // who promised, and who receives
	ByLeft       bool      // who promised has left the organisation
	ToLeft       bool
	Keeper       db.ID // keeps both sides, where one is a contact; else empty
	WrittenBy    org.Party
	Words        string
	Due          civil.Date
	CheckIn      civil.Date // the day to look back: did it happen, and did it help? Never before Due
	State        State
	AgreedAt     time.Time  // zero: not yet
	SaidDoneAt   time.Time  // the one who promised says so
	DiffersAt    time.Time  // the receiver sees it otherwise: it is to be talked about
	ByLooked     civil.Date // the day to look back that who promised has answered
	ToLooked     civil.Date // and the receiver
	SettledAt    time.Time
	Origin       org.Origin
	Replaces     db.ID // the promise that ends when this one is taken over
	BroughtAlong bool  // a record from another installation: nothing can be done with it
	CreatedAt    time.Time
	Change       Change // the change that waits for an answer; zero without one
}

// Thing is the commitment as something that can happen to and that things come from.
func (c Commitment) Thing() event.Thing { return event.Thing{Kind: "commitment", ID: c.ID} }

// Input is a promise as it is written down. A party is given by its id; its name is not read.
type Input struct {
	By, To  org.Party
	Words   string
	Due     civil.Date
	CheckIn civil.Date // zero: as ProposeCheckIn says
}

// ProposeCheckIn is the day on which to look back at what was agreed: three months on, or when
// it is due where that is later, and never on a weekend.
func ProposeCheckIn(agreed, due civil.Date) civil.Date {
	day := agreed.AddMonths(3)
	if day.Before(due) {
		day = due
	}
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDays(1)
	}
	return day
}

// Make writes a promise down. What the actor promises is open at once. What they write down as
// somebody else's promise waits, as proposed, for that person's yes; until then it is between
// the two. With a contact the actor keeps both sides, and it is open at once.
//
// Errors: problem.NotFound for a party the actor does not know, problem.Invalid by field.
func Make(tx *db.Tx, me org.Actor, from org.Origin, in Input) (Commitment, error) {
	if me.Left || me.Person == "" {
		return Commitment{}, problem.NotFound
	}
	if err := in.resolve(tx, me); err != nil {
		return Commitment{}, err
	}
	if err := in.check(today(tx, me)); err != nil {
		return Commitment{}, err
	}
	c := Commitment{
		ID: tx.NewID(), By: in.By, To: in.To, WrittenBy: me.Self(), Words: in.Words, Due: in.Due, CheckIn: in.CheckIn,
		State: Proposed, Origin: from, CreatedAt: tx.Now(),
	}
	if in.By.Contact != "" || in.To.Contact != "" {
		if !in.By.Is(me) && !in.To.Is(me) {
			return Commitment{}, problem.Invalid{"to": "A promise with somebody from your contacts is between them and you."}
		}
		c.Keeper = me.Person
	}
	if in.By.Is(me) || c.Keeper != "" {
		c.State, c.AgreedAt = Open, tx.Now()
	}
	if err := c.notTooMany(tx, me); err != nil {
		return c, err
	}
	if err := c.insert(tx, me.Organisation); err != nil {
		return c, err
	}
	if err := c.did(tx, me, Made, "", ""); err != nil {
		return c, err
	}
	if c.State == Proposed {
		return c, c.tell(tx, me, c.By, notice.Proposed)
	}
	if err := c.tell(tx, me, c.To, notice.Shared); err != nil {
		return c, err
	}
	return c, c.remind(tx, me.Organisation)
}

// How many promises of one person stand, and how many that they wrote down for others wait for a
// yes: more would bury those of everybody else.
const (
	mostPromised = 200
	mostProposed = 50
)

func (c Commitment) notTooMany(tx *db.Tx, me org.Actor) error {
	where, most := "by_person_id = $2 and settled_at is null", int64(mostPromised)
	refused := problem.Refused("Two hundred of your promises stand. Keep or renegotiate some before you make another.")
	switch {
	case c.State == Proposed:
		where, most = "written_by_id = $2 and agreed_at is null and settled_at is null", mostProposed
		refused = "Fifty promises that you wrote down for others wait for their yes. Take some back first."
	case !c.By.Is(me):
		return nil // of a contact, whose side the actor keeps
	}
	var standing int64
	if err := tx.Get("select count(*) from commitments where organisation_id = $1 and "+where, me.Organisation, me.Person).Scan(&standing); err != nil {
		return err
	}
	if standing >= most {
		return refused
	}
	return nil
}

// resolve finds both parties and proposes the day to look back where none is given.
func (in *Input) resolve(tx *db.Tx, me org.Actor) error {
	wrong := problem.Invalid{}
	wrong.Check(in.By.String() != "", "by", "Please say who promises.")
	wrong.Check(in.To.String() != "", "to", "Please say to whom.")
	if err := wrong.Err(); err != nil {
		return err
	}
	for _, party := range []*org.Party{&in.By, &in.To} {
		found, err := org.PartyFrom(tx, me, party.String())
		if err != nil {
			return err
		}
		*party = found
	}
	in.Words = strings.TrimSpace(in.Words)
	if in.CheckIn.IsZero() && !in.Due.IsZero() {
		in.CheckIn = ProposeCheckIn(today(tx, me), in.Due)
	}
	return nil
}

func (in Input) check(today civil.Date) error {
	wrong := checkTerms(in.Words, in.Due, in.CheckIn)
	wrong.Check(in.Due.IsZero() || !in.Due.Before(today), "due", "This day has passed. Please choose a day from today on.")
	wrong.Check(in.By.String() != in.To.String(), "to", "A promise needs two: please choose somebody else on one side.")
	return wrong.Err()
}

const mostWords = 1000

// checkTerms looks at what two agree on.
func checkTerms(words string, due, checkIn civil.Date) problem.Invalid {
	wrong := problem.Invalid{}
	wrong.Check(words != "", "words", "Please write down what is promised.")
	wrong.Check(utf8.RuneCountInString(words) <= mostWords, "words", "Please keep it under 1,000 characters: one promise, in a sentence or two.")
	wrong.Check(!due.IsZero(), "due", "Please say by when.")
	wrong.Check(due.IsZero() || !checkIn.Before(due), "check_in", "The day to look back comes on the due date or after it.")
	return wrong
}

func (c Commitment) insert(tx *db.Tx, organisation db.ID) error {
	_, err := tx.Exec(`
		insert into commitments (organisation_id, id, by_person_id, by_contact_id, to_person_id, to_contact_id, keeper_id,
			written_by_id, words, due, check_in, state, agreed_at, said_done_at, differs_at, settled_at,
			origin_kind, origin_id, replaces_id, brought_along, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
		organisation, c.ID, c.By.Person, c.By.Contact, c.To.Person, c.To.Contact, c.Keeper,
		c.WrittenBy.Person, c.Words, c.Due, c.CheckIn, string(c.State), c.AgreedAt, c.SaidDoneAt, c.DiffersAt, c.SettledAt,
		c.Origin.Kind, c.Origin.ID, c.Replaces, c.BroughtAlong, c.CreatedAt)
	return err
}

// tell sends a notice to a party, unless that is the actor or a contact.
func (c Commitment) tell(tx *db.Tx, me org.Actor, who org.Party, kind notice.Kind) error {
	if who.Is(me) {
		return nil
	}
	return notice.Tell(tx, me.Organisation, who.Person, kind, c.Thing(), "")
}

func today(tx *db.Tx, me org.Actor) civil.Date { return civil.In(tx.Now(), me.Zone) }

// originTold is whether the actor, $2, may know what a commitment came from: they wrote it down,
// or it came from something that both sides know.
const originTold = "(c.written_by_id = $2 or c.origin_kind in ('ask', 'conversation', 'commitment'))"

// knownOrigin is what the commitment came from where both sides know it: nobody inherits what was private
// to who wrote it down.
func (c Commitment) knownOrigin() org.Origin {
	switch c.Origin.Kind {
	case "ask", "conversation", "commitment":
		return c.Origin
	}
	return org.Origin{}
}

// selectCommitment joins what most commitments have. The rest of the names is looked up where it is
// needed: seldom is one with a contact, written down by a third, or about to change.
var selectCommitment = `
	select c.id, c.by_person_id, c.by_contact_id, coalesce(bp.name, ` + contactNamed("c.by_contact_id") + `), bp.left_at is not null,
		c.to_person_id, c.to_contact_id, coalesce(tp.name, ` + contactNamed("c.to_contact_id") + `), tp.left_at is not null,
		c.keeper_id, case when c.written_by_contact_id is null then c.written_by_id end, c.written_by_contact_id,
		case when c.written_by_contact_id is not null then ` + contactNamed("c.written_by_contact_id") + `
			when c.written_by_id = c.by_person_id then bp.name when c.written_by_id = c.to_person_id then tp.name
			else ` + personNamed("c.written_by_id") + ` end, c.words, c.due, c.check_in, c.state,
		c.agreed_at, c.said_done_at, c.differs_at, c.by_looked_on, c.to_looked_on, c.settled_at,
		case when ` + originTold + ` then c.origin_kind else '' end, case when ` + originTold + ` then c.origin_id end, c.replaces_id, c.brought_along, c.created_at,
		(select h.id from commitment_changes h where h.organisation_id = c.organisation_id and h.commitment_id = c.id and h.state = 'waiting')
	from commitments c
	left join people bp on bp.organisation_id = c.organisation_id and bp.id = c.by_person_id
	left join people tp on tp.organisation_id = c.organisation_id and tp.id = c.to_person_id
`

func personNamed(id string) string {
	return "(select n.name from people n where n.organisation_id = c.organisation_id and n.id = " + id + ")"
}

func contactNamed(id string) string {
	return "(select n.name from contacts n where n.organisation_id = c.organisation_id and n.id = " + id + ")"
}

func scanCommitment(row db.Row) (Commitment, error) {
	var c Commitment
	err := row.Scan(&c.ID, &c.By.Person, &c.By.Contact, &c.By.Name, &c.ByLeft,
		&c.To.Person, &c.To.Contact, &c.To.Name, &c.ToLeft,
		&c.Keeper, &c.WrittenBy.Person, &c.WrittenBy.Contact, &c.WrittenBy.Name, &c.Words, &c.Due, &c.CheckIn, &c.State,
		&c.AgreedAt, &c.SaidDoneAt, &c.DiffersAt, &c.ByLooked, &c.ToLooked, &c.SettledAt, &c.Origin.Kind, &c.Origin.ID, &c.Replaces, &c.BroughtAlong, &c.CreatedAt,
		&c.Change.ID)
	return c, err
}

// list lists commitments, with what is proposed to change of them.
func list(tx *db.Tx, organisation db.ID, where string, args ...any) ([]Commitment, error) {
	found, err := db.List(tx, scanCommitment, selectCommitment+where, args...)
	if err != nil {
		return nil, err
	}
	changing := map[db.ID]*Commitment{}
	asked := []any{organisation}
	for i := range found {
		if c := &found[i]; c.Change.ID != "" {
			changing[c.Change.ID] = c
			asked = append(asked, c.Change.ID)
		}
	}
	if len(changing) == 0 {
		return found, nil
	}
	changes, err := db.List(tx, scanWaiting, `
		select h.id, h.by_id, coalesce(p.name, k.name, ''), h.at, h.words, h.due, h.check_in, h.owner_id, coalesce(o.name, ok.name, ''), h.note
		from commitment_changes h
		left join people p on p.organisation_id = h.organisation_id and p.id = h.by_id
		left join contacts k on k.organisation_id = h.organisation_id and k.id = h.by_contact_id
		left join people o on o.organisation_id = h.organisation_id and o.id = h.owner_id
		left join contacts ok on ok.organisation_id = h.organisation_id and ok.id = h.owner_contact_id
		where h.organisation_id = $1 and h.id in (`+db.Places(2, len(changing))+")", asked...)
	for _, h := range changes {
		c := changing[h.ID]
		h.State, h.WasWords, h.WasDue, h.WasCheckIn = Waiting, c.Words, c.Due, c.CheckIn
		c.Change = h
	}
	return found, err
}

func scanWaiting(row db.Row) (Change, error) {
	var h Change
	err := row.Scan(&h.ID, &h.By.Person, &h.By.Name, &h.At, &h.Words, &h.Due, &h.CheckIn, &h.Owner.Person, &h.Owner.Name, &h.Note)
	return h, err
}

// one finds a commitment.
func one(tx *db.Tx, organisation db.ID, where string, args ...any) (Commitment, error) {
	found, err := list(tx, organisation, where, args...)
	if err == nil && len(found) == 0 {
		err = problem.NotFound
	}
	if err != nil {
		return Commitment{}, err
	}
	return found[0], nil
}

// ByID finds a commitment that the actor has a side in.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Commitment, error) {
	return one(tx, me.Organisation, "where "+mine+" and c.id = $4", me.Organisation, me.Person, readsSince(tx), id)
}
