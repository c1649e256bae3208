package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/winfile"
)

type importWinsCommand struct {
	File   string `arg:"" optional:"" help:"CSV, Markdown list, or output of git log." type:"existingfile"`
	Git    string `help:"Repository whose history is read: your commits, by topic and month." type:"existingdir" placeholder:"PATH"`
	Author string `help:"Name or address that you commit with; without, what git is configured with there."`
	Again  bool   `help:"Offer again what you dropped before."`

	out io.Writer // of tests; standard output without
}

// Run reads the file or the history, and keeps what it finds as drafts. It works in an installation
// for one: in any other, whoever may run commands is not the one whose wins they are.
func (c importWinsCommand) Run(ctx context.Context, flags *house.Flags) (err error) {
	in, err := c.read(ctx)
	if err != nil {
		return err
	}
	store, err := openExisting(ctx, flags)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	said, err := db.Write(ctx, store, func(tx *db.Tx) (plan.Imported, error) {
		me, err := alone(tx)
		if err != nil {
			return plan.Imported{}, err
		}
		return plan.ImportWins(tx, me, in)
	})
	var invalid problem.Invalid
	if errors.As(err, &invalid) {
		return errors.New(invalid["file"])
	}
	if err != nil {
		return err
	}
	if c.out == nil {
		c.out = os.Stdout
	}
	for _, p := range said.Problems {
		fmt.Fprintf(c.out, "line %d: %s (%s)\n", p.Line, p.Reason, p.Text)
	}
	fmt.Fprintf(c.out, "%d found, %d known already, %d lines to look at again. They are drafts, and no wins before you keep them: look at them under /wins/drafts.\n",
		said.Found, said.Known, int64(len(said.Problems))+said.More)
	return nil
}

// read is what is to be imported.
func (c importWinsCommand) read(ctx context.Context) (plan.Import, error) {
	in := plan.Import{Author: c.Author, Again: c.Again}
	if (c.File == "") == (c.Git == "") {
		return in, errors.New("name a file, or a repository with --git")
	}
	var err error
	if c.File != "" {
		in.Name = filepath.Base(c.File)
		in.Content, err = os.ReadFile(c.File)
		return in, err
	}
	if in.Author == "" {
		address, err := gitSays(ctx, c.Git, "config", "user.email")
		if in.Author = strings.TrimSpace(string(address)); err != nil || in.Author == "" {
			return in, errors.New("git does not know your address there; name it with --author")
		}
	}
	in.Content, err = gitSays(ctx, c.Git, "log", "--no-merges", "--date=short", "--name-only", "--format="+winfile.LogFormat, "--fixed-strings", "--author="+in.Author)
	if err == nil && len(in.Content) == 0 {
		err = fmt.Errorf("there is no commit by %s", in.Author)
	}
	return in, err
}

func gitSays(ctx context.Context, repository string, args ...string) ([]byte, error) {
	git := exec.CommandContext(ctx, "git", append([]string{"-C", repository, "--no-pager"}, args...)...)
	git.Stderr = os.Stderr
	said, err := git.Output()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, errors.New("git is not installed here")
	}
	return said, err
}

// alone is the person of an installation for one.
func alone(tx *db.Tx) (org.Actor, error) {
	all, err := org.UnscopedOrganisations(tx)
	if err != nil {
		return org.Actor{}, err
	}
	if len(all) != 1 || !all[0].Alone {
		return org.Actor{}, errors.New("this installation is not for one person alone: bring the file in on the page Wins, Import, where it is yours for sure")
	}
	people, err := org.Administrators(tx, org.Operator(all[0].ID))
	if err != nil || len(people) != 1 {
		return org.Actor{}, errors.Join(err, errors.New("there is nobody here yet"))
	}
	return org.UnscopedActor(tx, all[0].ID, people[0].ID)
}
