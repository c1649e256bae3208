package round_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/round"
	"github.com/ownward/ownward/internal/testkit"
)

var people = flag.Int("mentees", 2_000, "how many mentees the round of the benchmark has")

// crowd puts many people into a round by its tables: mentees who want three of 60 skills, a quarter as many
// mentors who know three, with wishes.
func (g gathering) crowd(mentees int) {
	g.t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	o := g.Organisation.ID
	testkit.Do(g.t, g.s, func(tx *db.Tx) error {
		var persons, profiles, knows, signed, wants, wishes [][]any
		mentors := mentees / 4
		id := func(n int) db.ID { return db.ID(fmt.Sprintf("person-%06d", n)) }
		now := tx.Now().UnixMicro()
		for n := range mentees + mentors {
			name := fmt.Sprintf("Person %d", n)
			persons = append(persons, []any{o, id(n), name, org.Fold(name), "", "", "", "", "", "", fmt.Sprint("L", n%7), fmt.Sprint("Dept ", n%40), "Porto", "", "Europe/Lisbon", false, "{}", 1, now})
			if n < mentors {
				profiles = append(profiles, []any{o, id(n), "", "", "", "English", "|english|", 2, 5, 0, "everyone", 1, now, now})
				signed = append(signed, []any{o, db.ID(fmt.Sprintf("sign-%06d", n)), g.round.ID, id(n), "mentor", "", "", 3, 1, now, now})
				for k := range 3 {
					knows = append(knows, []any{o, id(n), k, fmt.Sprint("Skill ", (n+k*17)%60), fmt.Sprint("words skill ", (n+k*17)%60), 1 + random.IntN(5), 0, 1})
				}
				continue
			}
			signed = append(signed, []any{o, db.ID(fmt.Sprintf("sign-%06d", n)), g.round.ID, id(n), "mentee", "To learn", "English", 0, 1, now, now})
			for k := range 3 {
				wants = append(wants, []any{o, g.round.ID, id(n), k, fmt.Sprint("Skill ", (random.IntN(60)+k)%60), random.IntN(4)})
			}
			for k := range 3 {
				wishes = append(wishes, []any{o, g.round.ID, id(n), "mentee", k + 1, id((random.IntN(mentors/3))*3 + k)})
			}
		}
		for _, insert := range []struct {
			text string
			rows [][]any
		}{
			{`insert into people (organisation_id, id, name, name_key, first_name, email, account_name, employee_number, external_id, job_title, level,
				department, location, employment, time_zone, administrator, imported, revision, created_at) values`, persons},
			{`insert into mentor_profiles (organisation_id, person_id, about, topics, formats, languages, language_keys, hours, places, taken, who, revision, created_at, changed_at) values`, profiles},
			{"insert into mentor_skills (organisation_id, person_id, position, name, skill_key, level, offered, spread) values", knows},
			{"insert into round_sign_ups (organisation_id, id, round_id, person_id, side, aim, languages, places, revision, signed_at, changed_at) values", signed},
			{"insert into round_skills (organisation_id, round_id, person_id, position, name, level) values", wants},
			{"insert into round_wishes (organisation_id, round_id, person_id, side, rank, wish_id) values", wishes},
		} {
			if err := db.Insert(tx, insert.text, insert.rows); err != nil {
				return err
			}
		}
		return nil
	})
}

// BenchmarkRound measures a round from the database to its preview, with how long of it others wait who write; then with a pair
// pinned, and published: go test -bench Round -mentees 10000.
func BenchmarkRound(b *testing.B) {
	g := gather(b, testkit.SQLite(b))
	g.crowd(*people)
	for b.Loop() {
		var id db.ID
		var first map[db.ID]db.ID
		lasts(b, "preview", func() {
			id = g.measured(b, "", func(tx *db.Tx) (*round.Work, error) {
				return round.NewVariant(tx, g.Ada, g.round.ID, round.DefaultSettings())
			})
			first = g.shows(round.Variant{ID: id, Round: g.round.ID})
		})
		mentees := slices.Sorted(maps.Keys(first))
		lasts(b, "changed", func() {
			g.measured(b, " changed", func(tx *db.Tx) (*round.Work, error) {
				return round.ChangePair(tx, g.Ada, id, mentees[0], first[mentees[0]], round.Forbid)
			})
		})
		lasts(b, "published", func() { g.publishes(round.Variant{ID: id}) })
		lasts(b, "undone", func() { testkit.Do(b, g.s, func(tx *db.Tx) error { return round.Undo(tx, g.Ada, g.round.ID) }) })
		testkit.Do(b, g.s, func(tx *db.Tx) error { return round.RemoveVariant(tx, g.Ada, id) })
	}
}

// measured works a variant out and says how long each part took.
func (g gathering) measured(b *testing.B, when string, read func(tx *db.Tx) (*round.Work, error)) (id db.ID) {
	var w *round.Work
	lasts(b, "read"+when, func() { w = testkit.Read(b, g.s, read) })
	lasts(b, "solved"+when, func() {
		if err := w.Solve(b.Context()); err != nil {
			b.Fatal(err)
		}
	})
	lasts(b, "kept"+when, func() {
		id = testkit.Write(b, g.s, func(tx *db.Tx) (db.ID, error) { return w.Keep(tx, g.Ada) })
	})
	return id
}

func lasts(b *testing.B, what string, do func()) {
	began := time.Now()
	do()
	b.ReportMetric(time.Since(began).Seconds(), "s/"+strings.ReplaceAll(what, " ", "-"))
}
