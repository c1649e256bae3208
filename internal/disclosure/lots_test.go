package disclosure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// company is a random organisation, of which each did up to some of each part.
func company(r *rand.Rand, people, most int) Problem {
	p := Problem{Sizes: [3]int{5, 3, 3}, Parts: 1 + r.IntN(4), OneOf: r.IntN(3) == 0, Base: r.IntN(3) * 7}
	if p.Parts > 2 {
		p.Ways = [][][2]int{{{0, 2}, {2, p.Parts}}}
	}
	for range people {
		p.People = append(p.People, Person{In: [3]int{min(r.IntN(5), r.IntN(5)), r.IntN(3), r.IntN(3)}})
	}
	return did(r, p, most)
}

// did is the same organisation, of which each did something else.
func did(r *rand.Rand, p Problem, most int) Problem {
	people := p.People
	p.People = nil
	for _, person := range people {
		person.Count = make([]int, p.Parts)
		if p.OneOf {
			person.Count[r.IntN(p.Parts)] = min(r.IntN(most+1), 1)
		} else {
			for k := range person.Count {
				person.Count[k] = r.IntN(most + 1)
			}
		}
		p.People = append(p.People, person)
	}
	return p
}

// counted is what a group truly did in some parts: the sum, who did something, and who did not.
func counted(p Problem, by Breakdown, in [Dimensions]int, parts [2]int) (sum, some, other int) {
	for _, person := range p.People {
		if !by.Holds(in, person.In) {
			continue
		}
		n := total(person.Count[parts[0]:parts[1]])
		sum += n
		if n > 0 {
			some++
		} else {
			other++
		}
	}
	return sum, some, other
}

// This is the proof that nothing can be told exactly: whatever is shown of what people did, there are lots, all of them
// thinkable, by which the same is shown where they did anything else: one of them, all but two who look, or everybody.
func TestWhateverIsShownCouldBeShownWhateverAnybodyDid(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 38))
		p := company(r, 7+r.IntN(60), r.IntN(5))
		other := did(r, p, r.IntN(12))
		for n := range other.People {
			if seed%3 == 0 && n > 0 || seed%3 == 1 && n < 2 { // one alone did something else; or all but two who look
				other.People[n] = p.People[n]
			}
		}
		sameUnderOtherLots(t, fmt.Sprintf("seed %d", seed), p, other, r)
	}
}

func sameUnderOtherLots(t *testing.T, name string, p, other Problem, r *rand.Rand) {
	t.Helper()
	drawn := map[string]lot{}
	key := func(by Breakdown, in [Dimensions]int, parts [2]int) string { return fmt.Sprint(by, in, parts) }
	shown := newWork(p).protect(func(c *cell, parts [2]int) lot {
		l := newLot(r.IntN, p.base())
		drawn[key(c.table.by, c.in, parts)] = l
		return l
	})
	again := newWork(other).protect(func(c *cell, parts [2]int) lot {
		by, in := c.table.by, c.in
		l, ok := drawn[key(by, in, parts)]
		if !ok {
			t.Fatalf("%s: a lot is asked for only because somebody did something else", name)
		}
		sum, some, none := counted(p, by, in, parts)
		sum2, some2, none2 := counted(other, by, in, parts)
		return lot{up: l.up, more: l.more + (sum+l.up)/p.base() - (sum2+l.up)/p.base(), some: l.some + some - some2, other: l.other + none - none2}
	})
	if fmt.Sprint(shown) != fmt.Sprint(again) {
		t.Errorf("%s: %v was shown, and cannot be shown where something else was done: %v", name, shown, again)
	}
}

func TestEveryLotIsThinkable(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 38))
	ups, more := map[int]bool{}, map[int]int{}
	for range 20_000 {
		l := newLot(r.IntN, Base)
		ups[l.up] = true
		more[l.more]++
	}
	if len(ups) != Base || more[-3] == 0 || more[-2] == 0 || more[2] == 0 || more[3] == 0 {
		t.Errorf("of 20,000 lots, up: %v, more: %v", ups, more)
	}
	if nine := more[0]; nine < 17_700 || nine > 18_300 {
		t.Errorf("%d of 20,000 are next to the true number", nine)
	}
	for _, far := range []int{-40, 40} { // there is no end: a draw that goes on for long enough reaches any
		n, steps, sign := 0, 40, 1
		if far < 0 {
			sign = 0
		}
		n = wide(func(of int) int {
			if of == 2 {
				return sign
			}
			steps--
			return min(1, max(0, -steps))
		})
		if n != far {
			t.Errorf("the lot that should reach %d came to %d", far, n)
		}
	}
}

// One thing more or less that somebody did makes no number that is shown much likelier.
func TestOneThingMoreMakesNoNumberMuchLikelier(t *testing.T) {
	chance := func(sum, shown int) float64 { // added up over all lots
		c := 0.0
		for up := range Base {
			for more := -12; more <= 12; more++ {
				if max(0, ((sum+up)/Base+more)*Base) == shown {
					at := 0.9
					for range max(more, -more) {
						at /= 10
					}
					if more != 0 {
						at /= 2
					}
					c += at / Base
				}
			}
		}
		return c
	}
	most := 0.0
	for sum := range 40 {
		for shown := 0; shown <= 60; shown += Base {
			most = max(most, chance(sum, shown)/chance(sum+1, shown), chance(sum+1, shown)/chance(sum, shown))
		}
	}
	if most > 5 {
		t.Errorf("one thing more makes a number %.1f times as likely", most)
	}
	t.Logf("at most %.2f times", most)
}

// A group of which nobody did anything is shown once in 200,000 times, and so is one of which all who count once did. Not
// never: else whoever sees a group would know that somebody did. Who sees one, or sees none, learns little by it.
func TestOneMoreWhoDidSomethingMakesAGroupNotMuchLikelierToBeShown(t *testing.T) {
	atLeast := func(n int) float64 { // the chance that a lot is so much or more
		if n <= 0 {
			return 1 - atMost(n-1)
		}
		return atMost(-n)
	}
	if none := atLeast(few - 0); none < 4e-6 || none > 6e-6 {
		t.Errorf("nobody is shown with a chance of %g", none)
	}
	most := 0.0
	for by := range 12 {
		shown, next := atLeast(few-by), atLeast(few-by-1)
		most = max(most, next/shown, (1-shown)/(1-next))
	}
	if most > 20 {
		t.Errorf("one more makes a group %.1f times as likely to be shown, or not", most)
	}
	t.Logf("at most %.1f times", most)
}

// atMost is the chance that a lot is a number below zero, or less.
func atMost(n int) float64 { return math.Pow(10, float64(n)) / 2 }
