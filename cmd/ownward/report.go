package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/ownward/ownward/internal/peoplefile"
)

// report prints a difference: what is new, changed and leaving, the problems, and a line that
// sums up.
type report struct {
	io.Writer
	short bool // on a terminal a long list of new people is cut
}

func (r report) print(f *peoplefile.File, d *peoplefile.Difference, c importPeopleCommand) {
	if c.DryRun {
		r.columns(f)
		r.people(d)
	}
	if len(d.Problems) > 0 {
		fmt.Fprintf(r, "To look at:\n")
		for _, p := range d.Problems {
			fmt.Fprintf(r, "  %s\n", p)
		}
	}
	if c.SetAside != "" {
		if d.SetAside == 0 {
			fmt.Fprintln(r, "No line was set aside.")
		} else {
			fmt.Fprintf(r, "The lines set aside are in %s; mend them there and import that file.\n", c.SetAside)
		}
	}
	if w := d.Warning(); w != "" {
		line := strings.Repeat("!", len(w)+4)
		fmt.Fprintf(r, "%s\n! %s !\n%s\n", line, w, line)
	}
	done := "Imported"
	if c.DryRun {
		done = "Dry run, nothing was written"
	} else if d.SetAside == d.Rows {
		done = "Nothing was imported"
	}
	fmt.Fprintf(r, "%s. %s\n", done, d.Summary())
}

// columns says how the columns were understood.
func (r report) columns(f *peoplefile.File) {
	fmt.Fprintf(r, "Read as %s. Columns:\n", f.Encoding)
	for field, column := range f.Columns {
		if column >= 0 {
			fmt.Fprintf(r, "  %s: %s\n", peoplefile.Field(field), f.Header[column])
		}
	}
	if len(f.Unused) > 0 {
		fmt.Fprintf(r, "  not used: %s\n", strings.Join(f.Unused, ", "))
	}
}

func (r report) people(d *peoplefile.Difference) {
	const most = 50
	shown := 0
	for _, section := range []struct {
		outcome peoplefile.Outcome
		title   string
		n       int
	}{{peoplefile.New, "New", d.New}, {peoplefile.Changed, "Changed", d.Changed}, {peoplefile.Leaving, "Leaving", d.Leaving}} {
		if section.n == 0 {
			continue
		}
		fmt.Fprintf(r, "%s (%s):\n", section.title, peoplefile.Count(section.n))
		for _, p := range d.People {
			if p.Outcome != section.outcome {
				continue
			}
			if shown++; section.outcome == peoplefile.New && r.short && shown > most {
				fmt.Fprintf(r, "  and %s more; send the output to a file to see all\n", peoplefile.Count(section.n-most))
				break
			}
			r.person(p)
		}
	}
}

func (r report) person(p *peoplefile.Person) {
	var about []string
	for _, f := range []peoplefile.Field{peoplefile.Email, peoplefile.Title} {
		if v := p.Values[f]; v != "" && p.Outcome == peoplefile.New {
			about = append(about, v)
		}
	}
	if p.Outcome == peoplefile.New && p.Manager != nil {
		about = append(about, "under "+p.Manager.Values[peoplefile.FullName])
	}
	if p.Row == nil {
		about = append(about, "not in the file")
	} else if p.Outcome != peoplefile.New {
		about = append(about, fmt.Sprintf("line %d", p.Row.Line))
	}
	fmt.Fprintf(r, "  %s", p.Values[peoplefile.FullName])
	if len(about) > 0 {
		fmt.Fprintf(r, " (%s)", strings.Join(about, ", "))
	}
	fmt.Fprintln(r)
	for _, c := range p.Changes {
		if p.Outcome == peoplefile.Changed {
			fmt.Fprintf(r, "    %s: %s → %s\n", c.Field, orNothing(c.Field, c.Old), orNothing(c.Field, c.New))
		}
	}
}

func orNothing(field peoplefile.Field, v string) string {
	switch {
	case v != "":
		return v
	case field == peoplefile.Manager:
		return "nobody"
	}
	return "nothing"
}
