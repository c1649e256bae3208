package commitment_test

import (
	"sync"
	"testing"

	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

// What two do at the same moment counts as if one had come first: of two that cannot both be, one is
// done, and the other is told so.
func TestOfTwoActsAtOnceEachCountsAsIfOneHadComeFirst(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		type act struct {
			me   org.Actor
			verb string
		}
		for _, race := range []struct {
			name       string
			state      commitment.State
			one, other act
			done       int // how many of the two are done
		}{
			{"both propose", commitment.Open, act{c.Tomas, "propose"}, act{c.Ines, "propose"}, 1},
			{"one proposes in two windows", commitment.Open, act{c.Ines, "propose"}, act{c.Ines, "propose"}, 1},
			{"agreed to and withdrawn", "change waits", act{c.Ines, "agree"}, act{c.Tomas, "withdraw"}, 1},
			{"agreed to and answered with another", "change waits", act{c.Ines, "agree"}, act{c.Ines, "propose"}, 1},
			{"answered with another and withdrawn", "change waits", act{c.Ines, "propose"}, act{c.Tomas, "withdraw"}, 1},
			{"agreed to and released", "change waits", act{c.Ines, "agree"}, act{c.Ines, "release"}, 0},
			{"a yes and a no", commitment.Proposed, act{c.Tomas, "accept"}, act{c.Tomas, "decline"}, 1},
			{"a yes, and taken back", commitment.Proposed, act{c.Tomas, "accept"}, act{c.Ines, "take back"}, 1},
			{"confirmed and released", "said done", act{c.Ines, "confirm"}, act{c.Ines, "release"}, 1},
			{"both look back", "to look back", act{c.Tomas, "not yet"}, act{c.Ines, "not yet"}, 2},
			{"one looks back in two windows", "to look back", act{c.Ines, "not yet"}, act{c.Ines, "not yet"}, 1},
			{"done and called broken", "overdue", act{c.Tomas, "done"}, act{c.Ines, "break"}, 1},
		} {
			id := bring(t, s, c, race.state)
			was := sees(t, s, c.Tomas, id)
			var wg sync.WaitGroup
			errs := make([]error, 2)
			for n, each := range []act{race.one, race.other} {
				wg.Go(func() {
					errs[n] = db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return verbs[each.verb](tx, each.me, id, was.Change.ID) })
				})
			}
			wg.Wait()
			done := 0
			for _, err := range errs {
				if err == nil {
					done++
				}
			}
			if race.done != 0 && done != race.done || done == 0 {
				t.Errorf("%s: %d are done (%v), want %d", race.name, done, errs, race.done)
			}
			now := sees(t, s, c.Ines, id)
			if race.name == "both look back" && (now.ByLooked != was.CheckIn || now.ToLooked != was.CheckIn) {
				t.Errorf("%s: the answers are %s and %s, want both", race.name, now.ByLooked, now.ToLooked)
			}
			if n := len(history(t, s, c.Ines, id)); n < done+1 {
				t.Errorf("%s: %d lines of history, want one for each act", race.name, n)
			}
			s.Clock.Move(testkit.NewClock().Now().Sub(s.Clock.Now()))
		}
	})
}

// Two who both asked for another to take a promise over meet the same rule: one takes it over, once.
func TestAPromiseThatChangedSinceIsNotTakenOver(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		p := makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		agree := func(in commitment.NewTerms) {
			t.Helper()
			testkit.Do(t, s, func(tx *db.Tx) error { return commitment.Propose(tx, c.Tomas, p.ID, in) })
			testkit.Do(t, s, func(tx *db.Tx) error { return commitment.Agree(tx, c.Ines, p.ID, sees(t, s, c.Ines, p.ID).Change.ID) })
			s.Clock.MoveDays(1)
		}
		agree(commitment.NewTerms{Owner: c.Ana.Self()})
		agree(commitment.NewTerms{Owner: c.Joel.Self()})
		offered := func(me org.Actor) db.ID {
			return listed(t, s, me, commitment.Choice{Show: commitment.ShowProposed}, "", 5)[0].ID
		}
		ana, joel := offered(c.Ana), offered(c.Joel)
		var wg sync.WaitGroup
		errs := make([]error, 2)
		wg.Go(func() {
			errs[0] = db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return commitment.AcceptProposal(tx, c.Ana, ana) })
		})
		wg.Go(func() {
			errs[1] = db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return commitment.AcceptProposal(tx, c.Joel, joel) })
		})
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("taken over by %v and %v, want one of the two", errs[0], errs[1])
		}

		p = makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		agree(commitment.NewTerms{Owner: c.Mira.Self()})
		agree(commitment.NewTerms{Words: "Introduce you to one of the platform team"})
		refused(t, s, func(tx *db.Tx) error { return commitment.AcceptProposal(tx, c.Mira, offered(c.Mira)) })
		stands(t, s, c.Ines, p.ID, commitment.Open)
	})
}
