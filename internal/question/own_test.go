package question_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/testkit"
)

const ownCard = "---\nid: my-own\nstage: ask\nfor: [manager]\nquestion: What would help {beneficiary:them}?\nnext: [show-me]\n---\n"

func keep(t *testing.T, s testkit.Store, me org.Actor, text string, ours bool) (question.Kept, error) {
	t.Helper()
	return db.Write(t.Context(), s.DB, func(tx *db.Tx) (question.Kept, error) {
		return question.Keep(tx, me, question.Builtin(), text, ours)
	})
}

func kept(t *testing.T, s testkit.Store, me org.Actor) string {
	t.Helper()
	list := testkit.Read(t, s, func(tx *db.Tx) ([]question.Kept, error) { return question.KeptCards(tx, me) })
	var names []string
	for _, k := range list {
		names = append(names, k.Name)
	}
	return strings.Join(names, " ")
}

func TestACardOfOnesOwnIsSeenByItsOwnerAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		k, err := keep(t, s, c.Ines, ownCard, false)
		if err != nil {
			t.Fatal(err)
		}
		if k.Title != "What would help me?" || k.Card().ID != string(k.ID) {
			t.Errorf("it reads %q, as %s", k.Title, k.Card().ID)
		}
		if got := kept(t, s, c.Ines) + "/" + kept(t, s, c.Tomas) + "/" + kept(t, s, c.Ada); got != "my-own//" {
			t.Errorf("Ines, Tomás and the administrator see %s", got)
		}
		for name, act := range map[string]func(tx *db.Tx) error{
			"read":   func(tx *db.Tx) error { _, err := question.KeptByID(tx, c.Ada, k.ID); return err },
			"change": func(tx *db.Tx) error { return question.ChangeKept(tx, c.Ada, question.Builtin(), k.ID, 1, ownCard+" ") },
			"remove": func(tx *db.Tx) error { return question.RemoveKept(tx, c.Tomas, k.ID) },
		} {
			if err := testkit.Fails(t, s, act); !errors.Is(err, problem.NotFound) {
				t.Errorf("another can %s it: %v", name, err)
			}
		}
	})
}

func TestAnAdministratorKeepsACardForEverybody(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		if _, err := keep(t, s, c.Ines, ownCard, true); !errors.Is(err, problem.NotFound) {
			t.Errorf("Ines writes a card of the organisation: %v", err)
		}
		k, err := keep(t, s, c.Ada, ownCard, true)
		if err != nil {
			t.Fatal(err)
		}
		there := testkit.NewCompany(t, s, "other.example")
		if got := kept(t, s, c.Ines) + "/" + kept(t, s, there.Ines); got != "my-own/" {
			t.Errorf("Ines and somebody elsewhere see %s", got)
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return question.RemoveKept(tx, c.Ines, k.ID) }); !errors.Is(err, problem.NotFound) {
			t.Errorf("Ines removes it: %v", err)
		}
	})
}

func TestAnEditOfACardKeepsWhatAnotherWindowWrote(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		k, err := keep(t, s, c.Ines, ownCard, false)
		if err != nil {
			t.Fatal(err)
		}
		change := func(text string) func(*db.Tx) error {
			return func(tx *db.Tx) error { return question.ChangeKept(tx, c.Ines, question.Builtin(), k.ID, 1, text) }
		}
		testkit.Do(t, s, change(strings.Replace(ownCard, "help", "hinder", 1)))
		var conflict *problem.Conflict
		if err := testkit.Fails(t, s, change(ownCard+"\n")); !errors.As(err, &conflict) || !strings.Contains(conflict.Theirs["text"], "hinder") {
			t.Errorf("the second edit: %v", err)
		}
	})
}

func TestWhatIsWrongWithACardIsSaidByLine(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		if _, err := keep(t, s, c.Ines, ownCard, false); err != nil {
			t.Fatal(err)
		}
		for text, want := range map[string]string{
			ownCard: `Line 2: id "my-own" is taken`,
			strings.Replace(ownCard, "my-own", "show-me", 1):                                               `Line 2: id "show-me" is taken`,
			strings.NewReplacer("my-own", "second", "next: [show-me]", "next: [nowhere]").Replace(ownCard): `Line 6: next leads to "nowhere"`,
			strings.NewReplacer("my-own", "second", "stage: ask", "stage: tea").Replace(ownCard):           `Line 3: stage is "tea"`,
			"no card":                             "front matter",
			ownCard + strings.Repeat("x", 20_000): "longer than",
		} {
			_, err := keep(t, s, c.Ines, text, false)
			var wrong problem.Invalid
			if !errors.As(err, &wrong) || !strings.Contains(wrong["text"], want) {
				t.Errorf("want %s, got %v", want, err)
			}
		}
	})
}
