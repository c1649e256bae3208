package conversation_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func init() {
	event.React("line ended", conversation.LineEnded)
	event.React("person left", conversation.PersonLeft)
	for _, kind := range []string{"conversation held", "conversation cancelled", "conversation requested"} {
		event.React(kind, conversation.NotReachedGoesOn)
	}
}

// in is a time some days after the day on which tests begin, at ten.
func in(days int) conversation.Time {
	return conversation.Time{At: time.Date(2026, time.November, 23+days, 10, 0, 0, 0, time.UTC), Minutes: 60}
}

func requests(t testing.TB, s testkit.Store, me org.Actor, with org.Party, when conversation.Time) conversation.Conversation {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
		return conversation.Request(tx, me, conversation.Input{With: with, Kind: conversation.Advocate, Time: when})
	})
}

func accepts(t testing.TB, s testkit.Store, me org.Actor, id db.ID) conversation.Conversation {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
		return conversation.Accept(tx, me, id, sees(tx, me, id).Revision)
	})
}

// agreed is a conversation of Ines with Tomás, who said yes, tomorrow at ten.
func agreed(t testing.TB, s testkit.Store, c testkit.Company) db.ID {
	t.Helper()
	return accepts(t, s, c.Tomas, requests(t, s, c.Ines, c.Tomas.Self(), in(1)).ID).ID
}

// held is one that has been.
func held(t testing.TB, s testkit.Store, c testkit.Company, outcome string) db.ID {
	t.Helper()
	id := agreed(t, s, c)
	s.Clock.MoveDays(2)
	testkit.Do(t, s, func(tx *db.Tx) error {
		return conversation.End(tx, c.Ines, id, conversation.EndInput{Outcome: outcome})
	})
	return id
}

func sees(tx *db.Tx, me org.Actor, id db.ID) conversation.Conversation {
	c, err := conversation.ByID(tx, me, id)
	if err != nil {
		panic(err)
	}
	return c
}

func stands(t testing.TB, s testkit.Store, me org.Actor, id db.ID, want conversation.State) conversation.Conversation {
	t.Helper()
	c := testkit.Read(t, s, func(tx *db.Tx) (conversation.Conversation, error) { return conversation.ByID(tx, me, id) })
	if c.State != want {
		t.Errorf("%s sees it %s, want %s", me.Name, c.State, want)
	}
	return c
}

// refused runs what must be refused with a reason.
func refused(t testing.TB, s testkit.Store, what string, act func(tx *db.Tx) error) {
	t.Helper()
	if err := testkit.Fails(t, s, act); !errors.As(err, new(problem.Refused)) {
		t.Errorf("%s: got %v, want a refusal that says why", what, err)
	}
}

func TestAnEmployeeAsksTheManagerAndTheManagerSaysYes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		asked := requests(t, s, c.Ines, c.Tomas.Self(), in(3))
		if asked.State != conversation.Requested || !asked.Owner.Is(c.Ines) || asked.Line == "" {
			t.Errorf("asked for: %+v", asked)
		}
		seen := stands(t, s, c.Tomas, asked.ID, conversation.Requested)
		if !seen.WaitsFor(c.Tomas) || seen.WaitsFor(c.Ines) || seen.Other(c.Tomas).Name != "Ines Faria" {
			t.Errorf("it waits for the wrong one: %+v", seen)
		}
		refused(t, s, "the one who asked says yes", func(tx *db.Tx) error {
			_, err := conversation.Accept(tx, c.Ines, asked.ID, asked.Revision)
			return err
		})
		accepts(t, s, c.Tomas, asked.ID)
		stands(t, s, c.Ines, asked.ID, conversation.Agreed)
	})
}

func TestAManagerAsksAReportAndItIsAboutTheReport(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		asked := requests(t, s, c.Tomas, c.Ines.Self(), in(3))
		if !asked.Owner.Is(c.Ines) || !asked.Partner.Is(c.Tomas) || asked.Line == "" || !asked.WaitsFor(c.Ines) {
			t.Errorf("asked for: %+v, want Ines as its owner", asked)
		}
		peer := requests(t, s, c.Ines, c.Mira.Self(), in(3))
		if !peer.Owner.Is(c.Ines) || !peer.Partner.Is(c.Mira) || peer.Line != "" {
			t.Errorf("with a chosen partner: %+v, want Ines as its owner and no line", peer)
		}
	})
}

func TestAYesNeverCountsForATimeThatWasProposedMeanwhile(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		asked := requests(t, s, c.Ines, c.Tomas.Self(), in(3))
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := conversation.Propose(tx, c.Ines, asked.ID, asked.Revision, in(4))
			return err
		})
		refused(t, s, "a yes to the time before", func(tx *db.Tx) error {
			_, err := conversation.Accept(tx, c.Tomas, asked.ID, asked.Revision)
			return err
		})
		accepts(t, s, c.Tomas, asked.ID)
		if got := stands(t, s, c.Ines, asked.ID, conversation.Agreed); !got.At.Equal(in(4).At) {
			t.Errorf("agreed for %v", got.At)
		}
	})
}

func TestAnotherTimeWaitsForTheOtherSideAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := agreed(t, s, c)
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := conversation.Propose(tx, c.Tomas, id, sees(tx, c.Tomas, id).Revision, in(9))
			return err
		})
		if got := stands(t, s, c.Ines, id, conversation.Requested); !got.WaitsFor(c.Ines) || !got.At.Equal(in(9).At) {
			t.Errorf("got %+v", got)
		}
		for what, wrong := range map[string]conversation.Time{
			"yesterday": in(-1), "in three years": in(1100), "no time": {Minutes: 60}, "no length": {At: in(3).At},
		} {
			err := testkit.Fails(t, s, func(tx *db.Tx) error {
				_, err := conversation.Propose(tx, c.Ines, id, sees(tx, c.Ines, id).Revision, wrong)
				return err
			})
			if !errors.As(err, new(problem.Invalid)) {
				t.Errorf("%s: got %v, want a message at the field", what, err)
			}
		}
	})
}

func TestWithAContactTheOwnerKeepsBothSides(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		noor := testkit.Write(t, s, func(tx *db.Tx) (org.Contact, error) {
			return org.AddContact(tx, c.Ines, org.Contact{Name: "Noor Haddad", About: "My mentor from the guild"})
		})
		with := org.Party{Contact: noor.ID}
		kept := requests(t, s, c.Ines, with, in(-3))
		if kept.State != conversation.Agreed || kept.Partner.Name != "Noor Haddad" {
			t.Fatalf("with a contact: %+v, want it agreed at once, even after the fact", kept)
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := conversation.Propose(tx, c.Ines, kept.ID, kept.Revision, in(-2))
			return err
		})
		stands(t, s, c.Ines, kept.ID, conversation.Agreed)
		testkit.Do(t, s, func(tx *db.Tx) error {
			return conversation.End(tx, c.Ines, kept.ID, conversation.EndInput{Outcome: "Write it up", Promises: []conversation.Promise{
				{Words: "Send my draft", Due: due}, {ByOther: true, Words: "Read it", Due: due},
			}})
		})
		stands(t, s, c.Ines, kept.ID, conversation.Held)
		promised(t, s, c.Ines, kept.ID, "Ines Faria: Send my draft (open)", "Noor Haddad: Read it (open)")
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := conversation.Request(tx, c.Tomas, conversation.Input{With: with, Kind: conversation.Free, Time: in(3)})
			return err
		}); !errors.Is(err, problem.NotFound) {
			t.Errorf("with somebody else's contact: %v, want not found", err)
		}
	})
}

func TestWhatWasPlannedInALineThatEndsIsOffAndCanBeAskedForAnew(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		was := held(t, s, c, "Ines leads the release")
		planned := agreed2(t, s, c.Ines, c.Tomas)
		chosen := agreed2(t, s, c.Ines, c.Mira)
		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Ana.Person) })
		if got := stands(t, s, c.Ines, planned, conversation.Cancelled); got.CancelledBecause != conversation.ByLine {
			t.Errorf("cancelled because of %q", got.CancelledBecause)
		}
		stands(t, s, c.Ines, chosen, conversation.Agreed)
		stands(t, s, c.Tomas, was, conversation.Held)
		anew := requests(t, s, c.Ines, c.Tomas.Self(), in(20))
		if anew.Line != "" || anew.State != conversation.Requested {
			t.Errorf("asked anew by choice: %+v", anew)
		}
	})
}

// agreed2 is a conversation in ten days.
func agreed2(t testing.TB, s testkit.Store, owner, partner org.Actor) db.ID {
	t.Helper()
	return accepts(t, s, partner, requests(t, s, owner, partner.Self(), in(10)).ID).ID
}

func TestWhenOneLeavesWhatWasHeldStaysReadableToBothAndTheRestIsOff(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		was := held(t, s, c, "Ines leads the release")
		planned, other := agreed2(t, s, c.Ines, c.Tomas), agreed2(t, s, c.Ines, c.Mira)
		mirrored := agreed2(t, s, c.Joel, c.Ines)
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Ines.Person) })
		gone := testkit.Read(t, s, func(tx *db.Tx) (org.Actor, error) {
			return org.UnscopedActor(tx, c.Organisation.ID, c.Ines.Person)
		})
		for _, off := range []struct {
			id db.ID
			by org.Actor
		}{{planned, c.Tomas}, {other, c.Mira}, {mirrored, c.Joel}, {planned, gone}} {
			stands(t, s, off.by, off.id, conversation.Cancelled)
		}
		for _, me := range []org.Actor{gone, c.Tomas} {
			stands(t, s, me, was, conversation.Held)
			texts := testkit.Read(t, s, func(tx *db.Tx) (conversation.Texts, error) { return conversation.TextsOf(tx, me, was) })
			if texts.Outcome.Words != "Ines leads the release" {
				t.Errorf("%s reads %q of what came of it", me.Name, texts.Outcome.Words)
			}
			refused(t, s, "mending what was written together", func(tx *db.Tx) error {
				return conversation.Write(tx, me, was, conversation.Outcome, texts.Outcome.Revision, "otherwise")
			})
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			return conversation.Write(tx, c.Tomas, was, conversation.Private, 0, "I still have my own notes")
		})
	})
}

func TestWhatIsOverCannotBeAnsweredOrCancelled(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		tooEarly := agreed2(t, s, c.Ines, c.Tomas)
		refused(t, s, "ended before its day", func(tx *db.Tx) error {
			return conversation.End(tx, c.Ines, tooEarly, conversation.EndInput{})
		})
		testkit.Do(t, s, func(tx *db.Tx) error { return conversation.Cancel(tx, c.Tomas, tooEarly) })
		was := held(t, s, c, "")
		for _, id := range []db.ID{tooEarly, was} {
			for what, act := range map[string]func(tx *db.Tx) error{
				"accept": func(tx *db.Tx) error { _, err := conversation.Accept(tx, c.Tomas, id, 1); return err },
				"move":   func(tx *db.Tx) error { _, err := conversation.Propose(tx, c.Ines, id, 1, in(40)); return err },
				"cancel": func(tx *db.Tx) error { return conversation.Cancel(tx, c.Ines, id) },
				"agenda": func(tx *db.Tx) error {
					return conversation.AddItem(tx, c.Ines, id, conversation.ItemInput{Words: "one more"})
				},
			} {
				refused(t, s, what, act)
			}
		}
	})
}

func TestTheNextComeFirstAndThePastComesInPages(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		var was []db.ID
		for range 3 {
			was = append(was, accepts(t, s, c.Tomas, requests(t, s, c.Ines, c.Tomas.Self(), later(s)).ID).ID)
			s.Clock.MoveDays(1)
			testkit.Do(t, s, func(tx *db.Tx) error { return conversation.End(tx, c.Ines, was[len(was)-1], conversation.EndInput{}) })
		}
		late := agreed2(t, s, c.Ines, c.Tomas)
		soon := requests(t, s, c.Mira, c.Ines.Self(), later(s)).ID
		next := testkit.Read(t, s, func(tx *db.Tx) ([]conversation.Conversation, error) { return conversation.Coming(tx, c.Ines) })
		if len(next) != 2 || next[0].ID != soon || next[1].ID != late {
			t.Errorf("to come: %v", next)
		}
		got, more := past(t, s, c.Ines, org.Party{}, "")
		if !more || len(got) != 2 || got[0].ID != was[2] || got[1].ID != was[1] {
			t.Errorf("past: %v, more %v", got, more)
		}
		got, more = past(t, s, c.Ines, c.Tomas.Self(), got[1].ID)
		if more || len(got) != 1 || got[0].ID != was[0] {
			t.Errorf("the next page: %v, more %v", got, more)
		}
		if got, _ = past(t, s, c.Ines, c.Mira.Self(), ""); len(got) != 0 {
			t.Errorf("with Mira: %v, want none", got)
		}
		last := testkit.Read(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
			return conversation.LastHeld(tx, c.Tomas, sees(tx, c.Tomas, late))
		})
		if last.ID != was[2] {
			t.Errorf("the last that was held: %v", last)
		}
		with := testkit.Read(t, s, func(tx *db.Tx) ([]org.Party, error) { return conversation.Partners(tx, c.Ines) })
		if len(with) != 2 || with[0].Name != "Mira Koch" || with[1].Name != "Tomás Reis" {
			t.Errorf("partners: %v", with)
		}
	})
}

// later is in two hours by the clock of the store.
func later(s testkit.Store) conversation.Time {
	return conversation.Time{At: s.Clock.Now().Add(2 * time.Hour), Minutes: 20}
}

func past(t testing.TB, s testkit.Store, me org.Actor, with org.Party, after db.ID) ([]conversation.Conversation, bool) {
	t.Helper()
	type page struct {
		list []conversation.Conversation
		more bool
	}
	got := testkit.Read(t, s, func(tx *db.Tx) (page, error) {
		place, err := conversation.PlaceAfter(tx, me, after)
		if err != nil {
			return page{}, err
		}
		list, more, err := conversation.Past(tx, me, with, place, 2)
		return page{list, more}, err
	})
	return got.list, got.more
}
