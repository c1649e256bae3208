package nets

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/referral"
)

// What is kept of introductions.
func init() {
	for _, name := range []string{"referrals.state", "referrals.follow_on", "referrals.ended_how", "referrals.origin_kind", "referral_acts.act"} {
		facts[name] = true
	}
	words = append(words, "referrals.third_name", "referrals.need", "referrals.told", "referrals.reach", "referrals.introduction", "referrals.follow_words", "referral_acts.words")
	places["/referrals/{id}"] = "referral"
	places["/introductions/{id}"] = "introduction"
	for _, path := range []string{"/referrals/{id}/link", "/referrals/{id}/note"} {
		doneElsewhere[path] = true // the third of the stage is somebody here
	}
}

// introduce lets the manager promise the owner an introduction to a peer, and one that waits for the
// peer's word.
func (s *stage) introduce(tx *db.Tx) error {
	by, who, third := s.actors[manager], s.actors[owner], s.actors[peer]
	in := referral.Input{By: by.Self(), For: who.Self(), Third: third.Self(), Need: "The night desk", Due: civil.In(tx.Now(), by.Zone).AddDays(30)}
	r, err := referral.Make(tx, by, org.Origin{}, in)
	s.things["referral"] = thing{id: r.ID, owner: owner, theirs: true, sides: []string{manager}, asked: manager}
	if err != nil {
		return err
	}
	waits, err := referral.Make(tx, by, org.Origin{}, in)
	s.things["introduction"] = thing{id: waits.ID, theirs: true, asked: peer}
	return errors.Join(err, agreeTo(tx, who, waits.ID))
}

// agreeTo is the yes of the one who is to be helped.
func agreeTo(tx *db.Tx, me org.Actor, id db.ID) error {
	r, err := referral.ByID(tx, me, id)
	return errors.Join(err, referral.Agree(tx, me, id, r.Revision, r.Told))
}

// answerTo is the word of the third, on what stands.
func answerTo(tx *db.Tx, me org.Actor, id db.ID, in referral.Reply) error {
	r, err := referral.ByID(tx, me, id)
	if err != nil {
		return err
	}
	in.Revision = r.Revision
	return referral.Answer(tx, me, id, in)
}

// bothMeet lets the owner and the peer agree.
func (s *stage) bothMeet(tx *db.Tx) error {
	id := s.things["referral"].id
	return errors.Join(agreeTo(tx, s.actors[owner], id), answerTo(tx, s.actors[peer], id, referral.Reply{Yes: true}))
}

// areIntroduced lets the manager write the introduction.
func (s *stage) areIntroduced(tx *db.Tx) error {
	return referral.Introduce(tx, s.actors[manager], s.things["referral"].id, "Meet each other")
}

func (s *stage) formsOfReferrals() map[string]map[string]string {
	other := "person:" + string(s.actors[takenBack].Person)
	return map[string]map[string]string{
		"/referrals":                    {"for": "person:" + string(s.things["person"].id), "need": "The first talk", "third": other, "told": "Draws locks", "due": "2027-03-01"},
		"/referrals/{id}/naming":        {"third": other, "told": "Draws locks", "revision": "2"},
		"/referrals/{id}/agreement":     {"told": "I draw locks", "revision": "2"},
		"/referrals/{id}/refusal":       {"words": "Rather somebody else"},
		"/referrals/{id}/link":          {},
		"/referrals/{id}/note":          {"yes": "yes", "words": "By mail"},
		"/referrals/{id}/introduction":  {"introduction": "Meet each other"},
		"/referrals/{id}/follow-up":     {"words": "We met", "kept": "yes"},
		"/referrals/{id}/follow-up/day": {"day": "2027-02-01"},
		"/referrals/{id}/letting-go":    {"words": "Not needed any more"},
		"/introductions/{id}":           {"said": "yes", "words": "On Tuesdays", "revision": "3"},
	}
}

// refers lets somebody promise an introduction, which goes as far as it goes.
func (w *world) refers(t testing.TB) {
	a, b := w.pair()
	c := w.near(a)
	if c == b || w.left[c] {
		return
	}
	both, far := mark{owner: a, sides: []int{b}}, w.random.IntN(6)
	need, told := w.hide(both), w.plant(both)
	in := referral.Input{By: w.people[a].Self(), For: w.people[b].Self(), Need: need, Told: told.text}
	w.do(t, func(tx *db.Tx) error {
		in.Due = civil.In(tx.Now(), w.people[a].Zone).AddDays(200)
		switch far {
		case 0: // noted by the one who is to be helped, with a name that was said
			in.Third, in.Need, in.Told = org.Party{Name: w.hide(mark{owner: b, sides: []int{a}})}, w.hide(mark{owner: b, sides: []int{a}}), ""
			r, err := referral.Make(tx, w.people[b], org.Origin{}, in)
			w.keep("referral", r.ID, b)
			return err
		case 1:
			return w.refersOutside(tx, a, b, in, told)
		}
		in.Third = w.people[c].Self()
		r, err := referral.Make(tx, w.people[a], org.Origin{}, in)
		if err != nil {
			return err
		}
		w.keep("referral", r.ID, a)
		w.keep("introduction", r.ID, c)
		return w.meets(tx, r.ID, far, a, b, c)
	})
}

// meets goes on: 2 the one who is to be helped would rather not, 3 the third would not, 4 both agree, 5 they are introduced.
func (w *world) meets(tx *db.Tx, id db.ID, far, a, b, c int) error {
	if far == 2 {
		return referral.Decline(tx, w.people[b], id, w.hide(mark{owner: b, sides: []int{a}}))
	}
	now, err := referral.ByID(tx, w.people[b], id)
	if err != nil {
		return err
	}
	if err := referral.Agree(tx, w.people[b], id, now.Revision, w.hide(mark{owner: b, sides: []int{a, c}})); err != nil {
		return err
	}
	reach := w.plant(mark{owner: c, sides: []int{a}})
	if err := answerTo(tx, w.people[c], id, referral.Reply{Yes: far > 3, Words: reach.text}); err != nil || far < 5 {
		return err
	}
	reach.sides = append(reach.sides, b)
	return errors.Join(
		referral.Introduce(tx, w.people[a], id, w.hide(mark{owner: a, sides: []int{b, c}})),
		referral.Follow(tx, w.people[b], id, w.hide(mark{owner: b, sides: []int{a}}), true))
}

// refersOutside asks a contact by a link, who answers or not.
func (w *world) refersOutside(tx *db.Tx, a, b int, in referral.Input, told *mark) error {
	name := w.hide(mark{owner: a, sides: []int{b}})
	contact, err := org.AddContact(tx, w.people[a], org.Contact{Name: name})
	if err != nil {
		return err
	}
	in.Third = org.Party{Contact: contact.ID}
	r, err := referral.Make(tx, w.people[a], org.Origin{}, in)
	if err != nil {
		return err
	}
	w.keep("referral", r.ID, a)
	if err := agreeTo(tx, w.people[b], r.ID); err != nil {
		return err
	}
	l, token, err := referral.AskOutside(tx, w.people[a], r.ID, link.Input{Days: 60})
	if err != nil {
		return err
	}
	w.keep("link", l.ID, a)
	w.keep("token of a link", db.ID(token), -1)
	w.opened[string(token)] = &opened{marks: []*mark{told}}
	return nil
}
