package insight

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/disclosure"
	"github.com/ownward/ownward/internal/seal"
)

// Lots is the secret from which lots are drawn. The same people have the same lot in the same month, also where a month
// is made again because a backup was restored: two draws for the same people would tell more than one.
type Lots [sha256.Size]byte

// LotsOf are the lots of an installation. Its key is kept outside the store, so that no restore rewinds it.
func LotsOf(key *seal.Key) (Lots, error) {
	derived, err := key.Derived("figures about groups")
	return Lots(derived), err
}

// of are the lots of a month.
func (l Lots) of(organisation db.ID, month civil.Date) Lots {
	return l.derived("month", string(organisation), month.String())
}

// marks stand for people in a month: who does not know the secret finds nobody by them.
func (l Lots) marks(ids []db.ID) []disclosure.Mark {
	marks := make([]disclosure.Mark, len(ids))
	for n, id := range ids {
		drawn := l.derived("person", string(id))
		marks[n] = disclosure.Mark{binary.BigEndian.Uint64(drawn[:]), binary.BigEndian.Uint64(drawn[8:])}
	}
	return marks
}

// draws are those of a figure: for each group, by who is in it, and for each part a row of numbers of its own.
func (l Lots) draws(figure string) disclosure.Draws {
	return func(people disclosure.Mark, parts [2]int) func(n int) int {
		var group []byte
		for _, n := range []uint64{people[0], people[1], uint64(parts[0]), uint64(parts[1])} {
			group = binary.BigEndian.AppendUint64(group, n)
		}
		numbers := rand.NewChaCha8(l.derived("figure", figure, string(group)))
		return func(n int) int { return int(numbers.Uint64() % uint64(n)) } // the same with every release of the library
	}
}

func (l Lots) derived(words ...string) Lots {
	h := hmac.New(sha256.New, l[:])
	for _, word := range words {
		h.Write(binary.AppendUvarint(nil, uint64(len(word))))
		h.Write([]byte(word))
	}
	h.Sum(l[:0])
	return l
}
