package demo

import (
	"cmp"
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/handover"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/share"
)

// tell plans all acts of a story. On one day, what a later kind of act needs comes first.
func (t *telling) tell(s story) {
	t.of = s.Person
	t.words(s)
	for _, each := range s.Skills {
		t.skill(s.Person, each)
	}
	for _, each := range s.Goals {
		t.goal(s.Person, each)
	}
	for _, each := range s.Wins {
		t.win(s.Person, each)
	}
	t.bring(s.Person, s.Brought)
	for _, each := range s.Journal {
		t.does(s.Person, t.when(each.On, evening, s.Person), "journal", func(tx *db.Tx, me org.Actor) error {
			_, err := plan.AddEntry(tx, me, plan.Entry{Words: string(each.Words)})
			return err
		})
	}
	for _, each := range s.Askings {
		t.asking(s.Person, each)
	}
	for _, each := range s.Asks {
		t.request(s.Person, each)
	}
	for _, each := range s.Promises {
		t.promise(s.Person, each, func() (event.Thing, error) { return event.Thing{}, nil })
	}
	for _, each := range s.Conversations {
		t.conversation(s.Person, each)
	}
	for _, each := range s.Years {
		t.year(s.Person, each)
	}
	for _, each := range s.Handovers {
		t.handOver(s.Person, each)
	}
	for _, each := range s.Shares {
		t.share(s.Person, each)
	}
	t.shown(s)
	t.mentors(s)
	t.owns(s.Person, s.Owners)
	for _, each := range s.Programmes {
		t.programme(s.Person, each)
	}
	for _, each := range s.Introductions {
		t.introduced(s.Person, each)
	}
	for _, each := range s.Rounds {
		t.opened(s.Person, each)
	}
	for _, each := range s.Said {
		t.word(s.Person, each)
	}
	for _, each := range s.Told {
		t.told(s.Person, each)
	}
}

// words plans the texts and the values of a plan.
func (t *telling) words(s story) {
	for _, each := range s.Texts {
		t.does(s.Person, t.when(each.On, morning, s.Person), "text "+each.Section, func(tx *db.Tx, me org.Actor) error {
			was, err := plan.TextOf(tx, me, plan.Section(each.Section))
			if err != nil {
				return err
			}
			_, err = plan.Write(tx, me, plan.Text{Section: plan.Section(each.Section), Words: string(each.Words), Revision: was.Revision})
			return err
		})
	}
	t.wordsOf(s.Person, "values", s.Values, plan.ChangeValues)
	t.wordsOf(s.Person, "strengths", s.Strengths, plan.ChangeStrengths)
}

func (t *telling) wordsOf(of, what string, list values, change func(*db.Tx, org.Actor, []plan.Value) error) {
	if len(list.List) == 0 {
		return
	}
	t.does(of, t.when(list.On, morning, of), what, func(tx *db.Tx, me org.Actor) error {
		var all []plan.Value
		for _, v := range list.List {
			all = append(all, plan.Value{Word: v.Word, Meaning: string(v.Meaning)})
		}
		return change(tx, me, all)
	})
}

func (t *telling) skill(of string, s skill) {
	t.does(of, t.when(s.On, morning, of), "skill "+s.ID, func(tx *db.Tx, me org.Actor) error {
		made, err := plan.AddSkill(tx, me, plan.Skill{Name: s.Name, Level: s.Level, Wanted: s.Wanted, Note: string(s.Note)})
		t.name(of, s.ID, made.Thing())
		return err
	})
	for _, later := range s.Later {
		t.does(of, t.when(later.On, morning, of), "skill "+s.ID+" later", func(tx *db.Tx, me org.Actor) error {
			thing, err := t.thing(of, s.ID)
			if err != nil {
				return err
			}
			now, err := plan.SkillByID(tx, me, thing.ID)
			if err != nil {
				return err
			}
			now.Level = later.Level
			now.Note = cmp.Or(string(later.Note), now.Note)
			return plan.ChangeSkill(tx, me, now)
		})
	}
}

func (t *telling) goal(of string, g goal) {
	t.does(of, t.when(g.On, morning, of), "goal "+g.ID, func(tx *db.Tx, me org.Actor) error {
		made, err := plan.AddGoal(tx, me, plan.GoalText{
			Title: g.Title, Area: plan.Area(g.Area), Specific: string(g.Specific), Measured: string(g.Measured),
			Attainable: string(g.Attainable), Relevant: string(g.Relevant), Serves: string(g.Serves), Due: t.date(g.Due),
			Kind: plan.GoalKind(g.Kind), Rhythm: plan.Rhythm(cmp.Or(g.Rhythm, string(plan.Never))),
		}, org.Origin{})
		if err != nil {
			return err
		}
		t.name(of, g.ID, made.Thing())
		if g.KeptOut {
			return plan.KeepOut(tx, me, made.Thing())
		}
		return nil
	})
	for _, s := range g.Steps {
		t.step(of, g.ID, s)
	}
	for _, each := range g.Reviews {
		t.does(of, t.when(each.On, evening, of), "look back at "+g.ID, func(tx *db.Tx, me org.Actor) error {
			thing, err := t.thing(of, g.ID)
			if err != nil {
				return err
			}
			_, err = plan.ReviewGoal(tx, me, thing.ID, plan.Review{How: plan.How(each.How), Learned: string(each.Learned)})
			return err
		})
	}
	if g.Closed.On == 0 {
		return
	}
	t.does(of, t.when(g.Closed.On, afternoon, of), "goal "+g.ID+" closed", func(tx *db.Tx, me org.Actor) error {
		thing, err := t.thing(of, g.ID)
		if err != nil {
			return err
		}
		now, err := plan.GoalByID(tx, me, thing.ID)
		if err != nil {
			return err
		}
		return plan.CloseGoal(tx, me, now.ID, now.Revision, plan.GoalState(g.Closed.As), string(g.Closed.Learned))
	})
}

func (t *telling) step(of, goal string, s step) {
	var id db.ID
	t.does(of, t.when(s.On, morning, of), "step of "+goal, func(tx *db.Tx, me org.Actor) error {
		thing, err := t.thing(of, goal)
		if err != nil {
			return err
		}
		made, err := plan.AddStep(tx, me, thing.ID, plan.StepText{
			Activity: s.Activity, Words: string(s.Words), Due: t.date(s.Due), Cue: s.When, Response: s.Then,
			Every: plan.Every(s.Every), Until: t.date(s.Until),
		})
		id = made.ID
		return err
	})
	for _, on := range s.Did {
		t.does(of, t.when(on, afternoon, of), "step of "+goal+" done once", func(tx *db.Tx, me org.Actor) error {
			return plan.MarkStep(tx, me, id, true)
		})
	}
	for _, change := range []struct {
		on    day
		part  int
		state plan.StepState
	}{{s.Begun, morning, plan.StepBegun}, {s.Done, afternoon, plan.StepDone}} {
		if change.on != 0 {
			t.does(of, t.when(change.on, change.part, of), "step of "+goal+" "+string(change.state), func(tx *db.Tx, me org.Actor) error {
				return plan.SetStep(tx, me, id, change.state)
			})
		}
	}
}

func (t *telling) win(of string, w win) {
	t.does(of, t.when(cmp.Or(w.Told, w.On), morning, of), "win "+w.ID, func(tx *db.Tx, me org.Actor) error {
		made, err := plan.AddWin(tx, me, plan.WinText{Day: t.date(w.On), What: string(w.What), Effect: string(w.Effect), Figure: w.Figure}, org.Origin{})
		if err != nil {
			return err
		}
		t.name(of, w.ID, made.Thing())
		if err := showWin(tx, me, made.ID, w); err != nil {
			return err
		}
		var backs []event.Thing
		for _, label := range w.Backs {
			thing, err := t.thing(of, label)
			if err != nil {
				return err
			}
			backs = append(backs, thing)
		}
		if len(backs) == 0 {
			return nil
		}
		return plan.LinkWin(tx, me, made.ID, backs)
	})
}

func (t *telling) asking(of string, a asking) {
	in := question.Input{CardID: a.Card, Wording: a.Question, To: question.ToMyself}
	var made question.Asking
	t.does(of, t.when(a.On, morning, of), "asking "+a.ID, func(tx *db.Tx, me org.Actor) (err error) {
		if a.Of != "self" {
			in.To = t.party(a.Of).String()
		}
		made, err = question.Record(tx, me, org.Origin{}, in)
		t.name(of, a.ID, made.Thing())
		return err
	})
	if a.Answered != 0 {
		t.does(of, t.when(a.Answered, evening, of), "asking "+a.ID+" answered", func(tx *db.Tx, me org.Actor) error {
			_, err := question.Answer(tx, me, made.ID, made.Revision, string(a.Answer))
			return err
		})
	}
}

// what is the thing or section of the plan that a share is of.
func (t *telling) what(of, label string, me org.Actor) (share.What, error) {
	if slices.Contains(plan.Sections, plan.Section(label)) {
		return share.Section(me, label), nil
	}
	thing, err := t.thing(of, label)
	return share.What{Kind: thing.Kind, ID: thing.ID}, err
}

// share plans that something is shared, and that the viewer looks at it three days later.
func (t *telling) share(of string, s shared) {
	t.does(of, t.when(s.On, evening, of), "share of "+s.What, func(tx *db.Tx, me org.Actor) error {
		what, err := t.what(of, s.What, me)
		if err != nil {
			return err
		}
		with := plan.WithManager
		if s.With != "manager" {
			with = plan.WithPerson(t.person(s.With))
		}
		switch what.Kind {
		case "plan":
			return plan.ShareSections(tx, me, []plan.Section{plan.Section(s.What)}, with)
		case "goal":
			return plan.ShareGoal(tx, me, what.ID, with)
		case "skill":
			return plan.ShareSkill(tx, me, what.ID, with)
		}
		return plan.ShareWin(tx, me, what.ID, with)
	})
	if s.On < -3 {
		t.does(of, t.when(s.On+3, evening, of), "look at "+s.What, func(tx *db.Tx, me org.Actor) error { return t.look(tx, me, of, s) })
	}
	if s.TakenBack == 0 {
		return
	}
	t.does(of, t.when(s.TakenBack, evening, of), "share of "+s.What+" taken back", func(tx *db.Tx, me org.Actor) error {
		what, err := t.what(of, s.What, me)
		if err != nil {
			return err
		}
		given, err := share.Given(tx, me)
		if err != nil {
			return err
		}
		for _, each := range given.Of(what.Kind, what.ID, what.Section, false) {
			if each.Viewer == t.person(s.With) {
				return share.TakeBack(tx, me, each.ID)
			}
		}
		return nil
	})
}

// look is that of the one with whom the owner shares something.
func (t *telling) look(tx *db.Tx, owner org.Actor, of string, s shared) error {
	what, err := t.what(of, s.What, owner)
	if err != nil {
		return err
	}
	var viewer db.ID
	if s.With == "manager" {
		manager, err := org.ManagerOf(tx, owner)
		if err != nil {
			return err
		}
		viewer = manager.ID
	} else {
		viewer = t.person(s.With)
	}
	them, err := org.UnscopedActor(tx, owner.Organisation, viewer)
	if err != nil {
		return err
	}
	if what.Kind == "plan" {
		what.Section = ""
	}
	return share.Looked(tx, them, owner.Person, what)
}

// handOver plans what the owner says on the handover page.
func (t *telling) handOver(of string, h handedOver) {
	t.does(of, t.when(h.On, afternoon, of), "handover", func(tx *db.Tx, me org.Actor) error {
		pending, err := handover.Of(tx, me)
		if err != nil {
			return err
		}
		var keep []db.ID
		for _, item := range pending.Items {
			for _, label := range h.Keep {
				if item.Kind == "section" && item.Title == plan.Section(label).Title() {
					keep = append(keep, item.Share)
				}
			}
		}
		return handover.Decide(tx, me, handover.Decision{To: pending.Manager.ID, Show: keep})
	})
}
