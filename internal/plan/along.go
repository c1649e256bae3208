package plan

import (
	"slices"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Along is a plan as its owner takes it along to another installation, with the earlier texts
// of everything in it. Shares stay behind.
type Along struct {
	Texts   []AlongText    `json:"texts,omitempty"`
	Values  []AlongValue   `json:"values,omitempty"`
	Skills  []AlongSkill   `json:"skills,omitempty"`
	Goals   []AlongGoal    `json:"goals,omitempty"`
	Removed []AlongRemoved `json:"removed,omitempty"`
}

// AlongText is the text of one section.
type AlongText struct {
	Section   Section            `json:"section"`
	Words     string             `json:"words"`
	Revision  int64              `json:"revision"`
	CreatedAt time.Time          `json:"created_at"`
	ChangedAt time.Time          `json:"changed_at"`
	Earlier   []org.AlongEarlier `json:"earlier,omitempty"`
}

// AlongValue is a value or a strength.
type AlongValue struct {
	ID        db.ID              `json:"id"`
	Section   Section            `json:"section,omitempty"` // without one: values
	Word      string             `json:"word"`
	Meaning   string             `json:"meaning,omitempty"`
	Position  int64              `json:"position"`
	KeptOut   bool               `json:"kept_out,omitempty"`
	Revision  int64              `json:"revision"`
	CreatedAt time.Time          `json:"created_at"`
	Earlier   []org.AlongEarlier `json:"earlier,omitempty"`
}

// AlongSkill is a skill.
type AlongSkill struct {
	ID        db.ID              `json:"id"`
	Name      string             `json:"name"`
	Level     int64              `json:"level"`
	Wanted    int64              `json:"wanted"`
	Note      string             `json:"note,omitempty"`
	KeptOut   bool               `json:"kept_out,omitempty"`
	Revision  int64              `json:"revision"`
	CreatedAt time.Time          `json:"created_at"`
	ChangedAt time.Time          `json:"changed_at"`
	Earlier   []org.AlongEarlier `json:"earlier,omitempty"`
	Views     []AlongView        `json:"seen_by_others,omitempty"`
}

// AlongGoal is a goal with its steps.
type AlongGoal struct {
	ID         db.ID              `json:"id"`
	Title      string             `json:"title"`
	Area       Area               `json:"area"`
	Specific   string             `json:"specific,omitempty"`
	Measured   string             `json:"measured,omitempty"`
	Attainable string             `json:"attainable,omitempty"`
	Relevant   string             `json:"relevant,omitempty"`
	Due        civil.Date         `json:"due,omitzero"`
	Serves     string             `json:"serves,omitempty"`
	Kind       GoalKind           `json:"kind,omitempty"`   // without one: outcome
	Rhythm     Rhythm             `json:"rhythm,omitempty"` // without one: monthly
	ReviewOn   civil.Date         `json:"review_on,omitzero"`
	State      GoalState          `json:"state"`
	Learned    string             `json:"learned,omitempty"`
	ClosedAt   time.Time          `json:"closed_at,omitzero"`
	KeptOut    bool               `json:"kept_out,omitempty"`
	Origin     org.Origin         `json:"origin,omitzero"`
	Revision   int64              `json:"revision"`
	CreatedAt  time.Time          `json:"created_at"`
	ChangedAt  time.Time          `json:"changed_at"`
	Earlier    []org.AlongEarlier `json:"earlier,omitempty"`
	Steps      []AlongStep        `json:"steps,omitempty"`
	Reviews    []AlongReview      `json:"reviews,omitempty"`
}

// AlongReview is a look back at a goal.
type AlongReview struct {
	ID        db.ID      `json:"id"`
	How       How        `json:"how"`
	Learned   string     `json:"learned,omitempty"`
	Day       civil.Date `json:"day"`
	CreatedAt time.Time  `json:"created_at"`
	goal      db.ID
}

// AlongStep is a step.
type AlongStep struct {
	ID        db.ID              `json:"id"`
	Activity  string             `json:"activity,omitempty"`
	Words     string             `json:"words"`
	Due       civil.Date         `json:"due,omitzero"`
	Cue       string             `json:"cue,omitempty"`
	Response  string             `json:"response,omitempty"`
	Every     Every              `json:"every,omitempty"`
	Until     civil.Date         `json:"until,omitzero"`
	Anchor    civil.Date         `json:"anchor,omitzero"`
	State     StepState          `json:"state"`
	DoneAt    time.Time          `json:"done_at,omitzero"`
	Revision  int64              `json:"revision"`
	CreatedAt time.Time          `json:"created_at"`
	Earlier   []org.AlongEarlier `json:"earlier,omitempty"`
	Marks     []AlongMark        `json:"marks,omitempty"`
	goal      db.ID
}

// AlongMark is a day on which a step was done once, or let pass.
type AlongMark struct {
	Day    civil.Date `json:"day"`
	Did    bool       `json:"did"`
	WasDue civil.Date `json:"was_due,omitzero"`
	step   db.ID
}

// AlongRemoved is what remains of something that was taken out of the plan.
type AlongRemoved struct {
	Kind    string             `json:"kind"`
	ID      db.ID              `json:"id"`
	Earlier []org.AlongEarlier `json:"earlier"`
}

// AlongWin is a win.
type AlongWin struct {
	ID        db.ID              `json:"id"`
	Day       civil.Date         `json:"day"`
	What      string             `json:"what"`
	Effect    string             `json:"effect,omitempty"`
	Figure    string             `json:"figure,omitempty"`
	Goals     []db.ID            `json:"goals,omitempty"`
	Skills    []db.ID            `json:"skills,omitempty"`
	Links     []AlongLink        `json:"links,omitempty"`
	Files     []AlongFile        `json:"files,omitempty"`
	Origin    org.Origin         `json:"origin,omitzero"`
	Revision  int64              `json:"revision"`
	CreatedAt time.Time          `json:"created_at"`
	Earlier   []org.AlongEarlier `json:"earlier,omitempty"`
	Others    []AlongConfirmed   `json:"said_by_others,omitempty"`
}

// AlongEntry is an entry in the journal.
type AlongEntry struct {
	ID        db.ID              `json:"id"`
	Day       civil.Date         `json:"day"`
	Words     string             `json:"words"`
	Revision  int64              `json:"revision"`
	CreatedAt time.Time          `json:"created_at"`
	Earlier   []org.AlongEarlier `json:"earlier,omitempty"`
}

// The columns of each, in the order of its fields.
const (
	textColumns  = "section, words, revision, created_at, changed_at"
	valueColumns = "id, section, word, meaning, position, kept_out, revision, created_at"
	skillColumns = "id, name, level, wanted, note, kept_out, revision, created_at, changed_at"
	goalColumns  = "id, title, area, specific, measured, attainable, relevant, due, serves, kind, rhythm, review_on, state, learned, closed_at, kept_out, " +
		"origin_kind, origin_id, revision, created_at, changed_at"
	reviewColumns = "goal_id, id, how, learned, day, created_at"
	markColumns   = "step_id, day, did, was_due"
	stepColumns   = "goal_id, id, activity, words, due, cue, response, every, until, anchor, state, done_at, revision, created_at"
	winColumns    = "id, day, what, effect, figure, origin_kind, origin_id, revision, created_at"
	entryColumns  = "id, day, words, revision, created_at"
)

func (t *AlongText) record() []any {
	return []any{&t.Section, &t.Words, &t.Revision, &t.CreatedAt, &t.ChangedAt}
}

func (v *AlongValue) record() []any {
	return []any{&v.ID, &v.Section, &v.Word, &v.Meaning, &v.Position, &v.KeptOut, &v.Revision, &v.CreatedAt}
}

func (v *AlongValue) thing() event.Thing { return Value{ID: v.ID, Section: v.Section}.Thing() }

func (k *AlongSkill) record() []any {
	return []any{&k.ID, &k.Name, &k.Level, &k.Wanted, &k.Note, &k.KeptOut, &k.Revision, &k.CreatedAt, &k.ChangedAt}
}

func (g *AlongGoal) record() []any {
	return []any{&g.ID, &g.Title, &g.Area, &g.Specific, &g.Measured, &g.Attainable, &g.Relevant, &g.Due, &g.Serves, &g.Kind, &g.Rhythm, &g.ReviewOn, &g.State, &g.Learned,
		&g.ClosedAt, &g.KeptOut, &g.Origin.Kind, &g.Origin.ID, &g.Revision, &g.CreatedAt, &g.ChangedAt}
}

func (s *AlongStep) record() []any {
	return []any{&s.goal, &s.ID, &s.Activity, &s.Words, &s.Due, &s.Cue, &s.Response, &s.Every, &s.Until, &s.Anchor, &s.State, &s.DoneAt, &s.Revision, &s.CreatedAt}
}

func (r *AlongReview) record() []any {
	return []any{&r.goal, &r.ID, &r.How, &r.Learned, &r.Day, &r.CreatedAt}
}

func (m *AlongMark) record() []any { return []any{&m.step, &m.Day, &m.Did, &m.WasDue} }

func (w *AlongWin) record() []any {
	return []any{&w.ID, &w.Day, &w.What, &w.Effect, &w.Figure, &w.Origin.Kind, &w.Origin.ID, &w.Revision, &w.CreatedAt}
}

func (e *AlongEntry) record() []any {
	return []any{&e.ID, &e.Day, &e.Words, &e.Revision, &e.CreatedAt}
}

// take reads the actor's own rows of a table, in an order that does not depend on the store.
func take[T any, P interface {
	*T
	record() []any
}](tx *db.Tx, me org.Actor, table, columns, order string) ([]T, error) {
	return db.List(tx, func(row db.Row) (T, error) {
		var one T
		err := row.Scan(P(&one).record()...)
		return one, err
	}, "select "+columns+" from "+table+" where organisation_id = $1 and owner_id = $2 order by "+order, me.Organisation, me.Person)
}

// TakeAlong is the actor's plan with all that ever stood in it.
func TakeAlong(tx *db.Tx, me org.Actor) (Along, error) {
	var a Along
	var err error
	if a.Texts, err = take[AlongText](tx, me, "plan_texts", textColumns, "section"); err != nil {
		return a, err
	}
	if a.Values, err = take[AlongValue](tx, me, "plan_values", valueColumns, "id"); err != nil {
		return a, err
	}
	if a.Skills, err = take[AlongSkill](tx, me, "skills", skillColumns, "id"); err != nil {
		return a, err
	}
	views, err := takeViews(tx, me)
	if err != nil {
		return a, err
	}
	for i := range a.Skills {
		a.Skills[i].Views = views[a.Skills[i].ID]
	}
	if a.Goals, err = take[AlongGoal](tx, me, "goals", goalColumns, "id"); err != nil {
		return a, err
	}
	if err := a.addServed(tx, me); err != nil {
		return a, err
	}
	steps, err := take[AlongStep](tx, me, "steps", stepColumns, "id")
	if err != nil {
		return a, err
	}
	if err := a.addProgress(tx, me, steps); err != nil {
		return a, err
	}
	earlier, err := org.TakeEarlier(tx, me, kindsKept()...)
	a.addEarlier(me, steps, earlier)
	return a, err
}

// addProgress gives each goal its reviews, and each step its marks.
func (a *Along) addProgress(tx *db.Tx, me org.Actor, steps []AlongStep) error {
	reviews, err := take[AlongReview](tx, me, "goal_reviews", reviewColumns, "id")
	if err != nil {
		return err
	}
	marks, err := take[AlongMark](tx, me, "step_marks", markColumns, "step_id, day")
	for i := range a.Goals {
		for _, r := range reviews {
			if r.goal == a.Goals[i].ID {
				a.Goals[i].Reviews = append(a.Goals[i].Reviews, r)
			}
		}
	}
	for i := range steps {
		for _, m := range marks {
			if m.step == steps[i].ID {
				steps[i].Marks = append(steps[i].Marks, m)
			}
		}
	}
	return err
}

// addEarlier gives each thing its earlier texts, and each goal its steps. What is left over is
// of things that were removed.
func (a *Along) addEarlier(me org.Actor, steps []AlongStep, earlier map[event.Thing][]org.AlongEarlier) {
	of := func(kind string, id db.ID) []org.AlongEarlier {
		thing := event.Thing{Kind: kind, ID: id}
		list := earlier[thing]
		delete(earlier, thing)
		return list
	}
	for i := range a.Texts {
		a.Texts[i].Earlier = of(a.Texts[i].Section.kind(), me.Person)
	}
	for i := range a.Values {
		a.Values[i].Earlier = of(a.Values[i].thing().Kind, a.Values[i].ID)
	}
	for i := range a.Skills {
		a.Skills[i].Earlier = of("skill", a.Skills[i].ID)
	}
	for i := range a.Goals {
		a.Goals[i].Earlier = of("goal", a.Goals[i].ID)
		for _, s := range steps {
			if s.goal == a.Goals[i].ID {
				s.Earlier = of("step", s.ID)
				a.Goals[i].Steps = append(a.Goals[i].Steps, s)
			}
		}
	}
	for thing, list := range earlier {
		a.Removed = append(a.Removed, AlongRemoved{thing.Kind, thing.ID, list})
	}
	slices.SortFunc(a.Removed, func(one, other AlongRemoved) int {
		return slices.Compare([]string{one.Kind, string(one.ID)}, []string{other.Kind, string(other.ID)})
	})
}

// TakeWins are the actor's wins, with what each backs and what shows it.
func TakeWins(tx *db.Tx, me org.Actor) ([]AlongWin, error) {
	wins, err := take[AlongWin](tx, me, "wins", winColumns, "id")
	if err != nil {
		return nil, err
	}
	earlier, err := org.TakeEarlier(tx, me, "win")
	if err != nil {
		return nil, err
	}
	others, err := takeConfirmed(tx, me)
	if err != nil {
		return nil, err
	}
	links := func(table, column string) (map[db.ID][]db.ID, error) {
		of := map[db.ID][]db.ID{}
		_, err := db.List(tx, func(row db.Row) (struct{}, error) {
			var win, to db.ID
			err := row.Scan(&win, &to)
			of[win] = append(of[win], to)
			return struct{}{}, err
		}, `
			select l.win_id, l.`+column+` from `+table+` l
			join wins w on w.organisation_id = l.organisation_id and w.id = l.win_id
			where l.organisation_id = $1 and w.owner_id = $2
			order by l.win_id, l.`+column, me.Organisation, me.Person)
		return of, err
	}
	goals, err := links("win_goals", "goal_id")
	if err != nil {
		return nil, err
	}
	skills, err := links("win_skills", "skill_id")
	if err != nil {
		return nil, err
	}
	for i := range wins {
		w := &wins[i]
		w.Earlier = earlier[event.Thing{Kind: "win", ID: w.ID}]
		w.Goals, w.Skills, w.Others = goals[w.ID], skills[w.ID], others[w.ID]
	}
	return wins, addShown(tx, me, wins)
}

// TakeJournal is the actor's journal.
func TakeJournal(tx *db.Tx, me org.Actor) ([]AlongEntry, error) {
	entries, err := take[AlongEntry](tx, me, "journal_entries", entryColumns, "id")
	if err != nil {
		return nil, err
	}
	earlier, err := org.TakeEarlier(tx, me, "journal entry")
	for i := range entries {
		entries[i].Earlier = earlier[event.Thing{Kind: "journal entry", ID: entries[i].ID}]
	}
	return entries, err
}
