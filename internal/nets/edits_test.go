package nets

import (
	"html"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/ownward/ownward/internal/testkit"
)

// edits are the acts that replace a text, with the field that holds it.
var edits = map[string]string{
	"/plan/edit/{section}": "words", "/skills/{id}": "name", "/goals/{id}": "title", "/steps/{id}": "words",
	"/wins/{id}": "what", "/journal/{id}": "words", "/contacts/{id}": "name", "/askings/{id}/answer": "answer", "/cards/{id}": "text",
	"/conversations/{id}/notes": "notes", "/conversations/{id}/private": "private",
	"/comments/{id}": "words", "/comments/{id}/answer": "answer", "/suggested/{id}": "suggested", "/needs/{id}": "words",
	"/asks/{id}": "what", "/organisation/people/{id}": "name",
}

// TestTheLaterOfTwoEditsGetsBothTexts sends two edits that were made on the same text, at the
// same moment: one is kept, and the other comes back with both texts.
func TestTheLaterOfTwoEditsGetsBothTexts(t *testing.T) {
	in := open(t, filepath.Join(quickFolder(t), "ownward.db"), testkit.NewClock(), slog.New(slog.DiscardHandler))
	defer in.close()
	s := firstAct(t, in)
	found := 0
	for _, route := range in.house.Web.Routes {
		field, is := edits[route.Path]
		if !is || route.Method != http.MethodPost {
			continue
		}
		found++
		t.Run(route.Path, func(t *testing.T) { s.editTwice(t, route.Path, field) })
	}
	if found != len(edits) {
		t.Errorf("%d of %d edits have a route", found, len(edits))
	}
}

func (s *stage) editTwice(t *testing.T, pattern, field string) {
	path, _, _ := s.fill(pattern)
	who := owner
	switch {
	case strings.HasPrefix(pattern, "/organisation"):
		who = admin
	case pattern == "/comments/{id}":
		who = takenBack
	}
	texts := []string{"The one of two", "The other of two"}
	kept, sent := make([]bool, 2), make([]string, 2)
	var both sync.WaitGroup
	for i, text := range texts {
		both.Go(func() {
			form := s.fieldsOf(pattern)
			form.Set("revision", "1")
			if pattern == "/cards/{id}" { // only a card is kept
				text = ownCard + "\n## When to ask\n\n" + text + "\n"
			}
			form.Set(field, text)
			answer := s.request(who, path, form)
			kept[i], sent[i] = answer.Code == http.StatusSeeOther, answer.Body.String()
			if !kept[i] && answer.Code != http.StatusConflict {
				t.Errorf("status %d", answer.Code)
			}
		})
	}
	both.Wait()
	if kept[0] == kept[1] {
		t.Fatalf("kept: %v, and one of the two is to be", kept)
	}
	for i := range texts {
		if kept[i] {
			continue
		}
		for _, text := range texts {
			if !strings.Contains(html.UnescapeString(sent[i]), text) {
				t.Errorf("the page that comes back lacks %q", text)
			}
		}
	}
}
