package web

import (
	"strings"

	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/questionfile"
)

// questionImport is where somebody brings in a list of questions, and what would come of it.
type questionImport struct {
	File, Lines, Whose Field
	Seen               Seen
	Looked             bool
	Trouble, Form      string // why nothing of it can be read; as what it was read
	Found              some[importedQuestion]
	Aside              some[questionfile.Problem]
}

// importedQuestion is a question that comes in.
type importedQuestion struct {
	Line                 int
	Wording, Whom, Stage string
}

var questionImportPage = declare[questionImport]("question-import.html")

const mostFoundShown = 100

// newQuestionImport offers to bring in a list.
func newQuestionImport(c *call) (view, error) { return c.questionImport(nil) }

// previewQuestionImport shows what a list would bring. Nothing is kept; the list stands in the form.
func previewQuestionImport(c *call) (view, error) {
	c.form.Values = c.PostForm
	name, content, err := c.sentFile("Please choose a file, or paste the questions.")
	if err != nil {
		return c.questionImport(nil)
	}
	if name != "" {
		c.form.Values.Set("lines", strings.ToValidUTF8(string(content), "\ufffd"))
	}
	return c.questionImport(content)
}

func (c *call) questionImport(content []byte) (view, error) {
	main := questionImport{Seen: onlyYou}
	main.File = c.form.field(Field{Name: "file", Label: "The file", Type: "file", Hint: "JSON, CSV, Markdown or one question a line; up to 1 MB."}, "")
	main.Lines = c.form.field(Field{Name: "lines", Label: "Or paste the questions", Type: "textarea", Rows: 8}, "")
	if c.me.Administrator && !c.who.Alone {
		main.Whose = c.form.field(Field{Name: "whose", Label: "Whose cards they become", Type: "radio-row",
			Options: []Option{{Value: "", Label: "Mine alone"}, {Value: "ours", Label: "The organisation’s"}}}, "")
		main.Seen = Seen{}
	}
	if content == nil {
		return questionImportPage.show(c, "Import questions", "questions", main)
	}
	in, err := question.CompareList(c.tx, c.me, c.server.Questions, content, main.Whose.Value == "ours")
	if err != nil {
		return view{}, err
	}
	main.Looked, main.Trouble, main.Form = true, in.Answer, in.Form
	for n, k := range in.Cards {
		main.Found.add(importedQuestion{in.Lines[n], k.Title, whomOf(k.For, k.By), stageTitle(k.Stage)}, mostFoundShown)
	}
	for _, p := range in.Aside {
		main.Aside.add(p, mostFoundShown)
	}
	return questionImportPage.show(c, "Import questions", "questions", main)
}

// importQuestions brings in what the preview showed.
func importQuestions(c *call) (string, error) {
	_, content, err := c.sentFile("Please choose a file, or paste the questions.")
	if err != nil {
		return "", err
	}
	in, err := question.ImportList(c.tx, c.me, c.server.Questions, content, c.text("whose") == "ours")
	switch {
	case err != nil:
		return "", err
	case in.Answer != "":
		return "", problem.Invalid{"lines": "Nothing of this can be read: " + in.Answer + "."}
	case len(in.Cards) == 0:
		return "", problem.Invalid{"lines": "There is no question in it that could be taken. Look at it first: each line says why."}
	case len(in.Aside) > 0:
		c.say(saidQuestionsSome)
	default:
		c.say(saidQuestionsAll)
	}
	return "/questions?kept=all", nil
}

var (
	saidQuestionsAll  = says("The questions are in: each is a card now that you can add to.")
	saidQuestionsSome = says("The questions that could be read are in; the others were set aside.")
)
