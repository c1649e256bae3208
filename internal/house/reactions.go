package house

import (
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/share"
)

// What a package above does, in the same transaction, when something happens below it.
func init() {
	event.React("person left", share.PersonLeft)
}
