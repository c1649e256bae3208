package round_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	_ "github.com/ownward/ownward/internal/house" // reactions
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/round"
	"github.com/ownward/ownward/internal/testkit"
)

// gathering is a company with an open round.
type gathering struct {
	t testing.TB
	s testkit.Store
	testkit.Company
	round round.Round
}

func gather(t testing.TB, s testkit.Store) gathering {
	g := gathering{t: t, s: s, Company: testkit.NewCompany(t, s, "weir.example")}
	g.round = testkit.Write(t, s, func(tx *db.Tx) (round.Round, error) {
		return round.New(tx, g.Ada, round.Text{Name: "Spring", Who: round.Everyone})
	})
	return g
}

// person adds somebody to the company.
func (g gathering) person(name, department string) org.Actor {
	return testkit.Write(g.t, g.s, func(tx *db.Tx) (org.Actor, error) {
		p, err := org.Add(tx, g.Ada, org.Details{Name: name, Department: department})
		if err != nil {
			return org.Actor{}, err
		}
		return org.UnscopedActor(tx, g.Organisation.ID, p.ID)
	})
}

// helps lets somebody take part as a mentor.
func (g gathering) helps(who org.Actor, places int64, skill string, level int64, wishes ...org.Actor) {
	g.t.Helper()
	testkit.Do(g.t, g.s, func(tx *db.Tx) error {
		if err := mentor.Offer(tx, who, 0, mentor.Text{Skills: []mentor.Skill{{Name: skill, Level: level}}, Places: places, Who: mentor.Everyone}); err != nil {
			return err
		}
		return round.Join(tx, who, g.round.ID, round.Mentor, 0, round.Statement{Places: places, Wishes: ids(wishes)})
	})
}

// wants lets somebody take part as a mentee.
func (g gathering) wants(who org.Actor, skill string, level int64, wishes ...org.Actor) {
	g.t.Helper()
	testkit.Do(g.t, g.s, func(tx *db.Tx) error { return g.joins(tx, who, skill, level, wishes...) })
}

func (g gathering) joins(tx *db.Tx, who org.Actor, skill string, level int64, wishes ...org.Actor) error {
	return round.Join(tx, who, g.round.ID, round.Mentee, 0, round.Statement{Aim: "To learn it", Skills: []mentor.Skill{{Name: skill, Level: level}}, Wishes: ids(wishes)})
}

func ids(people []org.Actor) []db.ID {
	var all []db.ID
	for _, p := range people {
		all = append(all, p.Person)
	}
	return all
}

// tries works out a variant.
func (g gathering) tries(change ...func(*round.Settings)) round.Variant {
	g.t.Helper()
	in := round.DefaultSettings()
	for _, each := range change {
		each(&in)
	}
	id := g.works(func(tx *db.Tx) (*round.Work, error) { return round.NewVariant(tx, g.Ada, g.round.ID, in) })
	return testkit.Read(g.t, g.s, func(tx *db.Tx) (round.Variant, error) { return round.VariantByID(tx, g.Ada, id) })
}

// work reads what is to be worked out, solves it outside of any transaction, and keeps it, unless something of it fails; meanwhile
// is what happens before it is kept.
func (g gathering) work(read func(tx *db.Tx) (*round.Work, error), meanwhile ...func()) (db.ID, error) {
	w, err := db.Read(g.t.Context(), g.s.DB, read)
	if err != nil {
		return "", err
	}
	if err := w.Solve(g.t.Context()); err != nil {
		return "", err
	}
	for _, each := range meanwhile {
		each()
	}
	return db.Write(g.t.Context(), g.s.DB, func(tx *db.Tx) (db.ID, error) { return w.Keep(tx, g.Ada) })
}

func (g gathering) works(read func(tx *db.Tx) (*round.Work, error)) db.ID {
	g.t.Helper()
	id, err := g.work(read)
	if err != nil {
		g.t.Fatal(err)
	}
	return id
}

func (g gathering) fails(read func(tx *db.Tx) (*round.Work, error), meanwhile ...func()) error {
	g.t.Helper()
	_, err := g.work(read, meanwhile...)
	if err == nil {
		g.t.Fatal("this should have been refused")
	}
	return err
}

// shows is what a preview shows: who gets whom.
func (g gathering) shows(v round.Variant) map[db.ID]db.ID {
	g.t.Helper()
	return testkit.Read(g.t, g.s, func(tx *db.Tx) (map[db.ID]db.ID, error) {
		all, err := round.Pairs(tx, g.Ada, v, "", 1000)
		who := map[db.ID]db.ID{}
		for _, l := range all {
			who[l.Mentee.Person] = l.Mentor.Person
		}
		return who, err
	})
}

// pairs are the pairings that run with a mentor.
func (g gathering) pairs(mentor org.Actor) []mentorship.Mentorship {
	g.t.Helper()
	return testkit.Read(g.t, g.s, func(tx *db.Tx) ([]mentorship.Mentorship, error) {
		all, err := mentorship.Mine(tx, mentor)
		var run []mentorship.Mentorship
		for _, m := range all {
			if m.State == mentorship.Running {
				run = append(run, m)
			}
		}
		return run, err
	})
}

func (g gathering) publishes(v round.Variant) {
	g.t.Helper()
	testkit.Do(g.t, g.s, func(tx *db.Tx) error { return round.Publish(tx, g.Ada, v.ID) })
}

// followed does the jobs that work a published round out anew.
func (g gathering) followed() {
	g.t.Helper()
	if err := round.FollowUp(g.t.Context(), g.s.DB, "", job.Args{"organisation": g.Organisation.ID, "round": g.round.ID}); err != nil {
		g.t.Fatal(err)
	}
}

func TestMostPeopleAreMatchedFirstAndNobodyByTheirLine(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		g := gather(t, s)
		g.helps(g.Ana, 1, "Kubernetes", 5) // leads all of them but Ada
		g.helps(g.Mira, 1, "kubernetes", 4)
		g.helps(g.Tomas, 2, "Kubernetes", 2)
		g.wants(g.Ines, "Kubernetes", 1)
		g.wants(g.Joel, "Kubernetes", 3)
		g.wants(g.Ada, "Kubernetes", 1, g.Mira)
		v := g.tries()
		if f := v.Figures; f.Matched != 2 || f.Possible != 2 || f.Mentees != 3 {
			t.Errorf("%d of %d matched, %d could be", f.Matched, f.Mentees, f.Possible)
		}
		if who := g.shows(v); who[g.Ada.Person] != g.Ana.Person {
			t.Errorf("Ada has %s: only with Ana, who leads everybody else, are two matched", who[g.Ada.Person])
		}
	})
}

func TestWhoIsMoreThanThePlacesIsSaidInSkills(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	for n := range 3 {
		g.helps(g.person(fmt.Sprint("Mentor ", n), ""), 1, "Kubernetes", 5)
	}
	g.helps(g.person("Gardener", ""), 4, "Gardens", 5)
	for n := range 5 {
		g.wants(g.person(fmt.Sprint("Mentee ", n), ""), "Kubernetes", 1)
	}
	g.wants(g.person("Hobbyist", ""), "Gardens", 1)
	g.wants(g.person("Sailor", ""), "Sailing", 1)
	g.wants(g.person("Master", ""), "Gardens", 5)
	v := g.tries()
	if len(v.Crowds) != 1 {
		t.Fatalf("crowds: %+v", v.Crowds)
	}
	if c := v.Crowds[0]; c.People != 5 || c.Places != 3 || c.Mentors != 3 || strings.Join(c.Skills, ",") != "Kubernetes" {
		t.Errorf("the crowd is %+v", c)
	}
	why := map[round.Because]int{}
	for _, l := range testkit.Read(t, s, func(tx *db.Tx) ([]round.Line, error) { return round.Unmatched(tx, g.Ada, v, "", 50) }) {
		why[l.Because]++
		if (l.Because == round.ByCrowd) != (l.Crowd == 1) {
			t.Errorf("%s stands in crowd %d for %s", l.Mentee.Name, l.Crowd, l.Because)
		}
	}
	if why[round.ByCrowd] != 2 || why[round.NoKnower] != 1 || why[round.NoHigher] != 1 {
		t.Errorf("why nobody: %v", why)
	}
}

func TestAChangeByHandSaysWhatItCosts(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	a, b := g.person("A", ""), g.person("B", "")
	x, y := g.person("X", ""), g.person("Y", "")
	g.helps(a, 1, "Go", 5)
	g.helps(b, 1, "Rust", 5)
	testkit.Do(t, s, func(tx *db.Tx) error {
		return round.Join(tx, x, g.round.ID, round.Mentee, 0, round.Statement{Skills: []mentor.Skill{{Name: "Go"}, {Name: "Rust"}}, Wishes: []db.ID{b.Person}})
	})
	g.wants(y, "Go", 1)
	v := g.tries()
	if who := g.shows(v); who[x.Person] != b.Person || who[y.Person] != a.Person {
		t.Fatalf("before any change: %v", who)
	}
	g.works(func(tx *db.Tx) (*round.Work, error) {
		return round.ChangePair(tx, g.Ada, v.ID, x.Person, a.Person, round.Pin)
	})
	all := testkit.Read(t, s, func(tx *db.Tx) ([]round.Pinned, error) { return round.Changes(tx, g.Ada, v.ID) })
	if len(all) != 1 || all[0].Fewer != 1 || all[0].Less <= 0 || !all[0].Holds {
		t.Errorf("the pin costs %+v", all)
	}
	if who := g.shows(v); len(who) != 1 || who[x.Person] != a.Person {
		t.Errorf("with the pin: %v", who)
	}
	g.works(func(tx *db.Tx) (*round.Work, error) { return round.TakeChangeBack(tx, g.Ada, v.ID, all[0].ID) })
	g.works(func(tx *db.Tx) (*round.Work, error) {
		return round.ChangePair(tx, g.Ada, v.ID, y.Person, a.Person, round.Forbid)
	})
	if who := g.shows(v); len(who) != 1 || who[x.Person] != b.Person {
		t.Errorf("with the pair forbidden: %v", who)
	}
	err := g.fails(func(tx *db.Tx) (*round.Work, error) {
		return round.ChangePair(tx, g.Ada, v.ID, y.Person, b.Person, round.Pin)
	})
	if !strings.Contains(err.Error(), "no higher level") {
		t.Errorf("a pin of two who may not be a pair: %v", err)
	}
}

func TestWhatIsPublishedIsWhatThePreviewShowed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		g := gather(t, s)
		g.helps(g.Mira, 2, "Sailing", 5)
		g.wants(g.Ines, "Sailing", 1)
		g.wants(g.Joel, "Sailing", 1)
		v := g.tries()
		shown := g.shows(v)
		g.wants(g.Ada, "Sailing", 1)
		err := testkit.Fails(t, s, func(tx *db.Tx) error { return round.Publish(tx, g.Ada, v.ID) })
		if !strings.Contains(err.Error(), "Ada Pires has joined") {
			t.Errorf("after somebody joined: %v", err)
		}
		if n := len(g.pairs(g.Mira)); n != 0 {
			t.Fatalf("%d pairs began all the same", n)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return round.Leave(tx, g.Ada, g.round.ID, round.Mentee) })
		g.publishes(v)
		made := map[db.ID]db.ID{}
		for _, m := range g.pairs(g.Mira) {
			made[m.Mentee.Person] = m.Mentor.Person
		}
		if fmt.Sprint(made) != fmt.Sprint(shown) || len(made) != 2 {
			t.Errorf("shown %v, published %v", shown, made)
		}
		mine := testkit.Read(t, s, func(tx *db.Tx) (round.Mine, error) {
			r, err := round.ByID(tx, g.Ines, g.round.ID)
			if err != nil {
				return round.Mine{}, err
			}
			return round.MineIn(tx, g.Ines, r)
		})
		if mine.Mentor == nil || !mine.Mentor.Other.Is(g.Mira) || len(mine.Mentor.Reasons.Knows) != 1 {
			t.Errorf("Ines sees %+v", mine)
		}
	})
}

func TestALineThatBeganMeanwhilePublishesNothing(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	g.helps(g.Mira, 2, "Sailing", 5)
	g.wants(g.Ines, "Sailing", 1)
	v := g.tries()
	testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, g.Ada, g.Ines.Person, g.Mira.Person) })
	err := testkit.Fails(t, s, func(tx *db.Tx) error { return round.Publish(tx, g.Ada, v.ID) })
	if !strings.Contains(err.Error(), "Ines Faria and Mira Koch") || !strings.Contains(err.Error(), "manager") || len(g.pairs(g.Mira)) != 0 {
		t.Errorf("it says: %v", err)
	}
}

func TestItIsUndoneUntilAPairHasMet(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	g.helps(g.Mira, 2, "Sailing", 5)
	g.wants(g.Ines, "Sailing", 1)
	v := g.tries()
	g.publishes(v)
	testkit.Do(t, s, func(tx *db.Tx) error { return round.Undo(tx, g.Ada, g.round.ID) })
	if n := len(g.pairs(g.Mira)); n != 0 {
		t.Errorf("%d pairs are left", n)
	}
	g.publishes(v)
	g.meets(g.pairs(g.Mira)[0])
	err := testkit.Fails(t, s, func(tx *db.Tx) error { return round.Undo(tx, g.Ada, g.round.ID) })
	if !strings.Contains(err.Error(), "have met") || len(g.pairs(g.Mira)) != 1 {
		t.Errorf("after the first meeting: %v", err)
	}
}

// meets lets the two of a pair have met.
func (g gathering) meets(m mentorship.Mentorship) {
	g.t.Helper()
	mentee := testkit.Read(g.t, g.s, func(tx *db.Tx) (org.Actor, error) { return org.UnscopedActor(tx, g.Organisation.ID, m.Mentee.Person) })
	mentor := testkit.Read(g.t, g.s, func(tx *db.Tx) (org.Actor, error) { return org.UnscopedActor(tx, g.Organisation.ID, m.Mentor.Person) })
	testkit.Do(g.t, g.s, func(tx *db.Tx) error {
		c, err := mentorship.Meet(tx, mentee, m.ID, conversation.Time{At: tx.Now().AddDate(0, 0, 1), Minutes: 45})
		if err != nil {
			return err
		}
		_, err = conversation.Accept(tx, mentor, c.ID, c.Revision)
		return err
	})
	g.s.Clock.MoveDays(2)
}

func TestWhoJoinsLaterIsMatchedWhilePairsThatMetStay(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	a, b := g.person("A", ""), g.person("B", "")
	x, y, z := g.person("X", ""), g.person("Y", ""), g.person("Z", "")
	g.helps(a, 1, "Go", 5)
	g.helps(b, 1, "Go", 3)
	g.wants(x, "Go", 1, a)
	g.publishes(g.tries())
	if len(g.pairs(a)) != 1 {
		t.Fatal("X does not have A")
	}
	g.wants(y, "Go", 1)
	g.followed()
	if p := g.pairs(b); len(p) != 1 || p[0].Mentee.Person != y.Person {
		t.Errorf("Y found a free place, and it did not begin by itself: %v", p)
	}
	g.meets(g.pairs(b)[0])
	testkit.Do(t, s, func(tx *db.Tx) error { return round.Leave(tx, x, g.round.ID, round.Mentee) })
	if len(g.pairs(a)) != 0 {
		t.Error("X left before they had met, and the pair stands")
	}
	g.wants(z, "Go", 4) // only A knows more
	g.followed()
	if p := g.pairs(a); len(p) != 1 || p[0].Mentee.Person != z.Person {
		t.Errorf("the place that X left: %v", p)
	}
	if p := g.pairs(b); len(p) != 1 || p[0].Mentee.Person != y.Person {
		t.Errorf("Y and B have met, and stand no more: %v", p)
	}
}

func TestAPairThatWouldChangeWaitsForWhoOpenedTheRound(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	a, b := g.person("A", ""), g.person("B", "")
	x, y := g.person("X", ""), g.person("Y", "")
	g.helps(a, 1, "Go", 5)
	g.helps(b, 1, "Go", 3)
	g.wants(x, "Go", 1, a)
	g.publishes(g.tries())
	g.wants(y, "Go", 4) // only A knows more
	g.followed()
	if p := g.pairs(a); len(p) != 1 || p[0].Mentee.Person != x.Person {
		t.Errorf("X lost A without anybody's word: %v", p)
	}
	all := testkit.Read(t, s, func(tx *db.Tx) ([]round.Variant, error) { return round.Variants(tx, g.Ada, g.round.ID) })
	last := all[len(all)-1]
	if !last.Follows || last.Figures.Matched != 2 {
		t.Fatalf("what is proposed: %+v", last)
	}
	g.publishes(last)
	if p := g.pairs(a); len(p) != 1 || p[0].Mentee.Person != y.Person {
		t.Errorf("A has %v", p)
	}
	if p := g.pairs(b); len(p) != 1 || p[0].Mentee.Person != x.Person {
		t.Errorf("B has %v", p)
	}
}

func TestStableLeavesNoTwoWhoWouldRather(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	a, b := g.person("A", ""), g.person("B", "")
	x, y := g.person("X", ""), g.person("Y", "")
	g.helps(a, 1, "Go", 5, y, x)
	g.helps(b, 1, "Go", 5, y, x)
	g.wants(x, "Go", 1, a, b)
	g.wants(y, "Go", 1, a, b)
	v := g.tries(func(in *round.Settings) { in.Way = round.Stable })
	if who := g.shows(v); who[y.Person] != a.Person || who[x.Person] != b.Person {
		t.Errorf("Y and A would rather have each other: %v", who)
	}
	fair := g.tries(func(in *round.Settings) { in.Way = round.Fair })
	if fair.Figures.Matched != 2 {
		t.Errorf("fair matches %d", fair.Figures.Matched)
	}
}

func TestRulesThatAreChosenHold(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	a, x := g.person("A", "Lab"), g.person("X", "Lab")
	g.helps(a, 1, "Go", 5)
	g.wants(x, "Go", 1)
	v := g.tries(func(in *round.Settings) { in.OtherDepartment = true })
	if v.Figures.Matched != 0 {
		t.Error("two of one department are a pair")
	}
	l := testkit.Read(t, s, func(tx *db.Tx) (round.Look, error) { return round.One(tx, g.Ada, v, x.Person) })
	if l.Because != round.ByRule || len(l.Others) != 1 || !l.Others[0].Rule {
		t.Errorf("what is said of X: %+v", l)
	}
	g.works(func(tx *db.Tx) (*round.Work, error) {
		return round.ChangePair(tx, g.Ada, v.ID, x.Person, a.Person, round.Pin)
	})
	if who := g.shows(v); who[x.Person] != a.Person {
		t.Error("a pin goes before a rule that was chosen")
	}
}

func TestNobodyElseSeesWhatIsStated(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	g.helps(g.Mira, 2, "Sailing", 5)
	g.wants(g.Ines, "Sailing", 1)
	v := g.tries()
	for name, look := range map[string]func(tx *db.Tx) error{
		"variant": func(tx *db.Tx) error { _, err := round.VariantByID(tx, g.Ana, v.ID); return err },
		"pairs":   func(tx *db.Tx) error { _, err := round.Pairs(tx, g.Ana, v, "", 5); return err },
		"people": func(tx *db.Tx) error {
			_, err := round.People(tx, g.Ana, g.round.ID, round.Mentee, org.Place{}, 5)
			return err
		},
		"one":     func(tx *db.Tx) error { _, err := round.One(tx, g.Ana, v, g.Ines.Person); return err },
		"publish": func(tx *db.Tx) error { return round.Publish(tx, g.Ana, v.ID) },
	} {
		if err := testkit.Fails(t, s, look); err == nil {
			t.Errorf("%s: somebody who runs no rounds", name)
		}
	}
}
