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
	if n := len(lib.List(Choice{})); n < 60 {
		t.Errorf("there are %d cards, want 60 or more", n)
	}
	for _, s := range Stages {
		if len(lib.List(Choice{Stage: s})) < 8 {
			t.Errorf("fewer than eight cards for %s", s)
		}
	}
	for _, a := range Audiences {
		if len(lib.List(Choice{For: a})) < 10 {
			t.Errorf("fewer than ten cards for %s", a)
		}
	}
	if len(lib.List(Choice{By: ByManager})) < 10 {
		t.Error("fewer than ten cards that a manager asks")
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

// TestNoCardStandsAlone walks the links: from any question everybody asks one comes to every other
// of those, and from any that a manager asks to every other of theirs.
func TestNoCardStandsAlone(t *testing.T) {
	lib := Builtin()
	for _, by := range []Asker{ByAnyone, ByManager} {
		all := lib.List(Choice{By: by})
		for _, from := range all {
			seen := map[string]bool{from.ID: true}
			for way := []Card{from}; len(way) > 0; way = way[1:] {
				for _, n := range lib.Next(way[0]) {
					if !seen[n.ID] {
						seen[n.ID] = true
						way = append(way, n)
					}
				}
			}
			for _, to := range all {
				if !seen[to.ID] {
					t.Errorf("no way leads from %s to %s", from.ID, to.ID)
				}
			}
		}
	}
	for _, c := range lib.List(Choice{By: ByAnyone}) {
		for _, n := range lib.Next(c) {
			if n.By == ByManager {
				t.Errorf("%s leads to %s, which only managers ask", c.ID, n.ID)
			}
		}
	}
}

func TestEveryMomentHasItsCards(t *testing.T) {
	for _, m := range Moments {
		var anyone, managers int
		for _, c := range Builtin().List(Choice{}) {
			if !slices.Contains(c.suits, m) {
				continue
			}
			if c.By == ByManager {
				managers++
			} else {
				anyone++
			}
		}
		if anyone < 2 || m.conversation() != "" && m != BeforeFree && managers < 1 {
			t.Errorf("%s: %d cards for everybody, %d for managers", m, anyone, managers)
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
	lib, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(lib.List(Choice{})); n != len(Builtin().List(Choice{}))+2 {
		t.Errorf("%d cards, want the built-in ones and two of our own", n)
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
		`c-builtin.md:2: id "help-me-forward" is taken by cards/en/08-help-me-forward.md`,
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
	if n := len(Builtin().List(Choice{Stage: Prove})); n < 8 {
		t.Errorf("the built-in library has %d cards after that", n)
	}
}

func TestAFolderThatIsNotThereIsSaidSo(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "missing"), nil); err == nil {
		t.Error("a missing folder passes")
	}
	file := filepath.Join(folder(t, map[string]string{"x.md": ""}), "x.md")
	if _, err := Open(file, nil); err == nil || !strings.Contains(err.Error(), "is a file") {
		t.Errorf("a file in place of the folder: %v", err)
	}
}
