package nets

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/testkit"
)

// wholesale are the beginnings of the few statements that are meant to read through all of an
// organisation, or all organisations.
var wholesale = []string{
	"select id, name, alone, time_zone from organisations order by",                                                                          // the organisations of an installation
	"select count(*) from (select 1 from organisations limit 1)",                                                                             // whether there is any
	"select id, kind, tries, failure, failed_at from jobs where failed_at is not null",                                                       // whether there is another organisation
	"select p.id, p.name, p.first_name, p.email, p.account_name, p.employee_number",                                                          // everybody, to compare a people file with
	"select job_title, level, count(*) from people where",                                                                                    // the jobs of an organisation, for administrators
	"select title_key, level_key, role_id, role_level from role_matches where organisation_id = $1",                                          // and what they stand for
	"select department from people where",                                                                                                    // its departments, for administrators
	"select location from people where",                                                                                                      // its offices, for administrators
	"select o.name, o.place, o.list_id, coalesce(l.name, '') from office_holidays",                                                           // and their holidays
	"select l.id, l.name, coalesce(min(d.day), '')",                                                                                          // and the lists of those
	"select kinds, deep_minutes, deep_months, sprint_minutes, sprint_months, hours_a_year, revision from suggested_rhythms",                  // one row an organisation
	"select month from figure_months where organisation_id = $1 order by month desc limit 48",                                                // one row a month
	"select allowed, hosts, revision from chat_settings",                                                                                     // one row an organisation
	"select count(*) from skill_entries where",                                                                                               // how long the list of skills is, for administrators
	"select id, name, description, source, revision from skill_entries where organisation_id = $1 and cast($2 as text) = 'here' order by id", // the whole list, to compare a file with
	"select entry_id, name from skill_names where organisation_id = $1 and position > 0",                                                     // and its other names
}

var (
	readsAll      = regexp.MustCompile(`^SCAN (\w+)`)
	readsAllOfOne = regexp.MustCompile(`^SEARCH (\w+) USING .*\(organisation_id=\?\)$`)
	argument      = regexp.MustCompile(`\$(\d+)`)

	// few are the indexes that hold little of an organisation, whatever its size: its administrators and programme owners, its own roles
	// and question cards, the budgets of its cost centres, and its rounds.
	few = regexp.MustCompile(`INDEX (administrators_of|programme_owners_of|roles_standing|cards_of_all|budgets_of_year|sqlite_autoindex_rounds_1) `)
)

// TestNoPageReadsThroughAnOrganisation asks SQLite how it goes about each statement of each page,
// and finds none that goes through a table, or through all that an organisation has in one.
func TestNoPageReadsThroughAnOrganisation(t *testing.T) {
	in := open(t, filepath.Join(quickFolder(t), "ownward.db"), testkit.NewClock(), slog.New(slog.DiscardHandler))
	defer in.close()
	w := newWorld(t, in, 11)
	w.drive(t)
	texts := in.store.Prepared()
	if len(texts) < 80 {
		t.Fatalf("only %d statements were run", len(texts))
	}
	for _, text := range texts {
		short := strings.Join(strings.Fields(text), " ")
		if isWholesale(short) {
			continue
		}
		for _, step := range in.plan(t, text) {
			table := readsAll.FindStringSubmatch(step)
			if table == nil {
				table = readsAllOfOne.FindStringSubmatch(step)
			}
			if table != nil && !few.MatchString(step) && in.reads(t, text, table[1]) {
				t.Errorf("%s: %s", step, short[:min(len(short), 400)])
			}
		}
	}
}

func isWholesale(text string) bool {
	for _, begin := range wholesale {
		if strings.HasPrefix(text, begin) {
			return true
		}
	}
	return false
}

// plan is how SQLite goes about a statement, step by step.
func (in *installation) plan(t *testing.T, text string) []string {
	most := 0
	for _, found := range argument.FindAllStringSubmatch(text, -1) {
		n, err := strconv.Atoi(found[1])
		if err != nil {
			t.Fatal(err)
		}
		most = max(most, n)
	}
	args := make([]any, most)
	for i := range args {
		args[i] = "1"
	}
	return testkit.Read(t, in.store, func(tx *db.Tx) ([]string, error) {
		return db.List(tx, func(row db.Row) (string, error) {
			var id, parent, unused int64
			var step string
			err := row.Scan(&id, &parent, &unused, &step)
			return step, err
		}, "explain query plan "+text, args...)
	})
}

// reads tells whether a step speaks of a table of the store, by its name or by another that the
// statement gives it, and not of what the statement itself has put together.
func (in *installation) reads(t *testing.T, text, name string) bool {
	for _, table := range tables(t, in.store) {
		if name == table || regexp.MustCompile(fmt.Sprintf(`\b%s (as )?%s\b`, table, name)).MatchString(text) {
			return true
		}
	}
	return false
}
