package bench

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// offering is how many people offer their help, and who of them look for a mentor.
const (
	offering = 100_000
	looking  = 400
)

// mentors measures naming mentors for one person, where 100,000 people offer help in 300 skills, some of
// which very many know.
func (b *Bench) mentors(ctx context.Context) (err error) {
	store, err := db.Open(ctx, filepath.Join(b.folder, "mentors", "ownward.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	operator, err := found(ctx, store)
	if err != nil {
		return err
	}
	if err := importPeople(ctx, store, operator, peopleCSV(offering)); err != nil {
		return err
	}
	people, err := db.Read(ctx, store, func(tx *db.Tx) ([]db.ID, error) {
		return db.List(tx, db.Scanned[db.ID], "select id from people where organisation_id = $1 order by id", operator.Organisation)
	})
	if err != nil {
		return err
	}
	if err := db.Do(ctx, store, func(tx *db.Tx) error { return offers(tx, operator.Organisation, people) }); err != nil {
		return err
	}
	var times []time.Duration
	named := 0
	for n := range looking {
		id := people[n*(offering/looking)]
		begin := time.Now()
		few, err := db.Read(ctx, store, func(tx *db.Tx) ([]mentor.Recommendation, error) {
			me, err := org.UnscopedActor(tx, operator.Organisation, id)
			if err != nil {
				return nil, err
			}
			return mentor.Recommend(tx, me, mentor.Wish{})
		})
		if err != nil {
			return err
		}
		times = append(times, time.Since(begin))
		named += len(few)
	}
	if named < 3*looking {
		return fmt.Errorf("%d mentors were named for %d people", named, looking)
	}
	slices.Sort(times)
	b.say("mentors named for one person, 100,000 profiles", "p50 %.1f ms, p99 %.1f ms, slowest %.1f ms", ms(times, 0.5), ms(times, 0.99), ms(times, 1))
	return nil
}

// offers lets everybody offer four skills, and some want to learn eight. It writes what mentor.Offer would
// have written: a hundred thousand acts one by one take minutes.
func offers(tx *db.Tx, organisation db.ID, people []db.ID) error {
	var profiles, skills [][]any
	for n, id := range people {
		profiles = append(profiles, []any{organisation, id, "", "", "|listening|", "English", "|english|", 2, 1 + n%3, 0, "everyone", 1, tx.Now(), tx.Now()})
		for k := range 4 {
			name, level := skillNumber(n*(k+1)*7919+k), 1+(n+k)%5
			skills = append(skills, []any{organisation, id, k, name, "words " + org.Fold(name), level, level, n * 7919 % 10_000})
		}
		if n%(offering/looking) != 0 {
			continue
		}
		me, err := org.UnscopedActor(tx, organisation, id)
		if err != nil {
			return err
		}
		for k := range 8 {
			if _, err := plan.AddSkill(tx, me, plan.Skill{Name: skillNumber(k*(n/(offering/looking)+1) + k), Level: int64(k % 3), Wanted: 4}); err != nil && !errors.As(err, new(problem.Invalid)) { // the same one twice
				return err
			}
		}
	}
	if err := db.Insert(tx, `insert into mentor_profiles (organisation_id, person_id, about, topics, formats, languages, language_keys, hours, places, taken, who,
		revision, created_at, changed_at) values`, profiles); err != nil {
		return err
	}
	return db.Insert(tx, "insert into mentor_skills (organisation_id, person_id, position, name, skill_key, level, offered, spread) values", skills)
}

// skillNumber is one of 300 skills; a third of all is among the first ten.
func skillNumber(n int) string {
	if n%3 == 0 {
		n %= 10
	}
	return fmt.Sprintf("Skill %d", n%300)
}
