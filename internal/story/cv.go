package story

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// The headings that a CV knows. Every other heading is a piece of work.
const (
	skillsHeading = "Skills"
	saidHeading   = "What others say"
)

// mostHighlights is how many wins a CV tells: those with a figure first.
const mostHighlights = 12

// cv is a section of a CV: the present work with its highlights, the skills that they show, and
// what others say.
func (g gathered) cv(tx *db.Tx, me org.Actor, d *Draft) error {
	p, err := org.Me(tx, me)
	if err != nil {
		return err
	}
	o, err := org.Of(tx, me)
	if err != nil {
		return err
	}
	if len(g.wins) > mostHighlights {
		g.wins, d.Left = g.wins[:mostHighlights], true
	}
	d.Told = len(g.wins)
	d.Title = "CV: " + oneLine(p.Name)
	work := oneLine(p.JobTitle)
	if !o.Alone {
		work = strings.TrimPrefix(work+", "+oneLine(o.Name), ", ")
	}
	if work == "" {
		work = "Work"
	}
	groups := []group{{heading: work, wins: g.wins}}
	if !p.StartedOn.IsZero() {
		groups[0].says = "Since " + p.StartedOn.Time().Format("January 2006")
	}
	var b strings.Builder
	b.WriteString(g.write("", groups, false))
	if names := g.skillsShown(); len(names) > 0 {
		b.WriteString("\n\n## " + skillsHeading + "\n\n- " + strings.Join(names, "\n- "))
	}
	var said []string
	for _, w := range g.wins {
		for _, c := range g.said[w.ID] {
			if c.Answer != plan.Differently && c.Words != "" {
				said = append(said, "> "+sentence(c.Words)+"\n> — "+oneLine(c.Name))
			}
		}
	}
	if len(said) > 0 {
		b.WriteString("\n\n## " + saidHeading + "\n\n" + strings.Join(said, "\n\n"))
	}
	d.Words = b.String()
	return nil
}

// skillsShown names the skills that the wins back, the highest level first.
func (g gathered) skillsShown() []string {
	var shown []plan.Skill
	for _, k := range g.skills {
		backs := func(w plan.Win) bool {
			return slices.ContainsFunc(w.Backs, func(b plan.Backed) bool { return b.Thing == k.Thing() })
		}
		if slices.ContainsFunc(g.wins, backs) {
			shown = append(shown, k)
		}
	}
	slices.SortStableFunc(shown, func(a, b plan.Skill) int { return int(b.Level - a.Level) })
	var names []string
	for _, k := range shown {
		names = append(names, oneLine(k.Name))
	}
	return names
}

// resume is a CV in the form of JSON Resume (https://jsonresume.org/schema), as far as a story
// fills it.
type resume struct {
	Schema     string            `json:"$schema"`
	Basics     resumeBasics      `json:"basics"`
	Work       []resumeWork      `json:"work,omitempty"`
	Skills     []resumeSkill     `json:"skills,omitempty"`
	References []resumeReference `json:"references,omitempty"`
}

type resumeBasics struct {
	Name    string `json:"name"`
	Label   string `json:"label,omitempty"`
	Email   string `json:"email,omitempty"`
	Summary string `json:"summary,omitempty"`
}

type resumeWork struct {
	Name       string   `json:"name,omitempty"`
	Position   string   `json:"position,omitempty"`
	StartDate  string   `json:"startDate,omitempty"`
	Summary    string   `json:"summary,omitempty"`
	Highlights []string `json:"highlights,omitempty"`
}

type resumeSkill struct {
	Name string `json:"name"`
}

type resumeReference struct {
	Name      string `json:"name,omitempty"`
	Reference string `json:"reference"`
}

const resumeSchema = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"

// Resume is the story as JSON Resume: the text as it stands now, not as it was drafted. A heading
// is a piece of work ("position, organisation"), the list beneath it its highlights; under Skills
// and What others say stand skills and references. What stands before the first heading is the
// summary.
func (s Story) Resume(owner org.Person) ([]byte, error) {
	r := resume{Schema: resumeSchema, Basics: resumeBasics{Name: owner.Name, Label: owner.JobTitle, Email: owner.Email}}
	section := ""
	for _, block := range Read(s.Words) {
		if block.Kind == Heading {
			section = block.Text
			if section != skillsHeading && section != saidHeading {
				r.Work = append(r.Work, workOf(section, owner, len(r.Work) == 0))
			}
			continue
		}
		r.add(section, block)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(r)
	return b.Bytes(), err
}

// workOf reads a heading. The first piece of work began when the person came here.
func workOf(heading string, owner org.Person, first bool) resumeWork {
	w := resumeWork{Position: heading}
	if at := strings.LastIndex(heading, ", "); at > 0 {
		w.Position, w.Name = heading[:at], heading[at+2:]
	}
	if first && !owner.StartedOn.IsZero() {
		w.StartDate = owner.StartedOn.String()
	}
	return w
}

func (r *resume) add(section string, block Block) {
	texts := block.List
	if block.Kind != Items {
		texts = []string{block.Text}
	}
	switch {
	case section == skillsHeading:
		for _, text := range texts {
			r.Skills = append(r.Skills, resumeSkill{text})
		}
	case section == saidHeading:
		for _, text := range texts {
			said, name, _ := strings.Cut(text, "\n— ")
			r.References = append(r.References, resumeReference{strings.TrimSpace(name), strings.TrimSpace(said)})
		}
	case len(r.Work) == 0:
		r.Basics.Summary = joined(r.Basics.Summary, strings.Join(texts, "\n"))
	case block.Kind == Items:
		w := &r.Work[len(r.Work)-1]
		w.Highlights = append(w.Highlights, texts...)
	default:
		w := &r.Work[len(r.Work)-1]
		w.Summary = joined(w.Summary, block.Text)
	}
}

func joined(one, other string) string { return strings.TrimSpace(one + "\n" + other) }
