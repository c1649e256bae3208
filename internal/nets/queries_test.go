package nets

import (
	"log/slog"
	"net/http"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/testkit"
)

// A page may ask the store some times more where lists that were empty have something in them, once for
// each of the five kinds of things that one can comment on, but not once for each thing: that is a query in a loop.
const mayAskMore = 5

// takesAllAlong is the download of everything a person has: it reads each thing with all that
// belongs to it, and nobody waits for it as for a page.
const takesAllAlong = "/you/export"

func TestNoPageAsksTheStoreOnceForEachThing(t *testing.T) {
	in := open(t, filepath.Join(quickFolder(t), "ownward.db"), testkit.NewClock(), slog.New(slog.DiscardHandler))
	defer in.close()
	w := newWorld(t, in, 11)
	before := w.statements(t)
	for range 6 {
		for who := range w.people {
			if !w.left[who] {
				w.do(t, func(tx *db.Tx) error { return w.writeThings(tx, who, mark{owner: who}) })
			}
		}
		for range 15 {
			w.promise(t)
			w.ask(t)
			w.talk(t)
			w.propose(t)
			w.giveCopy(t)
			w.comment(t)
		}
	}
	if len(before) < 40 {
		t.Fatalf("only %d pages were looked at", len(before))
	}
	for path, then := range before {
		if now := w.count(path.who, path.path); now > then+mayAskMore {
			t.Errorf("%s as person %d ran %d statements, and %d with seven times as much in the store", path.pattern, path.who, then, now)
		}
	}
}

type visited struct {
	pattern, path string
	who           int
}

// statements counts the statements of each page, for the owner of what stands in its path.
func (w *world) statements(t *testing.T) map[visited]int64 {
	counts := map[visited]int64{}
	for _, route := range w.house.Web.Routes {
		if route.Method != http.MethodGet || route.Path == takesAllAlong {
			continue
		}
		looked := 0
		for _, path := range w.paths(route.Path) {
			who := max(path.owner, 0)
			if looked == 4 || w.left[who] || w.request(strconv.Itoa(who), path.path, nil).Code != http.StatusOK {
				continue
			}
			looked++
			counts[visited{route.Path, path.path, who}] = w.count(who, path.path)
		}
	}
	return counts
}

func (w *world) count(who int, path string) int64 {
	before := w.store.Ran()
	w.request(strconv.Itoa(who), path, nil)
	return w.store.Ran() - before
}
