package plan

import (
	"slices"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// Goal is something that a person wants to reach.
type Goal struct {
	ID        db.ID
	Owner     db.ID
	OwnerName string
	GoalText
	State     GoalState
	Learned   string // written when it is closed
	ClosedAt  time.Time
	KeptOut   bool       // a share of the whole section does not reach it
	ReviewOn  civil.Date // when its owner looks at it again; see NextReview
	Origin    org.Origin
	Revision  int64
	CreatedAt time.Time
	ChangedAt time.Time
	Steps     []Step // where the reading says so
}

// GoalText is what a person says of a goal.
type GoalText struct {
	Title      string
	Area       Area
	Kind       GoalKind
	Specific   string // what exactly
	Measured   string // how they will know
	Attainable string // why it can be done
	Relevant   string // why it matters to them
	Due        civil.Date
	Serves     string // the direction that it serves, where it serves one
	Rhythm     Rhythm // how often its owner looks at it again
}

// Area is which side of a life a goal belongs to.
type Area string

// The areas.
const (
	Professional Area = "professional"
	Personal     Area = "personal"
)

// GoalKind is what a goal is about, and so what helps to write it down.
type GoalKind string

// The kinds of goals.
const (
	Outcome  GoalKind = "outcome"  // something that is there in the end
	Learning GoalKind = "learning" // something that one can do in the end
	OpenGoal GoalKind = "open"     // a direction, without a figure and without an end
)

// GoalKinds are all of them.
var GoalKinds = []GoalKind{Outcome, Learning, OpenGoal}

// GoalState is how things stand with a goal. To let one go is no failure.
type GoalState string

// The states of a goal.
const (
	Open  GoalState = "open"
	Done  GoalState = "done"
	LetGo GoalState = "let go"
)

// IsOpen tells whether the goal is still pursued.
func (g Goal) IsOpen() bool { return g.State == Open }

const mostGoals = 500

// AddGoal writes a goal down in the actor's plan. Only the title is needed.
func AddGoal(tx *db.Tx, me org.Actor, in GoalText, from org.Origin) (Goal, error) {
	g := Goal{GoalText: in, State: Open, Origin: from}
	if err := mayWrite(me); err != nil {
		return g, err
	}
	if err := g.check(); err != nil {
		return g, err
	}
	var stand int64
	if err := tx.Get("select count(*) from goals where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person).Scan(&stand); err != nil {
		return g, err
	}
	if stand >= mostGoals {
		return g, problem.Refused("Five hundred goals are a lot. Please remove one first.")
	}
	g.ID, g.Owner, g.OwnerName, g.Revision, g.CreatedAt, g.ChangedAt = tx.NewID(), me.Person, me.Name, 1, tx.Now(), tx.Now()
	g.ReviewOn = g.Rhythm.after(civil.In(tx.Now(), me.Zone))
	if _, err := tx.Exec(`
		insert into goals (organisation_id, id, owner_id, title, area, specific, measured, attainable, relevant, due, serves,
			kind, rhythm, review_on, state, learned, kept_out, origin_kind, origin_id, revision, created_at, changed_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'open', '', $15, $16, $17, 1, $18, $18)`,
		me.Organisation, g.ID, me.Person, g.Title, string(g.Area), g.Specific, g.Measured, g.Attainable, g.Relevant, g.Due, g.Serves,
		string(g.Kind), string(g.Rhythm), g.ReviewOn, g.KeptOut, from.Kind, from.ID, tx.Now()); err != nil {
		return g, err
	}
	return g, happened(tx, me, "goal added", g.Thing())
}

// ChangeGoal replaces what the actor says of a goal of theirs; of a closed one too.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field otherwise.
func ChangeGoal(tx *db.Tx, me org.Actor, id db.ID, revision int64, in GoalText) error {
	was, err := myGoal(tx, me, id)
	if err != nil {
		return err
	}
	g := was
	g.GoalText = in
	if err := g.check(); err != nil {
		return err
	}
	if g.Rhythm != was.Rhythm {
		g.ReviewOn = g.Rhythm.after(civil.In(tx.Now(), me.Zone))
	}
	return g.replace(tx, me, was, revision, "goal changed")
}

// CloseGoal ends the pursuit of a goal: it is done, or let go, with a line on what was learned.
// A goal that is closed already can be closed otherwise.
func CloseGoal(tx *db.Tx, me org.Actor, id db.ID, revision int64, as GoalState, learned string) error {
	was, err := myGoal(tx, me, id)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	g := was
	g.State, g.Learned = as, tidy(wrong, "learned", learned, mostText)
	wrong.Check(as == Done || as == LetGo, "state", "Please say whether you reached it or let it go.")
	if err := wrong.Err(); err != nil {
		return err
	}
	if was.IsOpen() {
		g.ClosedAt = tx.Now()
		if _, err := g.keepReview(tx, me, Review{How: How(as), Learned: g.Learned}); err != nil {
			return err
		}
	}
	return g.replace(tx, me, was, revision, "goal closed")
}

// ReopenGoal takes a closed goal up again. What was learned stays with it.
func ReopenGoal(tx *db.Tx, me org.Actor, id db.ID) error {
	was, err := myGoal(tx, me, id)
	if err != nil || was.IsOpen() {
		return err
	}
	g := was
	g.State, g.ClosedAt, g.ReviewOn = Open, time.Time{}, g.Rhythm.after(civil.In(tx.Now(), me.Zone))
	return g.replace(tx, me, was, was.Revision, "goal reopened")
}

// replace puts g in the place of was.
func (g Goal) replace(tx *db.Tx, me org.Actor, was Goal, madeOn int64, kind string) error {
	return edit{g.Thing(), was.fields(), g.fields(), was.Revision, madeOn}.write(tx, me, kind, `
		update goals set title = $1, area = $2, specific = $3, measured = $4, attainable = $5, relevant = $6, due = $7, serves = $8,
			kind = $9, rhythm = $10, review_on = $11, state = $12, learned = $13, closed_at = $14, revision = revision + 1, changed_at = $15
		where organisation_id = $16 and id = $17 and owner_id = $18`,
		g.Title, string(g.Area), g.Specific, g.Measured, g.Attainable, g.Relevant, g.Due, g.Serves,
		string(g.Kind), string(g.Rhythm), g.ReviewOn, string(g.State), g.Learned, g.ClosedAt, tx.Now(), me.Organisation, g.ID, me.Person)
}

// RemoveGoal takes a goal and its steps out of the actor's plan. What they said stays among the
// earlier versions.
func RemoveGoal(tx *db.Tx, me org.Actor, id db.ID) error {
	was, err := myGoal(tx, me, id)
	if err != nil {
		return err
	}
	if err := org.KeepRevision(tx, me, was.Thing(), was.Revision, was.fields()); err != nil {
		return err
	}
	steps, err := stepsOfGoal(tx, me, id)
	if err != nil {
		return err
	}
	for _, s := range steps {
		if err := s.remove(tx, me); err != nil {
			return err
		}
	}
	for _, table := range []string{"goal_reviews", "goal_directions"} {
		if _, err := tx.Exec("delete from "+table+" where organisation_id = $1 and goal_id = $2", me.Organisation, id); err != nil {
			return err
		}
	}
	if err := share.TakeBackThing(tx, me, share.What{Kind: "goal", ID: id}); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from win_goals where organisation_id = $1 and goal_id = $2", me.Organisation, id); err != nil {
		return err
	}
	return remove(tx, me, "goals", was.Thing())
}

// myGoal finds a goal of the actor's own, to be changed.
func myGoal(tx *db.Tx, me org.Actor, id db.ID) (Goal, error) { return own(tx, me, id, findGoal) }

func (g Goal) owner() db.ID { return g.Owner }

func (g *Goal) check() error {
	wrong := problem.Invalid{}
	g.Title = tidy(wrong, "title", g.Title, mostLine)
	wrong.Check(g.Title != "", "title", "Please say in a few words what you want to reach.")
	for field, text := range map[string]*string{
		"specific": &g.Specific, "measured": &g.Measured, "attainable": &g.Attainable, "relevant": &g.Relevant, "serves": &g.Serves,
	} {
		*text = tidy(wrong, field, *text, mostText)
	}
	if g.Area == "" {
		g.Area = Professional
	}
	wrong.Check(g.Area == Professional || g.Area == Personal, "area", "Please choose one of the two.")
	if g.Kind == "" {
		g.Kind = Outcome
	}
	wrong.Check(slices.Contains(GoalKinds, g.Kind), "kind", "Please choose one of the three.")
	if g.Rhythm == "" {
		g.Rhythm = Monthly
	}
	wrong.Check(slices.Contains(Rhythms, g.Rhythm), "rhythm", "Please choose how often.")
	return wrong.Err()
}

// Thing is the goal as something that can be linked, shared and kept out.
func (g Goal) Thing() event.Thing { return event.Thing{Kind: "goal", ID: g.ID} }

func (g Goal) fields() map[string]string {
	return map[string]string{
		"title": g.Title, "area": string(g.Area), "specific": g.Specific, "measured": g.Measured, "attainable": g.Attainable,
		"relevant": g.Relevant, "due": g.Due.String(), "serves": g.Serves,
		"kind": string(g.Kind), "rhythm": string(g.Rhythm), "state": string(g.State), "learned": g.Learned,
	}
}

const selectGoal = `
	select g.id, g.owner_id, p.name, g.title, g.area, g.specific, g.measured, g.attainable, g.relevant, g.due, g.serves,
		g.kind, case when g.owner_id = $2 then g.rhythm else '' end, case when g.owner_id = $2 then g.review_on end, g.state, g.learned, g.closed_at, g.kept_out and g.owner_id = $2,
		case when g.owner_id = $2 then g.origin_kind else '' end, case when g.owner_id = $2 then g.origin_id end,
		g.revision, g.created_at, g.changed_at
	from goals g join people p on p.organisation_id = g.organisation_id and p.id = g.owner_id
`

func scanGoal(row db.Row) (Goal, error) {
	var g Goal
	err := row.Scan(&g.ID, &g.Owner, &g.OwnerName, &g.Title, &g.Area, &g.Specific, &g.Measured, &g.Attainable, &g.Relevant, &g.Due, &g.Serves,
		&g.Kind, &g.Rhythm, &g.ReviewOn, &g.State, &g.Learned, &g.ClosedAt, &g.KeptOut, &g.Origin.Kind, &g.Origin.ID, &g.Revision, &g.CreatedAt, &g.ChangedAt)
	return g, err
}

func findGoal(tx *db.Tx, me org.Actor, id db.ID) (Goal, error) {
	return db.One(tx, scanGoal, selectGoal+"where g.organisation_id = $1 and g.id = $4 and "+goalSeen,
		me.Organisation, me.Person, me.Viewer(), id)
}

// GoalByID finds a goal that the actor may see, with its steps.
func GoalByID(tx *db.Tx, me org.Actor, id db.ID) (Goal, error) {
	g, err := findGoal(tx, me, id)
	if err != nil {
		return g, err
	}
	g.Steps, err = stepsOfGoal(tx, me, id)
	return g, err
}

// GoalsOf lists the goals of an owner that the actor may see, with their steps: open ones first
// by the day they are due, then closed ones, the last closed first.
func GoalsOf(tx *db.Tx, me org.Actor, owner db.ID) ([]Goal, error) {
	goals, err := db.List(tx, scanGoal, selectGoal+`
		where g.organisation_id = $1 and g.owner_id = $4 and `+goalSeen+`
		order by g.state <> 'open', g.closed_at desc, g.due is null, g.due, g.id`,
		me.Organisation, me.Person, me.Viewer(), owner)
	if err != nil || len(goals) == 0 {
		return nil, err
	}
	steps, err := stepsOfOwner(tx, me, owner)
	if err != nil {
		return nil, err
	}
	of := map[db.ID][]Step{}
	for _, s := range steps {
		of[s.Goal] = append(of[s.Goal], s)
	}
	for i := range goals {
		goals[i].Steps = of[goals[i].ID]
	}
	return goals, nil
}

// OpenGoals lists the actor's own open goals, the next due first: what each is called, and its day.
func OpenGoals(tx *db.Tx, me org.Actor, most int) ([]Goal, error) {
	return db.List(tx, func(row db.Row) (Goal, error) {
		g := Goal{Owner: me.Person, State: Open}
		return g, row.Scan(&g.ID, &g.Title, &g.Due)
	}, `
		select id, title, due from goals
		where organisation_id = $1 and owner_id = $2 and state = 'open'
		order by due is null, due, id limit $3`, me.Organisation, me.Person, most)
}
