package peoplefile

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/cases"

	"github.com/ownward/ownward/internal/civil"
)

// addresses settles e-mail and account name: an address without @ is an account name.
func (f *File) addresses(row *Row) {
	v := &row.Values
	mail := strings.TrimPrefix(foldAddress(v[Email]), "mailto:")
	switch {
	case !row.said.has(Email) || mail == "":
		v[Email] = ""
		return
	case goodAddress(mail):
		v[Email] = mail
		return
	case f.Columns[Email] == f.Columns[Account]:
		v[Email] = ""
		row.said.drop(Email)
		return
	}
	written := v[Email]
	v[Email] = ""
	row.said.drop(Email)
	p := Problem{Line: row.Line, Column: f.column(Email), Value: written, Effect: Altered}
	switch {
	case strings.ContainsAny(written, "@ ,;"):
		p.Reason = "This is not an e-mail address. It was left out; without one, the person cannot sign in yet."
		p.WayOut = "Write it as name@company.com."
	case v[Account] == "" || strings.EqualFold(v[Account], written):
		v[Account] = written
		row.said.add(Account)
		p.Reason = "This address has no @; it was kept as the account name, and the person cannot sign in yet."
		p.WayOut = "Give a full e-mail address to let them in."
	default:
		p.Reason = "This address has no @, and the account name is given elsewhere. It was left out; the person cannot sign in yet."
		p.WayOut = "Give a full e-mail address to let them in."
	}
	f.problem(p)
}

// foldAddress is the form in which two addresses are compared.
func foldAddress(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return cases.Fold().String(s)
		}
	}
	return strings.ToLower(s)
}

// goodAddress is true for one plain address: something, an @, and a host name.
func goodAddress(s string) bool {
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at > 64 || at == len(s)-1 {
		return false
	}
	local, host := s[:at], s[at+1:]
	if strings.ContainsAny(local, " \t@,;:<>()[]\\\"") || strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for i := 0; i < len(label); i++ {
			c := label[i]
			if c < 0x80 && c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
				return false
			}
		}
	}
	return true
}

// meaning lists what statuses are called. Words that name a kind of employment appear under
// "Employment Status" and mean that the person is here.
var meaning = map[string]string{}

func init() {
	for s := range strings.SplitSeq("active aktiv activo actif employed current yes true 1 y t x j ja oui si enabled working present hired onboarding "+
		"onleave leave paidleave unpaidleave parentalleave maternityleave paternityleave sickleave leaveofabsence sabbatical gardenleave gardeningleave "+
		"beurlaubt elternzeit mutterschutz freigestellt inelternzeit abwesend probation probationary probezeit notice noticeperiod undernotice gekündigt "+
		"fulltime parttime contractor contract temporary intern internship permanent freelance freelancer vollzeit teilzeit befristet unbefristet regular employee "+
		"activeonleave activeassignment", " ") {
		meaning[s] = Active
	}
	for s := range strings.SplitSeq("inactive inaktiv inactivo inactif terminated termination left leaver former formeremployee alumni ended no false 0 n f nein non disabled "+
		"deactivated archived resigned retired dismissed deceased suspended offboarded departed exited quit gone withdrawn ausgeschieden ausgetreten beendet deaktiviert separated deleted", " ") {
		meaning[s] = Inactive
	}
}

// status reads the status; who stands in the file without one is here.
func (f *File) status(row *Row) {
	written := row.Values[Status]
	key := strings.ReplaceAll(headerKey(written), "#", "")
	switch {
	case written == "":
		row.Values[Status] = Active
		row.said.add(Status)
	case meaning[key] != "":
		row.Values[Status] = meaning[key]
	case strings.HasPrefix(key, "terminat"), strings.HasPrefix(key, "inacti"):
		row.Values[Status] = Inactive
	case strings.HasPrefix(key, "active"), strings.Contains(key, "onleave"):
		row.Values[Status] = Active
	default:
		row.Values[Status] = ""
		row.said.drop(Status)
		f.problem(Problem{Line: row.Line, Column: f.column(Status), Value: written, Effect: Altered,
			Reason: "This status is not known here, so it says nothing: somebody new comes in as active, others stay as they are.",
			WayOut: "Write active, on leave, inactive or terminated."})
	}
}

// zone checks the time zone.
func (f *File) zone(row *Row) {
	name := row.Values[TimeZone]
	if name == "" || knownZone(name) {
		return
	}
	row.Values[TimeZone] = ""
	row.said.drop(TimeZone)
	f.problem(Problem{Line: row.Line, Column: f.column(TimeZone), Value: name, Effect: Altered,
		Reason: "This time zone is not known. It was left out.",
		WayOut: "Write it like Europe/Berlin or America/New_York."})
}

func knownZone(name string) bool {
	if name == "Local" {
		return false
	}
	_, err := time.LoadLocation(name)
	return err == nil
}

// dates writes the dates of a column as 2026-03-01. Whether 3/4 is in March or in April is
// decided by the other dates of the column.
func (f *File) dates(field Field) {
	if f.Columns[field] < 0 {
		return
	}
	order := f.dayFirst(field)
	unclear := 0
	for i := range f.Rows {
		row := &f.Rows[i]
		written := row.Values[field]
		if written == "" {
			continue
		}
		date, known, ambiguous := parseDate(written, order)
		row.Values[field] = date
		if known {
			continue
		}
		row.said.drop(field)
		if ambiguous {
			unclear++
			if unclear > 1 {
				continue
			}
		}
		p := Problem{Line: row.Line, Column: f.column(field), Value: written, Effect: Altered,
			Reason: "This is not a date that can be read. It was left out.", WayOut: "Write it like 2026-03-31."}
		if ambiguous {
			p.Reason = "No date of this column tells whether the day or the month comes first, so none that leaves it open was taken."
		}
		f.problem(p)
	}
}

type dateOrder uint8

const (
	orderUnknown dateOrder = iota
	dayFirst
	monthFirst
)

func (f *File) dayFirst(field Field) dateOrder {
	var day, month int
	for i := range f.Rows {
		a, b, _, sep, ok := threeNumbers(f.Rows[i].Values[field])
		if !ok || sep == '.' {
			continue
		}
		if a > 12 && a <= 31 && b <= 12 {
			day++
		} else if b > 12 && b <= 31 && a <= 12 {
			month++
		}
	}
	switch {
	case day > 0 && month == 0:
		return dayFirst
	case month > 0 && day == 0:
		return monthFirst
	}
	return orderUnknown
}

// parseDate reads 2026-03-01 with or without a time, 1.3.2026, 1/3/2026 in the order given,
// 1 March 2026 and the like. ambiguous says that only the order is missing.
func parseDate(s string, order dateOrder) (date string, known, ambiguous bool) {
	if len(s) >= 10 && s[4] == '-' && s[7] == '-' && (len(s) == 10 || s[10] == 'T' || s[10] == ' ') {
		d, err := civil.Parse(s[:10])
		return isoOrNone(d, err)
	}
	if a, b, year, sep, ok := threeNumbers(s); ok {
		day, month := a, b
		switch {
		case sep == '.' || order == dayFirst || a > 12 || a == b:
		case order == monthFirst || b > 12:
			day, month = b, a
		default:
			return "", false, true
		}
		d, err := civil.Parse(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
		return isoOrNone(d, err)
	}
	for _, layout := range []string{"2006/01/02", "20060102", "2 Jan 2006", "2 January 2006", "2-Jan-2006", "02-Jan-06", "Jan 2, 2006", "January 2, 2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.DateOnly), true, false
		}
	}
	return "", false, false
}

func isoOrNone(d civil.Date, err error) (string, bool, bool) {
	if err != nil {
		return "", false, false
	}
	return d.String(), true, false
}

// threeNumbers takes 03/04/2026, 3.4.26 and 3-4-2026 apart; a time after a space is passed over.
func threeNumbers(s string) (a, b, year int, sep byte, ok bool) {
	s, _, _ = strings.Cut(s, " ")
	i := strings.IndexAny(s, "./-")
	if i < 1 || i > 2 {
		return
	}
	sep = s[i]
	parts := strings.Split(s, string(sep))
	if len(parts) != 3 || len(parts[1]) > 2 || len(parts[2]) != 4 && len(parts[2]) != 2 {
		return
	}
	var errs [3]error
	a, errs[0] = strconv.Atoi(parts[0])
	b, errs[1] = strconv.Atoi(parts[1])
	year, errs[2] = strconv.Atoi(parts[2])
	if len(parts[2]) == 2 {
		year += 1900
		if year < 1960 {
			year += 100
		}
	}
	return a, b, year, sep, errs[0] == nil && errs[1] == nil && errs[2] == nil && a > 0 && b > 0
}

// gone takes those whose last day has passed as having left, where no status says otherwise.
func (f *File) gone(today civil.Date) {
	if f.Columns[end] < 0 || f.Columns[Status] >= 0 || today.IsZero() {
		return
	}
	for i := range f.Rows {
		v := &f.Rows[i].Values
		if !f.Rows[i].said.has(end) {
			continue
		}
		v[Status] = Active
		if v[end] != "" && v[end] < today.String() {
			v[Status] = Inactive
		}
		f.Rows[i].said.add(Status)
	}
}
