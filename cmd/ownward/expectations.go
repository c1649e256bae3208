package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/ladderfile"
	"github.com/ownward/ownward/internal/org"
)

type importExpectationsCommand struct {
	File         string `arg:"" help:"YAML, Markdown with front matter, or CSV; docs/expectations.md says how." type:"existingfile"`
	DryRun       bool   `help:"Print what would change, and write nothing."`
	Framework    string `help:"Name under which the roles of the file stand together, in the place of the one that the file gives." placeholder:"NAME"`
	Organisation string `help:"Name of the organisation, where there are several."`

	out io.Writer // of tests; standard output without
}

// Run brings the roles in, or says what that would do. A file with a fault is refused as a whole.
func (c importExpectationsCommand) Run(ctx context.Context, flags *house.Flags) error {
	f, err := c.read()
	if err != nil {
		return err
	}
	d, err := c.difference(ctx, flags, f)
	if err != nil {
		return err
	}
	if c.out == nil {
		c.out = os.Stdout
	}
	out := bufio.NewWriter(c.out)
	c.report(out, f, d)
	return out.Flush()
}

func (c importExpectationsCommand) read() (*ladderfile.File, error) {
	info, err := os.Stat(c.File)
	if err != nil {
		return nil, err
	}
	if info.Size() > ladderfile.MostFile {
		return nil, fmt.Errorf("%s is larger than %d MB: that is no file of expectations", filepath.Base(c.File), ladderfile.MostFile>>20)
	}
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return nil, err
	}
	f, err := ladderfile.Read(filepath.Base(c.File), raw)
	var refused *ladderfile.ReadError
	if errors.As(err, &refused) {
		return nil, fmt.Errorf("%s is not taken:\n  %s\nNothing was imported", filepath.Base(c.File), strings.ReplaceAll(refused.Error(), "\n", "\n  "))
	}
	if err == nil && strings.TrimSpace(c.Framework) != "" {
		f.Framework = strings.TrimSpace(c.Framework)
	}
	return f, err
}

// difference compares, and brings in unless it is a dry run.
func (c importExpectationsCommand) difference(ctx context.Context, flags *house.Flags, f *ladderfile.File) (expectation.Difference, error) {
	return withOrganisation(ctx, flags, c.Organisation, c.DryRun, func(tx *db.Tx, me org.Actor, progress func(done, total int)) (expectation.Difference, error) {
		if c.DryRun {
			return expectation.Differ(tx, me, f)
		}
		return expectation.Import(tx, me, f, filepath.Base(c.File), progress)
	})
}

func (c importExpectationsCommand) report(out io.Writer, f *ladderfile.File, d expectation.Difference) {
	if c.DryRun {
		fmt.Fprintf(out, "Read as %s.\n", f.Shape)
	}
	if len(f.Unused) > 0 {
		fmt.Fprintf(out, "Not kept: %s.\n", strings.Join(f.Unused, ", "))
	}
	for _, r := range d.Roles {
		switch {
		case r.New():
			fmt.Fprintf(out, "%s: new, %s, %s\n", r.Name, counted(r.Levels, "level"), counted(r.Asks, "expectation"))
		case r.Retires:
			fmt.Fprintf(out, "%s: no longer in the file; it stands for nobody, what was measured against it stays\n", r.Name)
		case r.Same():
			fmt.Fprintf(out, "%s: as before (version %d)\n", r.Name, r.Version)
		default:
			c.changed(out, r)
		}
	}
	done := "Imported"
	if c.DryRun {
		done = "Dry run, nothing was written"
	}
	fmt.Fprintf(out, "%s. %s\n", done, d.Summary())
}

// changed prints what is different of one role: each change in a dry run, else how many.
func (c importExpectationsCommand) changed(out io.Writer, r expectation.RoleDifference) {
	fmt.Fprintf(out, "%s: version %d, %s\n", r.Name, r.Version, counted(len(r.Changes), "change"))
	if !c.DryRun {
		return
	}
	for _, one := range r.Changes {
		fmt.Fprintf(out, "  %s\n", one)
	}
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
