package round

import (
	"slices"
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

// NewVariant adds a variant to a round, to be worked out.
//
// Errors: problem.Refused when there are many already, problem.Invalid by field.
func NewVariant(tx *db.Tx, me org.Actor, round db.ID, in Settings) (*Work, error) {
	r, err := running(tx, me, round)
	if err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	if r.State == Ended {
		return nil, over
	}
	if err := r.holdsOneMore(tx, me); err != nil {
		return nil, err
	}
	return begun(tx, me, r, Variant{Round: round, Settings: in}, nil, func(tx *db.Tx, v *Variant) error {
		if err := r.holdsOneMore(tx, me); err != nil {
			return err
		}
		v.ID = tx.NewID()
		return insertVariant(tx, me.Organisation, v.ID, round, in, false)
	})
}

func (r Round) holdsOneMore(tx *db.Tx, me org.Actor) error {
	n, err := db.One(tx, db.Scanned[int64], "select count(*) from round_variants where organisation_id = $1 and round_id = $2", me.Organisation, r.ID)
	if err == nil && n >= mostVariants {
		err = problem.Refuse("This round has %d variants. Take one away first.", n)
	}
	return err
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

// ChangeVariant changes what is chosen, to be worked out anew. What is published stays as it is.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field.
func ChangeVariant(tx *db.Tx, me org.Actor, id db.ID, revision int64, in Settings) (*Work, error) {
	r, v, has, err := draftToWorkOut(tx, me, id)
	if err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	if v.Revision != revision {
		return nil, in.conflict(v)
	}
	v.Settings = in
	return begun(tx, me, r, v, has, func(tx *db.Tx, _ *Variant) error {
		_, err := tx.Exec(`
			update round_variants set name = $1, way = $2, other_department = $3, other_office = $4, same_language = $5, levels_above = $6,
				weight_skills = $7, weight_wishes = $8, weight_language = $9, weight_hours = $10, weight_department = $11, revision = revision + 1
			where organisation_id = $12 and id = $13`,
			in.Name, string(in.Way), in.OtherDepartment, in.OtherOffice, in.SameLanguage, in.LevelsAbove,
			in.Skills, in.Wishes, in.Language, in.Hours, in.Department, me.Organisation, id)
		return err
	})
}

// WorkOut works a variant out anew, from what people state now.
func WorkOut(tx *db.Tx, me org.Actor, id db.ID) (*Work, error) {
	r, v, has, err := draftToWorkOut(tx, me, id)
	if err != nil {
		return nil, err
	}
	return begun(tx, me, r, v, has, nil)
}

// draftToWorkOut finds a variant that may be changed, with its changes by hand.
func draftToWorkOut(tx *db.Tx, me org.Actor, id db.ID) (Round, Variant, []Pinned, error) {
	r, v, err := draft(tx, me, id)
	if err != nil {
		return r, v, nil, err
	}
	has, err := changes(tx, me, id)
	return r, v, has, err
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

// conflict shows of name and way what differs; the numbers would say nothing without their labels.
func (s Settings) conflict(stands Variant) error {
	c := &problem.Conflict{Revision: stands.Revision, Theirs: map[string]string{}, Mine: map[string]string{}}
	if s.Name != stands.Name {
		c.Mine["name"], c.Theirs["name"] = s.Name, stands.Name
	}
	if s.Way != stands.Way {
		c.Mine["way"], c.Theirs["way"] = string(s.Way), string(stands.Way)
	}
	return c
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

// ChangePair pins a pair or forbids it, to be worked out anew: what it costs stands beside it then.
//
// Errors: problem.Refused when the two may not be a pair, by the rules that always hold; from Solve, when no place is
// left for a pin.
func ChangePair(tx *db.Tx, me org.Actor, id, mentee, mentor db.ID, kind Kind) (*Work, error) {
	r, v, has, err := draftToWorkOut(tx, me, id)
	if err != nil {
		return nil, err
	}
	if kind != Pin && kind != Forbid {
		return nil, problem.NotFound
	}
	kept := slices.DeleteFunc(slices.Clone(has), func(c Pinned) bool {
		return c.Mentee.Person == mentee && (c.Mentor.Person == mentor || kind == Pin && c.Kind == Pin)
	})
	if len(kept) >= mostChanges {
		return nil, problem.Refuse("%d pairs are pinned or forbidden by hand. Take one back first.", len(kept))
	}
	one := Pinned{Mentee: org.Party{Person: mentee}, Mentor: org.Party{Person: mentor}, Kind: kind}
	w, err := begun(tx, me, r, v, append(kept, one), nil)
	if err != nil {
		return nil, err
	}
	i, j, here := w.table.at(mentee, mentor)
	if !here {
		return nil, problem.NotFound
	}
	if kind == Pin {
		if because := w.table.why(i, j); because != mayBePair {
			return nil, problem.Refused(cannot[because])
		}
	}
	if len(kept) == len(has) {
		w.before, err = partnersIn(tx, me, id)
	}
	return w, err
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

// TakeChangeBack undoes a change by hand, to be worked out anew.
func TakeChangeBack(tx *db.Tx, me org.Actor, id, change db.ID) (*Work, error) {
	r, v, has, err := draftToWorkOut(tx, me, id)
	if err != nil {
		return nil, err
	}
	return begun(tx, me, r, v, slices.DeleteFunc(has, func(c Pinned) bool { return c.ID == change }), nil)
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
