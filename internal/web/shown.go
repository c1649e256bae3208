package web

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/story"
)

// shownPlan is what somebody lets a viewer see of their plan and wins: the part "shown-plan" of
// plan-parts.html.
type shownPlan struct {
	Owner    ownerOf
	Nothing  bool
	Sections []shownSection
	Wins     []winLine
	Stories  []storyLine
	Feedback []feedbackRow
	Counsel  []counselRow
	Told     bool // say that the owner sees who looked
}

// shownSection is a section as far as it is shown.
type shownSection struct {
	ID, Title string
	Texts     []labelled
	Values    []plan.Value // or strengths
	Skills    []skillLine
	Goals     []goalLine
	Closed    []goalLine
	Empty     bool     // shared as a whole, and nothing stands there yet
	Comment   []onward // where the visitor comments on its texts
}

// shownBy is what an owner lets the visitor see, for the page of that person. That the visitor
// looked is noted once a day.
func (c *call) shownBy(owner org.Person) (shownPlan, error) {
	if owner.ID == c.me.Person {
		return shownPlan{}, nil
	}
	shown, err := plan.Theirs(c.tx, c.me, owner.ID)
	if err != nil {
		return shownPlan{}, err
	}
	stories, err := story.Of(c.tx, c.me, owner.ID)
	if err != nil {
		return shownPlan{}, err
	}
	part := c.partShown(shown, stories, owner)
	if err := part.readFeedback(c, c.me, owner.ID); err != nil {
		return shownPlan{}, err
	}
	if err := part.readCounsel(c, c.me, owner.ID); err != nil {
		return shownPlan{}, err
	}
	for i := range part.Sections {
		part.Sections[i].Comment = commentLinks(shown.Plan, plan.Section(part.Sections[i].ID))
	}
	if part.Told = !part.Nothing; part.Told {
		c.lookedAt(owner.ID, share.What{Kind: "plan", ID: owner.ID})
	}
	return part, nil
}

// commentLinks lead to where the visitor comments on the texts of a section.
func commentLinks(shown plan.Plan, section plan.Section) []onward {
	var links []onward
	for _, text := range section.Texts() {
		if shown.Text(text).Words != "" {
			links = append(links, onward{"Comment on “" + text.FullTitle() + "”", commentOn(plan.TextThing(text, shown.Owner))})
		}
	}
	return links
}

func (c *call) partShown(shown plan.Shown, stories []story.Story, owner org.Person) shownPlan {
	part := shownPlan{Owner: ownerOf{owner.Name, owner.Called(), "/people/" + string(owner.ID)}, Nothing: shown.Nothing() && len(stories) == 0}
	for _, section := range plan.Sections {
		one := shownSection{ID: string(section), Title: section.Title()}
		switch section {
		case plan.Values:
			one.Values = shown.Values
		case plan.Skills:
			for _, k := range shown.Skills {
				one.Skills = append(one.Skills, lineOfSkill(k))
			}
		case plan.Goals:
			for _, g := range shown.Goals {
				if g.IsOpen() {
					one.Goals = append(one.Goals, c.lineOfGoal(g))
				} else {
					one.Closed = append(one.Closed, c.lineOfGoal(g))
				}
			}
		default:
			one.Texts = textsOf(shown.Plan, section)
			if section == plan.Strengths {
				one.Values = shown.Strengths
			}
		}
		one.Empty = len(one.Texts) == 0 && len(one.Values)+len(one.Skills)+len(one.Goals)+len(one.Closed) == 0
		if !one.Empty || shown.Has(section) {
			part.Sections = append(part.Sections, one)
		}
	}
	for _, w := range shown.Wins {
		part.Wins = append(part.Wins, lineOfWin(w))
	}
	for _, s := range stories {
		part.Stories = append(part.Stories, c.lineOfStory(s))
	}
	return part
}

// readFeedback finds the feedback that the owner shows to the viewer.
func (p *shownPlan) readFeedback(c *call, viewer org.Actor, owner db.ID) error {
	all, err := feedback.Shown(c.tx, viewer, owner)
	for _, f := range all {
		p.Feedback, p.Nothing = append(p.Feedback, c.feedbackRow(f, f.Giver.Name)), false
	}
	return err
}

// planAsSeen is the actor's plan as somebody else would see it.
type planAsSeen struct {
	Viewer string
	Shown  shownPlan
}

var planAsPage = declare[planAsSeen]("plan-as.html", "plan-parts.html")

// showPlanAs shows the actor's plan as the person in the path would see it.
func showPlanAs(c *call) (view, error) {
	shown, viewer, err := plan.AsSeenBy(c.tx, c.me, db.ID(c.PathValue("person")))
	if err != nil {
		return view{}, err
	}
	me, err := org.Me(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	stories, err := story.Of(c.tx, org.AsSeenBy(viewer), c.me.Person)
	if err != nil {
		return view{}, err
	}
	main := planAsSeen{Viewer: viewer.Called(), Shown: c.partShown(shown, stories, me)}
	if err := main.Shown.readFeedback(c, org.AsSeenBy(viewer), c.me.Person); err != nil {
		return view{}, err
	}
	if err := main.Shown.readCounsel(c, org.AsSeenBy(viewer), c.me.Person); err != nil {
		return view{}, err
	}
	return planAsPage.seenAs(c, "Your plan, as "+viewer.Name+" sees it", "plan", viewer.Name, "/plan", main)
}
