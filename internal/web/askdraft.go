package web

import (
	"errors"
	"strconv"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/programme"
)

// askDraft is the form of a draft, new or kept before.
type askDraft struct {
	Action, Remove, Origin          string
	Heard                           heard
	Kept                            bool // it is there already
	Revision                        string
	Before                          *askBefore
	Returned                        string // why it is here again
	Kind, What, Why                 Field
	Whom, Named, By                 Field
	Amount, Currency, Hours, Centre Field
	Return, Wins                    Field
	Seen                            Seen
	Counsel                         counselOn // on one that is kept
}

// askBefore is the answer after which an ask came back.
type askBefore struct {
	Href, Who, Said, Reason string
	On                      civil.Date
}

var askDraftPage = declare[askDraft]("ask-draft.html", "counsel-parts.html")

const mostAskBegun = 300 // characters of an answer that an ask begins with

// newAsk begins an ask, from something or from nothing.
func newAsk(c *call) (view, error) {
	in, err := c.askFromSkill()
	if err != nil {
		return view{}, err
	}
	if err := c.askForProgramme(&in); err != nil {
		return view{}, err
	}
	answer, err := c.heard(c.origin())
	if err != nil {
		return view{}, err
	}
	if whom, err := org.PartyFrom(c.tx, c.me, or(c.text("whom"), answer.whom.String())); err == nil && !whom.Is(c.me) {
		in.Whom = whom
	} else if manager, err := org.ManagerOf(c.tx, c.me); err == nil {
		in.Whom = org.Party{Person: manager.ID, Name: manager.Name}
	}
	in.What = or(in.What, answer.begin(mostAskBegun))
	in.Kind = ask.Kind(or(string(in.Kind), answer.Kind))
	draft, err := c.askForm(in, "/asks", ask.Ask{})
	if err != nil {
		return view{}, err
	}
	draft.Origin, draft.Heard = c.text("origin"), answer
	return askDraftPage.show(c, "A new ask", "asks", draft)
}

// askForProgramme begins an ask for a seat: a yes to it signs its owner up.
func (c *call) askForProgramme(in *ask.Input) error {
	from := c.origin()
	if from.Kind != "programme" {
		return nil
	}
	p, err := programme.ByID(c.tx, c.me, from.ID)
	if errors.Is(err, problem.NotFound) {
		return nil
	}
	in.Kind, in.What = ask.Programme, "A seat in “"+p.Name+"”"
	in.Cost.Minor, in.Cost.Currency = p.Cost.Minor, p.Cost.Currency
	return err
}

// showDraft shows a draft to its owner.
func (c *call) showDraft(s ask.Story) (view, error) {
	wins, err := ask.Wins(c.tx, c.me, s.ID)
	if err != nil {
		return view{}, err
	}
	draft, err := c.askForm(ask.Input{Text: s.Text, Whom: s.Whom, Wins: wins}, askHref(s.ID), s.Ask)
	if err != nil {
		return view{}, err
	}
	draft.Kept, draft.Remove = true, askHref(s.ID)+"/removal"
	draft.Revision = c.formAt(draft.Action).RevisionOr(s.Revision)
	if len(s.Sendings) > 0 {
		draft.Returned = cameHome(s.Sendings[0])
	}
	if s.Previous != "" {
		if draft.Before, err = c.askBefore(s.Previous); err != nil {
			return view{}, err
		}
	}
	if draft.Counsel, err = c.counselOn(s.Thing()); err != nil {
		return view{}, err
	}
	return askDraftPage.show(c, "A draft", "asks", draft)
}

// cameHome says why something that was sent is a draft again.
func cameHome(last ask.Sending) string {
	if last.EndedHow == "returned" {
		return last.With.Name + " has left, so this came back to you. Whom would you like to ask now?"
	}
	return "You withdrew this. " + last.With.Name + " sees it no longer."
}

func (c *call) askBefore(id db.ID) (*askBefore, error) {
	d, err := ask.DecisionOf(c.tx, c.me, id)
	if errors.Is(err, problem.NotFound) {
		return nil, nil
	}
	reason := d.Reason
	if reason == "" {
		reason = d.Heard.Reason
	}
	return &askBefore{askHref(id), d.By.Name, string(d.Says), reason, c.dayOf(d.At)}, err
}

// askForm makes the fields of a draft.
func (c *call) askForm(in ask.Input, action string, a ask.Ask) (askDraft, error) {
	form := c.formAt(action)
	parties, err := c.parties(in.Whom.String())
	if err != nil {
		return askDraft{}, err
	}
	f := askDraft{Action: action, Seen: onlyYou}
	kinds := make([]Option, 0, len(ask.Kinds))
	for _, kind := range ask.Kinds {
		kinds = append(kinds, Option{Value: string(kind), Label: kindLabels[kind].title, Hint: kindLabels[kind].hint})
	}
	f.What = form.field(Field{Name: "what", Label: "What you ask for", Type: "textarea", Rows: 2, Required: true,
		Hint: "One thing, so clear that it can be answered with yes or no."}, in.What)
	f.Kind = form.field(Field{Name: "kind", Label: "What kind of thing it is", Type: "radio-row", Options: kinds}, string(in.Kind))
	f.Why = form.field(Field{Name: "why", Label: "Why", Type: "textarea", Rows: 5,
		Hint: "Where you want to go with it, and why now."}, in.Why)
	f.Whom = form.field(Field{Name: "whom", Label: "Whom you ask", Type: "select", Hint: "The person who can say yes.", Options: append([]Option{{Value: "", Label: "I do not know yet"}}, parties...)}, in.Whom.String())
	f.Named = form.field(Field{Name: "named", Label: "Their name", Type: "own", Hint: "Only for somebody who is not in the list."}, "")
	f.Amount = form.field(Field{Name: "amount", Label: "Money", Type: "decimal", Hint: "In figures"}, in.Cost.Amount())
	f.Currency = form.field(Field{Name: "currency", Label: "Currency", Max: 3, Hint: "Three letters"}, or(in.Cost.Currency, "EUR"))
	f.Centre = form.field(Field{Name: "cost_centre", Label: "Cost centre", Max: 100, Hint: "From which the money could come, where you know it."}, in.CostCentre)
	f.Hours = form.field(Field{Name: "hours", Label: "Hours", Type: "number", Hint: "Of working time"}, hoursOf(in.Cost))
	f.Return = form.field(Field{Name: "return", Label: "What it brings", Type: "textarea", Rows: 4,
		Hint: "For you, for the team, and who covers for you meanwhile."}, in.Return)
	f.By = form.field(Field{Name: "decide_by", Label: "Answer by", Type: "date"}, in.DecideBy.String())
	f.Wins, err = c.winBoxes(form, in.Wins, a)
	return f, err
}

func or(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}

func hoursOf(cost ask.Cost) string {
	if cost.Hours == 0 {
		return ""
	}
	return strconv.FormatInt(cost.Hours, 10)
}

// winBoxes offers the owner's wins as evidence: those chosen, those since the ask was answered
// before, and the latest.
func (c *call) winBoxes(form Form, chosen []db.ID, a ask.Ask) (Field, error) {
	const most = 200 // of which the latest stand open
	latest, _, err := plan.WinsOf(c.tx, c.me, c.me.Person, plan.Place{}, most)
	if err != nil {
		return Field{}, err
	}
	field := Field{Name: "wins", Type: "checkbox", Label: "Wins that speak for it", Latest: 6,
		Hint: "A copy goes along, as the win is when you send it. You can take it back later."}
	had := map[db.ID]bool{}
	add := func(w plan.Win, ticked bool) {
		if had[w.ID] {
			return
		}
		had[w.ID] = true
		hint := day(w.Day, c.today())
		if w.Figure != "" {
			hint += " · " + w.Figure
		}
		if !a.PreviousAt.IsZero() && w.CreatedAt.After(a.PreviousAt) {
			hint = "New since the answer · " + hint
		}
		if form.Values != nil {
			ticked = form.ticked("wins", string(w.ID))
		}
		field.Options = append(field.Options, Option{Value: string(w.ID), Label: w.What, Hint: hint, Chosen: ticked, Own: true})
	}
	for _, id := range chosen {
		w, err := plan.WinByID(c.tx, c.me, id)
		if errors.Is(err, problem.NotFound) {
			continue
		}
		if err != nil {
			return Field{}, err
		}
		add(w, true)
	}
	for _, w := range latest {
		add(w, false)
	}
	return field, nil
}

// askTyped reads the form of a draft.
func (c *call) askTyped() (ask.Input, error) {
	wrong := problem.Invalid{}
	in := ask.Input{Text: ask.Text{
		Kind: ask.Kind(c.text("kind")), What: c.text("what"), Why: c.text("why"), Return: c.text("return"), CostCentre: c.text("cost_centre"),
		Cost: ask.Cost{Currency: c.text("currency")}, DecideBy: c.day("decide_by", wrong),
	}}
	var err error
	in.Cost.Minor, err = ask.ParseMoney(c.text("amount"), in.Cost.Currency)
	wrong.Check(err == nil, "amount", "Please give an amount such as 1200 or 1,200.50.")
	if hours := c.text("hours"); hours != "" {
		in.Cost.Hours, err = strconv.ParseInt(hours, 10, 64)
		wrong.Check(err == nil, "hours", "Please give the hours as a whole number, such as 12.")
	}
	for _, id := range c.Form["wins"] {
		in.Wins = append(in.Wins, db.ID(id))
	}
	if err := wrong.Err(); err != nil {
		return in, err
	}
	if c.text("whom") != "" {
		in.Whom, err = c.party("whom", "named")
	}
	return in, err
}

var (
	saidKept = says("Kept. It is yours alone until you send it.")
	saidSent = says("Sent. They see it with exactly what you attached.")
	saidAsk  = says("Ready. Nothing goes out to somebody from your contacts: ask them, and write down what they say.")
)

// beginAsk keeps a new draft, and sends it where that was pressed.
func beginAsk(c *call) (string, error) {
	in, err := c.askTyped()
	if err != nil {
		return "", err
	}
	from, err := c.source()
	if err != nil {
		return "", err
	}
	a, err := ask.New(c.tx, c.me, from, in)
	if err := c.became(a.Thing(), err); err != nil {
		return "", err
	}
	return c.keepOrSend(a.ID, a.Revision)
}

// changeAsk keeps a draft, and sends it where that was pressed.
func changeAsk(c *call) (string, error) {
	id := c.id("id")
	if _, err := ask.ByID(c.tx, c.me, id); err != nil {
		return "", err
	}
	in, err := c.askTyped()
	if err != nil {
		return "", err
	}
	if err := ask.Change(c.tx, c.me, id, c.revision(), in); err != nil {
		return "", err
	}
	a, err := ask.ByID(c.tx, c.me, id)
	if err != nil {
		return "", err
	}
	return c.keepOrSend(id, a.Revision)
}

func (c *call) keepOrSend(id db.ID, revision int64) (string, error) {
	switch c.text("do") {
	case "prepare":
		return pitchHref(id) + "/" + string(pitch.Motive), nil
	case "send":
	default:
		c.say(saidKept)
		return askHref(id), nil
	}
	if err := pitch.Send(c.tx, c.me, id, revision); err != nil {
		return "", err
	}
	a, err := ask.ByID(c.tx, c.me, id)
	c.sayOnItsWay(a)
	return askHref(id), err
}

// removeAsk deletes a draft.
func removeAsk(c *call) (string, error) {
	return "/asks", pitch.Remove(c.tx, c.me, c.id("id"))
}

// askAgainNow brings an ask back ahead of its day, and leads to the draft.
func askAgainNow(c *call) (string, error) {
	next, err := ask.AskAgain(c.tx, c.me, c.id("id"))
	return askHref(next), err
}
