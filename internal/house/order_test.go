package house_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// order is the house from top to bottom: a package imports only from lines below its own.
// ARCHITECTURE.md tells what each is for.
var order = [][]string{
	{"bench", "demo"},
	{"house"},
	{"web", "demo"},
	{"home", "timeline", "brief", "portable", "find", "insight"},
	{"handover"},
	{"comment", "story", "invitation"},
	{"proposal", "frozen", "feedback", "relationship", "round"},
	{"referral", "counsel", "mentorship"},
	{"pitch"},
	{"conversation", "programme"},
	{"ask"},
	{"question", "mentor"},
	{"commitment"},
	{"gap"},
	{"plan", "dates"},
	{"expectation", "direction"},
	{"skill", "bounce", "digest"},
	{"budget"},
	{"share", "notice", "link"},
	{"account", "chat"},
	{"org"},
	{"peoplefile", "ladderfile", "skillfile", "winfile", "questionfile", "activity", "alternative", "worddiff", "smart", "objection", "phrasing", "calendar", "cadence", "holiday", "calendarfetch", "livetext"},
	{"shape"},
	{"csvfile", "xlsxfile", "cardfile", "calendarfile"},
	{"mail", "mailbox"},
	{"job", "event"},
	{"db"},
	{"civil", "problem", "seal", "payback", "money", "matching", "certificate", "pairfile", "disclosure"},
	{"reach"},
}

const module = "github.com/ownward/ownward/internal/"

// wrongImports lists each import that goes up or sideways, and each package without a line.
func wrongImports(root string) ([]string, error) {
	line := map[string]int{}
	for i, names := range order {
		for _, name := range names {
			line[name] = i
		}
	}
	var wrong []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		within, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		from, _, _ := strings.Cut(filepath.ToSlash(within), "/")
		if outsideTheOrder[from] {
			return nil
		}
		if _, known := line[from]; !known {
			wrong = append(wrong, from+" stands on no line of the house")
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			to, ours := strings.CutPrefix(imported, module)
			to, _, _ = strings.Cut(to, "/")
			if ours && to != from && line[to] <= line[from] {
				wrong = append(wrong, filepath.ToSlash(within)+" imports "+to)
			}
		}
		return nil
	})
	return wrong, err
}

// What only tests and commands of the developer import.
var outsideTheOrder = map[string]bool{"testkit": true, "browser": true, "nets": true, "attack": true}

func TestAPackageImportsOnlyFromLinesBelow(t *testing.T) {
	wrong, err := wrongImports("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, each := range wrong {
		t.Error(each)
	}
}

func TestAnImportThatGoesUpIsCaught(t *testing.T) {
	root := t.TempDir()
	for path, text := range map[string]string{
		"plan/goal.go":  "package plan\nimport _ \"" + module + "ask\"\n",
		"ask/ask.go":    "package ask\nimport _ \"" + module + "plan\"\n",
		"cellar/rat.go": "package cellar\n",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(root, path)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, path), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	wrong, err := wrongImports(root)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(wrong, "; "); got != "cellar stands on no line of the house; plan/goal.go imports ask" {
		t.Errorf("got %q", got)
	}
}
