package commitment_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// verbs is all that can be done to a commitment, by name. A change is named by its id.
var verbs = map[string]func(tx *db.Tx, me org.Actor, id, change db.ID) error{
	"accept": func(tx *db.Tx, me org.Actor, id, _ db.ID) error { return commitment.AcceptProposal(tx, me, id) },
	"decline": func(tx *db.Tx, me org.Actor, id, _ db.ID) error {
		return commitment.DeclineProposal(tx, me, id, "No time")
	},
	"take back": func(tx *db.Tx, me org.Actor, id, _ db.ID) error { return commitment.TakeBackProposal(tx, me, id) },
	"done":      func(tx *db.Tx, me org.Actor, id, _ db.ID) error { return commitment.SayItIsDone(tx, me, id, "") },
	"confirm":   func(tx *db.Tx, me org.Actor, id, _ db.ID) error { return commitment.ConfirmDone(tx, me, id, "") },
	"differ":    func(tx *db.Tx, me org.Actor, id, _ db.ID) error { return commitment.SeeOtherwise(tx, me, id, "") },
	"release":   func(tx *db.Tx, me org.Actor, id, _ db.ID) error { return commitment.ReleaseIt(tx, me, id, "") },
	"let go":    func(tx *db.Tx, me org.Actor, id, _ db.ID) error { return commitment.LetItGo(tx, me, id, "") },
	"break":     func(tx *db.Tx, me org.Actor, id, _ db.ID) error { return commitment.CallItBroken(tx, me, id, "") },
	"not yet": func(tx *db.Tx, me org.Actor, id, _ db.ID) error {
		return commitment.LookBack(tx, me, id, commitment.Look{Happened: commitment.StillNot})
	},
	"propose": func(tx *db.Tx, me org.Actor, id, change db.ID) error {
		return commitment.Propose(tx, me, id, commitment.NewTerms{Words: fmt.Sprint("Other words ", tx.Now().UnixMicro()), Answers: change})
	},
	"agree": commitment.Agree,
	"say no": func(tx *db.Tx, me org.Actor, id, change db.ID) error {
		return commitment.SayNoToChange(tx, me, id, change, "")
	},
	"withdraw": commitment.Withdraw,
}

// allowed is written a second time, apart from the code under test: who may do what, by the
// state it is in. Whoever is neither side finds nothing.
var allowed = map[commitment.State]map[string][]string{
	commitment.Proposed: {"promiser": {"accept", "decline"}, "receiver": {"take back"}},
	commitment.Open: {
		"promiser": {"done", "propose"},
		"receiver": {"release", "propose"},
	},
	"said done": {
		"promiser": {"propose"},
		"receiver": {"confirm", "differ", "release", "propose"},
	},
	"differs": {
		"promiser": {"done", "propose"},
		"receiver": {"confirm", "release", "propose"},
	},
	"change waits": { // proposed by the promiser
		"promiser": {"done", "withdraw"},
		"receiver": {"release", "agree", "say no", "propose"},
	},
	"overdue": {
		"promiser": {"done", "propose"},
		"receiver": {"release", "propose", "break"},
	},
	"said done, overdue": {
		"promiser": {"propose"},
		"receiver": {"confirm", "differ", "release", "propose"},
	},
	"differs, overdue": {
		"promiser": {"done", "propose"},
		"receiver": {"confirm", "release", "propose", "break"},
	},
	"to look back": {
		"promiser": {"done", "propose", "not yet"},
		"receiver": {"release", "propose", "break", "not yet"},
	},
	"receiver looked back": {
		"promiser": {"done", "propose", "not yet"},
		"receiver": {"release", "propose", "break"},
	},
	"receiver left": {"promiser": {"done", "let go"}},
	"promiser left": {"receiver": {"release", "let go"}},
	commitment.Kept: {}, commitment.Broken: {}, commitment.Released: {}, commitment.Declined: {},
}

// bring makes a commitment by Tomás to Ines that is in the given state.
func bring(t *testing.T, s testkit.Store, c testkit.Company, state commitment.State) db.ID {
	t.Helper()
	writer := c.Tomas
	if state == commitment.Proposed || state == commitment.Declined {
		writer = c.Ines
	}
	p := makes(t, s, writer, promise(c.Tomas, c.Ines))
	for _, step := range map[commitment.State][]struct {
		me   org.Actor
		verb string
	}{
		commitment.Declined:  {{c.Tomas, "decline"}},
		commitment.Kept:      {{c.Tomas, "done"}, {c.Ines, "confirm"}},
		commitment.Released:  {{c.Ines, "release"}},
		"said done":          {{c.Tomas, "done"}},
		"said done, overdue": {{c.Tomas, "done"}},
		"differs":            {{c.Tomas, "done"}, {c.Ines, "differ"}},
		"differs, overdue":   {{c.Tomas, "done"}, {c.Ines, "differ"}},
		"change waits":       {{c.Tomas, "propose"}},
	}[state] {
		testkit.Do(t, s, func(tx *db.Tx) error { return verbs[step.verb](tx, step.me, p.ID, "") })
	}
	switch state {
	case "overdue", "said done, overdue", "differs, overdue":
		s.Clock.MoveDays(15)
	case "to look back":
		s.Clock.MoveDays(100)
	case "receiver looked back":
		s.Clock.MoveDays(100)
		testkit.Do(t, s, func(tx *db.Tx) error { return verbs["not yet"](tx, c.Ines, p.ID, "") })
	case commitment.Broken:
		s.Clock.MoveDays(15)
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.CallItBroken(tx, c.Ines, p.ID, "") })
	case "receiver left":
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Ines.Person) })
	case "promiser left":
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Tomas.Person) })
	}
	return p.ID
}

var errNotKept = errors.New("only tried")

func TestEachActIsForItsSideInItsStateAndNobodyElse(t *testing.T) {
	for state, who := range allowed {
		t.Run(string(state), func(t *testing.T) {
			s := testkit.SQLite(t) // the rules are the same on both engines
			c := testkit.NewCompany(t, s, "weir.example")
			other := testkit.NewCompany(t, s, "other.example")
			id := bring(t, s, c, state)
			testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Joel.Person) })
			gone := c.Joel
			gone.Left = true
			c.Ines.Left, c.Tomas.Left = state == "receiver left", state == "promiser left"
			change := commitmentOf(t, s, c, id).Change.ID
			for verb, act := range verbs {
				for role, me := range map[string]org.Actor{
					"promiser": c.Tomas, "receiver": c.Ines, "manager of the promiser": c.Ana, "peer": c.Mira,
					"administrator": c.Ada, "other organisation": other.Ines, "somebody who left": gone,
				} {
					err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
						if err := act(tx, me, id, change); err != nil {
							return err
						}
						return errNotKept // tried only, so that the next finds the same state
					})
					var said problem.Refused
					switch may := slices.Contains(who[role], verb); {
					case may && !errors.Is(err, errNotKept):
						t.Errorf("%s: %s by the %s: got %v, want that it can be done", state, verb, role, err)
					case !may && (role == "promiser" || role == "receiver") && !errors.As(err, &said):
						t.Errorf("%s: %s by the %s: got %v, want a refusal that says why", state, verb, role, err)
					case role != "promiser" && role != "receiver" && !errors.Is(err, problem.NotFound):
						t.Errorf("%s: %s by %s: got %v, want not found", state, verb, role, err)
					}
				}
			}
		})
	}
}

func commitmentOf(t testing.TB, s testkit.Store, c testkit.Company, id db.ID) commitment.Commitment {
	me := c.Tomas
	if me.Left {
		me = c.Ines
	}
	return sees(t, s, me, id)
}

// Whatever anybody tries, in whatever order: settled stays settled, history only grows, what
// was agreed changes only by the yes of the side that did not propose it, and the two sides
// see the same.
func TestNoSequenceOfActsChangesAPromiseOneSidedly(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		other := testkit.NewCompany(t, s, "other.example")
		actors := map[string]org.Actor{"Tomás": c.Tomas, "Ines": c.Ines, "Ana": c.Ana, "Joel": c.Joel, "Ada": c.Ada, "elsewhere": other.Tomas}
		names := []string{"Tomás", "Ines", "Tomás", "Ines", "Tomás", "Ines", "Ana", "Joel", "Ada", "elsewhere"}
		all := []string{"propose", "propose", "propose", "agree", "agree", "agree", "done", "done"} // what does not end it, more often
		for verb := range verbs {
			all = append(all, verb)
		}
		slices.Sort(all)
		rapid.Check(t, func(r *rapid.T) {
			writer := c.Tomas
			if rapid.Bool().Draw(r, "written down by the receiver") {
				writer = c.Ines
			}
			in := promise(c.Tomas, c.Ines)
			in.Due = due.AddDays(int(s.Clock.Now().Sub(due.Time()).Hours()/24) + 5)
			id := makes(t, s, writer, in).ID
			was, lines := sees(t, s, c.Tomas, id), 1
			for range rapid.IntRange(5, 30).Draw(r, "acts") {
				name := rapid.SampledFrom(names).Draw(r, "who")
				verb := rapid.SampledFrom(all).Draw(r, "does")
				s.Clock.MoveDays(rapid.SampledFrom([]int{0, 0, 1, 2, 3, 60}).Draw(r, "after days"))
				err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return verbs[verb](tx, actors[name], id, was.Change.ID) })
				now := sees(t, s, c.Tomas, id)
				if mirror := sees(t, s, c.Ines, id); mirror != now {
					r.Fatalf("%s by %s: the sides see different things: %+v and %+v", verb, name, now, mirror)
				}
				entries := len(history(t, s, c.Ines, id))
				holds(r, step{verb, name, actors[name], err}, was, now, lines, entries)
				was, lines = now, entries
			}
		})
	})
}

type step struct {
	verb, name string
	by         org.Actor
	err        error
}

func holds(r *rapid.T, did step, was, now commitment.Commitment, lines, entries int) {
	settled := !was.SettledAt.IsZero()
	agreedOther := now.Words != was.Words || now.Due != was.Due || now.CheckIn != was.CheckIn || now.By != was.By || now.To != was.To
	switch {
	case did.err != nil && (now != was || entries != lines):
		r.Fatalf("%s by %s was refused (%v) and changed something", did.verb, did.name, did.err)
	case did.err == nil && entries <= lines:
		r.Fatalf("%s by %s left no line in the history", did.verb, did.name)
	case did.err == nil && did.name != "Tomás" && did.name != "Ines":
		r.Fatalf("%s by %s was done", did.verb, did.name)
	case settled && now != was:
		r.Fatalf("%s by %s changed what was settled", did.verb, did.name)
	case agreedOther && (did.verb != "agree" || was.Change.By.Person == did.by.Person):
		r.Fatalf("%s by %s alone changed what was agreed", did.verb, did.name)
	case agreedOther && now.Words != was.Change.Words:
		r.Fatalf("agreed to %q and got %q", was.Change.Words, now.Words)
	case now.State != was.State && !slices.Contains(follows[was.State], now.State):
		r.Fatalf("%s by %s: from %s to %s", did.verb, did.name, was.State, now.State)
	case now.State == commitment.Broken && was.State == commitment.Open && did.name != "Ines":
		r.Fatalf("called broken by %s", did.name)
	case did.err == nil && did.verb == "break" && !was.SaidDoneAt.IsZero() && was.DiffersAt.IsZero():
		r.Fatalf("called broken while it was said to be done")
	case did.err == nil && did.verb == "not yet" && (was.ByLooked == now.ByLooked) == (was.ToLooked == now.ToLooked):
		r.Fatalf("an answer by %s at the check-in is noted of by %s and to %s", did.name, now.ByLooked, now.ToLooked)
	case now.CheckIn.Before(now.Due):
		r.Fatalf("looked back on %s before it is due on %s", now.CheckIn, now.Due)
	}
}

// follows is which states may follow which.
var follows = map[commitment.State][]commitment.State{
	commitment.Proposed: {commitment.Open, commitment.Declined, commitment.Released},
	commitment.Open:     {commitment.Kept, commitment.Broken, commitment.Released},
}
