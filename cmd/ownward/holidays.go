package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

type importHolidaysCommand struct {
	File         string   `arg:"" help:"A calendar file (.ics) of public holidays." type:"existingfile"`
	Name         string   `help:"Name of the list, in the place of the one that the file gives. A list of that name is brought up to date." placeholder:"NAME"`
	Office       []string `help:"Place of work where the list counts from now on, as people have it for their location; everywhere is all that have none of their own. May be repeated." placeholder:"PLACE"`
	DryRun       bool     `help:"Print what would change, and write nothing."`
	Organisation string   `help:"Name of the organisation, where there are several."`

	out io.Writer // of tests; standard output without
}

// everywhere is the place of all that have no holidays of their own.
const everywhere = "everywhere"

// Run brings the days in as a list, or says what that would do.
func (c importHolidaysCommand) Run(ctx context.Context, flags *house.Flags) error {
	f, err := c.read()
	if err != nil {
		return err
	}
	d, err := withOrganisation(ctx, flags, c.Organisation, c.DryRun, func(tx *db.Tx, me org.Actor, _ func(done, total int)) (dates.ListDifference, error) {
		if c.DryRun {
			return dates.CompareList(tx, me, f)
		}
		return c.write(tx, me, f)
	})
	if err != nil {
		return err
	}
	if c.out == nil {
		c.out = os.Stdout
	}
	out := bufio.NewWriter(c.out)
	c.report(out, d)
	if err := out.Flush(); err != nil {
		return err
	}
	if len(d.Problems) > 0 {
		return exitNotAsGiven
	}
	return nil
}

func (c importHolidaysCommand) read() (dates.HolidayFile, error) {
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return dates.HolidayFile{}, err
	}
	f, err := dates.ReadHolidayFile(raw, c.Name, c.File, civil.In(time.Now(), time.UTC))
	if wrong, ok := errors.AsType[problem.Invalid](err); ok {
		for _, says := range wrong {
			return f, fmt.Errorf("%s is not taken. %s", filepath.Base(c.File), says)
		}
	}
	return f, err
}

func (c importHolidaysCommand) write(tx *db.Tx, me org.Actor, f dates.HolidayFile) (dates.ListDifference, error) {
	d, err := dates.ImportList(tx, me, f)
	if err != nil || len(c.Office) == 0 {
		return d, err
	}
	list, err := dates.ListByName(tx, me, f.Name)
	if err != nil {
		return d, err
	}
	for _, office := range c.Office {
		if office == everywhere {
			office = ""
		}
		if err := dates.ChooseForOffice(tx, me, office, dates.Holidays{List: list.ID}); err != nil {
			return d, err
		}
	}
	return d, nil
}

func (c importHolidaysCommand) report(out io.Writer, d dates.ListDifference) {
	if c.DryRun {
		for _, one := range d.Gone {
			fmt.Fprintf(out, "  %s, %s: gone\n", one.Day, one.Was)
		}
		for _, one := range d.Renamed {
			fmt.Fprintf(out, "  %s, %s: so far %s\n", one.Day, one.Name, one.Was)
		}
		for _, one := range d.New {
			fmt.Fprintf(out, "  %s, %s: new\n", one.Day, one.Name)
		}
	}
	if len(d.Problems) > 0 {
		fmt.Fprintln(out, "To look at:")
	}
	for _, p := range d.Problems {
		fmt.Fprintf(out, "  line %d: %s %s\n", p.Line, p.Reason, p.WayOut())
	}
	if c.DryRun {
		fmt.Fprintf(out, "Dry run, nothing was written. %s\n", d.Summary())
		return
	}
	fmt.Fprintf(out, "Imported. %s\n", d.Summary())
	if len(c.Office) == 0 && d.List == "" {
		fmt.Fprintln(out, "Choose where it counts: --office PLACE, or the page Public holidays of the organisation.")
	}
}
