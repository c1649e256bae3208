package pitch

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// Outgoing is exactly what goes out when an ask is sent now, and nothing else.
type Outgoing struct {
	Ask      ask.Ask
	Evidence []ask.Evidence
	Sections []ask.Section
}

// Outgoing is what would go out of a pitch of the actor's now.
//
// Errors: problem.Invalid by the name of a text that cannot go out as it is, with all the rest.
func (p Pitch) Outgoing(tx *db.Tx, me org.Actor) (Outgoing, error) {
	out := Outgoing{Ask: p.Ask}
	found, err := plan.MyWins(tx, me, p.Wins)
	if err != nil {
		return out, err
	}
	files, err := p.files(tx, me, p.Wins)
	if err != nil {
		return out, err
	}
	for _, w := range found {
		out.Evidence = append(out.Evidence, ask.Evidence{Win: w.ID, Day: w.Day, Words: w.What, Effect: w.Effect, Figure: w.Figure, Files: files[w.ID]})
	}
	err = p.sections(tx, me, &out)
	slices.SortStableFunc(out.Sections, func(a, b ask.Section) int { return place(a.Name) - place(b.Name) })
	return out, err
}

func place(part ask.Part) int {
	for i, one := range ask.Enclosable {
		if one.Part == part {
			return i
		}
	}
	return len(ask.Enclosable)
}

func (o *Outgoing) add(part ask.Part, words string) {
	if words = strings.TrimSpace(words); words != "" {
		o.Sections = append(o.Sections, ask.Section{Name: part, Words: words})
	}
}

// enclose is what the parts of others add to what goes out; each puts its own in here from its own
// file.
var enclose []func(p Pitch, add func(part ask.Part, words string))

func (p Pitch) sections(tx *db.Tx, me org.Actor, out *Outgoing) error {
	out.add(ask.SecondWay, p.option(Second))
	out.add(ask.Smallest, p.option(Smallest))
	granter, err := p.granter(tx, me)
	if err != nil {
		return err
	}
	out.add(ask.Granter, granter)
	out.add(ask.Action, p.Words(Plan))
	if err := p.record(tx, me, out); err != nil {
		return err
	}
	out.add(ask.Cover, p.Words(Cover))
	r, wrong := p.Reckon() // without its figures the rest can be looked at
	options, notOne := p.OptionSentences()
	for i, part := range []ask.Part{ask.ForTeam, ask.ForCompany, ask.ForPerson} {
		words := p.Words(SideText(Sides[i], Reason))
		if g, any := p.Gain(problem.Invalid{}, Sides[i]); any && wrong == nil {
			words = strings.TrimSpace(r.GainSays(g) + "\n" + words)
		}
		out.add(part, words)
	}
	if len(r.Gains) > 0 && wrong == nil && r.Adds() {
		out.add(ask.Payback, strings.Join(append([]string{r.Sentence()}, options...), "\n"))
		out.add(ask.Assumptions, strings.Join(r.Assumed(), "\n"))
	}
	for _, each := range enclose {
		each(p, out.add)
	}
	if wrong == nil {
		wrong = notOne
	}
	return wrong
}

// Who can grant it where it is the line above its owner: they are named as they are when it goes out.
const (
	MyManager    = "my manager"
	ManagerAbove = "my manager's manager"
)

// granter says who can actually grant it.
func (p Pitch) granter(tx *db.Tx, me org.Actor) (string, error) {
	name, kind := p.Words(Named), p.Words(Granter)
	if kind == MyManager || kind == ManagerAbove {
		one, err := org.ManagerOf(tx, me)
		if err == nil && kind == ManagerAbove {
			one, err = org.ByID(tx, me, one.ManagerID)
		}
		if err != nil && !errors.Is(err, problem.NotFound) {
			return "", err
		}
		name = one.Name
	}
	switch {
	case name == "":
		return "", nil
	case kind == "":
		return name, nil
	}
	return name + ", " + kind, nil
}

// MostCriteria is how many criteria of earlier asks are offered.
const MostCriteria = 100

// record adds the skills and what was shown before, as they are now.
func (p Pitch) record(tx *db.Tx, me org.Actor, out *Outgoing) error {
	var skills, shown []string
	mine, err := plan.SkillsOf(tx, me, me.Person)
	if err != nil {
		return err
	}
	for _, k := range mine {
		if p.Picked(Skill, k.ID) {
			skills = append(skills, fmt.Sprintf("%s: %s (%d of %d)", k.Name, plan.LevelWords[k.Level], k.Level, plan.TopLevel))
		}
	}
	criteria, err := ask.MyCriteria(tx, me, MostCriteria)
	if err != nil {
		return err
	}
	for _, c := range criteria {
		if !p.Picked(Criterion, c.ID) {
			continue
		}
		words := c.Words
		if c.Evidence != "" {
			words += ": " + c.Evidence
		}
		if c.Verdict == ask.Shown {
			words += " (said to be shown)"
		}
		shown = append(shown, words)
	}
	out.add(ask.Skills, strings.Join(skills, "\n"))
	out.add(ask.ShownBefore, strings.Join(shown, "\n"))
	return nil
}

// Picked tells whether a thing goes along.
func (p Pitch) Picked(kind Kind, id db.ID) bool { return slices.Contains(p.Picks, Pick{kind, id}) }

// files are the links and files that go along, by win.
func (p Pitch) files(tx *db.Tx, me org.Actor, wins []db.ID) (map[db.ID][]ask.File, error) {
	shows, err := plan.ShowsOf(tx, me, wins)
	all := map[db.ID][]ask.File{}
	for _, one := range shows {
		if p.Picked(Link, one.ID) || p.Picked(File, one.ID) {
			all[one.Win] = append(all[one.Win], ask.File{ID: one.ID, URL: one.URL, Name: one.Name, MediaType: one.MediaType, Size: one.Size, Digest: one.Digest})
		}
	}
	return all, err
}

// Send sends an ask of the actor's with what was prepared for it; what is out already, as a new
// version.
//
// Errors: those of ask.Send, and problem.Invalid by the name of a text that cannot go out.
func Send(tx *db.Tx, me org.Actor, id db.ID, revision int64) error {
	p, err := Of(tx, me, id)
	if err != nil {
		return err
	}
	out, err := p.Outgoing(tx, me)
	if err != nil {
		return err
	}
	with := ask.Enclosed{Sections: out.Sections, Files: map[db.ID][]ask.File{}}
	for _, e := range out.Evidence {
		for i, f := range e.Files {
			if f.URL != "" {
				continue
			}
			if _, _, e.Files[i].Content, err = plan.FileOf(tx, me, e.Win, f.ID); err != nil {
				return err
			}
		}
		with.Files[e.Win] = e.Files
	}
	return ask.SendWith(tx, me, id, revision, with)
}
