package web

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/peoplefile"
	"github.com/ownward/ownward/internal/problem"
)

// importing is where a people file is sent.
type importing struct {
	File, Lines, Complete Field
	Most                  int // MB
}

// preview says what a people file that was sent would do.
type preview struct {
	Path     string
	Name     string
	Trouble  string // why nothing of it can be used
	Encoding string
	Summary  string
	Warning  string
	AsGiven  bool
	Nothing  bool
	SetAside int

	New, Changed, Leaving some[previewed]
	Problems              some[peoplefile.Problem]

	Columns  []Field
	Complete Field
	Unused   []string
}

// some is the beginning of a long list.
type some[T any] struct {
	All  int
	Show []T
}

// More is how many are not shown, in words for people; empty when all are.
func (s some[T]) More() string {
	if s.All == len(s.Show) {
		return ""
	}
	return peoplefile.Count(s.All - len(s.Show))
}

// Count is how many there are, in words for people.
func (s some[T]) Count() string { return peoplefile.Count(s.All) }

func (s *some[T]) add(one T, most int) {
	if s.All++; len(s.Show) < most {
		s.Show = append(s.Show, one)
	}
}

// previewed is a person in a preview.
type previewed struct {
	Name, Email, Manager string
	Line                 int // 0: not in the file
	Changes              []peoplefile.Change
}

var (
	importingPage = declare[importing]("importing.html")
	previewPage   = declare[preview]("importing-preview.html", "sent-file.html")
)

var (
	saidImported  = says("The file is in. Nobody was written to: invite people when you are ready.")
	saidDiscarded = says("The file is removed, and nothing was changed.")
)

func newImport(c *call) (view, error) {
	main := importing{Most: org.MostPeopleFile >> 20}
	main.File = c.form.field(Field{Name: "file", Label: "People file", Type: "file",
		Hint: fmt.Sprintf("A CSV export, up to %d MB. A header line names the columns.", main.Most)}, "")
	main.Lines = c.form.field(Field{Name: "lines", Label: "Or paste the lines", Type: "textarea", Rows: 5,
		Hint: "Straight from a spreadsheet, with the line that names the columns."}, "")
	main.Complete = c.form.field(completeField, "")
	return importingPage.show(c, "Import people", "organisation", main)
}

var completeField = Field{Name: "complete", Label: "The file names everybody", Type: "checkbox",
	Hint: "Whom an earlier file brought and this one does not name has left. People added by hand stay."}

func sendImport(c *call) (string, error) {
	name, content, err := c.sentFile("Please choose a file, or paste the lines.")
	if err != nil {
		return "", err
	}
	sent := org.PeopleFile{Name: or(name, "Pasted lines"), Content: content, Complete: c.text("complete") == "yes"}
	id, err := org.KeepPeopleFile(c.tx, c.me, sent)
	return "/organisation/import/" + string(id), err
}

const (
	mostPreviewed = 50
	mostProblems  = 200
)

func previewImport(c *call) (view, error) {
	sent, err := org.PeopleFileOf(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := preview{Path: "/organisation/import/" + string(sent.ID), Name: sent.Name}
	main.Complete = completeField
	if sent.Complete {
		main.Complete.Value = "yes"
	}
	f, err := sent.Read(c.tx)
	var unreadable *peoplefile.ReadError
	if errors.As(err, &unreadable) {
		main.Trouble = unreadable.Message
		main.choose(unreadable.Header, sent.Columns, nil)
		return previewPage.show(c, "Import people", "organisation", main)
	}
	if err != nil {
		return view{}, err
	}
	d, err := org.Difference(c.tx, c.me, f, sent.Complete)
	if err != nil {
		return view{}, err
	}
	main.Encoding, main.Unused = f.Encoding, f.Unused
	main.choose(f.Header, sent.Columns, f)
	main.tell(d)
	return previewPage.show(c, "Import people", "organisation", main)
}

// tell fills in what would change.
func (p *preview) tell(d *peoplefile.Difference) {
	p.Summary, p.Warning, p.AsGiven, p.Nothing, p.SetAside = d.Summary(), d.Warning(), d.AsGiven(), d.Nothing(), d.SetAside
	for _, each := range d.People {
		one := previewed{Name: each.Values[peoplefile.FullName], Email: each.Values[peoplefile.Email], Changes: each.Changes}
		if each.Manager != nil {
			one.Manager = each.Manager.Values[peoplefile.FullName]
		}
		if each.Row != nil {
			one.Line = each.Row.Line
		}
		switch each.Outcome {
		case peoplefile.New:
			p.New.add(one, mostPreviewed)
		case peoplefile.Changed:
			p.Changed.add(one, mostPreviewed)
		case peoplefile.Leaving:
			p.Leaving.add(one, mostPreviewed)
		}
	}
	for _, each := range d.Problems {
		p.Problems.add(each, mostProblems)
	}
}

// choose offers the columns of the file for each field. f says how they were understood; it is
// nil when they were not.
func (p *preview) choose(header []string, chosen map[string]string, f *peoplefile.File) {
	p.Columns = columnFields(peoplefile.Fields(), header, chosen, func(field peoplefile.Field) string {
		if f == nil || f.Columns[field] < 0 {
			return ""
		}
		return f.Header[f.Columns[field]]
	})
}

func chooseColumns(c *call) (string, error) {
	columns := chosenColumns(c, peoplefile.Fields())
	id := c.id("id")
	return "/organisation/import/" + string(id), org.ReadAgain(c.tx, c.me, id, columns, c.text("complete") == "yes")
}

func confirmImport(c *call) (string, error) {
	c.say(saidImported)
	return "/organisation/people", org.ImportPeopleFile(c.tx, c.me, c.id("id"), c.text("seen"))
}

func discardImport(c *call) (string, error) {
	c.say(saidDiscarded)
	return "/organisation/import", org.RemovePeopleFile(c.tx, c.me, c.id("id"))
}

// setAside is a download of the lines that would not come in, with a column that says why.
func setAside(c *call) (view, error) {
	sent, err := org.PeopleFileOf(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	f, err := sent.Read(c.tx)
	if err != nil {
		return view{}, problem.Refused(err.Error())
	}
	d, err := org.Difference(c.tx, c.me, f, sent.Complete)
	if err != nil {
		return view{}, err
	}
	var b bytes.Buffer
	if err := d.WriteSetAside(&b, f); err != nil {
		return view{}, err
	}
	return setAsideFile(b.Bytes()), nil
}
