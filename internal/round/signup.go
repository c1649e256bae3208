package round

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Side is on which side somebody takes part. One can do so on both.
type Side string

// The sides.
const (
	Mentee Side = "mentee"
	Mentor Side = "mentor"
)

// SignUp is what somebody states for a round.
type SignUp struct {
	ID   db.ID
	Side Side
	Statement
	Names    []string // of the wishes
	Revision int64
	At       time.Time
}

// Statement is what they say. Who runs the round reads it, but for a mentor's wishes, which nobody reads;
// what a mentee wants to learn is read by the mentor they get.
type Statement struct {
	Aim       string         // of a mentee
	Skills    []mentor.Skill // of a mentee, with the level at which they see themselves
	Languages []string       // of a mentee
	Places    int64          // of a mentor: how many they take from this round
	Wishes    []db.ID        // the dearest first
}

// Limits of what one states.
const (
	MostSkills    = 4
	MostWishes    = 5
	mostLanguages = 8
	mostPlaces    = 20
	mostPeople    = 20_000 // on one side of a round
)

// Join signs the actor up on one side, or changes what they state.
//
// Errors: problem.NotFound when they may not take part, problem.Refused after the last day, problem.Conflict
// when it was changed meanwhile, problem.Invalid by field.
func Join(tx *db.Tx, me org.Actor, id db.ID, side Side, revision int64, in Statement) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	r, err := ByID(tx, me, id)
	if err != nil {
		return err
	}
	if err := r.takes(tx, me); err != nil {
		return err
	}
	if err := in.check(tx, me, id, side); err != nil {
		return err
	}
	was, err := MySignUp(tx, me, id, side)
	if err != nil && !errors.Is(err, problem.NotFound) {
		return err
	}
	if was.Revision != revision {
		return &problem.Conflict{Revision: was.Revision, Theirs: was.fields(), Mine: in.fields()}
	}
	if was.Revision == 0 {
		if err := r.roomFor(tx, me, side); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(`
		insert into round_sign_ups (organisation_id, id, round_id, person_id, side, aim, languages, places, revision, signed_at, changed_at)
		values ($1, $9, $2, $3, $4, $5, $6, $7, 1, $8, $8)
		on conflict (organisation_id, round_id, person_id, side) do update set aim = $5, languages = $6, places = $7,
			revision = round_sign_ups.revision + 1, changed_at = $8`,
		me.Organisation, id, me.Person, string(side), in.Aim, strings.Join(in.Languages, "\n"), in.Places, tx.Now(), tx.NewID()); err != nil {
		return err
	}
	if err := in.replace(tx, me, id, side); err != nil {
		return err
	}
	return r.moved(tx, me, "round joined")
}

func (r Round) takes(tx *db.Tx, me org.Actor) error {
	switch {
	case r.State == Ended:
		return over
	case !r.Takes(civil.In(tx.Now(), me.Zone)):
		return closed
	}
	return nil
}

func (r Round) roomFor(tx *db.Tx, me org.Actor, side Side) error {
	n, err := db.One(tx, db.Scanned[int64], "select count(*) from round_sign_ups where organisation_id = $1 and round_id = $2 and side = $3", me.Organisation, r.ID, string(side))
	if err == nil && n >= mostPeople {
		err = problem.Refuse("%d people take part already, which is as many as one round holds.", n)
	}
	return err
}

// check makes the statement ready to be kept.
func (in *Statement) check(tx *db.Tx, me org.Actor, round db.ID, side Side) error {
	wrong := problem.Invalid{}
	in.Wishes = slices.DeleteFunc(slices.Clone(in.Wishes), func(id db.ID) bool { return id == "" })
	wrong.Check(len(in.Wishes) <= MostWishes, "wish1", "Up to five wishes count.")
	switch side {
	case Mentee:
		in.Places = 0
		in.Aim = tidy(wrong, "aim", in.Aim)
		in.checkSkills(wrong)
		in.checkLanguages(wrong)
	case Mentor:
		in.Aim, in.Skills, in.Languages = "", nil, nil
		wrong.Check(in.Places >= 1 && in.Places <= mostPlaces, "places", "Please give a number of people, from 1 to "+strconv.Itoa(mostPlaces)+".")
		if _, err := mentor.Mine(tx, me); errors.Is(err, problem.NotFound) {
			return problem.Refused("Say first what you offer as a mentor: the skills on that page are what the matching goes by.")
		} else if err != nil {
			return err
		}
	default:
		return problem.NotFound
	}
	if err := in.checkWishes(tx, me, round, side, wrong); err != nil {
		return err
	}
	return wrong.Err()
}

func (in *Statement) checkSkills(wrong problem.Invalid) {
	var all []mentor.Skill
	had := map[string]bool{"": true}
	for n, k := range in.Skills {
		field := "skill" + strconv.Itoa(n+1)
		k.Name = oneLine(k.Name)
		if key := org.Fold(k.Name); !had[key] {
			had[key] = true
			wrong.Check(utf8.RuneCountInString(k.Name) <= mostName, field, "This name is too long.")
			wrong.Check(k.Level >= 0 && k.Level <= 5, field, "Please give the level, from 0 to 5.")
			all = append(all, k)
		}
	}
	in.Skills = all
	wrong.Check(len(all) > 0, "skill1", "Please name at least one skill that you want help with.")
	wrong.Check(len(all) <= MostSkills, "skill1", "These are too many. The few that matter most are enough.")
}

func (in *Statement) checkLanguages(wrong problem.Invalid) {
	var all []string
	had := map[string]bool{"": true}
	for _, each := range in.Languages {
		each = oneLine(each)
		if key := org.Fold(each); !had[key] {
			had[key] = true
			wrong.Check(utf8.RuneCountInString(each) <= mostName, "languages", "One of these is too long.")
			all = append(all, each)
		}
	}
	in.Languages = all
	wrong.Check(len(all) <= mostLanguages, "languages", "These are too many.")
}

// checkWishes looks whether they are people here: of a mentee, mentors of the round whom they may ask.
func (in *Statement) checkWishes(tx *db.Tx, me org.Actor, round db.ID, side Side, wrong problem.Invalid) error {
	if len(in.Wishes) == 0 || len(in.Wishes) > MostWishes {
		return nil
	}
	args := []any{me.Organisation, me.Person}
	for _, id := range in.Wishes {
		args = append(args, id)
	}
	for len(args) < 2+MostWishes {
		args = append(args, "")
	}
	from := "select p.id from people p where p.organisation_id = $1 and p.left_at is null and p.id <> $2 and p.id in (" + db.Places(3, MostWishes) + ")"
	if side == Mentee {
		from += " and exists (select 1 from round_sign_ups s where s.organisation_id = $1 and s.round_id = $8 and s.person_id = p.id and s.side = 'mentor')"
		args = append(args, round)
	}
	here, err := db.List(tx, db.Scanned[db.ID], from, args...)
	for n, id := range in.Wishes {
		wrong.Check(slices.Contains(here, id), "wish"+strconv.Itoa(n+1), "Please choose somebody who takes part.")
		wrong.Check(!slices.Contains(in.Wishes[:n], id), "wish"+strconv.Itoa(n+1), "They are a wish of yours already.")
	}
	return err
}

// replace keeps the skills and the wishes of one side.
func (in Statement) replace(tx *db.Tx, me org.Actor, round db.ID, side Side) error {
	if _, err := tx.Exec("delete from round_wishes where organisation_id = $1 and round_id = $2 and person_id = $3 and side = $4", me.Organisation, round, me.Person, string(side)); err != nil {
		return err
	}
	var rows [][]any
	for n, id := range in.Wishes {
		rows = append(rows, []any{me.Organisation, round, me.Person, string(side), n + 1, id})
	}
	if err := db.Insert(tx, "insert into round_wishes (organisation_id, round_id, person_id, side, rank, wish_id) values", rows); err != nil || side == Mentor {
		return err
	}
	if _, err := tx.Exec("delete from round_skills where organisation_id = $1 and round_id = $2 and person_id = $3", me.Organisation, round, me.Person); err != nil {
		return err
	}
	rows = nil
	for n, k := range in.Skills {
		rows = append(rows, []any{me.Organisation, round, me.Person, n, k.Name, k.Level})
	}
	return db.Insert(tx, "insert into round_skills (organisation_id, round_id, person_id, position, name, level) values", rows)
}

func (in Statement) fields() map[string]string {
	var skills []string
	for _, k := range in.Skills {
		skills = append(skills, k.Name+", "+strconv.FormatInt(k.Level, 10))
	}
	return map[string]string{"aim": in.Aim, "skills": strings.Join(skills, "\n"), "languages": strings.Join(in.Languages, "\n"), "places": strconv.FormatInt(in.Places, 10)}
}

// Leave takes the actor out of one side of a round. After the result is published, pairs of theirs that have
// not met yet are taken back; those that have met stay.
func Leave(tx *db.Tx, me org.Actor, id db.ID, side Side) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	r, err := ByID(tx, me, id)
	if err != nil {
		return err
	}
	if r.State == Published {
		if err := r.leavePairs(tx, me, side); err != nil {
			return err
		}
	}
	if err := removeSignUp(tx, me, id, side); err != nil {
		return err
	}
	return r.moved(tx, me, "round left")
}

func removeSignUp(tx *db.Tx, me org.Actor, round db.ID, side Side) error {
	if side == Mentee {
		if _, err := tx.Exec("delete from round_skills where organisation_id = $1 and round_id = $2 and person_id = $3", me.Organisation, round, me.Person); err != nil {
			return err
		}
	}
	for _, table := range []string{"round_wishes", "round_sign_ups"} {
		if _, err := tx.Exec("delete from "+table+" where organisation_id = $1 and round_id = $2 and person_id = $3 and side = $4", me.Organisation, round, me.Person, string(side)); err != nil {
			return err
		}
	}
	return nil
}

// moved notes that who takes part, or what they state, is not what it was.
func (r Round) moved(tx *db.Tx, me org.Actor, kind string) error {
	if r.State == Published {
		if err := followUp(tx, me.Organisation, r.ID); err != nil {
			return err
		}
	}
	return r.happened(tx, me, kind)
}

// MySignUp is what the actor stated on one side; problem.NotFound where they do not take part on it.
func MySignUp(tx *db.Tx, me org.Actor, round db.ID, side Side) (SignUp, error) {
	all, err := mySignUps(tx, me, round)
	for _, s := range all {
		if s.Side == side {
			return s, err
		}
	}
	return SignUp{}, notFoundOr(err)
}

func notFoundOr(err error) error {
	if err == nil {
		return problem.NotFound
	}
	return err
}

func mySignUps(tx *db.Tx, me org.Actor, round db.ID) ([]SignUp, error) {
	all, err := db.List(tx, func(row db.Row) (SignUp, error) {
		var s SignUp
		var languages string
		err := row.Scan(&s.ID, &s.Side, &s.Aim, &languages, &s.Places, &s.Revision, &s.At)
		s.Languages = split(languages)
		return s, err
	}, `
		select id, side, aim, languages, places, revision, signed_at from round_sign_ups
		where organisation_id = $1 and round_id = $2 and person_id = $3 order by side`, me.Organisation, round, me.Person)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	skills, err := db.List(tx, func(row db.Row) (mentor.Skill, error) {
		var k mentor.Skill
		err := row.Scan(&k.Name, &k.Level)
		return k, err
	}, "select name, level from round_skills where organisation_id = $1 and round_id = $2 and person_id = $3 order by position", me.Organisation, round, me.Person)
	if err != nil {
		return nil, err
	}
	for n := range all {
		if all[n].Side == Mentee {
			all[n].Skills = skills
		}
	}
	_, err = db.List(tx, func(row db.Row) (struct{}, error) {
		var side Side
		var id db.ID
		var name string
		err := row.Scan(&side, &id, &name)
		for n := range all {
			if all[n].Side == side {
				all[n].Wishes, all[n].Names = append(all[n].Wishes, id), append(all[n].Names, name)
			}
		}
		return struct{}{}, err
	}, `
		select w.side, w.wish_id, p.name from round_wishes w join people p on p.organisation_id = w.organisation_id and p.id = w.wish_id
		where w.organisation_id = $1 and w.round_id = $2 and w.person_id = $3 order by w.side, w.rank`, me.Organisation, round, me.Person)
	return all, err
}

func split(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// MostOffered is how many mentors a choice of wishes holds.
const MostOffered = 300

// Mentors are those who take part as mentors and whom the actor may ask, by name: whom they can wish for.
func Mentors(tx *db.Tx, me org.Actor, round db.ID) ([]org.Party, error) {
	if _, err := ByID(tx, me, round); err != nil {
		return nil, err
	}
	return db.List(tx, scanParty, `
		select p.id, p.name from round_sign_ups s
		join people p on p.organisation_id = s.organisation_id and p.id = s.person_id
		join mentor_profiles m on m.organisation_id = s.organisation_id and m.person_id = s.person_id
		where s.organisation_id = $1 and s.round_id = $3 and s.side = 'mentor' and p.left_at is null and p.id <> $2
			and (m.who = 'everyone'
				or m.who = 'department' and p.department <> '' and p.department = (select d.department from people d where d.organisation_id = $1 and d.id = $2)
				or m.who = 'elsewhere' and p.department <> (select d.department from people d where d.organisation_id = $1 and d.id = $2))
		order by p.name_key, p.id limit `+strconv.Itoa(MostOffered), me.Organisation, me.Person, round)
}

func scanParty(row db.Row) (org.Party, error) {
	var p org.Party
	err := row.Scan(&p.Person, &p.Name)
	return p, err
}
