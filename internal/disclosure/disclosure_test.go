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
	shown := 0
	for seed := range uint64(organisations) {
		told, n := trial.Tell(seed, 40)
		shown += n
		for _, each := range told {
			t.Error(each)
		}
	}
	if shown < organisations {
		t.Errorf("only %d numbers were shown at all", shown)
	}
	for _, each := range trial.Cases(3000) {
		t.Error(each)
	}
}

func TestTwoWhoLookThroughAllMonthsTellNobody(t *testing.T) {
	for seed := range uint64(12) {
		o := trial.New(seed)
		p := o.Month()
		if len(p.People) > 30 {
			p.People = p.People[:30]
		}
		var w attack.World
		for month := range 2 {
			for n := range p.People {
				count := make([]int, p.Parts)
				if k := o.Random.IntN(p.Parts); p.OneOf {
					count[k] = o.Random.IntN(2)
				} else {
					count[k] = o.Random.IntN(2) * o.Random.IntN(9)
				}
				p.People[n].Count = count
			}
			trial.Publish(&w, month, p, disclosure.Protect(p, o.Random.IntN), false)
		}
		if told := trial.Pairs(w, p.Parts, 2); told != "" {
			t.Errorf("seed %d: it tells %s", seed, told)
		}
	}
}

// Which groups are shown is looked at where each has far more than enough to count: then it depends on who is in them.
func TestNothingSmallIsLeftOver(t *testing.T) {
	shown := 0
	for seed := range uint64(400) {
		p := trial.Busy(trial.New(seed).Month())
		tables := disclosure.Protect(p, func(int) int { return 1 })
		people := func(by disclosure.Breakdown, in [3]int) (n int) {
			for _, person := range p.People {
				if by.Holds(in, person.In) {
					n++
				}
			}
			return n
		}
		for _, outer := range tables {
			for _, inner := range tables {
				if outer.By&inner.By != outer.By || outer.By == inner.By || len(inner.By.Dimensions()) != len(outer.By.Dimensions())+1 {
					continue
				}
				for _, c := range outer.Cells {
					rest, all := people(outer.By, c.In), true
					for _, in := range inner.Cells {
						if !outer.By.Holds(c.In, masked(outer.By, in.In)) {
							continue
						}
						if in.Shown {
							shown++
							rest -= people(inner.By, in.In)
						} else {
							all = false
						}
						if n := people(inner.By, in.In); in.Shown && (n < 7 || !c.Shown) {
							t.Errorf("seed %d: %d of %v are shown", seed, n, in.In)
						}
					}
					if c.Shown && !all && rest < 7 {
						t.Errorf("seed %d: of %v, %d are left over", seed, c.In, rest)
					}
				}
			}
		}
	}
	if shown < 400 {
		t.Errorf("only %d groups were shown", shown)
	}
}

func masked(by disclosure.Breakdown, in [3]int) [3]int {
	for d := range in {
		if by&(1<<d) == 0 {
			in[d] = -1
		}
	}
	return in
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
			shown := by[p.Parts] >= disclosure.AtLeast && (parts || slices.Min(by[:p.Parts]) >= 3)
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
	var rests, allOrNone int
	for seed := range uint64(organisations) {
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
	}
	if rests == 0 || allOrNone == 0 {
		t.Errorf("the attack found nothing in tables that hide no rest (%d), or show all and none (%d)", rests, allOrNone)
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
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("one figure of 100,000 people took %v", took)
	}
}

// Two departments, each all of a site of its own: what is shown of it by department, by site and by both is one draw.
func TestTheSamePeopleHaveOneLot(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 38))
	for range 50 {
		p := disclosure.Problem{Sizes: [3]int{2, 1, 2}, Parts: 1}
		for n := range 40 {
			p.People = append(p.People, disclosure.Person{In: [3]int{n % 2, 0, n % 2}, Count: []int{n % 3}})
		}
		said := map[int]disclosure.Cell{}
		for _, table := range disclosure.Protect(p, r.IntN) {
			for _, c := range table.Cells {
				group := max(c.In[0], c.In[2])
				before, ok := said[group]
				if ok && (before.Shown != c.Shown || before.Total != c.Total) {
					t.Fatalf("the same people are shown as %+v and as %+v", before, c)
				}
				said[group] = c
			}
		}
	}
}
