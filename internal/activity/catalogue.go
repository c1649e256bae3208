package activity

import (
	"cmp"
	"embed"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/ownward/ownward/internal/cardfile"
)

//go:embed kinds/*.md
var embedded embed.FS

// A Catalogue is the activities that come with Ownward and those of the organisation. It never
// changes once it is made, so that many can read it at once.
type Catalogue struct {
	kinds  []Activity // by group, then by name
	faults []Fault
}

var builtin = sync.OnceValue(func() *Catalogue {
	kinds, faults := cardfile.Folder(embedded, "kinds", "kinds", Parse)
	return assemble(kinds, faults)
})

// Builtin is the catalogue that comes with Ownward.
func Builtin() *Catalogue { return builtin() }

// Open reads the activities of a folder (files *.md, not those below) and puts them beside those
// that come with Ownward. A bad one stays out and is listed among the faults; it never keeps the
// good ones out. With "" as folder it is Builtin.
//
// It fails only where the folder itself cannot be read.
func Open(folder string) (*Catalogue, error) {
	if folder == "" {
		return Builtin(), nil
	}
	if err := cardfile.IsFolder(folder, "activities"); err != nil {
		return nil, err
	}
	own, faults := cardfile.Folder(os.DirFS(folder), ".", folder, Parse)
	for i := range own {
		own[i].Own = true
	}
	return assemble(append(slices.Clone(Builtin().kinds), own...), faults), nil
}

func assemble(kinds []Activity, faults []Fault) *Catalogue {
	c := &Catalogue{}
	c.kinds, c.faults = cardfile.Bind(kinds, Activity.place, faults)
	slices.SortStableFunc(c.kinds, func(a, b Activity) int {
		return cmp.Or(cmp.Compare(slices.Index(Groups, a.Group), slices.Index(Groups, b.Group)), strings.Compare(a.Name, b.Name))
	})
	return c
}

func (a Activity) place() cardfile.Place {
	return cardfile.Place{ID: a.ID, File: a.File, Next: a.Next, IDLine: a.idLine, NextLine: a.nextLine}
}

// Faults lists what is wrong with the activities that were refused, by file and line.
func (c *Catalogue) Faults() []Fault { return c.faults }

// ByID finds an activity.
func (c *Catalogue) ByID(id string) (Activity, bool) {
	return c.find(func(a Activity) bool { return a.ID == id })
}

// ByName finds the activity that a step names.
func (c *Catalogue) ByName(name string) (Activity, bool) {
	return c.find(func(a Activity) bool { return name != "" && strings.EqualFold(a.Name, name) })
}

func (c *Catalogue) find(is func(Activity) bool) (Activity, bool) {
	if i := slices.IndexFunc(c.kinds, is); i >= 0 {
		return c.kinds[i], true
	}
	return Activity{}, false
}

// A Choice narrows a list of activities; its zero value is all of them.
type Choice struct {
	Group Group
	For   Use
	Money Money
}

// List finds activities, by group and name.
func (c *Catalogue) List(want Choice) []Activity {
	var found []Activity
	for _, a := range c.kinds {
		if (want.Group == "" || a.Group == want.Group) && (want.For == "" || a.IsFor(want.For)) && (want.Money == "" || a.Money == want.Money) {
			found = append(found, a)
		}
	}
	return found
}

// Next are the activities that go well with this one or after it.
func (c *Catalogue) Next(a Activity) []Activity {
	var next []Activity
	for _, id := range a.Next {
		if n, ok := c.ByID(id); ok {
			next = append(next, n)
		}
	}
	return next
}
