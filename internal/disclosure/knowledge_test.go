package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/ownward/ownward/internal/attack"
	"github.com/ownward/ownward/internal/attack/trial"
	"github.com/ownward/ownward/internal/disclosure"
)

const months = 2

// through is an organisation of up to 26 through two months, with the same people in both, and what a draw shows of it.
func through(seed, draw uint64, exact bool) (w attack.World, people []disclosure.Person, parts int) {
	o, lots := trial.New(seed), rand.New(rand.NewPCG(seed, draw))
	p := o.Month()
	p.People = p.People[:min(26, len(p.People))]
	for month := range months {
		for n := range p.People {
			count := make([]int, p.Parts)
			if k := o.Random.IntN(p.Parts); p.OneOf {
				count[k] = o.Random.IntN(2)
			} else {
				count[k] = o.Random.IntN(3) * o.Random.IntN(5)
			}
			p.People[n].Count = count
		}
		trial.Publish(&w, month, p, disclosure.Protect(p, lots.IntN), exact)
	}
	return w, p.People, p.Parts
}

// told is the first that those who look through all months can tell of one person, or of two, in one of them.
func told(w attack.World, people, parts int, look map[int]bool) string {
	var known []int
	for n := range look {
		for m := range months {
			known = append(known, m*people+n)
		}
	}
	for n := range w.People {
		next := n/people*people + (n+5)%people
		if look[n%people] {
			continue
		}
		for part := range parts {
			if w.Pinned([]int{n}, part, known...) {
				return fmt.Sprintf("of %d (part %d)", n, part)
			}
			if !look[next%people] && w.Pinned([]int{n, next}, part, known...) {
				return fmt.Sprintf("of %d and %d (part %d)", n, next, part)
			}
		}
	}
	return ""
}

// A manager knows what each of their team did, in every month, and looks at everybody else. They know of more people than the
// headcount allows for: there the lots alone protect, and without them the attack does find somebody.
//
// The attack takes for certain what holds for ninety-nine numbers in a hundred. Where a number lies at that edge, whoever
// knows all but one thinks to know the last as well, and is as sure where it is false; with another draw they are not.
func TestAManagerWhoKnowsTheirWholeTeamTellsNobodyElse(t *testing.T) {
	byExact, atTheEdge := 0, 0
	for seed := range uint64(30) {
		for _, exact := range []bool{false, true} {
			w, people, parts := through(seed, 1, exact)
			team := map[int]bool{}
			for n, p := range people { // all of a department but one
				if p.In[0] == people[0].In[0] && n > 0 {
					team[n] = true
				}
			}
			found := told(w, len(people), parts, team)
			if exact && found != "" {
				byExact++
			}
			if !exact && found != "" {
				atTheEdge++
				again, _, _ := through(seed, 2, false)
				if found = told(again, len(people), parts, team); found == "" {
					continue
				}
				t.Errorf("seed %d: who knows %d of %d can tell %s", seed, len(team), len(people), found)
			}
		}
	}
	if byExact == 0 {
		t.Error("the attack found nobody where nothing is rounded")
	}
	if atTheEdge > 2 {
		t.Errorf("in %d of 30 organisations a number lies at the edge", atTheEdge)
	}
}

func TestWhoKnowsTheirOwnRecordTellsNobodyElse(t *testing.T) {
	for seed := range uint64(30) {
		w, people, parts := through(seed+100, 1, false)
		most := 0 // who did most knows most
		for n := range people {
			if total(w.People[n].Count) > total(w.People[most].Count) {
				most = n
			}
		}
		if found := told(w, len(people), parts, map[int]bool{most: true}); found != "" {
			t.Errorf("seed %d: who knows their own can tell %s", seed+100, found)
		}
	}
}
