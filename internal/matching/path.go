package matching

// search is a search for a shortest path among mentors; what it knows of each is good where reached
// is the number of this search.
type search struct {
	number   uint32
	reached  []uint32
	distance []int64
	by       []int32 // the mentee through whom a mentor was reached
	to       []int32 // where that mentee would go, when places are filled
	queue    queue   // by distance
	done     []int32 // mentors that were nearer than the end
}

func (s *search) begin() {
	if s.number++; s.number == 0 {
		clear(s.reached)
		s.number = 1
	}
	s.queue, s.done = s.queue[:0], s.done[:0]
}

// reach notes a way to a mentor, if it is the shortest so far.
func (s *search) reach(j int32, distance int64, by, to int32) {
	if s.reached[j] == s.number && s.distance[j] <= distance {
		return
	}
	s.reached[j], s.distance[j], s.by[j], s.to[j] = s.number, distance, by, to
	s.queue.push(distance, j)
}

// later notes whose other options are to be looked at when the search has come so far, if it does.
func (s *search) later(who int32, distance, end int64) {
	if distance < end {
		s.queue.push(distance, ^who)
	}
}

// next is the nearest mentor that was not done yet, if it is nearer than the end; or ^who, of later.
func (s *search) next(end int64) (int32, bool) {
	for len(s.queue) > 0 && s.queue[0].key < end {
		top := s.queue[0]
		s.queue.drop()
		if top.mentor < 0 {
			return top.mentor, true
		}
		if top.key == s.distance[top.mentor] {
			s.done = append(s.done, top.mentor)
			return top.mentor, true
		}
	}
	return 0, false
}

// place finds a place for mentee i, who has none and counts too much for that; or for one of the
// mentees of mentor start, who has one too many. Somebody may be left without a mentor for it.
func (l *Live) place(i, start int32) {
	s := &l.search
	s.begin()
	end, out, free := int64(1)<<62, int32(None), int32(None)
	offer := func(x int32, count int64, options []option) {
		for _, o := range options {
			if v := count + gap(o, l.mentors); v < end && o.who != l.mentor[x] {
				s.reach(o.who, v, x, None)
			}
		}
	}
	visit := func(x int32, distance int64) {
		if v := distance + l.mentees[x]; v < end {
			end, out, free = v, x, None
		}
		lack := l.mentees[x] - unit
		options, least := l.nearMentors.look(x, l.pairs[x], l.mentors, -lack, func(j int32) bool { return j == l.mentor[x] })
		offer(x, distance+lack, options)
		s.later(x, distance+lack+least, end)
	}
	if i != None {
		visit(i, 0)
	} else {
		s.reach(start, 0, None, None)
	}
	for {
		j, some := s.next(end)
		if !some {
			break
		}
		if j < 0 {
			x, distance := ^j, int64(0)
			if from := l.mentor[x]; from != None {
				distance = s.distance[from]
			}
			offer(x, distance+l.mentees[x]-unit, l.pairs[x])
			continue
		}
		if len(l.held[j]) < int(l.capacity[j]) {
			end, out, free = s.distance[j], None, j
			break
		}
		for _, x := range l.held[j] {
			visit(x, s.distance[j])
		}
	}
	if i != None {
		l.mentees[i] -= end
	}
	l.shift(end, 1)
	if out != None && out == i {
		return
	}
	if out != None {
		free = l.mentor[out]
		l.release(out)
	}
	l.moveUp(free, start)
}

// moveUp moves everybody on the path one place on, the last to a free place.
func (l *Live) moveUp(free, start int32) {
	for free != start {
		x := l.search.by[free]
		from := l.mentor[x]
		if from != None {
			l.release(x)
		}
		l.take(x, free)
		free = from
	}
}

// fill finds somebody for a place of j that is free now, or a place that had better stay empty.
func (l *Live) fill(j int32) {
	if l.mentors[j] == 0 {
		return
	}
	s := &l.search
	s.begin()
	s.reach(j, 0, None, None)
	end, in, empty := int64(1)<<62, int32(None), int32(None)
	ask := func(at int32, count int64, options []option) {
		for _, o := range options {
			v := count + gap(o, l.mentees)
			if v >= end || l.left[o.who] || l.mentor[o.who] == at {
				continue
			}
			if from := l.mentor[o.who]; from != None {
				s.reach(from, v, o.who, at)
			} else {
				end, in, empty = v, o.who, at
			}
		}
	}
	for {
		at, some := s.next(end)
		if !some {
			break
		}
		if at < 0 {
			at = ^at
			ask(at, s.distance[at]+l.mentors[at]-unit, l.wanted[at])
			continue
		}
		distance := s.distance[at]
		if v := distance + l.mentors[at]; v < end {
			end, in, empty = v, None, at
		}
		lack := l.mentors[at] - unit
		options, least := l.nearMentees.look(at, l.wanted[at], l.mentees, -lack, func(x int32) bool { return l.left[x] || l.mentor[x] == at })
		ask(at, distance+lack, options)
		s.later(at, distance+lack+least, end)
	}
	l.shift(end, -1)
	if in != None {
		l.take(in, empty)
	}
	for empty != j {
		x := s.by[empty]
		l.release(x)
		empty = s.to[empty]
		l.take(x, empty)
	}
}

// shift has mentors that are nearer than the end count more by the difference, and their mentees as
// much less, or the other way round.
func (l *Live) shift(end, sign int64) {
	s := &l.search
	most := int64(0)
	for _, j := range s.done {
		by := end - s.distance[j]
		if by <= 0 {
			continue
		}
		most = max(most, by)
		l.mentors[j] += sign * by
		for _, x := range l.held[j] {
			l.mentees[x] -= sign * by
		}
	}
	if sign > 0 {
		l.nearMentees.fell(most)
	} else {
		l.nearMentors.fell(most)
	}
}
