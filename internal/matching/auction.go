package matching

import (
	"context"
	"math"
)

const (
	nothing  = math.MinInt64 / 4 // a value below all that there are
	allPrice = -nothing          // the price of what nobody can have
	limit    = 1 << 60           // prices that come here are too large to be summed
)

// auction is Bertsekas's forward auction with epsilon scaling, on a problem made symmetric: as
// many bidders as there are places, and every place is taken in the end.
//
// A dummy mentor, one past the last, takes the mentees that stay without a mentor; it has as many
// places as there will be such mentees, worth 0 to everybody. A dummy mentee takes the places that
// stay empty, worth 0 wherever they are (see idleBidder). Without them, mentees who are too many for the
// places would drive prices up until the bound of the score, and places that nobody wants would
// keep the prices of earlier rounds.
//
// Prices are per place; the price of a mentor is that of the cheapest place (Bertsekas and
// Castañon 1989), at the root of a heap for each mentor. Scores count 1<<shift each, so that prices are
// whole numbers however small epsilon is.
//
// What holds throughout is complementary slackness within epsilon: who holds a place would
// have nothing anywhere that is better by more than epsilon. When epsilon times all mentees is less than one
// score, the assignment is best.
type auction struct {
	*Problem
	shift   uint
	epsilon int64
	most    int64 // no bid rises by more than this and epsilon

	must    []bool // mentees who may not stay without a mentor; nil where all may
	full    []bool // mentors whose places may not stay empty; nil where all may
	dummy   int32  // the mentor of those who stay without
	price   []int64
	first   []int32
	place   []place
	list    []shortlist
	mate    []int32
	waiting []int32 // mentees without a place, the last bids next
	idle    idleBidder
	bids    int
}

// place is one place of a mentor.
type place struct {
	price  int64
	holder int32 // a mentee, or one of those below
}

const (
	unsold  = int32(-1)
	stayOut = int32(-2) // held by the dummy mentee
)

// How fine the first round is, and each next one. Found by measuring.
const (
	firstShare = 32
	nextShare  = 8
)

// newAuction is an auction that ends with so many matched, which must be the greatest possible
// number. places are those of each mentor.
func newAuction(p *Problem, places []int32, matched int) *auction {
	m, n := p.Mentees(), p.Mentors()
	all := append(places[:n:n], int32(m-matched))
	a := &auction{Problem: p, dummy: int32(n), price: make([]int64, n+2), first: offsets(all), list: make([]shortlist, m), mate: make([]int32, m), waiting: make([]int32, 0, m)}
	a.place = make([]place, a.first[n+1])
	for s := range a.place {
		a.place[s].holder = unsold
	}
	for j, c := range all {
		if c == 0 {
			a.price[j] = allPrice
		}
	}
	a.price[n+1] = allPrice // of the rest of a shortlist that is not full
	a.idle.all = int(a.first[n]) - matched
	for 1<<a.shift <= m {
		a.shift++
	}
	a.most = p.span() << a.shift
	for i := range a.mate {
		a.mate[i] = None
	}
	return a
}

// run ends with the best assignment. The error is of the context, or ErrTooLarge.
func (a *auction) run(ctx context.Context, watch Watch) error {
	if a.span() >= limit>>(a.shift+5) {
		return ErrTooLarge
	}
	inParallel(a.Mentees(), func(i int32) { a.scan(i) })
	a.leave(func(int32, int32) bool { return false })
	for a.epsilon = max(1, a.most/firstShare); ; a.epsilon = max(1, a.epsilon/nextShare) {
		if err := a.round(ctx, watch); err != nil || a.epsilon == 1 {
			return err
		}
		next := max(1, a.epsilon/nextShare)
		content := make([]bool, a.Mentees())
		inParallel(a.Mentees(), func(i int32) { content[i] = a.content(i, next) })
		a.leave(func(i, _ int32) bool { return content[i] })
	}
}

// places is the heap of a mentor's places.
func (a *auction) places(j int32) []place { return a.place[a.first[j]:a.first[j+1]] }

// leave takes the places of those who do not stay, and sets all places to the price of
// their mentor: that is what being content refers to.
func (a *auction) leave(stays func(i, j int32) bool) {
	for j := range a.dummy + 1 {
		heap := a.places(j)
		for s := range heap {
			if i := heap[s].holder; i >= 0 && !stays(i, j) {
				a.mate[i] = None
				heap[s].holder = unsold
			}
			heap[s].price = a.price[j]
		}
	}
	for i := a.Mentees() - 1; i >= 0; i-- {
		if a.mate[i] == None {
			a.waiting = append(a.waiting, int32(i))
		}
	}
}

// content says whether i has nothing better by more than epsilon.
func (a *auction) content(i int32, epsilon int64) bool {
	best, _, _ := a.look(i, epsilon)
	return a.worth(i, a.mate[i]) >= best-epsilon
}

// worth is the value for i of mentor j at these prices.
func (a *auction) worth(i, j int32) int64 {
	if j == a.dummy {
		return -a.price[j]
	}
	l := &a.list[i]
	for q, x := range l.mentor {
		if x == j {
			return int64(l.score[q])<<a.shift - a.price[j]
		}
	}
	return int64(a.score(i, j))<<a.shift - a.price[j]
}

// round has everybody bid until all hold a place.
func (a *auction) round(ctx context.Context, watch Watch) error {
	if a.idle.all > 0 {
		a.idle.begin(a)
	}
	for {
		for len(a.waiting) > 0 {
			i := a.waiting[len(a.waiting)-1]
			a.waiting = a.waiting[:len(a.waiting)-1]
			if a.bid(i) > limit {
				return ErrTooLarge
			}
			if a.bids++; a.bids&0xffff == 0 {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				watch.say("bidding", a.rounds())
			}
		}
		if a.idle.all == 0 || a.idle.bid(a) {
			return nil
		}
	}
}

// rounds is how far this is: the share of rounds that are over.
func (a *auction) rounds() float64 {
	return 1 - math.Log(float64(max(1, a.epsilon)))/math.Log(float64(max(2, a.most)))
}

// bid has i take the best place, at a price that leaves it as good as the second best. It
// returns that price.
func (a *auction) bid(i int32) int64 {
	best, second, j := a.look(i, a.epsilon)
	heap := a.places(j)
	switch out := heap[0].holder; out {
	case unsold:
	case stayOut:
		a.idle.lost = append(a.idle.lost, j)
	default:
		a.mate[out] = None
		a.waiting = append(a.waiting, out)
	}
	a.mate[i] = j
	price := heap[0].price + min(best-second, a.most) + a.epsilon
	sink(heap, 0, place{price, i})
	a.price[j] = heap[0].price
	return price
}

// sink puts p at a place of a heap by price, or further down.
func sink(heap []place, at int, p place) {
	for {
		child := 2*at + 1
		if child >= len(heap) {
			break
		}
		if child+1 < len(heap) && heap[child+1].price < heap[child].price {
			child++
		}
		if heap[child].price >= p.price {
			break
		}
		heap[at] = heap[child]
		at = child
	}
	heap[at] = p
}
