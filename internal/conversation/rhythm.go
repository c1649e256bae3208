package conversation

import (
	"strings"

	"github.com/ownward/ownward/internal/cadence"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Rhythm is how often two meet, and for how long.
type Rhythm struct {
	Kinds         []Kind // of the deep conversations, in their order; none: sprints alone
	DeepMinutes   int64
	DeepMonths    int64 // from one deep conversation to the next
	SprintMinutes int64
	SprintMonths  int64 // from one sprint to the next; 0: none
}

// Usual is the rhythm that fits most: a deep conversation each quarter, a sprint in the months between.
var Usual = Rhythm{Kinds: []Kind{Align, Advance, Amplify, Advocate}, DeepMinutes: 60, DeepMonths: 3, SprintMinutes: 15, SprintMonths: 1}

// Deep lists the kinds that a rhythm can hold besides sprints.
var Deep = []Kind{Align, Advance, Amplify, Advocate}

// names are the kinds as the store keeps them.
func (r Rhythm) names() string {
	names := make([]string, len(r.Kinds))
	for n, k := range r.Kinds {
		names[n] = string(k)
	}
	return strings.Join(names, " ")
}

func (r *Rhythm) read(names string) {
	r.Kinds = nil
	for _, name := range strings.Fields(names) {
		r.Kinds = append(r.Kinds, Kind(name))
	}
}

// Same tells whether two rhythms are one.
func (r Rhythm) Same(other Rhythm) bool {
	return r.names() == other.names() && r.DeepMinutes == other.DeepMinutes && r.DeepMonths == other.DeepMonths &&
		r.SprintMinutes == other.SprintMinutes && r.SprintMonths == other.SprintMonths
}

// Year is how many deep conversations and sprints a whole year of it holds, and their minutes.
func (r Rhythm) Year() (deep, sprints, minutes int64) {
	for month := range int64(12) {
		switch {
		case len(r.Kinds) > 0 && month%r.DeepMonths == 0:
			deep++
		case r.SprintMonths > 0 && month%r.SprintMonths == 0:
			sprints++
		}
	}
	return deep, sprints, deep*r.DeepMinutes + sprints*r.SprintMinutes
}

func (r Rhythm) check(wrong problem.Invalid) {
	seen := map[Kind]bool{}
	for _, k := range r.Kinds {
		wrong.Check(k.Deep() && !seen[k], "kinds", "Please choose among these.")
		seen[k] = true
	}
	wrong.Check(len(r.Kinds) > 0 || r.SprintMonths > 0, "kinds", "Please choose at least one kind, or sprints.")
	wrong.Check(r.DeepMinutes >= 15 && r.DeepMinutes <= 180, "deep-minutes", "Please choose from 15 to 180 minutes.")
	wrong.Check(r.DeepMonths >= 1 && r.DeepMonths <= 12, "deep-months", "Please choose from 1 to 12 months.")
	wrong.Check(r.SprintMinutes >= 5 && r.SprintMinutes <= 60, "sprint-minutes", "Please choose from 5 to 60 minutes.")
	wrong.Check(r.SprintMonths >= 0 && r.SprintMonths <= 6, "sprint-months", "Please choose from 1 to 6 months, or none.")
}

func (r Rhythm) plain() cadence.Rhythm {
	return cadence.Rhythm{
		Deep: strings.Fields(r.names()), DeepMinutes: int(r.DeepMinutes), DeepMonths: int(r.DeepMonths),
		Short: string(Sprint), ShortMinutes: int(r.SprintMinutes), ShortMonths: int(r.SprintMonths),
	}
}

// Suggested is the rhythm that an organisation suggests, and its contracted hours.
type Suggested struct {
	Rhythm
	HoursAYear int64
	Revision   int64 // 0: the organisation suggests none, and this is what is usual
}

// UsualHours are the contracted hours of a full year where the organisation says none.
const UsualHours = 1765

// SuggestedRhythm is what the actor's organisation suggests.
func SuggestedRhythm(tx *db.Tx, me org.Actor) (Suggested, error) {
	found, err := db.List(tx, func(row db.Row) (Suggested, error) {
		var s Suggested
		var kinds string
		err := row.Scan(&kinds, &s.DeepMinutes, &s.DeepMonths, &s.SprintMinutes, &s.SprintMonths, &s.HoursAYear, &s.Revision)
		s.read(kinds)
		return s, err
	}, `
		select kinds, deep_minutes, deep_months, sprint_minutes, sprint_months, hours_a_year, revision
		from suggested_rhythms where organisation_id = $1`, me.Organisation)
	if err != nil || len(found) == 0 {
		return Suggested{Rhythm: Usual, HoursAYear: UsualHours}, err
	}
	return found[0], nil
}

// ContractedHours are the hours of a full year that the time of the actor's conversations stands
// beside: their own, where they said them; else the organisation's; else the usual ones.
func ContractedHours(tx *db.Tx, me org.Actor) (int64, error) {
	return db.One(tx, db.Scanned[int64], `
		select coalesce(nullif(w.contracted_hours, 0), s.hours_a_year, cast($3 as bigint))
		from people p
		left join work_times w on w.organisation_id = p.organisation_id and w.person_id = p.id
		left join suggested_rhythms s on s.organisation_id = p.organisation_id
		where p.organisation_id = $1 and p.id = $2`, me.Organisation, me.Person, int64(UsualHours))
}

// SuggestRhythm lets an administrator say which rhythm the organisation suggests. It is what people are
// offered when they begin; nobody's year changes by it.
//
// Errors: problem.NotFound for anybody else, problem.Conflict when it was changed meanwhile, problem.Invalid by field.
func SuggestRhythm(tx *db.Tx, me org.Actor, revision int64, in Suggested) error {
	if !me.Administrator || me.Left || me.Person == "" {
		return problem.NotFound
	}
	wrong := problem.Invalid{}
	in.check(wrong)
	wrong.Check(in.HoursAYear >= 100 && in.HoursAYear <= 4000, "hours", "Please give the hours of a full year, from 100 to 4,000.")
	if err := wrong.Err(); err != nil {
		return err
	}
	stands, err := SuggestedRhythm(tx, me)
	if err != nil {
		return err
	}
	if stands.Revision != revision {
		return problem.Refused("Somebody else changed it meanwhile. Please look at what stands now.")
	}
	if _, err := tx.Exec(`
		insert into suggested_rhythms (organisation_id, kinds, deep_minutes, deep_months, sprint_minutes, sprint_months, hours_a_year, revision, changed_at)
		values ($1, $2, $3, $4, $5, $6, $7, 1, $8)
		on conflict (organisation_id) do update set kinds = $2, deep_minutes = $3, deep_months = $4, sprint_minutes = $5, sprint_months = $6,
			hours_a_year = $7, revision = suggested_rhythms.revision + 1, changed_at = $8`,
		me.Organisation, in.names(), in.DeepMinutes, in.DeepMonths, in.SprintMinutes, in.SprintMonths, in.HoursAYear, tx.Now()); err != nil {
		return err
	}
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: "rhythm suggested", By: me.Person,
		Thing: event.Thing{Kind: "organisation", ID: me.Organisation}})
}
