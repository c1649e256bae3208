package web

import (
	"bytes"
	"errors"

	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/skill"
	"github.com/ownward/ownward/internal/skillfile"
)

// skillImporting is where a list of skills is sent.
type skillImporting struct {
	File, Lines Field
	Most        int // MB
}

// skillPreview says what a list that was sent would do.
type skillPreview struct {
	Path, Name   string
	Trouble      string // why nothing of it can be used
	Form         string // of the file
	Summary      string
	Nothing      bool
	SetAside     int
	New, Changed some[skill.Line]
	Problems     some[skillfile.Problem]
	Columns      []Field
	Unused       []string
}

var (
	skillImportingPage = declare[skillImporting]("skills-import.html")
	skillPreviewPage   = declare[skillPreview]("skills-preview.html", "sent-file.html")
)

var saidListed = says("The list is in. Everybody can choose from it.")

const skillImportPath = "/organisation/skills/import"

func newSkillImport(c *call) (view, error) {
	main := skillImporting{Most: skillfile.MostBytes >> 20}
	main.File = c.form.field(Field{Name: "file", Label: "List of skills", Type: "file",
		Hint: "A CSV or a spreadsheet (.xlsx), up to 32 MB. A header line names the columns."}, "")
	main.Lines = c.form.field(Field{Name: "lines", Label: "Or paste the lines", Type: "textarea", Rows: 5,
		Hint: "Straight from a spreadsheet, with the line that names the columns."}, "")
	return skillImportingPage.show(c, "Import skills", "organisation", main)
}

func sendSkillImport(c *call) (string, error) {
	name, content, err := c.sentFile("Please choose a file, or paste the lines.")
	if err != nil {
		return "", err
	}
	sent := skill.File{Name: or(name, "Pasted lines"), Content: content}
	id, err := skill.KeepFile(c.tx, c.me, sent)
	return skillImportPath + "/" + string(id), err
}

func previewSkillImport(c *call) (view, error) {
	sent, err := skill.FileByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := skillPreview{Path: skillImportPath + "/" + string(sent.ID), Name: sent.Name}
	f, err := sent.Read()
	var unreadable *skillfile.ReadError
	if errors.As(err, &unreadable) {
		main.Trouble = unreadable.Message
		main.choose(unreadable.Header, sent.Columns, nil)
		return skillPreviewPage.show(c, "Import skills", "organisation", main)
	}
	if err != nil {
		return view{}, err
	}
	d, err := skill.Compare(c.tx, c.me, f)
	if err != nil {
		return view{}, err
	}
	main.Form, main.Unused = f.Form, f.Unused
	main.choose(f.Header, sent.Columns, f)
	main.Summary, main.Nothing, main.SetAside = d.Summary(), d.Nothing(), d.SetAside
	for _, each := range d.Changes {
		if each.IsNew {
			main.New.add(each, mostPreviewed)
		} else {
			main.Changed.add(each, mostPreviewed)
		}
	}
	for _, each := range d.Problems {
		main.Problems.add(each, mostProblems)
	}
	return skillPreviewPage.show(c, "Import skills", "organisation", main)
}

// choose offers the columns of the file for each field; f is nil when they were not understood.
func (p *skillPreview) choose(header []string, chosen map[string]string, f *skillfile.File) {
	p.Columns = columnFields(skillfile.Fields(), header, chosen, func(field skillfile.Field) string {
		if f == nil {
			return ""
		}
		return f.Column(field)
	})
}

func chooseSkillColumns(c *call) (string, error) {
	columns := chosenColumns(c, skillfile.Fields())
	id := c.id("id")
	return skillImportPath + "/" + string(id), skill.ReadFileAgain(c.tx, c.me, id, columns)
}

func confirmSkillImport(c *call) (string, error) {
	c.say(saidListed)
	return "/organisation/skills", skill.ImportFile(c.tx, c.me, c.id("id"), c.text("seen"))
}

func discardSkillImport(c *call) (string, error) {
	c.say(saidDiscarded)
	return skillImportPath, skill.RemoveFile(c.tx, c.me, c.id("id"))
}

// skillsSetAside is a download of the lines that would not come in, with a column that says why.
func skillsSetAside(c *call) (view, error) {
	sent, err := skill.FileByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	f, err := sent.Read()
	if err != nil {
		return view{}, problem.Refused(err.Error())
	}
	var b bytes.Buffer
	if err := f.WriteSetAside(&b); err != nil {
		return view{}, err
	}
	return setAsideFile(b.Bytes()), nil
}
