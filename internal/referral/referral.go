// Package referral holds introductions: "I am not the right one, but let me introduce you to ...".
// An introduction is a promise (package commitment) with a third person who can help better: chosen,
// or still to be found. It goes in steps: the one who introduces names somebody and writes what they
// would tell them; the one who is to be helped agrees to both; then the third is asked, and agrees;
// then the written introduction goes to both. Two weeks later the one who was helped is asked one
// question.
package referral

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// State is where an introduction stands.
type State string

// The states, in order. When either of the two says no to the other, it is back at looking.
const (
	Looking    State = "looking"    // somebody is still to be found
	Offered    State = "offered"    // somebody is named: the one who is to be helped has to agree
	Asked      State = "asked"      // the third is asked
	Agreed     State = "agreed"     // both agree: the introduction is to be written
	Introduced State = "introduced" // done; one question follows
	Closed     State = "closed"
)

// Referral is one introduction, as far as the actor may read it.
type Referral struct {
	ID           db.ID
	Commitment   db.ID // for the two who have it
	By, For      org.Party
	ByLeft       bool
	ForLeft      bool
	Third        org.Party // no id: still to be found; the name is one that was said
	ThirdLeft    bool
	Need         string // between the two
	Told         string // what the third reads
	State        State
	Promise      commitment.State
	Due          civil.Date
	AgreedAt     time.Time // by the one who is to be helped
	AnsweredAt   time.Time // by the third
	Reach        string    // what the third wrote with the yes
	Introduction string
	IntroducedAt time.Time
	FollowOn     civil.Date
	FollowWords  string
	FollowedAt   time.Time
	EndedAt      time.Time
	EndedHow     string
	Origin       org.Origin // for the one who wrote it down, and where both know it
	Revision     int64
	CreatedAt    time.Time
}

// Thing is the introduction as something that can happen to.
func (r Referral) Thing() event.Thing { return thing(r.ID) }

// ForThird is the introduction as the third finds it.
func (r Referral) ForThird() event.Thing { return event.Thing{Kind: "introduction", ID: r.ID} }

func thing(id db.ID) event.Thing { return event.Thing{Kind: "referral", ID: id} }

// Found tells whether somebody is chosen.
func (r Referral) Found() bool { return r.Third.String() != "" }

// Promised tells whether the one who is to introduce has said that they will.
func (r Referral) Promised() bool { return r.Promise != commitment.Proposed }

// Input is an introduction as it is written down, by either of the two.
type Input struct {
	By, For org.Party
	Third   org.Party // without an id: a name that was said, or still to be found
	Need    string
	Told    string // empty: as the need says
	Due     civil.Date
}

const (
	mostNeed  = 500
	mostTold  = 2_000
	mostName  = 200
	mostWords = 4_000
)

// Make writes an introduction down, with its promise. What the actor promises stands at once; with a
// third person named, the one who is to be helped is asked whether they agree. What they note as the
// promise of somebody else waits for that one's yes.
//
// Errors: problem.NotFound for somebody the actor does not know, problem.Invalid by field,
// problem.Refused when very many promises stand.
func Make(tx *db.Tx, me org.Actor, from org.Origin, in Input) (Referral, error) {
	r := Referral{ID: tx.NewID(), By: in.By, For: in.For, Third: in.Third, State: Looking, Origin: from, CreatedAt: tx.Now(), Revision: 1}
	if me.Person == "" {
		return r, problem.NotFound
	}
	if me.Left {
		return r, youHaveLeft
	}
	wrong := problem.Invalid{}
	r.Need = tidy(wrong, "need", in.Need, mostNeed)
	r.Told = tidy(wrong, "told", in.Told, mostTold)
	r.Third.Name = tidy(wrong, "third", strings.Join(strings.Fields(in.Third.Name), " "), mostName)
	wrong.Check(r.Need != "", "need", "Please say in a line what the help is for.")
	wrong.Check(in.By.Is(me) || in.For.Is(me), "for", "An introduction is promised by you, or to you.")
	wrong.Check(in.By.Person != "" && in.For.Person != "", "for", "Please choose somebody of your organisation.")
	wrong.Check(in.By.Person != in.For.Person, "for", "This is you. Please choose somebody else.")
	if err := wrong.Err(); err != nil {
		return r, err
	}
	if err := r.find(tx, me); err != nil {
		return r, err
	}
	p, err := commitment.Make(tx, me, from, commitment.Input{By: r.By, To: r.For, Words: r.promised(), Due: in.Due})
	if err != nil {
		return r, err
	}
	r.Commitment, r.Promise, r.Due, r.By, r.For = p.ID, p.State, p.Due, p.By, p.To
	if err := r.insert(tx, me.Organisation); err != nil {
		return r, err
	}
	if err := r.did(tx, me, Made, ""); err != nil || !r.Found() {
		return r, err
	}
	return r, r.offer(tx, me)
}

// find looks up both, and the third. Who is to be helped notes a name: to choose is for the one who
// introduces.
func (r *Referral) find(tx *db.Tx, me org.Actor) error {
	for _, side := range []*org.Party{&r.By, &r.For} {
		found, err := org.PartyFrom(tx, me, side.String())
		if err != nil {
			return err
		}
		*side = found
	}
	if !r.Found() {
		return nil
	}
	third, err := org.PartyFrom(tx, me, r.Third.String())
	if err != nil {
		return err
	}
	r.Third = third
	if third.Person == r.By.Person || third.Person == r.For.Person {
		return problem.Invalid{"third": "Please choose somebody besides you two."}
	}
	if !r.By.Is(me) {
		r.Third = org.Party{Name: third.Name}
	}
	return nil
}

const promisedFor = "An introduction to somebody who can help: "

// needOf is what the help is for, as the words of a promise say it.
func needOf(words string) string {
	need := []rune(strings.TrimPrefix(words, promisedFor))
	return string(need[:min(len(need), mostNeed)])
}

// promised are the words of the promise. They name nobody who was chosen: that may change, and who has
// left for good is named nowhere.
func (r Referral) promised() string {
	if r.Found() || r.Third.Name == "" {
		return promisedFor + r.Need
	}
	return "An introduction to " + r.Third.Name + ": " + r.Need
}

// tellOf are the words for the third where the one who introduces left them empty.
func (r Referral) tellOf() string { return "It is about this: " + r.Need }

func (r Referral) insert(tx *db.Tx, organisation db.ID) error {
	_, err := tx.Exec(`
		insert into referrals (organisation_id, id, commitment_id, by_id, for_id, third_person_id, third_contact_id, third_name,
			need, told, state, reach, introduction, follow_words, ended_how, revision, origin_kind, origin_id, created_at)
		values ($1, $2, $3, $4, $5, null, null, $6, $7, $8, 'looking', '', '', '', '', 1, $9, $10, $11)`,
		organisation, r.ID, r.Commitment, r.By.Person, r.For.Person, r.Third.Name, r.Need, r.Told, r.Origin.Kind, r.Origin.ID, r.CreatedAt)
	return err
}

// Act is something that happened to an introduction. History lists it under these names.
type Act string

// The acts.
const (
	Made        Act = "made"
	Named       Act = "named"          // somebody to be introduced to
	AgreedTo    Act = "agreed"         // by the one who is to be helped
	NotThisOne  Act = "not this one"   // by the same
	ThirdAgreed Act = "third agreed"   // by the third, or noted for one outside
	ThirdNo     Act = "third declined" // the same
	ThirdGone   Act = "third left"
	WasMade     Act = "introduced"
	Followed    Act = "followed" // the one question was answered
	FollowMoved Act = "follow-up moved"
	FollowLetGo Act = "follow-up let go"
	PromiseOver Act = "promise ended"
	PassedOn    Act = "passed on"
)

// did adds a line to the history and records the event.
func (r Referral) did(tx *db.Tx, me org.Actor, act Act, words string) error {
	if _, err := tx.Exec(`
		insert into referral_acts (organisation_id, id, referral_id, act, by_id, third_person_id, third_contact_id, at, words)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		me.Organisation, tx.NewID(), r.ID, string(act), me.Person, r.Third.Person, r.Third.Contact, tx.Now(), words); err != nil {
		return err
	}
	return event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: "referral " + string(act), By: me.Person, Thing: r.Thing(),
		Facts: map[string]string{"by": string(r.By.Person), "for": string(r.For.Person)},
	})
}

// tell sends a notice to somebody of the organisation, unless that is the actor.
func (r Referral) tell(tx *db.Tx, me org.Actor, who org.Party, kind notice.Kind) error {
	if who.Person == "" || who.Is(me) {
		return nil
	}
	about := r.Thing()
	if who.Person == r.Third.Person {
		about = r.ForThird()
	}
	return notice.Tell(tx, me.Organisation, who.Person, kind, about, "")
}

func tidy(wrong problem.Invalid, field, text string, most int) string {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	wrong.Check(utf8.RuneCountInString(text) <= most, field, "Please keep this shorter.")
	return text
}
