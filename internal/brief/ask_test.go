package brief_test

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/brief"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/org"
)

func anAsk(long int) brief.Ask {
	words := strings.TrimSpace(strings.Repeat("Releases no longer wait for one of us. ", long))
	return brief.Ask{
		Owner: org.Party{Name: "Ines Duarte"}, Whom: org.Party{Name: "Tomás Reis"}, Version: 2, SentAt: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
		Zone: time.UTC, Today: civil.On(2026, 11, 23),
		Text:   ask.Text{What: "The course on incident leadership in March", DecideBy: civil.On(2026, 12, 4)},
		Blocks: []brief.Block{{Title: "Why", Words: words}, {Title: "What it costs", Words: "1,400.50 EUR and 16 working hours"}, {Title: "For the team", Words: "2 to 4 hours a month\n" + words}, {Title: "Cover", Words: words}, {Title: "What comes back", Words: words}},
		Evidence: []ask.Evidence{
			{Words: "Led release 4.2", Figure: "3 days earlier", Effect: "No evening was lost", Day: civil.On(2026, 10, 2)}, {Words: "Wrote the runbook", Day: civil.On(2026, 9, 1)},
		},
	}
}

func TestTheBriefOfAnAskIsOnePageHoweverLongItIs(t *testing.T) {
	for _, long := range []int{0, 1, 5, 20, 80, 250} {
		a := anAsk(long)
		if long == 80 {
			a.Text.What = strings.Repeat("A very long line of what is asked for ", 13)
			a.Blocks[1].Words = strings.Repeat("Donaudampfschifffahrtsgesellschaft", 40)
		}
		begun := time.Now()
		content, err := a.PDF()
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took > 3*time.Second { // the goal is 300 ms on an idle machine: BenchmarkPDF
			t.Errorf("%d times took %v", long, took)
		}
		if pages := bytes.Count(content, []byte("/Type /Page\n")); pages != 1 {
			t.Errorf("%d times takes %d pages", long, pages)
		}
		for _, part := range []string{"%PDF-", "/Lang (en)", "/DisplayDocTitle true", "/ToUnicode", "/Title", "/Marked true", "/S /H1", "/S /H2", "/S /LI"} {
			if !bytes.Contains(content, []byte(part)) {
				t.Errorf("%d times: the page has no %s", long, part)
			}
		}
		if folder := os.Getenv("OWNWARD_PAPER"); folder != "" {
			if err := os.WriteFile(folder+"/ask-"+string(rune('a'+long%26))+".pdf", content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestWhatSomebodyWritesIsNeverReadAsThePage(t *testing.T) {
	for _, words := range []string{"x\n15 0 obj\n<< /Type /Catalog >>\nendobj\n", "trailer << /Size 3 >> startxref 5", "  ", "(a\\)", "endstream\nendobj", "\nET\nBT\n"} {
		a := anAsk(1)
		a.Text.What, a.Owner.Name, a.Blocks[0] = words, words, brief.Block{Title: words, Words: words}
		if content, err := a.PDF(); err != nil || !bytes.Contains(content, []byte("/Marked true")) {
			t.Errorf("%q: %v", words, err)
		}
	}
}

// TestEveryPageIsTagged makes many pages: what is pressed together ends with every byte there is.
func TestEveryPageIsTagged(t *testing.T) {
	for n := range 600 {
		a := anAsk(0)
		a.Blocks = []brief.Block{{Title: "Why", Words: strconv.Itoa(n * 7919)}}
		if content, err := a.PDF(); err != nil || !bytes.Contains(content, []byte("/Marked true")) {
			t.Fatalf("%d: %v", n, err)
		}
	}
}

func TestACharacterThatTheFontLacksLeavesASign(t *testing.T) {
	a := anAsk(1)
	a.Blocks[0].Words = "Für Łukasz, Ελένη и Олег: ✓ 漢字 👍🏽"
	if _, err := a.PDF(); err != nil {
		t.Fatal(err)
	}
	if got := brief.OnPaper(a.Blocks[0].Words); got != "Für Łukasz, Ελένη и Олег: □ □□ □□" {
		t.Errorf("on paper: %s", got)
	}
}

func TestAnAskAsMarkdown(t *testing.T) {
	a := anAsk(1)
	a.Blocks[2].Words = "2 to 4 hours a month\n# No heading *of* mine"
	got := a.Markdown()
	for _, want := range []string{
		"# The course on incident leadership in March\n", "Ines Duarte asks Tomás Reis", "An answer by 4 December would help.", "## What speaks for it\n\n- Led release 4.2 · 3 days earlier",
		"## For the team\n\n2 to 4 hours a month\n\n\\# No heading \\*of\\* mine",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in:\n%s", want, got)
		}
	}
}

func BenchmarkPDF(b *testing.B) {
	a := anAsk(8)
	for b.Loop() {
		if _, err := a.PDF(); err != nil {
			b.Fatal(err)
		}
	}
}
