package web

import (
	"slices"
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/share"
)

// seenBy says who sees a thing besides its owner, the visitor. change is the address where that
// is changed, while they are here.
func (c *call) seenBy(all share.Audiences, change string) Seen {
	seen := Seen{Text: "only you", Change: change}
	if c.me.Left {
		seen.Change = ""
	}
	switch names := all.Names(); len(names) {
	case 0:
		return seen
	case 1:
		seen.Text = "you and " + names[0]
	case 2:
		seen.Text = "you, " + names[0] + " and " + names[1]
	default:
		seen.Text = "you and " + strconv.Itoa(len(names)) + " others"
	}
	seen.Shared = true
	had := map[string]bool{}
	for _, one := range all {
		if name := viewerName(one); !had[name] {
			had[name] = true
			seen.Names = append(seen.Names, name)
		}
	}
	return seen
}

// unlike is who sees a thing, where that differs from who sees all that stands around it.
func unlike(around, thing Seen) *Seen {
	if thing.Text == around.Text && slices.Equal(thing.Names, around.Names) {
		return nil
	}
	return &thing
}

// viewerName is a viewer with the capacity in which they see something.
func viewerName(one share.Share) string {
	if one.Role == share.Manager {
		return one.Name + ", as your manager"
	}
	if one.Role == share.Mentor {
		return one.Name + ", as your mentor"
	}
	return one.Name
}

// lookedAt notes that the visitor looked at something of somebody else's. The page says that it
// is so. To a browser that only fetches it ahead the page is not given: it could be read by then
// without anybody asking for it.
func (c *call) lookedAt(owner db.ID, what ...share.What) {
	if owner == c.me.Person || len(what) == 0 {
		return
	}
	if c.fetchedAhead() {
		c.ahead = true
		return
	}
	me := c.me
	c.afterwards(func(tx *db.Tx) error { return share.Looked(tx, me, owner, what...) })
}

// lookedAtAll notes that the visitor looked at things of several owners.
func (c *call) lookedAtAll(shown map[db.ID][]share.What) {
	for owner, what := range shown {
		c.lookedAt(owner, what...)
	}
}

// whatIs is a thing as it is shared.
func whatIs(thing event.Thing) share.What { return share.What{Kind: thing.Kind, ID: thing.ID} }

// zone is where the visitor is; UTC for who is not signed in.
func (c *call) zone() *time.Location {
	if c.me.Zone == nil {
		return time.UTC
	}
	return c.me.Zone
}

// stamp writes a moment as the date on which it was where the visitor is.
func (c *call) stamp(t time.Time) string { return stamp(t.In(c.zone())) }

// today is the day where the visitor is.
func (c *call) today() civil.Date { return civil.In(c.tx.Now(), c.me.Zone) }
