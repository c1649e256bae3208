package portable_test

import (
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/portable"
	"github.com/ownward/ownward/internal/testkit"
)

func TestAFileThatWasSentLeavesAsItWasSent(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		r := newRich(t, s)
		content := export(t, s, r.Ines)
		held := 0
		for name, text := range files(t, content) {
			if strings.HasPrefix(name, "files/sent/") && text == "desk" {
				held++
			}
		}
		if held != 1 {
			t.Fatalf("the file that was sent stands %d times in the export", held)
		}
		for name := range files(t, export(t, s, r.Tomas)) {
			if strings.HasPrefix(name, "files/sent/") {
				t.Errorf("who was asked takes %s along", name)
			}
		}
		f, err := portable.Read(content)
		if err != nil {
			t.Fatal(err)
		}
		empty := emptyLike(t, s)
		me := founds(t, empty, content)
		sent := testkit.Read(t, empty, func(tx *db.Tx) ([]ask.File, error) {
			var all []ask.File
			for _, a := range f.Asks {
				story, err := ask.StoryOf(tx, me, a.ID)
				if err != nil {
					continue // what was another's is a record
				}
				for _, sending := range story.Sendings {
					for _, e := range sending.Evidence {
						for _, file := range e.Files {
							if file.URL == "" {
								whole, err := ask.FileOf(tx, me, file.ID)
								if err != nil {
									return nil, err
								}
								all = append(all, whole)
							}
						}
					}
				}
			}
			return all, nil
		})
		for _, one := range sent {
			if string(one.Content) != "desk" {
				t.Errorf("%s arrives as %q", one.Name, one.Content)
			}
		}
		if len(sent) == 0 {
			t.Error("no file arrived")
		}
		for n := range f.Asks {
			for m := range f.Asks[n].Sendings {
				for i := range f.Asks[n].Sendings[m].Evidence {
					for k := range f.Asks[n].Sendings[m].Evidence[i].Files {
						f.Asks[n].Sendings[m].Evidence[i].Files[k].Content = []byte("other")
					}
				}
			}
		}
		other := emptyLike(t, s)
		if err := testkit.Fails(t, other, func(tx *db.Tx) error { _, _, err := portable.UnscopedFound(tx, f); return err }); !strings.Contains(err.Error(), "another file") {
			t.Errorf("a file that is another: %v", err)
		}
	})
}
