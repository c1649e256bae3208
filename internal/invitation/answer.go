package invitation

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/calendar"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Arrived is an answer as it arrived by mail.
type Arrived struct {
	ID     string // of the mail: its Message-ID
	From   string // the address that it says it is from
	Answer calendar.Answer
}

// Outcome is what became of an answer, for a log: it names nobody.
type Outcome string

// The outcomes.
const (
	Noted    Outcome = "noted"
	Proposed Outcome = "another time proposed"
	Again    Outcome = "taken before"
	Old      Outcome = "answers what does not stand any more"
	Strange  Outcome = "is nobody's who was invited"
	Unfit    Outcome = "proposes a time that cannot be"
)

// mostCounters is how often one side can propose another time of one conversation by mail: two calendars that propose to
// each other by themselves come to an end.
const mostCounters = 10

// Receive takes an answer that came by mail, once however often it arrives. It can only note what a side says, or propose
// a time in their name, as they can on the page: nothing is agreed, shown or told by mail.
//
// Who answers is known by the uid, which only the receiver of the invitation knows, and by the address from which they
// answer: the one that was invited, or another of theirs.
func Receive(tx *db.Tx, a Arrived) (Outcome, error) {
	i, me, err := invited(tx, a)
	if errors.Is(err, problem.NotFound) {
		return Strange, nil
	}
	if err != nil {
		return "", err
	}
	if first, err := firstTime(tx, a); err != nil || !first {
		return Again, err
	}
	if a.Answer.Sequence < i.sequence || !i.stands || me.Left || a.Answer.Stamp.Before(i.answeredAt) {
		return Old, nil
	}
	c, err := conversation.ByID(tx, me, i.conversation)
	if err != nil {
		return "", err
	}
	if !c.Open() {
		return Old, nil
	}
	if i.contact != "" {
		return i.noteOfContact(tx, me, c, a.Answer)
	}
	if a.Answer.Method == calendar.Counter && !a.Answer.Start.Equal(i.at) {
		return i.counter(tx, me, c, a.Answer)
	}
	return i.note(tx, me, c, a.Answer)
}

// firstTime notes that the mail arrived, and tells whether it did for the first time.
func firstTime(tx *db.Tx, a Arrived) (bool, error) {
	sum := sha256.Sum256([]byte(strings.Join([]string{a.ID, a.From, a.Answer.UID, string(a.Answer.Method), string(a.Answer.Says), a.Answer.Stamp.String(), a.Answer.Start.String()}, "\n")))
	n, err := tx.Exec("insert into received_mails (mail_hash, received_at) values ($1, $2) on conflict (mail_hash) do nothing",
		hex.EncodeToString(sum[:]), tx.Now())
	return n == 1, err
}

// invited is the invitation that is answered, and who answers.
func invited(tx *db.Tx, a Arrived) (invitation, org.Actor, error) {
	uid, _, _ := strings.Cut(a.Answer.UID, "@")
	var organisation db.ID
	if err := tx.Get("select organisation_id from invitations where uid = $1 and mailed_sequence is not null", uid).Scan(&organisation); err != nil {
		return invitation{}, org.Actor{}, err
	}
	i, err := find(tx, "organisation_id = $1 and uid = $2", organisation, uid)
	if err != nil {
		return i, org.Actor{}, err
	}
	me, err := org.UnscopedActor(tx, organisation, i.person)
	if err != nil {
		return i, me, err
	}
	theirs := []string{i.address}
	if i.contact == "" && me.Account != "" {
		addresses, err := account.Addresses(tx, me)
		if err != nil {
			return i, me, err
		}
		for _, each := range addresses {
			theirs = append(theirs, each.Text)
		}
	}
	if !slices.Contains(theirs, org.FoldAddress(a.From)) || !slices.Contains(theirs, org.FoldAddress(a.Answer.Attendee)) {
		return i, me, problem.NotFound
	}
	return i, me, nil
}

var saying = map[calendar.PartStat]Says{calendar.Accepted: Yes, calendar.Declined: No, calendar.Perhaps: Perhaps}

// note keeps what a side says. A no is told to the other side, since it needs another time.
func (i invitation) note(tx *db.Tx, me org.Actor, c conversation.Conversation, a calendar.Answer) (Outcome, error) {
	says, known := saying[a.Says]
	if !known {
		return Unfit, nil
	}
	if _, err := tx.Exec("update invitations set answer = $1, answered_at = $2 where organisation_id = $3 and id = $4",
		string(says), notLater(a.Stamp, tx.Now()), me.Organisation, i.id); err != nil {
		return "", err
	}
	if err := event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: "invitation answered", By: me.Person, Thing: c.Thing(), Facts: map[string]string{"answer": string(says)},
	}); err != nil {
		return "", err
	}
	if says != No || i.answer == No || c.OtherLeft(me) {
		return Noted, nil
	}
	return Noted, notice.Tell(tx, me.Organisation, c.Other(me).Person, notice.Answered, c.Thing(), "")
}

// notLater keeps a clock that is ahead from making every later answer an old one.
func notLater(stamp, now time.Time) time.Time {
	if stamp.After(now) {
		return now
	}
	return stamp.UTC().Truncate(time.Microsecond)
}

// counter proposes the time in the name of the side, as they can on the page. It waits for the other side there.
func (i invitation) counter(tx *db.Tx, me org.Actor, c conversation.Conversation, a calendar.Answer) (Outcome, error) {
	if i.counters >= mostCounters {
		return Unfit, nil
	}
	if _, err := tx.Exec("update invitations set counters = counters + 1 where organisation_id = $1 and id = $2", me.Organisation, i.id); err != nil {
		return "", err
	}
	minutes := int64(a.End.Sub(a.Start) / time.Minute)
	_, err := conversation.Propose(tx, me, c.ID, c.Revision, conversation.Time{At: a.Start, Minutes: minutes})
	if errors.As(err, new(problem.Invalid)) || errors.As(err, new(problem.Refused)) {
		return Unfit, nil // said before anything was written
	}
	return Proposed, err
}

// Tidy forgets which mails arrived a month ago.
func Tidy(tx *db.Tx) error {
	_, err := tx.Exec("delete from received_mails where received_at < $1", tx.Now().AddDate(0, -1, 0))
	return err
}
