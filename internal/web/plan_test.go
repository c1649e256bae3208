package web

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/testkit"
)

// ground is a company in front of its pages.
type ground struct {
	*testing.T
	testkit.Company
	s    testkit.Store
	site string
}

func onPlanPages(t *testing.T, test func(g ground)) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		server, err := New(Config{DB: s.DB, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
		if err != nil {
			t.Fatal(err)
		}
		test(ground{t, testkit.NewCompany(t, s, "weir.example"), s, testkit.Site(t, server)})
	})
}

func (g ground) as(me org.Actor) *testkit.Visitor { return testkit.VisitAs(g.T, g.s, g.site, me) }

func (g ground) goal(title string) plan.Goal {
	return testkit.Write(g.T, g.s, func(tx *db.Tx) (plan.Goal, error) {
		return plan.AddGoal(tx, g.Ines, plan.GoalText{Title: title}, org.Origin{})
	})
}

func TestAnEmptyPlanSaysWhereToBegin(t *testing.T) {
	onPlanPages(t, func(g ground) {
		page := g.as(g.Ines).Get("/plan").Must(http.StatusOK)
		if got := page.Text("main .topic h2"); got != "Values | Purpose | Strengths | What I find hard | Vision | Skills | Goals" {
			t.Errorf("the sections are %s", got)
		}
		if got := page.Text("main .soft"); !strings.Contains(got, "One sentence is enough") {
			t.Errorf("the sections ask for %s", got)
		}
		if got := page.Text("aside .hints"); got != "" {
			t.Errorf("what the sections say already is said again: %s", got)
		}
		if got := page.Text("main .seen summary"); strings.Count(got, "only you") != 7 {
			t.Errorf("who sees the sections: %s", got)
		}
	})
}

func TestASectionIsWrittenAndTheSecondOfTwoEditsKeepsBothTexts(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		first, second := ines.Get("/plan/edit/purpose"), ines.Get("/plan/edit/purpose")
		page := first.Submit("/plan/edit/purpose", map[string]string{"words": "Make <water> work.\n\nFor all."}).Must(http.StatusOK)
		if got := page.Text("#purpose .own p"); page.Path != "/plan" || got != "Make <water> work. | For all." {
			t.Errorf("at %s the purpose reads %s", page.Path, got)
		}
		both := second.Submit("/plan/edit/purpose", map[string]string{"words": "Something else."}).Must(http.StatusConflict)
		if got := both.Text(".conflict .own"); got != "Something else. | Make <water> work.For all." {
			t.Errorf("both texts: %s", got)
		}
		mended := both.Submit("/plan/edit/purpose", nil).Must(http.StatusOK)
		if got := mended.Text("#purpose .own"); got != "Something else." {
			t.Errorf("sent again it reads %s", got)
		}
		if got := ines.Get("/plan/versions").Text(".history .own"); !strings.Contains(got, "Make <water> work.") {
			t.Errorf("earlier versions: %s", got)
		}
		ines.Get("/plan/edit/nothing").Must(http.StatusNotFound)
	})
}

func TestValuesAreWrittenInRows(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		page := ines.Get("/plan/edit/values").Submit("/plan/edit/values", map[string]string{"word-1": "Craft", "word-3": "Calm", "meaning-3": "No alarms."}).Must(http.StatusOK)
		if got := page.Text("#values dt") + " / " + page.Text("#values dd"); got != "Craft | Calm /  | No alarms." {
			t.Errorf("the values are %s", got)
		}
		stale := ines.Get("/plan/edit/values")
		ines.Get("/plan/edit/values").Submit("/plan/edit/values", map[string]string{"meaning-1": "Show how it is made."}).Must(http.StatusOK)
		both := stale.Submit("/plan/edit/values", map[string]string{"meaning-1": "Something else."}).Must(http.StatusConflict)
		if got := both.Text(".conflict .own"); got != "Something else. | Show how it is made." {
			t.Errorf("both texts: %s", got)
		}
		page = both.Submit("/plan/edit/values", map[string]string{"word-2": ""}).Must(http.StatusOK)
		if got := page.Text("#values dt") + " / " + page.Text("#values dd"); got != "Craft / Something else." {
			t.Errorf("the values are %s", got)
		}
	})
}

func TestAGoalFromTheFirstLineToItsEnd(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		empty := ines.Get("/goals/new").Submit("/goals", map[string]string{"measured": "One quarter", "due": "soon"}).Must(http.StatusUnprocessableEntity)
		if got := empty.Text(".error"); !strings.Contains(got, "2026-11-23") || empty.Text("textarea[name=measured]") != "One quarter" {
			t.Errorf("it comes back with %q and %q", got, empty.Text("textarea[name=measured]"))
		}
		goal := empty.Submit("/goals", map[string]string{"title": "Lead a service", "due": "2027-06-30"}).Must(http.StatusOK)
		if got := goal.Text("aside .hints"); !strings.Contains(got, "No first step yet") || strings.Contains(got, "figure") {
			t.Errorf("the hints are %s", got)
		}
		goal = goal.Submit(goal.Path+"/steps", map[string]string{
			"words": "Shadow Joel", "activity": "shadowing", "cue": "When an incident begins", "response": "I will sit beside him.",
		}).Must(http.StatusOK)
		if got := goal.Text("#steps li p"); got != "When an incident begins, I will sit beside him." {
			t.Errorf("the step reads %s", got)
		}
		step := goal.Attribute("#steps li form", "action")
		goal = goal.Submit(step, map[string]string{"state": "done"}).Must(http.StatusOK)
		if got := goal.Text("#steps li.done .at"); got != "done 23 November 2026" {
			t.Errorf("the step is %q", got)
		}
		wrong := goal.Submit(goal.Path+"/reviews", map[string]string{"learned": "Ask earlier."}).Must(http.StatusUnprocessableEntity)
		closed := wrong.Submit(goal.Path+"/reviews", map[string]string{"how": "let go"}).Must(http.StatusOK)
		if got := closed.Text(".said blockquote") + ", " + closed.Text(".sub"); got != "Ask earlier., let go 23 November 2026 · professional" {
			t.Errorf("closed it reads %s", got)
		}
		gone := closed.Submit(goal.Path+"/removal", nil).Must(http.StatusOK)
		if gone.Path != "/plan" || strings.Contains(gone.Text("main"), "Lead a service") {
			t.Errorf("after removing it: %s, %s", gone.Path, gone.Text("main"))
		}
	})
}

func TestAdviceOnAGoalStandsBesideItWhileItIsWritten(t *testing.T) {
	onPlanPages(t, func(g ground) {
		says := func(page *testkit.Shown, want string) {
			g.Helper()
			if got := page.Must(http.StatusOK).Text("#advice"); !strings.Contains(got, want) {
				g.Errorf("the advice is %q, and not %q", got, want)
			}
		}
		ines := g.as(g.Ines)
		says(ines.Get("/goals/new"), "Write the first words")
		typed := url.Values{"title": {"Get better at speaking"}, "kind": {"outcome"}, "due": {"2026-11-01"}, "measured": {"One talk"}}
		page := ines.Post("/goals/advice", typed)
		says(page, "Its date has passed")
		if kept := page.Text("textarea[name=measured]"); kept != "One talk" || page.Path != "/goals/advice" {
			g.Errorf("what was typed came back as %q at %s", kept, page.Path)
		}
		if mine := testkit.Read(g.T, g.s, func(tx *db.Tx) (plan.Plan, error) { return plan.Mine(tx, g.Ines) }); len(mine.Goals) != 0 {
			g.Errorf("to look at a goal keeps one: %v", mine.Goals)
		}
		at := PathOf(g.goal("Lead a service").Thing()) + "/advice"
		says(ines.Post(at, url.Values{"title": {"Sing"}, "kind": {"open"}, "rhythm": {"never"}}), "again")
		g.as(g.Tomas).Post(at, typed).Must(http.StatusNotFound)
	})
}

func TestTheManagerSeesWhatIsSharedUntilItIsTakenBack(t *testing.T) {
	onPlanPages(t, func(g ground) {
		goal, other := g.goal("Lead a service"), g.goal("Run ten kilometres")
		ines, tomas, mira := g.as(g.Ines), g.as(g.Tomas), g.as(g.Mira)
		at := "/people/" + string(g.Ines.Person)
		tomas.Get(PathOf(goal.Thing())).Must(http.StatusNotFound)
		if got := tomas.Get(at).Must(http.StatusOK); got.Has("#shown-goals") {
			t.Error("goals are shown before any share")
		}
		sharing := ines.Get("/plan/share")
		none := sharing.Submit("/plan/share", nil).Must(http.StatusUnprocessableEntity)
		if got := none.Text(".errors li"); got != "Please choose what to share." {
			t.Errorf("without a section: %s", got)
		}
		shared := ines.Post("/plan/share", url.Values{"sections": {"goals", "purpose"}, "with": {"manager"}}).Must(http.StatusOK)
		if got := shared.Text("main .rows > li > span"); got != "Tomás Reis, as your manager" {
			t.Errorf("seen by %s", got)
		}
		ines.Post(PathOf(other.Thing())+"/kept-out", url.Values{"out": {"yes"}}).Must(http.StatusOK)
		if got := tomas.Get(at).Text("#shown-goals .own"); got != "Lead a service" {
			t.Errorf("Tomás is shown %s", got)
		}
		tomas.Get(PathOf(other.Thing())).Must(http.StatusNotFound)
		seen := tomas.Get(PathOf(goal.Thing())).Must(http.StatusOK)
		if seen.Has("main form") || !strings.Contains(seen.Text("main"), "can see on which days you looked") {
			t.Errorf("a viewer is shown %s", seen.Text("main"))
		}
		for _, path := range []string{"/edit", "/share", "/versions"} {
			tomas.Get(PathOf(goal.Thing()) + path).Must(http.StatusNotFound)
		}
		mira.Get(PathOf(goal.Thing())).Must(http.StatusNotFound)
		as := ines.Get("/plan/as/" + string(g.Tomas.Person)).Must(http.StatusOK)
		if got := as.Text("#shown-goals .own"); got != "Lead a service" || !strings.Contains(as.Text(".as-if"), "Tomás Reis") {
			t.Errorf("as Tomás sees it: %s", got)
		}
		back := shared.Attribute("main .rows .actions button", "value")
		after := ines.Post("/shares/end", url.Values{"share": {back}}).Must(http.StatusOK)
		if after.Path != "/plan/share" || after.Has("main .rows") {
			t.Errorf("after taking it back: %s", after.Text("main"))
		}
		tomas.Get(PathOf(goal.Thing())).Must(http.StatusNotFound)
	})
}

func TestAThingIsSharedWithSomebodyByNameAfterChoosing(t *testing.T) {
	onPlanPages(t, func(g ground) {
		goal := g.goal("Lead a service")
		ines, mira := g.as(g.Ines), g.as(g.Mira)
		path := PathOf(goal.Thing()) + "/share"
		choose := ines.Get(path).Submit(path, map[string]string{"with": "name", "name": "mir"}).Must(http.StatusUnprocessableEntity)
		mira.Get(PathOf(goal.Thing())).Must(http.StatusNotFound)
		if got := choose.Text(".choice:has(input[checked])"); !strings.HasPrefix(got, "Mira Koch") {
			t.Errorf("to be confirmed: %s", got)
		}
		done := choose.Submit(path, nil).Must(http.StatusOK)
		if got := done.Text("main .rows > li > span"); got != "Mira Koch" {
			t.Errorf("seen by %s", got)
		}
		mira.Get(PathOf(goal.Thing())).Must(http.StatusOK)
		nobody := ines.Get(path).Submit(path, map[string]string{"with": "name", "name": "Zoe"}).Must(http.StatusUnprocessableEntity)
		if got := nobody.Text("#error-name"); got != "Nobody here has a name like this." {
			t.Errorf("nobody of that name: %s", got)
		}
	})
}

func TestALookIsNotedOnceADayAndWhatIsFetchedAheadShowsNothing(t *testing.T) {
	onPlanPages(t, func(g ground) {
		goal := g.goal("Lead a service")
		testkit.Do(t, g.s, func(tx *db.Tx) error { return plan.ShareGoal(tx, g.Ines, goal.ID, plan.WithManager) })
		tomas, ines := g.as(g.Tomas), g.as(g.Ines)
		looks := func() int {
			found := testkit.Read(t, g.s, func(tx *db.Tx) ([]share.Look, error) {
				return share.Looks(tx, g.Ines, share.What{Kind: "goal", ID: goal.ID}, 10)
			})
			return len(found)
		}
		if ahead := tomas.Ahead(PathOf(goal.Thing())).Must(http.StatusServiceUnavailable); strings.Contains(ahead.Body, "Lead a service") {
			t.Error("what is fetched ahead can be read, and nobody is told")
		}
		tomas.Ahead("/plan").Must(http.StatusOK)
		ines.Get(PathOf(goal.Thing())).Must(http.StatusOK)
		if got := looks(); got != 0 {
			t.Errorf("fetched ahead, and read by its owner: %d looks", got)
		}
		tomas.Get(PathOf(goal.Thing())).Must(http.StatusOK)
		tomas.Get(PathOf(goal.Thing())).Must(http.StatusOK)
		if got := looks(); got != 1 {
			t.Errorf("looked twice on a day: %d looks", got)
		}
		if got := ines.Get(PathOf(goal.Thing())).Text("aside .rows"); !strings.Contains(got, "Tomás Reis 23 November") && !strings.Contains(got, "Tomás Reis23 November") {
			t.Errorf("the owner is shown %s", got)
		}
	})
}

func TestTheJournalIsNobodyElses(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		page := ines.Get("/journal").Submit("/journal", map[string]string{"words": "Nothing fell down."}).Must(http.StatusOK)
		entry := page.Attribute(".entry a", "href")
		for _, other := range []org.Actor{g.Tomas, g.Ada} {
			v := g.as(other)
			v.Get(entry).Must(http.StatusNotFound)
			v.Post(entry, url.Values{"words": {"x"}, "revision": {"1"}}).Must(http.StatusNotFound)
			v.Post(entry+"/removal", nil).Must(http.StatusNotFound)
		}
		changed := ines.Get(entry).Submit(entry, map[string]string{"words": "Nothing at all fell down."}).Must(http.StatusOK)
		if got := changed.Text(".entry .own"); got != "Nothing at all fell down." {
			t.Errorf("the entry reads %s", got)
		}
		gone := ines.Get(entry).Submit(entry+"/removal", nil).Must(http.StatusOK)
		if !gone.Has(".empty") {
			t.Errorf("after removing it: %s", gone.Text("main"))
		}
	})
}

func TestSkillsAreKeptAndBackedByWins(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		list := ines.Get("/skills").Submit("/skills", map[string]string{"name": "Load testing", "level": "2", "wanted": "4"}).Must(http.StatusOK)
		twice := list.Submit("/skills", map[string]string{"name": "load testing"}).Must(http.StatusUnprocessableEntity)
		if got := twice.Text("#error-name"); got != "You have this skill already." {
			t.Errorf("the same skill twice: %s", got)
		}
		skill := list.Attribute(".skills a", "href")
		win := ines.Get("/wins").Submit("/wins", map[string]string{"what": "Found the limit before the customers did"}).Must(http.StatusOK)
		kept := win.Submit(win.Path, map[string]string{"effect": "No outage in March.", "backs": "skill:" + strings.TrimPrefix(skill, "/skills/")}).Must(http.StatusOK)
		if got := kept.Text("main section .rows"); kept.Path != "/wins" || !strings.Contains(got, "No outage in March.") || !strings.Contains(got, "for Load testing") {
			t.Errorf("at %s: %s", kept.Path, got)
		}
		if got := ines.Get(skill).Text("main .rows .own"); !strings.Contains(got, "Found the limit") {
			t.Errorf("behind the skill stands %s", got)
		}
		ines.Post(win.Path, url.Values{"what": {"x"}, "revision": {"2"}, "backs": {"goal:of-somebody-else"}}).Must(http.StatusNotFound)
		picture := list.Attribute(".level", "aria-label")
		if picture != "now 2, wanted 4" {
			t.Errorf("the picture says %s", picture)
		}
	})
}

func TestThingsOfAPlanHaveTheirPage(t *testing.T) {
	for kind, want := range map[string]string{"goal": "/goals/1", "skill": "/skills/1", "win": "/wins/1", "step": "/"} {
		if got := PathOf(event.Thing{Kind: kind, ID: "1"}); got != want {
			t.Errorf("a %s is at %s, want %s", kind, got, want)
		}
	}
}

func TestWhoLeftReadsTheirOwnAndIsOfferedNothingToChange(t *testing.T) {
	onPlanPages(t, func(g ground) {
		goal := g.goal("Lead a service")
		ines := g.as(g.Ines)
		win := ines.Get("/wins").Submit("/wins", map[string]string{"what": "The release"})
		skill := ines.Get("/skills").Submit("/skills", map[string]string{"name": "Go"}).Attribute(".skills a", "href")
		ines.Get("/journal").Submit("/journal", map[string]string{"words": "Nothing fell down."})
		testkit.Do(t, g.s, func(tx *db.Tx) error { return org.Leave(tx, g.Ada, g.Ines.Person) })
		for _, path := range []string{"/plan", PathOf(goal.Thing()), win.Path, skill, "/wins", "/skills", "/journal"} {
			page := ines.Get(path).Must(http.StatusOK)
			if page.Has("main form[method=post]") || page.Has(`main a[href$="/edit"], main a[href$="/share"]`) {
				t.Errorf("%s offers something to change: %s", path, page.Text("main form, main .actions"))
			}
		}
	})
}

func TestAStepGetsAnotherDayWithOnePress(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		goal := ines.Get("/goals/new").Submit("/goals", map[string]string{"title": "Lead a service"}).Must(http.StatusOK)
		goal = goal.Submit(goal.Path+"/steps", map[string]string{"words": "Shadow Joel", "due": "2020-01-31"}).Must(http.StatusOK)
		step := goal.Attribute("#steps li details form", "action")
		for by, want := range map[string]string{"week": "by 30 November", "month": "by 23 December"} {
			moved := goal.Submit(step, map[string]string{"by": by}).Must(http.StatusOK)
			if got := moved.Text("#steps li time"); got != want {
				t.Errorf("in a %s it is due %s", by, got)
			}
		}
		moved := goal.Submit(step, map[string]string{"due": "2027-02-03"}).Must(http.StatusOK)
		if got := moved.Text("#steps li time"); got != "by 3 February" {
			t.Errorf("on a day of one's own it is due %s", got)
		}
		if wrong := goal.Submit(step, map[string]string{"due": ""}).Must(http.StatusUnprocessableEntity); !strings.Contains(wrong.Text(".error"), "choose a day") {
			t.Errorf("without a day it says %s", wrong.Text(".error"))
		}
	})
}
