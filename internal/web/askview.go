package web

import (
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
)

// criterionView is how somebody sees one thing that must be shown, or that they were asked. Its
// owner alone reads it.
type criterionView struct {
	Href, Name, State, Answer, Marks string
}

// askForCriterionView is where the owner of an ask asks somebody how they see one thing that must
// be shown.
func askForCriterionView(id db.ID) string { return "/askings/ask?origin=criterion%3A" + string(id) }

// viewsOfCriteria are how others see what must be shown for an ask of the visitor's, by criterion.
func (c *call) viewsOfCriteria(s ask.Story) (map[db.ID][]criterionView, error) {
	if !s.Owner.Is(c.me) {
		return nil, nil
	}
	var ids []db.ID
	for _, each := range s.Criteria {
		ids = append(ids, each.ID)
	}
	asked, err := question.From(c.tx, c.me, "criterion", ids)
	views := map[db.ID][]criterionView{}
	for _, a := range asked {
		views[a.Origin.ID] = append(views[a.Origin.ID], criterionView{askingHref(a.ID), a.To.Name, c.askingState(a), a.Answer, c.marksOfAnswer(a)})
	}
	return views, err
}

// viewOfCriterion is the question that asks how somebody sees one thing that must be shown for an
// ask of the visitor's, and the page to go back to; nothing where it is about something else.
func (c *call) viewOfCriterion(origin string) (wording, back string, err error) {
	id, is := strings.CutPrefix(origin, "criterion:")
	if !is {
		return "", "", nil
	}
	criterion, err := ask.CriterionByID(c.tx, c.me, db.ID(id))
	if err != nil {
		return "", "", err
	}
	a, err := ask.ByID(c.tx, c.me, criterion.Ask)
	if err == nil && !a.Owner.Is(c.me) {
		err = problem.NotFound
	}
	return "I am to show this: “" + criterion.Words + "”. From the work that you saw: what of it have you seen, and what would still be missing for you?", askHref(a.ID), err
}
