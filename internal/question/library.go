package question

import (
	"cmp"
	"embed"
	"io/fs"
	"os"
	"path"
	"slices"
	"sync"

	"github.com/ownward/ownward/internal/cardfile"
)

//go:embed cards
var embedded embed.FS

// A Library is the cards that come with Ownward and those of the organisation. Nothing of it is
// read before it is first asked for something; then it never changes, so that many can read it at
// once.
type Library struct {
	shelf func() *shelf
}

// A shelf is the cards of a library once they were read.
type shelf struct {
	cards  []Card // in the order of the loop, then of the files
	byID   map[string]int
	faults []Fault
}

var builtin = &Library{sync.OnceValue(func() *shelf {
	entries, _ := embedded.ReadDir("cards")
	var cards []Card
	var faults []Fault
	for _, language := range entries {
		more, wrong := inLanguage(embedded, path.Join("cards", language.Name()), path.Join("cards", language.Name()), true)
		cards, faults = append(cards, more...), append(faults, wrong...)
	}
	return assemble(cards, faults)
})}

// Builtin is the library that comes with Ownward.
func Builtin() *Library { return builtin }

// Open takes the cards of a folder (files *.md) beside those that come with Ownward. They are in
// English; a folder in it that holds a grammar.yaml adds the cards of another language. A bad card
// stays out and is listed among the faults; it never keeps the good ones out. Told hears of the
// faults once the cards are read; it may be nil. With "" as folder it is Builtin.
//
// It fails only where the folder itself cannot be read.
func Open(folder string, told func([]Fault)) (*Library, error) {
	if folder == "" {
		return Builtin(), nil
	}
	if err := cardfile.IsFolder(folder, "question cards"); err != nil {
		return nil, err
	}
	return &Library{sync.OnceValue(func() *shelf {
		own, faults := ofFolder(os.DirFS(folder), folder)
		for i := range own {
			own[i].Own = true
		}
		s := assemble(append(slices.Clone(builtin.shelf().cards), own...), faults)
		if told != nil {
			told(s.faults)
		}
		return s
	})}, nil
}

// ofFolder reads the cards of an organisation's folder, and those of the languages in it.
func ofFolder(in fs.FS, shown string) ([]Card, []Fault) {
	cards, faults := cardfile.Folder(in, ".", shown, ParseOwn)
	grammars, _ := fs.Glob(in, "*/"+grammarFile)
	for _, file := range grammars {
		dir := path.Dir(file)
		more, wrong := inLanguage(in, dir, path.Join(shown, dir), false)
		cards, faults = append(cards, more...), append(faults, wrong...)
	}
	return cards, faults
}

// inLanguage reads a folder of cards with the grammar that stands beside them.
func inLanguage(in fs.FS, dir, shown string, complete bool) ([]Card, []Fault) {
	l, faults := readLanguage(in, dir, shown)
	if len(faults) > 0 {
		return nil, faults
	}
	return cardfile.Folder(in, dir, shown, func(file string, text []byte) (Card, []Fault) {
		return l.parse(file, text, complete)
	})
}

// assemble puts cards together that go together.
func assemble(cards []Card, faults []Fault) *shelf {
	s := &shelf{}
	s.cards, s.faults = cardfile.Bind(cards, Card.place, faults)
	slices.SortStableFunc(s.cards, func(a, b Card) int {
		return cmp.Compare(slices.Index(Stages, a.Stage), slices.Index(Stages, b.Stage))
	})
	s.byID = make(map[string]int, len(s.cards))
	for i, c := range s.cards {
		s.byID[c.ID] = i
	}
	return s
}

func (c Card) place() cardfile.Place {
	return cardfile.Place{ID: c.ID, File: c.File, Next: c.Next, IDLine: c.idLine, NextLine: c.nextLine}
}

// Faults lists what is wrong with the cards that were refused, by file and line.
func (lib *Library) Faults() []Fault { return lib.shelf().faults }

// ByID finds a card.
func (lib *Library) ByID(id string) (Card, bool) {
	s := lib.shelf()
	i, ok := s.byID[id]
	if !ok {
		return Card{}, false
	}
	return s.cards[i], true
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
	for _, c := range lib.shelf().cards {
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
