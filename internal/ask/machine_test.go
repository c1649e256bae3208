package ask_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// on is what the verbs of the tests work on.
type on struct {
	id        db.ID
	revision  int64
	evidence  db.ID
	criterion ask.Criterion
	to        org.Party // of who hands on and sends elsewhere
	money     org.Party // whose yes for the money is needed
	inquiry   db.ID
	proposal  db.ID
	day       civil.Date
}

func reply(r ask.Reply) func(tx *db.Tx, me org.Actor, o on) error {
	return func(tx *db.Tx, me org.Actor, o on) error {
		a, err := r.Answer(o.day)
		if err != nil {
			return err
		}
		return ask.Decide(tx, me, o.id, a)
	}
}

// verbs is all that can be done to an ask, by name.
var verbs = map[string]func(tx *db.Tx, me org.Actor, o on) error{
	"change": func(tx *db.Tx, me org.Actor, o on) error {
		return ask.Change(tx, me, o.id, o.revision, ask.Input{Text: ask.Text{Kind: ask.Time, What: fmt.Sprint("Other words ", tx.Now().UnixMicro())}, Whom: o.to})
	},
	"remove":         func(tx *db.Tx, me org.Actor, o on) error { return ask.Remove(tx, me, o.id) },
	"send":           func(tx *db.Tx, me org.Actor, o on) error { return ask.Send(tx, me, o.id, o.revision) },
	"send elsewhere": func(tx *db.Tx, me org.Actor, o on) error { return ask.SendElsewhere(tx, me, o.id, o.to) },
	"withdraw":       func(tx *db.Tx, me org.Actor, o on) error { return ask.Withdraw(tx, me, o.id) },
	"hand on":        func(tx *db.Tx, me org.Actor, o on) error { return ask.HandOn(tx, me, o.id, o.to, "") },
	"take back":      func(tx *db.Tx, me org.Actor, o on) error { return ask.TakeBack(tx, me, o.id, o.evidence) },
	"yes":            reply(ask.Reply{Says: ask.Yes}),
	"yes if":         reply(ask.Reply{Says: ask.YesIf, Conditions: []string{"Show it"}}),
	"not now":        reply(ask.Reply{Says: ask.NotNow}),
	"no":             reply(ask.Reply{Says: ask.No}),
	"hear":           func(tx *db.Tx, me org.Actor, o on) error { return ask.Hear(tx, me, o.id, ask.Heard{Revision: 1}) },
	"move":           func(tx *db.Tx, me org.Actor, o on) error { return ask.Move(tx, me, o.id, o.day.AddDays(50)) },
	"let go":         func(tx *db.Tx, me org.Actor, o on) error { return ask.LetGo(tx, me, o.id) },
	"ask again":      func(tx *db.Tx, me org.Actor, o on) error { _, err := ask.AskAgain(tx, me, o.id); return err },
	"show": func(tx *db.Tx, me org.Actor, o on) error {
		return ask.Show(tx, me, o.criterion.ID, o.criterion.Revision, "It is done")
	},
	"judge":    func(tx *db.Tx, me org.Actor, o on) error { return ask.Judge(tx, me, o.criterion.ID, ask.Shown, "") },
	"ask back": func(tx *db.Tx, me org.Actor, o on) error { return ask.AskBack(tx, me, o.id, "Which one?") },
	"reply":    func(tx *db.Tx, me org.Actor, o on) error { return ask.ReplyTo(tx, me, o.id, o.inquiry, "The first") },
	"needs a second yes": func(tx *db.Tx, me org.Actor, o on) error {
		return reply(ask.Reply{Says: ask.Yes, Money: o.money})(tx, me, o)
	},
	"take word back": func(tx *db.Tx, me org.Actor, o on) error { return ask.TakeWordBack(tx, me, o.id) },
	"money yes": func(tx *db.Tx, me org.Actor, o on) error {
		return ask.DecideMoney(tx, me, o.id, ask.MoneyReply{Says: ask.Yes})
	},
	"money no": func(tx *db.Tx, me org.Actor, o on) error {
		return ask.DecideMoney(tx, me, o.id, ask.MoneyReply{Says: ask.No})
	},
	"thank": func(tx *db.Tx, me org.Actor, o on) error { return ask.Thank(tx, me, o.id, "Thank you") },
	"draw up": func(tx *db.Tx, me org.Actor, o on) error {
		return ask.DrawUp(tx, me, o.id, ask.DrawnInput{Act: ask.Add, Words: []string{"A release led"}})
	},
	"agree":     func(tx *db.Tx, me org.Actor, o on) error { return ask.Agree(tx, me, o.id, o.proposal) },
	"decline":   func(tx *db.Tx, me org.Actor, o on) error { return ask.Decline(tx, me, o.id, o.proposal) },
	"unpropose": func(tx *db.Tx, me org.Actor, o on) error { return ask.TakeProposalBack(tx, me, o.id, o.proposal) },
	"follow": func(tx *db.Tx, me org.Actor, o on) error {
		return ask.Follow(tx, me, o.id, ask.Fruit{Kind: ask.Learned, Words: "Where to look"})
	},
	"tell back":        func(tx *db.Tx, me org.Actor, o on) error { return ask.TellBack(tx, me, o.id, "Thank you") },
	"move the telling": func(tx *db.Tx, me org.Actor, o on) error { return ask.MoveTelling(tx, me, o.id, o.day.AddDays(40)) },
	"draft the next":   func(tx *db.Tx, me org.Actor, o on) error { _, err := ask.DraftNext(tx, me, o.id); return err },
}

var follows = []string{"follow", "move the telling", "draft the next"}

var decidesIt = []string{"yes", "yes if", "not now", "no"}

// allowed is written a second time, apart from the code under test: who may do what, by the
// state it is in. "asked" is who has it, or decided; whoever is not named finds nothing.
var allowed = map[string]map[string][]string{
	"draft":               {"owner": {"change", "remove", "send"}},
	"sent":                {"owner": {"send", "withdraw", "send elsewhere", "take back"}, "asked": append([]string{"hand on", "ask back", "needs a second yes"}, decidesIt...)},
	"handed on":           {"owner": {"send", "withdraw", "send elsewhere", "take back"}, "asked": append([]string{"hand on", "ask back", "needs a second yes"}, decidesIt...)},
	"asked back":          {"owner": {"send", "withdraw", "send elsewhere", "take back", "reply"}, "asked": append([]string{"hand on", "needs a second yes"}, decidesIt...)},
	"money waits":         {"owner": {"send", "withdraw", "send elsewhere", "take back"}, "asked": {"take word back"}, "second": {"money yes", "money no", "ask back", "hand on"}},
	"money yes":           {"owner": append([]string{"take back", "hear", "thank"}, follows...), "asked": {}, "second": {}},
	"money no":            {"owner": {"take back", "hear", "move", "let go", "ask again", "thank", "draw up"}, "asked": {"draw up"}, "second": {}},
	"withdrawn":           {"owner": {"change", "remove", "send"}},
	"yes":                 {"owner": append([]string{"take back", "hear", "thank"}, follows...), "asked": {}},
	"yes with conditions": {"owner": {"take back", "hear", "show", "thank", "draw up"}, "asked": {"judge", "draw up"}},
	"proposed":            {"owner": {"take back", "hear", "move", "let go", "ask again", "thank", "draw up", "agree", "decline"}, "asked": {"draw up", "unpropose"}},
	"not now":             {"owner": {"take back", "hear", "move", "let go", "ask again", "thank", "draw up"}, "asked": {"draw up"}},
	"came back":           {"owner": {"take back", "hear", "thank", "draw up"}, "asked": {"draw up"}},
	"the asked left":      {"owner": {"take back", "hear", "show", "thank", "ask again"}},
}

func bring(t *testing.T, s testkit.Store, c testkit.Company, state string) db.ID {
	t.Helper()
	if state == "draft" {
		return begins(t, s, c.Ines, course(c.Tomas)).ID
	}
	id := sent(t, s, c)
	switch state {
	case "handed on":
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.HandOn(tx, c.Tomas, id, c.Ana.Self(), "") })
	case "withdrawn":
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.Withdraw(tx, c.Ines, id) })
	case "yes":
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.Yes})
	case "yes with conditions":
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.YesIf, Conditions: []string{"Show it"}})
	case "the asked left":
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.YesIf, Conditions: []string{"Show it"}})
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Tomas.Person) })
	case "asked back":
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.AskBack(tx, c.Tomas, id, "Which one?") })
	case "money waits", "money yes", "money no":
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.Yes, Money: c.Ana.Self()})
		if state == "money waits" {
			break
		}
		said := map[string]ask.Says{"money yes": ask.Yes, "money no": ask.No}[state]
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.DecideMoney(tx, c.Ana, id, ask.MoneyReply{Says: said}) })
	case "proposed":
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.No})
		testkit.Do(t, s, func(tx *db.Tx) error {
			return ask.DrawUp(tx, c.Tomas, id, ask.DrawnInput{Act: ask.Add, Words: []string{"A release led"}})
		})
	case "not now":
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.NotNow})
	case "came back":
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.NotNow})
		testkit.Do(t, s, func(tx *db.Tx) error { _, err := ask.AskAgain(tx, c.Ines, id); return err })
	}
	return id
}

var errNotKept = errors.New("only tried")

func TestEachActIsForItsSideInItsStateAndNobodyElse(t *testing.T) {
	for state, who := range allowed {
		t.Run(state, func(t *testing.T) {
			testkit.Each(t, func(t *testing.T, s testkit.Store) {
				c := testkit.NewCompany(t, s, "weir.example")
				other := testkit.NewCompany(t, s, "other.example")
				it := on{id: bring(t, s, c, state), to: c.Mira.Self(), money: c.Mira.Self(), day: today}
				now := story(t, s, c.Ines, it.id)
				it.revision = now.Revision
				if e := now.Now().Evidence; len(e) > 0 {
					it.evidence = e[0].ID
				}
				if len(now.Criteria) > 0 {
					it.criterion = now.Criteria[0]
				}
				it.waits(now)
				testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Joel.Person) })
				gone := c.Joel
				gone.Left = true
				actors := map[string]org.Actor{
					"owner": c.Ines, "asked": c.Tomas, "manager of the manager": c.Ana, "peer": c.Mira,
					"administrator": c.Ada, "other organisation": other.Tomas, "somebody who left": gone,
				}
				if _, chain := who["second"]; chain {
					delete(actors, "manager of the manager")
					actors["second"] = c.Ana
				}
				if state == "handed on" {
					delete(actors, "manager of the manager")
					actors["asked"], actors["formerly asked"] = c.Ana, c.Tomas
				}
				if state == "the asked left" {
					delete(actors, "asked")
				}
				for verb, act := range verbs {
					for role, me := range actors {
						it.tries(t, s, state, verb, role, act, me, who)
					}
				}
			})
		})
	}
}

// waits notes the question and the proposal that wait.
func (o *on) waits(now ask.Story) {
	if q := now.Now().Inquiries; len(q) > 0 {
		o.inquiry = q[len(q)-1].ID
	}
	if len(now.Proposals) > 0 {
		o.proposal = now.Proposals[0].ID
	}
}

func (o on) tries(t *testing.T, s testkit.Store, state, verb, role string, act func(*db.Tx, org.Actor, on) error, me org.Actor, who map[string][]string) {
	t.Helper()
	err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
		if err := act(tx, me, o); err != nil {
			return err
		}
		return errNotKept // tried only, so that the next finds the same state
	})
	may, sees := who[role]
	var said problem.Refused
	switch done := errors.Is(err, errNotKept); {
	case slices.Contains(may, verb) && !done:
		t.Errorf("%s: %s by the %s: got %v, want that it can be done", state, verb, role, err)
	case !slices.Contains(may, verb) && done:
		t.Errorf("%s: %s by the %s was done", state, verb, role)
	case !sees && !errors.Is(err, problem.NotFound):
		t.Errorf("%s: %s by %s: got %v, want not found", state, verb, role, err)
	case sees && !done && !errors.As(err, &said) && !errors.Is(err, problem.NotFound):
		t.Errorf("%s: %s by the %s: got %v, want a refusal that says why", state, verb, role, err)
	}
}

// seenBy is what an ask looks like to each of several people: nothing for who may not see it.
func seenBy(t testing.TB, s testkit.Store, people map[string]org.Actor, id db.ID) map[string]*ask.Story {
	t.Helper()
	all := map[string]*ask.Story{}
	for name, me := range people {
		found, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (ask.Story, error) { return ask.StoryOf(tx, me, id) })
		if err == nil {
			all[name] = &found
		} else if !errors.Is(err, problem.NotFound) {
			t.Fatalf("%s reads: %v", name, err)
		}
	}
	return all
}

// Whatever anybody tries, in whatever order: a draft is its owner's alone, the one asked and who
// answers for the money see what was sent and nobody else, what was sent never changes under them, an answer stays, and a no
// has its day.
func TestNoSequenceOfActsShowsOrChangesWhatItMustNot(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		other := testkit.NewCompany(t, s, "other.example")
		people := map[string]org.Actor{"Ines": c.Ines, "Tomás": c.Tomas, "Ana": c.Ana, "Mira": c.Mira, "Ada": c.Ada, "elsewhere": other.Ines}
		names := []string{"Ines", "Ines", "Ines", "Tomás", "Tomás", "Ana", "Ana", "Mira", "Ada", "elsewhere"}
		all := []string{"send", "send", "send elsewhere", "hand on", "hand on", "withdraw", "change"} // what comes before an answer, more often
		for verb := range verbs {
			all = append(all, verb)
		}
		slices.Sort(all)
		rapid.Check(t, func(r *rapid.T) {
			in := withWins(t, s, c.Ines, course(c.Tomas))
			id := begins(t, s, c.Ines, in).ID
			was := seenBy(t, s, people, id)
			for range rapid.IntRange(3, 15).Draw(r, "acts") {
				name, verb := rapid.SampledFrom(names).Draw(r, "who"), rapid.SampledFrom(all).Draw(r, "does")
				to := people[rapid.SampledFrom([]string{"Tomás", "Ana", "Mira"}).Draw(r, "to")]
				it := on{id: id, to: to.Self(), money: to.Self(), revision: was["Ines"].Revision, day: civil.In(s.Clock.Now(), c.Ines.Zone)}
				if e := was["Ines"].Now().Evidence; len(e) > 0 {
					it.evidence = e[0].ID
				}
				if all := was["Ines"].Criteria; len(all) > 0 {
					it.criterion = all[0]
				}
				it.waits(*was["Ines"])
				err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return verbs[verb](tx, people[name], it) })
				now := seenBy(t, s, people, id)
				if verb == "remove" && err == nil && len(now) == 0 {
					return
				}
				holds(r, verb+" by "+name, err, people[name], people, was, now)
				was = now
			}
		})
	})
}

// see is how many people see what was sent.
func see(s *ask.Story) int {
	if s.Money.Person != "" {
		return 3
	}
	return 2
}

func holder(s *ask.Story) org.Party {
	if s.MoneyWaits {
		return s.Money
	}
	return s.Whom
}

func holds(r *rapid.T, did string, err error, by org.Actor, people map[string]org.Actor, was, now map[string]*ask.Story) {
	names := map[db.ID]string{}
	for name, p := range people {
		names[p.Person] = name
	}
	mine, before := now["Ines"], was["Ines"]
	switch {
	case mine == nil:
		r.Fatalf("%s: its owner does not see it", did)
	case mine.State == ask.Draft && len(now) != 1:
		r.Fatalf("%s: a draft is seen by %d", did, len(now))
	case mine.State != ask.Draft && len(now) != see(mine):
		r.Fatalf("%s: what was sent is seen by %d, want its owner and those who are asked", did, len(now))
	case mine.Money.Person != "" && (mine.Money.Person == mine.Owner.Person || mine.Money.Person == mine.Whom.Person):
		r.Fatalf("%s: %s answers for the money of their own", did, mine.Money.Name)
	case before.State == ask.Sent && mine.State == ask.Decided && before.MoneyWaits && mine.Answer == ask.Yes && did != "money yes by "+names[before.Money.Person]:
		r.Fatalf("%s: a yes without the second", did)
	case before.State == ask.Sent && mine.State == ask.Decided && !before.MoneyWaits && mine.Money.Person != "":
		r.Fatalf("%s: granted by two at once", did)
	case err == nil && len(was) < 2 && !before.Owner.Is(by):
		r.Fatalf("%s: done to a draft of somebody else", did)
	case err != nil && (mine.State != before.State || mine.Revision != before.Revision || mine.Whom != before.Whom):
		r.Fatalf("%s was refused (%v) and changed something", did, err)
	case len(mine.Sendings) < len(before.Sendings):
		r.Fatalf("%s: the history of what was sent shrank", did)
	case before.State == ask.Decided && (mine.State != ask.Decided || !sameAnswer(mine.Decision, before.Decision) || mine.Text != before.Text):
		r.Fatalf("%s: an answer or what it was given to changed", did)
	case before.State == ask.Sent && mine.State != ask.Draft && mine.Text != before.Text:
		r.Fatalf("%s: what was sent changed", did)
	case mine.State == ask.Decided && (mine.Decision.Says == ask.NotNow || mine.Decision.Says == ask.No) == mine.ComesBackOn.IsZero():
		r.Fatalf("%s: %s comes back on %q", did, mine.Decision.Says, mine.ComesBackOn)
	case mine.State == ask.Decided && before.State == ask.Sent && holder(before).Person != by.Person:
		r.Fatalf("%s: answered by somebody who was not asked", did)
	case mine.State == ask.Decided && before.State == ask.Sent && (mine.Decision.Says == ask.YesIf) != (len(mine.Criteria) > 0):
		r.Fatalf("%s: %d criteria", did, len(mine.Criteria))
	}
}

func sameAnswer(a, b ask.Decision) bool {
	a.Heard, b.Heard = ask.Heard{}, ask.Heard{}
	a.Thanks, b.Thanks, a.ThankedAt, b.ThankedAt = "", "", time.Time{}, time.Time{}
	return a == b
}
