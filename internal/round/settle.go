package round

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/matching"
)

// fill finds who has more pairs that are yet to meet than places: a number that was lowered only stops new pairs, so
// all of these stay.
func (k *task) fill() {
	k.full = make([]bool, len(k.mentors))
	count := make([]int64, len(k.mentors))
	for p := range k.stands {
		if i, j, unmet := k.yetToMeet(p); unmet && k.mayBe(i, j) {
			count[j]++
		}
	}
	for j := range k.mentors {
		if m := &k.mentors[j]; count[j] > m.room {
			k.full[j], m.room, k.pairs.Capacity[j] = true, count[j], 0
		}
	}
}

// yetToMeet finds a pair that stands and has not met, where both take part.
func (k *task) yetToMeet(p two) (i, j int32, unmet bool) {
	i, j, here := k.at(p.mentee, p.mentor)
	return i, j, here && !k.stands[p].met
}

// mayBe tells whether a pair may be, by all rules.
func (k *task) mayBe(i, j int32) bool {
	for e := k.pairs.Row[i]; e < k.pairs.Row[i+1]; e++ {
		if k.pairs.Mentor[e] == j {
			return true
		}
	}
	return false
}

// hold finds which changes by hand can be as they say, in the order in which they were made: pins only while the mentor has
// a place.
func (k *task) hold() {
	k.holds = make([]bool, len(k.changes))
	left := make([]int64, len(k.mentors))
	for j, m := range k.mentors {
		if left[j] = m.room; k.full[j] {
			left[j] = 0
		}
	}
	have := k.met()
	for n, c := range k.changes {
		i, j, here := k.at(c.Mentee.Person, c.Mentor.Person)
		if !here || c.Kind == Forbid {
			k.holds[n] = here
			continue
		}
		stands, known := k.stands[two{c.Mentee.Person, c.Mentor.Person}]
		with, hasMet := have[i]
		switch {
		case hasMet:
			k.holds[n] = with == j
		case k.why(i, j) != mayBePair:
		case k.full[j]:
			k.holds[n] = known && !stands.met && k.mayBe(i, j)
		case left[j] > 0:
			k.holds[n] = true
			left[j]--
		}
	}
}

// met are the pairs that have met, by mentee.
func (k *task) met() map[int32]int32 {
	all := map[int32]int32{}
	for _, p := range k.inOrder() {
		i, j, here := k.at(p.mentee, p.mentor)
		if _, has := all[i]; here && k.stands[p].met && !has {
			all[i] = j
		}
	}
	return all
}

// settledPairs are the pairs that stand whatever is solved: who has met, the first so many changes by hand, and all
// who are yet to meet with a mentor who has more of them than places.
func (k *task) settledPairs(changes int) map[int32]int32 {
	all := k.met()
	forbidden := map[two]bool{}
	for n, c := range k.changes[:changes] {
		i, j, _ := k.at(c.Mentee.Person, c.Mentor.Person)
		if !k.holds[n] {
			continue
		}
		if c.Kind == Forbid {
			forbidden[two{c.Mentee.Person, c.Mentor.Person}] = true
		} else if _, has := all[i]; !has {
			all[i] = j
		}
	}
	for _, p := range k.inOrder() {
		i, j, unmet := k.yetToMeet(p)
		if _, has := all[i]; unmet && !has && k.full[j] && !forbidden[p] && k.mayBe(i, j) {
			all[i] = j
		}
	}
	return all
}

// within tells whether nobody has more than their places: but for those who have met, and those who stay with somebody who
// lowered the number, each pair takes one.
func (k *task) within(a *answer) bool {
	load := map[db.ID]int64{}
	for i, j := range a.mentor {
		if j == matching.None {
			continue
		}
		p := two{k.mentees[i].id, k.mentors[j].id}
		s, stands := k.stands[p]
		if k.full[j] && !stands {
			return false
		}
		if !s.met {
			if load[p.mentor]++; load[p.mentor] > k.mentors[j].room {
				return false
			}
		}
	}
	return true
}
