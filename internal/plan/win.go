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

// Win is an accomplishment: when, what, and the effect it had, with a figure where there is one.
// Wins stand in no section of the plan: they are shared one by one.
type Win struct {
	ID        db.ID
	Owner     db.ID
	OwnerName string
	WinText
	Origin    org.Origin
	Revision  int64
	CreatedAt time.Time
	Backs     []Backed // what it backs, of what the reader may see
	Links     []Link   // of a win that was found by its id
	Files     []File   // of such a win, too
}

// WinText is what a person says of a win.
type WinText struct {
	Day    civil.Date
	What   string
	Effect string // what it changed, for whom
	Figure string // "from 40 to 6 minutes"
}

// Backed is a goal or skill that a win backs.
type Backed struct {
	Thing  event.Thing
	Name   string
	Closed bool // a goal that is pursued no more; Backable says so
}

// AddWin keeps a win of the actor's. Only the words are needed; without a day it was today.
func AddWin(tx *db.Tx, me org.Actor, in WinText, from org.Origin) (Win, error) {
	w := Win{Owner: me.Person, OwnerName: me.Name, WinText: in, Origin: from, Revision: 1, CreatedAt: tx.Now()}
	if err := mayWrite(me); err != nil {
		return w, err
	}
	if err := w.check(tx, me); err != nil {
		return w, err
	}
	if err := roomForWins(tx, me, 1); err != nil {
		return w, err
	}
	return w.add(tx, me)
}

// mostWins is more than anybody keeps by hand, and what an export can hold.
const mostWins = 10_000

// roomForWins refuses more wins than one person can have.
func roomForWins(tx *db.Tx, me org.Actor, more int) error {
	stand, err := db.One(tx, db.Scanned[int64], "select count(*) from wins where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person)
	if err == nil && stand+int64(more) > mostWins {
		err = problem.Refused("Ten thousand wins are a lot. Please remove some that say less first.")
	}
	return err
}

func (w Win) add(tx *db.Tx, me org.Actor) (Win, error) {
	w.ID = tx.NewID()
	if _, err := tx.Exec(`
		insert into wins (organisation_id, id, owner_id, day, what, effect, figure, origin_kind, origin_id, revision, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10)`,
		me.Organisation, w.ID, me.Person, w.Day, w.What, w.Effect, w.Figure, w.Origin.Kind, w.Origin.ID, tx.Now()); err != nil {
		return w, err
	}
	return w, happened(tx, me, "win added", w.Thing())
}

// ChangeWin replaces what the actor says of a win of theirs.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field otherwise.
func ChangeWin(tx *db.Tx, me org.Actor, id db.ID, revision int64, in WinText) error {
	was, err := myWin(tx, me, id)
	if err != nil {
		return err
	}
	w := was
	w.WinText = in
	if err := w.check(tx, me); err != nil {
		return err
	}
	return edit{w.Thing(), was.fields(), w.fields(), was.Revision, revision}.write(tx, me, "win changed", `
		update wins set day = $1, what = $2, effect = $3, figure = $4, revision = revision + 1
		where organisation_id = $5 and id = $6 and owner_id = $7`,
		w.Day, w.What, w.Effect, w.Figure, me.Organisation, id, me.Person)
}

// LinkWin says which goals and skills of the actor's a win of theirs backs: these, and no others.
func LinkWin(tx *db.Tx, me org.Actor, id db.ID, things []event.Thing) error {
	w, err := myWin(tx, me, id)
	if err != nil {
		return err
	}
	may, err := Backable(tx, me)
	if err != nil {
		return err
	}
	links := map[string][][]any{}
	for _, thing := range things {
		if !slices.ContainsFunc(may, func(b Backed) bool { return b.Thing == thing }) {
			return problem.NotFound
		}
		link := []any{me.Organisation, w.ID, thing.ID}
		if !slices.ContainsFunc(links[thing.Kind], func(had []any) bool { return had[2] == thing.ID }) {
			links[thing.Kind] = append(links[thing.Kind], link)
		}
	}
	if err := w.unlink(tx, me); err != nil {
		return err
	}
	if err := db.Insert(tx, "insert into win_goals (organisation_id, win_id, goal_id) values", links["goal"]); err != nil {
		return err
	}
	if err := db.Insert(tx, "insert into win_skills (organisation_id, win_id, skill_id) values", links["skill"]); err != nil {
		return err
	}
	return happened(tx, me, "win linked", w.Thing())
}

// unlink removes what the win is said to back.
func (w Win) unlink(tx *db.Tx, me org.Actor) error {
	if _, err := tx.Exec("delete from win_goals where organisation_id = $1 and win_id = $2", me.Organisation, w.ID); err != nil {
		return err
	}
	_, err := tx.Exec("delete from win_skills where organisation_id = $1 and win_id = $2", me.Organisation, w.ID)
	return err
}

// RemoveWin removes a win of the actor's for good, with its earlier versions, its links and files.
func RemoveWin(tx *db.Tx, me org.Actor, id db.ID) error {
	w, err := myWin(tx, me, id)
	if err != nil {
		return err
	}
	if err := w.unlink(tx, me); err != nil {
		return err
	}
	for _, shown := range []string{"win_links", "win_files"} {
		if _, err := tx.Exec("delete from "+shown+" where organisation_id = $1 and win_id = $2", me.Organisation, id); err != nil {
			return err
		}
	}
	if err := w.removeConfirmations(tx, me); err != nil {
		return err
	}
	if err := share.TakeBackThing(tx, me, share.What{Kind: "win", ID: id}); err != nil {
		return err
	}
	if err := org.ForgetRevisions(tx, me, w.Thing()); err != nil {
		return err
	}
	return remove(tx, me, "wins", w.Thing())
}

// myWin finds a win of the actor's own, to be changed.
func myWin(tx *db.Tx, me org.Actor, id db.ID) (Win, error) { return own(tx, me, id, findWin) }

func (w Win) owner() db.ID { return w.Owner }

func (w *Win) check(tx *db.Tx, me org.Actor) error {
	wrong := problem.Invalid{}
	w.What = tidy(wrong, "what", w.What, mostText)
	w.Effect = tidy(wrong, "effect", w.Effect, mostText)
	w.Figure = tidy(wrong, "figure", w.Figure, mostLine)
	wrong.Check(w.What != "", "what", "Please say in a line what went well.")
	today := civil.In(tx.Now(), me.Zone)
	if w.Day.IsZero() {
		w.Day = today
	}
	wrong.Check(!w.Day.After(today), "day", "This day is still to come. Keep the win when it has happened.")
	return wrong.Err()
}

// Thing is the win as something that can be shared.
func (w Win) Thing() event.Thing { return event.Thing{Kind: "win", ID: w.ID} }

func (w Win) fields() map[string]string {
	return map[string]string{"day": w.Day.String(), "what": w.What, "effect": w.Effect, "figure": w.Figure}
}

const selectWin = `
	select w.id, w.owner_id, p.name, w.day, w.what, w.effect, w.figure,
		case when w.owner_id = $2 then w.origin_kind else '' end, case when w.owner_id = $2 then w.origin_id end,
		w.revision, w.created_at
	from wins w join people p on p.organisation_id = w.organisation_id and p.id = w.owner_id
`

func scanWin(row db.Row) (Win, error) {
	var w Win
	err := row.Scan(&w.ID, &w.Owner, &w.OwnerName, &w.Day, &w.What, &w.Effect, &w.Figure,
		&w.Origin.Kind, &w.Origin.ID, &w.Revision, &w.CreatedAt)
	return w, err
}

func findWin(tx *db.Tx, me org.Actor, id db.ID) (Win, error) {
	return db.One(tx, scanWin, selectWin+"where w.organisation_id = $1 and w.id = $4 and "+winSeen,
		me.Organisation, me.Person, me.Viewer(), id)
}

// WinByID finds a win that the actor may see, with what it backs and what shows it.
func WinByID(tx *db.Tx, me org.Actor, id db.ID) (Win, error) {
	w, err := findWin(tx, me, id)
	if err != nil {
		return w, err
	}
	if w.Links, err = linksOf(tx, me, id); err != nil {
		return w, err
	}
	if w.Files, err = filesOf(tx, me, id); err != nil {
		return w, err
	}
	all := []Win{w}
	err = addBacked(tx, me, w.Owner, all)
	return all[0], err
}

// WinsOf lists the wins of an owner that the actor may see, the newest first, after a place in
// the list, with what they back; and tells whether there are more.
func WinsOf(tx *db.Tx, me org.Actor, owner db.ID, after Place, most int) ([]Win, bool, error) {
	wins, err := db.List(tx, scanWin, selectWin+`
		where w.organisation_id = $1 and w.owner_id = $4 and `+winSeen+` and (w.day, w.id) < ($5, $6)
		order by w.day desc, w.id desc limit $7`,
		me.Organisation, me.Person, me.Viewer(), owner, after.day(), after.id(), most+1)
	if err != nil {
		return nil, false, err
	}
	more := len(wins) > most
	wins = wins[:min(most, len(wins))]
	return wins, more, addBacked(tx, me, owner, wins)
}

// WinsBacking lists the wins that back a goal or a skill, of those that the actor may see, the
// newest first. Of a thing that the actor may not see there are none.
func WinsBacking(tx *db.Tx, me org.Actor, thing event.Thing) ([]Win, error) {
	backs := `w.id in (select l.win_id from win_goals l join goals g on g.organisation_id = $1 and g.id = l.goal_id
			where l.organisation_id = $1 and l.goal_id = $4 and ` + goalSeen + `)`
	if thing.Kind == "skill" {
		backs = `w.id in (select l.win_id from win_skills l join skills k on k.organisation_id = $1 and k.id = l.skill_id
			where l.organisation_id = $1 and l.skill_id = $4 and ` + skillSeen + `)`
	}
	return db.List(tx, scanWin, selectWin+`
		where w.organisation_id = $1 and `+winSeen+` and `+backs+`
		order by w.day desc, w.id desc`, me.Organisation, me.Person, me.Viewer(), thing.ID)
}

// Backable lists the goals and skills of the actor's that a win can back, by name.
func Backable(tx *db.Tx, me org.Actor) ([]Backed, error) {
	return db.List(tx, func(row db.Row) (Backed, error) {
		var b Backed
		err := row.Scan(&b.Thing.Kind, &b.Thing.ID, &b.Name, &b.Closed)
		return b, err
	}, `
		select 'goal' as kind, id, title as name, state <> 'open' from goals where organisation_id = $1 and owner_id = $2
		union all
		select 'skill', id, name, false from skills where organisation_id = $1 and owner_id = $2
		order by kind, name, id`, me.Organisation, me.Person)
}

// addBacked adds to wins of one owner what they back, of what the actor may see.
func addBacked(tx *db.Tx, me org.Actor, owner db.ID, wins []Win) error {
	if len(wins) == 0 {
		return nil
	}
	type link struct {
		win    db.ID
		backed Backed
	}
	oldest, newest := wins[len(wins)-1].Day, wins[0].Day
	links, err := db.List(tx, func(row db.Row) (link, error) {
		var l link
		err := row.Scan(&l.win, &l.backed.Thing.Kind, &l.backed.Thing.ID, &l.backed.Name)
		return l, err
	}, `
		select w.id, 'goal' as kind, g.id, g.title as name
		from wins w
		join win_goals l on l.organisation_id = $1 and l.win_id = w.id
		join goals g on g.organisation_id = $1 and g.id = l.goal_id and `+goalSeen+`
		where w.organisation_id = $1 and w.owner_id = $4 and w.day between $5 and $6 and `+winSeen+`
		union all
		select w.id, 'skill', k.id, k.name
		from wins w
		join win_skills l on l.organisation_id = $1 and l.win_id = w.id
		join skills k on k.organisation_id = $1 and k.id = l.skill_id and `+skillSeen+`
		where w.organisation_id = $1 and w.owner_id = $4 and w.day between $5 and $6 and `+winSeen+`
		order by kind, name`,
		me.Organisation, me.Person, me.Viewer(), owner, oldest, newest)
	if err != nil {
		return err
	}
	of := map[db.ID][]Backed{}
	for _, l := range links {
		of[l.win] = append(of[l.win], l.backed)
	}
	for i := range wins {
		wins[i].Backs = of[wins[i].ID]
	}
	return nil
}

// WinDays lists the days of the actor's wins since a day, in their order.
func WinDays(tx *db.Tx, me org.Actor, since civil.Date) ([]civil.Date, error) {
	return db.List(tx, db.Scanned[civil.Date], `
		select day from wins where organisation_id = $1 and owner_id = $2 and day >= $3
		order by day, id`, me.Organisation, me.Person, since)
}

// MyWins finds wins of the actor's own, in the order of the ids; what is not there, or is not
// theirs, is left out. What they back is not told.
func MyWins(tx *db.Tx, me org.Actor, ids []db.ID) ([]Win, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := []any{me.Organisation, me.Person, me.Viewer()}
	for _, id := range ids {
		args = append(args, id)
	}
	found, err := db.List(tx, scanWin, selectWin+`
		where w.organisation_id = $1 and w.owner_id = $2 and `+winSeen+` and w.id in (`+db.Places(4, len(ids))+")", args...)
	slices.SortFunc(found, func(a, b Win) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return found, err
}
