package invitation

import (
	"errors"
	"slices"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/calendar"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// A contact has no account and no settings here: whose contact it is chooses, at a conversation, whether those
// with them stand in the contact's calendar too, and the contact turns it off with the link in each mail. What they
// answer is noted; a time that they propose waits for the owner, who keeps both sides.

// OffContact is the kind of mail that the link in an invitation to a contact turns off.
const OffContact = "calendar of a contact"

// What one person can have mailed to others outside: contacts, and changes of one conversation.
const (
	mostContacts = 30
	mostChanges  = 40
)

// Guest is the contact of a conversation, as their owner may invite them.
type Guest struct {
	Address string // empty: there is none to invite
	Invited bool
	Quiet   bool // they want none, or no mail reaches them
}

// GuestOf finds how it stands with the contact of a conversation of the actor's. The zero Guest is where there is none,
// or no address of theirs.
func GuestOf(tx *db.Tx, me org.Actor, c conversation.Conversation) (Guest, error) {
	if c.Partner.Contact == "" || !c.Owner.Is(me) || c.BroughtAlong || me.Left || !c.Open() {
		return Guest{}, nil
	}
	return guest(tx, me, c.Partner.Contact)
}

func guest(tx *db.Tx, me org.Actor, contact db.ID) (Guest, error) {
	who, err := org.ContactByID(tx, me, contact)
	if err != nil || who.Email == "" {
		return Guest{}, err
	}
	g := Guest{Address: who.Email}
	if g.Quiet, err = quiet(tx, who.Email); err != nil || g.Quiet {
		return g, err
	}
	var n int64
	err = tx.Get("select count(*) from invited_contacts where organisation_id = $1 and contact_id = $2 and person_id = $3", me.Organisation, contact, me.Person).Scan(&n)
	g.Invited = n > 0
	return g, err
}

// quiet tells whether an address wants no invitations, or no mail reaches it.
func quiet(tx *db.Tx, address string) (bool, error) {
	off, err := mail.IsQuiet(tx, address, OffContact)
	if err != nil || off {
		return off, err
	}
	return account.UnscopedLeadsNowhere(tx, address)
}

// sideWants tells whether one side wants invitations: the actor, or a contact of theirs.
func sideWants(tx *db.Tx, me org.Actor, contact db.ID) (bool, error) {
	if contact == "" {
		return Wanted(tx, me)
	}
	g, err := guest(tx, me, contact)
	return g.Invited, err
}

// InviteContact keeps this conversation, and all to come with the same contact, in the contact's calendar; or takes
// them out.
//
// Errors: problem.NotFound where there is no such contact, problem.Refused where they cannot be written to, or too many are.
func InviteContact(tx *db.Tx, me org.Actor, of db.ID, wanted bool) error {
	c, err := conversation.ByID(tx, me, of)
	if err != nil {
		return err
	}
	g, err := GuestOf(tx, me, c)
	if err != nil {
		return err
	}
	switch {
	case g.Address == "":
		return problem.NotFound
	case wanted && g.Quiet:
		return problem.Refuse("%s gets no such mail: they turned it off, or it came back.", c.Partner.Name)
	case g.Invited == wanted:
		return nil
	case wanted:
		err = invite(tx, me, c.Partner.Contact)
	default:
		_, err = tx.Exec("delete from invited_contacts where organisation_id = $1 and contact_id = $2 and person_id = $3", me.Organisation, c.Partner.Contact, me.Person)
	}
	if err != nil {
		return err
	}
	return followAll(tx, me, c.Partner.Contact)
}

func invite(tx *db.Tx, me org.Actor, contact db.ID) error {
	var n int64
	if err := tx.Get("select count(*) from invited_contacts where organisation_id = $1 and person_id = $2", me.Organisation, me.Person).Scan(&n); err != nil {
		return err
	}
	if n >= mostContacts {
		return problem.Refuse("You invite %d people outside already. Take one out first.", mostContacts)
	}
	_, err := tx.Exec("insert into invited_contacts (organisation_id, contact_id, person_id, since) values ($1, $2, $3, $4)",
		me.Organisation, contact, me.Person, tx.Now())
	return err
}

// followAll brings a contact's calendar up to what stands of all that is to come with them. Of a year, what is further
// ahead follows when the owner's own does.
func followAll(tx *db.Tx, me org.Actor, contact db.ID) error {
	coming, err := conversation.Coming(tx, me)
	if err != nil {
		return err
	}
	coming = slices.DeleteFunc(coming, func(c conversation.Conversation) bool {
		return c.Partner.Contact != contact || c.State == conversation.Planned && c.At.After(tx.Now().Add(ahead))
	})
	for _, c := range coming {
		if err := follow(tx, me.Organisation, me.Person, contact, c.ID); err != nil {
			return err
		}
	}
	return nil
}

// ContactChanged is the reaction to a contact's new address: what stands in the calendar of the old one is taken out
// there, and the new one is invited.
func ContactChanged(tx *db.Tx, e event.Event) error {
	me, err := org.UnscopedActor(tx, e.Organisation, e.By)
	if err != nil {
		return err
	}
	now, err := org.ContactByID(tx, me, e.Thing.ID)
	if err != nil {
		return err
	}
	elsewhere, err := db.List(tx, scan, selectInvitation+`
		organisation_id = $1 and person_id = $2 and contact_id = $3 and stands and at > $4 and address <> '' and address <> $5`,
		me.Organisation, me.Person, now.ID, tx.Now(), now.Email)
	if err != nil {
		return err
	}
	for _, i := range elsewhere {
		if err := i.leave(tx, me.Organisation); err != nil {
			return err
		}
	}
	return followAll(tx, me, now.ID)
}

// changes counts what was mailed, or may have been, to the calendars of a contact of one conversation.
func changes(tx *db.Tx, organisation, contact, of db.ID) (n int64, err error) {
	err = tx.Get("select coalesce(sum(sequence + 1), 0) from invitations where organisation_id = $1 and conversation_id = $2 and contact_id = $3",
		organisation, of, contact).Scan(&n)
	return n, err
}

func followContact(tx *db.Tx, organisation, owner, of db.ID) error {
	var contact db.ID
	err := tx.Get("select partner_contact_id from conversations where organisation_id = $1 and id = $2 and partner_contact_id is not null", organisation, of).Scan(&contact)
	if errors.Is(err, problem.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return follow(tx, organisation, owner, contact, of)
}

// toContact addresses a letter. problem.NotFound where they want no mail of this kind.
func (l *letter) toContact(tx *db.Tx, me org.Actor) error {
	g, err := guest(tx, me, l.contact)
	if err != nil {
		return err
	}
	if l.method == calendar.Request || l.address == "" {
		l.address = g.Address
	} else if l.address != g.Address { // what was sent to another address is taken out there
		if g.Quiet, err = quiet(tx, l.address); err != nil {
			return err
		}
	}
	if l.address == "" || g.Quiet {
		return problem.NotFound
	}
	l.off, err = mail.Off{Kind: OffContact, Organisation: me.Organisation, Receiver: l.id}.SignFirst(tx)
	return err
}

// letterToContact says who invites, and nothing of what it is about. It leads to no page: there is none for them. Nor
// does it call them by name, which is how their owner wrote them down.
func (p Post) letterToContact(l letter) mail.Letter {
	says := l.me.Name + " invites you to a growth conversation."
	parts := []mail.Part{}
	switch {
	case l.former:
		says = "Invitations to a growth conversation with " + l.me.Name + " go to another address now, so it is taken out of the calendar of this one."
	case l.method == calendar.Cancel:
		says = "A growth conversation with " + l.me.Name + " does not take place, or not at this time, so it is taken out of your calendar."
	case l.sequence > 0:
		says = "A growth conversation with " + l.me.Name + " stands at this time now."
	}
	parts = append(parts, mail.Say(says), mail.Say(spoken(l.at.In(l.me.Zone()), l.minutes)))
	if l.method == calendar.Request {
		parts = append(parts, mail.Say("Answer in your calendar if you like: "+l.me.Called()+" sees your yes, no or perhaps, and a time that you propose. What you write beside it is not kept."))
	}
	return mail.Letter{
		Hello: "Hello,", Parts: parts,
		Why: "You get this because " + l.me.Name + " typed in your address, to have it in your calendar too.",
		Off: p.Link(event.Thing{Kind: mail.OffThing, ID: db.ID(l.off)}),
	}
}

// TurnOffContact keeps invitations from the address to which one was mailed.
func TurnOffContact(tx *db.Tx, what mail.Off) error {
	address, err := db.One(tx, db.Scanned[string], "select address from invitations where organisation_id = $1 and id = $2 and contact_id is not null and address <> ''",
		what.Organisation, what.Receiver)
	if err != nil {
		return err
	}
	return mail.Quiet(tx, address, OffContact)
}

// noteOfContact keeps what a contact says, and the time that they propose: to move the conversation is the owner's.
func (i invitation) noteOfContact(tx *db.Tx, me org.Actor, c conversation.Conversation, a calendar.Answer) (Outcome, error) {
	says, known := saying[a.Says]
	outcome, proposed := Noted, conversation.Time{}
	if a.Method == calendar.Counter && !a.Start.Equal(i.at) {
		proposed = conversation.Time{At: a.Start, Minutes: int64(a.End.Sub(a.Start).Minutes())}
		if i.counters >= mostCounters || !proposed.CanBe(tx.Now()) {
			return Unfit, nil
		}
		if outcome = Proposed; !known {
			says, known = Perhaps, true
		}
	}
	if !known {
		return Unfit, nil
	}
	if _, err := tx.Exec(`
		update invitations set answer = $1, answered_at = $2, proposed_at = $3, proposed_minutes = $4, counters = counters + $5
		where organisation_id = $6 and id = $7`,
		string(says), notLater(a.Stamp, tx.Now()), proposed.At, proposed.Minutes, one(outcome == Proposed), me.Organisation, i.id); err != nil {
		return "", err
	}
	if err := event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: "invitation answered", Thing: c.Thing(), Facts: map[string]string{"answer": string(says)},
	}); err != nil {
		return "", err
	}
	if outcome != Proposed && (says != No || i.answer == No) {
		return outcome, nil
	}
	return outcome, notice.Tell(tx, me.Organisation, me.Person, notice.Answered, c.Thing(), "")
}

func one(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}
