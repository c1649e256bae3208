package web

import (
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// promiseVerb is the act of a form with one note, which the field note_ and the key holds.
func promiseVerb(key string, do func(tx *db.Tx, me org.Actor, id db.ID, note string) error) act {
	return func(c *call) (string, error) {
		id := c.id("id")
		return promiseHref(id), asField(do(c.tx, c.me, id, c.text("note_"+key)), "note", "note_"+key)
	}
}

// plain is a verb that takes no note.
func plainVerb(do func(tx *db.Tx, me org.Actor, id db.ID) error) act {
	return promiseVerb("", func(tx *db.Tx, me org.Actor, id db.ID, _ string) error { return do(tx, me, id) })
}

// The acts on a promise.
var (
	acceptPromise   = plainVerb(commitment.AcceptProposal)
	declinePromise  = promiseVerb("decline", commitment.DeclineProposal)
	takeBackPromise = plainVerb(commitment.TakeBackProposal)
	promiseDone     = promiseVerb("done", commitment.SayItIsDone)
	confirmPromise  = promiseVerb("confirm", commitment.ConfirmDone)
	promiseDiffers  = promiseVerb("differ", commitment.SeeOtherwise)
	releasePromise  = promiseVerb("release", commitment.ReleaseIt)
	letGoPromise    = promiseVerb("letgo", commitment.LetItGo)
	breakPromise    = promiseVerb("broken", commitment.CallItBroken)
)

func lookBackOnPromise(c *call) (string, error) {
	id := c.id("id")
	wrong := problem.Invalid{}
	in := commitment.Look{Happened: commitment.Happened(c.text("happened")), Note: c.text("note_look"), Due: c.day("day_look", wrong)}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	if in.Happened != commitment.StillNot {
		in.Due = civil.Date{}
	}
	err := commitment.LookBack(c.tx, c.me, id, in)
	return promiseHref(id), asField(asField(err, "note", "note_look"), "due", "day_look")
}

func agreeToChange(c *call) (string, error) {
	id := c.id("id")
	return promiseHref(id), commitment.Agree(c.tx, c.me, id, c.id("change"))
}

func declineChange(c *call) (string, error) {
	id := c.id("id")
	return promiseHref(id), asField(commitment.SayNoToChange(c.tx, c.me, id, c.id("change"), c.text("note_no")), "note", "note_no")
}

func withdrawChange(c *call) (string, error) {
	id := c.id("id")
	return promiseHref(id), commitment.Withdraw(c.tx, c.me, id, c.id("change"))
}

// offered is one act as the page offers it: the act that must be possible, and its form.
type offered struct {
	act  commitment.Act
	form promiseAct
	note string // the key of its note; empty for an act without one
	ask  string // the label of the note
}

// offer keeps those of the acts that the visitor can do now, with their forms.
func (c *call) offer(p commitment.Commitment, all ...offered) []promiseAct {
	var kept []promiseAct
	for _, each := range all {
		if !p.Can(each.act, c.me, c.today()) {
			continue
		}
		each.form.Action = promiseHref(p.ID) + each.form.Action
		each.form.Open = c.formAt(each.form.Action).Any()
		if each.note != "" {
			note := Field{Name: "note_" + each.note, Label: each.ask, Type: "textarea", Rows: 2}
			each.form.Fields = append(each.form.Fields, c.formAt(each.form.Action).field(note, ""))
		}
		kept = append(kept, each.form)
	}
	return kept
}

// promiseNext is what the visitor is asked to do now, or what the promise waits for.
func (c *call) promiseNext(p commitment.Commitment) promiseNext {
	other := p.By.Name
	if p.By.Is(c.me) {
		other = p.To.Name
	}
	change := "/changes/" + string(p.Change.ID)
	switch p.WaitsFor(c.me, c.today()) {
	case commitment.ForMyYes:
		return promiseNext{"Your answer", p.WrittenBy.Name + " wrote this down as your promise. It counts only if you say yes.", c.offer(p,
			offered{act: commitment.Accept, form: promiseAct{Action: "/acceptance", Button: "Yes, I promise"}},
			offered{act: commitment.Decline, form: promiseAct{Action: "/refusal", Button: "No", Class: "quiet"}, note: "decline", ask: "A word on why, if you like"})}
	case commitment.ForMyAnswer:
		return promiseNext{"Your answer", p.Change.By.Name + " proposes a change. Until you agree, what stands stands.", c.offer(p,
			offered{act: commitment.AgreeToChange, form: promiseAct{Action: change + "/agreement", Button: "Agree to the change"}},
			offered{act: commitment.DeclineChange, form: promiseAct{Action: change + "/refusal", Button: "Keep what stands", Class: "quiet"}, note: "no", ask: "A word on why, if you like"})}
	case commitment.ForMyWord:
		return promiseNext{"Your word", p.By.Name + " says it is done. Did it happen?", c.offer(p, confirms(""),
			offered{act: commitment.Differ, form: promiseAct{Action: "/difference", Button: "I see it otherwise", Class: "quiet",
				Text: "It stays open then, and you talk about it."}, note: "differ", ask: "What is still missing"})}
	case commitment.ForTheTalk:
		return promiseNext{"To be talked about", "You two see it differently. It stays open until you agree.", c.offer(p, confirms("After all:"), saysDone("Done now"))}
	case commitment.ForMyLook:
		return promiseNext{"Time to look back", "Did it happen, and did it help?", c.lookingBack(p)}
	}
	acts := c.offer(p, saysDone("It is done"))
	switch {
	case p.Keeper != "" && len(acts) > 0:
		acts = c.offer(p, confirms(""))
	case p.State == commitment.Proposed:
		return promiseNext{Heading: "Waits", Text: "It counts once " + p.By.Name + " has said yes."}
	case p.Change.ID != "" && p.Change.By.Is(c.me):
		return promiseNext{"Waits", "Your change waits for " + other + ". Until then, what stands stands.", acts}
	case !p.SaidDoneAt.IsZero() && p.State == commitment.Open:
		return promiseNext{"Waits", "You said it is done. It waits for " + other + " to confirm.", acts}
	}
	return promiseNext{"When it has happened", "", acts}
}

func saysDone(button string) offered {
	return offered{act: commitment.SayDone, form: promiseAct{Action: "/done", Button: button}, note: "done", ask: "A line on how it went, if you like"}
}

func confirms(text string) offered {
	return offered{act: commitment.Confirm, form: promiseAct{Action: "/confirmation", Button: "Yes, it was kept", Text: text}, note: "confirm", ask: "A line of thanks, or what it brought"}
}

// lookingBack is the form of the check-in.
func (c *call) lookingBack(p commitment.Commitment) []promiseAct {
	action := promiseHref(p.ID) + "/look-back"
	form := c.formAt(action)
	yes := "It is kept."
	if p.By.Is(c.me) && p.Keeper == "" {
		yes = "You say that it is done; " + p.To.Name + " confirms."
	}
	options := []Option{{Value: string(commitment.Yes), Label: "Yes", Hint: yes}, {Value: string(commitment.StillNot), Label: "Not yet", Hint: "It stays open. Propose another day, if you like."}}
	if p.Can(commitment.CallBroken, c.me, c.today()) {
		options = append(options, Option{Value: string(commitment.ItDidNotKeep), Label: "No", Hint: "It was not kept. The history stays."})
	}
	act := promiseAct{Action: action, Button: "Answer", Fields: []Field{
		form.field(Field{Name: "happened", Label: "Did it happen?", Type: "radio-row", Required: true, Options: options}, ""),
		form.field(Field{Name: "note_look", Label: "What it brought, or what is missing", Type: "textarea", Rows: 2}, ""),
	}}
	if p.Can(commitment.ProposeChange, c.me, c.today()) {
		hint := "With “not yet” only. It counts once " + called(c.otherOf(p), c.me) + " agrees."
		if p.Keeper != "" {
			hint = "With “not yet” only."
		}
		act.Fields = append(act.Fields, form.field(Field{Name: "day_look", Label: "Another day", Type: "date", Hint: hint}, ""))
	}
	return []promiseAct{act}
}

// otherOf is the side that is not the visitor.
func (c *call) otherOf(p commitment.Commitment) org.Party {
	if p.By.Is(c.me) {
		return p.To
	}
	return p.By
}

// moreActs are the further things that the visitor can do.
func (c *call) moreActs(p commitment.Commitment) []promiseAct {
	all := c.offer(p,
		offered{act: commitment.TakeBack, form: promiseAct{Action: "/taking-back", Button: "Take it back", Class: "quiet", Text: "Nobody has said yes to it yet."}},
		offered{act: commitment.WithdrawChange, form: promiseAct{Action: "/changes/" + string(p.Change.ID) + "/withdrawal", Button: "Withdraw your change", Class: "quiet"}},
		offered{act: commitment.Release, form: promiseAct{Action: "/release", Button: "Release it", Class: "quiet",
			Text: "It need not be done any more. Nobody is to blame."}, note: "release", ask: "A word on why, if you like"},
		offered{act: commitment.LetGo, form: promiseAct{Action: "/letting-go", Button: "Let it go", Class: "quiet",
			Text: "The other side has left the organisation."}, note: "letgo", ask: "A note for yourself, if you like"},
		offered{act: commitment.CallBroken, form: promiseAct{Action: "/broken", Button: "It was not kept", Class: "danger",
			Text: "The day has passed. Talk about it first, if you can: a new day is often the better way."}, note: "broken", ask: "What happened, in a line"})
	return all
}
