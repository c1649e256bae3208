package conversation

import (
	"cmp"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// A partner without an account is a contact, and the owner keeps both sides; or somebody of the organisation
// who has never signed in, such as a manager. By a link, by mail or as an address, they read the agenda, or
// what came of it, and what the two promised each other; and they say one thing to it. Once they have signed in,
// it opens nothing any more: from then on they answer as themselves.

// The purposes of the links.
const (
	BriefLink   link.Purpose = "conversation brief"   // before: what they would bring
	ClosingLink link.Purpose = "conversation closing" // after: whether that is what was agreed
)

// LinkThing is what a link to a conversation of that purpose opens.
func LinkThing(purpose link.Purpose, id db.ID) event.Thing {
	return event.Thing{Kind: string(purpose), ID: id}
}

// LinkPurpose is what a partner without an account can be asked at present: before the conversation, and
// once it was held. False where nothing can.
func (c Conversation) LinkPurpose(me org.Actor) (link.Purpose, bool) {
	switch {
	case !c.Alone() && !c.PartnerAway || !c.Owner.Is(me) || c.BroughtAlong || me.Left:
		return "", false
	case c.Open():
		return BriefLink, true
	}
	return ClosingLink, c.State == Held
}

// AskContact makes a link for a partner without an account. It takes the place of one that stands.
//
// Errors: problem.NotFound where there is none to ask, and those of link.Make.
func AskContact(tx *db.Tx, me org.Actor, id db.ID, in link.Input) (link.Link, link.Token, error) {
	c, err := ByID(tx, me, id)
	if err != nil {
		return link.Link{}, "", err
	}
	purpose, ok := c.LinkPurpose(me)
	if !ok {
		return link.Link{}, "", problem.NotFound
	}
	if err := link.TakeBackOf(tx, me, LinkThing(purpose, id)); err != nil {
		return link.Link{}, "", err
	}
	return link.Make(tx, me, purpose, LinkThing(purpose, id), in)
}

// ForContact is what a contact reads of a conversation by a link.
type ForContact struct {
	Conversation
	OwnerCalled string
	Zone        *time.Location // of the owner, or of a partner of the organisation
	Agenda      []Item
	Outcome     Text
	Promises    []commitment.Commitment // that stand between the two
}

// AskedByLink finds the conversation that a link opens: what its owner would lay on the table for
// both, and nothing else.
//
// Errors: problem.NotFound when it was cancelled, or has gone on since.
func AskedByLink(tx *db.Tx, o link.Opened) (ForContact, error) {
	owner, err := org.UnscopedActor(tx, o.Organisation, o.Owner)
	if err != nil {
		return ForContact{}, err
	}
	f, err := OnPaper(tx, owner, o.Thing.ID)
	if err != nil {
		return f, err
	}
	if purpose, ok := f.LinkPurpose(owner); !ok || purpose != o.Purpose || o.Thing != LinkThing(purpose, f.ID) {
		return ForContact{}, problem.NotFound
	}
	f.OwnerCalled = cmp.Or(o.OwnerCalled, f.OwnerCalled)
	return f, nil
}

// OnPaper is the same for its owner, to be printed and handed over.
//
// Errors: problem.NotFound where the conversation is with nobody outside.
func OnPaper(tx *db.Tx, owner org.Actor, id db.ID) (ForContact, error) {
	f := ForContact{OwnerCalled: owner.Name, Zone: owner.Zone}
	var err error
	if f.Conversation, err = ByID(tx, owner, id); err != nil {
		return f, err
	}
	if _, ok := f.LinkPurpose(owner); !ok {
		return ForContact{}, problem.NotFound
	}
	agenda, err := AgendaOf(tx, owner, f.ID)
	if err != nil {
		return f, err
	}
	f.Agenda = agenda.Shared
	texts, err := TextsOf(tx, owner, f.ID)
	if err != nil {
		return f, err
	}
	f.Outcome = texts.Outcome
	if f.Partner.Contact != "" {
		f.Promises, err = commitment.BetweenContact(tx, owner, f.Partner.Contact)
		return f, err
	}
	p, err := org.ByID(tx, owner, f.Partner.Person)
	if f.Zone = p.Zone(); err == nil {
		f.Promises, err = commitment.Between(tx, owner, f.Partner.Person, civil.In(tx.Now(), owner.Zone).AddDays(366))
	}
	return f, err
}

// AnswerByLink keeps what a contact says: before the conversation what they would bring, after it
// whether that is what was agreed. The revision is that of the words, or of the proposed time, that they
// saw: an answer never counts for another one.
func AnswerByLink(tx *db.Tx, o link.Opened, name string, in Confirmation) error {
	f, err := AskedByLink(tx, o)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	name, in.Words = tidy(wrong, "name", name, 200), tidy(wrong, "words", in.Words, mostText)
	wrong.Check(name != "", "name", "Please write your name.")
	said := Said{Moment: Before, Name: name, Words: in.Words}
	if o.Purpose == ClosingLink {
		said = Said{Moment: After, Name: name, Words: in.Words, Agrees: in.Agrees, Revision: f.Outcome.Revision}
		wrong.Check(in.Revision == f.Outcome.Revision, "", f.OwnerCalled+" changed the words meanwhile. Please read them once more, and answer then.")
	}
	if f.WaitsForLink() && in.Revision != f.Conversation.Revision {
		wrong[""] = f.OwnerCalled + " proposed another time meanwhile. It stands here now: does it suit you too?"
	}
	wrong.Check(in.Words != "" || in.Agrees && (said.Moment == After || f.WaitsForLink()), "words", "Please write a few words.")
	if err := wrong.Err(); err != nil {
		return err
	}
	by := org.Actor{Organisation: o.Organisation}
	if f.WaitsForLink() && in.Agrees {
		if err := f.acceptByLink(tx, by); err != nil {
			return err
		}
	}
	if said.Moment == After || said.Words != "" {
		if err := f.says(tx, by, said); err != nil {
			return err
		}
	}
	if err := f.happened(tx, by, "conversation answered by a link"); err != nil {
		return err
	}
	return notice.Tell(tx, o.Organisation, f.Owner.Person, notice.Answered, f.Thing(), "")
}

// WaitsForLink tells whether the partner, who has never signed in, can say by a link that the time suits them.
func (f ForContact) WaitsForLink() bool {
	return f.PartnerAway && f.State == Requested && f.ProposedBy == f.Owner.Person
}

func (f *ForContact) acceptByLink(tx *db.Tx, by org.Actor) error {
	f.State = Agreed
	if err := f.arrange(tx, by, "conversation agreed"); err != nil {
		return err
	}
	return f.remind(tx, by.Organisation)
}
