package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// newInstallationForOne is an installation of Ines alone.
func newInstallationForOne(t *testing.T) *installation {
	i := newInstallation(t)
	i.inStore(func(tx *db.Tx) error {
		o, err := org.Found(tx, "Ines Faria", "UTC", true)
		if err != nil {
			return err
		}
		p, err := org.Add(tx, org.Operator(o.ID), org.Details{Name: "Ines Faria", Email: "ines@home.example"})
		if err != nil {
			return err
		}
		return org.UnscopedAppointFirst(tx, org.Operator(o.ID), p.ID)
	})
	return i
}

func (i *installation) importsWins(c importWinsCommand) (string, error) {
	var out bytes.Buffer
	c.out = &out
	err := c.Run(i.t.Context(), &i.flags)
	return out.String(), err
}

func git(t *testing.T, in string, args ...string) {
	t.Helper()
	command := exec.Command("git", append([]string{"-C", in, "-c", "commit.gpgsign=false"}, args...)...)
	command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", args[0], err, out)
	}
}

func TestTheHistoryOfARepositoryBecomesDrafts(t *testing.T) {
	i, repository := newInstallationForOne(t), t.TempDir()
	git(t, repository, "init", "-q")
	git(t, repository, "config", "user.email", "ines@home.example")
	git(t, repository, "config", "user.name", "Ines Faria")
	for n, subject := range []string{"parser: any separator", "parser: quotes out of order", "Mend the clock"} {
		folder := filepath.Join(repository, []string{"parser", "parser", "clock"}[n])
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "a.go"), []byte(subject), 0o600); err != nil {
			t.Fatal(err)
		}
		git(t, repository, "add", ".")
		git(t, repository, "commit", "-q", "-m", subject, "--date=2026-03-0"+string(rune('1'+n))+"T10:00:00Z")
	}
	git(t, repository, "commit", "-q", "--allow-empty", "-m", "Not hers", "--author=Joel <joel@home.example>", "--date=2026-03-09T10:00:00Z")
	printed, err := i.importsWins(importWinsCommand{Git: repository})
	if err != nil || !strings.HasPrefix(printed, "2 found, 0 known already") {
		t.Fatalf("%v: %s", err, printed)
	}
	i.inStore(func(tx *db.Tx) error {
		me, err := alone(tx)
		if err != nil {
			return err
		}
		all, _, err := plan.Drafts(tx, me, "", 10)
		if err == nil && (all[0].What != "Parser: any separator; quotes out of order" || all[0].Day.String() != "2026-03-02" || all[1].Topic != "clock") {
			t.Errorf("the drafts: %+v", all)
		}
		return err
	})
	if printed, err = i.importsWins(importWinsCommand{Git: repository}); err != nil || !strings.HasPrefix(printed, "0 found, 3 known already") {
		t.Errorf("again: %v: %s", err, printed)
	}
}

func TestWinsAreBroughtInByTheirOwnerAlone(t *testing.T) {
	list := filepath.Join(t.TempDir(), "brag.md")
	if err := os.WriteFile(list, []byte("- Shipped\n- [ ] Rest\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	printed, err := newInstallationForOne(t).importsWins(importWinsCommand{File: list})
	if err != nil || !strings.Contains(printed, "line 2: This is not ticked") || !strings.Contains(printed, "1 found") {
		t.Errorf("%v: %s", err, printed)
	}
	many := newInstallation(t)
	many.imports(crew, importPeopleCommand{})
	for why, c := range map[string]importWinsCommand{
		"not for one person alone": {File: list}, "name a file, or a repository": {}, "no installation in": {File: list},
	} {
		i := many
		if strings.HasPrefix(why, "no installation") {
			i = newInstallation(t)
		}
		if _, err := i.importsWins(c); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("want %q, got %v", why, err)
		}
	}
}
