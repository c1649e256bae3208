package matching

// refine turns the prices of an auction that is over into whole scores at which everybody has
// exactly the best that there is for them. Since the assignment is best, there are such prices: the lengths of longest
// paths in the graph of who would move where (the price refinement of Goldberg 1997),
// found by correcting labels, which are nearly right to begin with.
type refine struct {
	*auction
	label  []int64 // of each mentor, the dummy mentor, and the dummy mentee, which are its nodes
	holder []int32 // mentees by mentor
	first  []int32
	idles  []bool // mentors with an empty place
	queued []bool
	queue  []int32
}

// proof is what mentees and mentors count at the level of the scores. mentors() came before.
func (a *auction) proof(c cardinality) (mentees, mentors []int64) {
	r := newRefine(a)
	a.list = nil
	r.run()
	n := a.Mentors()
	mentees, mentors = make([]int64, a.Mentees()), r.label[:n:n]
	out, empty := r.label[n], r.label[n+1]
	for i, j := range a.mate {
		switch {
		case j == None:
		case c.short[i]:
			mentees[i] = r.worth(int32(i), j) + out
		default:
			mentees[i] = r.worth(int32(i), j) + empty
		}
	}
	for j := range mentors {
		if c.scarce[j] {
			mentors[j] -= out
		} else {
			mentors[j] -= empty
		}
	}
	return mentees, mentors
}

func newRefine(a *auction) *refine {
	n := a.Mentors()
	r := &refine{auction: a, label: make([]int64, n+2), idles: make([]bool, n), queued: make([]bool, n+2)}
	held := make([]int32, n+1)
	for _, j := range a.mate {
		if j == None {
			j = a.dummy
		}
		held[j]++
	}
	r.first = offsets(held)
	r.holder = make([]int32, a.Mentees())
	at := append([]int32(nil), r.first...)
	for i, j := range a.mate {
		if j == None {
			j = a.dummy
		}
		r.holder[at[j]] = int32(i)
		at[j]++
	}
	half := int64(1) << a.shift >> 1
	least, any := int64(0), false
	for j := range a.dummy {
		if a.first[j] == a.first[j+1] { // without a place: dear enough for nobody to want it
			r.label[j] = nothing
			continue
		}
		r.label[j] = (a.price[j] + half) >> a.shift
		r.idles[j] = held[j] < a.first[j+1]-a.first[j]
		if !any || r.label[j] < least {
			least, any = r.label[j], true
		}
	}
	r.label[n+1] = least
	if held[n] > 0 {
		r.label[n] = (a.price[n] + half) >> a.shift
	}
	return r
}

func (r *refine) worth(i, j int32) int64 {
	if j == None {
		return -r.label[r.dummy]
	}
	return int64(r.score(i, j)) - r.label[j]
}

// run raises labels until everybody has the best.
func (r *refine) run() {
	wants := make([]bool, r.Mentees())
	inParallel(r.Mentees(), func(i int32) { wants[i] = r.wants(i) })
	for i, w := range wants {
		if w {
			j := r.mate[i]
			if j == None {
				j = r.dummy
			}
			r.push(j)
		}
	}
	for j := range r.dummy {
		r.upTo(j)
	}
	r.push(r.dummy + 1)
	for len(r.queue) > 0 {
		j := r.queue[0]
		r.queue = r.queue[1:]
		r.queued[j] = false
		if j == r.dummy+1 {
			for l := range r.dummy {
				if r.full == nil || !r.full[l] {
					r.raise(l, r.label[j])
				}
			}
			continue
		}
		for _, i := range r.holder[r.first[j]:r.first[j+1]] {
			r.pushOn(i)
		}
	}
}

// wants says whether i would rather have somebody else.
func (r *refine) wants(i int32) bool {
	v := r.worth(i, r.mate[i])
	mentors, scores := r.row(i)
	for e, l := range mentors {
		if int64(scores[e])-r.label[l] > v {
			return true
		}
	}
	return r.mate[i] != None && r.mayStay(i) && -r.label[r.dummy] > v
}

func (r *refine) mayStay(i int32) bool {
	return r.first[r.dummy] < r.first[r.dummy+1] && (r.must == nil || !r.must[i])
}

// pushOn raises whoever i would rather have.
func (r *refine) pushOn(i int32) {
	v := r.worth(i, r.mate[i])
	mentors, scores := r.row(i)
	for e, l := range mentors {
		r.raise(l, int64(scores[e])-v)
	}
	if r.mate[i] != None && r.mayStay(i) {
		r.raise(r.dummy, -v)
	}
}

func (r *refine) raise(j int32, to int64) {
	if r.label[j] >= to {
		return
	}
	r.label[j] = to
	r.push(j)
	if j < r.dummy {
		r.upTo(j)
	}
}

// upTo lifts the dummy mentee to the price of an empty place.
func (r *refine) upTo(j int32) {
	if r.idles[j] && r.label[r.dummy+1] < r.label[j] {
		r.label[r.dummy+1] = r.label[j]
		r.push(r.dummy + 1)
	}
}

func (r *refine) push(j int32) {
	if !r.queued[j] {
		r.queued[j] = true
		r.queue = append(r.queue, j)
	}
}
