package feedback

import (
	"strconv"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// What an owner reads of one that was declined is that it waits.
const selectFeedback = `
	select f.id, f.owner_id, o.name, f.giver_id, g.name, f.about, f.thing_id, f.subject, f.wish, f.asked_at, f.origin_kind, f.origin_id,
		case when f.state = 'declined' then 'asked' else f.state end, f.saw, f.next, f.given_at, f.kept_at, f.revision, f.created_at
	from feedback f
	join people o on o.organisation_id = f.organisation_id and o.id = f.owner_id
	join people g on g.organisation_id = f.organisation_id and g.id = f.giver_id
`

func scanFeedback(row db.Row) (Feedback, error) {
	var f Feedback
	err := row.Scan(&f.ID, &f.Owner.Person, &f.Owner.Name, &f.Giver.Person, &f.Giver.Name, &f.About, &f.ThingID, &f.Subject, &f.Wish, &f.AskedAt,
		&f.Origin.Kind, &f.Origin.ID, &f.State, &f.Text.Saw, &f.Text.Next, &f.GivenAt, &f.KeptAt, &f.Revision, &f.MadeAt)
	return f, err
}

// ByID finds feedback that the actor may read.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Feedback, error) {
	f, err := db.One(tx, scanFeedback, selectFeedback+"where "+seen+" and f.id = $4", me.Organisation, me.Person, me.Viewer(), id)
	if !f.Owner.Is(me) && !f.Giver.Is(me) {
		f.Wish, f.Origin = "", org.Origin{} // between the two
	}
	return f, err
}

// MostListed is how many a list shows at once.
const MostListed = 50

// Received lists what the actor asked for and received, the newest first, before a place in that list.
func Received(tx *db.Tx, me org.Actor, before db.ID) ([]Feedback, error) {
	return db.List(tx, scanFeedback, selectFeedback+`
		where f.organisation_id = $1 and f.owner_id = $2 and (cast($3 as text) = '' or f.id < $3)
		order by f.id desc limit `+strconv.Itoa(MostListed+1), me.Organisation, me.Person, string(before))
}

// OnThing lists what the actor received about one thing of theirs, the newest first.
func OnThing(tx *db.Tx, me org.Actor, on event.Thing) ([]Feedback, error) {
	return db.List(tx, scanFeedback, selectFeedback+`
		where f.organisation_id = $1 and f.owner_id = $2 and f.about = $3 and f.thing_id = $4 and f.state = 'given'
		order by f.id desc limit `+strconv.Itoa(MostListed), me.Organisation, me.Person, on.Kind, on.ID)
}

// WaitForMe lists what the actor is asked for, the longest waiting first.
func WaitForMe(tx *db.Tx, me org.Actor) ([]Feedback, error) {
	return db.List(tx, scanFeedback, selectFeedback+`
		where f.organisation_id = $1 and f.giver_id = $2 and f.state = 'asked' and o.left_at is null
		order by f.id limit 100`, me.Organisation, me.Person)
}

// GivenByMe lists what the actor gave, the newest first.
func GivenByMe(tx *db.Tx, me org.Actor) ([]Feedback, error) {
	return db.List(tx, scanFeedback, selectFeedback+`
		where f.organisation_id = $1 and f.giver_id = $2 and f.state = 'given'
		order by f.id desc limit `+strconv.Itoa(MostListed), me.Organisation, me.Person)
}

// Between lists what the actor and another asked of each other and is not given, the oldest first.
func Between(tx *db.Tx, me org.Actor, other db.ID) ([]Feedback, error) {
	return db.List(tx, scanFeedback, selectFeedback+`
		where f.organisation_id = $1 and ((f.owner_id = $2 and f.giver_id = $3 and f.state <> 'given') or (f.owner_id = $3 and f.giver_id = $2 and f.state = 'asked'))
		order by f.id limit 20`, me.Organisation, me.Person, other)
}

// SharedTitles are the subjects of the feedback that the actor shares, by thing.
func SharedTitles(tx *db.Tx, me org.Actor) (map[share.What]string, error) {
	titles := map[share.What]string{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		what := share.What{Kind: "feedback"}
		var title string
		err := row.Scan(&what.ID, &title)
		titles[what] = "Feedback on " + title
		return struct{}{}, err
	}, `
		select f.id, f.subject from feedback f
		where f.organisation_id = $1 and f.owner_id = $2 and exists (
			select 1 from shares g where g.organisation_id = $1 and g.owner_id = $2 and g.thing_kind = 'feedback' and g.thing_id = f.id and g.ended_at is null)`,
		me.Organisation, me.Person)
	return titles, err
}

// Called is what a skill, a goal or a win is called that the actor sees.
func Called(tx *db.Tx, me org.Actor, on event.Thing) (string, error) {
	whose, called, err := found(tx, me, on)
	if err == nil && whose == "" {
		err = problem.NotFound
	}
	return cut(line(called)), err
}

// Shown lists the feedback that an owner shows to the actor, the newest first.
func Shown(tx *db.Tx, me org.Actor, owner db.ID) ([]Feedback, error) {
	return db.List(tx, scanFeedback, selectFeedback+`
		where f.organisation_id = $1 and f.owner_id = $2 and f.state = 'given' and exists (
			select 1 from live_shares s where s.organisation_id = $1 and s.viewer_id = $3 and s.owner_id = f.owner_id
				and s.thing_kind = 'feedback' and s.thing_id = f.id)
		order by f.id desc limit `+strconv.Itoa(MostListed), me.Organisation, owner, me.Viewer())
}
