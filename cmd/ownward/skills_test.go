package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// lists runs the command on a list of skills of that text.
func (i *installation) lists(text string, c importSkillsCommand) (printed string, status int) {
	i.t.Helper()
	i.keep(&c.File, "skills.csv", text)
	var out bytes.Buffer
	c.out = &out
	return ended(&out, c.Run(i.t.Context(), &i.flags))
}

func TestImportingAListOfSkills(t *testing.T) {
	i := newInstallation(t)
	list := "skill,aliases\nGo,Golang\n,nameless\n"
	if printed, status := i.lists(list, importSkillsCommand{}); status != 1 || !strings.Contains(printed, "no organisation yet") {
		t.Errorf("before there is anybody, status %d: %s", status, printed)
	}
	if _, err := os.Stat(i.flags.Data); err == nil {
		t.Error("the command made an installation")
	}
	i.imports(crew, importPeopleCommand{})
	aside := filepath.Join(t.TempDir(), "aside.csv")
	for _, c := range []struct {
		what, text, says, last string
		status                 int
		command                importSkillsCommand
	}{
		{"dry run", list, "line 2, Go: new\nTo look at:\n  line 3, skill: This line names no skill.", "Dry run, nothing was written. 2 lines: 1 new skill, 1 line set aside.", 3, importSkillsCommand{DryRun: true}},
		{"for good", list, "are in " + aside, "Imported. 2 lines: 1 new skill, 1 line set aside.", 3, importSkillsCommand{SetAside: aside}},
		{"again", "skill,aliases\nGo,Golang\n", "", "Imported. 1 line: 0 new skills, 1 unchanged.", 0, importSkillsCommand{}},
		{"by another name", "skill,description\nGolang,A language\n", "line 2, Go: its description", "Dry run, nothing was written. 1 line: 0 new skills, 1 changed.", 0, importSkillsCommand{DryRun: true}},
		{"a column chosen", "what\nSinging\n", "", "Imported. 1 line: 1 new skill.", 0, importSkillsCommand{Map: map[string]string{"name": "what"}}},
		{"no skills in it", "O*NET-SOC Code,Title,Job Zone\n1,Keeper,2\n", "lists occupations, and no column of it names skills", "", 1, importSkillsCommand{}},
		{"another organisation", list, "--organisation: The old mill", "", 1, importSkillsCommand{Organisation: "another"}},
	} {
		printed, status := i.lists(c.text, c.command)
		if status != c.status || !strings.Contains(printed, c.says) || c.last != "" && lastLine(printed) != c.last {
			t.Errorf("%s, status %d:\n%s", c.what, status, printed)
		}
	}
	text, err := os.ReadFile(aside)
	if err != nil || string(text) != "skill,aliases,Why it was set aside\n,nameless,This line names no skill.\n" {
		t.Errorf("%v: %s", err, text)
	}
	if printed, status := i.lists(list, importSkillsCommand{File: aside, SetAside: aside}); status != 1 || !strings.Contains(printed, "overwrite") {
		t.Errorf("onto itself, status %d: %s", status, printed)
	}
}
