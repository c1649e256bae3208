package question

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestTheBuiltinLibraryIsWhole(t *testing.T) {
	lib := Builtin()
	for _, f := range lib.Faults() {
		t.Error(f)
	}
	if n := len(lib.List(Choice{})); n != 20 {
		t.Errorf("there are %d cards, want 20", n)
	}
	for _, s := range Stages {
		if len(lib.List(Choice{Stage: s})) < 2 {
			t.Errorf("fewer than two cards for %s", s)
		}
	}
	for _, a := range Audiences {
		if len(lib.List(Choice{For: a})) < 3 {
			t.Errorf("fewer than three cards for %s", a)
		}
	}
	if len(lib.List(Choice{By: ByManager})) < 2 {
		t.Error("fewer than two cards that a manager asks")
	}
}

func TestEveryCardCanBeReachedFromAnotherAndLeadsOn(t *testing.T) {
	lib := Builtin()
	reached := map[string]bool{}
	for _, c := range lib.List(Choice{}) {
		next := lib.Next(c)
		if len(next) == 0 {
			t.Errorf("%s leads nowhere", c.ID)
		}
		for _, n := range next {
			reached[n.ID] = true
		}
	}
	for _, c := range lib.List(Choice{}) {
		if !reached[c.ID] {
			t.Errorf("no card leads to %s", c.ID)
		}
	}
}

func TestCardsAreInTheOrderOfTheLoop(t *testing.T) {
	var before int
	for _, c := range Builtin().List(Choice{}) {
		at := slices.Index(Stages, c.Stage)
		if at < before {
			t.Errorf("%s (%s) comes too late", c.ID, c.Stage)
		}
		before = at
	}
}

// folder writes files into a fresh folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAnOrganisationAddsItsOwnCardsAndTheBadOnesAreListed(t *testing.T) {
	dir := folder(t, map[string]string{
		"a-good.md":    card("id: our-own", "next: [help-me-forward, our-second]"),
		"b-good.md":    card("id: our-second", "next: [our-own]"),
		"c-builtin.md": card("id: help-me-forward", ""),
		"d-again.md":   card("id: our-own", ""),
		"e-nowhere.md": card("id: lost", "next: [nowhere]"),
		"f-follows.md": card("id: follows", "next: [lost]"),
		"g-broken.md":  "no front matter",
		"README.txt":   "not a card",
		".hidden.md":   "not a card either",
	})
	lib, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(lib.List(Choice{})); n != 22 {
		t.Errorf("%d cards, want the 20 and two of our own", n)
	}
	if c, ok := lib.ByID("our-own"); !ok || !c.Own || len(lib.Next(c)) != 2 {
		t.Errorf("our own card is not there as it should be: %+v", c)
	}
	if c, _ := lib.ByID("help-me-forward"); c.Own {
		t.Error("a card of the organisation took the place of a built-in one")
	}
	var got []string
	for _, f := range lib.Faults() {
		got = append(got, strings.TrimPrefix(f.Error(), filepath.ToSlash(dir)+"/"))
	}
	for i, want := range []string{
		`c-builtin.md:2: id "help-me-forward" is taken by cards/08-help-me-forward.md`,
		`d-again.md:2: id "our-own" is taken by `,
		`e-nowhere.md:7: next leads to "nowhere", and there is no such card`,
		`f-follows.md:7: next leads to "lost", which was refused itself`,
		`g-broken.md:1: a card begins with front matter`,
	} {
		if i >= len(got) || !strings.HasPrefix(got[i], want) {
			t.Errorf("fault %d: want %s; all: %q", i, want, got)
		}
	}
	if len(got) != 5 {
		t.Errorf("%d faults, want 5: %q", len(got), got)
	}
	if n := len(Builtin().List(Choice{})); n != 20 {
		t.Errorf("the built-in library has %d cards after that", n)
	}
}

func TestAFolderThatIsNotThereIsSaidSo(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "missing")); err == nil {
		t.Error("a missing folder passes")
	}
	file := filepath.Join(folder(t, map[string]string{"x.md": ""}), "x.md")
	if _, err := Open(file); err == nil || !strings.Contains(err.Error(), "is a file") {
		t.Errorf("a file in place of the folder: %v", err)
	}
}
