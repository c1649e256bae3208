package programme

import (
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/skill"
)

const (
	countWaiting = "(select count(*) from programme_places q where q.organisation_id = p.organisation_id and q.programme_id = p.id and q.state = 'waiting')"
	countAsked   = "(select count(*) from programme_places q where q.organisation_id = p.organisation_id and q.programme_id = p.id and q.state = 'asked')"
)

const selectProgramme = `
	select p.id, p.posted_by_id, w.name, w.left_at is not null, p.kind, p.name, p.about, p.audience, p.employment, p.learns, p.needs, p.seats, p.taken, p.freed,
		p.begins, p.ends, p.apply_until, p.effort, p.effort_in, p.cost, p.currency, p.budget_id, p.decides, p.state, p.cancelled_words, p.revision, p.created_at, p.ended_at,
		` + countWaiting + `, ` + countAsked + `,
		` + yours + `
	from programmes p
	join people w on w.organisation_id = p.organisation_id and w.id = p.posted_by_id
`

func scanProgramme(row db.Row) (Programme, error) {
	var p Programme
	var employment string
	err := row.Scan(&p.ID, &p.PostedBy.Person, &p.PostedBy.Name, &p.PosterLeft, &p.Kind, &p.Name, &p.About, &p.Audience, &employment, &p.Learns, &p.Needs, &p.Seats, &p.Taken, &p.Freed,
		&p.Begins, &p.Ends, &p.ApplyUntil, &p.Effort, &p.EffortIn, &p.Cost.Minor, &p.Cost.Currency, &p.Budget, &p.Decides, &p.State, &p.Cancelled, &p.Revision, &p.CreatedAt, &p.EndedAt,
		&p.InLine, &p.Asked, &p.Yours)
	if employment != "" {
		p.Employment = strings.Split(employment, "\n")
	}
	return p, err
}

// ByID finds a programme that the actor knows of.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Programme, error) {
	p, err := db.One(tx, scanProgramme, selectProgramme+"where "+known+" and p.id = $4", me.Organisation, string(me.Viewer()), me.KeepsProgrammes(), id)
	if err != nil {
		return p, err
	}
	all := []Programme{p}
	err = addSkills(tx, me.Organisation, all)
	return all[0], err
}

// unscopedByID finds a programme for what the program does by itself.
func unscopedByID(tx *db.Tx, organisation, id db.ID) (Programme, error) {
	return db.One(tx, scanProgramme, selectProgramme+"where p.organisation_id = $1 and p.id = $4", organisation, "", false, id)
}

// Filter narrows the catalogue.
type Filter struct {
	Kind  Kind
	Skill string // that one learns in it
	Free  bool   // with a seat that nobody has
	From  civil.Date
	All   bool // also what runs, or takes nobody any more
	After db.ID
}

// Catalogue lists programmes by their first day, those without one at the end: who may sign up to which
// is said on the page of each.
func Catalogue(tx *db.Tx, me org.Actor, f Filter, most int) ([]Programme, error) {
	if me.Left {
		return nil, nil
	}
	after, last := "", db.ID("")
	if f.After != "" {
		if err := tx.Get("select p.sort_day, p.id from programmes p where "+known+" and p.id = $3", me.Organisation, me.Person, f.After).Scan(&after, &last); err != nil {
			return nil, err
		}
	}
	query, args := selectProgramme+`
		where p.organisation_id = $1 and p.state in ('open', 'closed', 'running') and (p.sort_day, p.id) > ($4, $5)`,
		[]any{me.Organisation, me.Person, me.KeepsProgrammes(), after, string(last)}
	add := func(condition string, arg any) {
		args = append(args, arg)
		query += " and " + strings.ReplaceAll(condition, "?", db.Places(len(args), 1))
	}
	if !f.All {
		add("p.state = 'open' and coalesce(p.apply_until, '9999-12-31') >= ?", civil.In(tx.Now(), me.Zone).String())
	}
	if f.Kind != "" {
		add("p.kind = ?", string(f.Kind))
	}
	if !f.From.IsZero() {
		add("p.sort_day >= ?", f.From.String())
	}
	if f.Free {
		query += " and p.taken < p.seats"
	}
	if f.Skill != "" {
		joined, err := skill.Join(tx, me, []string{f.Skill})
		if err != nil {
			return nil, err
		}
		add("p.id in (select k.programme_id from programme_skills k where k.organisation_id = $1 and k.skill_key = ? and k.part = 'learns')", joined.Key(f.Skill))
	}
	args = append(args, most)
	all, err := db.List(tx, scanProgramme, query+" order by p.sort_day, p.id limit "+db.Places(len(args), 1), args...)
	if err != nil {
		return nil, err
	}
	return all, addSkills(tx, me.Organisation, all)
}

// Posted lists what the actor posted, the latest first.
func Posted(tx *db.Tx, me org.Actor, most int) ([]Programme, error) {
	return db.List(tx, scanProgramme, selectProgramme+"where p.organisation_id = $1 and p.posted_by_id = $2 order by p.id desc limit $4",
		me.Organisation, me.Person, me.KeepsProgrammes(), most)
}

// addSkills adds what one learns in programmes, and what they build on.
func addSkills(tx *db.Tx, organisation db.ID, all []Programme) error {
	if len(all) == 0 {
		return nil
	}
	at := map[db.ID]int{}
	args := []any{organisation}
	for n, p := range all {
		at[p.ID] = n
		args = append(args, p.ID)
	}
	for n := 8; len(args) < n+1; { // few different statements, for the store to prepare
		args = append(args, "")
	}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		var part string
		var k Skill
		err := row.Scan(&id, &part, &k.Name, &k.key, &k.Level)
		p := &all[at[id]]
		if part == "needs" {
			p.Builds = append(p.Builds, k)
		} else {
			p.Teaches = append(p.Teaches, k)
		}
		return struct{}{}, err
	}, "select programme_id, part, name, skill_key, level from programme_skills where organisation_id = $1 and programme_id in ("+db.Places(2, len(args)-1)+") order by programme_id, part, position", args...)
	return err
}
