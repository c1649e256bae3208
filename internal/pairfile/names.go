package pairfile

import (
	"bytes"
	"hash/maphash"
)

// Names numbers names in the order in which they come. A map of strings would take five times the memory.
type Names struct {
	text  []byte // one after the other
	ends  []int32
	slots []int32 // numbers by hash, or by the next slot that was free; 0 is none, 1 the first. Nil when all is read.
}

var seed = maphash.MakeSeed()

// Len is how many there are.
func (n *Names) Len() int { return len(n.ends) }

// Name is what number i is called.
func (n *Names) Name(i int) string { return string(n.name(i)) }

func (n *Names) name(i int) []byte {
	from := int32(0)
	if i > 0 {
		from = n.ends[i-1]
	}
	return n.text[from:n.ends[i]]
}

func (n *Names) find(name []byte) (int32, bool) {
	if len(n.slots) == 0 {
		return 0, false
	}
	i := n.slots[n.slot(name)] - 1
	return i, i >= 0
}

func (n *Names) number(name []byte) (i int32, isNew bool) {
	if i, known := n.find(name); known {
		return i, false
	}
	if 4*len(n.ends) >= 3*len(n.slots) {
		n.slots = make([]int32, max(64, 2*len(n.slots)))
		for i := range n.ends {
			n.slots[n.slot(n.name(i))] = int32(i) + 1
		}
	}
	i = int32(len(n.ends))
	n.slots[n.slot(name)] = i + 1
	n.text = append(n.text, name...)
	n.ends = append(n.ends, int32(len(n.text)))
	return i, true
}

// slot is where a name is, or would be.
func (n *Names) slot(name []byte) uint64 {
	last := uint64(len(n.slots) - 1) // their number is a power of two
	at := maphash.Bytes(seed, name) & last
	for n.slots[at] != 0 && !bytes.Equal(n.name(int(n.slots[at]-1)), name) {
		at = (at + 1) & last
	}
	return at
}
