package question

import (
	"cmp"
	"embed"
	"os"
	"slices"
	"sync"

	"github.com/ownward/ownward/internal/cardfile"
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
	cards, faults := cardfile.Folder(embedded, "cards", "cards", Parse)
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
	if err := cardfile.IsFolder(folder, "question cards"); err != nil {
		return nil, err
	}
	own, faults := cardfile.Folder(os.DirFS(folder), ".", folder, Parse)
	for i := range own {
		own[i].Own = true
	}
	return assemble(append(slices.Clone(Builtin().cards), own...), faults), nil
}

// assemble makes a library of cards that go together.
func assemble(cards []Card, faults []Fault) *Library {
	lib := &Library{}
	lib.cards, lib.faults = cardfile.Bind(cards, Card.place, faults)
	slices.SortStableFunc(lib.cards, func(a, b Card) int {
		return cmp.Compare(slices.Index(Stages, a.Stage), slices.Index(Stages, b.Stage))
	})
	lib.byID = make(map[string]int, len(lib.cards))
	for i, c := range lib.cards {
		lib.byID[c.ID] = i
	}
	return lib
}

func (c Card) place() cardfile.Place {
	return cardfile.Place{ID: c.ID, File: c.File, Next: c.Next, IDLine: c.idLine, NextLine: c.nextLine}
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
