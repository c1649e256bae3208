package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/ladderfile"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/testkit"
)

// ladder brings in what engineers and keepers are asked for, with Ines an engineer of the first level.
func (g ground) ladder() {
	testkit.Do(g.T, g.s, func(tx *db.Tx) error {
		ask := func(skill string, level int) ladderfile.Ask { return ladderfile.Ask{Skill: skill, Level: level} }
		if _, err := expectation.Import(tx, g.Ada, &ladderfile.File{Framework: "Locks", Roles: []ladderfile.Role{
			{Key: "engineer", Name: "Engineer", Levels: []ladderfile.Level{
				{Key: "1", Name: "One", Asks: []ladderfile.Ask{ask("Hydraulics", 2), {Words: "Says early when something slips."}}},
				{Key: "2", Name: "Two", Asks: []ladderfile.Ask{ask("Hydraulics", 4)}},
			}, Skills: []ladderfile.Skill{{Name: "Hydraulics", Behaviour: [6]string{4: "Plans the overhaul of a gate."}}}},
			{Key: "keeper", Name: "Lock keeper", Levels: []ladderfile.Level{{Key: "1", Name: "Keeper", Asks: []ladderfile.Ask{ask("Hydraulics", 1), ask("Radio", 2)}}}},
		}}, "locks.yaml", func(int, int) {}); err != nil {
			return err
		}
		for who, job := range map[db.ID][2]string{g.Ines.Person: {"Engineer", "1"}, g.Joel.Person: {"Lock keeper", "1"}} {
			p, err := org.ByID(tx, g.Ada, who)
			if err != nil {
				return err
			}
			p.JobTitle, p.Level = job[0], job[1]
			if err := org.Change(tx, g.Ada, p.ID, p.Revision, p.Details); err != nil {
				return err
			}
		}
		return nil
	})
}

func (g ground) skill(me org.Actor, name string, level, wanted int64) plan.Skill {
	return testkit.Write(g.T, g.s, func(tx *db.Tx) (plan.Skill, error) {
		return plan.AddSkill(tx, me, plan.Skill{Name: name, Level: level, Wanted: wanted, Note: "Since the flood."})
	})
}

func TestTheGapLeadsToAGoalAndAnAsk(t *testing.T) {
	onPlanPages(t, func(g ground) {
		g.ladder()
		k := g.skill(g.Ines, "Hydraulics", 2, 3)
		ines := g.as(g.Ines)
		page := ines.Get("/gap").Must(http.StatusOK)
		if got := page.Text(".gaps tbody tr"); got != "Hydraulics 2324" {
			g.Errorf("the table reads %q", got)
		}
		if got := page.Attribute(".gaps svg", "aria-label"); got != "now 2, wanted 3, your level 2, the next level 4" {
			g.Errorf("the bar says %q", got)
		}
		if strings.Contains(page.Body, "style=") {
			g.Error("a style stands in the page")
		}
		if got := page.Text(".skill-open"); !strings.Contains(got, "Plans the overhaul of a gate.") || !strings.Contains(got, "Since the flood.") || !strings.Contains(got, "Engineer, Two asks for this") {
			g.Errorf("it opens %q", got)
		}
		if got := page.Text("aside"); !strings.Contains(got, "Says early when something slips.") {
			g.Errorf("in words: %q", got)
		}
		goal := ines.Get("/goals/new?origin=skill:" + string(k.ID)).Must(http.StatusOK)
		if got := goal.Attribute("#field-title", "value"); got != "Hydraulics: on my own" {
			g.Errorf("the goal begins with %q", got)
		}
		if kept := goal.Submit("/goals", nil).Must(http.StatusOK); !strings.HasPrefix(kept.Path, "/goals/") {
			g.Errorf("kept at %s", kept.Path)
		}
		if got := ines.Get("/asks/new?origin=skill:" + string(k.ID)).Must(http.StatusOK).Text("#field-what"); got != "Room to grow in Hydraulics" {
			g.Errorf("the ask begins with %q", got)
		}
		if got := g.as(g.Joel).Get("/goals/new?origin=skill:"+string(k.ID)).Must(http.StatusOK).Attribute("#field-title", "value"); got != "" {
			g.Errorf("somebody else's goal begins with %q", got)
		}
	})
}

func TestAStepFromTheCatalogueForASkillBeginsItsGoal(t *testing.T) {
	onPlanPages(t, func(g ground) {
		g.ladder()
		g.skill(g.Ines, "Hydraulics", 2, 3)
		ines := g.as(g.Ines)
		list := ines.Get(ines.Get("/gap").Must(http.StatusOK).Attribute(`a[href^="/activities?"]`, "href")).Must(http.StatusOK)
		if got := list.Text("main .sub"); !strings.HasPrefix(got, "For Hydraulics: what") {
			g.Errorf("the catalogue says %q", got)
		}
		kind := ines.Get(list.Attribute(`main .rows a[href*="origin=skill"]`, "href")).Must(http.StatusOK)
		step := ines.Get(kind.Attribute(`a[href^="/steps/new"]`, "href")).Must(http.StatusOK)
		goal := step.Submit("/steps", nil).Must(http.StatusOK)
		if !strings.HasPrefix(goal.Text("h1"), "Hydraulics") || !strings.Contains(goal.Text("main .sub"), "something to learn") {
			g.Errorf("the goal is %q, %q", goal.Text("h1"), goal.Text("main .sub"))
		}
	})
}

func TestAnotherRoleOrOneOutsideIsLookedAt(t *testing.T) {
	onPlanPages(t, func(g ground) {
		g.ladder()
		g.skill(g.Ines, "Hydraulics", 2, 2)
		ines := g.as(g.Ines)
		paths := ines.Get("/gap/paths").Must(http.StatusOK)
		if got := paths.Text(".paths li"); !strings.Contains(got, "Engineer, Two0 of its one expectation met") || !strings.Contains(got, "Lock keeper, Keeper1 of its 2 expectations met") {
			g.Errorf("the map reads %q", got)
		}
		g.as(g.Joel).Get("/you").Submit("/you/offer", map[string]string{"offer": "yes"}).Must(http.StatusOK)
		paths = ines.Get("/gap/paths").Must(http.StatusOK)
		if got := paths.Text(".paths small a"); got != "Joel Baptista" && !strings.HasPrefix(got, "Joel") {
			g.Errorf("who may be asked: %q", got)
		}
		if got := ines.Get("/people/" + string(g.Joel.Person)).Text("main p"); !strings.Contains(got, "ask me about my role") {
			g.Errorf("Joel's page: %q", got)
		}
		look := ines.Get(paths.Attribute(".sides section:last-child .paths a", "href")).Must(http.StatusOK)
		if got := look.Text(".gaps tbody tr"); !strings.Contains(got, "Radio ––––2") {
			g.Errorf("a keeper: %q", got)
		}
		kept := look.Submit("/skills", nil).Must(http.StatusOK)
		if got := kept.Text(".gaps tbody th"); kept.Path != "/gap" || !strings.Contains(got, "Radio") {
			g.Errorf("at %s: %q", kept.Path, got)
		}
		outside := ines.Get("/gap/outside/new").Submit("/gap/outside", map[string]string{"name": "Diver", "asks": "Diving 9"}).Must(http.StatusUnprocessableEntity)
		outside = outside.Submit("/gap/outside", map[string]string{"asks": "Diving 4\nfluid\n"}).Must(http.StatusOK)
		if got := outside.Text(".gaps tbody th"); !strings.HasPrefix(outside.Path, "/gap") || !strings.Contains(got, "Diving") {
			g.Errorf("a role outside at %s: %q", outside.Path, got)
		}
		change := outside.Attribute(`aside a[href^="/gap/outside/"]`, "href")
		g.as(g.Tomas).Get(change).Must(http.StatusNotFound)
		ines.Get(change).Submit(change+"/removal", nil).Must(http.StatusOK)
		ines.Get(change).Must(http.StatusNotFound)
	})
}

func TestAViewOfOneSkillIsAskedAndStandsBesideOnesOwn(t *testing.T) {
	onPlanPages(t, func(g ground) {
		k := g.skill(g.Ines, "Hydraulics", 2, 4)
		ines, joel := g.as(g.Ines), g.as(g.Joel)
		path := "/skills/" + string(k.ID)
		ines.Get(path+"/views").Must(http.StatusOK).Submit(path+"/views", map[string]string{"whom": "here", "named_whom": "joel@weir.example", "note": "At the north gate."}).Must(http.StatusOK)
		home := joel.Get("/").Must(http.StatusOK)
		asked := joel.Get(home.Attribute(`main a[href^="/views/"]`, "href")).Must(http.StatusOK)
		if got := asked.Text("main"); !strings.Contains(got, "At the north gate.") || strings.Contains(got, "Since the flood") || strings.Contains(got, "with help is") {
			g.Errorf("Joel sees %q", got)
		}
		asked.Submit(asked.Path, nil).Must(http.StatusUnprocessableEntity)
		asked.Submit(asked.Path, map[string]string{"level": "4", "words": "You found the leak."}).Must(http.StatusOK)
		if got := ines.Get(path).Must(http.StatusOK).Text("#views figure"); !strings.Contains(got, "You found the leak.") || !strings.Contains(got, "4, hard cases too: Joel") {
			g.Errorf("Ines reads %q", got)
		}
		testkit.Do(g.T, g.s, func(tx *db.Tx) error { return plan.ShareSkill(tx, g.Ines, k.ID, plan.WithManager) })
		if got := g.as(g.Tomas).Get(path).Must(http.StatusOK).Body; strings.Contains(got, "You found the leak.") {
			g.Error("whom the skill is shown to reads what others say of it")
		}
		g.as(g.Tomas).Get(asked.Path).Must(http.StatusNotFound)
		joel.Post(asked.Path, url.Values{"level": {"1"}}).Must(http.StatusNotFound)
		ines.Post(asked.Path+"/removal", url.Values{}).Must(http.StatusOK)
		joel.Get(asked.Path).Must(http.StatusNotFound)
	})
}

func TestAViewIsAskedByALinkThatShowsOneSkillAndNothingElse(t *testing.T) {
	onPlanPages(t, func(g ground) {
		k := g.skill(g.Ines, "Hydraulics", 2, 4)
		ines := g.as(g.Ines)
		path := "/skills/" + string(k.ID)
		made := ines.Get(path+"/views").Submit(path+"/views", map[string]string{"whom": "outside", "view_name": "Rui", "note": "From the yard."}).Must(http.StatusOK)
		address := made.Text("code.address")
		rui := testkit.Visit(g.T, g.site)
		page := rui.Get(address).Must(http.StatusOK)
		if got := page.Text("main"); !strings.Contains(got, "Hydraulics") || !strings.Contains(got, "From the yard.") || strings.Contains(got, "Since the flood") {
			g.Errorf("the link shows %q", got)
		}
		rui.Post(address, url.Values{"level": {"-1"}, "words": {"Too long ago."}, "name": {"Rui Prado"}}).Must(http.StatusOK)
		if got := ines.Get(path).Text("#views figure"); !strings.Contains(got, "Too long ago.") || !strings.Contains(got, "could not say: Rui Prado") {
			g.Errorf("Ines reads %q", got)
		}
	})
}
