package pitch

import (
	"cmp"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Reworded is one time that a text of a pitch was written anew: what stood before, and what took its
// place.
type Reworded struct {
	Name      string // of the text; of the ask itself, as its forms name it
	OfAsk     bool
	Then, Now string
	At        time.Time // when it was replaced
}

// mostWordings is how many earlier wordings are read at once.
const mostWordings = 300

// Wordings lists how the texts of the actor's pitch stood before they were written anew, the last
// change first. They are its owner's alone, whatever went out.
func (p Pitch) Wordings(tx *db.Tx, me org.Actor) ([]Reworded, error) {
	things := []event.Thing{p.Ask.Thing()}
	stands := map[event.Thing]map[string]string{p.Ask.Thing(): p.Ask.Fields()}
	named := map[event.Thing]string{}
	for _, text := range p.Texts {
		things = append(things, text.thing())
		stands[text.thing()], named[text.thing()] = map[string]string{"words": text.Words}, text.Name
	}
	earlier, err := org.EarlierOf(tx, me, mostWordings, things...)
	var all []Reworded
	for _, e := range earlier { // the last replaced first
		now := stands[e.Thing]
		for field, then := range e.Text {
			if then != now[field] {
				one := Reworded{Name: named[e.Thing], Then: then, Now: now[field], At: e.At}
				if one.Name == "" {
					one.Name, one.OfAsk = field, true
				}
				all = append(all, one)
			}
		}
		stands[e.Thing] = e.Text
	}
	slices.SortStableFunc(all, func(a, b Reworded) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Name, b.Name))
	})
	return all, err
}
