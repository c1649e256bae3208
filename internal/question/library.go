package question

import (
	"cmp"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed cards/*.md
var embedded embed.FS

// A Library is the cards that come with Ownward and those of the organisation. It never changes
// once it is made, so that many can read it at once.
type Library struct {
	cards  []Card // in the order of the loop, then of the files
	byID   map[string]int
	faults []Fault
}

var builtin = sync.OnceValue(func() *Library {
	cards, faults := read(embedded, "cards", "cards")
	return assemble(cards, faults)
})

// Builtin is the library that comes with Ownward.
func Builtin() *Library { return builtin() }

// Open reads the cards of a folder (files *.md, not those below) and puts them beside those that
// come with Ownward. A bad card stays out and is listed among the faults; it never keeps the good
// ones out. With "" as folder it is Builtin.
//
// It fails only where the folder itself cannot be read.
func Open(folder string) (*Library, error) {
	if folder == "" {
		return Builtin(), nil
	}
	info, err := os.Stat(folder)
	if err != nil {
		return nil, fmt.Errorf("the folder of question cards cannot be read: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("the folder of question cards, %s, is a file: name the folder it is in", folder)
	}
	own, faults := read(os.DirFS(folder), ".", folder)
	for i := range own {
		own[i].Own = true
	}
	return assemble(append(slices.Clone(Builtin().cards), own...), faults), nil
}

// read parses every card of a folder, in the order of the files' names.
func read(in fs.FS, dir, shown string) ([]Card, []Fault) {
	entries, err := fs.ReadDir(in, dir)
	if err != nil {
		return nil, []Fault{{File: shown, Reason: "the folder cannot be read: " + err.Error()}}
	}
	var cards []Card
	var faults []Fault
	for _, entry := range entries {
		if entry.IsDir() || !strings.HasSuffix(entry.Name(), ".md") || strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		file := path.Join(shown, entry.Name())
		text, err := readSome(in, path.Join(dir, entry.Name()))
		if err != nil {
			faults = append(faults, Fault{File: file, Reason: "the file cannot be read: " + err.Error()})
			continue
		}
		card, wrong := Parse(file, text)
		if len(wrong) == 0 {
			cards = append(cards, card)
		}
		faults = append(faults, wrong...)
	}
	return cards, faults
}

// readSome reads a file, but no more of it than shows that it is too large for a card.
func readSome(in fs.FS, name string) ([]byte, error) {
	f, err := in.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxCard+1))
}

// assemble makes a library of cards: the first of two with the same id stays, and a card whose
// next leads nowhere goes, until all links hold.
func assemble(cards []Card, faults []Fault) *Library {
	lib := &Library{faults: faults}
	first := map[string]Card{}
	for _, c := range cards {
		if known, taken := first[c.ID]; taken {
			lib.faults = append(lib.faults, Fault{c.File, c.idLine, fmt.Sprintf("id %q is taken by %s: choose another", c.ID, known.File)})
			continue
		}
		first[c.ID] = c
		lib.cards = append(lib.cards, c)
	}
	for lib.dropDangling(first) {
	}
	slices.SortStableFunc(lib.cards, func(a, b Card) int {
		return cmp.Compare(slices.Index(Stages, a.Stage), slices.Index(Stages, b.Stage))
	})
	lib.byID = make(map[string]int, len(lib.cards))
	for i, c := range lib.cards {
		lib.byID[c.ID] = i
	}
	slices.SortStableFunc(lib.faults, func(a, b Fault) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line)
	})
	return lib
}

// dropDangling refuses the cards whose next names a card that is not there, and tells whether
// there were any. ever holds the cards that were there once.
func (lib *Library) dropDangling(ever map[string]Card) bool {
	here := make(map[string]bool, len(lib.cards))
	for _, c := range lib.cards {
		here[c.ID] = true
	}
	before := len(lib.cards)
	lib.cards = slices.DeleteFunc(lib.cards, func(c Card) bool {
		at := slices.IndexFunc(c.Next, func(id string) bool { return !here[id] })
		if at < 0 {
			return false
		}
		reason := fmt.Sprintf("next leads to %q, and there is no such card: mend the id or leave it out", c.Next[at])
		if gone, once := ever[c.Next[at]]; once {
			reason = fmt.Sprintf("next leads to %q, which was refused itself: mend %s first", c.Next[at], gone.File)
		}
		lib.faults = append(lib.faults, Fault{c.File, c.nextLine, reason})
		return true
	})
	return len(lib.cards) < before
}

// Faults lists what is wrong with the cards that were refused, by file and line.
func (lib *Library) Faults() []Fault { return lib.faults }

// ByID finds a card.
func (lib *Library) ByID(id string) (Card, bool) {
	i, ok := lib.byID[id]
	if !ok {
		return Card{}, false
	}
	return lib.cards[i], true
}

// A Choice narrows a list of cards; its zero value is all of them.
type Choice struct {
	Stage Stage
	For   Audience
	By    Asker
}

// List finds cards, in the order of the loop.
func (lib *Library) List(want Choice) []Card {
	var found []Card
	for _, c := range lib.cards {
		if (want.Stage == "" || c.Stage == want.Stage) && (want.For == "" || c.IsFor(want.For)) && (want.By == "" || c.By == want.By) {
			found = append(found, c)
		}
	}
	return found
}

// Next are the cards to ask after this one.
func (lib *Library) Next(c Card) []Card {
	var next []Card
	for _, id := range c.Next {
		if n, ok := lib.ByID(id); ok {
			next = append(next, n)
		}
	}
	return next
}
