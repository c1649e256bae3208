package demo

import (
	"errors"

	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/plan"
)

// ready tells of the days that matter for timing, and how Salome gets an ask ready: half a day a
// month to write down what Bashir knows.
func (t *telling) ready() {
	t.does("wanjiru", t.when(-60, morning, "wanjiru"), "dates of the year", func(tx *db.Tx, me org.Actor) error {
		for _, one := range []dates.Text{
			{Kind: dates.Planning, Title: "Departments plan the next year", From: t.date(22), To: t.date(33), Note: "Proposals with a sum, half a page each."},
			{Kind: dates.Budget, Title: "Budgets are settled", From: t.date(44), To: t.date(44)},
			{Kind: dates.Review, Title: "Talks about the year", From: t.date(52), To: t.date(70)},
			{Kind: dates.Holiday, Title: "The works are closed", From: t.date(46), To: t.date(50)},
			{Kind: dates.Review, Title: "Talks about the half year", From: t.date(-130), To: t.date(-112)},
		} {
			if _, err := dates.AddToOrganisation(tx, me, one); err != nil {
				return err
			}
		}
		return nil
	})
	t.ownDate(-12, "elettra", "salome", dates.Text{Kind: dates.Busy, Title: "The council of Vallestretta decides", From: t.date(2), To: t.date(6), Shows: dates.Words, Note: "I answer in the evening, and badly."})
	t.ownDate(-20, "salome", "sunniva", dates.Text{Kind: dates.Absence, Title: "To Tbilisi, my mother turns seventy", From: t.date(15), To: t.date(20)})
	t.ownDate(-20, "salome", "", dates.Text{Kind: dates.Other, Title: "Luka is a father, any day now", From: t.date(25), To: t.date(39), Note: "I take his Fridays without being asked."})
	for part, texts := range prepared {
		for name, words := range texts {
			t.prepares(part, name, words)
		}
	}
	var shown db.ID
	t.does("salome", t.when(-2, morning, "salome"), "a preview for Luka", func(tx *db.Tx, me org.Actor) error {
		of, err := t.thing("salome", "film")
		if err != nil {
			return err
		}
		v, err := pitch.MakePreview(tx, me, of.ID, t.person("luka"), "Would you say yes to that? And where would you laugh?")
		shown = v.ID
		return errors.Join(err, pitch.GivePreview(tx, me, v.ID))
	})
	t.does("luka", t.when(-1, evening, "luka"), "a word on it", func(tx *db.Tx, me org.Actor) error {
		_, err := comment.Add(tx, me, event.Thing{Kind: "preview", ID: shown}, comment.Input{Field: "why", Words: "The line in brackets would go out with it. And say what the first page is about, then she can picture it."})
		return err
	})
}

// ownDate lets somebody write down a time of their own, and show it to another.
func (t *telling) ownDate(on day, by, to string, in dates.Text) {
	t.does(by, t.when(on, evening, by), "a date", func(tx *db.Tx, me org.Actor) error {
		d, err := dates.Add(tx, me, in)
		if err != nil || to == "" {
			return err
		}
		return plan.Give(tx, me, d.Thing(), plan.WithPerson(t.person(to)))
	})
}

func (t *telling) prepares(part pitch.Part, name, words string) {
	t.does("salome", t.when(-3, evening, "salome"), "preparing an ask", func(tx *db.Tx, me org.Actor) error {
		of, err := t.thing("salome", "film")
		if err != nil {
			return err
		}
		return pitch.Write(tx, me, of.ID, part, []pitch.Typed{{Name: name, Words: words}})
	})
}

var prepared = map[pitch.Part]map[string]string{
	pitch.Objections: {
		pitch.ForThem:                            "Every line still running in thirty years, also the ones whose drives only Bashir understands today.",
		pitch.ToObjection("who-does-your-work"):  "Luka has the bench on the first Tuesday; I have asked him, and I take his Fridays for it.",
		pitch.ToObjection("tried-before"):        "The wiki was to hold everything, and nobody wrote. This is one machine a month, with Bashir beside me and a date.",
		pitch.OwnObjection(1):                    "Bashir does not like to be asked.",
		pitch.ToOwn(1):                           "He likes to be asked at the machine. That is where I would sit.",
		pitch.ToObjection("something-smaller"):   "One afternoon, one machine. Then look at the page, and decide.",
		pitch.ToObjection("is-it-what-you-want"): "I have done it twice in my own evenings, and I was not bored for a minute.",
	},
	pitch.Wording: {
		pitch.Spoken: "I would like half a day each month to write down what Bashir knows, at the machine, with him.\n\n" +
			"In four years he stops. What he knows about the old brakes stands nowhere, and I telephone with him from every hill.\n\n" +
			"I have done it twice, for Torrevento and for the winch at Sant'Orsola. Emeka found a fault with the second page without calling anybody.\n\n" +
			"It costs four hours a month of mine and three of his. Luka has the bench meanwhile; I have asked him.\n\n" +
			"If that is too much: one afternoon in December, one machine. Then you look at the page and decide.",
		pitch.Rehearsed: "Too fast at the figures. Say Emeka's name more slowly, it is the best part.",
	},
}
