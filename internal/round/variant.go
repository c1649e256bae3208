package round

import (
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Variant is one way to match a round, with what came out when it was worked out.
type Variant struct {
	ID    db.ID
	Round db.ID
	Settings
	Follows  bool // worked out by itself after people joined or left
	Figures  Figures
	Crowds   []Crowd
	Revision int64
	SolvedAt time.Time // zero: not worked out
	digest   string
}

// Thing is a variant as something that has a page.
func (v Variant) Thing() event.Thing { return event.Thing{Kind: "round variant", ID: v.ID} }

// Settings are what is chosen of a variant.
type Settings struct {
	Name string
	Way  Way
	Rules
	Weights
}

// Way is how a variant is worked out.
type Way string

// The ways.
const (
	Best   Way = "best"   // most people first, then the best total fit
	Fair   Way = "fair"   // most people first, then as few as possible with a poor fit
	Stable Way = "stable" // no two would rather have each other
)

// Figures are what a variant comes to.
type Figures struct {
	Mentees, Places   int64
	Matched, Possible int64
	Total, Least      int64
	Wished, FirstWish int64
}

// Crowd are people who are more than the places that fit them.
type Crowd struct {
	People  int      `json:"people"`
	Places  int      `json:"places"`
	Mentors int      `json:"mentors"`
	Skills  []string `json:"skills,omitempty"` // one of which each of them wants; none: they share none
}

// DefaultSettings are those of a first variant.
func DefaultSettings() Settings {
	return Settings{Name: "First try", Way: Best, Weights: Weights{Skills: 5, Wishes: 5, Language: 2, Hours: 2, Department: 1}}
}

// mostVariants is how many a round holds side by side.
const mostVariants = 8

// NewVariant adds a variant to a round and works it out.
//
// Errors: problem.Refused when there are many already, problem.Invalid by field.
func NewVariant(tx *db.Tx, me org.Actor, round db.ID, in Settings) (db.ID, error) {
	r, err := running(tx, me, round)
	if err != nil {
		return "", err
	}
	n, err := db.One(tx, db.Scanned[int64], "select count(*) from round_variants where organisation_id = $1 and round_id = $2", me.Organisation, round)
	if err != nil {
		return "", err
	}
	if n >= mostVariants {
		return "", problem.Refuse("This round has %d variants. Take one away first.", n)
	}
	if err := in.check(); err != nil {
		return "", err
	}
	id := tx.NewID()
	if err := insertVariant(tx, me.Organisation, id, round, in, false); err != nil {
		return "", err
	}
	_, err = workOut(tx, me, r, Variant{ID: id, Round: round, Settings: in})
	return id, err
}

func insertVariant(tx *db.Tx, organisation, id, round db.ID, in Settings, follows bool) error {
	_, err := tx.Exec(`
		insert into round_variants (organisation_id, id, round_id, name, way, other_department, other_office, same_language, levels_above,
			weight_skills, weight_wishes, weight_language, weight_hours, weight_department, follows,
			mentees, places, matched, possible, total, least, wished, first_wish, crowds, digest, revision)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, 0, 0, 0, 0, 0, 0, 0, '[]', '', 1)`,
		organisation, id, round, in.Name, string(in.Way), in.OtherDepartment, in.OtherOffice, in.SameLanguage, in.LevelsAbove,
		in.Skills, in.Wishes, in.Language, in.Hours, in.Department, follows)
	return err
}

func (s *Settings) check() error {
	wrong := problem.Invalid{}
	s.Name = oneLine(s.Name)
	wrong.Check(s.Name != "" && utf8.RuneCountInString(s.Name) <= mostName, "name", "Please give it a name, in a few words.")
	wrong.Check(slices.Contains([]Way{Best, Fair, Stable}, s.Way), "way", "Please choose how it is worked out.")
	wrong.Check(s.LevelsAbove >= 0 && s.LevelsAbove <= 5, "levels", "Please give a number from 0 to 5.")
	for field, weight := range map[string]int64{"skills": s.Skills, "wishes": s.Wishes, "language": s.Language, "hours": s.Hours, "department": s.Department} {
		wrong.Check(weight >= 0 && weight <= 9, field, "Please give a number from 0 to 9.")
	}
	return wrong.Err()
}

// ChangeVariant changes what is chosen and works it out anew. What is published stays as it is.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field.
func ChangeVariant(tx *db.Tx, me org.Actor, id db.ID, revision int64, in Settings) error {
	r, v, err := draft(tx, me, id)
	if err != nil {
		return err
	}
	if err := in.check(); err != nil {
		return err
	}
	if v.Revision != revision {
		return &problem.Conflict{Revision: v.Revision, Theirs: v.fields(), Mine: in.fields()}
	}
	if _, err := tx.Exec(`
		update round_variants set name = $1, way = $2, other_department = $3, other_office = $4, same_language = $5, levels_above = $6,
			weight_skills = $7, weight_wishes = $8, weight_language = $9, weight_hours = $10, weight_department = $11, revision = revision + 1
		where organisation_id = $12 and id = $13`,
		in.Name, string(in.Way), in.OtherDepartment, in.OtherOffice, in.SameLanguage, in.LevelsAbove,
		in.Skills, in.Wishes, in.Language, in.Hours, in.Department, me.Organisation, id); err != nil {
		return err
	}
	v.Settings = in
	_, err = workOut(tx, me, r, v)
	return err
}

// WorkOut works a variant out anew, from what people state now.
func WorkOut(tx *db.Tx, me org.Actor, id db.ID) error {
	r, v, err := draft(tx, me, id)
	if err != nil {
		return err
	}
	_, err = workOut(tx, me, r, v)
	return err
}

// draft finds a variant that may be changed: not the one that is published.
func draft(tx *db.Tx, me org.Actor, id db.ID) (Round, Variant, error) {
	v, err := VariantByID(tx, me, id)
	if err != nil {
		return Round{}, v, err
	}
	r, err := running(tx, me, v.Round)
	switch {
	case err != nil:
	case r.State == Ended:
		err = over
	case r.Variant == id:
		err = problem.Refused("This is what is published. Make a new variant to try something else: it stays as it is until you publish that one.")
	}
	return r, v, err
}

// RemoveVariant takes away a variant that is not published.
func RemoveVariant(tx *db.Tx, me org.Actor, id db.ID) error {
	if _, _, err := draft(tx, me, id); err != nil {
		return err
	}
	return removeVariant(tx, me.Organisation, id)
}

func removeVariant(tx *db.Tx, organisation, id db.ID) error {
	return tx.ExecEach([]string{
		"delete from round_changes where organisation_id = $1 and variant_id = $2",
		"delete from round_results where organisation_id = $1 and variant_id = $2",
		"delete from round_variants where organisation_id = $1 and id = $2",
	}, organisation, id)
}

func (s Settings) fields() map[string]string {
	return map[string]string{"name": s.Name, "way": string(s.Way), "levels": strconv.FormatInt(s.LevelsAbove, 10)}
}

// Change is a pair that was pinned or forbidden by hand.
type Pinned struct {
	ID     db.ID
	Mentee org.Party
	Mentor org.Party
	Kind   Kind
	Fewer  int64 // so many fewer find a mentor for it
	Less   int64 // so much less fit, of all pairs together
	Holds  bool  // false: the two may not be a pair any more, and the pin does nothing
}

// Kind is what a change by hand does.
type Kind string

// The kinds.
const (
	Pin    Kind = "pin"
	Forbid Kind = "forbid"
)

// mostChanges is how many pairs of a variant are pinned or forbidden.
const mostChanges = 40

// ChangePair pins a pair or forbids it, and works the variant out anew: what it costs stands beside it then.
//
// Errors: problem.Refused when the two may not be a pair, by the rules that always hold, and when no place is left
// for a pin.
func ChangePair(tx *db.Tx, me org.Actor, id, mentee, mentor db.ID, kind Kind) error {
	r, v, err := draft(tx, me, id)
	if err != nil {
		return err
	}
	if kind != Pin && kind != Forbid {
		return problem.NotFound
	}
	has, err := changes(tx, me, id)
	if err != nil {
		return err
	}
	has = slices.DeleteFunc(has, func(c Pinned) bool {
		return c.Mentee.Person == mentee && (c.Mentor.Person == mentor || kind == Pin && c.Kind == Pin)
	})
	if len(has) >= mostChanges {
		return problem.Refuse("%d pairs are pinned or forbidden by hand. Take one back first.", len(has))
	}
	t, err := load(tx, me, r, mentee, mentor)
	if err != nil {
		return err
	}
	i, j, here := t.at(mentee, mentor)
	if !here {
		return problem.NotFound
	}
	if kind == Pin {
		if because := t.why(i, j); because != mayBePair {
			return problem.Refused(cannot[because])
		}
	}
	if _, err := tx.Exec(`
		delete from round_changes where organisation_id = $1 and variant_id = $2 and mentee_id = $3 and (mentor_id = $4 or kind = 'pin' and $5)`,
		me.Organisation, id, mentee, mentor, kind == Pin); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		insert into round_changes (organisation_id, id, variant_id, mentee_id, mentor_id, kind, fewer, less, holds) values ($1, $2, $3, $4, $5, $6, 0, 0, $7)`,
		me.Organisation, tx.NewID(), id, mentee, mentor, string(kind), true); err != nil {
		return err
	}
	if _, err = workOut(tx, me, r, v); err != nil || kind == Forbid {
		return err
	}
	holds, err := db.One(tx, db.Scanned[bool], "select holds from round_changes where organisation_id = $1 and variant_id = $2 and mentee_id = $3 and mentor_id = $4", me.Organisation, id, mentee, mentor)
	if err == nil && !holds {
		return problem.Refused("They cannot be pinned: all places that the mentor has for this round are held by other pins or by pairs that stand, or one of the two has met with somebody else.")
	}
	return err
}

// cannot says why two may not be a pair.
var cannot = map[Because]string{
	NoHigher: "They cannot be a pair: the mentor states no higher level in any of the skills that are wanted.",
	ByLine:   "They cannot be a pair: a mentor is never one's manager, nor anyone above them.",
	ByAlways: "They cannot be a pair: the rules that always hold are against it.",
}

// why says why two may not be a pair, by the rules that always hold.
func (t *table) why(i, j int32) Because {
	if because := t.apart(t.barredFor(i), i, j); because != mayBePair {
		return because
	}
	if t.skillsCount(i, j) == 0 {
		return NoHigher
	}
	return mayBePair
}

// TakeChangeBack undoes a change by hand, and works the variant out anew.
func TakeChangeBack(tx *db.Tx, me org.Actor, id, change db.ID) error {
	r, v, err := draft(tx, me, id)
	if err != nil {
		return err
	}
	if _, err := tx.Exec("delete from round_changes where organisation_id = $1 and variant_id = $2 and id = $3", me.Organisation, id, change); err != nil {
		return err
	}
	_, err = workOut(tx, me, r, v)
	return err
}

func changes(tx *db.Tx, me org.Actor, variant db.ID) ([]Pinned, error) {
	return db.List(tx, func(row db.Row) (Pinned, error) {
		var c Pinned
		err := row.Scan(&c.ID, &c.Mentee.Person, &c.Mentee.Name, &c.Mentor.Person, &c.Mentor.Name, &c.Kind, &c.Fewer, &c.Less, &c.Holds)
		return c, err
	}, `
		select c.id, c.mentee_id, e.name, c.mentor_id, m.name, c.kind, c.fewer, c.less, c.holds
		from round_changes c
		join people e on e.organisation_id = c.organisation_id and e.id = c.mentee_id
		join people m on m.organisation_id = c.organisation_id and m.id = c.mentor_id
		where c.organisation_id = $1 and c.variant_id = $2 order by c.id`, me.Organisation, variant)
}
