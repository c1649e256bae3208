package house

import (
	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/share"
)

// What a package above does, in the same transaction, when something happens below it.
func init() {
	for _, kind := range []string{"person added", "person changed", "person returned"} {
		event.React(kind, account.PersonChanged)
	}
	event.React("people imported", account.PeopleImported)
	event.React("shared", tellShared)
	event.React("person left", share.PersonLeft)
	event.React("person left", conversation.PersonLeft)
	event.React("line ended", conversation.LineEnded)
	event.React("person left", ask.PersonLeft)
	event.React("shared", notice.ThingShared)
}

// tellShared lets the viewer know that somebody shared something with them: once for all that
// one act shares.
func tellShared(tx *db.Tx, e event.Event) error {
	return notice.Tell(tx, e.Organisation, db.ID(e.Facts["viewer"]), notice.Shared, event.Thing{Kind: "person", ID: e.By}, "")
}
