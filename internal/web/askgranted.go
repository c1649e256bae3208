package web

import (
	"strconv"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
)

// grantedShown is what became of what was granted: all of it for its owner, what was told back for
// whoever granted it.
type grantedShown struct {
	Mine     bool
	Fruits   []fruitShown
	Tellings []ask.Telling
	Promised []labelled // what it cost and was to bring, as it was sent
	Gained   string     // what was returned so far, added up
	TellOn   civil.Date
	Reminds  bool // that day is still to come
	Untold   bool // there is something to tell
	Action   string

	Note              fruitFields
	Thanks, Move      Field
	TellOpen, DayOpen bool
}

// fruitShown is one thing that became of it.
type fruitShown struct {
	ask.Fruit
	Label, Gain string
	Change      *fruitFields // for its owner, until it is told back
}

// fruitFields are the fields with which something that became of it is noted or changed.
type fruitFields struct {
	Action, Revision        string
	Kind, Day, Place, Words Field
	Amount, Currency, Hours Field
	Open                    bool
}

var fruitKinds = map[ask.Followed]struct{ label, hint string }{
	ask.Done:     {"It is done", "The course, the week, the project: it happened."},
	ask.Learned:  {"I learned", "What you know or can do now that you did not before."},
	ask.Practice: {"I put it into practice", "When, and where."},
	ask.Taught:   {"I taught it", "To whom, and what they do with it."},
	ask.Returned: {"It returned", "Money, hours, or something that can be seen, beside what was promised."},
}

func (c *call) grantedShown(s ask.Story) *grantedShown {
	g := &grantedShown{Mine: s.Owner.Is(c.me), Tellings: s.Tellings, Action: askHref(s.ID) + "/granted"}
	for _, f := range s.Fruits {
		shown := fruitShown{Fruit: f, Label: fruitKinds[f.Kind].label, Gain: gainOf(f.Gain)}
		if g.Mine && f.ToldAt.IsZero() && !c.me.Left {
			change := c.fruitFields(g.Action+"/"+string(f.ID), "_"+string(f.ID), f)
			shown.Change = &change
			g.Untold = true
		}
		g.Fruits = append(g.Fruits, shown)
	}
	if text := gainOf(s.Cost); text != "" {
		g.Promised = append(g.Promised, labelled{"It cost", text})
	}
	if s.Return != "" {
		g.Promised = append(g.Promised, labelled{"It was to bring", s.Return})
	}
	money, hours := ask.Gained(s.Fruits)
	for i, m := range money {
		if i > 0 {
			g.Gained += ", "
		}
		g.Gained += gainOf(m)
	}
	if hours > 0 {
		g.Gained += map[bool]string{true: ", ", false: ""}[g.Gained != ""] + strconv.FormatInt(hours, 10) + " hours"
	}
	if !g.Mine || c.me.Left || s.BroughtAlong {
		g.Action = ""
		return g
	}
	if on, err := ask.TellOn(c.tx, c.me, s.ID); err == nil {
		g.TellOn, g.Reminds = on, on.After(c.today())
	}
	c.followFields(g, s)
	return g
}

func gainOf(cost ask.Cost) string {
	text := priceOf(cost)
	if cost.Hours > 0 {
		if text != "" {
			text += ", "
		}
		text += strconv.FormatInt(cost.Hours, 10) + " hours"
	}
	return text
}

// fruitFields are the fields for one of these; names differ by the suffix: the page holds several.
func (c *call) fruitFields(action, suffix string, f ask.Fruit) fruitFields {
	form := c.formAt(action)
	var kinds []Option
	for _, kind := range ask.FollowedKinds {
		kinds = append(kinds, Option{Value: string(kind), Label: fruitKinds[kind].label, Hint: fruitKinds[kind].hint})
	}
	hours := ""
	if f.Gain.Hours > 0 {
		hours = strconv.FormatInt(f.Gain.Hours, 10)
	}
	return fruitFields{
		Action: action, Revision: form.RevisionOr(f.Revision), Open: form.Any(),
		Kind:     form.field(Field{Name: "kind" + suffix, Label: "What became of it", Type: "radio", Options: kinds, Required: true}, string(f.Kind)),
		Words:    form.field(Field{Name: "words" + suffix, Label: "In a sentence or two", Type: "textarea", Rows: 2}, f.Words),
		Day:      form.field(Field{Name: "day" + suffix, Label: "When", Type: "date"}, f.Day.String()),
		Place:    form.field(Field{Name: "place" + suffix, Label: "Where, or with whom", Type: "own"}, f.Place),
		Amount:   form.field(Field{Name: "amount" + suffix, Label: "Money it returned", Type: "decimal", Hint: "In figures, where there are any"}, f.Gain.Amount()),
		Currency: form.field(Field{Name: "currency" + suffix, Label: "Currency", Max: 3, Hint: "Three letters"}, f.Gain.Currency),
		Hours:    form.field(Field{Name: "hours" + suffix, Label: "Hours it returned", Type: "number"}, hours),
	}
}

func (c *call) followFields(g *grantedShown, s ask.Story) {
	g.Note = c.fruitFields(g.Action, "", ask.Fruit{Day: c.today(), Gain: ask.Cost{Currency: or(s.Cost.Currency, "EUR")}})
	telling := c.formAt(g.Action + "/telling")
	g.TellOpen = telling.Any()
	g.Thanks = telling.field(Field{Name: "thanks", Label: "Thanks", Type: "textarea", Rows: 2, Required: true, Hint: "What it has changed, in a line or two."}, "")
	day := c.formAt(g.Action + "/day")
	g.DayOpen = day.Any()
	g.Move = day.field(Field{Name: "tell_on", Label: map[bool]string{true: "Another day", false: "On which day"}[g.Reminds], Type: "date", Required: true}, g.TellOn.String())
}

// fruitTyped is what was typed into the fields of that suffix.
func (c *call) fruitTyped(suffix string) (ask.Fruit, problem.Invalid) {
	wrong := problem.Invalid{}
	in := ask.Fruit{Kind: ask.Followed(c.text("kind" + suffix)), Day: c.day("day"+suffix, wrong), Place: c.text("place" + suffix),
		Words: c.text("words" + suffix), Gain: ask.Cost{Currency: c.text("currency" + suffix)}}
	var err error
	in.Gain.Minor, err = ask.ParseMoney(c.text("amount"+suffix), in.Gain.Currency)
	wrong.Check(err == nil, "amount"+suffix, "Please give an amount such as 1200 or 1,200.50.")
	if hours := c.text("hours" + suffix); hours != "" {
		in.Gain.Hours, err = strconv.ParseInt(hours, 10, 64)
		wrong.Check(err == nil, "hours"+suffix, "Please give the hours as a whole number, such as 12.")
	}
	return in, wrong
}

// followGranted notes what became of what was granted.
func followGranted(c *call) (string, error) {
	id := c.id("id")
	if _, err := ask.ByID(c.tx, c.me, id); err != nil {
		return "", err
	}
	in, wrong := c.fruitTyped("")
	if err := wrong.Err(); err != nil {
		return "", err
	}
	return askHref(id), ask.Follow(c.tx, c.me, id, in)
}

// changeFruit changes one of these that was not told back.
func changeFruit(c *call) (string, error) {
	id, fruit := c.id("id"), c.id("fruit")
	if _, err := ask.ByID(c.tx, c.me, id); err != nil {
		return "", err
	}
	suffix := "_" + string(fruit)
	in, wrong := c.fruitTyped(suffix)
	if err := wrong.Err(); err != nil {
		return "", err
	}
	in.ID, in.Revision = fruit, c.revision()
	err := ask.ChangeFruit(c.tx, c.me, id, in)
	for _, field := range []string{"kind", "words", "day", "place", "amount", "currency", "hours"} {
		err = asField(err, field, field+suffix)
	}
	return askHref(id), err
}

func unfollowGranted(c *call) (string, error) {
	id := c.id("id")
	return askHref(id), ask.Unfollow(c.tx, c.me, id, db.ID(c.PathValue("fruit")))
}

var saidToldBack = says("Told back. They read it, and it stays as it is.")

func tellBack(c *call) (string, error) {
	id := c.id("id")
	c.say(saidToldBack)
	return askHref(id), ask.TellBack(c.tx, c.me, id, c.text("thanks"))
}

func moveTelling(c *call) (string, error) {
	id, wrong := c.id("id"), problem.Invalid{}
	to := c.day("tell_on", wrong)
	if err := wrong.Err(); err != nil {
		return "", err
	}
	return askHref(id), ask.MoveTelling(c.tx, c.me, id, to)
}

// draftNext begins the ask that follows from what a granted one proved.
func draftNext(c *call) (string, error) {
	next, err := ask.DraftNext(c.tx, c.me, c.id("id"))
	c.say(wayAsked)
	return askHref(next), err
}
