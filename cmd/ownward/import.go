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
	"time"

	"github.com/mattn/go-isatty"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/peoplefile"
)

type importCommand struct {
	People       importPeopleCommand       `cmd:"" help:"Bring in people and reporting lines: the CSV export of any HR system."`
	Skills       importSkillsCommand       `cmd:"" help:"Bring in a list of skills to choose from: ESCO, O*NET, or one of your own."`
	Person       importPersonCommand       `cmd:"" help:"Bring in what a person took along from another installation."`
	Wins         importWinsCommand         `cmd:"" help:"Bring in wins that you keep elsewhere, as drafts: a list, a table, the history of a repository. In an installation for one."`
	Questions    importQuestionsCommand    `cmd:"" help:"Bring in a list of questions as cards of the organisation: JSON, CSV, Markdown, or one a line."`
	Holidays     importHolidaysCommand     `cmd:"" help:"Bring in public holidays as a list: a calendar file (.ics)."`
	Expectations importExpectationsCommand `cmd:"" help:"Bring in roles, their levels and what each asks for: YAML, Markdown with front matter, CSV."`
}

type importPeopleCommand struct {
	File          string            `arg:"" help:"CSV file, with a header line." type:"existingfile"`
	Map           map[string]string `help:"Column of a field where it is not recognised, such as manager=ManagerID. May be repeated." mapsep:"none" placeholder:"FIELD=COLUMN"`
	DryRun        bool              `help:"Print what would change, and write nothing."`
	Complete      bool              `help:"The file names everybody: whom an earlier file brought and this one does not name has left."`
	SetAside      string            `help:"File for the lines that were set aside, with a column that says why." type:"path" placeholder:"FILE"`
	Organisation  string            `help:"Name of the organisation: which one, where there are several; of a new one, in an empty installation."`
	TimeZone      string            `help:"Time zone of a new organisation." default:"UTC"`
	Administrator string            `help:"E-mail of the person who is to administer the organisation." placeholder:"EMAIL"`

	out io.Writer // of tests; standard output without
}

// exitNotAsGiven is the exit status when lines were set aside or altered.
const exitNotAsGiven exit = 3

// Run imports the file, or says what importing it would do.
func (c importPeopleCommand) Run(ctx context.Context, flags *house.Flags) error {
	if err := differentFiles(c.File, c.SetAside); err != nil {
		return err
	}
	raw, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer raw.Close()
	f, err := peoplefile.Read(raw, peoplefile.Options{Map: c.Map, Today: civil.In(time.Now(), time.UTC)})
	if err != nil {
		return err
	}
	d, err := c.difference(ctx, flags, f)
	if err != nil {
		return err
	}
	if err := c.writeSetAside(d, f); err != nil {
		return err
	}
	if c.out == nil {
		c.out = os.Stdout
	}
	out := bufio.NewWriter(c.out)
	report{out, c.out == os.Stdout && isTerminal(os.Stdout)}.print(f, d, c)
	if err := out.Flush(); err != nil {
		return err
	}
	switch {
	case d.SetAside == d.Rows:
		return exit(1)
	case !d.AsGiven():
		return exitNotAsGiven
	}
	return nil
}

// differentFiles sees to it that the lines set aside do not overwrite the file they come from.
func differentFiles(file, setAside string) error {
	from, err := os.Stat(file)
	if err != nil || setAside == "" {
		return err
	}
	if to, err := os.Stat(setAside); err == nil && os.SameFile(from, to) {
		return errors.New("the lines set aside would overwrite the file itself; name another file after --set-aside")
	}
	return nil
}

// difference compares, and imports unless it is a dry run. A dry run makes no installation.
func (c importPeopleCommand) difference(ctx context.Context, flags *house.Flags, f *peoplefile.File) (d *peoplefile.Difference, err error) {
	if config := flags.Config(); c.DryRun && config.Database == "" {
		if _, err := os.Stat(config.DatabaseAddress()); errors.Is(err, os.ErrNotExist) {
			return c.inAnEmptyInstallation(f), nil
		}
	}
	store, err := flags.Config().OpenStore(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if c.DryRun {
		return db.Read(ctx, store, func(tx *db.Tx) (*peoplefile.Difference, error) {
			o, err := c.organisation(tx)
			if err != nil {
				return nil, err
			}
			if o.ID == "" {
				return c.inAnEmptyInstallation(f), nil
			}
			return org.Difference(tx, org.Operator(o.ID), f, c.Complete)
		})
	}
	bar := newBar(os.Stderr)
	defer bar.end()
	d, err = db.Write(ctx, store, func(tx *db.Tx) (*peoplefile.Difference, error) { return c.write(tx, f, bar.show) })
	if err != nil && ctx.Err() != nil {
		return nil, errors.New("interrupted; nothing was written")
	}
	return d, err
}

func (c importPeopleCommand) inAnEmptyInstallation(f *peoplefile.File) *peoplefile.Difference {
	n := 0
	return peoplefile.Compare(f, nil, peoplefile.CompareOptions{Complete: c.Complete, NewKey: func() string {
		n++
		return fmt.Sprint(n)
	}})
}

func (c importPeopleCommand) write(tx *db.Tx, f *peoplefile.File, progress func(done, total int)) (*peoplefile.Difference, error) {
	o, err := c.organisation(tx)
	if err != nil {
		return nil, err
	}
	if o.ID == "" {
		if d := c.inAnEmptyInstallation(f); d.New == 0 {
			return d, nil
		}
		if o, err = org.Found(tx, o.Name, c.TimeZone, false); err != nil {
			return nil, err
		}
	}
	me := org.Operator(o.ID)
	d, err := org.Import(tx, me, f, c.Complete, progress)
	if err != nil || c.Administrator == "" {
		return d, err
	}
	p, err := org.UnscopedByEmail(tx, o.ID, c.Administrator)
	if err != nil {
		return nil, fmt.Errorf("nobody here has the e-mail %s, so nobody was appointed, and nothing was written", c.Administrator)
	}
	return d, org.Appoint(tx, me, p, true)
}

// organisation is the one that the file is for; without an id, one that is to be made.
func (c importPeopleCommand) organisation(tx *db.Tx) (org.Organisation, error) {
	all, err := org.UnscopedOrganisations(tx)
	if err != nil {
		return org.Organisation{}, err
	}
	if len(all) == 0 {
		return org.Organisation{Name: c.newName()}, nil
	}
	var names []string
	for _, o := range all {
		if strings.EqualFold(o.Name, strings.TrimSpace(c.Organisation)) || len(all) == 1 && c.Organisation == "" {
			if o.Alone {
				return o, errors.New("this installation is for one person alone; people are brought into one that is set up for an organisation")
			}
			return o, nil
		}
		names = append(names, o.Name)
	}
	return org.Organisation{}, fmt.Errorf("say which organisation, with --organisation: %s", strings.Join(names, ", "))
}

// newName is the name of a new organisation, taken from the file where none is given.
func (c importPeopleCommand) newName() string {
	if name := strings.TrimSpace(c.Organisation); name != "" {
		return name
	}
	base := filepath.Base(c.File)
	name := strings.Join(strings.FieldsFunc(strings.TrimSuffix(base, filepath.Ext(base)), func(r rune) bool {
		return r == '-' || r == '_' || r == ' ' || r == '.'
	}), " ")
	if name == "" {
		return "Our organisation"
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

func (c importPeopleCommand) writeSetAside(d *peoplefile.Difference, f *peoplefile.File) error {
	if c.SetAside == "" || d.SetAside == 0 {
		return nil
	}
	file, err := os.OpenFile(c.SetAside, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(d.WriteSetAside(file, f), file.Close())
}

func isTerminal(f *os.File) bool { return isatty.IsTerminal(f.Fd()) }

// bar shows on a terminal how far a long piece of work is.
type bar struct {
	to    io.Writer
	drawn bool
}

func newBar(f *os.File) *bar {
	if !isTerminal(f) {
		return &bar{}
	}
	return &bar{to: f}
}

func (b *bar) show(done, total int) {
	if b.to == nil || total < 2000 {
		return
	}
	const width = 40
	n := done * width / max(total, 1)
	fmt.Fprintf(b.to, "\r[%s%s] %3d %%", strings.Repeat("=", n), strings.Repeat(" ", width-n), done*100/max(total, 1))
	b.drawn = true
}

func (b *bar) end() {
	if b.drawn {
		fmt.Fprint(b.to, "\r\033[K")
	}
}
