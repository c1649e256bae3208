package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestImportingAListOfQuestions(t *testing.T) {
	i := newInstallation(t)
	i.imports(crew, importPeopleCommand{})
	bring := func(text string, c importQuestionsCommand) (string, int) {
		i.keep(&c.File, "questions.md", text)
		var out bytes.Buffer
		c.out = &out
		return ended(&out, c.Run(t.Context(), &i.flags))
	}
	const list = "# Progress\n\n- What moved this week?\n- Think.\n"
	printed, status := bring(list, importQuestionsCommand{DryRun: true})
	if status != 3 || !strings.Contains(printed, "line 3: What moved this week? (follow through)") || !strings.Contains(printed, "line 4: it does not end with a question mark: Think.") {
		t.Errorf("a dry run, status %d: %s", status, printed)
	}
	if printed, status := bring(list, importQuestionsCommand{}); status != 3 || lastLine(printed) != "Imported as cards of the organisation: 1. Set aside: 1." {
		t.Errorf("status %d: %s", status, printed)
	}
	if printed, status := bring("- What moved this week?\n", importQuestionsCommand{}); status != 3 || !strings.Contains(printed, "here already") {
		t.Errorf("again, status %d: %s", status, printed)
	}
	if printed, status := bring("[1", importQuestionsCommand{}); status != 1 || !strings.Contains(printed, "nothing of it can be read") {
		t.Errorf("no list, status %d: %s", status, printed)
	}
}
