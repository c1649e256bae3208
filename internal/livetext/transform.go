package livetext

// parts reads a change from its beginning, part by part or less.
type parts struct {
	rest Change
	now  Part
}

func read(c Change) *parts {
	p := &parts{rest: c}
	p.next()
	return p
}

func (p *parts) next() {
	p.now = Part{}
	if len(p.rest) > 0 {
		p.now, p.rest = p.rest[0], p.rest[1:]
	}
}

// over is how many units of the text before the change the part goes over.
func (p *parts) over() int { return p.now.Keep + p.now.Drop }

func (p *parts) done() bool { return p.now == Part{} }

// take reads so many units of a part that goes over the text.
func (p *parts) take(n int) {
	if p.now.Keep > 0 {
		p.now.Keep -= n
	} else {
		p.now.Drop -= n
	}
	if p.over() == 0 {
		p.next()
	}
}

// Transform makes two changes that were made on the same text follow each other: a and then the
// second that it gives make the same text as b and then the first. Where both put words in the
// same place, those of a come first.
func Transform(a, b Change) (a2, b2 Change, err error) {
	x, y := read(a), read(b)
	for !x.done() || !y.done() {
		switch {
		case x.now.Put != "":
			a2, b2 = a2.Put(x.now.Put), b2.Keep(Units(x.now.Put))
			x.next()
			continue
		case y.now.Put != "":
			a2, b2 = a2.Keep(Units(y.now.Put)), b2.Put(y.now.Put)
			y.next()
			continue
		case x.done() || y.done():
			return nil, nil, Misfit
		}
		n := min(x.over(), y.over())
		switch {
		case x.now.Keep > 0 && y.now.Keep > 0:
			a2, b2 = a2.Keep(n), b2.Keep(n)
		case x.now.Drop > 0 && y.now.Keep > 0:
			a2 = a2.Drop(n)
		case x.now.Keep > 0 && y.now.Drop > 0:
			b2 = b2.Drop(n)
		}
		x.take(n)
		y.take(n)
	}
	return a2, b2, nil
}

// Compose makes one change of two, the second made on what the first leaves.
func Compose(first, second Change) (both Change, err error) {
	x, y := read(first), read(second)
	for !x.done() || !y.done() {
		switch {
		case x.now.Drop > 0:
			both = both.Drop(x.now.Drop)
			x.next()
			continue
		case y.now.Put != "":
			both = both.Put(y.now.Put)
			y.next()
			continue
		case x.done() || y.done():
			return nil, Misfit
		}
		if x.now.Put != "" {
			if both, err = x.put(y, both); err != nil {
				return nil, err
			}
			continue
		}
		n := min(x.now.Keep, y.over())
		if y.now.Keep > 0 {
			both = both.Keep(n)
		} else {
			both = both.Drop(n)
		}
		x.take(n)
		y.take(n)
	}
	return both, nil
}

// put is what stays of words that the first change put in, after a part of the second.
func (p *parts) put(second *parts, both Change) (Change, error) {
	n := min(Units(p.now.Put), second.over())
	words, rest, ok := cut(p.now.Put, n)
	if !ok {
		return nil, Misfit
	}
	if second.now.Keep > 0 {
		both = both.Put(words)
	}
	if p.now.Put = rest; rest == "" {
		p.next()
	}
	second.take(n)
	return both, nil
}
