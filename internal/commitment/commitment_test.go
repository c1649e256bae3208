package commitment_test

import (
	"errors"
	"io"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// due lies a fortnight after the day on which tests begin.
var due = civil.On(2026, time.December, 7)

func promise(by, to org.Actor) commitment.Input {
	return commitment.Input{By: by.Self(), To: to.Self(), Words: "Introduce you to the platform team", Due: due}
}

func makes(t testing.TB, s testkit.Store, me org.Actor, in commitment.Input) commitment.Commitment {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (commitment.Commitment, error) { return commitment.Make(tx, me, org.Origin{}, in) })
}

func sees(t testing.TB, s testkit.Store, me org.Actor, id db.ID) commitment.Commitment {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (commitment.Commitment, error) { return commitment.ByID(tx, me, id) })
}

func history(t testing.TB, s testkit.Store, me org.Actor, id db.ID) []commitment.Act {
	t.Helper()
	entries := testkit.Read(t, s, func(tx *db.Tx) ([]commitment.Entry, error) { return commitment.History(tx, me, id) })
	var acts []commitment.Act
	for _, e := range entries {
		acts = append(acts, e.Act)
	}
	return acts
}

func stands(t testing.TB, s testkit.Store, me org.Actor, id db.ID, want commitment.State) {
	t.Helper()
	if c := sees(t, s, me, id); c.State != want {
		t.Errorf("%s sees it %s, want %s", me.Name, c.State, want)
	}
}

func TestTheDayToLookBackIsThreeMonthsOnAndNeverBeforeItIsDue(t *testing.T) {
	agreed := civil.On(2026, time.November, 23)
	for _, c := range []struct{ due, want civil.Date }{
		{civil.On(2026, time.December, 1), civil.On(2027, time.February, 23)},
		{civil.On(2027, time.February, 24), civil.On(2027, time.February, 24)},
		{civil.On(2027, time.March, 6), civil.On(2027, time.March, 8)}, // from a Saturday to Monday
		{civil.On(2027, time.November, 1), civil.On(2027, time.November, 1)},
	} {
		if got := commitment.ProposeCheckIn(agreed, c.due); got != c.want {
			t.Errorf("due %s: got %s, want %s", c.due, got, c.want)
		}
	}
}

func TestWhatIPromiseIsOpenAtOnceAndWhatIWriteDownForYouWaitsForYou(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		mine := makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		stands(t, s, c.Ines, mine.ID, commitment.Open)

		yours := makes(t, s, c.Ines, promise(c.Tomas, c.Ines))
		stands(t, s, c.Tomas, yours.ID, commitment.Proposed)
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.AcceptProposal(tx, c.Tomas, yours.ID) })
		stands(t, s, c.Ines, yours.ID, commitment.Open)
	})
}

func TestWhatIsWrittenDownBetweenTwoOthersIsSeenByTheReceiverOnlyAfterTheYes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		between := makes(t, s, c.Ana, promise(c.Tomas, c.Ines))
		stands(t, s, c.Ana, between.ID, commitment.Proposed)
		hidden(t, s, c.Ines, between.ID)
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.AcceptProposal(tx, c.Tomas, between.ID) })
		stands(t, s, c.Ines, between.ID, commitment.Open)
		hidden(t, s, c.Ana, between.ID)
	})
}

func hidden(t testing.TB, s testkit.Store, me org.Actor, id db.ID) {
	t.Helper()
	_, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (commitment.Commitment, error) { return commitment.ByID(tx, me, id) })
	if !errors.Is(err, problem.NotFound) {
		t.Errorf("%s finds it (%v), want not found", me.Name, err)
	}
	found, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) ([]commitment.Entry, error) { return commitment.History(tx, me, id) })
	if err != nil || len(found) != 0 {
		t.Errorf("%s reads %d lines of its history (%v), want none", me.Name, len(found), err)
	}
}

func TestAPromiseIsKeptWhenOneSaysDoneAndTheOtherConfirms(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		p := makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.SayItIsDone(tx, c.Tomas, p.ID, "We met on Friday") })
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.SeeOtherwise(tx, c.Ines, p.ID, "Only with half of them") })
		if got := sees(t, s, c.Tomas, p.ID); got.State != commitment.Open || got.DiffersAt.IsZero() {
			t.Errorf("after they differ it is %s, want open and to be talked about", got.State)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.ConfirmDone(tx, c.Ines, p.ID, "") })
		stands(t, s, c.Tomas, p.ID, commitment.Kept)
		want := []commitment.Act{commitment.Made, commitment.SayDone, commitment.Differ, commitment.Confirm}
		if got := history(t, s, c.Ines, p.ID); !slices.Equal(got, want) {
			t.Errorf("history %v, want %v", got, want)
		}
	})
}

func TestAgreedWordsStandUntilTheOtherSideAgreesToOthers(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		p := makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		later := commitment.NewTerms{Due: due.AddDays(20), Note: "They are on a retreat"}
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.Propose(tx, c.Tomas, p.ID, later) })
		waiting := sees(t, s, c.Ines, p.ID)
		if waiting.Due != due || waiting.Change.Due != later.Due || waiting.WaitsFor(c.Ines, due) != commitment.ForMyAnswer {
			t.Errorf("while it waits it is due %s with %s proposed, want %s and %s", waiting.Due, waiting.Change.Due, due, later.Due)
		}
		refused(t, s, func(tx *db.Tx) error { return commitment.Propose(tx, c.Tomas, p.ID, later) })
		refused(t, s, func(tx *db.Tx) error { return commitment.Agree(tx, c.Tomas, p.ID, waiting.Change.ID) })
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.Agree(tx, c.Ines, p.ID, waiting.Change.ID) })
		if now := sees(t, s, c.Tomas, p.ID); now.Due != later.Due || now.Change.ID != "" {
			t.Errorf("after the yes it is due %s, want %s", now.Due, later.Due)
		}
		refused(t, s, func(tx *db.Tx) error { return commitment.SayNoToChange(tx, c.Ines, p.ID, waiting.Change.ID, "") })
		entries := testkit.Read(t, s, func(tx *db.Tx) ([]commitment.Entry, error) { return commitment.History(tx, c.Ines, p.ID) })
		if e := entries[1]; e.By != c.Tomas.Name || e.Change.WasDue != due || e.Change.Due != later.Due || e.Change.Note != later.Note {
			t.Errorf("the history says %+v of the change", e)
		}
	})
}

func refused(t testing.TB, s testkit.Store, what func(tx *db.Tx) error) {
	t.Helper()
	var r problem.Refused
	if err := db.Do(t.Context(), s.DB, what); !errors.As(err, &r) {
		t.Errorf("got %v, want a refusal that says why", err)
	}
}

func TestPassingAPromiseOnNeedsTheYesOfAllThree(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		p := makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		testkit.Do(t, s, func(tx *db.Tx) error {
			return commitment.Propose(tx, c.Tomas, p.ID, commitment.NewTerms{Owner: c.Ana.Self()})
		})
		change := sees(t, s, c.Ines, p.ID).Change
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.Agree(tx, c.Ines, p.ID, change.ID) })
		stands(t, s, c.Tomas, p.ID, commitment.Open)

		waiting := testkit.Read(t, s, func(tx *db.Tx) ([]commitment.Commitment, error) {
			return commitment.Listed(tx, c.Ana, commitment.Choice{Side: commitment.IPromised}, commitment.Place{}, 10)
		})
		if len(waiting) != 1 || waiting[0].State != commitment.Proposed || waiting[0].To.Person != c.Ines.Person {
			t.Fatalf("Ana sees %+v, want one proposal for Ines", waiting)
		}
		hidden(t, s, c.Tomas, waiting[0].ID)
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.AcceptProposal(tx, c.Ana, waiting[0].ID) })
		stands(t, s, c.Ines, waiting[0].ID, commitment.Open)
		stands(t, s, c.Tomas, p.ID, commitment.Released)
		if got := history(t, s, c.Tomas, p.ID); got[len(got)-1] != commitment.PassedOn {
			t.Errorf("the old history ends with %q, want that it was passed on", got[len(got)-1])
		}
	})
}

func TestWhoTakesAPromiseOverDoesNotLearnWhatItCameFromInPrivate(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	for kind, told := range map[string]bool{"asking": false, "suggestion": false, "goal": false, "ask": true, "conversation": true} {
		from := org.Origin{Kind: kind, ID: db.ID("0199-" + kind)}
		p := testkit.Write(t, s, func(tx *db.Tx) (commitment.Commitment, error) {
			return commitment.Make(tx, c.Tomas, from, promise(c.Tomas, c.Ines))
		})
		testkit.Do(t, s, func(tx *db.Tx) error {
			return commitment.Propose(tx, c.Tomas, p.ID, commitment.NewTerms{Owner: c.Ana.Self()})
		})
		change := sees(t, s, c.Ines, p.ID).Change.ID
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.Agree(tx, c.Ines, p.ID, change) })
		for _, me := range []org.Actor{c.Ana, c.Ines} {
			came := testkit.Read(t, s, func(tx *db.Tx) ([]commitment.Commitment, error) { return commitment.From(tx, me, from) })
			passed := slices.ContainsFunc(came, func(one commitment.Commitment) bool { return one.Replaces == p.ID && one.Origin == from })
			if passed != told {
				t.Errorf("%s: %s is told what the promise came from: %t", kind, me.Name, passed)
			}
		}
		if got := sees(t, s, c.Tomas, p.ID).Origin; got != from {
			t.Errorf("%s: who wrote it down reads %v", kind, got)
		}
	}
}

func TestOnlyAfterTheDueDateAPromiseMayBeCalledBroken(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		p := makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		broken := func(tx *db.Tx) error { return commitment.CallItBroken(tx, c.Ines, p.ID, "") }
		refused(t, s, broken)
		s.Clock.MoveDays(14) // the due date itself
		refused(t, s, broken)
		s.Clock.MoveDays(1)
		testkit.Do(t, s, broken)
		stands(t, s, c.Tomas, p.ID, commitment.Broken)
	})
}

func TestTheCheckInAsksTheReceiverWhetherItHappened(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		p := makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		if p.WaitsFor(c.Ines, p.CheckIn) != commitment.ForMyLook {
			t.Errorf("on the day to look back it waits for %q", p.WaitsFor(c.Ines, p.CheckIn))
		}
		s.Clock.MoveDays(100)
		testkit.Do(t, s, func(tx *db.Tx) error {
			return commitment.LookBack(tx, c.Ines, p.ID, commitment.Look{Happened: commitment.Yes, Note: "It opened the door"})
		})
		stands(t, s, c.Tomas, p.ID, commitment.Kept)
	})
}

func TestWithAContactTheOwnerKeepsBothSides(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		contact := testkit.Write(t, s, func(tx *db.Tx) (org.Contact, error) {
			return org.AddContact(tx, c.Ines, org.Contact{Name: "Beatriz Lima"})
		})
		in := commitment.Input{By: org.Party{Contact: contact.ID}, To: c.Ines.Self(), Words: "Read my talk", Due: due}
		p := makes(t, s, c.Ines, in)
		stands(t, s, c.Ines, p.ID, commitment.Open)
		hidden(t, s, c.Tomas, p.ID)
		testkit.Do(t, s, func(tx *db.Tx) error {
			return commitment.Propose(tx, c.Ines, p.ID, commitment.NewTerms{Words: "Read the first half of my talk"})
		})
		if now := sees(t, s, c.Ines, p.ID); now.Words != "Read the first half of my talk" || now.By.Name != "Beatriz Lima" {
			t.Errorf("it says %q by %q", now.Words, now.By.Name)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.ConfirmDone(tx, c.Ines, p.ID, "") })
		stands(t, s, c.Ines, p.ID, commitment.Kept)

		err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := commitment.Make(tx, c.Tomas, org.Origin{}, in); return err })
		if !errors.Is(err, problem.NotFound) {
			t.Errorf("somebody else's contact: got %v, want not found", err)
		}
	})
}

func TestWhenOneSideLeavesTheOtherLetsGoAloneAndTheLeaverReadsForThirtyDays(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		p := makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		refused(t, s, func(tx *db.Tx) error { return commitment.LetItGo(tx, c.Tomas, p.ID, "") })
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Ines.Person) })
		gone := c.Ines
		gone.Left = true
		refused(t, s, func(tx *db.Tx) error { return commitment.ReleaseIt(tx, gone, p.ID, "") })
		s.Clock.MoveDays(29)
		stands(t, s, gone, p.ID, commitment.Open)
		s.Clock.MoveDays(2)
		hidden(t, s, gone, p.ID)
		if got := sees(t, s, c.Tomas, p.ID); got.To.Name != "Ines Faria" || !got.ToLeft {
			t.Errorf("Tomás sees %q, left %v", got.To.Name, got.ToLeft)
		}
		refused(t, s, func(tx *db.Tx) error { return commitment.ReleaseIt(tx, c.Tomas, p.ID, "") })
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.LetItGo(tx, c.Tomas, p.ID, "") })
		stands(t, s, c.Tomas, p.ID, commitment.Released)
	})
}

func TestWhatAPromiseCameFromInPrivateIsNotToldToTheOtherSide(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		for kind, told := range map[string]bool{"asking": false, "goal": false, "ask": true, "conversation": true} {
			from := org.Origin{Kind: kind, ID: "0199"}
			p := testkit.Write(t, s, func(tx *db.Tx) (commitment.Commitment, error) {
				return commitment.Make(tx, c.Ines, from, promise(c.Ines, c.Tomas))
			})
			if got := sees(t, s, c.Ines, p.ID).Origin; got != from {
				t.Errorf("%s: Ines reads that it came from %v", kind, got)
			}
			if got := sees(t, s, c.Tomas, p.ID).Origin; (got == from) != told || !told && got != (org.Origin{}) {
				t.Errorf("%s: Tomás reads that it came from %v", kind, got)
			}
		}
	})
}

func TestWhatIsMissingIsSaidFieldByField(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		for field, in := range map[string]commitment.Input{
			"words":    {By: c.Ines.Self(), To: c.Tomas.Self(), Due: due},
			"due":      {By: c.Ines.Self(), To: c.Tomas.Self(), Words: "x", Due: due.AddDays(-30)},
			"check_in": {By: c.Ines.Self(), To: c.Tomas.Self(), Words: "x", Due: due, CheckIn: due.AddDays(-1)},
			"to":       {By: c.Ines.Self(), To: c.Ines.Self(), Words: "x", Due: due},
			"by":       {To: c.Ines.Self(), Words: "x", Due: due},
		} {
			err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := commitment.Make(tx, c.Ines, org.Origin{}, in); return err })
			var wrong problem.Invalid
			if !errors.As(err, &wrong) || wrong[field] == "" {
				t.Errorf("%s: got %v, want a message there", field, err)
			}
		}
	})
}

func TestListsArePagedByDateAndEachSideIsItsOwn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		from := org.Origin{Kind: "ask", ID: "0199"}
		for _, days := range []int{9, 3, 6} {
			in := promise(c.Tomas, c.Ines)
			in.Due = due.AddDays(days)
			testkit.Do(t, s, func(tx *db.Tx) error { _, err := commitment.Make(tx, c.Tomas, from, in); return err })
		}
		makes(t, s, c.Ines, promise(c.Ines, c.Tomas))
		var days []civil.Date
		var after db.ID
		for {
			page := testkit.Read(t, s, func(tx *db.Tx) ([]commitment.Commitment, error) {
				place, err := commitment.PlaceAfter(tx, c.Ines, after)
				if err != nil {
					return nil, err
				}
				return commitment.Listed(tx, c.Ines, commitment.Choice{Side: commitment.PromisedToMe}, place, 2)
			})
			if len(page) == 0 {
				break
			}
			for _, p := range page {
				days = append(days, p.Due)
				after = p.ID
			}
		}
		if want := []civil.Date{due.AddDays(3), due.AddDays(6), due.AddDays(9)}; !slices.Equal(days, want) {
			t.Errorf("promised to Ines, page by page: %v, want %v", days, want)
		}
		for name, list := range map[string]func(tx *db.Tx, me org.Actor) ([]commitment.Commitment, error){
			"from the ask": func(tx *db.Tx, me org.Actor) ([]commitment.Commitment, error) { return commitment.From(tx, me, from) },
			"due by then": func(tx *db.Tx, me org.Actor) ([]commitment.Commitment, error) {
				return commitment.Between(tx, me, c.Tomas.Person, due.AddDays(6))
			},
		} {
			for _, each := range []struct {
				me   org.Actor
				want int
			}{{c.Ines, 3}, {c.Joel, 0}, {c.Ana, 0}, {c.Ada, 0}} {
				found := testkit.Read(t, s, func(tx *db.Tx) ([]commitment.Commitment, error) { return list(tx, each.me) })
				if len(found) != each.want {
					t.Errorf("%s: %s finds %d, want %d", name, each.me.Name, len(found), each.want)
				}
			}
		}
	})
}

// reminded does what is due, and gives the keys of all reminders so far.
func reminded(t *testing.T, s testkit.Store) []db.ID {
	t.Helper()
	runner := job.NewRunner(s.DB, slog.New(slog.NewTextHandler(io.Discard, nil)), map[string]job.Do{commitment.ReminderJob: commitment.SendReminder})
	if _, err := runner.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	return testkit.Read(t, s, func(tx *db.Tx) ([]db.ID, error) {
		return db.List(tx, db.Scanned[db.ID], `select key from jobs where kind = 'notice' and (args like '%"kind":"due"%' or args like '%"kind":"check-in"%') order by run_at, key`)
	})
}

func TestOneReminderComesBeforeTheDueDateAndOneToEachOnTheDayToLookBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		p := makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		reminders := func() []db.ID { return reminded(t, s) }
		s.Clock.MoveDays(10)
		if n := len(reminders()); n != 0 {
			t.Errorf("%d reminders four days ahead, want none", n)
		}
		s.Clock.MoveDays(1)
		if n := len(reminders()); n != 1 {
			t.Errorf("%d reminders three days ahead, want one", n)
		}
		s.Clock.MoveDays(p.CheckIn.DaysSince(due) + 3)
		if n := len(reminders()); n != 3 {
			t.Errorf("%d reminders on the day to look back, want one more for each side", n)
		}
	})
}

func TestWhoPromisedBeforeBothWereAskedIsAskedToLookBackToo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		today := civil.In(s.Clock.Now(), time.UTC)
		testkit.Do(t, s, func(tx *db.Tx) error {
			if _, err := commitment.Make(tx, c.Ines, event.Thing{}, commitment.Input{By: c.Ines.Self(), To: c.Tomas.Self(), Words: "Do it", Due: today.AddDays(1), CheckIn: today.AddDays(2)}); err != nil {
				return err
			}
			_, err := tx.Exec("delete from jobs where key like '% check-in by %'")
			return err
		})
		asked := func() int64 {
			return testkit.Read(t, s, func(tx *db.Tx) (int64, error) {
				return db.One(tx, db.Scanned[int64], "select count(*) from jobs where key like '% check-in by %' and person_id = $1", c.Ines.Person)
			})
		}
		for range 2 {
			testkit.Do(t, s, commitment.Tidy)
			if n := asked(); n != 1 {
				t.Errorf("she is asked %d times", n)
			}
		}
	})
}
