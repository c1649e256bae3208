package web

import (
	"errors"
	"net/url"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
)

// suggestedRow is what was only suggested, in a list.
type suggestedRow struct {
	Href, Words, By string
	LookOn          civil.Date
	Due, Open       bool
	State           string
	BecameHref      string
	Ways            []onward
	LetGo           string
}

func suggestedHref(id db.ID) string { return "/suggested/" + string(id) }

func (c *call) suggestedRow(s question.Suggested) suggestedRow {
	row := suggestedRow{
		Href: suggestedHref(s.ID), Words: s.Words, By: called(s.By, c.me), LookOn: s.LookOn, Open: s.IsOpen(), Due: s.IsOpen() && !s.LookOn.After(c.today()),
		LetGo: suggestedHref(s.ID) + "/letting-go",
	}
	switch s.State {
	case question.SuggestedTaken:
		row.State, row.BecameHref = or(becameWords[s.Became.Kind], "something came of it"), PathOf(s.Became)
		if s.Became.Kind == "step" {
			row.BecameHref = "/steps/" + string(s.Became.ID)
		}
	case question.SuggestedGone:
		row.State = "let go"
	default:
		row.Ways = waysOf("suggested:"+string(s.ID), !s.By.Is(c.me))
	}
	return row
}

// becameWords say what something that was suggested became, by the kind of thing.
var becameWords = map[string]string{"goal": "became a goal", "step": "became a step", "ask": "became an ask", "commitment": "became a promise"}

// waysOf are what an answer or a suggestion can become, each by one click. From somebody else it can
// become their promise too.
func waysOf(origin string, others bool) []onward {
	from := "?origin=" + url.QueryEscape(origin)
	ways := []onward{{"A goal", "/goals/new" + from}, {"A step", "/steps/new" + from}, {"An ask", "/asks/new" + from}, {"A promise of yours", "/promises/new" + from}}
	if others {
		ways = append(ways, onward{"Their promise", "/promises/new" + from + "&as=theirs"}, onward{"An introduction", "/promises/new" + from + "&as=referral"})
	}
	return ways
}

// suggestedForm changes what was suggested, or lets it go.
type suggestedForm struct {
	Row           suggestedRow
	Asking        string
	Action        string
	Words, LookOn Field
	Revision      string
	Left          bool
	Seen          Seen
}

var suggestedPage = declare[suggestedForm]("suggested.html", "suggested-parts.html")

var (
	saidSuggested      = says("Noted. It comes back on its day, and stands beside your promises until then.")
	saidSuggestedGone  = says("It is let go.")
	saidSuggestedLater = says("It is kept, with its day.")
)

func noteSuggested(c *call) (string, error) {
	wrong := problem.Invalid{}
	on := c.day("look_on", wrong)
	if err := wrong.Err(); err != nil {
		return "", err
	}
	c.say(saidSuggested)
	_, err := question.NoteSuggested(c.tx, c.me, c.id("id"), c.text("suggested"), on)
	return askingHref(c.id("id")) + "#suggested", err
}

func showSuggested(c *call) (view, error) {
	s, err := question.SuggestedByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := suggestedForm{Row: c.suggestedRow(s), Action: suggestedHref(s.ID), Revision: c.form.RevisionOr(s.Revision), Left: c.me.Left, Seen: onlyYou}
	if s.Asking != "" {
		if _, err := question.ByID(c.tx, c.me, s.Asking); err == nil {
			main.Asking = askingHref(s.Asking)
		}
	}
	main.Words = c.form.field(Field{Name: "suggested", Label: "What was suggested", Type: "textarea", Rows: 3, Required: true}, s.Words)
	again := s.LookOn
	if main.Row.Due {
		again = question.ProposeLook(c.today())
	}
	main.LookOn = c.form.field(Field{Name: "look_on", Label: "Look at it again on", Type: "date"}, again.String())
	return suggestedPage.show(c, "Only suggested", "promises", main)
}

func changeSuggested(c *call) (string, error) {
	wrong := problem.Invalid{}
	on := c.day("look_on", wrong)
	if err := wrong.Err(); err != nil {
		return "", err
	}
	c.say(saidSuggestedLater)
	return "/promises#suggested", question.ChangeSuggested(c.tx, c.me, c.id("id"), c.revision(), c.text("suggested"), on)
}

func letGoOfSuggested(c *call) (string, error) {
	c.say(saidSuggestedGone)
	return "/promises#suggested", question.LetGoOfSuggested(c.tx, c.me, c.id("id"))
}

// source is what something new is kept as coming from. What was suggested came from an answer.
func (c *call) source() (org.Origin, error) {
	from := c.origin()
	if from.Kind != (question.Suggested{}).Thing().Kind {
		return from, nil
	}
	s, err := question.SuggestedByID(c.tx, c.me, from.ID)
	if errors.Is(err, problem.NotFound) || s.Asking == "" {
		return org.Origin{}, nil
	}
	return question.Asking{ID: s.Asking}.Thing(), err
}

// became settles what was suggested with what the form made of it.
func (c *call) became(thing event.Thing, err error) error {
	from := c.origin()
	if err != nil || from.Kind != (question.Suggested{}).Thing().Kind {
		return err
	}
	err = question.SuggestedBecame(c.tx, c.me, from.ID, thing)
	if errors.Is(err, problem.NotFound) {
		return nil
	}
	return err
}
