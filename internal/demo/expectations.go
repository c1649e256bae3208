package demo

import (
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/direction"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/ladderfile"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// expectations plans what roles ask for and where everybody is heading: two files that the
// administrator brings in, one of them again when it was changed; a role that a manager adapts;
// where somebody saw themselves before the change and after it; directions.
func (t *telling) expectations() {
	t.of = "expectations"
	t.framework(-330, "drives.yaml", "Leads single nights.", "Does one night alone.")
	t.framework(-328, "ropes.md")
	t.framework(-120, "drives.yaml")
	t.does("wanjiru", t.when(-327, morning, "wanjiru"), "jobs", func(tx *db.Tx, me org.Actor) error {
		return t.jobs(tx, me)
	})
	t.assess(-260, "Before the talk with Ruud. I would have said less about the council if he had asked.", 3, 4, 2, 1, 2, 1)
	t.does("sunniva", t.when(-96, morning, "sunniva"), "adaptation", t.adapt)
	t.assess(-21, "After Sant'Orsola. The nights are mine now; the hour with the council is still Amparo's.", 5, 4, 3, 3, 2, 2, 1)
	t.heading(-300, "elettra", direction.Manager, "", "Fewer new lines, and every line that we have built still running in thirty years. We answer the telephone for the ones that others built, too.")
	t.heading(-298, "wanjiru", direction.Organisation, "", "We build small railways that a town can look after by itself. In three years each of our lines has two people in its own town who can do what only we can do today.")
	t.heading(-200, "sunniva", direction.Department, "Drives and Controls", "Two more people who can commission a line by next year, so that nobody has to be at every first night. We leave half of the new test bench aside for it.")
	t.does("salome", t.when(-190, evening, "salome"), "what a goal serves", t.serve)
}

// framework plans that the administrator brings a file in, as it was before some words were changed.
func (t *telling) framework(on day, name string, changed ...string) {
	t.does("wanjiru", t.when(on, morning, "wanjiru"), name, func(tx *db.Tx, me org.Actor) error {
		raw, err := files.ReadFile("expectations/" + name)
		if err != nil {
			return err
		}
		text := strings.NewReplacer(changed...).Replace(string(raw))
		if len(changed) > 0 {
			text = strings.Replace(text, "          - {skill: Planning a night shift, level: 4, shows: \"Tests, people, soup and the last bus.\"}\n", "", 1)
			text = strings.Replace(text, "          - {skill: Explaining to people who are not engineers, level: 2}\n", "", 1)
		}
		f, err := ladderfile.Read(name, []byte(text))
		if err != nil {
			return err
		}
		_, err = expectation.Import(tx, me, f, name, func(int, int) {})
		return err
	})
}

// jobs says what the job of the head of drives stands for: the names do not.
func (t *telling) jobs(tx *db.Tx, me org.Actor) error {
	role, err := t.roleNamed(tx, me, "Controls engineer")
	if err != nil {
		return err
	}
	for _, job := range []struct{ title, level string }{{"Commissioning engineer", "3"}, {"Head of Drives and Controls", "4"}} {
		at := "line"
		if job.level == "4" {
			at = "trade"
		}
		if err := expectation.Match(tx, me, job.title, job.level, role, at); err != nil {
			return err
		}
	}
	return nil
}

func (t *telling) roleNamed(tx *db.Tx, me org.Actor, name string) (db.ID, error) {
	roles, err := expectation.Roles(tx, me)
	for _, r := range roles {
		if r.Name == name {
			return r.ID, err
		}
	}
	return "", err
}

// assess plans that Salome notes where she stands: one figure for each thing that is expected.
func (t *telling) assess(on day, note string, stands ...int64) {
	t.does("salome", t.when(on, evening, "salome"), "assessment", func(tx *db.Tx, me org.Actor) error {
		today, err := expectation.Today(tx, me)
		if err != nil {
			return err
		}
		asks, err := expectation.At(tx, me, today.Role, today.Level.Key)
		if err != nil {
			return err
		}
		in := expectation.AssessmentInput{Version: today.Role.Version.Number, Note: note}
		for i := range asks {
			said := int64(expectation.NotSaid)
			if i < len(stands) {
				said = stands[i]
			}
			in.Stands = append(in.Stands, said)
		}
		_, err = expectation.Assess(tx, me, today.Role.ID, today.Level.Key, in)
		return err
	})
}

// adapt lets Sunniva say in her own words what the second level of her engineers asks for.
func (t *telling) adapt(tx *db.Tx, me org.Actor) error {
	id, err := t.roleNamed(tx, me, "Controls engineer")
	if err != nil {
		return err
	}
	mine, err := expectation.Adapt(tx, me, id)
	if err != nil {
		return err
	}
	text, err := expectation.TextOf(tx, me, mine, 1)
	if err != nil {
		return err
	}
	in, _ := text.Level("own")
	in.Lines += "# Together\n- Reads one colleague's settings aloud with them each month.\n"
	return expectation.WriteLevel(tx, me, mine.ID, 1, "own", in)
}

func (t *telling) heading(on day, by string, scope direction.Scope, department, words string) {
	t.does(by, t.when(on, morning, by), "direction", func(tx *db.Tx, me org.Actor) error {
		_, err := direction.Write(tx, me, direction.Input{Scope: scope, Department: department, Words: words})
		return err
	})
}

// serve lets Salome name the direction that her first goal serves.
func (t *telling) serve(tx *db.Tx, me org.Actor) error {
	goal, err := t.thing("salome", "lead")
	if err != nil {
		return err
	}
	seen, err := direction.Seen(tx, me)
	for _, d := range seen {
		if d.Scope == direction.Department {
			return plan.ServeDirection(tx, me, goal.ID, d.ID)
		}
	}
	return err
}
