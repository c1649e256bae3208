package pitch

import (
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/objection"
	"github.com/ownward/ownward/internal/phrasing"
	"github.com/ownward/ownward/internal/plan"
)

func dbID(id string) db.ID { return db.ID(id) }

func prepared() Pitch {
	return Pitch{
		Ask: ask.Ask{Text: ask.Text{Kind: ask.Time, What: "Ten days in the test hall between March and June", Why: "I want to commission a line by next year.",
			Cost: ask.Cost{Minor: 180000, Currency: "EUR", Hours: 80}, DecideBy: today.AddDays(20)}},
		Texts: map[string]Text{
			WhyNow: {Words: "NOT FOR THEM"}, Envy: {Words: "NOT FOR THEM"}, Aside: {Words: "NOT FOR THEM"},
			ForThem: {Words: "Two people who can open a line."}, Cover: {Words: "Joel takes my evenings."}, Smallest: {Words: "Four days would help too."},
		},
	}
}

func TestADraftHoldsWhatStandsInThePartsAndNothingOfTheMotive(t *testing.T) {
	wins := []plan.Win{{WinText: plan.WinText{What: "Led the night in Genoa", Figure: "no delay"}}, {WinText: plan.WinText{What: "Wrote the checklist."}}}
	d := prepared().Draft(wins)
	for name, text := range map[string]string{"spoken": d.Spoken(), "written": d.Written()} {
		for _, want := range []string{"Ten days in the test hall", "commission a line", "Led the night in Genoa (no delay).", "Two people who can open", "1,800 EUR and 80 working hours.", "Joel takes", "Four days", "13 December"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q:\n%s", name, want, text)
			}
		}
		if strings.Contains(text, "NOT FOR THEM") {
			t.Errorf("%s holds the motive", name)
		}
		if hints := phrasing.Look(text); len(hints) > 0 {
			t.Errorf("%s is itself told %+v", name, hints)
		}
		if Seconds(text) > SpokenSeconds {
			t.Errorf("%s takes %d seconds", name, Seconds(text))
		}
	}
	if text := (Pitch{}).Draft(nil).Spoken(); strings.Contains(text, "Why:") || !strings.Contains(text, "your yes") {
		t.Errorf("of nothing: %q", text)
	}
	german := prepared()
	german.Ask.What, german.Ask.Why = "Zehn Tage in der Prüfhalle", "Ich möchte im nächsten Jahr eine Linie in Betrieb nehmen."
	german.Texts[ForThem] = Text{Words: "Zwei Leute, die eine Linie eröffnen können."}
	if text := german.Draft(wins).Written(); !strings.Contains(text, "ich möchte Sie um dies bitten") || !strings.Contains(text, "bis zum 13.12.") || !strings.Contains(text, "1.800 EUR und 80 Stunden") {
		t.Errorf("in German: %s", text)
	}
	german.Texts[ForThem] = Text{Words: "Du hast zwei Leute, die eine Linie eröffnen können."}
	if text := german.Draft(wins).Spoken(); !strings.Contains(text, "Worum ich dich bitte") || strings.Contains(text, "Sie") {
		t.Errorf("in German, to somebody whom one calls du: %s", text)
	}
}

// The catalogue of objections stands below the asks and spells their kinds itself.
func TestEveryKindOfAskHasLikelyObjectionsOfItsOwn(t *testing.T) {
	for _, kind := range ask.Kinds {
		own := slices.DeleteFunc(slices.Clone(objection.Likely(string(kind))), func(o objection.Objection) bool { return slices.Contains(o.Asks, objection.Any) })
		if len(own) < 3 {
			t.Errorf("%s: %d objections are likely for it and not for all", kind, len(own))
		}
	}
}

func TestMoneyAndHoursThatCannotBeAddedUpDoNotGoOut(t *testing.T) {
	p := prepared()
	p.Texts[SideText("team", Low)] = Text{Words: "500"}
	p.Texts[SideText("team", High)] = Text{Words: "2000"}
	p.Texts[SideText("team", Unit)] = Text{Words: "hours a year"}
	r, err := p.Reckon()
	if err != nil || r.Adds() || !strings.Contains(r.Sentence(), "Say below what an hour") {
		t.Fatalf("the sum is %q, %v", r.Sentence(), err)
	}
	if said := r.GainSays(r.Gains[0]); said != "500 to 2,000 hours a year" {
		t.Errorf("the gain is %q", said)
	}
	if points := p.openInCase(); !slices.ContainsFunc(points, func(one Point) bool { return one.Asks == HourWorth }) {
		t.Errorf("nobody is asked what an hour is worth: %v", points)
	}
	p.Texts[HourValue] = Text{Words: "55"}
	if r, _ := p.Reckon(); !r.Adds() || !strings.Contains(r.Sentence(), "together worth 6,200 EUR") {
		t.Errorf("with it the sum is %q", r.Sentence())
	}
	p.Ask.Kind = ask.Founding
	if points := p.openInCase(); !slices.ContainsFunc(points, func(one Point) bool { return one.Asks == WhoRuns }) {
		t.Errorf("nobody asks who runs what does not exist yet: %v", points)
	}
}

func TestAnswersAreThoseOfThisKindFirstAndOnesOwn(t *testing.T) {
	p := prepared()
	p.Texts[ToObjection("what-exactly")] = Text{Words: "This"}
	p.Texts[ToObjection("no-place-to-fill")] = Text{Words: "While it was another kind of ask"}
	p.Texts[OwnObjection(2)] = Text{Words: "And the dog?"}
	all := p.Answers()
	if len(all) != 3 || all[0].ID != "what-exactly" || all[1].ID != "no-place-to-fill" || all[2].Says != "And the dog?" {
		t.Errorf("the answers are %+v", all)
	}
	for _, o := range objection.All() {
		if objectionTexts(ToObjection(o.ID)) == 0 {
			t.Errorf("%s cannot be answered", o.ID)
		}
	}
	for _, name := range []string{"objection-", "objection-A b", "own-objection-4", "own-answer-0", "spoken"} {
		if objectionTexts(name) != 0 {
			t.Errorf("%q is taken", name)
		}
	}
}

func TestOpenPointsOfAnEmptyAndAPreparedPitch(t *testing.T) {
	asks := func(points []Point) map[Question]bool {
		all := map[Question]bool{}
		for _, p := range points {
			all[p.Asks] = true
		}
		return all
	}
	empty := Pitch{Ask: ask.Ask{Text: ask.Text{Kind: ask.Money, What: "I deserve a course"}}}
	found := asks(append(append(empty.openInAsk(), empty.openInCase()...), empty.openInWords()...))
	for _, want := range []Question{WhatFor, OfWhom, UntilWhen, HowMuch, InItForUs, Smaller, WhatIfNo, NoWords, ReadsLike} {
		if !found[want] {
			t.Errorf("an empty one is not asked %q", want)
		}
	}
	p := prepared()
	p.Ask.Whom.Person = "them"
	p.Texts[ToObjection("what-exactly")] = Text{Words: "This"}
	p.Texts[Spoken] = Text{Words: "Ten days in the test hall."}
	found = asks(append(append(p.openInAsk(), p.openInCase()...), p.openInWords()...))
	if len(found) != 1 || !found[LeaveUs] {
		t.Errorf("a prepared one is asked %v", found)
	}
}
