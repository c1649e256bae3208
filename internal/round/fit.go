package round

import (
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/matching"
	"github.com/ownward/ownward/internal/mentor"
)

// Because is why somebody has nobody, or why two may not be a pair.
type Because string

// The reasons, the one nearest to a pair last.
const (
	NoKnower  Because = "nobody" // nobody who takes part offers a skill that they want
	NoHigher  Because = "level"  // who offers it states no higher level
	ByLine    Because = "line"   // who could would lead them
	ByAlways  Because = "always" // another rule that always holds; which one says something of the two, so it is not told
	ByRule    Because = "rule"   // a rule of the variant
	ByHand    Because = "hand"   // forbidden by hand
	ByCrowd   Because = "crowd"  // more people than places
	ByWishes  Because = "wishes" // of stable: others were dearer
	Stays     Because = "stays"  // of a pair that has met: the mentee takes part no more
	mayBePair Because = ""
)

var nearest = []Because{NoKnower, NoHigher, ByLine, ByAlways, ByRule, ByHand}

// Weights are how much each thing counts, from 0 to 9.
type Weights struct{ Skills, Wishes, Language, Hours, Department int64 }

// Rules are those that a variant adds to the ones that always hold.
type Rules struct {
	OtherDepartment bool
	OtherOffice     bool
	SameLanguage    bool
	LevelsAbove     int64 // so many at least, where both levels bear a number
}

// barred are the mentors whom somebody cannot have, whatever the variant.
type barred struct{ above, paired []int32 }

// barredFor are those who lead a mentee, directly or through others, themselves, and those with whom they
// are a pair already, or were one until somebody ended it.
func (t *table) barredFor(i int32) barred {
	var b barred
	person := t.mentees[i].id
	for range 200 { // deeper than any line
		if j, here := t.mentorAt[person]; here {
			b.above = append(b.above, j)
		}
		next, led := t.manager[person]
		if !led {
			break
		}
		person = next
	}
	for _, mentor := range t.paired[t.mentees[i].id] {
		if j, here := t.mentorAt[mentor]; here {
			b.paired = append(b.paired, j)
		}
	}
	return b
}

// apart says why two may not be a pair whatever the variant: that one leads the other; or, without saying which,
// that they are or were a pair, or that the mentor wants to be asked by others.
func (t *table) apart(bars barred, i, j int32) Because {
	a, b := &t.mentees[i], &t.mentors[j]
	switch {
	case slices.Contains(bars.above, j):
		return ByLine
	case slices.Contains(bars.paired, j),
		b.who == mentor.Department && (b.department == "" || a.department != b.department),
		b.who == mentor.Elsewhere && a.department == b.department:
		return ByAlways
	}
	return mayBePair
}

// breaks tells whether a pair breaks a rule of the variant.
func (r Rules) breaks(a, b *seat) bool {
	return r.OtherDepartment && a.department != "" && a.department == b.department ||
		r.OtherOffice && a.office != "" && a.office == b.office ||
		r.SameLanguage && !share(a.spoken, b.spoken) ||
		r.LevelsAbove > 0 && a.rung >= 0 && b.rung >= 0 && b.rung-a.rung < int(r.LevelsAbove)
}

func share(a, b []string) bool {
	return slices.ContainsFunc(a, func(each string) bool { return slices.Contains(b, each) })
}

// worth is what a skill counts in which a mentor is so many levels above.
func worth(above int64) int64 { return 10 + 2*min(3, above) }

// score is what the matching counts: the fit, and the mentor's wish, which nobody is shown.
func (w Weights) score(a, b *seat, i, j int32, skills int64) int32 {
	return w.fit(a, b, j, skills) + int32(w.Wishes*wishCounts(b.wished, i))
}

// fit is how well two fit as it is shown, a whole number: what their skills count, and what else speaks for them. A
// mentor's wishes are no part of it: by weights that leave all else out they could be read off.
func (w Weights) fit(a, b *seat, j int32, skills int64) int32 {
	s := w.Skills*min(48, skills) + w.Wishes*wishCounts(a.wished, j) + w.Hours*int64(hoursShared(a.offset, b.offset))
	if share(a.spoken, b.spoken) {
		s += 10 * w.Language
	}
	if a.department != b.department {
		s += 10 * w.Department
	}
	return int32(s)
}

// wishCounts is 20 for the first wish, 4 less for each after it.
func wishCounts(wished []int32, who int32) int64 {
	if n := slices.Index(wished, who); n >= 0 {
		return int64(20 - 4*n)
	}
	return 0
}

// hoursShared is how many hours of a working day two zones have in common.
func hoursShared(a, b int) int {
	apart := a - b
	if apart < 0 {
		apart = -apart
	}
	const hour, day = 3600, 24 * 3600
	return max(0, (8*hour-min(apart, day-apart))/hour)
}

// skillsCount is what the skills count of one pair: those that the mentee wants and the mentor states
// more experience in; 0 where there is none.
func (t *table) skillsCount(i, j int32) int64 {
	sum := int64(0)
	for _, want := range t.mentees[i].skills {
		for _, has := range t.mentors[j].skills {
			if has.skill == want.skill && has.level > want.level {
				sum += worth(has.level - want.level)
			}
		}
	}
	return sum
}

// admissible are all pairs that may be under the settings, with the reason that is nearest for who has none; few is false
// where they are more than are worked on at once.
func (t *table) admissible(s Settings) (p *matching.Problem, without []Because, few bool) {
	p = &matching.Problem{Row: make([]int64, 1, len(t.mentees)+1), Capacity: make([]int32, len(t.mentors))}
	for j, m := range t.mentors {
		p.Capacity[j] = int32(m.room)
	}
	without = make([]Because, len(t.mentees))
	points, looked := make([]int64, len(t.mentors)), make([]int32, len(t.mentors))
	var near []int32
	for i := range int32(len(t.mentees)) {
		a := &t.mentees[i]
		near = near[:0]
		why := 0
		for _, want := range a.skills {
			for _, k := range t.knowers[want.skill] {
				if k.level <= want.level {
					why = max(why, slices.Index(nearest, NoHigher))
					continue
				}
				if looked[k.mentor] != i+1 {
					looked[k.mentor], points[k.mentor] = i+1, 0
					near = append(near, k.mentor)
				}
				points[k.mentor] += worth(k.level - want.level)
			}
		}
		slices.Sort(near)
		bars := t.barredFor(i)
		for _, j := range near {
			because := t.apart(bars, i, j)
			if because == mayBePair && s.breaks(a, &t.mentors[j]) {
				because = ByRule
			}
			if because != mayBePair {
				why = max(why, slices.Index(nearest, because))
				continue
			}
			p.Mentor, p.Score = append(p.Mentor, j), append(p.Score, s.score(a, &t.mentors[j], i, j, points[j]))
		}
		if len(p.Mentor) > mostPairs {
			return nil, nil, false
		}
		p.Row = append(p.Row, int64(len(p.Mentor)))
		without[i] = nearest[why]
	}
	return p, without, true
}

// Reasons are what speaks for a pair: what both stated. Wishes are told to whose they are.
type Reasons struct {
	Knows      []mentor.Skill // what is wanted, with the level that the mentor states
	Speaks     []string       // languages of both
	Hours      int            // of a working day
	Elsewhere  bool           // of another department
	MenteeWish int            // from 1; 0: no wish of theirs
	MentorWish int            // told to the mentor alone
}

func (t *table) reasons(i, j int32) Reasons {
	a, b := &t.mentees[i], &t.mentors[j]
	if a.gone || b.gone {
		return Reasons{} // they state nothing any more
	}
	r := Reasons{
		Hours: hoursShared(a.offset, b.offset), Elsewhere: a.department != b.department && b.department != "",
		MenteeWish: 1 + slices.Index(a.wishes, b.id),
	}
	for _, want := range a.skills {
		for _, has := range b.skills {
			if has.skill == want.skill && has.level > want.level {
				r.Knows = append(r.Knows, mentor.Skill{Name: want.name, Level: has.level})
			}
		}
	}
	for n, l := range b.spoken {
		if slices.Contains(a.spoken, l) {
			r.Speaks = append(r.Speaks, b.languages[n])
		}
	}
	return r
}

// at are the numbers of two, where both take part.
func (t *table) at(mentee, mentor db.ID) (i, j int32, here bool) {
	i, known := t.menteeAt[mentee]
	j, knownToo := t.mentorAt[mentor]
	return i, j, known && knownToo
}
