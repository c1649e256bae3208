// Package counsel holds what others advised, and what its owner decided about it: followed, adapted or
// set aside, why, and what came of it. It is private to its owner; whoever advised sees it only where
// the owner shows it to them.
package counsel

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/share"
)

// Choice is what the owner decided.
type Choice string

// The choices.
const (
	Open     Choice = "" // not decided yet
	Followed Choice = "followed"
	Adapted  Choice = "adapted"
	SetAside Choice = "set aside"
)

// Counsel is one piece of advice.
type Counsel struct {
	ID    db.ID
	Owner org.Party
	Text
	Decision
	Came      string     // what came of it
	Origin    org.Origin // what it was heard in; for its owner
	Revision  int64
	CreatedAt time.Time
}

// Text is what was advised.
type Text struct {
	By      org.Party // who advised; with a name and no id, somebody who is in no list
	GivenOn civil.Date
	Words   string
	About   []event.Thing // goals and asks of the owner's; for the owner alone
}

// Decision is what its owner makes of it.
type Decision struct {
	Choice Choice
	Why    string
}

// Thing is the counsel as something that is shared, and that things come from.
func (c Counsel) Thing() event.Thing { return event.Thing{Kind: "counsel", ID: c.ID} }

const (
	mostWords = 4_000
	mostName  = 200
	mostAbout = 20
	mostKept  = 1_000
)

const youHaveLeft = problem.Refused("You have left this organisation: what is yours can be read and exported, and no longer changed here.")

// Keep keeps what somebody advised the actor.
//
// Errors: problem.NotFound for somebody the actor does not know or a thing that is not theirs,
// problem.Invalid by field, problem.Refused when very much is kept.
func Keep(tx *db.Tx, me org.Actor, from org.Origin, in Text, decided Decision) (Counsel, error) {
	c := Counsel{ID: tx.NewID(), Owner: me.Self(), Text: in, Decision: decided, Origin: from, Revision: 1, CreatedAt: tx.Now()}
	if me.Person == "" {
		return c, problem.NotFound
	}
	if me.Left {
		return c, youHaveLeft
	}
	wrong := problem.Invalid{}
	c.Decision.check(wrong)
	if err := c.Text.check(tx, me, wrong, org.Party{}); err != nil {
		return c, err
	}
	var kept int64
	if err := tx.Get("select count(*) from counsels where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person).Scan(&kept); err != nil {
		return c, err
	}
	if kept >= mostKept {
		return c, problem.Refuse("You keep %d pieces of advice. Take away some that have served their time.", kept)
	}
	if err := c.insert(tx, me); err != nil {
		return c, err
	}
	return c, c.happened(tx, me, "counsel kept")
}

// KeepAnswer keeps the answer to a question of the actor's as counsel: who said it, when, and the goal or
// the ask that the question came from. An answer is kept once.
//
// Errors: problem.Refused where there is no answer of somebody else's, and those of Keep.
func KeepAnswer(tx *db.Tx, me org.Actor, asking db.ID) (Counsel, error) {
	a, err := question.ByID(tx, me, asking)
	if err != nil {
		return Counsel{}, err
	}
	if !a.Answered() || a.Self {
		return Counsel{}, problem.Refused("Counsel is what somebody else told you. There is no answer of theirs here yet.")
	}
	if had, err := db.List(tx, scanCounsel, selectCounsel+`
		where c.organisation_id = $1 and c.owner_id = $2 and c.origin_kind = 'asking' and c.origin_id = $3 limit 1`, me.Organisation, me.Person, asking); err != nil || len(had) > 0 {
		return first(had), err
	}
	in := Text{By: a.To, GivenOn: civil.In(a.AnsweredAt, me.Zone), Words: cut(a.Answer)}
	if a.ToLeft {
		in.By = org.Party{Name: a.To.Name}
	}
	if a.Origin.Kind == "goal" || a.Origin.Kind == "ask" {
		if mine(tx, me, []event.Thing{a.Origin}) == nil {
			in.About = []event.Thing{a.Origin}
		}
	}
	return Keep(tx, me, a.Thing(), in, Decision{})
}

func first(all []Counsel) Counsel {
	if len(all) == 0 {
		return Counsel{}
	}
	return all[0]
}

// cut is as much of an answer as counsel holds.
func cut(text string) string {
	if letters := []rune(text); len(letters) > mostWords {
		return strings.TrimSpace(string(letters[:mostWords-1])) + "…"
	}
	return text
}

// check looks at it, and finds whoever advised; was is who stands there already, who may have left.
func (t *Text) check(tx *db.Tx, me org.Actor, wrong problem.Invalid, was org.Party) error {
	t.Words = tidy(wrong, "words", t.Words, mostWords)
	t.By.Name = strings.Join(strings.Fields(tidy(wrong, "named", t.By.Name, mostName)), " ")
	today := civil.In(tx.Now(), me.Zone)
	if t.GivenOn.IsZero() {
		t.GivenOn = today
	}
	wrong.Check(t.Words != "", "words", "Please write down what was advised.")
	wrong.Check(!t.GivenOn.After(today), "given_on", "This day is still to come.")
	wrong.Check(t.By.String() != "" || t.By.Name != "", "named", "Please say who advised it.")
	wrong.Check(!t.By.Is(me), "by", "This is you. What you tell yourself stands well in your journal.")
	wrong.Check(len(t.About) <= mostAbout, "about", "Twenty goals and asks are enough for one piece of advice.")
	if err := wrong.Err(); err != nil {
		return err
	}
	if t.By.String() != "" && t.By.String() != was.String() {
		found, err := org.PartyFrom(tx, me, t.By.String())
		if err != nil {
			return err
		}
		t.By = found
	}
	return mine(tx, me, t.About)
}

// mine refuses what is not a goal or an ask of the actor's own.
func mine(tx *db.Tx, me org.Actor, about []event.Thing) error {
	for _, on := range about {
		var owner db.ID
		var err error
		switch on.Kind {
		case "goal":
			var g plan.Goal
			g, err = plan.GoalByID(tx, me, on.ID)
			owner = g.Owner
		case "ask":
			var a ask.Ask
			a, err = ask.ByID(tx, me, on.ID)
			owner = a.Owner.Person
		}
		if err != nil {
			return err
		}
		if owner != me.Person {
			return problem.NotFound
		}
	}
	return nil
}

func (d *Decision) check(wrong problem.Invalid) {
	d.Why = tidy(wrong, "why", d.Why, mostWords)
	switch d.Choice {
	case Open, Followed, Adapted, SetAside:
	default:
		wrong.Add("choice", "Please choose what you decided.")
	}
}

// Change replaces what was advised, by whom, when, and what of the actor's it is about.
//
// Errors: as of Keep, and problem.Conflict with both texts when it was changed meanwhile.
func Change(tx *db.Tx, me org.Actor, id db.ID, revision int64, in Text) error {
	now, err := own(tx, me, id)
	if err != nil {
		return err
	}
	if err := in.check(tx, me, problem.Invalid{}, now.By); err != nil {
		return err
	}
	if revision != now.Revision {
		return &problem.Conflict{Revision: now.Revision, Theirs: map[string]string{"words": now.Words}, Mine: map[string]string{"words": in.Words}}
	}
	if in.Words != now.Words {
		if err := now.keepBefore(tx, me, map[string]string{"words": now.Words}); err != nil {
			return err
		}
	}
	now.Text = in
	if _, err := tx.Exec(`
		update counsels set by_person_id = $1, by_contact_id = $2, by_name = $3, given_on = $4, words = $5, revision = revision + 1
		where organisation_id = $6 and id = $7 and owner_id = $8`,
		in.By.Person, in.By.Contact, now.freeName(), in.GivenOn, in.Words, me.Organisation, id, me.Person); err != nil {
		return err
	}
	if err := now.link(tx, me); err != nil {
		return err
	}
	return now.happened(tx, me, "counsel changed")
}

// Decide keeps what the actor decided about it, and why. Nobody has to decide, and can decide anew.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field.
func Decide(tx *db.Tx, me org.Actor, id db.ID, revision int64, in Decision) error {
	now, err := own(tx, me, id)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	in.check(wrong)
	if err := wrong.Err(); err != nil {
		return err
	}
	if revision != now.Revision {
		return &problem.Conflict{Revision: now.Revision, Theirs: map[string]string{"why": now.Why}, Mine: map[string]string{"why": in.Why}}
	}
	if in.Why != now.Why && now.Why != "" {
		if err := now.keepBefore(tx, me, map[string]string{"why": now.Why}); err != nil {
			return err
		}
	}
	if _, err := tx.Exec("update counsels set choice = $1, why = $2, revision = revision + 1 where organisation_id = $3 and id = $4 and owner_id = $5",
		string(in.Choice), in.Why, me.Organisation, id, me.Person); err != nil {
		return err
	}
	return now.happened(tx, me, "counsel decided")
}

// Tell keeps what came of it.
//
// Errors: problem.Conflict with both texts when it was changed meanwhile, problem.Invalid by field.
func Tell(tx *db.Tx, me org.Actor, id db.ID, revision int64, came string) error {
	now, err := own(tx, me, id)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	came = tidy(wrong, "came", came, mostWords)
	if err := wrong.Err(); err != nil {
		return err
	}
	if revision != now.Revision {
		return &problem.Conflict{Revision: now.Revision, Theirs: map[string]string{"came": now.Came}, Mine: map[string]string{"came": came}}
	}
	if came != now.Came && now.Came != "" {
		if err := now.keepBefore(tx, me, map[string]string{"came": now.Came}); err != nil {
			return err
		}
	}
	if _, err := tx.Exec("update counsels set came = $1, revision = revision + 1 where organisation_id = $2 and id = $3 and owner_id = $4",
		came, me.Organisation, id, me.Person); err != nil {
		return err
	}
	return now.happened(tx, me, "counsel told")
}

// keepBefore keeps what an edit replaces. Its owner reads it, and nobody else.
func (c Counsel) keepBefore(tx *db.Tx, me org.Actor, text map[string]string) error {
	return org.KeepRevision(tx, me, c.Thing(), c.Revision, text)
}

// Remove removes it for good, with what it said before and all that was shared of it.
func Remove(tx *db.Tx, me org.Actor, id db.ID) error {
	c, err := own(tx, me, id)
	if err != nil {
		return err
	}
	if err := share.TakeBackThing(tx, me, share.What{Kind: "counsel", ID: id}); err != nil {
		return err
	}
	if err := org.ForgetRevisions(tx, me, c.Thing()); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from counsel_things where organisation_id = $1 and counsel_id = $2", me.Organisation, c.ID); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from counsels where organisation_id = $1 and id = $2 and owner_id = $3", me.Organisation, c.ID, me.Person); err != nil {
		return err
	}
	return c.happened(tx, me, "counsel removed")
}

// Share lets somebody see it: who advised what, what was decided and what came of it; not what of the
// owner's it is about, nor what it was heard in.
func Share(tx *db.Tx, me org.Actor, id db.ID, with plan.With) error {
	c, err := own(tx, me, id)
	if err != nil {
		return err
	}
	return plan.Give(tx, me, c.Thing(), with)
}

func (c Counsel) happened(tx *db.Tx, me org.Actor, kind string) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: c.Thing()})
}

// tidy is the text in the form in which it is kept; a message is added when it is too long.
func tidy(wrong problem.Invalid, field, text string, most int) string {
	text = strings.TrimSpace(strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\ufffd")))
	wrong.Check(utf8.RuneCountInString(text) <= most, field, "Please keep this shorter.")
	return text
}
