package disclosure_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/attack"
	"github.com/ownward/ownward/internal/attack/trial"
	"github.com/ownward/ownward/internal/disclosure"
)

const organisations = 80

func TestNobodyAndNoGroupUnderFiveIsToldByAllMonthsTogether(t *testing.T) {
	begin, shown := uint64(time.Now().UnixNano())%1e9, 0
	for seed := begin; seed < begin+organisations; seed++ {
		told, n := trial.Tell(seed, 40)
		shown += n
		for _, each := range told {
			t.Error(each)
		}
	}
	t.Logf("seeds from %d: %d numbers shown", begin, shown)
	if shown < organisations {
		t.Errorf("seeds from %d: only %d numbers were shown at all", begin, shown)
	}
}

// careless shows every group of enough people, and of few parts too if it is told to, and nothing more is hidden.
func careless(p disclosure.Problem, parts bool) []disclosure.Table {
	var tables []disclosure.Table
	for _, by := range disclosure.Breakdowns {
		t := disclosure.Table{By: by}
		for k := range p.Parts {
			t.Parts = append(t.Parts, [2]int{k, k + 1})
		}
		contributors := map[[disclosure.Dimensions]int][]int{}
		for _, person := range p.People {
			at := person.In
			for d := range at {
				if by&(1<<d) == 0 {
					at[d] = -1
				}
			}
			if contributors[at] == nil {
				contributors[at] = make([]int, p.Parts+1)
			}
			for k, n := range person.Count {
				contributors[at][k] += min(n, 1)
			}
			contributors[at][p.Parts] += min(total(person.Count), 1)
		}
		for at, by := range contributors {
			shown := by[p.Parts] >= disclosure.AtLeast && (parts || slices.Min(by[:p.Parts]) >= disclosure.PartBy)
			t.Cells = append(t.Cells, disclosure.Cell{In: at, Shown: shown, Values: make([]int, p.Parts)})
		}
		tables = append(tables, t)
	}
	return tables
}

func total(counts []int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

func TestTheAttackFindsWhatCarelessTablesTell(t *testing.T) {
	begin := uint64(time.Now().UnixNano()) % 1e9
	var rests, allOrNone, crossed int
	for seed := begin; seed < begin+organisations; seed++ {
		o := trial.New(seed)
		p := o.Month()
		tree := trial.Trees[o.Random.IntN(len(trial.Trees))]
		attacked := func(tables []disclosure.Table) int {
			var w attack.World
			trial.Publish(&w, 0, p, tables, true)
			return min(len(trial.Pinned(w, o.Random, o.Parts, 60)), 1)
		}
		if !o.OneOf {
			rests += attacked(trial.Only(careless(p, false), tree))
			allOrNone += attacked(trial.Only(careless(p, true), []disclosure.Breakdown{0, 1}))
		}
		crossed += attacked(disclosure.Protect(p, o.Random.IntN))
	}
	t.Logf("seeds from %d: of %d, %d told without hiding rests, %d by all or none, %d by crossing without rounding", begin, organisations, rests, allOrNone, crossed)
	if rests == 0 || allOrNone == 0 {
		t.Errorf("seeds from %d: the attack found nothing in tables that hide no rest (%d), or show all and none (%d)", begin, rests, allOrNone)
	}
}

func TestALargeOrganisationTakesSeconds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 38))
	p := disclosure.Problem{Sizes: [3]int{1000, 10, 20}, Parts: 5}
	for range 100_000 {
		d := r.IntN(1000)
		person := disclosure.Person{In: [3]int{d, min(r.IntN(10), r.IntN(10)), (d + r.IntN(20)*r.IntN(2)*r.IntN(2)) % 20}, Count: make([]int, 5)}
		for k := range person.Count {
			person.Count[k] = r.IntN(2) * r.IntN(3)
		}
		p.People = append(p.People, person)
	}
	began, shown := time.Now(), 0
	for _, table := range disclosure.Protect(p, r.IntN) {
		for _, c := range table.Cells {
			if c.Shown {
				shown++
			}
		}
	}
	t.Logf("100,000 people: %v, %d groups shown", time.Since(began), shown)
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("one figure of 100,000 people took %v", took)
	}
}
