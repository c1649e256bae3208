package web

import (
	"errors"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// sectionForm edits the texts of a section.
type sectionForm struct {
	Section plan.Section
	Action  string
	Texts   []textField
	Seen    Seen
	Earlier bool
}

// textField is a text in a form, with the revision that it was opened on. Several of them stand
// in one form.
type textField struct {
	Field
	RevisionName, Revision string
	OpenedName, Opened     string // of a form that saves as one types
}

// fieldOf is the name of the field of a text: the section's own is "words".
func fieldOf(text plan.Section) string {
	if _, part, ok := strings.Cut(string(text), "-"); ok {
		return "words-" + part
	}
	return "words"
}

// revisionOf is the field of the revision on which that text was opened, and openedOf the one
// that stood when the form itself was.
func revisionOf(text plan.Section) string {
	return strings.Replace(fieldOf(text), "words", "revision", 1)
}

func openedOf(text plan.Section) string { return strings.Replace(fieldOf(text), "words", "opened", 1) }

// textField is the field of a text that stands.
func (c *call) textField(stands plan.Text, field Field) textField {
	field.Name, field.Type = fieldOf(stands.Section), "textarea"
	one := textField{Field: c.form.field(field, stands.Words), RevisionName: revisionOf(stands.Section), OpenedName: openedOf(stands.Section)}
	one.Revision = c.form.Value(one.RevisionName, strconv.FormatInt(stands.Revision, 10))
	one.Opened = c.form.Value(one.OpenedName, strconv.FormatInt(stands.Revision, 10))
	if _, differs := c.form.Theirs[field.Name]; differs {
		one.Revision = strconv.FormatInt(c.form.Revision, 10)
		one.Opened = one.Revision // what stands now is another's writing: it is kept
	}
	return one
}

var sectionPage = declare[sectionForm]("plan-edit.html")

// editSection offers to write a section of the actor's plan.
func editSection(c *call) (view, error) {
	section := plan.Section(c.PathValue("section"))
	if section == plan.Values || section == plan.Strengths {
		return editValues(c, section)
	}
	if !section.IsText() {
		return view{}, problem.NotFound
	}
	mine, err := plan.Mine(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := sectionForm{Section: section, Action: sectionHref(section), Seen: c.seenSection(given, section)}
	for _, text := range section.Texts() {
		stands := mine.Text(text)
		main.Earlier = main.Earlier || stands.Revision > 1
		if text == plan.Vision && stands.Words == "" && !c.form.Values.Has(fieldOf(text)) {
			continue // a vision without a year is kept where it stands, and asked of nobody
		}
		main.Texts = append(main.Texts, c.textField(stands, Field{Label: textTitle(text), Hint: hints[text], Rows: 8 / len(section.Texts())}))
	}
	return sectionPage.show(c, section.Title(), "plan", main)
}

// textTitle is what a text is called on its own.
func textTitle(text plan.Section) string {
	if label := text.Label(); label != "" {
		return label
	}
	return text.Title()
}

// hints are what a text asks for.
var hints = map[plan.Section]string{
	plan.Purpose: asks[plan.Purpose], plan.Strengths: asks[plan.Strengths], plan.Hard: asks[plan.Hard], plan.Vision: "Without a year. Move it to a year below, or leave it.",
	plan.VisionIn1: "What will be different by then that you could show to somebody?",
	plan.VisionIn3: "A working day: where are you, with whom, and what is on the table?",
	plan.VisionIn5: "What do people say of your work when you are not in the room?",
}

// writeSection keeps what was written in a section.
func writeSection(c *call) (string, error) {
	section := plan.Section(c.PathValue("section"))
	var err error
	switch {
	case section == plan.Values:
		err = plan.ChangeValues(c.tx, c.me, c.valuesIn())
	case section == plan.Strengths:
		err = plan.ChangeStrengths(c.tx, c.me, c.valuesIn())
	case !section.IsText():
		return "", problem.NotFound
	}
	if err != nil {
		return "", err
	}
	return "/plan#" + string(section), c.writeTexts(section.Texts(), func(in plan.Text, _ int64) error {
		_, err := plan.Write(c.tx, c.me, in)
		return err
	})
}

// writeTexts writes those texts that the form holds.
func (c *call) writeTexts(texts []plan.Section, write func(in plan.Text, opened int64) error) error {
	for _, text := range texts {
		name := fieldOf(text)
		if !c.Form.Has(name) {
			continue
		}
		in := plan.Text{Section: text, Words: c.text(name), Revision: c.number(revisionOf(text))}
		if err := write(in, c.number(openedOf(text))); err != nil {
			return inFields(err, func(string) string { return name })
		}
	}
	return nil
}

// number is a field of the form that holds a revision; what is no number is none that stands.
func (c *call) number(name string) int64 {
	n, err := strconv.ParseInt(c.text(name), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// inFields gives the fields of what is wrong the names that they have in a form.
func inFields(err error, name func(field string) string) error {
	var conflict *problem.Conflict
	var wrong problem.Invalid
	switch {
	case errors.As(err, &conflict):
		all := problem.Conflict{Revision: conflict.Revision, Theirs: map[string]string{}, Mine: map[string]string{}}
		for field := range conflict.Theirs {
			all.Theirs[name(field)], all.Mine[name(field)] = conflict.Theirs[field], conflict.Mine[field]
		}
		return &all
	case errors.As(err, &wrong):
		all := problem.Invalid{}
		for field, message := range wrong {
			if field != "" {
				field = name(field)
			}
			all[field] = message
		}
		return all
	}
	return err
}
