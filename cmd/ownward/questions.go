package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/question"
)

type importQuestionsCommand struct {
	File         string `arg:"" help:"A list of questions: JSON, CSV, Markdown, or one a line." type:"existingfile"`
	DryRun       bool   `help:"Print what would come in, and write nothing."`
	Organisation string `help:"Name of the organisation, where there are several."`

	out io.Writer // of tests; standard output without
}

// Run brings the questions in as cards of the organisation, or says what that would do.
func (c importQuestionsCommand) Run(ctx context.Context, flags *house.Flags) error {
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	library, err := question.Open(flags.Questions, nil)
	if err != nil {
		return err
	}
	in, err := withOrganisation(ctx, flags, c.Organisation, c.DryRun, func(tx *db.Tx, me org.Actor, _ func(done, total int)) (*question.Imported, error) {
		bring := question.ImportList
		if c.DryRun {
			bring = question.CompareList
		}
		in, err := bring(tx, me, library, raw, true)
		return &in, err
	})
	if err != nil {
		return err
	}
	if in.Answer != "" {
		return fmt.Errorf("nothing of it can be read: %s", in.Answer)
	}
	if c.out == nil {
		c.out = os.Stdout
	}
	out := bufio.NewWriter(c.out)
	c.report(out, in)
	if err := out.Flush(); err != nil {
		return err
	}
	if len(in.Aside) > 0 {
		return exitNotAsGiven
	}
	return nil
}

func (c importQuestionsCommand) report(out io.Writer, in *question.Imported) {
	if len(in.Aside) > 0 {
		fmt.Fprintln(out, "Set aside:")
	}
	for _, p := range in.Aside {
		fmt.Fprintf(out, "  line %d: %s: %s\n", p.Line, p.Reason, p.Words)
	}
	done := "Imported"
	if c.DryRun {
		done = "Would import"
		for n, k := range in.Cards {
			fmt.Fprintf(out, "  line %d: %s (%s)\n", in.Lines[n], k.Title, k.Stage)
		}
	}
	fmt.Fprintf(out, "%s as cards of the organisation: %d. Set aside: %d.\n", done, len(in.Cards), len(in.Aside))
}
