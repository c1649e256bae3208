package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/house"
)

const crew = "id,name,email,manager,title\n1,Nadia Ost,nadia@mill.example,,Director\n2,Pim Zuid,pim@mill.example,1,Miller\n"

// installation is a folder, empty at first, that commands work on.
type installation struct {
	t     *testing.T
	flags house.Flags
}

func newInstallation(t *testing.T) *installation {
	return &installation{t, house.Flags{Data: filepath.Join(t.TempDir(), "data"), Listen: "127.0.0.1:0"}}
}

// imports runs the command on a file of that text and gives what it printed and its exit status.
func (i *installation) imports(text string, c importPeopleCommand) (printed string, status int) {
	i.t.Helper()
	i.keep(&c.File, "the-old_mill.csv", text)
	if c.TimeZone == "" {
		c.TimeZone = "UTC"
	}
	var out bytes.Buffer
	c.out = &out
	return ended(&out, c.Run(i.t.Context(), &i.flags))
}

// keep writes the text into the file, or into one of that name where the command has none yet.
func (i *installation) keep(file *string, name, text string) {
	i.t.Helper()
	if *file == "" {
		*file = filepath.Join(i.t.TempDir(), name)
	}
	if err := os.WriteFile(*file, []byte(text), 0o600); err != nil {
		i.t.Fatal(err)
	}
}

// ended is what a command printed, or why it failed, and its exit status.
func ended(out *bytes.Buffer, err error) (printed string, status int) {
	var code exit
	switch {
	case errors.As(err, &code):
		return out.String(), int(code)
	case err != nil:
		return err.Error(), 1
	}
	return out.String(), 0
}

func lastLine(printed string) string {
	lines := strings.Split(strings.TrimSpace(printed), "\n")
	return lines[len(lines)-1]
}

func TestImportingAPeopleFileIntoAnEmptyInstallation(t *testing.T) {
	i := newInstallation(t)
	printed, status := i.imports(crew, importPeopleCommand{DryRun: true})
	if status != 0 || !strings.Contains(printed, "Pim Zuid (pim@mill.example, Miller, under Nadia Ost)") ||
		lastLine(printed) != "Dry run, nothing was written. 2 lines: 2 new, 0 changed, 0 leaving, 0 unchanged." {
		t.Errorf("dry run, status %d:\n%s", status, printed)
	}
	if _, err := os.Stat(i.flags.Data); err == nil {
		t.Error("the dry run made an installation")
	}
	printed, status = i.imports(crew, importPeopleCommand{Administrator: "Nadia@mill.example"})
	if status != 0 || lastLine(printed) != "Imported. 2 lines: 2 new, 0 changed, 0 leaving, 0 unchanged." {
		t.Errorf("status %d:\n%s", status, printed)
	}
	printed, status = i.imports(crew, importPeopleCommand{Organisation: "the old mill"})
	if status != 0 || lastLine(printed) != "Imported. 2 lines: 0 new, 0 changed, 0 leaving, 2 unchanged." {
		t.Errorf("again, status %d:\n%s", status, printed)
	}
	if printed, status = i.imports(crew, importPeopleCommand{Organisation: "another"}); status != 1 || !strings.Contains(printed, "--organisation: The old mill") {
		t.Errorf("another organisation, status %d: %s", status, printed)
	}
	printed, status = i.imports("id,name,status\n1,Nadia Ost,terminated\n", importPeopleCommand{})
	if status != 3 || !strings.Contains(printed, "looks after this organisation") {
		t.Errorf("the only administrator leaves, status %d:\n%s", status, printed)
	}
}

func TestADryRunShowsEachChangeAndIsLoudWhenMostLeave(t *testing.T) {
	i := newInstallation(t)
	i.imports(crew, importPeopleCommand{})
	printed, status := i.imports("id,name,email,manager,title\n2,Pim Noord,pim@mill.example,,Miller\n3,Uma Laan,,,\n", importPeopleCommand{DryRun: true, Complete: true})
	for _, want := range []string{
		"New (1):\n  Uma Laan\n", "Changed (1):\n  Pim Noord (line 2)\n    name: Pim Zuid → Pim Noord\n    manager: Nadia Ost → nobody\n",
		"Leaving (1):\n  Nadia Ost (not in the file)\n",
	} {
		if !strings.Contains(printed, want) {
			t.Errorf("it does not say %q:\n%s", want, printed)
		}
	}
	if status != 0 || strings.Contains(printed, "!") {
		t.Errorf("status %d:\n%s", status, printed)
	}
	printed, _ = i.imports("id,name\n3,Uma Laan\n", importPeopleCommand{DryRun: true, Complete: true})
	if !strings.Contains(printed, "! 2 of 2 people here would leave. Is this file complete? !") {
		t.Errorf("not loud:\n%s", printed)
	}
}

func TestLinesSetAsideComeBackMended(t *testing.T) {
	i := newInstallation(t)
	aside := filepath.Join(t.TempDir(), "aside.csv")
	printed, status := i.imports(crew+"2,Quin Zee,quin@mill.example,1,Carter\n", importPeopleCommand{SetAside: aside})
	if status != 3 || !strings.Contains(printed, `line 4, id "2": Lines 3 and 4 give this id to different people`) {
		t.Errorf("status %d:\n%s", status, printed)
	}
	text, err := os.ReadFile(aside)
	if err != nil || !strings.HasPrefix(string(text), "id,name,email,manager,title,Why it was set aside\n2,Pim Zuid,") {
		t.Fatalf("%v: %s", err, text)
	}
	mended := strings.Replace(string(text), "2,Quin", "3,Quin", 1)
	if printed, status = i.imports(mended, importPeopleCommand{}); status != 0 || !strings.Contains(printed, "2 new") {
		t.Errorf("mended, status %d:\n%s", status, printed)
	}
	if printed, status = i.imports(crew, importPeopleCommand{File: aside, SetAside: aside}); status != 1 || !strings.Contains(printed, "overwrite") {
		t.Errorf("onto itself, status %d: %s", status, printed)
	}
}

func TestNothingToImportIsAFailure(t *testing.T) {
	i := newInstallation(t)
	for name, text := range map[string]string{
		"The file is empty": "", "No column holds the names": "id,email\n1,a@x.example\n", "but no people": "id,name\n",
		"Nothing was imported. 2 lines": "id,name\n1,Ann\n1,Bob\n",
	} {
		if printed, status := i.imports(text, importPeopleCommand{}); status != 1 || !strings.Contains(printed, name) {
			t.Errorf("%q: status %d: %s", text, status, printed)
		}
	}
}
