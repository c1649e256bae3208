package bench

import (
	"os"
	"testing"
)

func TestTheYearsOf10000PeopleAreLaidOut(t *testing.T) {
	if testing.Short() || os.Getenv("OWNWARD_BENCH") == "" {
		t.Skip("takes a while: set OWNWARD_BENCH, or run ownward bench")
	}
	b := Bench{Out: os.Stdout, folder: t.TempDir()}
	if err := b.year(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestMentorsAreNamedAmong100000(t *testing.T) {
	if testing.Short() || os.Getenv("OWNWARD_BENCH") == "" {
		t.Skip("takes a while: set OWNWARD_BENCH, or run ownward bench")
	}
	b := Bench{Out: os.Stdout, folder: t.TempDir()}
	if err := b.mentors(t.Context()); err != nil {
		t.Fatal(err)
	}
}
