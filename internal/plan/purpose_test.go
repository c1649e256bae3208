package plan_test

import (
	"testing"

	"github.com/ownward/ownward/internal/plan"
)

func TestAPurposeIsPutTogetherFromWhatWasAnswered(t *testing.T) {
	for _, each := range []struct{ called, unasked, better, draft string }{
		{"", "", "", ""},
		{"Calm when a system is down.", "Take apart what keeps failing, until it stops.", "nobody is woken at three in the morning.",
			"I want to take apart what keeps failing, until it stops, so that nobody is woken at three in the morning. What I bring: calm when a system is down."},
		{"They come to me for clear words", "I would teach", "So that newcomers stay", "I want to teach, so that newcomers stay. What I bring: clear words."},
		{"- calm\n- SQL\n- a second look\n", "", "", "What I bring: calm, SQL and a second look."},
		{"", "I'd write things down", "", "I want to write things down."},
		{"", "", "For the people of the night shift", "I want to work for the people of the night shift."},
		{"patience", "", "children like numbers", "What I bring: patience, so that children like numbers."},
		{"", "Tomorrow’s tools", "I can go home at five!", "I want to tomorrow’s tools, so that I can go home at five!"},
		{"fortitude", "toast bread", "thatched roofs last", "I want to toast bread, so that thatched roofs last. What I bring: fortitude."},
		{"…", "  ", ".", "What I bring: …"},
		{"- Ruhe, wenn es brennt\n- Geduld mit dem Plan", "ich würde den Lehrlingen das Feilen zeigen.", "damit keiner nachts Angst vor der Talfahrt hat",
			"Ich würde den Lehrlingen das Feilen zeigen. Damit keiner nachts Angst vor der Talfahrt hat. Ruhe, wenn es brennt, Geduld mit dem Plan."},
	} {
		p := plan.Plan{Texts: []plan.Text{
			{Section: plan.PurposeCalled, Words: each.called}, {Section: plan.PurposeUnasked, Words: each.unasked}, {Section: plan.PurposeFor, Words: each.better},
		}}
		if got := p.DraftPurpose(); got != each.draft {
			t.Errorf("%q, %q, %q make\n%s, not\n%s", each.called, each.unasked, each.better, got, each.draft)
		}
	}
}

func TestThereAreFortyValuesToChooseFromEachSaidInOneLine(t *testing.T) {
	seen := map[string]bool{}
	for _, group := range plan.ValuePrompts {
		if group.Title == "" || len(group.Prompts) < 5 {
			t.Errorf("the group %q has %d words", group.Title, len(group.Prompts))
		}
		for _, p := range group.Prompts {
			if n := len([]rune(p.Meaning)); n < 15 || n > 70 {
				t.Errorf("%s says %q, in %d letters", p.Word, p.Meaning, n)
			}
			if seen[p.Word] || seen[p.Meaning] {
				t.Errorf("%s stands there twice", p.Word)
			}
			seen[p.Word], seen[p.Meaning] = true, true
			if plan.PromptOf(p.Word) != p {
				t.Errorf("%s is not found", p.Word)
			}
		}
	}
	if len(seen) < 2*40 {
		t.Errorf("there are %d values", len(seen)/2)
	}
}
