package web

import (
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/plan"
)

// reviewForm looks back at a goal.
type reviewForm struct {
	How, Learned Field
	Due          bool       // the day to look back has come
	Next         civil.Date // that day
	Rhythm       string
	Open         bool // something was typed
	Stuck        bool // it was, the last time
	Fitting      fittingQuestion
}

// reviewLine is a look back in the history of a goal.
type reviewLine struct {
	Day          civil.Date
	How, Learned string
	Remove       string
}

// hows say how it went, to the one who chooses, and afterwards.
var hows = map[plan.How]struct{ label, hint, said string }{
	plan.Moved:    {"It moved", "", "moved"},
	plan.Stuck:    {"It is stuck", "", "stuck"},
	plan.Changed:  {"It has changed", "you say how on the next page", "changed"},
	plan.Reached:  {"I reached it", "", "reached"},
	plan.LetGoNow: {"I let it go", "which is no failure", "let go"},
}

// rhythms say how often one looks at a goal again.
var rhythms = map[plan.Rhythm]string{
	plan.Fortnightly: "every two weeks", plan.Monthly: "every month", plan.Quarterly: "every three months", plan.Never: "when I feel like it",
}

const mostReviewsShown = 30

func (c *call) reviewForm(g plan.Goal) reviewForm {
	today := c.today()
	form := reviewForm{Due: g.ReviewDue(today), Next: g.NextReview(today), Rhythm: rhythms[g.Rhythm], Open: c.form.Values.Has("learned")}
	how := Field{Name: "how", Label: "How did it go?", Type: "radio-row", Required: true}
	for _, one := range plan.Hows {
		how.Options = append(how.Options, Option{Value: string(one), Label: hows[one].label, Hint: hows[one].hint})
	}
	form.How = c.form.field(how, "")
	form.Learned = c.form.field(Field{Name: "learned", Label: "What did you learn?", Type: "textarea", Rows: 2, Hint: "One line. You read it again next time."}, "")
	return form
}

func (c *call) reviewLines(g plan.Goal) ([]reviewLine, error) {
	found, err := plan.Reviews(c.tx, c.me, g.ID, mostReviewsShown)
	var lines []reviewLine
	for _, r := range found {
		lines = append(lines, reviewLine{r.Day, hows[r.How].said, r.Learned, PathOf(g.Thing()) + "/reviews/" + string(r.ID) + "/removal"})
	}
	return lines, err
}

// reviewGoal looks back at a goal of the visitor's.
func reviewGoal(c *call) (string, error) {
	how := plan.How(c.text("how"))
	_, err := plan.ReviewGoal(c.tx, c.me, c.id("id"), plan.Review{How: how, Learned: c.text("learned")})
	if how == plan.Changed {
		return c.goalHref() + "/edit", err
	}
	return c.goalHref() + "#back", err
}

// putOffReview asks again in a week.
func putOffReview(c *call) (string, error) {
	return c.afterStep(c.goalHref()), plan.PutOffReview(c.tx, c.me, c.id("id"))
}

func removeReview(c *call) (string, error) {
	return c.goalHref() + "#back", plan.RemoveReview(c.tx, c.me, c.id("id"), db.ID(c.PathValue("review")))
}
