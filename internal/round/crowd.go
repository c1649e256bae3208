package round

import (
	"cmp"
	"slices"

	"github.com/ownward/ownward/internal/matching"
)

// crowds are the sets of people who are more than the places that fit them, with the number of its crowd for
// each mentee who has nobody. They are read off the proof: mentees who count nothing at its first level
// have mentors alone who are all scarce (the theorem of König), so each set that hangs together has fewer places
// than people (the condition of Hall).
func (k *task) crowds(a *answer) (crowds []Crowd, of []int) {
	group := k.together(a)
	of = make([]int, len(k.mentees))
	number := map[int32]int{}
	var members [][]int32
	for i := range int32(len(k.mentees)) {
		if g, ok := group[i]; ok {
			if _, known := number[g]; !known {
				number[g] = len(members)
				members = append(members, nil)
			}
			members[number[g]] = append(members[number[g]], i)
		}
	}
	order := make([]int, 0, len(members))
	all := make([]Crowd, len(members))
	for n, who := range members {
		all[n] = k.crowd(a, who)
		if all[n].People > all[n].Places {
			order = append(order, n)
		}
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(all[y].People-all[y].Places, all[x].People-all[x].Places) })
	for at, n := range order {
		crowds = append(crowds, all[n])
		for _, i := range members[n] {
			if a.mentor[i] == matching.None {
				of[i] = at + 1
			}
		}
	}
	return crowds[:min(len(crowds), mostCrowds)], of
}

// mostCrowds is how many are spelled out.
const mostCrowds = 12

// together finds which short mentees hang together by the scarce mentors whom they share: a number for each.
func (k *task) together(a *answer) map[int32]int32 {
	n := int32(len(k.mentees))
	parent := make([]int32, int(n)+len(k.mentors))
	for x := range parent {
		parent[x] = int32(x)
	}
	root := func(x int32) int32 {
		for parent[x] != x {
			parent[x] = parent[parent[x]]
			x = parent[x]
		}
		return x
	}
	group := map[int32]int32{}
	for i := range n {
		if !a.short[i] || a.settled[i] {
			continue
		}
		for _, j := range k.candidates(a, i) {
			parent[root(n+j)] = root(i)
			group[i] = 0
		}
	}
	for i := range group {
		group[i] = root(i)
	}
	return group
}

// candidates are the scarce mentors whom somebody may have.
func (k *task) candidates(a *answer, i int32) []int32 {
	var all []int32
	for _, j := range a.open.Mentor[a.open.Row[i]:a.open.Row[i+1]] {
		if a.scarce[j] {
			all = append(all, j)
		}
	}
	return all
}

// crowd counts people and places, and finds the few skills of which each of them wants one.
func (k *task) crowd(a *answer, who []int32) Crowd {
	c := Crowd{People: len(who)}
	mentors := map[int32]bool{}
	wants := map[int32][]int32{} // by skill: who wants it, and could learn it here
	for _, i := range who {
		for _, j := range k.candidates(a, i) {
			if !mentors[j] {
				mentors[j] = true
				c.Mentors++
			}
		}
		for _, want := range k.mentees[i].skills {
			if slices.ContainsFunc(k.knowers[want.skill], func(x knows) bool { return x.level > want.level && mentors[x.mentor] }) {
				wants[want.skill] = append(wants[want.skill], i)
			}
		}
	}
	for j := range mentors {
		c.Places += int(a.open.Capacity[j])
	}
	c.Skills = k.cover(who, wants)
	return c
}

// cover names up to three skills of which each of some people wants one, the one that most want first; none
// where these are too few.
func (k *task) cover(who []int32, wants map[int32][]int32) []string {
	var names []string
	left := map[int32]bool{}
	for _, i := range who {
		left[i] = true
	}
	for len(left) > 0 && len(names) < 3 {
		best, most := int32(-1), 0
		for s, people := range wants {
			n := 0
			for _, i := range people {
				if left[i] {
					n++
				}
			}
			if n > most || n == most && n > 0 && s < best {
				best, most = s, n
			}
		}
		if best < 0 {
			return nil
		}
		names = append(names, k.named(best, wants[best]))
		for _, i := range wants[best] {
			delete(left, i)
		}
	}
	if len(left) > 0 {
		return nil
	}
	return names
}

// named is a skill as most of some people call it.
func (k *task) named(skill int32, who []int32) string {
	count := map[string]int{}
	best := ""
	for _, i := range who {
		for _, s := range k.mentees[i].skills {
			if s.skill == skill {
				if count[s.name]++; best == "" || count[s.name] > count[best] || count[s.name] == count[best] && s.name < best {
					best = s.name
				}
			}
		}
	}
	return best
}
