// Package budget holds the money of cost centres by year: what each has, what is reserved of it and
// for what, and what was spent. All sums are whole numbers of the smallest unit of a currency, and
// nothing can be reserved or spent that is not there.
package budget

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Line is the money of a cost centre in a year, for one purpose.
type Line struct {
	ID db.ID
	Text
	Reserved int64 // by reservations that are held
	Spent    int64
	ClosedAt time.Time

	OwnerLeft  bool
	SecondLeft bool
	Revision   int64
	CreatedAt  time.Time
}

// Text is what whoever looks after budgets writes of a line. A party is given by its id; its name is
// not read.
type Text struct {
	CostCentre string
	Year       int64      // of the organisation, named by the calendar year in which it begins
	LastDay    civil.Date // of that year; zero: the last of December
	Name       string
	Amount     money.Amount
	Owner      org.Party // who answers for it
	Second     org.Party // who does so too, and for what the owner wants; may be empty
}

// Free is what can still be reserved.
func (l Line) Free() int64 { return l.Amount.Minor - l.Reserved - l.Spent }

// In is an amount in the currency of the line.
func (l Line) In(minor int64) money.Amount { return money.Of(minor, l.Amount.Currency) }

// Title is what the line is called where its year matters.
func (l Line) Title() string { return l.Name + " " + strconv.FormatInt(l.Year, 10) }

// Thing is the line as something that can happen to.
func (l Line) Thing() event.Thing { return event.Thing{Kind: "budget", ID: l.ID} }

const (
	mostLines  = 500 // in a year
	mostName   = 120
	mostCentre = 100
	firstYear  = 2000
	lastYear   = 2100
)

// Make adds a line.
//
// Errors: problem.NotFound for who does not look after budgets, problem.Invalid by field,
// problem.Refused when there are very many.
func Make(tx *db.Tx, me org.Actor, in Text) (Line, error) {
	if !Manages(me) {
		return Line{}, problem.NotFound
	}
	if err := in.tidy(tx, me, Line{}); err != nil {
		return Line{}, err
	}
	var had int64
	if err := tx.Get("select count(*) from budgets where organisation_id = $1 and year = $2", me.Organisation, in.Year).Scan(&had); err != nil {
		return Line{}, err
	}
	if had >= mostLines {
		return Line{}, problem.Refuse("%d budgets stand in this year already. Put some of them together first.", had)
	}
	id := tx.NewID()
	if err := db.Put(tx, "budgets", "organisation_id, id, cost_centre, year, last_day, name, fold, currency, amount, reserved, spent, owner_id, second_id, revision, created_at",
		me.Organisation, id, in.CostCentre, in.Year, in.LastDay, in.Name, in.fold(), in.Amount.Currency, in.Amount.Minor, int64(0), int64(0),
		in.Owner.Person, in.Second.Person, int64(1), tx.Now()); err != nil {
		return Line{}, err
	}
	if err := happened(tx, me, "budget made", id, in.facts()); err != nil {
		return Line{}, err
	}
	return ByID(tx, me, id)
}

// Change replaces what a line says. It cannot have less than is reserved and spent, and keeps its
// currency and its year once anything was reserved, also what returned: its history stays readable.
//
// Errors: problem.NotFound for who does not look after budgets, problem.Conflict when it was changed
// meanwhile, problem.Invalid by field.
func Change(tx *db.Tx, me org.Actor, id db.ID, revision int64, in Text) error {
	was, err := toManage(tx, me, id)
	if err != nil {
		return err
	}
	if err := in.tidy(tx, me, was); err != nil {
		return err
	}
	if was.Revision != revision {
		return was.conflict(in)
	}
	changed, err := tx.Exec(`
		update budgets set cost_centre = $1, year = $2, name = $3, fold = $4, currency = $5, amount = $6, owner_id = $7, second_id = $8, last_day = $12, revision = revision + 1
		where organisation_id = $9 and id = $10 and revision = $11 and reserved + spent <= $6`,
		in.CostCentre, in.Year, in.Name, in.fold(), in.Amount.Currency, in.Amount.Minor, in.Owner.Person, in.Second.Person, me.Organisation, id, revision, in.LastDay)
	switch {
	case err != nil:
		return err
	case changed == 0:
		return was.conflict(in)
	}
	return happened(tx, me, "budget changed", id, in.facts())
}

// Close ends a line: nothing new is reserved of it. What is held can still be spent or returned.
func Close(tx *db.Tx, me org.Actor, id db.ID) error {
	return setClosed(tx, me, id, tx.Now(), "budget closed")
}

// Reopen takes that back.
func Reopen(tx *db.Tx, me org.Actor, id db.ID) error {
	return setClosed(tx, me, id, time.Time{}, "budget reopened")
}

func setClosed(tx *db.Tx, me org.Actor, id db.ID, at time.Time, kind string) error {
	l, err := toManage(tx, me, id)
	if err != nil || l.ClosedAt.IsZero() == at.IsZero() {
		return err // it is so already
	}
	if _, err := tx.Exec("update budgets set closed_at = $1, revision = revision + 1 where organisation_id = $2 and id = $3", at, me.Organisation, id); err != nil {
		return err
	}
	return happened(tx, me, kind, id, nil)
}

// tidy brings the text into the form in which it is kept, and finds who answers for the line.
func (in *Text) tidy(tx *db.Tx, me org.Actor, was Line) error {
	wrong := problem.Invalid{}
	in.CostCentre = oneLine(wrong, "cost_centre", in.CostCentre, mostCentre)
	in.Name = oneLine(wrong, "name", in.Name, mostName)
	in.Amount.Currency = money.Tidy(in.Amount.Currency)
	wrong.Check(in.CostCentre != "", "cost_centre", "Please name the cost centre.")
	wrong.Check(in.Name != "", "name", "Please say in a few words what it is for.")
	wrong.Check(in.Year >= firstYear && in.Year <= lastYear, "year", "Please give the year in four figures, such as 2027.")
	wrong.Check(in.Amount.Minor >= 0 && in.Amount.Minor <= money.Most, "amount", "Please give an amount such as 12000.")
	wrong.Check(money.Known(in.Amount.Currency), "currency", "Please give the currency by its three letters, such as EUR.")
	in.ends(wrong)
	if was.ID != "" {
		if err := in.stays(tx, me, wrong, was); err != nil {
			return err
		}
	}
	if err := in.owners(tx, me, was, wrong); err != nil {
		return err
	}
	var same int64
	if err := tx.Get("select count(*) from budgets where organisation_id = $1 and year = $2 and fold = $3 and id <> $4",
		me.Organisation, in.Year, in.fold(), string(was.ID)).Scan(&same); err != nil {
		return err
	}
	wrong.Check(same == 0, "name", "This cost centre has a budget of this name in that year already.")
	return wrong.Err()
}

// ends checks the last day, which lies within the twelve months from any day of the year.
func (in *Text) ends(wrong problem.Invalid) {
	if in.Year < firstYear || in.Year > lastYear {
		return
	}
	first := civil.On(int(in.Year), time.January, 1)
	if in.LastDay.IsZero() {
		in.LastDay = first.AddMonths(12).AddDays(-1)
	}
	wrong.Check(!in.LastDay.Before(first) && in.LastDay.Before(first.AddMonths(24)), "last_day", "Please choose a day in the year, or in the one after it.")
}

// stays checks what can no longer change once money was taken.
func (in *Text) stays(tx *db.Tx, me org.Actor, wrong problem.Invalid, was Line) error {
	used := was.Reserved + was.Spent
	wrong.Check(in.Amount.Minor >= used || in.Amount.Currency != was.Amount.Currency, "amount",
		was.In(used).String()+" of it are reserved or spent: it cannot have less.")
	var entries int64
	var until civil.Date
	if err := tx.Get("select count(*), max(case when state = 'held' then until end) from budget_reservations where organisation_id = $1 and budget_id = $2",
		me.Organisation, was.ID).Scan(&entries, &until); err != nil {
		return err
	}
	wrong.Check(entries == 0 || in.Amount.Currency == was.Amount.Currency, "currency", "Money was taken in "+was.Amount.Currency+": that stays.")
	wrong.Check(entries == 0 || in.Year == was.Year, "year", "Money was taken in this year: that stays.")
	wrong.Check(in.LastDay == was.LastDay || !in.LastDay.Before(until), "last_day", "Something is reserved until "+until.String()+". Choose that day or a later one.")
	return nil
}

// owners finds who answers for the line.
func (in *Text) owners(tx *db.Tx, me org.Actor, was Line, wrong problem.Invalid) error {
	for _, one := range []struct {
		party *org.Party
		was   org.Party
		field string
	}{{&in.Owner, was.Owner, "owner"}, {&in.Second, was.Second, "second"}} {
		text := one.party.String()
		if text == "" {
			*one.party = org.Party{}
			continue
		}
		if text == one.was.String() {
			*one.party = one.was // also who has left meanwhile, until somebody else is named
			continue
		}
		found, err := org.PartyFrom(tx, me, text)
		if err != nil {
			return err
		}
		wrong.Check(found.Contact == "", one.field, "Choose a person of the organisation.")
		*one.party = found
	}
	wrong.Check(in.Owner.Person != "", "owner", "Please choose who answers for it.")
	wrong.Check(in.Second.Person == "" || in.Second.Person != in.Owner.Person, "second", "Choose somebody else than the owner, or nobody.")
	return nil
}

func (in Text) fold() string { return org.Fold(in.CostCentre) + "\n" + org.Fold(in.Name) }

// facts are what of a text stands in the history of the line.
func (in Text) facts() map[string]string {
	return map[string]string{"amount": strconv.FormatInt(in.Amount.Minor, 10), "currency": in.Amount.Currency, "last_day": in.LastDay.String(), "owner": string(in.Owner.Person), "second": string(in.Second.Person)}
}

// Fields are the texts by the names that forms use.
func (in Text) Fields() map[string]string {
	return map[string]string{
		"cost_centre": in.CostCentre, "year": strconv.FormatInt(in.Year, 10), "last_day": in.LastDay.String(), "name": in.Name,
		"amount": money.Figures(in.Amount.Minor, in.Amount.Currency), "currency": in.Amount.Currency, "owner": in.Owner.String(), "second": in.Second.String(),
	}
}

// conflict holds both texts, where they differ.
func (l Line) conflict(in Text) error {
	theirs, mine := l.Fields(), in.Fields()
	for field, text := range theirs {
		if mine[field] == text {
			delete(theirs, field)
			delete(mine, field)
		}
	}
	return &problem.Conflict{Revision: l.Revision, Theirs: theirs, Mine: mine}
}

func oneLine(wrong problem.Invalid, field, text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	wrong.Check(utf8.RuneCountInString(text) <= most, field, "Please keep it under "+strconv.Itoa(most)+" characters.")
	return text
}

func happened(tx *db.Tx, me org.Actor, kind string, id db.ID, facts map[string]string) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: event.Thing{Kind: "budget", ID: id}, Facts: facts})
}
