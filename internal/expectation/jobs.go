package expectation

import (
	"cmp"
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Job is a job title and level of the people file, and the role that it stands for.
type Job struct {
	Title  string
	Level  string
	People int64
	Said   bool // an administrator said what it stands for
	Standing
}

// mostJobs is how many jobs are listed: more of them are looked for.
const mostJobs = 500

// Jobs lists the jobs of the people who are here: those for which no role is known first, then
// those with the most people. Only roles of the organisation count. Administrators only.
func Jobs(tx *db.Tx, me org.Actor) ([]Job, error) {
	if !me.Administrator {
		return nil, problem.NotFound
	}
	roles, err := OrganisationRoles(tx, me)
	if err != nil {
		return nil, err
	}
	said, err := everyMatch(tx, me)
	if err != nil {
		return nil, err
	}
	jobs, err := db.List(tx, func(row db.Row) (Job, error) {
		var j Job
		err := row.Scan(&j.Title, &j.Level, &j.People)
		return j, err
	}, `
		select job_title, level, count(*) from people
		where organisation_id = $1 and left_at is null and job_title <> ''
		group by job_title, level`, me.Organisation)
	if err != nil {
		return nil, err
	}
	for i := range jobs {
		j := &jobs[i]
		_, j.Said = said[wordsOf(j.Title, j.Level)]
		j.Standing = standing(roles, said, j.Title, j.Level)
	}
	slices.SortFunc(jobs, func(a, b Job) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(b.People, a.People), cmp.Compare(org.Fold(a.Title), org.Fold(b.Title)), cmp.Compare(a.Level, b.Level))
	})
	return jobs[:min(len(jobs), mostJobs)], nil
}

func (j Job) rank() int {
	switch {
	case !j.Known && !j.Said:
		return 0
	case j.Known && j.Standing.Level.Key == "":
		return 1
	}
	return 2
}

// OrganisationRoles lists the organisation's own roles, with their levels. Administrators only.
func OrganisationRoles(tx *db.Tx, me org.Actor) ([]Role, error) {
	if !me.Administrator || me.Left {
		return nil, problem.NotFound
	}
	return rolesWith(tx, "r.organisation_id = $1 and r.id in ("+organisations+")", me.Organisation)
}

// Match says which role and level a job stands for: none of them, where the role is empty.
// Administrators only.
func Match(tx *db.Tx, me org.Actor, title, level string, role db.ID, roleLevel string) error {
	if err := Unmatch(tx, me, title, level); err != nil {
		return err
	}
	if role != "" {
		if err := exists(tx, me, role, roleLevel); err != nil {
			return err
		}
	}
	job := wordsOf(title, level)
	if _, err := tx.Exec(`
		insert into role_matches (organisation_id, title_key, level_key, role_id, role_level) values ($1, $2, $3, $4, $5)`,
		me.Organisation, job.title, job.level, role, roleLevel); err != nil {
		return err
	}
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: "job matched", By: me.Person, Thing: event.Thing{Kind: "organisation", ID: me.Organisation}})
}

// exists refuses a role that is not the organisation's, and a level that it does not have.
func exists(tx *db.Tx, me org.Actor, role db.ID, level string) error {
	roles, err := OrganisationRoles(tx, me)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(roles, func(r Role) bool { return r.ID == role })
	if i < 0 {
		return problem.NotFound
	}
	if _, ok := roles[i].LevelAt(level); !ok && level != "" {
		return problem.NotFound
	}
	return nil
}

// Unmatch lets the names say again which role a job stands for. Administrators only.
func Unmatch(tx *db.Tx, me org.Actor, title, level string) error {
	if !me.Administrator || me.Left {
		return problem.NotFound
	}
	job := wordsOf(title, level)
	if job.title == "" || len(job.title) > 1000 || len(job.level) > 1000 {
		return problem.NotFound
	}
	_, err := tx.Exec("delete from role_matches where organisation_id = $1 and title_key = $2 and level_key = $3", me.Organisation, job.title, job.level)
	return err
}

// ReportStanding is where somebody who reports to the actor stands.
type ReportStanding struct {
	Person org.Person
	Standing
	Written db.ID // the actor's own text of that role; empty where there is none
}

// OfReports is where each of those who report to the actor stands, by name: in the roles of the
// organisation and in those that the actor wrote.
func OfReports(tx *db.Tx, me org.Actor) ([]ReportStanding, error) {
	reports, err := org.Reports(tx, me)
	if err != nil || len(reports) == 0 {
		return nil, err
	}
	roles, err := forReports(tx, me)
	if err != nil {
		return nil, err
	}
	said, err := saidMatches(tx, me, reports)
	if err != nil {
		return nil, err
	}
	var all []ReportStanding
	for _, p := range reports {
		one := ReportStanding{Person: p, Standing: standing(roles, said, p.JobTitle, p.Level)}
		if one.Role.Author != "" {
			one.Written = one.Role.text
		}
		all = append(all, one)
	}
	return all, nil
}

// forReports are the roles as they stand for those who report to the actor.
func forReports(tx *db.Tx, me org.Actor) ([]Role, error) {
	return rolesWith(tx, `
		r.organisation_id = $1 and cast($2 as text) is not null and r.id in (`+organisations+`
			union all select id from roles where organisation_id = $1 and author_id = $2 and retired_at is null and not brought_along)`, me.Organisation, me.Viewer())
}
