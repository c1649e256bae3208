package dates

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/calendarfile"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/holiday"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// List is a list of holidays that was brought in from a file.
type List struct {
	ID          db.ID
	Name        string
	First, Last civil.Date
	Days        int
}

const mostLists = 100

const selectList = `
	select l.id, l.name, coalesce(min(d.day), ''), coalesce(max(d.day), ''), count(d.day)
	from holiday_lists l left join holiday_list_days d on d.organisation_id = l.organisation_id and d.list_id = l.id
	where l.organisation_id = $1 `

func scanList(row db.Row) (List, error) {
	var l List
	var n int64
	err := row.Scan(&l.ID, &l.Name, &l.First, &l.Last, &n)
	l.Days = int(n)
	return l, err
}

// Lists are the lists of holidays that were brought in, by name. They are for everybody in the
// organisation.
func Lists(tx *db.Tx, me org.Actor) ([]List, error) {
	return db.List(tx, scanList, selectList+"group by l.id, l.name, l.name_key order by l.name_key limit $2", me.Organisation, mostLists)
}

// ListByID finds a list of the actor's organisation.
func ListByID(tx *db.Tx, me org.Actor, id db.ID) (List, error) {
	return db.One(tx, scanList, selectList+"and l.id = $2 group by l.id, l.name", me.Organisation, id)
}

// ListByName finds a list of the actor's organisation.
func ListByName(tx *db.Tx, me org.Actor, name string) (List, error) {
	return db.One(tx, scanList, selectList+"and l.name_key = $2 group by l.id, l.name", me.Organisation, org.Fold(name))
}

// DaysOf are the days of a list, in order.
func DaysOf(tx *db.Tx, me org.Actor, list db.ID) ([]holiday.Day, error) {
	return db.List(tx, func(row db.Row) (holiday.Day, error) {
		var d holiday.Day
		err := row.Scan(&d.Day, &d.Name)
		return d, err
	}, "select day, name from holiday_list_days where organisation_id = $1 and list_id = $2 order by day limit $3", me.Organisation, list, mostListDays)
}

const mostListDays = 5_000

// ListDifference is what bringing a file in would do to the list of its name. The years that the
// file speaks of become as it says; others stay as they are.
type ListDifference struct {
	Name               string
	List               db.ID // empty: it is new
	New, Renamed, Gone []ListChange
	Same               int
	Over               int // entries of other years
	Problems           []calendarfile.Aside
}

// ListChange is a day that is not as it was.
type ListChange struct {
	Day       civil.Date
	Name, Was string
}

// Nothing tells whether nothing would change.
func (d ListDifference) Nothing() bool {
	return d.List != "" && len(d.New)+len(d.Renamed)+len(d.Gone) == 0
}

// Summary says in a line what would change.
func (d ListDifference) Summary() string {
	what := d.Name
	if d.List == "" {
		what += ", a new list"
	}
	if d.Nothing() {
		what += ": nothing changes"
	}
	said := []string{what}
	if !d.Nothing() {
		said[0] += ": " + daysCounted(len(d.New), "new")
	}
	for _, one := range []struct {
		n    int
		what string
	}{{len(d.Renamed), "with another name"}, {len(d.Gone), "gone"}, {d.Same, "as here"}} {
		if one.n > 0 {
			said = append(said, daysCounted(one.n, one.what))
		}
	}
	for _, one := range []struct {
		n    int
		what string
	}{{d.Over, "of other years"}, {len(d.Problems), "set aside"}} {
		if one.n == 1 {
			said = append(said, "1 entry "+one.what)
		} else if one.n > 1 {
			said = append(said, fmt.Sprintf("%d entries %s", one.n, one.what))
		}
	}
	return strings.Join(said, ", ") + "."
}

func daysCounted(n int, what string) string {
	if n == 1 {
		return "1 day " + what
	}
	return fmt.Sprintf("%d days %s", n, what)
}

// CompareList says what bringing the file in would change; nothing is written. Administrators only.
func CompareList(tx *db.Tx, me org.Actor, f HolidayFile) (ListDifference, error) {
	d := ListDifference{Name: f.Name, Over: f.Read.Over, Problems: f.Read.Aside}
	if !me.Administrator || me.Left {
		return d, problem.NotFound
	}
	err := tx.Get("select id, name from holiday_lists where organisation_id = $1 and name_key = $2", me.Organisation, org.Fold(f.Name)).Scan(&d.List, &d.Name)
	if err != nil && !errors.Is(err, problem.NotFound) {
		return d, err
	}
	there, err := DaysOf(tx, me, d.List)
	if err != nil {
		return d, err
	}
	was := make(map[civil.Date]string, len(there))
	for _, one := range there {
		was[one.Day] = one.Name
	}
	var years civil.Span
	for n, one := range f.Read.Days {
		if n == 0 {
			years.From = civil.On(one.Day.Year(), 1, 1)
		}
		years.To = civil.On(one.Day.Year(), 12, 31)
		name, known := was[one.Day]
		delete(was, one.Day)
		switch {
		case !known:
			d.New = append(d.New, ListChange{Day: one.Day, Name: one.Name})
		case name != one.Name:
			d.Renamed = append(d.Renamed, ListChange{one.Day, one.Name, name})
		default:
			d.Same++
		}
	}
	for day, name := range was {
		if !years.From.IsZero() && years.Has(day) {
			d.Gone = append(d.Gone, ListChange{Day: day, Was: name})
		}
	}
	slices.SortFunc(d.Gone, func(a, b ListChange) int { return cmp.Compare(a.Day.String(), b.Day.String()) })
	return d, nil
}

// ImportList brings a file of holidays in: as a new list, or into the one of its name. The same
// file again changes nothing. Administrators only.
func ImportList(tx *db.Tx, me org.Actor, f HolidayFile) (ListDifference, error) {
	d, err := CompareList(tx, me, f)
	if err != nil || d.Nothing() {
		return d, err
	}
	list := d.List
	if list == "" {
		if list, err = newList(tx, me, f); err != nil {
			return d, err
		}
	}
	var added, renamed, gone [][]any
	for _, c := range d.New {
		added = append(added, []any{me.Organisation, list, c.Day, c.Name})
	}
	for _, c := range d.Renamed {
		renamed = append(renamed, []any{c.Name, me.Organisation, list, c.Day})
	}
	for _, c := range d.Gone {
		gone = append(gone, []any{me.Organisation, list, c.Day})
	}
	if err := db.Repeat(tx, "delete from holiday_list_days where organisation_id = $1 and list_id = $2 and day = $3", gone); err != nil {
		return d, err
	}
	if err := db.Repeat(tx, "update holiday_list_days set name = $1 where organisation_id = $2 and list_id = $3 and day = $4", renamed); err != nil {
		return d, err
	}
	if err := db.Insert(tx, "insert into holiday_list_days (organisation_id, list_id, day, name) values", added); err != nil {
		return d, err
	}
	return d, holidaysChanged(tx, me)
}

func newList(tx *db.Tx, me org.Actor, f HolidayFile) (db.ID, error) {
	var have int64
	if err := tx.Get("select count(*) from holiday_lists where organisation_id = $1", me.Organisation).Scan(&have); err != nil {
		return "", err
	}
	if have >= mostLists {
		return "", problem.Refuse("There are %d lists of holidays. Remove one that is not needed any more first.", have)
	}
	id := tx.NewID()
	_, err := tx.Exec("insert into holiday_lists (organisation_id, id, name, name_key, made_at) values ($1, $2, $3, $4, $5)",
		me.Organisation, id, f.Name, org.Fold(f.Name), tx.Now())
	return id, err
}

// RemoveList removes a list that counts nowhere. Who chose it for themselves has those of their
// place of work from then on. Administrators only.
func RemoveList(tx *db.Tx, me org.Actor, id db.ID) error {
	if !me.Administrator || me.Left {
		return problem.NotFound
	}
	l, err := ListByID(tx, me, id)
	if err != nil {
		return err
	}
	all, err := offices(tx, me.Organisation)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.List == id && o.Name == "" {
			return problem.Refuse("%s counts everywhere where nothing else is said. Choose other holidays there first.", l.Name)
		}
		if o.List == id {
			return problem.Refuse("%s counts at %s. Choose other holidays there first.", l.Name, o.Name)
		}
	}
	if err := tx.ExecEach([]string{
		"update work_times set holidays = 'organisation', place = '', list_id = null where organisation_id = $1 and list_id = $2",
		"delete from holiday_list_days where organisation_id = $1 and list_id = $2",
		"delete from holiday_lists where organisation_id = $1 and id = $2",
	}, me.Organisation, id); err != nil {
		return err
	}
	return holidaysChanged(tx, me)
}

// KeepHolidayFile keeps a file of holidays to be looked at before it is brought in.
//
// Errors: problem.Invalid when nothing in it can be used.
func KeepHolidayFile(tx *db.Tx, me org.Actor, in org.SentFile) (db.ID, error) {
	if _, err := ReadSentHolidays(tx, in); err != nil {
		return "", err
	}
	in.Kind = org.SentHolidays
	return org.KeepSentFile(tx, me, in)
}

// NameColumn is where a file that was sent keeps what its list is to be called.
const NameColumn = "name"

// ReadSentHolidays reads a file that was sent, as ReadHolidayFile does.
func ReadSentHolidays(tx *db.Tx, f org.SentFile) (HolidayFile, error) {
	return ReadHolidayFile(f.Content, f.Columns[NameColumn], f.Name, civil.In(tx.Now(), time.UTC))
}

// ImportSentHolidays brings a file in that was sent, and removes it. Seen is the summary of the
// preview: when the import would do something else by now, nothing is done.
func ImportSentHolidays(tx *db.Tx, me org.Actor, id db.ID, seen string) error {
	kept, err := org.SentFileByID(tx, me, org.SentHolidays, id)
	if err != nil {
		return err
	}
	f, err := ReadSentHolidays(tx, kept)
	if err != nil {
		return problem.Refused("The file cannot be read any more. Please send it again.")
	}
	d, err := ImportList(tx, me, f)
	if err != nil {
		return err
	}
	return kept.Imported(tx, me, seen, d.Summary())
}
