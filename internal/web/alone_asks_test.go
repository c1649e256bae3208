package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/testkit"
)

// Whoever uses Ownward alone asks aloud: no page speaks of sending, of administrators or of others
// who would look at it first.
func TestAskingAloneSpeaksOfNobodyWhoIsNotThere(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := tx.Exec("update organisations set alone = true where id = $1", c.Ines.Organisation)
			return err
		})
		ines := testkit.VisitAs(t, s, site, c.Ines)
		new := ines.Get("/asks/new").Must(http.StatusOK)
		begun := new.Submit("/asks", map[string]string{"what": "Two days a week in the print room", "kind": "time", "whom": "outside", "named": "Ragna Holm", "do": "prepare"}).Must(http.StatusOK)
		path := strings.TrimSuffix(begun.Path, "/pitch/motive")
		pages := map[string]string{"new": new.Text("main"), "asks": ines.Get("/asks").Text("main")}
		for _, part := range []string{"when", "wording", "ready"} {
			pages[part] = ines.Get(path + "/pitch/" + part).Must(http.StatusOK).Text("main")
		}
		sent := ines.Get(path+"/sending").Submit(path+"/sending", nil).Must(http.StatusOK)
		pages["sent"] = sent.Text("main")
		if !strings.Contains(pages["sent"], "They asked something back") || !strings.Contains(pages["sent"], "Ask somebody else instead") {
			t.Errorf("the ask says %s", pages["sent"])
		}
		for page, says := range pages {
			for _, not := range []string{"Send it", "send it", "dministrator", "Shown to you before", "Ask somebody you trust", "goes back to you"} {
				if strings.Contains(says, not) {
					t.Errorf("%s says %q: %s", page, not, says)
				}
			}
		}
	})
}
