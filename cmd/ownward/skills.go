package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/skill"
	"github.com/ownward/ownward/internal/skillfile"
)

type importSkillsCommand struct {
	File         string            `arg:"" help:"ESCO's CSV, a spreadsheet of O*NET, or any CSV or .xlsx with a column that names skills." type:"existingfile"`
	Map          map[string]string `help:"Column of a field (name, aliases, description, source) where it is not recognised. May be repeated." mapsep:"none" placeholder:"FIELD=COLUMN"`
	DryRun       bool              `help:"Print what would change, and write nothing."`
	SetAside     string            `help:"File for the lines that were set aside, with a column that says why." type:"path" placeholder:"FILE"`
	Organisation string            `help:"Name of the organisation, where there are several."`

	out io.Writer // of tests; standard output without
}

// Run brings the list in, or says what that would do.
func (c importSkillsCommand) Run(ctx context.Context, flags *house.Flags) error {
	if err := differentFiles(c.File, c.SetAside); err != nil {
		return err
	}
	raw, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer raw.Close()
	f, err := skillfile.Read(raw, skillfile.Options{Map: c.Map})
	if err != nil {
		return err
	}
	d, err := c.difference(ctx, flags, f)
	if err != nil {
		return err
	}
	if err := c.writeSetAside(f); err != nil {
		return err
	}
	if c.out == nil {
		c.out = os.Stdout
	}
	out := bufio.NewWriter(c.out)
	c.report(out, f, d)
	if err := out.Flush(); err != nil {
		return err
	}
	if !d.AsGiven() {
		return exitNotAsGiven
	}
	return nil
}

// difference compares, and brings in unless it is a dry run.
func (c importSkillsCommand) difference(ctx context.Context, flags *house.Flags, f *skillfile.File) (*skill.Difference, error) {
	return withOrganisation(ctx, flags, c.Organisation, c.DryRun, func(tx *db.Tx, me org.Actor, progress func(done, total int)) (*skill.Difference, error) {
		if c.DryRun {
			return skill.Compare(tx, me, f)
		}
		return skill.Import(tx, me, f, progress)
	})
}

func (c importSkillsCommand) writeSetAside(f *skillfile.File) error {
	if c.SetAside == "" || f.SetAside() == 0 {
		return nil
	}
	file, err := os.OpenFile(c.SetAside, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(f.WriteSetAside(file), file.Close())
}

func (c importSkillsCommand) report(out io.Writer, f *skillfile.File, d *skill.Difference) {
	if c.DryRun {
		fmt.Fprintf(out, "Read as %s, %s. Columns:\n", f.Form, f.Encoding)
		for _, field := range skillfile.Fields() {
			if column := f.Column(field); column != "" {
				fmt.Fprintf(out, "  %s: %s\n", field, column)
			}
		}
		if len(f.Unused) > 0 {
			fmt.Fprintf(out, "  not used: %s\n", strings.Join(f.Unused, ", "))
		}
		c.changes(out, d)
	}
	if len(d.Problems) > 0 {
		fmt.Fprintf(out, "To look at:\n")
		for _, p := range d.Problems {
			fmt.Fprintf(out, "  %s\n", p)
		}
	}
	if c.SetAside != "" && d.SetAside == 0 {
		fmt.Fprintln(out, "No line was set aside.")
	} else if c.SetAside != "" {
		fmt.Fprintf(out, "The lines set aside are in %s; mend them there and bring that file in.\n", c.SetAside)
	}
	done := "Imported"
	if c.DryRun {
		done = "Dry run, nothing was written"
	}
	fmt.Fprintf(out, "%s. %s\n", done, d.Summary())
}

// changes lists what would be new and different, of a long list the beginning.
func (c importSkillsCommand) changes(out io.Writer, d *skill.Difference) {
	const most = 50
	for i, each := range d.Changes {
		if i == most {
			fmt.Fprintf(out, "  and %d more\n", len(d.Changes)-most)
			return
		}
		what := "new"
		if !each.IsNew {
			what = each.What
		}
		fmt.Fprintf(out, "  line %d, %s: %s\n", each.At, each.Name, what)
	}
}
