package web

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/jba/templatecheck"

	"github.com/ownward/ownward/internal/testkit"
)

func newServer(t *testing.T) *Server {
	t.Helper()
	s, err := New(Config{DB: testkit.SQLite(t).DB})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryTemplateFitsTheTypeOfItsPage(t *testing.T) {
	s := newServer(t)
	if len(allDeclared) < 40 {
		t.Fatalf("only %d pages are declared", len(allDeclared))
	}
	for _, d := range allDeclared {
		parsed, err := s.templates.of(d)
		if err != nil {
			t.Errorf("%s: %v", d.files[0], err)
			continue
		}
		if err := templatecheck.CheckHTML(parsed, d.zero); err != nil {
			t.Errorf("%s: %v", d.files[0], err)
		}
	}
}

// What lines writes are paragraphs of its own; within one, a browser would end that and drop how it looks.
func TestWhatPeopleWroteStandsInNoParagraphOfThePage(t *testing.T) {
	inside := regexp.MustCompile(`<(p|h[1-6]|span|small|label)\b[^>]*>\{\{-? ?lines`)
	err := fs.WalkDir(pageFiles, ".", func(file string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".html") {
			return err
		}
		text, err := fs.ReadFile(pageFiles, file)
		if found := inside.Find(text); found != nil {
			t.Errorf("%s: %s", file, found)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestATemplateThatMissesItsTypeIsCaught(t *testing.T) {
	parsed, err := newServer(t).templates.of(troublePage.declared)
	if err != nil {
		t.Fatal(err)
	}
	broken, err := parsed.Clone()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := broken.Parse(`{{define "main"}}{{.Main.Headign}}{{end}}`); err != nil {
		t.Fatal(err)
	}
	if err := templatecheck.CheckHTML(broken.Lookup("layout.html"), troublePage.zero); err == nil || !strings.Contains(err.Error(), "Headign") {
		t.Errorf("a misspelt field: got %v, want it named", err)
	}
}
