package matching

// idleBidder is the dummy mentee, who bids for the places that stay empty. All of them are worth
// the same to it, so that it bids for the cheapest that it does not hold.
type idleBidder struct {
	all    int     // places that stay empty in the end
	need   int     // places that it does not hold yet
	lost   []int32 // mentors at whom it lost a place since
	queue  queue   // of mentors by price, which may have risen since
	raised int64   // the price of all that it holds is at least this
}

// begin keeps what is within epsilon of the cheapest, and looks at all mentors.
func (d *idleBidder) begin(a *auction) {
	least := int64(allPrice)
	for j := range a.dummy {
		if a.full == nil || !a.full[j] {
			least = min(least, a.price[j])
		}
	}
	d.need, d.lost, d.queue, d.raised = d.all, d.lost[:0], d.queue[:0], least
	for j := range a.dummy {
		heap := a.places(j)
		for s := range heap {
			if heap[s].holder != stayOut {
				continue
			}
			if heap[s].price <= least+a.epsilon {
				d.need--
			} else {
				heap[s].holder = unsold
			}
		}
		d.look(a, j)
	}
}

// look enters a mentor into the queue, with the cheapest place that may be bid for.
func (d *idleBidder) look(a *auction, j int32) {
	if _, price := d.cheapestOf(a, j); price < allPrice {
		d.queue.push(price, j)
	}
}

func (d *idleBidder) cheapestOf(a *auction, j int32) (at int, price int64) {
	price = allPrice
	if a.full != nil && a.full[j] {
		return 0, price
	}
	for s, p := range a.places(j) {
		if p.holder != stayOut && p.price < price {
			at, price = s, p.price
		}
	}
	return at, price
}

// first is the cheapest offer, of which the price is not out of date.
func (d *idleBidder) first(a *auction) queued {
	for len(d.queue) > 0 {
		top := d.queue[0]
		_, price := d.cheapestOf(a, top.mentor)
		if price == top.key {
			return top
		}
		d.queue.drop()
		d.look(a, top.mentor)
	}
	return queued{key: allPrice}
}

// bid takes as many places as are needed, each at the price of the next cheapest and epsilon.
// It says whether none was needed.
func (d *idleBidder) bid(a *auction) bool {
	for _, j := range d.lost {
		d.need++
		d.look(a, j)
	}
	d.lost = d.lost[:0]
	if d.need == 0 {
		return true
	}
	level := int64(0)
	for ; d.need > 0; d.need-- {
		o := d.first(a)
		at, _ := d.cheapestOf(a, o.mentor)
		heap := a.places(o.mentor)
		if out := heap[at].holder; out >= 0 {
			a.mate[out] = None
			a.waiting = append(a.waiting, out)
		}
		heap[at].holder = stayOut
		d.queue.drop()
		d.look(a, o.mentor)
		level = o.key + a.epsilon
		if next := d.first(a); next.key < allPrice {
			level = next.key + a.epsilon
		}
		sink(heap, at, place{level, stayOut})
		a.price[o.mentor] = heap[0].price
	}
	if level >= d.raised+4*a.epsilon {
		d.raise(a, level)
	}
	return false
}

// raise lifts all that is held to the level of the last bid, or each such place would have to be bid up by
// itself.
func (d *idleBidder) raise(a *auction, level int64) {
	d.raised = level
	for j := range a.dummy {
		heap := a.places(j)
		changed := false
		for s := range heap {
			if heap[s].holder == stayOut && heap[s].price < level {
				heap[s].price = level
				changed = true
			}
		}
		if changed {
			for at := len(heap)/2 - 1; at >= 0; at-- {
				sink(heap, at, heap[at])
			}
			a.price[j] = heap[0].price
		}
	}
}
