package matching

import "slices"

// Live is a best matching that stays best while people join, leave and take more or fewer.
//
// What people count is kept as whole numbers: a match counts one unit more than all scores could, so that
// the two levels of a proof are one number. Each change starts one shortest augmenting path
// (Dijkstra on what a pair lacks to its two people), which touches only what is nearer than
// its end: a free place, or somebody who is left without because that costs least. Of everybody's pairs it looks at
// the few that lack least, and at the others only where the search comes so far (see near).
type Live struct {
	capacity []int32
	pairs    [][]option // of each mentee
	wanted   [][]option // of each mentor, with the mentees; who has left is still there
	left     []bool
	mentor   []int32
	held     [][]int32
	mentees  []int64 // what they count
	mentors  []int64
	search   search

	nearMentors near // of each mentee
	nearMentees near // of each mentor
}

// option is somebody, and the score with them.
type option struct{ who, score int32 }

// unit is what a match counts.
const unit = int64(1) << 50

// NewLive continues from the solution that Best found of p. It takes about 20 bytes for each pair, 200 for each
// mentee, and time in the number of pairs. The error is ErrTooLarge.
func NewLive(p *Problem, s *Solution) (*Live, error) {
	m, n := p.Mentees(), p.Mentors()
	l := &Live{capacity: slices.Clone(p.Capacity), pairs: make([][]option, m), wanted: make([][]option, n), left: make([]bool, m),
		mentor: slices.Clone(s.Mentor), held: make([][]int32, n), mentees: make([]int64, m), mentors: make([]int64, n)}
	degree := make([]int32, n)
	for _, j := range p.Mentor {
		degree[j]++
	}
	for j, d := range degree { // room for who joins
		degree[j] = d + d/16 + 4
	}
	first := offsets(degree)
	rows, columns := make([]option, p.Pairs()), make([]option, first[n])
	for j := range n {
		l.wanted[j] = columns[first[j]:first[j]:first[j+1]]
	}
	for i := range m {
		from, to := p.Row[i], p.Row[i+1]
		l.pairs[i] = rows[from:to:to]
		for e := from; e < to; e++ {
			rows[e] = option{p.Mentor[e], p.Score[e]}
			l.wanted[p.Mentor[e]] = append(l.wanted[p.Mentor[e]], option{int32(i), p.Score[e]})
		}
		if j := s.Mentor[i]; j != None {
			l.held[j] = append(l.held[j], int32(i))
		}
	}
	fits := encode(l.mentees, s.Proof.Mentees) && encode(l.mentors, s.Proof.Mentors)
	l.search = search{distance: make([]int64, n), reached: make([]uint32, n), by: make([]int32, n), to: make([]int32, n)}
	l.nearMentors, l.nearMentees = newNear(m), newNear(n)
	if !fits {
		return nil, ErrTooLarge
	}
	return l, nil
}

func encode(counts []int64, levels [][]int64) bool {
	for i := range counts {
		if levels[1][i] <= -unit/8 || levels[1][i] >= unit/8 {
			return false
		}
		counts[i] = levels[0][i]*unit + levels[1][i]
	}
	return true
}

// Join adds a mentee with these pairs, which stay the caller's, and returns their number.
func (l *Live) Join(mentors, scores []int32) int32 {
	i := int32(len(l.pairs))
	row := make([]option, len(mentors))
	count := int64(0)
	for e, j := range mentors {
		row[e] = option{j, scores[e]}
		l.wanted[j] = append(l.wanted[j], option{i, scores[e]})
		count = max(count, unit+int64(scores[e])-l.mentors[j])
	}
	l.pairs, l.left, l.mentor, l.mentees = append(l.pairs, row), append(l.left, false), append(l.mentor, None), append(l.mentees, count)
	l.nearMentors.add()
	if count > 0 {
		l.place(i, None)
	}
	for _, o := range row {
		l.nearMentees.admit(o.who, l.mentees[i]-int64(o.score))
	}
	return i
}

// Leave takes a mentee out, who keeps their number.
func (l *Live) Leave(i int32) {
	if l.left[i] {
		return
	}
	j := l.mentor[i]
	l.left[i], l.mentees[i], l.pairs[i] = true, 0, nil
	if j != None {
		l.release(i)
		l.fill(j)
	}
}

// SetCapacity gives a mentor so many places.
func (l *Live) SetCapacity(j, places int32) {
	for l.capacity[j] < places {
		if l.mentors[j] == 0 { // nobody wants more of them
			l.capacity[j] = places
			return
		}
		l.capacity[j]++
		l.fill(j)
	}
	for l.capacity[j] > places {
		l.capacity[j]--
		if len(l.held[j]) > int(l.capacity[j]) {
			l.place(None, j)
		}
	}
}

// Solution is how it stands now; who has left has nobody. It takes time in all people.
func (l *Live) Solution() *Solution {
	s := &Solution{Mentor: slices.Clone(l.mentor), Proof: Proof{make([][]int64, 2), make([][]int64, 2)}}
	for i, j := range l.mentor {
		if j == None {
			continue
		}
		s.Matched++
		best := int64(-1 << 40)
		for _, o := range l.pairs[i] {
			if o.who == j {
				best = max(best, int64(o.score))
			}
		}
		s.Total += best
	}
	decode(&s.Proof.Mentees, l.mentees)
	decode(&s.Proof.Mentors, l.mentors)
	return s
}

func decode(levels *[][]int64, counts []int64) {
	units, scores := make([]int64, len(counts)), make([]int64, len(counts))
	for i, v := range counts {
		units[i] = (v + unit/2) / unit
		scores[i] = v - units[i]*unit
	}
	*levels = [][]int64{units, scores}
}

// Problem is what is solved now; who has left has no pairs. It takes time in all pairs.
func (l *Live) Problem() *Problem {
	p := &Problem{Capacity: slices.Clone(l.capacity), Row: []int64{0}}
	for _, row := range l.pairs {
		for _, o := range row {
			p.Mentor, p.Score = append(p.Mentor, o.who), append(p.Score, o.score)
		}
		p.Row = append(p.Row, int64(len(p.Mentor)))
	}
	return p
}

// release takes the place of i.
func (l *Live) release(i int32) {
	j := l.mentor[i]
	l.mentor[i] = None
	at := slices.Index(l.held[j], i)
	last := len(l.held[j]) - 1
	l.held[j][at] = l.held[j][last]
	l.held[j] = l.held[j][:last]
	l.nearMentors.forget(i)
	l.nearMentees.forget(j)
}

// take gives i a place of j.
func (l *Live) take(i, j int32) {
	l.mentor[i] = j
	l.held[j] = append(l.held[j], i)
}
