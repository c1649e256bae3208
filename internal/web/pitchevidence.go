package web

import (
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/plan"
)

// pitchEvidence is the part in which wins, skills and criteria are chosen from the record.
type pitchEvidence struct {
	pitchWay
	askFields
	Wins, Skills, Criteria, Files Field
	Stood                         []stood
	Missing                       textField
	Lacks                         []string
}

// stood is what was ticked when a form was opened: what was ticked meanwhile elsewhere stays.
type stood struct{ Name, Value string }

var pitchEvidencePage = declare[pitchEvidence]("pitch-evidence.html", "pitch-parts.html")

func evidenceStation() pitchStation {
	return pitchStation{Part: pitch.Evidence, Name: "Evidence", Title: "What shows that it will be used well?", show: showEvidence, take: takeEvidence,
		About: "Two or three wins say more than ten. A copy goes along, as it is when you send it; you can take it back later.", Sends: "what you choose goes out with the ask"}
}

func showEvidence(c *call, w *pitchWay) (view, error) {
	main := pitchEvidence{askFields: w.ofAsk()}
	chosen := w.Pitch.Wins
	var err error
	if main.Wins, err = c.winBoxes(c.form, chosen, w.Pitch.Ask); err != nil {
		return view{}, err
	}
	if err := main.offer(c, w, chosen); err != nil {
		return view{}, err
	}
	for _, field := range []Field{main.Wins, main.Skills, main.Criteria, main.Files} {
		var ticked []string
		for _, o := range field.Options {
			if o.Chosen {
				ticked = append(ticked, o.Value)
			}
		}
		name := "stood-" + field.Name
		main.Stood = append(main.Stood, stood{name, c.form.Value(name, strings.Join(ticked, ","))})
	}
	main.Missing = w.fields(Field{Name: pitch.Missing, Label: "What is still missing, and where you could get it", Rows: 3, Hint: "For you alone."})[0]
	if main.Lacks, err = w.Pitch.Lacks(c.tx, c.me); err != nil {
		return view{}, err
	}
	main.pitchWay = *w
	return pitchEvidencePage.show(c, w.Title, "asks", main)
}

// offer fills in the skills, what was shown before, and the links and files of the chosen wins.
func (m *pitchEvidence) offer(c *call, w *pitchWay, chosen []db.ID) error {
	box := func(field *Field, kind pitch.Kind, id db.ID, label, hint string) {
		ticked := w.Picked(kind, id)
		value := string(kind) + ":" + string(id)
		if c.form.Values != nil {
			ticked = c.form.ticked(field.Name, value)
		}
		field.Options = append(field.Options, Option{Value: value, Label: label, Hint: hint, Chosen: ticked, Own: true})
	}
	m.Skills = Field{Name: "skills", Type: "checkbox", Label: "Skills that speak for it", Hint: "Each goes along with its name and where you are."}
	skills, err := plan.SkillsOf(c.tx, c.me, c.me.Person)
	if err != nil {
		return err
	}
	for _, k := range skills {
		box(&m.Skills, pitch.Skill, k.ID, k.Name, plan.LevelWords[k.Level])
	}
	m.Criteria = Field{Name: "criteria", Type: "checkbox", Label: "What you have shown before", Hint: "Conditions of earlier asks, with what you brought for them."}
	criteria, err := ask.MyCriteria(c.tx, c.me, pitch.MostCriteria)
	if err != nil {
		return err
	}
	for _, one := range criteria {
		if one.Evidence != "" {
			box(&m.Criteria, pitch.Criterion, one.ID, one.Words, one.Evidence)
		}
	}
	m.Files = Field{Name: "files", Type: "checkbox", Label: "Links and files of these wins", Hint: "None goes along unless you tick it."}
	shows, err := plan.ShowsOf(c.tx, c.me, chosen)
	for _, one := range shows {
		if one.URL != "" {
			box(&m.Files, pitch.Link, one.ID, one.URL, "")
		} else {
			box(&m.Files, pitch.File, one.ID, one.Name, "")
		}
	}
	return err
}

// takeEvidence keeps what was ticked and what no longer is.
func takeEvidence(c *call, p pitch.Pitch) error {
	in := asksNow(p)
	add, drop := c.ticks("wins")
	in.Wins = slices.DeleteFunc(in.Wins, func(id db.ID) bool { return slices.Contains(drop, string(id)) })
	for _, id := range add {
		if !slices.Contains(in.Wins, db.ID(id)) {
			in.Wins = append(in.Wins, db.ID(id))
		}
	}
	if err := c.askGoesOn(p, in); err != nil {
		return err
	}
	var more, less []pitch.Pick
	for _, name := range []string{"skills", "criteria", "files"} {
		add, drop := c.ticks(name)
		more, less = append(more, picks(add)...), append(less, picks(drop)...)
	}
	return pitch.Choose(c.tx, c.me, p.Ask.ID, more, less)
}

// ticks are the boxes of a name that were ticked, and those that no longer are, since the form was
// opened.
func (c *call) ticks(name string) (add, drop []string) {
	before := strings.Split(c.text("stood-"+name), ",")
	for _, value := range c.Form[name] {
		if !slices.Contains(before, value) {
			add = append(add, value)
		}
	}
	for _, value := range before {
		if value != "" && !slices.Contains(c.Form[name], value) {
			drop = append(drop, value)
		}
	}
	return add, drop
}

func picks(values []string) []pitch.Pick {
	var all []pitch.Pick
	for _, value := range values {
		kind, id, _ := strings.Cut(value, ":")
		switch one := pitch.Kind(kind); one {
		case pitch.Skill, pitch.Criterion, pitch.Link, pitch.File:
			all = append(all, pitch.Pick{Kind: one, ID: db.ID(id)})
		}
	}
	return all
}
