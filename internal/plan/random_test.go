package plan_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/testkit"
)

// seed is where the random worlds begin; OWNWARD_SEED repeats a run.
func seed(t *testing.T) uint64 {
	t.Helper()
	from := uint64(time.Now().UnixNano())
	if given, err := strconv.ParseUint(os.Getenv("OWNWARD_SEED"), 10, 64); err == nil {
		from = given
	}
	t.Logf("OWNWARD_SEED=%d repeats this run", from)
	return from
}

// oracle says who may see what, from what was done and by nothing of the program.
type oracle struct {
	manager map[db.ID]db.ID
	line    map[db.ID]int // of a person: how many lines they have had
	gone    map[db.ID]bool
	things  map[db.ID]thing
	given   []given
}

type thing struct {
	owner   db.ID
	kind    string // "value", "skill", "goal", "win"
	says    string
	out     bool
	backs   []db.ID // of a win
	section string  // of a text
}

type given struct {
	owner, viewer db.ID
	line          int   // 0: with a person by name
	one           db.ID // or
	section       string
}

// sees lists what a viewer may read of an owner, sorted.
func (o oracle) sees(viewer, owner db.ID) []string {
	var all []string
	for id := range o.things {
		if o.may(viewer, owner, id) {
			all = append(all, o.things[id].says)
			for _, backed := range o.things[id].backs {
				if o.may(viewer, owner, backed) {
					all = append(all, o.things[id].says+" backs "+o.things[backed].says)
				}
			}
		}
	}
	slices.Sort(all)
	return all
}

func (o oracle) may(viewer, owner, id db.ID) bool {
	one, there := o.things[id]
	if !there || one.owner != owner || o.gone[viewer] || o.gone[owner] {
		return false
	}
	for _, g := range o.given {
		if g.owner != owner || g.viewer != viewer || (g.line != 0 && (o.line[owner] != g.line || o.manager[owner] != viewer)) {
			continue
		}
		sectionOf := map[string]string{"value": "values", "skill": "skills", "goal": "goals", "text": one.section}[one.kind]
		if g.one == id || (g.section != "" && g.section == sectionOf && !one.out) {
			return true
		}
	}
	return false
}

// world does the same to the program and to the oracle.
type world struct {
	*testing.T
	s      testkit.Store
	r      *rand.Rand
	o      oracle
	ada    org.Actor
	people []org.Actor
	last   string
}

func pick[E any](r *rand.Rand, from []E) E { return from[r.IntN(len(from))] }

// ofKinds picks a thing that is there, of one of the kinds; not found, the zero thing.
func (w *world) ofKinds(owner db.ID, kinds ...string) (db.ID, thing) {
	var ids []db.ID
	for _, id := range slices.Sorted(maps.Keys(w.o.things)) {
		if one := w.o.things[id]; (owner == "" || one.owner == owner) && slices.Contains(kinds, one.kind) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return "", thing{}
	}
	id := pick(w.r, ids)
	return id, w.o.things[id]
}

func (w *world) actor(id db.ID) org.Actor {
	i := slices.IndexFunc(w.people, func(a org.Actor) bool { return a.Person == id })
	return w.people[i]
}

func (w *world) do(what string, act func(tx *db.Tx) error) bool {
	w.last = what
	err := db.Do(w.Context(), w.s.DB, act)
	var refused problem.Refused
	var wrong problem.Invalid
	if err != nil && !errors.As(err, &refused) && !errors.As(err, &wrong) && !errors.Is(err, problem.NotFound) {
		w.Fatalf("%s: %v", what, err)
	}
	return err == nil
}

// write writes something down.
func (w *world) write() {
	me := pick(w.r, w.people)
	says := fmt.Sprintf("m%d", w.r.Uint64())
	one := thing{owner: me.Person, kind: pick(w.r, []string{"value", "skill", "goal", "win", "win", "text"}), says: says}
	var id db.ID
	done := w.do(me.Name+" writes a "+one.kind, func(tx *db.Tx) error {
		switch one.kind {
		case "value":
			if err := plan.ChangeValues(tx, me, []plan.Value{{Word: says}}); err != nil {
				return err
			}
			now, err := plan.Mine(tx, me)
			for _, v := range now.Values {
				if v.Word == says {
					id = v.ID
				}
			}
			return err
		case "skill":
			k, err := plan.AddSkill(tx, me, plan.Skill{Name: says})
			id = k.ID
			return err
		case "goal":
			g, err := plan.AddGoal(tx, me, plan.GoalText{Title: says}, org.Origin{})
			id = g.ID
			return err
		case "text":
			section := pick(w.r, []plan.Section{plan.Purpose, plan.Strengths, plan.Hard, plan.Vision})
			was, err := plan.TextOf(tx, me, section)
			if err != nil {
				return err
			}
			one.section, id = string(section), me.Person+db.ID(section)
			_, err = plan.Write(tx, me, plan.Text{Section: section, Revision: was.Revision, Words: says})
			return err
		}
		win, err := plan.AddWin(tx, me, plan.WinText{What: says}, org.Origin{})
		if err != nil {
			return err
		}
		id, one.backs = win.ID, nil
		var things []event.Thing
		for range w.r.IntN(3) {
			backed, of := w.ofKinds(me.Person, "goal", "skill")
			if backed != "" && !slices.Contains(one.backs, backed) {
				one.backs = append(one.backs, backed)
				things = append(things, event.Thing{Kind: of.kind, ID: backed})
			}
		}
		return plan.LinkWin(tx, me, id, things)
	})
	if done {
		w.o.things[id] = one
	}
}

// give shares something with somebody.
func (w *world) give() {
	me, viewer := pick(w.r, w.people), pick(w.r, w.people)
	g := given{owner: me.Person, viewer: viewer.Person}
	with := plan.WithPerson(viewer.Person)
	if w.r.IntN(2) == 0 {
		with, g.viewer, g.line = plan.WithManager, w.o.manager[me.Person], w.o.line[me.Person]
	}
	whose := pick(w.r, []db.ID{me.Person, me.Person, ""}) // anybody's: sharing another's thing must fail
	id, one := w.ofKinds(whose, "skill", "goal", "win")
	if w.r.IntN(2) == 0 || id == "" {
		g.section = string(pick(w.r, append([]plan.Section{plan.Values, plan.Skills, plan.Goals, plan.Goals}, plan.Sections...)))
	} else {
		g.one = id
	}
	if w.do(me.Name+" shares "+g.section+one.kind, func(tx *db.Tx) error {
		switch {
		case g.section != "":
			return plan.ShareSections(tx, me, []plan.Section{plan.Section(g.section)}, with)
		case one.kind == "skill":
			return plan.ShareSkill(tx, me, id, with)
		case one.kind == "goal":
			return plan.ShareGoal(tx, me, id, with)
		}
		return plan.ShareWin(tx, me, id, with)
	}) {
		if g.one != "" && one.owner != me.Person {
			w.Fatalf("%s shared what belongs to somebody else", me.Name)
		}
		w.o.given = append(w.o.given, g)
	}
}

// takeBack takes back one of somebody's shares.
func (w *world) takeBack() {
	me := pick(w.r, w.people)
	w.do(me.Name+" takes back", func(tx *db.Tx) error {
		all, err := share.Given(tx, me)
		if err != nil || len(all) == 0 {
			return err
		}
		back := pick(w.r, all)
		w.o.given = slices.DeleteFunc(w.o.given, func(g given) bool {
			sameRole := (g.line != 0) == (back.Role == share.Manager)
			return g.owner == me.Person && g.viewer == back.Viewer && sameRole && g.section == back.What.Section &&
				(g.section != "" || g.one == back.What.ID)
		})
		return share.TakeBack(tx, me, back.ID)
	})
}

// keepOut keeps something out, or lets it in.
func (w *world) keepOut() {
	id, one := w.ofKinds("", "value", "skill", "goal")
	if id == "" {
		return
	}
	act := plan.KeepOut
	if one.out {
		act = plan.LetIn
	}
	if w.do("keep out or let in", func(tx *db.Tx) error {
		return act(tx, w.actor(one.owner), event.Thing{Kind: one.kind, ID: id})
	}) {
		one.out = !one.out
		w.o.things[id] = one
	}
}

// remove removes something.
func (w *world) remove() {
	id, one := w.ofKinds("", "skill", "goal", "win")
	if id == "" {
		return
	}
	me := w.actor(one.owner)
	if w.do("remove a "+one.kind, func(tx *db.Tx) error {
		return map[string]func(*db.Tx, org.Actor, db.ID) error{
			"skill": plan.RemoveSkill, "goal": plan.RemoveGoal, "win": plan.RemoveWin,
		}[one.kind](tx, me, id)
	}) {
		delete(w.o.things, id)
	}
}

// move puts somebody under another manager; leave takes somebody out of the organisation.
func (w *world) move() {
	person, lead := pick(w.r, w.people).Person, pick(w.r, w.people).Person
	if w.r.IntN(4) == 0 {
		lead = ""
	}
	if w.o.gone[person] || w.o.manager[person] == lead {
		return
	}
	if w.do("another manager", func(tx *db.Tx) error { return org.SetManager(tx, w.ada, person, lead) }) {
		w.o.manager[person] = lead
		w.o.line[person]++
	}
}

func (w *world) leave() {
	id := pick(w.r, w.people).Person
	if w.r.IntN(8) != 0 || w.o.gone[id] {
		return
	}
	if w.do("somebody leaves", func(tx *db.Tx) error { return org.Leave(tx, w.ada, id) }) {
		w.o.gone[id] = true
		for person, lead := range w.o.manager {
			if lead == id || person == id {
				w.o.manager[person] = ""
			}
		}
		w.people[slices.IndexFunc(w.people, func(a org.Actor) bool { return a.Person == id })].Left = true
	}
}

// check compares what everybody finds of everybody with what the oracle allows.
func (w *world) check() {
	for _, viewer := range w.people {
		for _, owner := range w.people {
			if viewer.Person == owner.Person {
				continue
			}
			want := w.o.sees(viewer.Person, owner.Person)
			got := testkit.Read(w.T, w.s, func(tx *db.Tx) (plan.Shown, error) { return plan.Theirs(tx, viewer, owner.Person) })
			if said := said(got); !slices.Equal(said, want) {
				w.Fatalf("after %s: of %s, %s finds %q, want %q", w.last, owner.Name, viewer.Name, said, want)
			}
		}
	}
}

func TestWhateverIsSharedEverybodyFindsJustThat(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		from := seed(t)
		worlds := 12
		if testing.Short() {
			worlds = 3
		}
		for n := range worlds {
			r := rand.New(rand.NewPCG(from, uint64(n)))
			c := testkit.NewCompany(t, s, fmt.Sprintf("weir-%d.example", n))
			w := &world{T: t, s: s, r: r, ada: c.Ada, people: []org.Actor{c.Ana, c.Tomas, c.Ines, c.Joel, c.Mira}, o: oracle{
				manager: map[db.ID]db.ID{}, line: map[db.ID]int{}, gone: map[db.ID]bool{}, things: map[db.ID]thing{},
			}}
			for person, lead := range map[db.ID]db.ID{
				c.Tomas.Person: c.Ana.Person, c.Mira.Person: c.Ana.Person, c.Ines.Person: c.Tomas.Person, c.Joel.Person: c.Tomas.Person,
			} {
				w.o.manager[person], w.o.line[person] = lead, 1
			}
			acts := []func(){w.write, w.write, w.write, w.give, w.give, w.give, w.takeBack, w.keepOut, w.keepOut, w.remove, w.move, w.leave}
			for turn := range 100 {
				pick(r, acts)()
				if turn%5 == 4 {
					w.check()
				}
			}
		}
	})
}
