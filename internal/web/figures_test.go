package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/insight"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func TestFiguresSayWhenTheFirstComeAndWhatIsTooFew(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	site := siteOf(t, s)
	ines := testkit.VisitAs(t, s, site, c.Ines)
	if said := ines.Get("/figures").Must(200).Text("main"); !strings.Contains(said, "The first figures come on 15 December: those of November 2026.") {
		t.Errorf("without any month: %s", said)
	}
	testkit.Do(t, s, func(tx *db.Tx) error {
		return insight.UnscopedMake(tx, c.Organisation, civil.On(2026, 10, 1), insight.Lots{})
	})
	if said := ines.Get("/figures?by=department").Must(200).Text("main"); !strings.Contains(said, "Too few to show in October 2026") {
		t.Errorf("of six people: %s", said)
	}
}

func TestFiguresAreTheSameOnThePageAndInTheFileForEverybody(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	testkit.Do(t, s, func(tx *db.Tx) error {
		for n := range 24 {
			p, err := org.Add(tx, c.Ada, org.Details{Name: fmt.Sprintf("Person %d", n), Email: fmt.Sprintf("p%d@weir.example", n), Department: []string{"=Locks", "Weirs"}[n%2]})
			if err != nil {
				return err
			}
			if _, err := tx.Exec(`
				insert into commitments (organisation_id, id, by_person_id, to_person_id, written_by_id, words, due, check_in, state, agreed_at, origin_kind, brought_along, created_at)
				values ($1, $2, $3, $4, $3, 'A weir', '2026-10-20', '2026-10-20', 'open', $5, '', false, $5)`,
				c.Organisation.ID, tx.NewID(), p.ID, c.Ana.Person, tx.Now()); err != nil {
				return err
			}
		}
		return insight.UnscopedMake(tx, c.Organisation, civil.On(2026, 10, 1), insight.Lots{})
	})
	site := siteOf(t, s)
	var pages, files []string
	for _, who := range []org.Actor{c.Ines, c.Ana, c.Ada} {
		v := testkit.VisitAs(t, s, site, who)
		page := v.Get("/figures?figure=promises&by=department&month=2026-10").Must(200)
		pages = append(pages, page.Text("#course")+page.Text("#groups"))
		files = append(files, v.Get("/figures/table.csv?figure=promises&by=department&month=2026-10").Must(200).Body)
	}
	if pages[0] != pages[1] || pages[0] != pages[2] || files[0] != files[1] || files[0] != files[2] {
		t.Errorf("who looks changes what is seen: %q, %q", pages, files)
	}
	if !strings.Contains(files[0], "\n2026-10,Promises that came due,'=Locks,") || !strings.Contains(pages[0], "Weirs") {
		t.Errorf("the file is %s, the page %s", files[0], pages[0])
	}
}
