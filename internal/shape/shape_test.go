package shape_test

import (
	"slices"
	"testing"

	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/shape"
)

func TestEachKindHasItsSectionsWithQuestionsForBothSides(t *testing.T) {
	want := map[string][]string{
		"align":    {"goals", "strengths", "gap", "direction"},
		"advance":  {"vision", "progress", "new-goals"},
		"amplify":  {"barriers", "resources", "bigger"},
		"advocate": {"stretch", "sponsorship", "promotion"},
		"sprint":   {"moved", "stuck", "next"},
	}
	for _, fault := range shape.Faults() {
		t.Error(fault)
	}
	if len(shape.All()) != len(want) {
		t.Errorf("there are %d shapes, want %d", len(shape.All()), len(want))
	}
	for kind, sections := range want {
		s := shape.Of(kind)
		var got []string
		for _, section := range s.Sections {
			got = append(got, section.ID)
			checkCards(t, kind, section.ID, section.Mine, question.ByAnyone)
			checkCards(t, kind, section.ID, section.Theirs, question.ByManager)
		}
		if !slices.Equal(got, sections) {
			t.Errorf("%s has the sections %v, want %v", kind, got, sections)
		}
		if (s.Sections[0].Asks != "") != (kind == "sprint") {
			t.Errorf("%s: a sprint closes with its questions, the others do not", kind)
		}
	}
}

func checkCards(t *testing.T, kind, section string, cards []string, by question.Asker) {
	t.Helper()
	if len(cards) == 0 {
		t.Errorf("%s, %s: no question leads through it for %s", kind, section, by)
	}
	for _, id := range cards {
		if card, ok := question.Builtin().ByID(id); !ok || card.By != by {
			t.Errorf("%s, %s: %q is no card that %s asks", kind, section, id, by)
		}
	}
}

func TestAFactStandsInOneSectionOfAKindAtMost(t *testing.T) {
	for _, s := range shape.All() {
		had := map[string]bool{}
		for _, section := range s.Sections {
			for _, fact := range section.Facts {
				if had[fact] {
					t.Errorf("%s has %q twice", s.Kind, fact)
				}
				had[fact] = true
			}
		}
	}
	if s := shape.Of("free"); len(s.Sections) != 0 || s.For("win") != "" || !s.Has("") || s.Has("goals") {
		t.Error("a free conversation has no sections")
	}
	if got := shape.Of("sprint").For("promise"); got != "stuck" {
		t.Errorf("in a sprint a promise stands under %q", got)
	}
}

func TestAShapeThatDoesNotHoldTogetherIsRefusedWithItsPlace(t *testing.T) {
	for _, text := range []string{
		"no front matter",
		"---\nid: align\n---\n",
		"---\nid: align\nsections:\n  - id: a\n    title: A\n    about: b\n  - id: a\n    title: A\n    about: b\n---\n",
		"---\nid: align\nsections:\n  - id: a\n    title: A\n    about: b\n    facts: [weather]\n---\n",
	} {
		if _, faults := shape.Parse("align.md", []byte(text)); len(faults) == 0 || faults[0].File != "align.md" {
			t.Errorf("%q is taken", text)
		}
	}
}
