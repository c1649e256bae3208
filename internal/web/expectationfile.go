package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/ladderfile"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// frameworks is what administrators see of the roles, and where they send a file.
type frameworks struct {
	Frameworks []frameworkOf
	Versions   []roleStands
	Unmatched  string
	File       Field
	Lines      Field
	Faults     []ladderfile.Problem // why the file that was sent is refused
}

type roleStands struct {
	Framework, Name, Href, Source, By string
	Version                           int64
	Levels                            int
	MadeAt                            time.Time
}

type rolePreview struct {
	Name, Says string
	Changes    some[expectation.Change]
}

// jobs is where administrators say which role a job stands for.
type jobs struct {
	Unknown, Known []jobLine
	Roles          bool // there are any
	Job, Stands    Field
}

type jobLine struct {
	Href, Title, Level, People string
	Role                       string // with its level
	Said                       bool
}

var (
	frameworksPage = declare[frameworks]("organisation-expectations.html")
	jobsPage       = declare[jobs]("organisation-jobs.html")
)

var (
	saidExpectations = says("The roles are in. Look whether every job stands for one of them.")
	saidMatched      = says("Kept. Those with this job see it at once.")
)

func showFrameworks(c *call) (view, error) {
	roles, err := expectation.OrganisationRoles(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	jobs, err := expectation.Jobs(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := frameworks{
		File:  c.form.field(Field{Name: "file", Label: "File of expectations", Type: "file", Hint: fmt.Sprintf("YAML, Markdown with front matter or CSV, up to %d MB.", ladderfile.MostFile>>20)}, ""),
		Lines: c.form.field(Field{Name: "lines", Label: "Or paste its text", Type: "textarea", Rows: 5}, ""),
	}
	if sent := c.text("lines"); c.form.Any() && sent != "" {
		var refused *ladderfile.ReadError
		if _, err := ladderfile.Read(pastedName, []byte(sent)); errors.As(err, &refused) {
			main.Faults = refused.Problems
		}
	}
	for _, r := range roles {
		main.Versions = append(main.Versions, roleStands{r.Framework, r.Name, roleHref(r), r.Version.Source, r.Version.ByName, r.Version.Number, len(r.Levels), r.Version.MadeAt})
	}
	unmatched := 0
	for _, j := range jobs {
		if !j.Known && !j.Said {
			unmatched++
		}
	}
	if unmatched > 0 && len(roles) > 0 {
		main.Unmatched = manyOf(unmatched, "job stands for no role yet", "jobs stand for no role yet")
	}
	return frameworksPage.show(c, "Expectations", "organisation", main)
}

const pastedName = "Pasted text"

func sendExpectations(c *call) (string, error) {
	name, content, err := c.sentFile("Please choose a file, or paste its text.")
	if err != nil {
		return "", err
	}
	if len(content) > ladderfile.MostFile {
		return "", problem.Invalid{"file": fmt.Sprintf("This is larger than %d MB: that is no file of expectations.", ladderfile.MostFile>>20)}
	}
	sent := org.SentFile{Name: or(name, pastedName), Content: content}
	id, err := expectation.KeepFile(c.tx, c.me, sent)
	var refused *ladderfile.ReadError
	if errors.As(err, &refused) {
		return "", problem.Invalid{"file": refusal(sent.Name, refused)}
	}
	return "/organisation/expectations/" + string(id), err
}

// refusal says why a file is not taken: its first faults, with their lines.
func refusal(name string, refused *ladderfile.ReadError) string {
	const most = 10
	said := name + " is not taken, and nothing of it is kept."
	for i, p := range refused.Problems {
		if i == most {
			said += " And more."
			break
		}
		line := p.Reason
		if p.Line > 0 {
			line = "Line " + strconv.Itoa(p.Line) + ": " + p.Reason
		} else {
			line = capital(line)
		}
		said += " " + line + "."
	}
	return said
}

func previewExpectations(c *call) (view, error) {
	sent, err := org.SentFileByID(c.tx, c.me, org.SentExpectations, c.id("id"))
	if err != nil {
		return view{}, err
	}
	f, err := expectation.ReadFile(sent)
	if err != nil {
		return view{}, problem.Refused(err.Error())
	}
	d, err := expectation.Differ(c.tx, c.me, f)
	if err != nil {
		return view{}, err
	}
	main := sentPreview{Path: "/organisation/expectations/" + string(sent.ID), Back: "/organisation/expectations", BackName: "Expectations", Command: "ownward import expectations",
		Name: sent.Name, ReadAs: f.Shape, Summary: d.Summary(), Nothing: d.Nothing(), Unused: f.Unused}
	for _, r := range d.Roles {
		one := rolePreview{Name: r.Name, Says: saysOfRole(r)}
		for _, change := range r.Changes {
			one.Changes.add(change, mostProblems)
		}
		main.Roles = append(main.Roles, one)
	}
	return sentPage.show(c, "Expectations", "organisation", main)
}

func saysOfRole(r expectation.RoleDifference) string {
	size := manyOf(r.Levels, "level", "levels") + ", " + manyOf(r.Asks, "expectation", "expectations")
	switch {
	case r.New():
		return "New: " + size + "."
	case r.Retires:
		return "No longer in the file. It stands for nobody any more; what somebody was measured against stays."
	case r.Same():
		return "As before: version " + strconv.FormatInt(r.Version, 10) + "."
	case r.Returns && len(r.Changes) == 0:
		return "Comes back as it was."
	}
	return "Becomes version " + strconv.FormatInt(r.Version, 10) + ": " + size + "."
}

func manyOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func confirmExpectations(c *call) (string, error) {
	c.say(saidExpectations)
	return "/organisation/expectations", expectation.ImportFile(c.tx, c.me, c.id("id"), c.text("seen"))
}

func discardExpectations(c *call) (string, error) {
	c.say(saidDiscarded)
	return "/organisation/expectations", org.RemoveSentFile(c.tx, c.me, org.SentExpectations, c.id("id"))
}

func showJobs(c *call) (view, error) {
	all, err := expectation.Jobs(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	roles, err := expectation.OrganisationRoles(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := jobs{Roles: len(roles) > 0, Job: Field{Name: "job", Label: "The job", Type: "select"}}
	stands := "names"
	for _, j := range all {
		line := jobLineOf(j)
		main.Job.Options = append(main.Job.Options, Option{Value: jobKey(j), Label: join2(j.Title, j.Level)})
		if jobKey(j) == c.text("job") {
			stands = standsFor(j)
		}
		if j.Known && j.Standing.Level.Key != "" || j.Said {
			main.Known = append(main.Known, line)
		} else {
			main.Unknown = append(main.Unknown, line)
		}
	}
	main.Job = c.form.field(main.Job, c.text("job"))
	main.Stands = c.form.field(standsField(roles), stands)
	return jobsPage.show(c, "Jobs and roles", "organisation", main)
}

func jobLineOf(j expectation.Job) jobLine {
	line := jobLine{Href: "/organisation/expectations/jobs?job=" + jobKey(j) + "#match", Title: j.Title, Level: j.Level, People: manyOf(int(j.People), "person", "people"), Said: j.Said}
	if j.Known {
		line.Role = join2(j.Role.Name, j.Standing.Level.Name)
	}
	return line
}

func join2(one, other string) string {
	if other == "" {
		return one
	}
	return one + ", " + other
}

// jobKey names a job in an address without its words.
func jobKey(j expectation.Job) string {
	sum := sha256.Sum256([]byte(j.Title + "\x00" + j.Level))
	return hex.EncodeToString(sum[:8])
}

// standsField offers each level of each role.
func standsField(roles []expectation.Role) Field {
	f := Field{Name: "stands", Label: "Stands for", Type: "select", Options: []Option{{Value: "names", Label: "What the names say"}, {Value: "none", Label: "None of the roles"}}}
	for _, r := range roles {
		f.Options = append(f.Options, Option{Value: string(r.ID) + ":0", Label: r.Name + ", level not said"})
		for _, l := range r.Levels {
			f.Options = append(f.Options, Option{Value: string(r.ID) + ":" + strconv.FormatInt(l.Position+1, 10), Label: r.Name + ", " + l.Name})
		}
	}
	return f
}

// standsFor is the choice that stands for a job.
func standsFor(j expectation.Job) string {
	switch {
	case !j.Said:
		return "names"
	case !j.Known:
		return "none"
	case j.Standing.Level.Key == "":
		return string(j.Role.ID) + ":0"
	}
	return string(j.Role.ID) + ":" + strconv.FormatInt(j.Standing.Level.Position+1, 10)
}

func matchJob(c *call) (string, error) {
	const where = "/organisation/expectations/jobs"
	all, err := expectation.Jobs(c.tx, c.me)
	if err != nil {
		return where, err
	}
	i := slices.IndexFunc(all, func(j expectation.Job) bool { return jobKey(j) == c.text("job") })
	if i < 0 {
		return where, problem.Invalid{"job": "Please choose a job."}
	}
	j := all[i]
	c.say(saidMatched)
	switch stands := c.text("stands"); stands {
	case "names":
		return where, expectation.Unmatch(c.tx, c.me, j.Title, j.Level)
	case "none":
		return where, expectation.Match(c.tx, c.me, j.Title, j.Level, "", "")
	default:
		role, key, err := c.levelNamed(stands)
		if err != nil {
			return where, err
		}
		return where, expectation.Match(c.tx, c.me, j.Title, j.Level, role, key)
	}
}

// levelNamed reads "role:level", the level counted from 1, 0 for none.
func (c *call) levelNamed(text string) (db.ID, string, error) {
	roles, err := expectation.OrganisationRoles(c.tx, c.me)
	if err != nil {
		return "", "", err
	}
	for _, r := range roles {
		if text == string(r.ID)+":0" {
			return r.ID, "", nil
		}
		for _, l := range r.Levels {
			if text == string(r.ID)+":"+strconv.FormatInt(l.Position+1, 10) {
				return r.ID, l.Key, nil
			}
		}
	}
	return "", "", problem.NotFound
}
