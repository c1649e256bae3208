package browser

import (
	"testing"

	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/testkit"
)

// TestStory plays the story of story.mjs in a browser, on each engine.
func TestStory(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { playStory(t, "") })
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Setenv("OWNWARD_TEST_VIEWS", "one")
		playStory(t, testkit.Postgres(t))
	})
}

func playStory(t *testing.T, database string) {
	in := open(t, house.Config{Database: database}, nil)
	other := open(t, house.Config{}, nil)
	out, err := runNode(t, "story.mjs", in.address, in.outside, in.setUp(t), other.address, other.setUp(t))
	t.Log(out)
	if err != nil {
		t.Errorf("the story: %v", err)
	}
	looked(t, in, other)
}
