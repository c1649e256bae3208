package portable_test

import (
	"encoding/json"
	"errors"
	"flag"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/portable"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

var (
	seed  = flag.Uint64("seed", uint64(time.Now().UnixNano()), "where the random edits begin")
	edits = flag.Int("edits", 300, "how many randomly edited files are brought, half on each engine")
)

// TestARandomlyEditedFileIsTakenOverOrRefusedInWords edits the export at random and brings it. Taken
// over, it can be exported again; refused, it is by a sentence, never by a fault of the program.
func TestARandomlyEditedFileIsTakenOverOrRefusedInWords(t *testing.T) {
	t.Logf("seed %d", *seed)
	random := rand.New(rand.NewPCG(*seed, 1))
	for _, s := range []testkit.Store{testkit.SQLite(t), testkit.PostgreSQL(t)} {
		whole := export(t, s, newRich(t, s).Ines)
		text := []byte(files(t, whole)["person.json"])
		other := testkit.NewCompany(t, s, "other.example")
		taken := 0
		for range *edits / 2 {
			var person any
			if err := json.Unmarshal(text, &person); err != nil {
				t.Fatal(err)
			}
			for range 1 + random.IntN(2) {
				person = editedAtRandom(random, person, text)
			}
			content, err := json.Marshal(person)
			if err != nil {
				t.Fatal(err)
			}
			err = db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
				f, err := portable.Read(repacked(t, whole, string(content)))
				if err != nil {
					return err
				}
				if _, err := portable.Bring(tx, other.Ines, f); err != nil {
					return err
				}
				again, err := exportIn(tx, other.Ines)
				if err != nil {
					return err
				}
				if _, err := portable.Read(again); err != nil {
					t.Errorf("what was taken over cannot be read again: %v", err)
				}
				return errUndo
			})
			var refused problem.Refused
			switch {
			case errors.Is(err, errUndo):
				taken++
			case !errors.As(err, &refused) || !strings.Contains(err.Error(), "/"):
				t.Errorf("%s: %v", s.Engine(), err)
			}
		}
		if taken == 0 || taken == *edits/2 {
			t.Errorf("of %d files %d were taken over: the test shows nothing", *edits/2, taken)
		}
	}
}

// editedAtRandom changes one place: removes it, doubles it, or puts something else there.
func editedAtRandom(random *rand.Rand, node any, text []byte) any {
	switch here := node.(type) {
	case map[string]any:
		keys := slices.Sorted(maps.Keys(here))
		if len(keys) == 0 {
			return another(random, text)
		}
		key := keys[random.IntN(len(keys))]
		if random.IntN(12) == 0 {
			delete(here, key)
			return here
		}
		here[key] = editedAtRandom(random, here[key], text)
		return here
	case []any:
		if len(here) == 0 {
			return here
		}
		n := random.IntN(len(here))
		switch random.IntN(12) {
		case 0:
			return append(here, here[n])
		case 1:
			return append(here[:n:n], here[n+1:]...)
		}
		here[n] = editedAtRandom(random, here[n], text)
		return here
	}
	return another(random, text)
}

// another is a value that stands somewhere in the file, or one that should stand nowhere.
func another(random *rand.Rand, text []byte) any {
	if random.IntN(2) == 0 {
		parts := strings.Split(string(text), `"`)
		return parts[1+2*random.IntN(len(parts)/2)]
	}
	strange := []any{nil, true, 0, -1, 1e18, 1.5, "", "me", "no", "2026-13-45", "9999-12-31", "9999-12-31T23:59:59Z", "\x00", "\ufffd", strings.Repeat("long ", 20_000), []any{}, map[string]any{}}
	return strange[random.IntN(len(strange))]
}
