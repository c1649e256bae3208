package round

import (
	"context"
	"errors"
	"slices"

	"github.com/ownward/ownward/internal/certificate"
	"github.com/ownward/ownward/internal/matching"
	"github.com/ownward/ownward/internal/problem"
)

// mostPairs is how many pairs that may be are worked on at once.
const mostPairs = 40_000_000

// task is what is to be solved: who may be matched with whom, and what is settled before.
type task struct {
	*table
	Settings
	pairs   *matching.Problem // with their fit
	without []Because
	changes []Pinned
	holds   []bool // of each change: it can be as it says
	full    []bool // mentors who have more to meet than they have places for now: those stay, and nobody new comes
	floors  []int32
}

// answer is who gets whom.
type answer struct {
	open     *matching.Problem // what was left to solve
	mentor   []int32           // by mentee, or matching.None
	fit      []int32
	settled  []bool // pinned, or have met: nothing was left to decide
	short    []bool // mentees who are more than the places that fit them
	scarce   []bool // mentors of whom there is too little
	matched  int
	possible int
	total    int64
}

// prepare builds what is to be solved from what was read.
func (t *table) prepare(v Variant, changes []Pinned) (*task, error) {
	k := &task{table: t, Settings: v.Settings, changes: changes}
	var few bool
	if k.pairs, k.without, few = t.admissible(v.Settings); !few {
		return nil, problem.Refuse("So many pairs are possible here that they cannot be worked on at once. A rule, such as another department, makes them fewer.")
	}
	k.floors = matching.Floors(k.pairs, 5)
	k.fill()
	k.hold()
	return k, nil
}

// solve works out who gets whom, with the first so many changes by hand, and has it checked.
func (k *task) solve(ctx context.Context, changes int) (*answer, error) {
	settled := k.settledPairs(changes)
	p, scale := k.open(settled, changes)
	found, err := k.run(ctx, p, scale)
	if err != nil {
		return nil, err
	}
	a := &answer{
		open: p, mentor: slices.Clone(found.Mentor), fit: make([]int32, len(k.mentees)), settled: make([]bool, len(k.mentees)),
		short: make([]bool, len(k.mentees)), scarce: make([]bool, len(k.mentors)),
	}
	for i := range a.short {
		a.short[i] = found.Proof.Mentees[0][i] == 0
		a.possible += int(found.Proof.Mentees[0][i])
	}
	for j := range a.scarce {
		a.scarce[j] = found.Proof.Mentors[0][j] > 0
		a.possible += int(found.Proof.Mentors[0][j]) * int(p.Capacity[j])
	}
	for i, j := range settled {
		a.mentor[i], a.settled[i], a.short[i] = j, true, false
		if !k.mentees[i].gone {
			a.possible++
		}
	}
	for i, j := range a.mentor {
		if j != matching.None {
			a.fit[i] = k.shown(int32(i), j)
			if !k.mentees[i].gone {
				a.matched++
				a.total += int64(a.fit[i])
			}
		}
	}
	if !k.within(a) {
		return nil, errUnproven
	}
	return a, nil
}

// shown is the fit of a pair as it is shown; of one that stays though somebody left, as it was.
func (k *task) shown(i, j int32) int32 {
	a, b := &k.mentees[i], &k.mentors[j]
	if a.gone || b.gone {
		return int32(k.stands[two{a.id, b.id}].fit)
	}
	return k.fit(a, b, j, k.skillsCount(i, j))
}

// open is what is left to solve. Scores are made so large that one more for a pair that is published and has
// not met decides between equals: of the best results it is the one that changes fewest.
func (k *task) open(settled map[int32]int32, changes int) (p *matching.Problem, scale int32) {
	forbidden := map[[2]int32]bool{}
	for n, c := range k.changes[:changes] {
		if i, j, _ := k.at(c.Mentee.Person, c.Mentor.Person); k.holds[n] && c.Kind == Forbid {
			forbidden[[2]int32{i, j}] = true
		}
	}
	stays := map[[2]int32]bool{}
	for p, s := range k.stands {
		if i, j, here := k.at(p.mentee, p.mentor); here && !s.met {
			stays[[2]int32{i, j}] = true
		}
	}
	scale = 1
	if len(stays) > 0 {
		scale = int32(len(stays)) + 1
	}
	p = &matching.Problem{Capacity: slices.Clone(k.pairs.Capacity), Row: make([]int64, 1, len(k.pairs.Row))}
	if len(settled)+len(forbidden)+len(stays) == 0 {
		return k.pairs, 1
	}
	p.Mentor, p.Score = make([]int32, 0, k.pairs.Pairs()), make([]int32, 0, k.pairs.Pairs())
	for i := range int32(len(k.mentees)) {
		if _, done := settled[i]; !done {
			for e := k.pairs.Row[i]; e < k.pairs.Row[i+1]; e++ {
				pair := [2]int32{i, k.pairs.Mentor[e]}
				if forbidden[pair] {
					continue
				}
				score := k.pairs.Score[e] * scale
				if stays[pair] {
					score++
				}
				p.Mentor, p.Score = append(p.Mentor, pair[1]), append(p.Score, score)
			}
		}
		p.Row = append(p.Row, int64(len(p.Mentor)))
	}
	for i, j := range settled {
		if !k.stands[two{k.mentees[i].id, k.mentors[j].id}].met { // who has met has their place
			p.Capacity[j] = max(0, p.Capacity[j]-1)
		}
	}
	return p, scale
}

var errUnproven = errors.New("the result of a matching round did not stand up to its check")

// run solves what is open in the way of the variant. What comes out is checked by another package, which trusts
// nothing of the solver; what does not stand up to it is shown to nobody.
func (k *task) run(ctx context.Context, p *matching.Problem, scale int32) (*matching.Solution, error) {
	q := (*certificate.Problem)(p)
	best := func() (*matching.Solution, error) {
		s, err := matching.Best(ctx, p, nil)
		if err != nil {
			return nil, err
		}
		matched, total, err := certificate.Best(q, s.Mentor, (*certificate.Proof)(&s.Proof))
		if err != nil || matched != s.Matched || total != s.Total {
			return nil, errors.Join(errUnproven, err)
		}
		return s, nil
	}
	switch k.Way {
	case Fair:
		floors := make([]int32, len(k.floors))
		for n, f := range k.floors {
			floors[n] = f * scale
		}
		s, err := matching.Fair(ctx, p, floors, nil)
		if err != nil {
			return nil, err
		}
		matched, _, total, err := certificate.Fair(q, floors, s.Mentor, (*certificate.Proof)(&s.Proof))
		if err != nil || matched != s.Matched || total != s.Total {
			return nil, errors.Join(errUnproven, err)
		}
		return s, nil
	case Stable:
		w := k.ranks(p)
		s, err := matching.Stable(ctx, p, w)
		if err != nil {
			return nil, err
		}
		if err := certificate.Stable(q, certificate.Wishes(w), s.Mentor); err != nil {
			return nil, errors.Join(errUnproven, err)
		}
		most, err := best() // for how many could have one, and who is more than the places
		if err != nil {
			return nil, err
		}
		s.Proof = most.Proof
		return s, nil
	}
	return best()
}

// ranks are the wishes of both sides, by pair: who is no wish comes after all wishes.
func (k *task) ranks(p *matching.Problem) matching.Wishes {
	w := matching.Wishes{Mentee: make([]int32, p.Pairs()), Mentor: make([]int32, p.Pairs())}
	rank := func(wished []int32, who int32) int32 {
		if n := slices.Index(wished, who); n >= 0 {
			return int32(n + 1)
		}
		return MostWishes + 1
	}
	for i := range int32(p.Mentees()) {
		for e := p.Row[i]; e < p.Row[i+1]; e++ {
			j := p.Mentor[e]
			w.Mentee[e], w.Mentor[e] = rank(k.mentees[i].wished, j), rank(k.mentors[j].wished, i)
		}
	}
	return w
}
