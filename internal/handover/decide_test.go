package handover_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/handover"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/peoplefile"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func (c company) promise(of org.Actor, id db.ID) commitment.Commitment {
	c.Helper()
	return testkit.Read(c.T, c.s, func(tx *db.Tx) (commitment.Commitment, error) { return commitment.ByID(tx, of, id) })
}

func (c company) agenda(of org.Actor, id db.ID) (lines []string) {
	c.Helper()
	agenda := testkit.Read(c.T, c.s, func(tx *db.Tx) (conversation.Agenda, error) { return conversation.AgendaOf(tx, of, id) })
	for _, i := range agenda.Shared {
		lines = append(lines, i.Words)
	}
	slices.Sort(lines)
	return lines
}

func TestEachPromiseOfAFormerManagerBecomesWhatBothSidesOfItAgreeTo(t *testing.T) {
	each(t, func(c company) {
		stays, taken, moved, freed := c.promises("Read my draft"), c.promises("Introduce you to the harbour"), c.promises("Show you the budget"), c.promises("Lend you the book")
		c.leads(c.Ana.Person)
		later := civil.On(2027, 3, 1)
		c.decide(handover.Decision{To: c.Ana.Person, Meeting: handover.WholeYear, Promises: []handover.Choice{
			{Promise: taken, Becomes: handover.TakeOver}, {Promise: moved, Becomes: handover.Move, Due: later}, {Promise: freed, Becomes: handover.Release},
		}})
		for id, want := range map[db.ID]commitment.State{stays: commitment.Open, taken: commitment.Open, moved: commitment.Open, freed: commitment.Released} {
			for _, side := range []org.Actor{c.Ines, c.Tomas} { // what was promised stays readable to both
				if got := c.promise(side, id); got.State != want || !got.By.Is(c.Tomas) || got.Due == later {
					c.Errorf("%s reads %q as %s by %s until %s, want %s as it was", side.Name, got.Words, got.State, got.By.Name, got.Due, want)
				}
			}
		}
		first := c.of(c.Ines).First
		if got := c.agenda(c.Ana, first); len(got) != 0 {
			c.Errorf("before anybody agreed the agenda holds %q", got)
		}
		c.do(func(tx *db.Tx) error {
			return errors.Join(
				commitment.Agree(tx, c.Tomas, taken, c.promise(c.Tomas, taken).Change.ID),
				commitment.Agree(tx, c.Tomas, moved, c.promise(c.Tomas, moved).Change.ID))
		})
		if got := c.promise(c.Ines, moved); got.Due != later {
			c.Errorf("both agreed, and it is due on %s", got.Due)
		}
		for _, p := range c.of(c.Ines).Theirs {
			if p.ID == taken {
				c.do(func(tx *db.Tx) error {
					next, err := commitment.TakeOvers(tx, c.Ines)
					if err != nil {
						return err
					}
					return commitment.AcceptProposal(tx, c.Ana, next[taken].ID)
				})
			}
		}
		if got := c.promise(c.Tomas, taken); got.State != commitment.Released {
			c.Errorf("taken over, Tomás reads it as %s", got.State)
		}
		if got := c.agenda(c.Ines, first); !slices.Equal(got, []string{"Taken over: Introduce you to the harbour"}) {
			c.Errorf("the agenda holds %q", got)
		}
	})
}

func TestTheFirstMeetingHoldsExactlyWhatWasShown(t *testing.T) {
	each(t, func(c company) {
		line := testkit.Write(c.T, c.s, func(tx *db.Tx) (conversation.Conversation, error) {
			return conversation.Request(tx, c.Ines, conversation.Input{With: c.Tomas.Self(), Kind: conversation.Sprint, Time: conversation.Time{At: tx.Now().AddDate(0, 0, 2), Minutes: 20}})
		})
		c.do(func(tx *db.Tx) error {
			return conversation.AddItem(tx, c.Ines, line.ID, conversation.ItemInput{Words: "Not for Ana", Shared: true})
		})
		for n, how := range []handover.Meeting{handover.WholeYear, handover.OneMeeting} {
			manager := []org.Actor{c.Ana, c.Mira}[n]
			c.leads(manager.Person)
			c.s.Clock.MoveDays(1)
			h := c.of(c.Ines)
			var show []db.ID
			for _, i := range h.Items {
				show = append(show, i.Share)
			}
			c.decide(handover.Decision{To: manager.Person, Show: show, Meeting: how})
			h = c.of(c.Ines)
			if got := c.agenda(manager, h.First); !slices.Equal(got, []string{"In my plan: Purpose", "Lead a service"}) {
				c.Errorf("%s: the agenda holds %q", how, got)
			}
			first := testkit.Read(c.T, c.s, func(tx *db.Tx) (conversation.Conversation, error) { return conversation.ByID(tx, manager, h.First) })
			year := testkit.Read(c.T, c.s, func(tx *db.Tx) ([]conversation.Cadence, error) { return conversation.Cadences(tx, manager) })
			if first.Kind != conversation.Align || (first.State == conversation.Planned) != (how == handover.WholeYear) || len(year) != 1-n {
				c.Errorf("%s: first %s, %s, with %d years", how, first.Kind, first.State, len(year))
			}
		}
		if got := testkit.Read(c.T, c.s, func(tx *db.Tx) (conversation.Conversation, error) { return conversation.ByID(tx, c.Tomas, line.ID) }); got.State != conversation.Cancelled {
			c.Errorf("what was planned with the former manager is %s", got.State)
		}
	})
}

func TestAPromiseWithoutItsDayOrOfSomebodyElseIsRefusedAndNothingIsShown(t *testing.T) {
	once(t, func(c company) {
		made := c.promises("Read my draft")
		c.leads(c.Ana.Person)
		share := c.of(c.Ines).Items[0].Share
		for _, bad := range []handover.Choice{{Promise: made, Becomes: handover.Move}, {Promise: made, Becomes: handover.Move, Due: civil.On(2020, 1, 1)}, {Promise: made, Becomes: "vanish"}, {Promise: "x", Becomes: handover.Release}} {
			err := testkit.Fails(c.T, c.s, func(tx *db.Tx) error {
				return handover.Decide(tx, c.Ines, handover.Decision{To: c.Ana.Person, Show: []db.ID{share}, Promises: []handover.Choice{bad}})
			})
			var wrong problem.Invalid
			if errors.As(err, &wrong); bad.Promise == made && wrong[handover.DueField(made)] == "" && wrong[handover.BecomesField(made)] == "" {
				c.Errorf("%v: %v", bad, err)
			}
		}
		if goals, texts := c.shownTo(c.Ana); goals+texts != 0 || !c.of(c.Ines).Waits {
			c.Errorf("half a handover: Ana sees %d", goals+texts)
		}
	})
}

func TestAnImportThatMovesManyTellsEachOnce(t *testing.T) {
	each(t, func(c company) {
		c.do(func(tx *db.Tx) error { // Joel has shown something, too
			if _, err := plan.Write(tx, c.Joel, plan.Text{Section: plan.Purpose, Words: "Boats"}); err != nil {
				return err
			}
			return plan.ShareSections(tx, c.Joel, []plan.Section{plan.Purpose}, plan.WithManager)
		})
		count := func() (all []int64) {
			for _, who := range []org.Actor{c.Ines, c.Joel, c.Mira} {
				all = append(all, c.notices(who))
			}
			return all
		}
		before := count()
		c.s.Clock.MoveDays(1)
		lines := "email,name,manager\nines@weir.example,Ines Faria,mira@weir.example\njoel@weir.example,Joel Sá,mira@weir.example\nmira@weir.example,Mira Koch,ana@weir.example\n"
		f, err := peoplefile.Read(strings.NewReader(lines), peoplefile.Options{})
		if err != nil {
			c.Fatal(err)
		}
		c.do(func(tx *db.Tx) error { _, err := org.Import(tx, c.Ada, f, false, func(int, int) {}); return err })
		for n, got := range count() {
			if got-before[n] != 1 {
				c.Errorf("number %d is told %d times", n, got-before[n])
			}
		}
		if !c.of(c.Ines).Waits || !c.of(c.Joel).Waits {
			c.Error("an import begins no handover")
		}
	})
}
