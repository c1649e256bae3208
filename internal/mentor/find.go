package mentor

import (
	"strings"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/skill"
)

const selectProfile = `
	select m.person_id, p.name, p.first_name, p.job_title, p.department, p.time_zone, m.about, m.topics, m.formats, m.languages, m.hours, m.places, m.taken, m.who,
		m.brought, m.revision, m.changed_at
	from mentor_profiles m join people p on p.organisation_id = m.organisation_id and p.id = m.person_id
`

func scanProfile(row db.Row) (Profile, error) {
	var p Profile
	var topics, formats, languages string
	err := row.Scan(&p.Person, &p.Name, &p.FirstName, &p.Job, &p.Dept, &p.zone, &p.About, &topics, &formats, &languages, &p.Hours, &p.Places, &p.Taken, &p.Who,
		&p.Brought, &p.Revision, &p.ChangedAt)
	p.Topics, p.Formats, p.Languages = split(topics), unbarred(formats), split(languages)
	return p, err
}

func split(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// Mine is the actor's own profile; without one it says problem.NotFound.
func Mine(tx *db.Tx, me org.Actor) (Profile, error) { return ByPerson(tx, me, me.Person) }

// ByPerson is what somebody offers whom the actor may ask.
func ByPerson(tx *db.Tx, me org.Actor, person db.ID) (Profile, error) {
	p, err := db.One(tx, scanProfile, selectProfile+"where "+seen+" and m.person_id = $4", me.Organisation, me.Person, me.Left, person)
	if err != nil {
		return p, err
	}
	all := []Profile{p}
	err = addSkills(tx, me, all)
	return all[0], err
}

// addSkills adds their skills to profiles that the actor sees.
func addSkills(tx *db.Tx, me org.Actor, all []Profile) error {
	if len(all) == 0 {
		return nil
	}
	at := map[db.ID]int{}
	args := []any{me.Organisation}
	for n, p := range all {
		at[p.Person] = n
		args = append(args, p.Person)
	}
	for n := 8; len(args) < n+1; { // few different statements, for the store to prepare
		args = append(args, "")
	}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var person db.ID
		var k Skill
		err := row.Scan(&person, &k.Name, &k.key, &k.Level)
		all[at[person]].Skills = append(all[at[person]].Skills, k)
		return struct{}{}, err
	}, `
		select person_id, name, skill_key, level from mentor_skills
		where organisation_id = $1 and person_id in (`+db.Places(2, len(args)-1)+`)
		order by person_id, position`, args...)
	return err
}

// Filter narrows a search for mentors. What is empty narrows nothing.
type Filter struct {
	Words      db.Words // in the name, the topics and what they say
	Skill      string
	Level      int64 // of that skill, at least
	Language   string
	Format     Format
	Department db.Words // in its name
	Overlap    int      // hours of a working day that both share, at least
	Free       bool
}

// None tells whether nothing is narrowed.
func (f Filter) None() bool {
	return len(f.Words) == 0 && f.Skill == "" && f.Language == "" && f.Format == "" && len(f.Department) == 0 && f.Overlap == 0 && !f.Free
}

// Find lists who offers help and whom the actor may ask, by name, after a place in that list. Who
// pauses is left out, and so is the actor.
func Find(tx *db.Tx, me org.Actor, f Filter, after org.Place, most int) ([]Profile, error) {
	zones, err := f.zones(tx, me)
	if err != nil {
		return nil, err
	}
	joined, err := skill.Join(tx, me, []string{f.Skill})
	if err != nil {
		return nil, err
	}
	key, id := after.Parts()
	args := []any{
		me.Organisation, me.Person, me.Left, key, string(id), joined.Key(f.Skill), "words " + org.Fold(f.Skill), max(1, f.Level), f.Skill != "",
		like(org.Fold(f.Language), f.Language != ""), like(string(f.Format), f.Format != ""), f.Free, most,
	}
	inZone := "1 = 1"
	if f.Overlap > 0 {
		inZone = "p.time_zone in (" + db.Places(len(args)+1, len(zones)) + ")"
		for _, z := range zones {
			args = append(args, z)
		}
	}
	inDepartment, departments := f.Department.Held("p.department", len(args)+1)
	args = append(args, departments...)
	held, words := f.Words.Held("(p.name || ' ' || p.name_key || ' ' || m.topics || ' ' || m.about)", len(args)+1)
	all, err := db.List(tx, scanProfile, selectProfile+`
		where `+seen+` and m.person_id <> $2 and (p.name_key, p.id) > ($4, $5)
			and (not $9 or exists (select 1 from mentor_skills k where k.organisation_id = $1 and k.person_id = m.person_id and k.skill_key in ($6, $7) and k.level >= $8))
			and m.language_keys like $10 escape '!' and m.formats like $11 escape '!'
			and (not $12 or m.taken < m.places) and `+inZone+` and `+inDepartment+` and `+held+`
		order by p.name_key, p.id limit $13`, append(args, words...)...)
	if err != nil {
		return nil, err
	}
	return all, addSkills(tx, me, all)
}

func like(key string, narrows bool) string {
	if !narrows {
		return "%"
	}
	return "%|" + db.EscapeLike(key) + "|%"
}

// zones are the time zones of people here that share enough of a working day with the actor.
func (f Filter) zones(tx *db.Tx, me org.Actor) ([]string, error) {
	if f.Overlap <= 0 {
		return nil, nil
	}
	all, err := db.List(tx, db.Scanned[string], "select distinct time_zone from people where organisation_id = $1 and left_at is null", me.Organisation)
	near := []string{""} // none is never asked for: an empty list is no SQL
	for _, name := range all {
		if Shared(tx.Now(), me.Zone, org.Zone(name)) >= f.Overlap {
			near = append(near, name)
		}
	}
	return near, err
}

// Shared is how many hours of a working day, from nine to five, two zones have in common at a time.
func Shared(at time.Time, a, b *time.Location) int {
	_, one := at.In(a).Zone()
	_, other := at.In(b).Zone()
	apart := one - other
	if apart < 0 {
		apart = -apart
	}
	const hour, day = 3600, 24 * 3600
	return max(0, (8*hour-min(apart, day-apart))/hour)
}
