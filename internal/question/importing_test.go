package question_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/testkit"
)

func bringList(t *testing.T, s testkit.Store, me org.Actor, text string, ours bool) string {
	t.Helper()
	in := testkit.Write(t, s, func(tx *db.Tx) (question.Imported, error) {
		return question.ImportList(tx, me, question.Builtin(), []byte(text), ours)
	})
	var said []string
	for n, k := range in.Cards {
		said = append(said, fmt.Sprintf("%d %s %v: %s", in.Lines[n], k.Stage, k.For, k.Title))
	}
	for _, p := range in.Aside {
		said = append(said, fmt.Sprintf("aside %d %s", p.Line, p.Reason))
	}
	return strings.Join(said, "; ")
}

func TestAListOfQuestionsBecomesCards(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		const list = "question,stage,for,by,about\n" +
			"What should I read first?,Plan,a mentor,,For a beginning.\n" +
			"Do you enjoy it?,Progress,,managers,\n" +
			"\"Say: \"\"who\"\" decides?\",,,,\n" +
			"How do you see me?,,myself,,\n" +
			"no question,,,,\n"
		got := bringList(t, s, c.Ines, list, false)
		want := `2 plan [mentor]: What should I read first?; 3 follow through [colleague]: Do you enjoy it?; 4 ask [manager]: Say: "who" decides?; ` +
			`aside 5 a question to oneself says "I", not "you"; aside 6 it does not end with a question mark`
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if again := bringList(t, s, c.Ines, "What should I read first?\nWhat should I read next?", false); again != "2 ask [manager]: What should I read next?; aside 1 this question is here already" {
			t.Errorf("again: %s", again)
		}
		if got := kept(t, s, c.Ines) + "/" + kept(t, s, c.Tomas); got != "what-should-i-read-first do-you-enjoy-it say-who-decides what-should-i-read-next/" {
			t.Errorf("kept: %s", got)
		}
		one := bringList(t, s, c.Ada, ownCard, true)
		if one != "1 ask [manager]: What would help me?" || !strings.HasSuffix(kept(t, s, c.Tomas), "my-own") {
			t.Errorf("a card as a file: %s", one)
		}
		if one := bringList(t, s, c.Ada, strings.Replace(ownCard, "stage: ask", "stage: tea", 1), true); !strings.Contains(one, "stage is") {
			t.Errorf("a card with a fault: %s", one)
		}
	})
}
