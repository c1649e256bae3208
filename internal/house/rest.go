package house

import (
	"context"
	"os"
	"runtime/debug"
	"time"

	"github.com/ownward/ownward/internal/problem"
)

// rest gives memory back to the system whenever nobody has asked for anything for half a second, and at
// the start, which takes some that is of no more use.
//
// Little of a request lives on in the next one: to collect a third as often as Go does by itself saves
// a tenth of the work and costs some megabytes, for as long as there is work.
func (h *House) rest(ctx context.Context) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300)
	}
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for before, rested := int64(0), int64(-1); ; {
		asked := h.Web.Asked()
		if asked == before && asked != rested {
			if err := h.DB.Rest(ctx); err != nil && ctx.Err() == nil {
				h.Log.Error("give memory back", "error", problem.ForLog(err))
			}
			debug.FreeOSMemory()
			putAside()
			rested = asked
		}
		before = asked
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
