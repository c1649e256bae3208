package question

import (
	"os"
	"strings"
	"testing"
)

// TestALanguageIsAFolderOfFiles reads German cards with their grammar: other cases, genders and
// verbs, and not a line of code.
func TestALanguageIsAFolderOfFiles(t *testing.T) {
	lib, err := Open("testdata/languages", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range lib.Faults() {
		if !strings.Contains(f.File, "02-gemeint") {
			t.Error(f)
		}
	}
	c, ok := lib.ByID("de-hilfe")
	if !ok {
		t.Fatal("the German card is not there")
	}
	for want, f := range map[string]Filling{
		"Was kannst du tun, um mir bei einem Ziel von mir zu helfen?":                     {},
		"Was könnt ihr tun, um mir bei dem Ziel „Mehr Ruhe“ zu helfen?":                   {Asked: Team, Scope: Goal, Name: "Mehr Ruhe"},
		"Was kann meine Führungskraft tun, um mir bei einer Fähigkeit von mir zu helfen?": {Asked: Colleague, Helper: Manager, Scope: Skill},
		"Was kann ich tun, um dir bei einem Ziel von dir zu helfen?":                      {Helper: Myself, Beneficiary: Manager},
		"Was kann mein Mentor tun, um meinem Chef bei einem Ziel von ihm zu helfen?":      {Helper: Mentor, Beneficiary: Boss},
		"Was kann die Organisation tun, um sich selbst bei einem Ziel von ihr zu helfen?": {Helper: Organisation, Beneficiary: Organisation},
		"Was kann mein Team tun, um einem Kollegen bei der Fähigkeit „SQL“ zu helfen?":    {Helper: Team, Beneficiary: Colleague, Scope: Skill, Name: "SQL"},
	} {
		if got := c.Wording(f); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	if got, want := c.Narrowed(Filling{Helper: Myself})[0].Wording, "Was brauche ich diese Woche, um ein Ziel von mir anzugehen?"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if c.Expect == "" || c.WhatIAsk == "" {
		t.Error("the German headings were not read")
	}
}

func TestAGrammarThatLacksSomethingIsRefusedWithTheReason(t *testing.T) {
	for text, want := range map[string]string{
		"language: X\n":                        "parts has no manager",
		"language: X\nquotes: [a]\n":           "quotes must be two",
		"language: [\n":                        "cannot be read",
		"language: X\ngenders: 3\n":            "cannot be read",
		"language: X\npronouns: {a: {b: c}}\n": "subject must be one of the pronouns",
	} {
		dir := folder(t, map[string]string{grammarFile: text})
		_, faults := readLanguage(os.DirFS(dir), ".", "xx")
		found := false
		for _, f := range faults {
			found = found || strings.Contains(f.Reason, want)
		}
		if !found {
			t.Errorf("%q: want %q among %v", text, want, faults)
		}
	}
}
