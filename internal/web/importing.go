package web

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/peoplefile"
	"github.com/ownward/ownward/internal/problem"
)

// importing is where a people file is sent.
type importing struct {
	File, Lines, Complete Field
	Most                  int // MB
}

var importingPage = declare[importing]("importing.html")

var saidImported = says("The file is in. Nobody was written to: invite people when you are ready.")

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
	sent := org.SentFile{Name: or(name, "Pasted lines"), Content: content, Complete: c.text("complete") == "yes"}
	id, err := org.KeepPeopleFile(c.tx, c.me, sent)
	return "/organisation/import/" + string(id), err
}

func previewImport(c *call) (view, error) {
	sent, err := org.SentFileByID(c.tx, c.me, org.SentPeople, c.id("id"))
	if err != nil {
		return view{}, err
	}
	complete := completeField
	if sent.Complete {
		complete.Value = "yes"
	}
	main := sentPreview{Path: "/organisation/import/" + string(sent.ID), Back: "/organisation/import", BackName: "Import people", Command: "ownward import people", Name: sent.Name, Complete: &complete}
	f, err := sent.People(c.tx)
	var unreadable *peoplefile.ReadError
	if errors.As(err, &unreadable) {
		main.Trouble = unreadable.Message
		main.Columns = columnsOfPeople(unreadable.Header, sent.Columns, nil)
		return sentPage.show(c, "Import people", "organisation", main)
	}
	if err != nil {
		return view{}, err
	}
	d, err := org.Difference(c.tx, c.me, f, sent.Complete)
	if err != nil {
		return view{}, err
	}
	main.ReadAs, main.Unused = f.Encoding, f.Unused
	main.Columns = columnsOfPeople(f.Header, sent.Columns, f)
	main.tellOfPeople(d)
	return sentPage.show(c, "Import people", "organisation", main)
}

// tellOfPeople fills in what would change.
func (p *sentPreview) tellOfPeople(d *peoplefile.Difference) {
	p.Summary, p.Warning, p.Nothing, p.SetAside = d.Summary(), d.Warning(), d.Nothing(), d.SetAside
	added, changed, leaving := sentGroup{Title: "New"}, sentGroup{Title: "Changed"}, sentGroup{Title: "Leaving"}
	for _, each := range d.People {
		name := each.Values[peoplefile.FullName]
		switch each.Outcome {
		case peoplefile.New:
			what := or(each.Values[peoplefile.Email], "cannot sign in yet")
			if each.Manager != nil {
				what += ", under " + each.Manager.Values[peoplefile.FullName]
			}
			added.add(sentLine{name, what}, mostPreviewed)
		case peoplefile.Changed:
			var what []string
			for _, c := range each.Changes {
				what = append(what, fmt.Sprintf("%s: %s → %s", c.Field, or(c.Old, "nothing"), or(c.New, "nothing")))
			}
			changed.add(sentLine{name, strings.Join(what, "; ")}, mostPreviewed)
		case peoplefile.Leaving:
			what := "not in the file"
			if each.Row != nil {
				what = "line " + strconv.Itoa(each.Row.Line)
			}
			leaving.add(sentLine{name, what}, mostPreviewed)
		}
	}
	p.Groups = []sentGroup{leaving, changed, added}
	for _, each := range d.Problems {
		p.Problems.add(sentProblem{placeOf(each.Line, each.Column, each.Value), strings.TrimSpace(each.Reason + " " + each.WayOut)}, mostProblems)
	}
}

// columnsOfPeople offers the columns of the file for each field. f says how they were understood; it is
// nil when they were not.
func columnsOfPeople(header []string, chosen map[string]string, f *peoplefile.File) []Field {
	return columnFields(peoplefile.Fields(), header, chosen, func(field peoplefile.Field) string {
		if f == nil || f.Columns[field] < 0 {
			return ""
		}
		return f.Header[f.Columns[field]]
	})
}

func chooseColumns(c *call) (string, error) {
	columns := chosenColumns(c, peoplefile.Fields())
	id := c.id("id")
	return "/organisation/import/" + string(id), org.ReadSentFileAgain(c.tx, c.me, org.SentPeople, id, columns, c.text("complete") == "yes")
}

func confirmImport(c *call) (string, error) {
	c.say(saidImported)
	return "/organisation/people", org.ImportPeopleFile(c.tx, c.me, c.id("id"), c.text("seen"))
}

func discardImport(c *call) (string, error) {
	c.say(saidDiscarded)
	return "/organisation/import", org.RemoveSentFile(c.tx, c.me, org.SentPeople, c.id("id"))
}

// setAside is a download of the lines that would not come in, with a column that says why.
func setAside(c *call) (view, error) {
	sent, err := org.SentFileByID(c.tx, c.me, org.SentPeople, c.id("id"))
	if err != nil {
		return view{}, err
	}
	f, err := sent.People(c.tx)
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
