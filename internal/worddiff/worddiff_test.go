package worddiff

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// marked writes pieces as -{gone} and +{new}.
func marked(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		fmt.Fprintf(&b, []string{"%s", "-{%s}", "+{%s}"}[p.How], p.Text)
	}
	return b.String()
}

func TestChangedWordsAreMarkedAsPeopleReadThem(t *testing.T) {
	for _, each := range []struct{ old, new, want string }{
		{"", "", ""},
		{"Calm", "", "-{Calm}"},
		{"", "Calm", "+{Calm}"},
		{"Make water work.", "Make water work.", "Make water work."},
		{"Make water work.", "Make clean water work.", "Make +{clean }water work."},
		{"Make water work for all.", "Make water work.", "Make water work-{ for all}."},
		{"I lead a team", "I lead two teams", "I lead -{a team}+{two teams}"},
		{"One.\n\nTwo.", "One.\n\nThree.", "One.\n\n-{Two}+{Three}."},
		{"don’t stop", "don’t wait", "don’t -{stop}+{wait}"},
	} {
		if got := marked(Compare(each.old, each.new)); got != each.want {
			t.Errorf("%q and %q: %s, want %s", each.old, each.new, got, each.want)
		}
	}
}

func text(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Text)
	}
	return b.String()
}

func TestThePiecesMakeUpBothTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.StringMatching(`([ab]{1,2}[ .\n]{0,2}|ü|\x{1F600}){0,30}`)
		old, new := some.Draw(t, "old"), some.Draw(t, "new")
		pieces := Compare(old, new)
		if got := text(Old(pieces)); got != old {
			t.Fatalf("the old text comes back as %q", got)
		}
		if got := text(Now(pieces)); got != new {
			t.Fatalf("the new text comes back as %q", got)
		}
		for i, p := range pieces {
			if p.Text == "" || i > 0 && pieces[i-1].How == p.How {
				t.Fatalf("the pieces are not joined: %v", pieces)
			}
		}
	})
}

func TestTheLongestTextsAreComparedInTime(t *testing.T) {
	old, new := strings.Repeat("a b. ", 10_000), strings.Repeat("c d. ", 10_000)
	begin := time.Now()
	if got := len(Compare(old, new)); got == 0 {
		t.Error("nothing is said")
	}
	if took := time.Since(begin); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
	long := strings.Repeat("So it was. ", 900) // about what a section of a plan holds
	same := 0
	for _, p := range Compare(long+"Calm.", "Well. "+long+"Quiet.") {
		if p.How == Same {
			same += len(p.Text)
		}
	}
	if same < len(long)*9/10 {
		t.Errorf("of %d letters that stay, %d are said to", len(long), same)
	}
}
