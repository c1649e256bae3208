package question

import (
	"slices"

	"github.com/ownward/ownward/internal/activity"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// NeedDraft is something that a person may need, drafted by rule from their gaps and goals. It becomes
// a need when they take it.
type NeedDraft struct {
	Kind   NeedKind
	Words  string
	Why    string // what it was drafted from, as a line
	Origin org.Origin
}

const (
	mostDrafts    = 6
	mostDraftGaps = 2
)

// DraftNeeds drafts what the actor may need: for the widest gaps what closes one, and for the open steps
// of their goals what such a step takes. What they keep already is left out.
func DraftNeeds(tx *db.Tx, me org.Actor, catalogue *activity.Catalogue, kept []Need) ([]NeedDraft, error) {
	view, err := gap.Of(tx, me, gap.Look{})
	if err != nil {
		return nil, err
	}
	goals, err := plan.GoalsOf(tx, me, me.Person)
	if err != nil {
		return nil, err
	}
	all := append(fromSteps(goals, catalogue), fromGaps(view.Lines)...)
	all = slices.DeleteFunc(all, func(d NeedDraft) bool {
		return slices.ContainsFunc(kept, func(n Need) bool { return n.Origin == d.Origin && n.Kind == d.Kind })
	})
	return all[:min(len(all), mostDrafts)], nil
}

// fromGaps drafts from the widest gaps, which come first: of each kind that fits a skill, once.
func fromGaps(lines []gap.Line) []NeedDraft {
	var drafts []NeedDraft
	gaps := 0
	for _, l := range lines {
		if l.Gap() == 0 || gaps == mostDraftGaps {
			break
		}
		gaps++
		name, origin := inQuotes(cleanName(l.Name)), event.Thing{}
		if l.Mine() {
			origin = l.Own.Thing()
		}
		why := "From the gap in " + name + "."
		drafts = append(drafts,
			NeedDraft{NeedSomeone, "An hour a month with somebody who is good at " + name + ".", why, origin},
			NeedDraft{NeedAssignment, "A piece of work in which I need " + name + ", with somebody who looks at it with me.", why, origin},
			NeedDraft{NeedTime, "Two hours a week for " + name + ", for the next three months.", why, origin})
	}
	return drafts
}

// fromSteps drafts from the open steps of open goals at work: one of a goal and kind, the nearest goal
// first.
func fromSteps(goals []plan.Goal, catalogue *activity.Catalogue) []NeedDraft {
	var drafts []NeedDraft
	for _, g := range goals {
		if !g.IsOpen() || g.Area == plan.Personal {
			continue
		}
		var had []NeedKind
		for _, s := range g.Steps {
			kind := needOf(s, catalogue)
			if !s.IsOpen() || slices.Contains(had, kind) {
				continue
			}
			had = append(had, kind)
			drafts = append(drafts, NeedDraft{kind, needFor[kind] + inQuotes(cleanName(s.Words)) + ".", "From a step of your goal " + inQuotes(cleanName(g.Title)) + ".", s.Thing()})
		}
	}
	return drafts
}

// needFor begins the words of a draft from a step.
var needFor = map[NeedKind]string{
	NeedMoney:      "What it costs, for this step: ",
	NeedTime:       "Time at work for this step: ",
	NeedAssignment: "Work that lets me take this step: ",
	NeedSomeone:    "Somebody who does this with me: ",
}

// needOf is what a step takes: what costs more than a little, money; what is done with others, their
// time; what is done in the work, an assignment; anything else, time.
func needOf(s plan.Step, catalogue *activity.Catalogue) NeedKind {
	a, known := catalogue.ByName(s.Activity)
	switch {
	case !known:
		return NeedTime
	case a.Money == activity.Budget:
		return NeedMoney
	case a.Group == activity.InTheWork:
		return NeedAssignment
	case a.Group == activity.WithSomebody:
		return NeedSomeone
	}
	return NeedTime
}

// inQuotes sets somebody's words apart in a sentence of a draft.
func inQuotes(words string) string { return "“" + words + "”" }
