package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func TestHowSomebodySeesOneThingThatMustBeShownIsItsOwners(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		a := p.drafted(t)
		testkit.Do(t, p.Store, func(tx *db.Tx) error {
			if err := ask.Send(tx, p.Ines, a.ID, a.Revision); err != nil {
				return err
			}
			answer, err := ask.Reply{Says: ask.YesIf, Conditions: []string{"A line opened alone", "A second thing"}}.Answer(civil.On(2026, 11, 23))
			if err != nil {
				return err
			}
			return ask.Decide(tx, p.Tomas, a.ID, answer)
		})
		ines, path := p.visitAs(p.Ines), askHref(a.ID)
		page := ines.Get(path).Must(http.StatusOK)
		form := ines.Get(page.Attribute(`a[href^="/askings/ask?origin=criterion"]`, "href")).Must(http.StatusOK)
		if got := form.Text("#field-wording"); !strings.Contains(got, "“A line opened alone”") || strings.Contains(got, "second") {
			t.Errorf("what is asked: %s", got)
		}
		sent := form.Submit("/askings/ask", map[string]string{"named": p.Joel.Name}).Must(http.StatusOK)
		joel := p.visitAs(p.Joel)
		asked := joel.Get("/asked/" + strings.TrimPrefix(sent.Path, "/askings/")).Must(http.StatusOK)
		if got := asked.Text("main"); strings.Contains(got, "test hall") || strings.Contains(got, "second thing") {
			t.Errorf("he sees more than the one thing: %s", got)
		}
		asked.Submit(asked.Path, map[string]string{"answer": "Seen it twice"}).Must(http.StatusOK)
		if got := ines.Get(path).Text(".views"); !strings.Contains(got, "Seen it twice") || !strings.Contains(got, p.Joel.Name) {
			t.Errorf("beside it she reads %s", got)
		}
		if got := ines.Get(path + "/story").Text("main"); !strings.Contains(got, "Seen it twice") {
			t.Errorf("the story: %s", got)
		}
		decided := p.visitAs(p.Tomas).Get(path).Must(http.StatusOK)
		if strings.Contains(decided.Text("main"), "Seen it twice") || decided.Has(`a[href^="/askings/ask?origin=criterion"]`) {
			t.Error("whoever decided reads it, or can ask")
		}
		criteria := testkit.Read(t, p.Store, func(tx *db.Tx) ([]ask.Criterion, error) { return ask.CriteriaOf(tx, p.Ines, a.ID) })
		for _, other := range []org.Actor{p.Tomas, p.Joel} {
			p.visitAs(other).Get(askForCriterionView(criteria[0].ID)).Must(http.StatusNotFound)
		}
	})
}
