package web

import (
	"html/template"

	"github.com/ownward/ownward/internal/objection"
	"github.com/ownward/ownward/internal/pitch"
)

// likelyFirst is how many objections stand open on the page; the others wait behind a line.
const likelyFirst = 6

// pitchObjections is the part in which objections are answered.
type pitchObjections struct {
	pitchWay
	Likely, More []objectionRow
	Own          []ownObjection
	ForThem      textField
	Goes         textField
	Whom         string // who is asked, where that is known
}

type objectionRow struct {
	ID, Says            string
	Behind, Advice, Not template.HTML
	Text                textField
}

type ownObjection struct{ Says, Answer textField }

var pitchObjectionsPage = declare[pitchObjections]("pitch-objections.html", "pitch-parts.html")

func objectionsStation() pitchStation {
	return pitchStation{Part: pitch.Objections, Name: "Objections", Title: "What will they say against it?",
		About: "An objection that you have thought about beforehand does not throw you off. Answer those that may really come; the others can stay empty.",
		Sends: "the answers, if you say so",
		show:  showPitchObjections}
}

func showPitchObjections(c *call, w *pitchWay) (view, error) {
	main := pitchObjections{pitchWay: *w, Whom: w.Ask.Whom.Name}
	row := func(o objection.Objection) objectionRow {
		return objectionRow{o.ID, o.Says, prose(o.Behind), prose(o.Answer), prose(o.Not),
			w.field(Field{Name: pitch.ToObjection(o.ID), Label: "What you answer", Type: "textarea", Rows: 3})}
	}
	answered := func(o objection.Objection) bool {
		return w.Words(pitch.ToObjection(o.ID)) != "" || c.form.Value(pitch.ToObjection(o.ID), "") != ""
	}
	likely := objection.Likely(string(w.Ask.Kind))
	for _, o := range objection.All() {
		if answered(o) && !o.IsFor(string(w.Ask.Kind)) {
			likely = append(likely, o)
		}
	}
	for i, o := range likely {
		if i < likelyFirst || answered(o) {
			main.Likely = append(main.Likely, row(o))
		} else {
			main.More = append(main.More, row(o))
		}
	}
	for n := 1; n <= pitch.OwnObjections; n++ {
		main.Own = append(main.Own, ownObjection{
			w.field(Field{Name: pitch.OwnObjection(n), Label: [...]string{"First", "Second", "Third"}[n-1] + " objection of your own", Type: "own"}),
			w.field(Field{Name: pitch.ToOwn(n), Label: "What you answer", Type: "textarea", Rows: 2}),
		})
	}
	main.ForThem = w.field(Field{Name: pitch.ForThem, Label: "What is in it for them, in their words", Type: "textarea", Rows: 3,
		Hint: "What do they lose sleep over, and what would be lighter? Write it as they would tell it to their own manager."})
	main.Goes = w.field(Field{Name: pitch.AnswersGo, Label: "Your answers to objections", Type: "select", Options: []Option{
		{Label: "stay with you, for the talk"}, {Value: "yes", Label: "go out with the ask"}}})
	return pitchObjectionsPage.show(c, w.Title, "asks", main)
}
