package notice_test

import (
	"slices"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/testkit"
)

func TestEveryKindIsWantedUntilTurnedOff(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		choices := func() []notice.Kind {
			return testkit.Read(t, s, func(tx *db.Tx) ([]notice.Kind, error) { return notice.Choices(tx, c.Ines) })
		}
		if got := choices(); !slices.Equal(got, notice.Kinds) {
			t.Errorf("at first %v, want all", got)
		}
		for _, want := range [][]notice.Kind{{notice.Asked, notice.Due}, {}, notice.Kinds} {
			testkit.Do(t, s, func(tx *db.Tx) error { return notice.Choose(tx, c.Ines, append(want, "a kind that is none")) })
			if got := choices(); !slices.Equal(got, want) {
				t.Errorf("chosen %v, kept %v", want, got)
			}
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return notice.Choose(tx, c.Joel, nil) })
		if got := choices(); len(got) != len(notice.Kinds) {
			t.Errorf("what Joel turned off Ines has no longer: %v", got)
		}
	})
}
