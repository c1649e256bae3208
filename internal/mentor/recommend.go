package mentor

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/skill"
)

// Wish is what somebody looks for. Without a skill it is what their plan has gaps in and goals for;
// that stays between them and this page.
type Wish struct {
	Skills []Skill // with the level that they state for themselves
	Peers  bool    // those with the same manager too
}

// Recommendation is one mentor for one person, with what speaks for them. All of it stands in what
// the mentor offers, or was between the two.
type Recommendation struct {
	Profile
	Knows  []Skill  // what is wanted, and the mentor states more experience in
	Topics []string // that they offer, and that words of a goal ask for
	Speaks []string // languages of both
	Hours  int      // of a working day that both share
	Helped bool     // has already helped
	worth  float64
}

// How many are recommended at once, and how far is looked: skills that are wanted most, and mentors
// for each.
const (
	mostRecommended = 5
	mostWanted      = 6
	atOnce          = 8
)

// Recommend names three to five mentors for the actor, or as many as there are: never somebody who
// leads them, never without more experience in a wanted skill, never without a free place.
func Recommend(tx *db.Tx, me org.Actor, wish Wish) ([]Recommendation, error) {
	if me.Left || me.Person == "" {
		return nil, nil
	}
	w, err := wantedBy(tx, me, wish)
	if err != nil || len(w.skills) == 0 {
		return nil, err
	}
	out, err := ruledOut(tx, me, wish)
	if err != nil {
		return nil, err
	}
	helped, err := helpedBefore(tx, me)
	if err != nil {
		return nil, err
	}
	found, err := w.offering(tx, me)
	if err != nil {
		return nil, err
	}
	profiles, err := withPlaces(tx, me, slices.DeleteFunc(slices.Concat(found, helped), func(id db.ID) bool { return out[id] }))
	if err != nil {
		return nil, err
	}
	mine, _, err := speaks(tx, me)
	if err != nil {
		return nil, err
	}
	var all []Recommendation
	for _, p := range profiles {
		r := Recommendation{Profile: p, Helped: slices.Contains(helped, p.Person), Hours: Shared(tx.Now(), me.Zone, p.Zone())}
		if w.weigh(&r); len(r.Knows) == 0 {
			continue
		}
		for _, l := range p.Languages {
			if slices.Contains(mine, org.Fold(l)) {
				r.Speaks = append(r.Speaks, l)
			}
		}
		all = append(all, r)
	}
	return w.best(all), nil
}

// wanted is what a person wants to learn, what counts most first.
type wanted struct {
	skills []Skill
	weight map[string]float64
	goals  string // the words of their goals, between spaces
}

func wantedBy(tx *db.Tx, me org.Actor, wish Wish) (wanted, error) {
	w := wanted{skills: wish.Skills, weight: map[string]float64{}}
	goals, err := plan.OpenGoals(tx, me, 20)
	if err != nil {
		return w, err
	}
	for _, g := range goals {
		w.goals += " " + words(g.Title+" "+g.Specific)
	}
	w.goals += " "
	if len(wish.Skills) == 0 {
		v, err := gap.Of(tx, me, gap.Look{})
		if err != nil {
			return w, err
		}
		for _, l := range v.Lines {
			if l.Gap() > 0 {
				w.skills = append(w.skills, Skill{Name: l.Name, Level: l.Own.Level})
				w.weight[org.Fold(l.Name)] = float64(l.Gap())
			}
		}
	}
	var names []string
	for _, k := range w.skills {
		names = append(names, k.Name)
	}
	joined, err := skill.Join(tx, me, names)
	for n, k := range w.skills {
		w.skills[n].key = joined.Key(k.Name)
		weight := 1 + min(3, w.weight[org.Fold(k.Name)])
		if strings.Contains(w.goals, " "+words(k.Name)+" ") {
			weight += 3
		}
		w.weight[w.skills[n].key] = weight
	}
	slices.SortStableFunc(w.skills, func(a, b Skill) int { return cmp.Compare(w.weight[b.key], w.weight[a.key]) })
	w.skills = w.skills[:min(len(w.skills), mostWanted)]
	return w, err
}

// words are the words of a text, folded, with one space between them.
func words(text string) string {
	return strings.Join(strings.FieldsFunc(org.Fold(text), func(r rune) bool { return strings.ContainsRune(" ,.;:!?()/\"'“”’", r) }), " ")
}

// selectOffering finds, for each skill, those with the most experience and a free place, in two
// parts: from the lot of who looks on, and up to it. So colleagues do not all see the same ones.
var selectOffering = func() string {
	var parts []string
	for n := range mostWanted {
		for _, side := range []string{">=", "<"} {
			key := strconv.Itoa(3 + 2*n)
			level := strconv.Itoa(4 + 2*n)
			parts = append(parts, `select * from (select person_id from mentor_skills
				where organisation_id = $1 and skill_key = $`+key+` and offered > $`+level+` and spread `+side+` $2
				order by offered desc, spread limit `+strconv.Itoa(atOnce)+`) as part`+strconv.Itoa(len(parts)))
		}
	}
	return strings.Join(parts, " union ")
}()

func (w wanted) offering(tx *db.Tx, me org.Actor) ([]db.ID, error) {
	args := []any{me.Organisation, lot(me.Person)}
	for n := range mostWanted {
		k := Skill{Level: 5}
		if n < len(w.skills) {
			k = w.skills[n]
		}
		args = append(args, k.key, k.Level)
	}
	return db.List(tx, db.Scanned[db.ID], selectOffering, args...)
}

// withPlaces are the profiles of those of them whom the actor may ask, and who have a free place.
func withPlaces(tx *db.Tx, me org.Actor, ids []db.ID) ([]Profile, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := []any{me.Organisation, me.Person, me.Left}
	for _, id := range ids {
		args = append(args, id)
	}
	n := 16
	for n < len(ids) {
		n *= 2
	}
	for len(args) < n+3 {
		args = append(args, "")
	}
	all, err := db.List(tx, scanProfile, selectProfile+"where "+seen+" and m.taken < m.places and m.person_id in ("+db.Places(4, n)+")", args...)
	if err != nil {
		return nil, err
	}
	return all, addSkills(tx, me, all)
}

// ruledOut are those who are nobody's to recommend to the actor: themselves, who leads them, peers
// unless they are wanted, and who is their mentor, is asked, or said no within half a year.
func ruledOut(tx *db.Tx, me org.Actor, wish Wish) (map[db.ID]bool, error) {
	above, err := org.Above(tx, me.Organisation, me.Person)
	if err != nil {
		return nil, err
	}
	out := map[db.ID]bool{me.Person: true}
	for _, each := range above {
		out[each] = true
	}
	others, err := db.List(tx, db.Scanned[db.ID], `
		select mentor_id from mentor_places where organisation_id = $1 and mentee_id = $2 and ended_at is null
		union select mentor_id from mentor_choices where organisation_id = $1 and owner_id = $2 and (state in ('asked', 'more', 'later', 'waiting') or state = 'declined' and answered_at > $3)
		union select l.person_id from reporting_lines l where l.organisation_id = $1 and l.ended_at is null and not $4
			and l.manager_id = (select manager_id from reporting_lines where organisation_id = $1 and person_id = $2 and ended_at is null)`,
		me.Organisation, me.Person, tx.Now().AddDate(0, -6, 0), wish.Peers)
	for _, each := range others {
		out[each] = true
	}
	return out, err
}

// helpedBefore are people who were a mentor of the actor, or kept a promise to them, the last first.
func helpedBefore(tx *db.Tx, me org.Actor) ([]db.ID, error) {
	mentors, err := db.List(tx, db.Scanned[db.ID], `
		select mentor_id from mentor_places where organisation_id = $1 and mentee_id = $2 and ended_at is not null
		order by ended_at desc limit `+strconv.Itoa(atOnce), me.Organisation, me.Person)
	if err != nil {
		return nil, err
	}
	kept, err := commitment.KeptTo(tx, me, atOnce)
	return slices.Concat(mentors, kept), err
}

// speaks are the languages of the actor's own profile, where they have one.
func speaks(tx *db.Tx, me org.Actor) (languages []string, offers bool, err error) {
	found, err := db.List(tx, db.Scanned[string], "select languages from mentor_profiles where organisation_id = $1 and person_id = $2", me.Organisation, me.Person)
	if len(found) == 0 {
		return nil, false, err
	}
	return folded(split(found[0])), true, err
}

// weigh notes what speaks for somebody.
func (w wanted) weigh(r *Recommendation) {
	for _, k := range r.Skills {
		for _, want := range w.skills {
			if k.key == want.key && k.Level > want.Level {
				r.Knows = append(r.Knows, k)
				r.worth += w.weight[k.key] * (1 + 0.2*float64(min(3, k.Level-want.Level)))
			}
		}
	}
	for _, topic := range r.Profile.Topics {
		if key := words(topic); key != "" && strings.Contains(w.goals, " "+key+" ") {
			r.Topics = append(r.Topics, topic)
			r.worth++
		}
	}
	if r.Hours >= 4 {
		r.worth++
	}
	if len(r.Speaks) > 0 {
		r.worth++
	}
}

// best are the few that are named: who has already helped first, then those who together know most
// of what is wanted.
func (w wanted) best(all []Recommendation) []Recommendation {
	covered := map[string]int{}
	var few []Recommendation
	for len(all) > 0 && len(few) < mostRecommended {
		at := slices.IndexFunc(all, func(r Recommendation) bool {
			return !slices.ContainsFunc(all, func(other Recommendation) bool { return w.before(other, r, covered) })
		})
		few = append(few, all[at])
		for _, k := range all[at].Knows {
			covered[k.key]++
		}
		all = slices.Delete(all, at, at+1)
	}
	return few
}

// before is a total order: of equals, the one with the smaller lot.
func (w wanted) before(a, b Recommendation, covered map[string]int) bool {
	if a.Helped != b.Helped {
		return a.Helped
	}
	less := func(r Recommendation) float64 {
		worth := r.worth
		for _, k := range r.Knows {
			worth -= w.weight[k.key] * min(1, 0.6*float64(covered[k.key]))
		}
		return worth
	}
	return cmp.Or(cmp.Compare(less(b), less(a)), cmp.Compare(lot(a.Person), lot(b.Person)), cmp.Compare(a.Person, b.Person)) < 0
}
