package org

import (
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/peoplefile"
	"github.com/ownward/ownward/internal/problem"
)

// Person is somebody in an organisation.
type Person struct {
	Organisation db.ID
	ID           db.ID
	Details
	ManagerID      db.ID
	ManagerName    string
	Administrator  bool
	ProgrammeOwner bool
	LeftAt         time.Time // zero: is here
	Revision       int64
	account        db.ID
}

// Details is what the organisation says of a person, by file or by hand.
type Details struct {
	Name           string
	FirstName      string // what the person is called in a sentence
	Email          string // folded; empty: cannot sign in yet
	AccountName    string
	EmployeeNumber string
	ExternalID     string // the id in the organisation's own system
	JobTitle       string
	Level          string
	Department     string
	Location       string
	Employment     string
	TimeZone       string // empty: the organisation's
	StartedOn      civil.Date
}

// HasAccount tells whether the person has ever signed in.
func (p Person) HasAccount() bool { return p.account != "" }

// Called is the name by which a sentence speaks of the person.
func (p Person) Called() string {
	if p.FirstName != "" {
		return p.FirstName
	}
	return p.Name
}

// Add makes a person. Administrators only.
func Add(tx *db.Tx, me Actor, in Details) (Person, error) {
	if !me.Administrator {
		return Person{}, problem.NotFound
	}
	in.tidy()
	if err := in.check(); err != nil {
		return Person{}, err
	}
	return UnscopedAdd(tx, me, in)
}

// UnscopedAdd makes a person in the actor's organisation; for setting up an organisation.
func UnscopedAdd(tx *db.Tx, me Actor, in Details) (Person, error) {
	in.tidy()
	if in.TimeZone == "" {
		o, err := Of(tx, me)
		if err != nil {
			return Person{}, err
		}
		in.TimeZone = o.TimeZone
	}
	if err := taken(tx, me.Organisation, "", in); err != nil {
		return Person{}, err
	}
	p := Person{Organisation: me.Organisation, ID: tx.NewID(), Details: in, Revision: 1}
	if _, err := tx.Exec(`
		insert into people (organisation_id, id, name, name_key, first_name, email, account_name, employee_number,
			external_id, job_title, level, department, location, employment, time_zone, started_on,
			administrator, imported, revision, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '{}', 1, $18)`,
		p.Organisation, p.ID, in.Name, Fold(in.Name), in.FirstName, in.Email, in.AccountName, in.EmployeeNumber,
		in.ExternalID, in.JobTitle, in.Level, in.Department, in.Location, in.Employment, in.TimeZone, in.StartedOn,
		false, tx.Now()); err != nil {
		return p, err
	}
	return p, happened(tx, me, "person added", p.ID, nil)
}

// Change replaces the details of a person. Administrators only.
//
// The address by which somebody signs in is theirs: once a person has signed in, a new address
// here does not open their account.
func Change(tx *db.Tx, me Actor, id db.ID, revision int64, in Details) error {
	if !me.Administrator {
		return problem.NotFound
	}
	in.tidy()
	if err := in.check(); err != nil {
		return err
	}
	was, err := ByID(tx, me, id)
	if err != nil {
		return err
	}
	if in.TimeZone == "" {
		in.TimeZone = was.TimeZone
	}
	if err := taken(tx, me.Organisation, id, in); err != nil {
		return err
	}
	changed, err := tx.Exec(`
		update people set name = $1, name_key = $2, first_name = $3, email = $4, account_name = $5, employee_number = $6,
			external_id = $7, job_title = $8, level = $9, department = $10, location = $11, employment = $12,
			time_zone = $13, started_on = $14, revision = revision + 1
		where organisation_id = $15 and id = $16 and revision = $17`,
		in.Name, Fold(in.Name), in.FirstName, in.Email, in.AccountName, in.EmployeeNumber,
		in.ExternalID, in.JobTitle, in.Level, in.Department, in.Location, in.Employment,
		in.TimeZone, in.StartedOn, me.Organisation, id, revision)
	if err != nil {
		return err
	}
	if changed == 0 {
		return &problem.Conflict{Revision: was.Revision, Theirs: was.Fields(), Mine: in.Fields()}
	}
	return happened(tx, me, "person changed", id, nil)
}

// ChooseZone sets the time zone in which the actor reads times.
func ChooseZone(tx *db.Tx, me Actor, name string) error {
	wrong := problem.Invalid{}
	checkZone(wrong, name)
	if err := wrong.Err(); err != nil {
		return err
	}
	if _, err := tx.Exec("update people set time_zone = $1 where organisation_id = $2 and id = $3", name, me.Organisation, me.Person); err != nil {
		return err
	}
	return event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: "time zone chosen", By: me.Person, Thing: event.Thing{Kind: "person", ID: me.Person},
	})
}

// Appoint makes a person an administrator, or ends it. The last administrator stays.
func Appoint(tx *db.Tx, me Actor, id db.ID, administrator bool) error {
	if !me.Administrator {
		return problem.NotFound
	}
	if _, err := ByID(tx, me, id); err != nil {
		return err
	}
	if !administrator {
		var others int64
		if err := tx.Get(`
			select count(*) from people
			where organisation_id = $1 and administrator and left_at is null and id <> $2`, me.Organisation, id).Scan(&others); err != nil {
			return err
		}
		if others == 0 {
			return problem.Refused("Somebody has to look after this organisation. Appoint another administrator first.")
		}
	}
	return appoint(tx, me, id, administrator)
}

// UnscopedAppointFirst makes the person who sets up an organisation its administrator.
func UnscopedAppointFirst(tx *db.Tx, me Actor, id db.ID) error { return appoint(tx, me, id, true) }

func appoint(tx *db.Tx, me Actor, id db.ID, administrator bool) error {
	kind := "administrator appointed"
	if !administrator {
		kind = "administrator ended"
	}
	changed, err := tx.Exec(`
		update people set administrator = $1 where organisation_id = $2 and id = $3 and administrator <> $1`, administrator, me.Organisation, id)
	if err != nil || changed == 0 {
		return err
	}
	return happened(tx, me, kind, id, nil)
}

// NameProgrammeOwner gives a person the office of programme owner, or ends it. Administrators only.
// The person sees that it was done, and by whom. Nobody has to hold the office.
func NameProgrammeOwner(tx *db.Tx, me Actor, id db.ID, owner bool) error {
	if !me.Administrator {
		return problem.NotFound
	}
	p, err := ByID(tx, me, id)
	if err != nil {
		return err
	}
	if owner && !p.LeftAt.IsZero() {
		return problem.Refuse("%s has left.", p.Name)
	}
	return nameProgrammeOwner(tx, me, id, owner)
}

func nameProgrammeOwner(tx *db.Tx, me Actor, id db.ID, owner bool) error {
	kind := "programme owner named"
	if !owner {
		kind = "programme owner ended"
	}
	changed, err := tx.Exec(`
		update people set programme_owner = $1 where organisation_id = $2 and id = $3 and programme_owner <> $1`, owner, me.Organisation, id)
	if err != nil || changed == 0 {
		return err
	}
	return happened(tx, me, kind, id, nil)
}

// Leave takes a person out of the organisation: reporting lines above and below them end, and
// with them all that hangs on those. Administrators only.
func Leave(tx *db.Tx, me Actor, id db.ID) error {
	if !me.Administrator {
		return problem.NotFound
	}
	p, err := ByID(tx, me, id)
	if err != nil || !p.LeftAt.IsZero() {
		return err
	}
	if p.Administrator {
		if err := Appoint(tx, me, id, false); err != nil {
			return err
		}
	}
	return leave(tx, me, id)
}

func leave(tx *db.Tx, me Actor, id db.ID) error {
	reports, err := linesUnder(tx, me.Organisation, id)
	if err != nil {
		return err
	}
	for _, line := range append(reports, id) {
		if err := endLine(tx, me, line); err != nil {
			return err
		}
	}
	if err := nameProgrammeOwner(tx, me, id, false); err != nil {
		return err
	}
	if _, err := tx.Exec("update people set left_at = $1, revision = revision + 1 where organisation_id = $2 and id = $3", tx.Now(), me.Organisation, id); err != nil {
		return err
	}
	return happened(tx, me, "person left", id, nil)
}

// Return brings a person back who had left. Administrators only.
func Return(tx *db.Tx, me Actor, id db.ID) error {
	if !me.Administrator {
		return problem.NotFound
	}
	p, err := ByID(tx, me, id)
	if err != nil || p.LeftAt.IsZero() {
		return err
	}
	if err := taken(tx, me.Organisation, id, p.Details); err != nil {
		return err
	}
	if err := hereAlready(tx, p); err != nil {
		return err
	}
	if _, err := tx.Exec("update people set left_at = null, revision = revision + 1 where organisation_id = $1 and id = $2", me.Organisation, id); err != nil {
		return err
	}
	return happened(tx, me, "person returned", id, nil)
}

func happened(tx *db.Tx, me Actor, kind string, id db.ID, facts map[string]string) error {
	return event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: event.Thing{Kind: "person", ID: id}, Facts: facts,
	})
}

// tidy brings the details into the form in which they are kept.
func (in *Details) tidy() {
	for _, text := range []*string{
		&in.Name, &in.FirstName, &in.Email, &in.AccountName, &in.EmployeeNumber, &in.ExternalID,
		&in.JobTitle, &in.Level, &in.Department, &in.Location, &in.Employment, &in.TimeZone,
	} {
		*text = peoplefile.Tidy(*text)
	}
	in.Email = FoldAddress(in.Email)
	if in.FirstName == "" {
		in.FirstName, _, _ = strings.Cut(in.Name, " ")
	}
}

func (in Details) check() error {
	wrong := problem.Invalid{}
	wrong.Check(in.Name != "", "name", "Please give the person a name.")
	wrong.Check(in.Email == "" || ValidAddress(in.Email), "email", "This does not look like an e-mail address, such as ines@example.com.")
	if in.TimeZone != "" {
		checkZone(wrong, in.TimeZone)
	}
	for field, text := range in.Fields() {
		wrong.Check(utf8.RuneCountInString(text) <= 200, field, "Please keep this under 200 characters.")
	}
	return wrong.Err()
}

// Fields are the details by the names that forms and files use.
func (in Details) Fields() map[string]string {
	return map[string]string{
		"name": in.Name, "first_name": in.FirstName, "email": in.Email, "account_name": in.AccountName,
		"employee_number": in.EmployeeNumber, "external_id": in.ExternalID, "job_title": in.JobTitle, "level": in.Level,
		"department": in.Department, "location": in.Location, "employment": in.Employment, "time_zone": in.TimeZone,
		"started_on": in.StartedOn.String(),
	}
}

// taken refuses details that another person of the organisation has.
func taken(tx *db.Tx, organisation, except db.ID, in Details) error {
	wrong := problem.Invalid{}
	for _, one := range []struct{ field, value, query string }{
		{"email", in.Email, "select count(*) from people where organisation_id = $1 and email = $2 and left_at is null and id <> $3"},
		{"external_id", in.ExternalID, "select count(*) from people where organisation_id = $1 and external_id = $2 and id <> $3"},
	} {
		if one.value == "" {
			continue
		}
		var others int64
		if err := tx.Get(one.query, organisation, one.value, string(except)).Scan(&others); err != nil {
			return err
		}
		wrong.Check(others == 0, one.field, "Somebody here has this already.")
	}
	return wrong.Err()
}

// hereAlready refuses the return of somebody whose account has come back as another person.
func hereAlready(tx *db.Tx, p Person) error {
	var others int64
	if err := tx.Get(`
		select count(*) from people
		where organisation_id = $1 and account_id = $2 and left_at is null and id <> $3`, p.Organisation, p.account, p.ID).Scan(&others); err != nil {
		return err
	}
	if others > 0 {
		return problem.Refuse("%s is here already, as another person. Let that one leave first.", p.Name)
	}
	return nil
}

// ValidAddress tells whether the text is a bare e-mail address.
func ValidAddress(text string) bool {
	parsed, err := mail.ParseAddress(text)
	return err == nil && parsed.Address == text && len(text) <= 254
}

// FoldAddress is the form of an e-mail address in which two are compared.
func FoldAddress(text string) string { return cases.Fold().String(strings.TrimSpace(text)) }

// Fold is the form of a name in which names are sorted and searched: without case and accents.
func Fold(name string) string {
	if isASCII(name) {
		return strings.Join(strings.Fields(strings.ToLower(name)), " ")
	}
	plain := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	folded, _, err := transform.String(plain, name)
	if err != nil {
		folded = name
	}
	return strings.Join(strings.Fields(cases.Fold().String(folded)), " ")
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
