package plan

import (
	"cmp"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Rhythm is how often a person looks at a goal of theirs again.
type Rhythm string

// The rhythms.
const (
	Fortnightly Rhythm = "fortnightly"
	Monthly     Rhythm = "monthly"
	Quarterly   Rhythm = "quarterly"
	Never       Rhythm = "never"
)

// Rhythms are all of them.
var Rhythms = []Rhythm{Fortnightly, Monthly, Quarterly, Never}

// after is the next day of the rhythm; zero where there is none.
func (r Rhythm) after(day civil.Date) civil.Date {
	switch r {
	case Fortnightly:
		return day.AddDays(14)
	case Quarterly:
		return day.AddMonths(3)
	case Never:
		return civil.Date{}
	}
	return day.AddMonths(1)
}

// Review is a look back at a goal: how it went, and a line on what was learned. It is seen by the
// owner of the goal alone.
type Review struct {
	ID      db.ID
	Goal    db.ID
	How     How
	Learned string
	Day     civil.Date
}

// How says how it went with a goal.
type How string

// The ways it can go. To let a goal go is no failure.
const (
	Moved    How = "moved"
	Stuck    How = "stuck"
	Changed  How = "changed"
	Reached  How = How(Done)
	LetGoNow How = How(LetGo)
)

// Hows are all of them.
var Hows = []How{Moved, Stuck, Changed, Reached, LetGoNow}

const mostReviews = 500

// ReviewDue tells whether the owner wanted to look at the goal again by today.
func (g Goal) ReviewDue(today civil.Date) bool {
	on := g.NextReview(today)
	return g.IsOpen() && !on.IsZero() && !on.After(today)
}

// NextReview is the day on which the owner wants to look at the goal again; zero for never. A
// goal from before there were reviews counts from the day on which it was written down.
func (g Goal) NextReview(today civil.Date) civil.Date {
	switch {
	case g.Rhythm == Never:
		return civil.Date{}
	case !g.ReviewOn.IsZero():
		return g.ReviewOn
	}
	return g.Rhythm.after(civil.In(g.CreatedAt, today.Time().Location()))
}

// ReviewGoal looks back at an open goal of the actor's. Done and let go close it, with what was
// learned. The next review is a rhythm away.
//
// Errors: problem.Refused when it is closed already.
func ReviewGoal(tx *db.Tx, me org.Actor, id db.ID, in Review) (Review, error) {
	g, err := myGoal(tx, me, id)
	if err != nil {
		return in, err
	}
	if !g.IsOpen() {
		return in, problem.Refused("This goal is closed. Take it up again first.")
	}
	if err := in.check(); err != nil {
		return in, err
	}
	if in.How == Reached || in.How == LetGoNow {
		return in, CloseGoal(tx, me, id, g.Revision, GoalState(in.How), cmp.Or(in.Learned, g.Learned))
	}
	if in, err = g.keepReview(tx, me, in); err != nil {
		return in, err
	}
	return in, g.reviewAgain(tx, me, g.Rhythm.after(in.Day))
}

// PutOffReview asks about an open goal again in a week, and keeps nothing.
func PutOffReview(tx *db.Tx, me org.Actor, id db.ID) error {
	g, err := myGoal(tx, me, id)
	if err != nil || !g.IsOpen() || g.Rhythm == Never {
		return err
	}
	return g.reviewAgain(tx, me, civil.In(tx.Now(), me.Zone).AddDays(7))
}

func (r *Review) check() error {
	wrong := problem.Invalid{}
	r.Learned = tidy(wrong, "learned", r.Learned, mostText)
	known := false
	for _, how := range Hows {
		known = known || how == r.How
	}
	wrong.Check(known, "how", "Please say how it went.")
	return wrong.Err()
}

func (g Goal) keepReview(tx *db.Tx, me org.Actor, r Review) (Review, error) {
	var stand int64
	if err := tx.Get("select count(*) from goal_reviews where organisation_id = $1 and goal_id = $2", me.Organisation, g.ID).Scan(&stand); err != nil {
		return r, err
	}
	if stand >= mostReviews {
		return r, problem.Refused("Five hundred looks back are a lot for one goal. Please remove one first.")
	}
	r.ID, r.Goal, r.Day = tx.NewID(), g.ID, civil.In(tx.Now(), me.Zone)
	if _, err := tx.Exec(`
		insert into goal_reviews (organisation_id, id, owner_id, goal_id, how, learned, day, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		me.Organisation, r.ID, me.Person, g.ID, string(r.How), r.Learned, r.Day, tx.Now()); err != nil {
		return r, err
	}
	return r, happened(tx, me, "goal reviewed", g.Thing())
}

// reviewAgain notes the day of the next review. It changes nothing that the goal says.
func (g Goal) reviewAgain(tx *db.Tx, me org.Actor, on civil.Date) error {
	_, err := tx.Exec("update goals set review_on = $1 where organisation_id = $2 and id = $3 and owner_id = $4", on, me.Organisation, g.ID, me.Person)
	return err
}

// RemoveReview takes a look back out of the history of a goal of the actor's, for good.
func RemoveReview(tx *db.Tx, me org.Actor, goal, id db.ID) error {
	g, err := myGoal(tx, me, goal)
	if err != nil {
		return err
	}
	n, err := tx.Exec("delete from goal_reviews where organisation_id = $1 and goal_id = $2 and id = $3 and owner_id = $4", me.Organisation, goal, id, me.Person)
	if err != nil {
		return err
	}
	if n == 0 {
		return problem.NotFound
	}
	return happened(tx, me, "review removed", g.Thing())
}

// Reviews lists what the actor noted when they looked back at a goal of theirs, the last first.
func Reviews(tx *db.Tx, me org.Actor, goal db.ID, most int) ([]Review, error) {
	return db.List(tx, func(row db.Row) (Review, error) {
		var r Review
		err := row.Scan(&r.ID, &r.Goal, &r.How, &r.Learned, &r.Day)
		return r, err
	}, `
		select id, goal_id, how, learned, day from goal_reviews
		where organisation_id = $1 and owner_id = $2 and goal_id = $3 order by id desc limit $4`,
		me.Organisation, me.Person, goal, most)
}

// GoalsToReview lists the actor's own open goals that they wanted to look at again by today, the
// longest due first.
func GoalsToReview(tx *db.Tx, me org.Actor, today civil.Date, most int) ([]Goal, error) {
	// A goal without a day counts from its beginning: at the earliest two weeks after it.
	found, err := db.List(tx, scanGoal, selectGoal+`
		where g.organisation_id = $1 and g.owner_id = $2 and g.state = 'open' and g.rhythm <> 'never'
			and (g.review_on <= $3 or g.review_on is null and g.created_at <= $4)
		order by g.review_on is null, g.review_on, g.id limit $5`,
		me.Organisation, me.Person, today, today.AddDays(-13).At(0, 0, me.Zone), most)
	due := found[:0]
	for _, g := range found {
		if g.ReviewDue(today) {
			due = append(due, g)
		}
	}
	return due, err
}
