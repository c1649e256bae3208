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

// next is the nearest mentor that was not done yet, if it is nearer than the end.
func (s *search) next(end int64) (int32, bool) {
	for len(s.queue) > 0 && s.queue[0].key < end {
		top := s.queue[0]
		s.queue.drop()
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
	visit := func(x int32, distance int64) {
		if v := distance + l.mentees[x]; v < end {
			end, out, free = v, x, None
		}
		for _, o := range l.pairs[x] {
			if v := distance + l.lacks(x, o.who, o.score); v < end && o.who != l.mentor[x] {
				s.reach(o.who, v, x, None)
			}
		}
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
	for free != start {
		x := s.by[free]
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
	for {
		at, some := s.next(end)
		if !some {
			break
		}
		distance := s.distance[at]
		if v := distance + l.mentors[at]; v < end {
			end, in, empty = v, None, at
		}
		for _, o := range l.wanted[at] {
			if l.left[o.who] || l.mentor[o.who] == at {
				continue
			}
			v := distance + l.lacks(o.who, at, o.score)
			if v >= end {
				continue
			}
			if from := l.mentor[o.who]; from != None {
				s.reach(from, v, o.who, at)
			} else {
				end, in, empty = v, o.who, at
			}
		}
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
	for _, j := range s.done {
		by := sign * (end - s.distance[j])
		if by*sign <= 0 {
			continue
		}
		l.mentors[j] += by
		for _, x := range l.held[j] {
			l.mentees[x] -= by
		}
	}
}
