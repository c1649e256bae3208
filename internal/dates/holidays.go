package dates

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/holiday"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Whose says whose holidays a person has.
type Whose string

// The ways.
const (
	TheOrganisations Whose = "organisation" // those of their office, or of everybody
	TheirOwn         Whose = "own"          // of a place or a list that they chose
	Nobodys          Whose = "none"         // they work on them
)

// Holidays says which public holidays somebody has.
type Holidays struct {
	Whose Whose
	Place holiday.Place // their own, or an office's: of a country or a region
	List  db.ID         // or of a list from a file
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// Office is a place of work with its holidays. Without a name it is everywhere else.
type Office struct {
	Name     string
	Place    holiday.Place
	List     db.ID
	ListName string
}

// Called is what the holidays of an office are called.
func (o Office) Called() string {
	switch {
	case o.List != "":
		return o.ListName
	case o.Place != "":
		return o.Place.Name()
	}
	return "none"
}

const (
	mostOffices = 200
	mostName    = 80
)

// Offices lists which holidays the organisation has where; that of everywhere else comes first,
// if it is said.
func Offices(tx *db.Tx, me org.Actor) ([]Office, error) { return offices(tx, me.Organisation) }

func offices(tx *db.Tx, organisation db.ID) ([]Office, error) {
	return db.List(tx, func(row db.Row) (Office, error) {
		var o Office
		err := row.Scan(&o.Name, &o.Place, &o.List, &o.ListName)
		return o, err
	}, `
		select o.name, o.place, o.list_id, coalesce(l.name, '')
		from office_holidays o left join holiday_lists l on l.organisation_id = o.organisation_id and l.id = o.list_id
		where o.organisation_id = $1 order by o.office`, organisation)
}

// Locations lists where the people of the organisation work, as the organisation says it.
func Locations(tx *db.Tx, me org.Actor) ([]string, error) {
	if !administers(me) {
		return nil, problem.NotFound
	}
	return db.List(tx, db.Scanned[string], `
		select location from people
		where organisation_id = $1 and left_at is null and location <> '' group by location order by location limit $2`, me.Organisation, mostOffices)
}

// ChooseForOffice says which holidays the organisation has at an office, or without a name
// everywhere else. People are at the office that stands for them as their location.
func ChooseForOffice(tx *db.Tx, me org.Actor, name string, of Holidays) error {
	if !me.Administrator || me.Left {
		return problem.NotFound
	}
	name = oneLine(name)
	wrong := problem.Invalid{}
	wrong.Check(utf8.RuneCountInString(name) <= mostName, "office", "Please keep it under "+strconv.Itoa(mostName)+" characters.")
	if err := of.check(tx, me, wrong); err != nil {
		return err
	}
	known, err := Offices(tx, me)
	if err != nil {
		return err
	}
	for _, o := range known {
		if o.Name == name && o.Place == of.Place && o.List == of.List {
			return nil
		}
	}
	if len(known) >= mostOffices {
		return problem.Refuse("%d offices have holidays of their own. Remove one that is not needed any more first.", len(known))
	}
	if _, err := tx.Exec(`
		insert into office_holidays (organisation_id, office, name, place, list_id) values ($1, $2, $3, $4, $5)
		on conflict (organisation_id, office) do update set name = excluded.name, place = excluded.place, list_id = excluded.list_id`,
		me.Organisation, org.Fold(name), name, string(of.Place), of.List); err != nil {
		return err
	}
	return holidaysChanged(tx, me)
}

// RemoveOffice takes back which holidays there are at an office: those of everywhere else count.
func RemoveOffice(tx *db.Tx, me org.Actor, name string) error {
	if !administers(me) {
		return problem.NotFound
	}
	if _, err := tx.Exec("delete from office_holidays where organisation_id = $1 and office = $2", me.Organisation, org.Fold(oneLine(name))); err != nil {
		return err
	}
	return holidaysChanged(tx, me)
}

func holidaysChanged(tx *db.Tx, me org.Actor) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: "holidays changed", By: me.Person, Thing: event.Thing{Kind: "organisation", ID: me.Organisation}})
}

// ChooseHolidays says which holidays the actor has.
func ChooseHolidays(tx *db.Tx, me org.Actor, of Holidays) error {
	wrong := problem.Invalid{}
	wrong.Check(of.Whose == TheOrganisations || of.Whose == TheirOwn || of.Whose == Nobodys, "holidays", "Please choose one of these.")
	if of.Whose != TheirOwn {
		of.Place, of.List = "", ""
	} else if of.Place == "" && of.List == "" {
		wrong.Check(false, "holidays", "Please choose one of these.")
	}
	if err := of.check(tx, me, wrong); err != nil {
		return err
	}
	return setWorkTime(tx, me, "holidays = $1, place = $2, list_id = $3", string(of.Whose), string(of.Place), of.List)
}

func (h Holidays) check(tx *db.Tx, me org.Actor, wrong problem.Invalid) error {
	wrong.Check(h.Place == "" || h.Place.IsKnown(), "holidays", "The holidays of this place are not known here.")
	if h.List != "" {
		_, err := ListByID(tx, me, h.List)
		if errors.Is(err, problem.NotFound) {
			wrong["holidays"] = "This list is not there any more. Please choose again."
		} else if err != nil {
			return err
		}
	}
	return wrong.Err()
}

// MyHolidays lists the holidays that the actor has within a span, and says where they come from.
func MyHolidays(tx *db.Tx, me org.Actor, in civil.Span) (days []holiday.Day, from string, err error) {
	here := whose{tx: tx, organisation: me.Organisation, people: []db.ID{me.Person}}
	said, err := here.said()
	if err != nil {
		return nil, "", err
	}
	book, err := readHolidays(tx, me.Organisation, in)
	if err != nil {
		return nil, "", err
	}
	of := book.of(said[me.Person])
	if of.List == "" && of.Place == "" {
		return nil, "", nil
	}
	from = of.Place.Name()
	if of.List != "" {
		from = book.lists[of.List].name
	}
	return book.days(of), from, nil
}

// holidayBook is what the organisation knows of holidays within a span.
type holidayBook struct {
	in      civil.Span
	offices map[string]Holidays
	lists   map[db.ID]listed
	read    map[holiday.Place][]holiday.Day
}

type listed struct {
	name string
	days []holiday.Day
}

func readHolidays(tx *db.Tx, organisation db.ID, in civil.Span) (*holidayBook, error) {
	b := &holidayBook{in: in, offices: map[string]Holidays{}, lists: map[db.ID]listed{}, read: map[holiday.Place][]holiday.Day{}}
	known, err := offices(tx, organisation)
	if err != nil {
		return nil, err
	}
	for _, o := range known {
		b.offices[org.Fold(o.Name)] = Holidays{Place: o.Place, List: o.List}
	}
	_, err = db.List(tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		var name string
		var d holiday.Day
		err := row.Scan(&id, &name, &d.Day, &d.Name)
		b.lists[id] = listed{name, append(b.lists[id].days, d)}
		return struct{}{}, err
	}, `
		select l.id, l.name, d.day, d.name
		from holiday_lists l join holiday_list_days d on d.organisation_id = l.organisation_id and d.list_id = l.id
		where l.organisation_id = $1 and d.day >= $2 and d.day <= $3 order by l.id, d.day`, organisation, in.From, in.To)
	return b, err
}

// of is which holidays count for somebody.
func (b *holidayBook) of(s saying) Holidays {
	switch s.holidays.Whose {
	case TheirOwn:
		return s.holidays
	case Nobodys:
		return Holidays{}
	}
	if office, ok := b.offices[org.Fold(s.location)]; ok && s.location != "" {
		return office
	}
	return b.offices[""]
}

func (b *holidayBook) days(of Holidays) []holiday.Day {
	if of.List != "" {
		return b.lists[of.List].days
	}
	days, ok := b.read[of.Place]
	if !ok {
		days = of.Place.In(b.in)
		b.read[of.Place] = days
	}
	return days
}

// spans makes of days that follow each other one.
func spans(days []holiday.Day) []civil.Span {
	var all []civil.Span
	for _, d := range days {
		if last := len(all) - 1; last >= 0 && !d.Day.After(all[last].To.AddDays(1)) {
			all[last].To = d.Day
			continue
		}
		all = append(all, civil.Span{From: d.Day, To: d.Day})
	}
	return all
}
