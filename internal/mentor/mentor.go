// Package mentor holds what people offer as mentors, how a mentor is found and asked, and the
// places that are taken. What two do once they are a pair stands in package mentorship.
//
// How many mentees somebody takes is theirs to say, and is true at every moment: a place is taken,
// and given back, in the transaction that needs it.
package mentor

import (
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/skill"
)

// Profile is what somebody offers as a mentor.
type Profile struct {
	Person    db.ID
	Name      string
	FirstName string
	Job       string
	Dept      string
	zone      string
	Text
	Taken     int64 // places that are taken; more than Places once those were lowered
	Brought   int64 // places that they had elsewhere, until they say anew how many
	Revision  int64
	ChangedAt time.Time
}

// Text is what a person says of it.
type Text struct {
	About     string
	Skills    []Skill
	Topics    []string
	Formats   []Format
	Languages []string
	Hours     int64 // a month
	Places    int64 // how many mentees at most; 0 pauses
	Who       Who
}

// Skill is a skill with the level that somebody states.
type Skill struct {
	Name  string
	Level int64
	key   string
}

// Format is a way of helping.
type Format string

// Formats are the ways of helping, in the order in which they are shown.
var Formats = []Format{"listening", "shadowing", "role-play", "review", "sponsor"}

// Who may ask somebody to be their mentor, and so sees what they offer.
type Who string

// Whose asking is welcome.
const (
	Everyone   Who = "everyone"
	Department Who = "department" // the own department
	Elsewhere  Who = "elsewhere"  // every other department
)

// Thing is the profile as something of which earlier versions are kept.
func (p Profile) Thing() event.Thing { return profileOf(p.Person) }

func profileOf(person db.ID) event.Thing { return event.Thing{Kind: "mentor", ID: person} }

// Free is how many places are free.
func (p Profile) Free() int64 { return max(0, p.Places-p.Taken) }

// Zone is where they read times.
func (p Profile) Zone() *time.Location { return org.Zone(p.zone) }

// Called is the name by which a sentence speaks of them.
func (p Profile) Called() string {
	if p.FirstName != "" {
		return p.FirstName
	}
	return p.Name
}

// Limits of a profile.
const (
	MostSkills    = 8
	mostTopics    = 12
	mostLanguages = 8
	mostName      = 200
	mostLine      = 100
	mostText      = 4_000
	mostHours     = 60
	mostPlaces    = 20
)

// Offer says what the actor offers as a mentor, or changes it. Fewer places than are taken throw
// nobody out: they only stop new ones.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field.
func Offer(tx *db.Tx, me org.Actor, revision int64, in Text) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	if err := in.check(tx, me); err != nil {
		return err
	}
	was, err := Mine(tx, me)
	if err != nil && err != problem.NotFound {
		return err
	}
	if was.Revision != revision {
		return &problem.Conflict{Revision: was.Revision, Theirs: was.fields(), Mine: in.fields()}
	}
	if was.Revision > 0 && !maps.Equal(was.fields(), in.fields()) {
		if err := org.KeepRevision(tx, me, was.Thing(), was.Revision, was.fields()); err != nil {
			return err
		}
	}
	if _, err := tx.Exec("delete from mentor_skills where organisation_id = $1 and person_id = $2", me.Organisation, me.Person); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		insert into mentor_profiles (organisation_id, person_id, about, topics, formats, languages, language_keys, hours, places, taken, who,
			revision, created_at, changed_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, 1, $11, $11)
		on conflict (organisation_id, person_id) do update set about = $3, topics = $4, formats = $5, languages = $6, language_keys = $7,
			hours = $8, places = $9, brought = 0, who = $10, revision = mentor_profiles.revision + 1, changed_at = $11`,
		me.Organisation, me.Person, in.About, strings.Join(in.Topics, "\n"), barred(in.Formats), strings.Join(in.Languages, "\n"), barred(folded(in.Languages)),
		in.Hours, in.Places, string(in.Who), tx.Now()); err != nil {
		return err
	}
	var rows [][]any
	for n, k := range in.Skills {
		rows = append(rows, []any{me.Organisation, me.Person, n, k.Name, k.key, k.Level, 0, lot(me.Person)})
	}
	if err := db.Insert(tx, "insert into mentor_skills (organisation_id, person_id, position, name, skill_key, level, offered, spread) values", rows); err != nil {
		return err
	}
	if err := recount(tx, me.Organisation, me.Person); err != nil {
		return err
	}
	if err := putBack(tx, me.Organisation, me.Person, ""); err != nil {
		return err
	}
	if err := happened(tx, me, "mentor offered"); err != nil {
		return err
	}
	return placesCame(tx, me.Organisation, me.Person)
}

// Withdraw takes the actor's profile away. Who is their mentee stays it; who asks, or stands in line, is
// told that nothing comes of it.
func Withdraw(tx *db.Tx, me org.Actor) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	if err := nobodyAsks(tx, me.Organisation, me.Person); err != nil {
		return err
	}
	if err := removeProfile(tx, me); err != nil {
		return err
	}
	return happened(tx, me, "mentor offered no more")
}

func removeProfile(tx *db.Tx, me org.Actor) error {
	if err := org.ForgetRevisions(tx, me, profileOf(me.Person)); err != nil {
		return err
	}
	return tx.ExecEach([]string{
		"delete from mentor_skills where organisation_id = $1 and person_id = $2",
		"delete from mentor_profiles where organisation_id = $1 and person_id = $2",
	}, me.Organisation, me.Person)
}

// recount notes how many places are taken, and what is offered while one is free.
func recount(tx *db.Tx, organisation, mentor db.ID) error {
	if _, err := tx.Exec(`
		update mentor_profiles set taken = (
			select count(*) from mentor_places where organisation_id = $1 and mentor_id = $2 and ended_at is null)
		where organisation_id = $1 and person_id = $2`, organisation, mentor); err != nil {
		return err
	}
	_, err := tx.Exec(`
		update mentor_skills set offered = case when (
			select places - taken from mentor_profiles where organisation_id = $1 and person_id = $2) > 0 then level else 0 end
		where organisation_id = $1 and person_id = $2`, organisation, mentor)
	return err
}

// check makes the text ready to be kept.
func (in *Text) check(tx *db.Tx, me org.Actor) error {
	wrong := problem.Invalid{}
	in.About = tidy(wrong, "about", in.About)
	in.Topics = lines(wrong, "topics", in.Topics, mostTopics)
	in.Languages = lines(wrong, "languages", in.Languages, mostLanguages)
	in.Formats = slices.DeleteFunc(slices.Clone(Formats), func(f Format) bool { return !slices.Contains(in.Formats, f) })
	wrong.Check(in.Hours >= 0 && in.Hours <= mostHours, "hours", "Please give the hours a month, from 0 to "+strconv.Itoa(mostHours)+".")
	wrong.Check(in.Places >= 0 && in.Places <= mostPlaces, "places", "Please give a number of people, from 0 to "+strconv.Itoa(mostPlaces)+". 0 pauses.")
	wrong.Check(slices.Contains([]Who{Everyone, Department, Elsewhere}, in.Who), "who", "Please choose who may ask you.")
	var err error
	in.Skills, err = stated(tx, me, wrong, in.Skills, 1, MostSkills)
	wrong.Check(len(in.Skills) > 0 || wrong["skill1"] != "", "skill1", "Please name at least one skill that you can help with.")
	if err != nil {
		return err
	}
	return wrong.Err()
}

// stated are skills in the form in which they are kept, each once. Fields are named by their place:
// skill1, skill2.
func stated(tx *db.Tx, me org.Actor, wrong problem.Invalid, in []Skill, least int64, most int) ([]Skill, error) {
	var names []string
	for _, k := range in {
		names = append(names, k.Name)
	}
	joined, err := skill.Join(tx, me, names)
	if err != nil {
		return nil, err
	}
	var all []Skill
	had := map[string]bool{}
	for n, k := range in {
		field := "skill" + strconv.Itoa(n+1)
		k.Name = oneLine(k.Name)
		if k.Name == "" {
			continue
		}
		wrong.Check(utf8.RuneCountInString(k.Name) <= mostName, field, "This name is too long.")
		wrong.Check(k.Level >= least && k.Level <= 5, field, "Please give the level, from "+strconv.FormatInt(least, 10)+" to 5.")
		if k.key = joined.Key(k.Name); !had[k.key] {
			had[k.key] = true
			all = append(all, k)
		}
	}
	wrong.Check(len(all) <= most, "skill1", "These are too many. The few that matter most are enough.")
	return all, nil
}

func (t Text) fields() map[string]string {
	var skills []string
	for _, k := range t.Skills {
		skills = append(skills, k.Name+", "+strconv.FormatInt(k.Level, 10))
	}
	return map[string]string{
		"about": t.About, "skills": strings.Join(skills, "\n"), "topics": strings.Join(t.Topics, "\n"), "languages": strings.Join(t.Languages, "\n"),
		"hours": strconv.FormatInt(t.Hours, 10), "places": strconv.FormatInt(t.Places, 10),
	}
}

// lot is a number from 0 to 9999 that stays the same for a person.
func lot(person db.ID) int64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(person))
	return int64(h.Sum32() % 10_000)
}

// barred joins keys so that each is found between bars.
func barred[T ~string](keys []T) string {
	if len(keys) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("|")
	for _, k := range keys {
		b.WriteString(strings.ReplaceAll(string(k), "|", " ") + "|")
	}
	return b.String()
}

func unbarred(text string) []Format {
	var all []Format
	for _, f := range strings.Split(strings.Trim(text, "|"), "|") {
		if f != "" {
			all = append(all, Format(f))
		}
	}
	return all
}

func folded(names []string) []string {
	var all []string
	for _, name := range names {
		all = append(all, org.Fold(name))
	}
	return all
}

// lines are short texts, each once.
func lines(wrong problem.Invalid, field string, in []string, most int) []string {
	var all []string
	had := map[string]bool{"": true}
	for _, each := range in {
		each = oneLine(each)
		wrong.Check(utf8.RuneCountInString(each) <= mostLine, field, "One of these is too long. A few words are enough.")
		if key := org.Fold(each); !had[key] {
			had[key] = true
			all = append(all, each)
		}
	}
	wrong.Check(len(all) <= most, field, "These are too many. "+strconv.Itoa(most)+" are enough.")
	return all
}

func oneLine(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "")), " ")
}

// tidy is a text in the form in which it is kept; a message is added when it is too long.
func tidy(wrong problem.Invalid, field, text string) string {
	text = strings.TrimSpace(strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\ufffd")))
	if n := utf8.RuneCountInString(text); n > mostText {
		wrong.Add(field, "This is "+strconv.Itoa(n)+" characters long. Please keep it under "+strconv.Itoa(mostText)+".")
	}
	return text
}

func happened(tx *db.Tx, me org.Actor, kind string) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: profileOf(me.Person)})
}
