package web

import (
	"slices"
	"testing"

	"github.com/ownward/ownward/internal/mentor"
)

func TestWhatSpeaksForAMentorIsSaidInFewLines(t *testing.T) {
	got := reasonsFor(mentor.Recommendation{
		Knows: []mentor.Skill{{Name: "Saying no", Level: 5}}, Speaks: []string{"English", "Portuguese"}, Hours: 7,
	})
	want := []string{"Saying no: “others come to me for it”", "speaks English and Portuguese, as you do · 7 hours of the working day in common"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
