package matching

// width is how many pairs a shortlist holds.
const width = 8

// shortlist is the best pairs of a mentee when last looked at, and the value of the next best.
// Prices only rise, so that no other pair has become worth more than that since.
type shortlist struct {
	mentor [width]int32
	score  [width]int32
	bound  int64
}

// look is the best mentor for i at these prices, its value, and that of the second best or a little
// more: a bound is good enough where the two differ by epsilon anyway.
func (a *auction) look(i int32, epsilon int64) (best, second int64, mentor int32) {
	l := &a.list[i]
	if best, second, mentor = a.top(i, l); second >= l.bound {
		return best, second, mentor
	}
	if best-l.bound >= epsilon {
		return best, l.bound, mentor
	}
	a.scan(i)
	return a.top(i, l)
}

// top is the best and the second best of the shortlist and of staying without a mentor.
func (a *auction) top(i int32, l *shortlist) (best, second int64, mentor int32) {
	best, second, mentor = -a.price[a.dummy], nothing, a.dummy
	if a.must != nil && a.must[i] {
		best = nothing
	}
	for q, j := range l.mentor {
		v := int64(l.score[q])<<a.shift - a.price[j]
		if v > second {
			if v > best {
				best, second, mentor = v, best, j
			} else {
				second = v
			}
		}
	}
	return best, second, mentor
}

// scan looks at all pairs of i and keeps the best in mind.
func (a *auction) scan(i int32) {
	var value [width + 1]int64
	var pair [width + 1]int32
	for q := range value {
		value[q], pair[q] = nothing, -1
	}
	mentors, scores := a.row(i)
	scores = scores[:len(mentors)]
	price := a.price
	for e, j := range mentors {
		v := int64(scores[e])<<a.shift - price[j]
		if v <= value[width] {
			continue
		}
		q := width
		for ; q > 0 && value[q-1] < v; q-- {
			value[q], pair[q] = value[q-1], pair[q-1]
		}
		value[q], pair[q] = v, int32(e)
	}
	l := &a.list[i]
	for q := range l.mentor {
		if e := pair[q]; e >= 0 {
			l.mentor[q], l.score[q] = mentors[e], scores[e]
		} else {
			l.mentor[q], l.score[q] = a.dummy+1, 0
		}
	}
	l.bound = value[width]
}
