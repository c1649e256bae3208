package matching

// queue is a binary heap of mentors, that with the least key first.
type queue []queued

type queued struct {
	key    int64
	mentor int32
}

func (q *queue) push(key int64, mentor int32) {
	all := append(*q, queued{key, mentor})
	at := len(all) - 1
	for at > 0 && all[(at-1)/2].key > key {
		all[at] = all[(at-1)/2]
		at = (at - 1) / 2
	}
	all[at] = queued{key, mentor}
	*q = all
}

// drop takes away the first.
func (q *queue) drop() {
	all := *q
	last := len(all) - 1
	moved := all[last]
	all = all[:last]
	for at := 0; last > 0; {
		child := 2*at + 1
		if child+1 < last && all[child+1].key < all[child].key {
			child++
		}
		if child >= last || all[child].key >= moved.key {
			all[at] = moved
			break
		}
		all[at] = all[child]
		at = child
	}
	*q = all
}
