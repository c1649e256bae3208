package gap

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/csvfile"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// Outside is a role outside of the organisation, as the person who looks at it wrote it down. It is theirs alone: no share
// reaches it.
type Outside struct {
	ID       db.ID
	Name     string
	About    string
	Asks     []OutsideAsk
	Revision int64
}

// OutsideAsk is a skill that it asks for, and the level.
type OutsideAsk struct {
	Skill string
	Level int64
}

// How much one person can write of roles outside.
const (
	mostOutside = 30
	mostAsks    = 60
	mostName    = 200
	mostText    = 10_000
)

// usualAsk is the level that is meant where none is written.
const usualAsk = 3

// ParseAsks reads one skill a line, with the level at its end: "Hydraulics 4". Without a level it is 3.
//
// Errors: problem.Invalid at "asks".
func ParseAsks(text string) ([]OutsideAsk, error) {
	var asks []OutsideAsk
	seen := map[string]bool{}
	for n, line := range strings.Split(text, "\n") {
		line = csvfile.Tidy(strings.ToValidUTF8(line, "\uFFFD"))
		if line == "" {
			continue
		}
		ask := OutsideAsk{strings.TrimRight(line, " :,="), usualAsk}
		if name, level, ok := cutLevel(line); ok {
			ask = OutsideAsk{name, level}
		}
		switch {
		case ask.Skill == "": // signs alone
			continue
		case utf8.RuneCountInString(ask.Skill) > mostName:
			return nil, problem.Invalid{"asks": fmt.Sprintf("Line %d is too long for the name of a skill.", n+1)}
		case ask.Level > plan.TopLevel:
			return nil, problem.Invalid{"asks": fmt.Sprintf("Line %d: levels go from 0 to 5.", n+1)}
		case seen[org.Fold(ask.Skill)]:
			return nil, problem.Invalid{"asks": fmt.Sprintf("Line %d names a skill once more.", n+1)}
		case len(asks) == mostAsks:
			return nil, problem.Invalid{"asks": fmt.Sprintf("More than %d skills are hard to hold side by side. Choose the ones that matter.", mostAsks)}
		}
		seen[org.Fold(ask.Skill)] = true
		asks = append(asks, ask)
	}
	return asks, nil
}

// cutLevel takes the level off the end of a line: one or two digits after a space, a colon, a comma or an equals sign.
func cutLevel(line string) (name string, level int64, ok bool) {
	at := strings.LastIndexFunc(line, func(r rune) bool { return !unicode.IsDigit(r) })
	if at < 0 {
		return "", 0, false
	}
	_, size := utf8.DecodeRuneInString(line[at:])
	digits := line[at+size:]
	if digits == "" || len(digits) > 2 || !strings.ContainsAny(line[at:at+size], " :,=") {
		return "", 0, false
	}
	name = strings.TrimRight(line[:at], " :,=")
	n, err := strconv.ParseInt(digits, 10, 64)
	return name, n, err == nil && name != ""
}

// Lines is what a role outside asks for, as ParseAsks reads it.
func (o Outside) Lines() string {
	var b strings.Builder
	for _, a := range o.Asks {
		fmt.Fprintf(&b, "%s %d\n", a.Skill, a.Level)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// AddOutside writes a role outside down.
//
// Errors: problem.Invalid by field, problem.Refused when there are too many.
func AddOutside(tx *db.Tx, me org.Actor, in Outside) (Outside, error) {
	if err := mayWrite(me); err != nil {
		return in, err
	}
	if err := in.check(); err != nil {
		return in, err
	}
	n, err := db.One(tx, db.Scanned[int64], "select count(*) from outside_roles where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person)
	if err != nil {
		return in, err
	}
	if n >= mostOutside {
		return in, problem.Refuse("You look at %d roles outside already. Remove one first.", n)
	}
	in.ID, in.Revision = tx.NewID(), 1
	if _, err := tx.Exec(`
		insert into outside_roles (organisation_id, id, owner_id, name, about, revision, created_at, changed_at)
		values ($1, $2, $3, $4, $5, 1, $6, $6)`, me.Organisation, in.ID, me.Person, in.Name, in.About, tx.Now()); err != nil {
		return in, err
	}
	return in, errJoin(in.insertAsks(tx, me), happened(tx, me, "outside role added", in.ID))
}

// ChangeOutside replaces what the actor wrote of a role outside.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field otherwise.
func ChangeOutside(tx *db.Tx, me org.Actor, in Outside) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	was, err := OutsideByID(tx, me, in.ID)
	if err != nil {
		return err
	}
	if err := in.check(); err != nil {
		return err
	}
	if was.Revision != in.Revision {
		return &problem.Conflict{Revision: was.Revision, Theirs: was.fields(), Mine: in.fields()}
	}
	if _, err := tx.Exec(`
		update outside_roles set name = $1, about = $2, revision = revision + 1, changed_at = $3
		where organisation_id = $4 and id = $5 and owner_id = $6`, in.Name, in.About, tx.Now(), me.Organisation, in.ID, me.Person); err != nil {
		return err
	}
	if err := removeAsks(tx, me, in.ID); err != nil {
		return err
	}
	return errJoin(in.insertAsks(tx, me), happened(tx, me, "outside role changed", in.ID))
}

// RemoveOutside removes a role outside of the actor's for good.
func RemoveOutside(tx *db.Tx, me org.Actor, id db.ID) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	if _, err := OutsideByID(tx, me, id); err != nil {
		return err
	}
	if err := removeAsks(tx, me, id); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from outside_roles where organisation_id = $1 and id = $2 and owner_id = $3", me.Organisation, id, me.Person); err != nil {
		return err
	}
	return happened(tx, me, "outside role removed", id)
}

func (o *Outside) check() error {
	wrong := problem.Invalid{}
	o.Name = csvfile.Tidy(strings.ToValidUTF8(o.Name, "\uFFFD"))
	o.About = strings.TrimSpace(strings.ToValidUTF8(o.About, "\uFFFD"))
	wrong.Check(o.Name != "", "name", "Please name the role.")
	wrong.Check(utf8.RuneCountInString(o.Name) <= mostName, "name", "This name is too long.")
	wrong.Check(utf8.RuneCountInString(o.About) <= mostText, "about", "This is too long.")
	return wrong.Err()
}

func (o Outside) fields() map[string]string {
	return map[string]string{"name": o.Name, "about": o.About, "asks": o.Lines()}
}

func (o Outside) insertAsks(tx *db.Tx, me org.Actor) error {
	var rows [][]any
	for position, a := range o.Asks {
		rows = append(rows, []any{me.Organisation, o.ID, me.Person, position, a.Skill, a.Level})
	}
	return db.Insert(tx, "insert into outside_asks (organisation_id, role_id, owner_id, position, skill, asked) values", rows)
}

func removeAsks(tx *db.Tx, me org.Actor, id db.ID) error {
	_, err := tx.Exec("delete from outside_asks where organisation_id = $1 and role_id = $2 and owner_id = $3", me.Organisation, id, me.Person)
	return err
}

func errJoin(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func happened(tx *db.Tx, me org.Actor, kind string, id db.ID) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: event.Thing{Kind: "outside role", ID: id}})
}

// Outsides lists the roles outside that the actor looks at, with what each asks for.
func Outsides(tx *db.Tx, me org.Actor) ([]Outside, error) {
	all, err := db.List(tx, scanOutside, `
		select id, name, about, revision from outside_roles
		where organisation_id = $1 and owner_id = $2
		order by id`, me.Organisation, me.Person)
	if err != nil || len(all) == 0 {
		return all, err
	}
	at := map[db.ID]int{}
	for i, o := range all {
		at[o.ID] = i
	}
	_, err = db.List(tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		var a OutsideAsk
		err := row.Scan(&id, &a.Skill, &a.Level)
		all[at[id]].Asks = append(all[at[id]].Asks, a)
		return struct{}{}, err
	}, "select role_id, skill, asked from outside_asks where organisation_id = $1 and owner_id = $2 order by role_id, position", me.Organisation, me.Person)
	return all, err
}

func scanOutside(row db.Row) (Outside, error) {
	var o Outside
	err := row.Scan(&o.ID, &o.Name, &o.About, &o.Revision)
	return o, err
}

// OutsideByID finds a role outside of the actor's own.
func OutsideByID(tx *db.Tx, me org.Actor, id db.ID) (Outside, error) {
	all, err := Outsides(tx, me)
	if err != nil {
		return Outside{}, err
	}
	for _, o := range all {
		if o.ID == id {
			return o, nil
		}
	}
	return Outside{}, problem.NotFound
}
