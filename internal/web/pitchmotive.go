package web

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/problem"
)

// pitchMotive is the part about why: for its owner alone, never sent.
type pitchMotive struct {
	pitchWay
	Why, Role, Honest []textField
	Hours, Until      textField
	Aside             textField
	Facts             []string // the sum, beside what stands in the calendar
}

var pitchMotivePage = declare[pitchMotive]("pitch-motive.html", "pitch-parts.html")

func motiveStation() pitchStation {
	return pitchStation{Part: pitch.Motive, Name: "Motive", Title: "Why do you want this?", show: showMotive,
		About: "For you alone: nothing on this page is ever sent. It is here so that you ask for what you want, and not for what somebody else has."}
}

func showMotive(c *call, w *pitchWay) (view, error) {
	main := pitchMotive{
		Why: w.fields(
			Field{Name: pitch.WhyNow, Label: "Why now?", Rows: 3, Hint: "What has happened that makes this the moment? What if you waited half a year?"},
			Field{Name: pitch.Different, Label: "What would be different?", Rows: 3, Hint: "A Tuesday, a year from now: what do you do that you do not do today?"},
		),
		Role: w.fields(
			Field{Name: pitch.Answers, Label: "What does the role you want answer for?", Rows: 3, Hint: "In your own words: what falls apart when nobody does it?"},
			Field{Name: pitch.Already, Label: "Which parts of it do you do already?", Rows: 3, Hint: "Small ones count. They are also the beginning of your evidence."},
		),
		Honest: w.fields(
			Field{Name: pitch.Envy, Label: "Did somebody else get it?", Rows: 2,
				Hint: "Envy shows what you want, often before you know it yourself. Is it the thing, or that they were seen and you were not? You can ask for that too."},
			Field{Name: pitch.Boredom, Label: "Are you bored?", Rows: 2,
				Hint: "Then something new helps for a while. Would a harder task where you are do as well? It can begin on Monday."},
			Field{Name: pitch.Status, Label: "Is it the title?", Rows: 2,
				Hint: "There is nothing wrong with wanting to count. Who should notice, and what would they see you do? That part can be asked for."},
			Field{Name: pitch.Escape, Label: "Do you want to get away from something?", Rows: 2,
				Hint: "A person, a task, a team? That is a reason too. If it can be named, it can sometimes be talked about first."},
		),
		Aside: w.fields(Field{Name: pitch.Aside, Label: "What do you put aside instead?", Rows: 2, Hint: "Time comes from somewhere. Name one thing that you will do less of."})[0],
	}
	main.Hours = w.field(Field{Name: pitch.HoursWeek, Label: "Hours a week", Type: "decimal", Hint: "Of your own"})
	main.Until = w.field(Field{Name: pitch.Until, Label: "Until", Type: "date"})
	effort, any, err := w.Pitch.Effort(c.tx, c.me)
	var wrong problem.Invalid
	if errors.As(err, &wrong) {
		main.Hours.Error, main.Until.Error, err = or(main.Hours.Error, wrong[pitch.HoursWeek]), or(main.Until.Error, wrong[pitch.Until]), nil
	}
	if err != nil {
		return view{}, err
	}
	if any {
		main.Facts = effortFacts(c, effort)
	}
	main.pitchWay = *w
	return pitchMotivePage.show(c, w.Title, "asks", main)
}

// effortFacts says what somebody is ready to put in, and what else stands in that time.
func effortFacts(c *call, e pitch.Effort) []string {
	facts := []string{fmt.Sprintf("%s until %s: that is %s, %s in all.", hours(e.AWeek)+" a week", day(e.Until, c.today()), many(e.Weeks, "week"), hours(e.InAll))}
	var also []string
	if e.Steps > 0 {
		steps := many(int64(e.Steps), "step")
		if e.More {
			steps = "more than " + steps
		}
		also = append(also, steps+" of your plan fall due")
		if e.Steps == 1 {
			also[0] = "1 step of your plan falls due"
		}
	}
	if e.Conversations > 0 {
		stand := " stand"
		if e.Conversations == 1 {
			stand = " stands"
		}
		also = append(also, fmt.Sprintf("%s (%s)%s in your calendar", many(int64(e.Conversations), "conversation"), many(e.Minutes, "minute"), stand))
	}
	if len(e.Away) > 0 {
		also = append(also, "you are away or busy: "+strings.Join(e.Away, ", "))
	}
	if len(also) > 0 {
		facts = append(facts, "In that time "+strings.Join(also, ", and ")+".")
	} else {
		facts = append(facts, "Nothing else of yours stands in the calendar in that time.")
	}
	return facts
}

func hours(n string) string {
	if n == "1" {
		return "1 hour"
	}
	return n + " hours"
}

func many(n int64, one string) string { return manyOf(int(n), one, one+"s") }
