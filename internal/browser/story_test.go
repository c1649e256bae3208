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
	setUp, err := in.house.SetUpPath(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out, err := runNode(t, "story.mjs", in.address, in.outside, setUp)
	t.Log(out)
	if err != nil {
		t.Errorf("the story: %v", err)
	}
}
