package ask

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Followed is a kind of thing that becomes of what was granted.
type Followed string

// What is followed, in its order.
const (
	Done     Followed = "done"
	Learned  Followed = "learned"
	Practice Followed = "practice" // put into practice: when and where
	Taught   Followed = "taught"   // to the team
	Returned Followed = "return"   // against what was promised
)

// FollowedKinds lists what is followed, in the order in which it happens.
var FollowedKinds = []Followed{Done, Learned, Practice, Taught, Returned}

// Fruit is one thing that became of what was granted. It is its owner's alone until they tell it
// back to whoever granted it; then it stays as it was told.
type Fruit struct {
	ID     db.ID
	Kind   Followed
	Day    civil.Date
	Place  string // where it was put into practice, whom it was taught to
	Words  string
	Gain   Cost // what it returned: money, hours
	ToldAt time.Time

	Revision int64
}

func (f Fruit) thing() event.Thing { return event.Thing{Kind: "granted step", ID: f.ID} }

// Telling is one time that it was told back, with thanks.
type Telling struct {
	Thanks string
	At     time.Time
}

const (
	mostFruits   = 60
	tellsBack    = 90 // days after a yes, where no promise has a day to look back
	mostTellings = 20
)

// TellBackJob is the kind of the jobs that remind the owner of an ask to tell back what came of it.
const TellBackJob = "ask tell back"

// Follow notes what became of what was granted.
//
// Errors: problem.Refused where it was not granted, problem.Invalid by field.
func Follow(tx *db.Tx, me org.Actor, id db.ID, in Fruit) error {
	if _, err := granted(tx, me, id); err != nil {
		return err
	}
	if err := in.tidy(today(tx, me)); err != nil {
		return err
	}
	in.ID = tx.NewID()
	var had int64
	if err := tx.Get("select count(*) from granted_steps where organisation_id = $1 and ask_id = $2", me.Organisation, id).Scan(&had); err != nil {
		return err
	}
	if had >= mostFruits {
		return problem.Refuse("%d things stand here already. Keep the few that say most.", had)
	}
	if err := db.Put(tx, "granted_steps", "organisation_id, id, ask_id, kind, day, place, words, minor, currency, hours, created_at, revision",
		me.Organisation, in.ID, id, string(in.Kind), in.Day, in.Place, in.Words, in.Gain.Minor, in.Gain.Currency, in.Gain.Hours, tx.Now(), int64(1)); err != nil {
		return err
	}
	return happened(tx, me, "granted followed", id, map[string]string{"kind": string(in.Kind)})
}

func (f *Fruit) tidy(today civil.Date) error {
	wrong := problem.Invalid{}
	f.Words = short(wrong, "words", f.Words, 5000)
	f.Place = short(wrong, "place", f.Place, 200)
	known := false
	for _, each := range FollowedKinds {
		known = known || f.Kind == each
	}
	wrong.Check(known, "kind", "Please choose what became of it.")
	f.Gain.check(wrong)
	wrong.Check(f.Gain.Minor <= 1e14, "amount", "Please give an amount that is not quite as large.")
	wrong.Check(f.Words != "" || !f.Gain.IsZero(), "words", "Please say it in a sentence.")
	if f.Day.IsZero() {
		f.Day = today
	}
	wrong.Check(!f.Day.After(today), "day", "This day is still to come. Note it when it has happened.")
	return wrong.Err()
}

// ChangeFruit replaces what was noted, until it is told back.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Refused when it was told back or
// taken away, problem.Invalid by field.
func ChangeFruit(tx *db.Tx, me org.Actor, id db.ID, in Fruit) error {
	if _, err := find(tx, me, id, toFollow); err != nil {
		return err
	}
	all, err := Fruits(tx, me, id)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(f Fruit) bool { return f.ID == in.ID })
	if at < 0 {
		return problem.Refused("This was taken away meanwhile. Note it anew, if you still want it.")
	}
	was := all[at]
	if !was.ToldAt.IsZero() {
		return wasTold
	}
	if err := in.tidy(today(tx, me)); err != nil {
		return err
	}
	if was.Revision != in.Revision {
		return was.conflict(in)
	}
	if err := org.KeepRevision(tx, me, was.thing(), was.Revision, was.fields()); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update granted_steps set kind = $1, day = $2, place = $3, words = $4, minor = $5, currency = $6, hours = $7, revision = revision + 1
		where organisation_id = $8 and ask_id = $9 and id = $10 and told_at is null and revision = $11`,
		string(in.Kind), in.Day, in.Place, in.Words, in.Gain.Minor, in.Gain.Currency, in.Gain.Hours, me.Organisation, id, in.ID, in.Revision); err != nil {
		return err
	}
	return happened(tx, me, "granted changed", id, map[string]string{"kind": string(in.Kind)})
}

// fields are the texts by the names that forms use.
func (f Fruit) fields() map[string]string {
	return map[string]string{"kind": string(f.Kind), "day": f.Day.String(), "place": f.Place, "words": f.Words,
		"amount": f.Gain.Amount(), "currency": f.Gain.Currency, "hours": f.Gain.hours()}
}

// conflict holds both texts, where they differ.
func (f Fruit) conflict(in Fruit) error {
	theirs, mine := f.fields(), in.fields()
	for field, text := range theirs {
		if mine[field] == text {
			delete(theirs, field)
			delete(mine, field)
		}
	}
	return &problem.Conflict{Revision: f.Revision, Theirs: theirs, Mine: mine}
}

const wasTold = problem.Refused("This was told back, and stays as it was told.")

// Unfollow removes one of these that was not told back.
func Unfollow(tx *db.Tx, me org.Actor, id, fruit db.ID) error {
	if _, err := find(tx, me, id, toFollow); err != nil {
		return err
	}
	gone, err := tx.Exec("delete from granted_steps where organisation_id = $1 and ask_id = $2 and id = $3 and told_at is null", me.Organisation, id, fruit)
	switch {
	case err != nil:
		return err
	case gone == 0:
		return wasTold
	}
	if err := org.ForgetRevisions(tx, me, Fruit{ID: fruit}.thing()); err != nil {
		return err
	}
	return happened(tx, me, "granted unfollowed", id, nil)
}

// TellBack tells whoever granted it what became of it, with thanks: all that was noted and not
// told yet. From now on they read it, and it stays as it is.
func TellBack(tx *db.Tx, me org.Actor, id db.ID, thanks string) error {
	a, err := granted(tx, me, id)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	thanks = short(wrong, "thanks", thanks, 1000)
	wrong.Check(thanks != "", "thanks", "A line of thanks belongs to it.")
	if err := wrong.Err(); err != nil {
		return err
	}
	var had int64
	if err := tx.Get("select count(*) from granted_tellings where organisation_id = $1 and ask_id = $2", me.Organisation, id).Scan(&had); err != nil {
		return err
	}
	if had >= mostTellings {
		return problem.Refuse("You told it back %d times. They know by now.", had)
	}
	told, err := tx.Exec("update granted_steps set told_at = $1 where organisation_id = $2 and ask_id = $3 and told_at is null", tx.Now(), me.Organisation, id)
	switch {
	case err != nil:
		return err
	case told == 0:
		return problem.Refused("Note first what became of it: there is nothing new to tell.")
	}
	if err := db.Put(tx, "granted_tellings", "organisation_id, id, ask_id, thanks, at", me.Organisation, tx.NewID(), id, thanks, tx.Now()); err != nil {
		return err
	}
	if err := happened(tx, me, "granted told back", id, nil); err != nil {
		return err
	}
	return errors.Join(
		notice.Tell(tx, me.Organisation, a.Whom.Person, notice.Shared, a.Thing(), ""),
		notice.Tell(tx, me.Organisation, a.Money.Person, notice.Shared, a.Thing(), ""))
}

// granted finds an ask of the actor's that was granted: a yes, or a yes with conditions of which
// all were shown.
func granted(tx *db.Tx, me org.Actor, id db.ID) (Ask, error) {
	a, err := find(tx, me, id, toFollow)
	if err != nil {
		return a, err
	}
	criteria, err := CriteriaOf(tx, me, id)
	if err == nil && !a.Granted(criteria) {
		err = notGranted
	}
	return a, err
}

// Granted tells whether the answer is a yes, with everything shown that had to be.
func (a Ask) Granted(criteria []Criterion) bool {
	return a.Answer == Yes || a.Answer == YesIf && AllShown(criteria)
}

// Fruits lists what became of what was granted, by day: its owner reads all, whoever granted it
// what was told back.
func Fruits(tx *db.Tx, me org.Actor, id db.ID) ([]Fruit, error) {
	return db.List(tx, func(row db.Row) (Fruit, error) {
		var f Fruit
		err := row.Scan(&f.ID, &f.Kind, &f.Day, &f.Place, &f.Words, &f.Gain.Minor, &f.Gain.Currency, &f.Gain.Hours, &f.ToldAt, &f.Revision)
		return f, err
	}, `
		select g.id, g.kind, g.day, g.place, g.words, g.minor, g.currency, g.hours, g.told_at, g.revision
		from asks a
		join granted_steps g on g.organisation_id = a.organisation_id and g.ask_id = a.id
		where `+seen+` and a.id = $4 and (a.owner_id = $2 or g.told_at is not null)
		order by g.day, g.id`, me.Organisation, me.Person, readsSince(tx), id)
}

// Tellings lists the times that it was told back, the first first.
func Tellings(tx *db.Tx, me org.Actor, id db.ID) ([]Telling, error) {
	return db.List(tx, func(row db.Row) (Telling, error) {
		var t Telling
		err := row.Scan(&t.Thanks, &t.At)
		return t, err
	}, `
		select t.thanks, t.at
		from asks a
		join granted_tellings t on t.organisation_id = a.organisation_id and t.ask_id = a.id
		where `+seen+` and a.id = $4
		order by t.id`, me.Organisation, me.Person, readsSince(tx), id)
}

// tellOn sets the day on which the owner is reminded to tell back what came of it.
func (a Ask) tellOn(tx *db.Tx, organisation db.ID, on civil.Date) error {
	owner, err := org.UnscopedActor(tx, organisation, a.Owner.Person)
	if err != nil {
		return err
	}
	if on.IsZero() {
		on = today(tx, owner).AddDays(tellsBack)
	}
	if _, err := tx.Exec("update decisions set tell_on = $1 where organisation_id = $2 and ask_id = $3", on, organisation, a.ID); err != nil {
		return err
	}
	return job.Enqueue(tx, TellBackJob, string(a.ID)+" "+on.String(), inTheMorning(on, owner.Zone), job.Args{
		"organisation": organisation, "ask": a.ID, "owner": a.Owner.Person,
	})
}

// RemindToTellBack does the jobs of the kind TellBackJob.
func RemindToTellBack(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		me, err := org.UnscopedActor(tx, args["organisation"], args["owner"])
		if err != nil {
			return err
		}
		a, err := granted(tx, me, args["ask"])
		if errors.Is(err, problem.NotFound) || errors.As(err, new(problem.Refused)) {
			return nil
		}
		if err != nil {
			return err
		}
		on, err := TellOn(tx, me, a.ID)
		if err != nil || on.IsZero() || on.After(today(tx, me)) {
			return err
		}
		told, err := Tellings(tx, me, a.ID)
		if err != nil || len(told) > 0 {
			return err
		}
		return notice.Tell(tx, me.Organisation, me.Person, notice.Reminder, a.Thing(), "ask tell back "+string(a.ID)+" "+on.String())
	})
}

// TellOn is the day on which the owner means to tell back what came of it.
func TellOn(tx *db.Tx, me org.Actor, id db.ID) (civil.Date, error) {
	return db.One(tx, db.Scanned[civil.Date], `
		select d.tell_on from asks a
		join decisions d on d.organisation_id = a.organisation_id and d.ask_id = a.id
		where `+seen+` and a.owner_id = $2 and a.id = $4`, me.Organisation, me.Person, readsSince(tx), id)
}

// MoveTelling moves the day on which the owner means to tell back what came of it.
func MoveTelling(tx *db.Tx, me org.Actor, id db.ID, to civil.Date) error {
	a, err := granted(tx, me, id)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	wrong.Check(to.After(today(tx, me)), "tell_on", "Please choose a day after today.")
	wrong.Check(to.Before(today(tx, me).AddMonths(24)), "tell_on", "Please choose a day within two years.")
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := a.tellOn(tx, me.Organisation, to); err != nil {
		return err
	}
	return happened(tx, me, "granted moved", id, map[string]string{"to": to.String()})
}

// DraftNext begins the ask that follows from what a granted one proved.
func DraftNext(tx *db.Tx, me org.Actor, id db.ID) (db.ID, error) {
	a, err := granted(tx, me, id)
	if err != nil {
		return "", err
	}
	fruits, err := Fruits(tx, me, id)
	if err != nil {
		return "", err
	}
	in := Input{Text: Text{Kind: a.Kind, What: cut("The next step after: "+a.What, 500)}, Whom: a.Whom}
	if a.WhomLeft {
		in.Whom = org.Party{}
	}
	in.Why = cut(proved(fruits), 10_000)
	for _, f := range fruits {
		if f.Kind == Returned {
			in.Return = cut(strings.TrimSpace(in.Return+"\n"+f.line()), 10_000)
		}
	}
	next, err := New(tx, me, a.Thing(), in)
	return next.ID, err
}

// proved says what a granted ask proved, as the why of the next.
func proved(fruits []Fruit) string {
	heading := map[Followed]string{Done: "Done", Learned: "Learned", Practice: "Put into practice", Taught: "Taught", Returned: "It brought"}
	var lines []string
	for _, kind := range FollowedKinds {
		for _, f := range fruits {
			if f.Kind == kind {
				lines = append(lines, fmt.Sprintf("%s: %s", heading[kind], f.line()))
			}
		}
	}
	return strings.Join(lines, "\n")
}

func (f Fruit) line() string {
	parts := []string{f.Day.String()}
	for _, part := range []string{f.Place, f.Words} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if f.Gain.Minor > 0 {
		parts = append(parts, f.Gain.Amount()+" "+f.Gain.Currency)
	}
	if f.Gain.Hours > 0 {
		parts = append(parts, f.Gain.hours()+" hours")
	}
	return strings.Join(parts, ", ")
}

func cut(text string, most int) string {
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most])
	}
	return text
}

// Gained adds up what was returned, by currency in the order of its first mention, and the hours.
func Gained(fruits []Fruit) (money []Cost, hours int64) {
	for _, f := range fruits {
		hours += f.Gain.Hours
		if f.Gain.Minor == 0 {
			continue
		}
		found := false
		for i := range money {
			if money[i].Currency == f.Gain.Currency {
				money[i].Minor, found = money[i].Minor+f.Gain.Minor, true
			}
		}
		if !found {
			money = append(money, Cost{Minor: f.Gain.Minor, Currency: f.Gain.Currency})
		}
	}
	return money, hours
}
