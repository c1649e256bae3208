package nets

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"

	"github.com/ownward/ownward/internal/alternative"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/testkit"
)

// world is a random organisation, and a second one, with all that people wrote in them.
type world struct {
	*installation
	*oracle
	random  *rand.Rand
	people  []org.Actor
	admins  []org.Actor        // of each organisation; the last people of each
	things  map[string][]owned // by the kind of thing
	waiting []*sentAsk
	driven  *sync.Map // by route: whether any world has called it
}

// owned is a thing of somebody's.
type owned struct {
	id    string
	owner int
}

const (
	here  = 6 // people of the first organisation, the last of them its administrator
	there = 3 // of the second
)

// newWorld fills an installation at random.
func newWorld(t testing.TB, in *installation, seed uint64) *world {
	w := &world{
		installation: in, oracle: &oracle{keptOut: map[string]bool{}, opened: map[string]*opened{}}, random: rand.New(rand.NewPCG(seed, 1)), things: map[string][]owned{},
		driven: &sync.Map{},
	}
	for number, size := range []int{here, there} {
		w.found(t, number, size)
	}
	cast := map[string]org.Actor{}
	for i, actor := range w.people {
		cast[strconv.Itoa(i)] = actor
	}
	in.signIn(cast)
	w.keep("activity", "shadowing", -1)
	w.keep("card", db.ID(question.Builtin().List(question.Choice{})[0].ID), -1)
	for _, section := range plan.Sections {
		w.keep("own section", db.ID(section), -1)
	}
	for _, step := range []db.ID{"values", "order", "purpose", "sentence", "strengths", "hard", "vision", "end"} {
		w.keep("step of the start", step, -1)
	}
	for _, part := range pitch.Parts {
		w.keep("part of a pitch", db.ID(part), -1)
	}
	for _, way := range alternative.All() {
		w.keep("way", db.ID(way.ID), -1)
	}
	w.keep("year", "2026", -1)
	w.keep("file of a copy", "1", -1)
	for _, text := range []db.ID{"notes", "outcome", "private"} {
		w.keep("conversation text", text, -1)
	}
	for i := range w.people {
		w.write(t, i)
	}
	for _, who := range []int{here - 1, here + there - 1} {
		w.do(t, func(tx *db.Tx) error { return w.sendPeopleFile(tx, who) })
		w.listSkills(t, who)
		w.listHolidays(t, who)
		w.comeToNothing(t, who)
		w.expectations(t, who)
		w.enterDatesForAll(t, who)
	}
	w.fillPlaces()
	for range 6 {
		w.promise(t)
	}
	for range 5 {
		w.ask(t)
		w.talk(t)
	}
	for range 3 {
		w.layOutAYear(t)
	}
	for i := range w.people {
		w.lookOutside(t, i)
		w.noteAnswers(t, i)
	}
	for range 5 {
		w.askHowTheySee(t)
		w.askHowTheySeeByLink(t)
		w.askQuestion(t)
		w.askQuestion(t)
		w.askQuestionByLink(t)
	}
	for range 8 {
		w.confirm(t)
		w.confirmByLink(t)
	}
	for range 6 {
		w.hideOneThatIsShown(t)
	}
	for i := range w.people {
		w.serveADirection(t, i)
	}
	for i := range w.people {
		w.enterDates(t, i)
		if !w.left[i] {
			w.giveCalendar(t, i)
			w.makeFeed(t, i)
		}
	}
	w.propose(t)
	w.giveCopy(t)
	for range 4 {
		w.showBefore(t)
	}
	w.tellStories(t)
	for range 30 {
		w.happen(t)
	}
	for range 4 {
		w.comment(t)
		w.feedback(t)
		w.mentoring(t)
		w.handOver(t, w.random.IntN(len(w.people)))
		w.refers(t)
		w.budgets(t)
		w.matches(t)
		w.advises(t)
	}
	w.programmes(t)
	for range 6 { // and on it goes, so that some of what was commented on is shown no longer
		w.happen(t)
	}
	return w
}

func (w *world) found(t testing.TB, number, size int) {
	first := len(w.people)
	w.do(t, func(tx *db.Tx) error {
		o, err := org.Found(tx, fmt.Sprintf("Organisation %d", number), "Europe/Lisbon", false)
		if err != nil {
			return err
		}
		for i := range size {
			open := mark{owner: first + i, open: true}
			p, err := org.Add(tx, org.Operator(o.ID), org.Details{
				Name: fmt.Sprintf("Person %d", first+i), Email: fmt.Sprintf("p%d@w.example", first+i),
				JobTitle: w.hide(open), Level: w.hide(open), Department: w.hide(open), Location: w.hide(open), Employment: w.hide(open),
				AccountName: w.hide(open), EmployeeNumber: w.hide(open), ExternalID: w.hide(open),
			})
			if err != nil {
				return err
			}
			if i == size-1 {
				if err := org.UnscopedAppointFirst(tx, org.Operator(o.ID), p.ID); err != nil {
					return err
				}
			}
			actor, err := org.UnscopedActor(tx, o.ID, p.ID)
			if err != nil {
				return err
			}
			w.people = append(w.people, actor)
			w.organisation, w.left = append(w.organisation, number), append(w.left, false)
			w.line, w.lead = append(w.line, 0), append(w.lead, 0)
			w.things["person"] = append(w.things["person"], owned{string(p.ID), first + i})
			w.things["viewer"] = append(w.things["viewer"], owned{string(p.ID), -1}) // as whom anybody may look at their own plan
		}
		w.admins = append(w.admins, w.people[len(w.people)-1])
		return nil
	})
	for i := first + 1; i < first+size; i++ {
		w.underSomebody(t, i)
	}
}

func (w *world) do(t testing.TB, what func(tx *db.Tx) error) {
	t.Helper()
	testkit.Do(t, w.store, what)
}

// underSomebody gives a person a manager who was there before them, so that no loop comes up.
func (w *world) underSomebody(t testing.TB, who int) {
	first := 0
	if w.organisation[who] == 1 {
		first = here
	}
	if who == first || w.left[who] {
		return
	}
	lead := first + w.random.IntN(who-first)
	if w.left[lead] {
		return
	}
	if w.line[who] != 0 && w.lead[who] == lead {
		return
	}
	w.lines++
	w.line[who], w.lead[who] = w.lines, lead
	w.do(t, func(tx *db.Tx) error {
		return org.SetManager(tx, w.admins[w.organisation[who]], w.people[who].Person, w.people[lead].Person)
	})
}

// hide plants a mark in a text of somebody's.
func (w *world) hide(m mark) string { return "text " + w.plant(m).text }

func (w *world) keep(kind string, id db.ID, owner int) {
	w.things[kind] = append(w.things[kind], owned{string(id), owner})
}

// stand notes that the marks stand in the thing.
func (w *world) stand(kind string, id db.ID, who int, marks []*mark) {
	for _, m := range marks {
		m.kind, m.thing = kind, string(id)
	}
	w.keep(kind, id, who)
}

// promise lets two people of one organisation promise something, and perhaps talk it over.
func (w *world) promise(t testing.TB) {
	a, b := w.pair()
	w.do(t, func(tx *db.Tx) error {
		both := mark{owner: a, sides: []int{b}}
		c, err := commitment.Make(tx, w.people[a], event.Thing{}, commitment.Input{
			By: w.people[a].Self(), To: w.people[b].Self(), Words: w.hide(both), Due: w.dueDay(tx),
		})
		if err != nil {
			return err
		}
		w.keep("promise", c.ID, a)
		switch w.random.IntN(3) {
		case 0:
			if err := commitment.Propose(tx, w.people[a], c.ID, commitment.NewTerms{Words: w.hide(both), Note: w.hide(both)}); err != nil {
				return err
			}
			changed, err := commitment.ByID(tx, w.people[a], c.ID)
			w.keep("change", changed.Change.ID, a)
			return err
		case 1:
			return commitment.SayItIsDone(tx, w.people[a], c.ID, w.hide(both))
		}
		return nil
	})
}

// pair is two different people of one organisation who are here.
func (w *world) pair() (a, b int) {
	for {
		a, b = w.random.IntN(len(w.people)), w.random.IntN(len(w.people))
		if a != b && w.organisation[a] == w.organisation[b] && !w.left[a] && !w.left[b] {
			return a, b
		}
	}
}

// happen does one thing of those that change who may see what.
func (w *world) happen(t testing.TB) {
	switch n := w.random.IntN(24); {
	case n < 10:
		w.shareSomething(t)
	case n < 13:
		w.takeSomethingBack(t)
	case n < 16:
		w.keepSomethingOut(t)
	case n < 19:
		w.underSomebody(t, w.random.IntN(len(w.people)))
	case n == 19 && w.random.IntN(2) == 0:
		w.leave(t)
	case n == 19:
		w.handOver(t, w.random.IntN(len(w.people)))
	case n == 20:
		w.propose(t)
	case n == 21:
		w.giveCopy(t)
	case n == 22:
		w.takeCopyBack(t)
	case n == 23:
		w.comment(t)
	}
}

func (w *world) shareSomething(t testing.TB) {
	a, b := w.pair()
	me, with, line := w.people[a], plan.WithPerson(w.people[b].Person), 0
	if w.line[a] != 0 && w.random.IntN(2) == 0 {
		with, line = plan.WithManager, w.line[a]
	}
	kinds := []string{"goal", "skill", "win", "section", "section"}
	kind := kinds[w.random.IntN(len(kinds))]
	s := given{owner: a, viewer: b, kind: kind, line: line}
	w.do(t, func(tx *db.Tx) error {
		if line != 0 {
			s.viewer = w.lead[a]
		}
		s.thing = w.of(kind, a)
		switch kind {
		case "goal":
			return plan.ShareGoal(tx, me, db.ID(s.thing), with)
		case "skill":
			return plan.ShareSkill(tx, me, db.ID(s.thing), with)
		case "win":
			return plan.ShareWin(tx, me, db.ID(s.thing), with)
		}
		sections := plan.Sections
		if w.random.IntN(2) == 0 { // of which things can be kept out
			sections = []plan.Section{plan.Values, plan.Skills, plan.Goals}
		}
		section := sections[w.random.IntN(len(sections))]
		s.kind, s.section = "plan", string(section)
		return plan.ShareSections(tx, me, []plan.Section{section}, with)
	})
	w.shares = append(w.shares, &s)
}

// of is the thing of that kind of somebody's.
func (w *world) of(kind string, who int) string {
	for _, each := range w.things[kind] {
		if each.owner == who {
			return each.id
		}
	}
	return ""
}

func (w *world) takeSomethingBack(t testing.TB) {
	a, _ := w.pair()
	w.do(t, func(tx *db.Tx) error {
		all, err := share.Given(tx, w.people[a])
		if err != nil || len(all) == 0 {
			return err
		}
		return w.takeBack(tx, a, all[w.random.IntN(len(all))])
	})
}

// takeAllBack ends all that somebody shows to another.
func (w *world) takeAllBack(tx *db.Tx, a, b int) error {
	all, err := share.Given(tx, w.people[a])
	for _, one := range all {
		if one.Viewer == w.people[b].Person && err == nil {
			err = w.takeBack(tx, a, one)
		}
	}
	return err
}

func (w *world) takeBack(tx *db.Tx, a int, one share.Share) error {
	for _, s := range w.shares {
		same := s.owner == a && w.people[s.viewer].Person == one.Viewer && (s.line != 0) == (one.Role == share.Manager)
		if same && (s.kind == "plan" && s.section == one.What.Section && one.What.Kind == "plan" || s.kind == one.What.Kind && s.thing == string(one.What.ID)) {
			s.back = true
		}
	}
	return share.TakeBack(tx, w.people[a], one.ID)
}

func (w *world) keepSomethingOut(t testing.TB) {
	a, _ := w.pair()
	kind := []string{"goal", "skill", "value", "strength"}[w.random.IntN(4)]
	id := w.of(kind, a)
	out := !w.keptOut[id]
	change := plan.LetIn
	if out {
		change = plan.KeepOut
	}
	w.do(t, func(tx *db.Tx) error { return change(tx, w.people[a], event.Thing{Kind: kind, ID: db.ID(id)}) })
	w.keptOut[id] = out
}

// leave lets somebody of the first organisation leave, who is not the administrator.
func (w *world) leave(t testing.TB) {
	who := w.random.IntN(here - 1)
	if w.left[who] {
		return
	}
	w.do(t, func(tx *db.Tx) error { return org.Leave(tx, w.admins[0], w.people[who].Person) })
	for i, lead := range w.lead {
		if i == who || lead == who {
			w.line[i] = 0
		}
	}
	w.left[who] = true
	w.returned(who)
	for _, s := range w.shares {
		if s.owner == who || s.viewer == who {
			s.back = true
		}
	}
}
