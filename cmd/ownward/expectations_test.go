package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// expects runs the command on a file of that text.
func (i *installation) expects(text string, c importExpectationsCommand) (printed string, status int) {
	i.t.Helper()
	i.keep(&c.File, "weir.yaml", text)
	var out bytes.Buffer
	c.out = &out
	return ended(&out, c.Run(i.t.Context(), &i.flags))
}

func TestImportingExpectations(t *testing.T) {
	i := newInstallation(t)
	weir := "framework: Weir\nroles:\n  - name: Keeper\n    levels:\n      - name: One\n        skills: [{skill: Knots, level: 2}]\n      - Two\n  - name: Pilot\n    levels: [One]\n"
	if printed, status := i.expects(weir, importExpectationsCommand{}); status != 1 || !strings.Contains(printed, "no organisation yet") {
		t.Errorf("before there is anybody, status %d: %s", status, printed)
	}
	if printed, status := i.expects(weir, importExpectationsCommand{DryRun: true}); status != 0 || !strings.Contains(printed, "Pilot: new") {
		t.Errorf("looked at before there is anybody, status %d: %s", status, printed)
	}
	if _, err := os.Stat(i.flags.Data); err == nil {
		t.Error("the command made an installation")
	}
	i.imports(crew, importPeopleCommand{})
	changed := strings.Replace(weir, "level: 2", "level: 3", 1)
	alone, _, _ := strings.Cut(weir, "  - name: Pilot")
	for _, c := range []struct {
		what, text, says, last string
		status                 int
		command                importExpectationsCommand
	}{
		{"dry run", weir, "Read as YAML.\nKeeper: new, 2 levels, 1 expectation\nPilot: new", "Dry run, nothing was written. Weir: 2 new roles.", 0, importExpectationsCommand{DryRun: true}},
		{"for good", weir, "", "Imported. Weir: 2 new roles.", 0, importExpectationsCommand{}},
		{"again", weir, "Keeper: as before (version 1)", "Imported. Weir: nothing changes; 2 roles are as here.", 0, importExpectationsCommand{}},
		{"changed, dry", changed, "Keeper: version 2, 1 change\n  One, Knots: 2 → 3\nPilot: as before", "Dry run, nothing was written. Weir: 1 changed role, 1 role as before.", 0, importExpectationsCommand{DryRun: true}},
		{"changed", changed, "Keeper: version 2", "Imported. Weir: 1 changed role, 1 role as before.", 0, importExpectationsCommand{}},
		{"one less", alone, "Pilot: no longer in the file", "Imported. Weir: 1 changed role, 1 role no longer in it.", 0, importExpectationsCommand{}},
		{"broken", weir + "\t- name: Tab\n", "weir.yaml is not taken:\n  line 10: a tab stands before the text", "Nothing was imported", 1, importExpectationsCommand{}},
		{"under another name", alone, "", "Imported. Locks: 1 new role.", 0, importExpectationsCommand{Framework: "Locks"}},
		{"another organisation", weir, "--organisation: The old mill", "", 1, importExpectationsCommand{Organisation: "another"}},
	} {
		printed, status := i.expects(c.text, c.command)
		if status != c.status || !strings.Contains(printed, c.says) || c.last != "" && lastLine(printed) != c.last {
			t.Errorf("%s, status %d:\n%s", c.what, status, printed)
		}
	}
}
