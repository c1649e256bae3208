package web

import (
	"bytes"
	"errors"
	"strconv"

	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/skill"
	"github.com/ownward/ownward/internal/skillfile"
)

// skillImporting is where a list of skills is sent.
type skillImporting struct {
	File, Lines Field
	Most        int // MB
}

var skillImportingPage = declare[skillImporting]("skills-import.html")

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
	sent := org.SentFile{Name: or(name, "Pasted lines"), Content: content}
	id, err := skill.KeepFile(c.tx, c.me, sent)
	return skillImportPath + "/" + string(id), err
}

func previewSkillImport(c *call) (view, error) {
	sent, err := org.SentFileByID(c.tx, c.me, org.SentSkills, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := sentPreview{Path: skillImportPath + "/" + string(sent.ID), Back: skillImportPath, BackName: "Import skills", Command: "ownward import skills", Name: sent.Name}
	f, err := skill.ReadFile(sent)
	var unreadable *skillfile.ReadError
	if errors.As(err, &unreadable) {
		main.Trouble = unreadable.Message
		main.Columns = columnsOfSkills(unreadable.Header, sent.Columns, nil)
		return sentPage.show(c, "Import skills", "organisation", main)
	}
	if err != nil {
		return view{}, err
	}
	d, err := skill.Compare(c.tx, c.me, f)
	if err != nil {
		return view{}, err
	}
	main.ReadAs, main.Unused = f.Form, f.Unused
	main.Columns = columnsOfSkills(f.Header, sent.Columns, f)
	main.Summary, main.Nothing, main.SetAside = d.Summary(), d.Nothing(), d.SetAside
	added, changed := sentGroup{Title: "New"}, sentGroup{Title: "Changed"}
	for _, each := range d.Changes {
		line := "line " + strconv.Itoa(each.At)
		if each.IsNew {
			added.add(sentLine{each.Name, line}, mostPreviewed)
		} else {
			changed.add(sentLine{each.Name, line + ": " + each.What}, mostPreviewed)
		}
	}
	main.Groups = []sentGroup{changed, added}
	for _, each := range d.Problems {
		main.Problems.add(sentProblem{placeOf(each.Line, each.Column, each.Value), each.Reason}, mostProblems)
	}
	return sentPage.show(c, "Import skills", "organisation", main)
}

// columnsOfSkills offers the columns of the file for each field; f is nil when they were not understood.
func columnsOfSkills(header []string, chosen map[string]string, f *skillfile.File) []Field {
	return columnFields(skillfile.Fields(), header, chosen, func(field skillfile.Field) string {
		if f == nil {
			return ""
		}
		return f.Column(field)
	})
}

func chooseSkillColumns(c *call) (string, error) {
	columns := chosenColumns(c, skillfile.Fields())
	id := c.id("id")
	return skillImportPath + "/" + string(id), org.ReadSentFileAgain(c.tx, c.me, org.SentSkills, id, columns, false)
}

func confirmSkillImport(c *call) (string, error) {
	c.say(saidListed)
	return "/organisation/skills", skill.ImportFile(c.tx, c.me, c.id("id"), c.text("seen"))
}

func discardSkillImport(c *call) (string, error) {
	c.say(saidDiscarded)
	return skillImportPath, org.RemoveSentFile(c.tx, c.me, org.SentSkills, c.id("id"))
}

// skillsSetAside is a download of the lines that would not come in, with a column that says why.
func skillsSetAside(c *call) (view, error) {
	sent, err := org.SentFileByID(c.tx, c.me, org.SentSkills, c.id("id"))
	if err != nil {
		return view{}, err
	}
	f, err := skill.ReadFile(sent)
	if err != nil {
		return view{}, problem.Refused(err.Error())
	}
	var b bytes.Buffer
	if err := f.WriteSetAside(&b); err != nil {
		return view{}, err
	}
	return setAsideFile(b.Bytes()), nil
}
