package demo

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/testkit"
)

// filled is an open installation with the example organisation in it, as of the given moment.
func filled(t *testing.T, database string, now time.Time) *house.House {
	t.Helper()
	clock := NewClock()
	h, err := house.Open(t.Context(), house.Config{
		Data: t.TempDir(), Database: database, Listen: "127.0.0.1:0", Demo: true, Clock: clock.Now,
	}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	runDue := func(ctx context.Context) error {
		_, err := h.Jobs.RunDue(ctx)
		return err
	}
	if err := fillAsOf(t.Context(), h.DB, clock, runDue, now); err != nil {
		t.Fatal(err)
	}
	return h
}

func TestTheStoriesCanBeToldOnBothEngines(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { filled(t, "", time.Now()) })
	t.Run("PostgreSQL", func(t *testing.T) { filled(t, testkit.Postgres(t), time.Now()) })
}
