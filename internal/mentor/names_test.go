package mentor_test

import (
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	_ "github.com/ownward/ownward/internal/house" // what one package does when something happens in another
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/skill"
	"github.com/ownward/ownward/internal/skillfile"
	"github.com/ownward/ownward/internal/testkit"
)

func TestAnOfferIsFoundByEveryNameThatTheListGivesItsSkill(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	offers(t, s, c.Mira, 1, 5) // Negotiating
	finds := func(name string) bool {
		found := testkit.Read(t, s, func(tx *db.Tx) ([]mentor.Profile, error) {
			return mentor.Find(tx, c.Ines, mentor.Filter{Skill: name}, org.Place{}, 10)
		})
		few := testkit.Read(t, s, func(tx *db.Tx) ([]mentor.Recommendation, error) {
			return mentor.Recommend(tx, c.Ines, mentor.Wish{Skills: []mentor.Skill{{Name: name, Level: 1}}})
		})
		if len(found) != len(few) {
			t.Errorf("%q: the search finds %d, and %d are recommended", name, len(found), len(few))
		}
		return len(found) == 1
	}
	if !finds("negotiating") || finds("Bargaining") {
		t.Fatal("before there is a list")
	}
	imports := func(list string) {
		f, err := skillfile.Read(strings.NewReader(list), skillfile.Options{})
		if err != nil {
			t.Fatal(err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { _, err := skill.Import(tx, c.Ada, f, func(int, int) {}); return err })
	}
	imports("name,alternative names\nBargaining,Negotiating\n")
	if !finds("Bargaining") || !finds("Negotiating") {
		t.Error("after an import that joins two names")
	}
	entry := testkit.Read(t, s, func(tx *db.Tx) ([]skill.Entry, error) { return skill.List(tx, c.Ada, "", 10) })[0]
	testkit.Do(t, s, func(tx *db.Tx) error { return skill.Remove(tx, c.Ada, entry.ID) })
	if finds("Bargaining") || !finds("Negotiating") {
		t.Error("after the entry was removed")
	}
	testkit.Do(t, s, func(tx *db.Tx) error {
		_, err := skill.Add(tx, c.Ada, skill.Entry{Name: "Haggling", Aliases: []string{"NEGOTIATING"}})
		return err
	})
	if !finds("haggling") {
		t.Error("after another entry was added")
	}
}
