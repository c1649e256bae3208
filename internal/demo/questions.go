package demo

import (
	"errors"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/question"
)

// questions plans what Salome asks several at once in writing, what she notes from an answer and what she
// needs; and what her manager asks her.
func (t *telling) questions() {
	t.of = "questions"
	var sent []question.Asked
	t.does("salome", t.when(-19, morning, "salome"), "question to several", func(tx *db.Tx, me org.Actor) (err error) {
		sent, err = question.Send(tx, me, org.Origin{}, question.Sending{
			Wording: "What did you find hardest when you first led a night of tests?",
			Note:    "I lead my first whole night in spring, and you have all done it.",
			Here:    []db.ID{t.person("minh"), t.person("bashir"), t.person("emeka")},
		})
		return err
	})
	t.does("minh", t.when(-17, evening, "minh"), "answer to several", func(tx *db.Tx, me org.Actor) error {
		return question.GiveAnswer(tx, me, sent[0].ID,
			"Saying stop. Everybody is cold, the list is nearly done, and you are the one who says: not tonight.\n\nSit in on the handover at Sant'Orsola once. You will see how Ragnhild does it, with four words.")
	})
	t.does("emeka", t.when(-16, morning, "emeka"), "answer to several", func(tx *db.Tx, me org.Actor) error {
		return question.GiveAnswer(tx, me, sent[2].ID, "Three in the morning. Plan nothing clever for three in the morning, and bring the soup.")
	})
	t.does("bashir", t.when(-15, morning, "bashir"), "question turned back", func(tx *db.Tx, me org.Actor) error {
		return question.TurnBack(tx, me, sent[1].ID, "Hard to say. What do you need from us, that night?")
	})
	t.does("salome", t.when(-14, evening, "salome"), "suggestions and needs", func(tx *db.Tx, me org.Actor) error {
		_, err1 := question.NoteSuggested(tx, me, sent[0].ID, "Sit in on the handover at Sant'Orsola once, with Ragnhild", t.date(-1))
		_, err2 := question.NoteSuggested(tx, me, sent[2].ID, "Plan nothing clever for three in the morning", t.date(30))
		_, err3 := question.AddNeed(tx, me, org.Origin{}, question.NeedSomeone, "Minh beside me for the first two hours, and then not any more.")
		_, err4 := question.AddNeed(tx, me, org.Origin{}, question.NeedTime, "The afternoon before off, so that I have slept.")
		return errors.Join(err1, err2, err3, err4)
	})
	t.cards()
	t.does("sunniva", t.when(-2, morning, "sunniva"), "question to one", func(tx *db.Tx, me org.Actor) error {
		_, err := question.Send(tx, me, org.Origin{}, question.Sending{
			Wording: "What stands in your way that I could move this week?", Note: "Before we talk. Small things count.", Here: []db.ID{t.person("salome")},
		})
		return err
	})
	t.does("minh", t.when(-1, morning, "minh"), "question to a manager", func(tx *db.Tx, me org.Actor) error {
		_, err := question.Send(tx, me, org.Origin{}, question.Sending{Wording: "Whom should I talk to before I plan the tests for Valparaíso?", Here: []db.ID{t.person("sunniva")}})
		return err
	})
}

// cards are two that people here wrote: one for everybody, one of Salome's alone, which she wrote anew.
func (t *telling) cards() {
	t.does("wanjiru", t.when(-90, morning, "wanjiru"), "a card for everybody", func(tx *db.Tx, me org.Actor) error {
		_, err := question.Keep(tx, me, question.Builtin(), hillCard, true)
		return err
	})
	var mine question.Kept
	t.does("salome", t.when(-40, evening, "salome"), "a card of one's own", func(tx *db.Tx, me org.Actor) (err error) {
		mine, err = question.Keep(tx, me, question.Builtin(), nightCard+"The morning after, when everybody has slept.\n", false)
		return err
	})
	t.does("salome", t.when(-18, evening, "salome"), "the card, written anew", func(tx *db.Tx, me org.Actor) error {
		return question.ChangeKept(tx, me, question.Builtin(), mine.ID, mine.Revision, nightCard+"Over the soup, while it is still fresh. In the morning it has become a story.\n")
	})
}

const hillCard = `---
id: on-your-hill
stage: ask
for: [colleague]
question: What do you check on your hill that nobody wrote down?
next: []
---

## What I'm asking

Every line has a thing that only its people know: a door, a wind, a sound. I would like to know it before I need it.

## Who to ask

Whoever has been on that line for more than two winters.

## When to ask

On the first day there, not on the last.
`

const nightCard = `---
id: after-a-night
stage: reflect
for: [colleague, mentor]
question: What did you see me do tonight that I should do again?
next: []
---

## What to expect

One thing. Write it down in their words.

## When to ask

`
