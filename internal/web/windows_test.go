package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/testkit"
)

// together does all of it at the same time and gives how each was answered.
func together(t *testing.T, all ...func() *testkit.Shown) []*testkit.Shown {
	t.Helper()
	answers := make([]*testkit.Shown, len(all))
	begin := make(chan struct{})
	var group sync.WaitGroup
	for i, one := range all {
		group.Go(func() {
			<-begin
			answers[i] = one()
		})
	}
	close(begin)
	group.Wait()
	for _, a := range answers {
		if a.Status >= 500 {
			t.Errorf("%s: status %d: %s", a.Path, a.Status, a.Text("main"))
		}
	}
	return answers
}

func times(n int, do func() *testkit.Shown) []func() *testkit.Shown {
	return slices.Repeat([]func() *testkit.Shown{do}, n)
}

func count(answers []*testkit.Shown, status int) int {
	n := 0
	for _, a := range answers {
		if a.Status == status {
			n++
		}
	}
	return n
}

func TestAFormPressedManyTimesAtOnceIsDoneOnce(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		form := ines.Get("/goals/new")
		answers := together(g.T, times(8, func() *testkit.Shown { return form.Submit("/goals", map[string]string{"title": "Sing"}) })...)
		paths := map[string]bool{}
		for _, a := range answers {
			paths[a.Path] = true
		}
		if got := ines.Get("/plan").Text("#goals li > a.own"); got != "Sing" || len(paths) != 1 {
			g.Errorf("the goals are %s, the answers lead to %v", got, paths)
		}
	})
}

func TestACodeTypedInManyWindowsAtOnceOpensOne(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		v := testkit.Visit(t, p.site)
		page := v.Get("/sign-in").Submit("/sign-in", map[string]string{"email": "ines@weir.example"})
		code := codeForm.FindStringSubmatch(p.post())[1]
		answers := together(t, times(6, func() *testkit.Shown { return page.Submit("/sign-in/code", map[string]string{"code": code}) })...)
		sessions := testkit.Read(t, p.Store, func(tx *db.Tx) (int64, error) {
			return db.One(tx, db.Scanned[int64], "select count(*) from sessions")
		})
		if count(answers, 200) != 1 || sessions != 1 {
			t.Errorf("%d windows are in, %d sessions", count(answers, 200), sessions)
		}
	})
}

func TestAnInstallationIsSetUpOnceHoweverManySendTheForm(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		token := testkit.Write(t, s, account.SetUpLink)
		site := siteOf(t, s)
		form := url.Values{"for": {"organisation"}, "organisation": {"Weir"}, "name": {"Ada"}, "email": {"ada@weir.example"}, "time_zone": {"UTC"}}
		together(t, times(4, func() *testkit.Shown { return testkit.Visit(t, site).Post("/setup/"+string(token), form) })...)
		if all := testkit.Read(t, s, org.UnscopedOrganisations); len(all) != 1 {
			t.Errorf("%d organisations were founded", len(all))
		}
	})
}

func TestTwoAdministratorsAtOnceLeaveOneWholeOrganisation(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		testkit.Do(t, p.Store, func(tx *db.Tx) error { return org.Appoint(tx, p.Ada, p.Mira.Person, true) })
		mira := p.Mira
		ada, other := p.visitAs(p.Ada), p.visitAs(mira)
		answers := together(t,
			func() *testkit.Shown {
				return ada.Post("/organisation/people", url.Values{"name": {"Zoe"}, "email": {"zoe@weir.example"}, "external_id": {"9"}})
			},
			func() *testkit.Shown {
				return other.Post("/organisation/people", url.Values{"name": {"Zoe"}, "email": {"zoe@weir.example"}, "external_id": {"9"}})
			})
		if count(answers, 422) != 1 {
			t.Errorf("the same person added twice: %d and %d", answers[0].Status, answers[1].Status)
		}
		together(t,
			func() *testkit.Shown {
				return ada.Post("/organisation/people/"+string(p.Mira.Person)+"/administrator", url.Values{"administrator": {"no"}})
			},
			func() *testkit.Shown {
				return other.Post("/organisation/people/"+string(p.Ada.Person)+"/administrator", url.Values{"administrator": {"no"}})
			})
		left := testkit.Read(t, p.Store, func(tx *db.Tx) ([]org.Person, error) { return org.Administrators(tx, p.Ana) })
		if len(left) == 0 {
			t.Error("nobody administers any more")
		}
		answers = together(t,
			func() *testkit.Shown {
				return ada.Post("/organisation/people/"+string(p.Ines.Person)+"/manager", url.Values{"manager": {"Joel Sá"}})
			},
			func() *testkit.Shown {
				return ada.Post("/organisation/people/"+string(p.Joel.Person)+"/manager", url.Values{"manager": {"Ines Faria"}})
			})
		above := testkit.Read(t, p.Store, func(tx *db.Tx) ([]db.ID, error) { return org.Above(tx, p.Organisation.ID, p.Ines.Person) })
		if slices.Contains(above, p.Ines.Person) {
			t.Errorf("Ines is above herself: %d and %d", answers[0].Status, answers[1].Status)
		}
	})
}

func TestAPeopleFileConfirmedTwiceAtOnceComesInOnce(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		ada := p.visitAs(p.Ada)
		page := ada.Get("/organisation/import").Submit("/organisation/import", map[string]string{"lines": "name,email\nZoe Ra,zoe@weir.example\nUri Ra,uri@weir.example\n"}).Must(200)
		path := page.Path
		values := url.Values{"seen": {page.Attribute(`input[name="seen"]`, "value")}}
		answers := together(t, times(4, func() *testkit.Shown { return ada.Post(path+"/import", values) })...)
		found := testkit.Read(t, p.Store, func(tx *db.Tx) ([]org.Person, error) { return org.Search(tx, p.Ada, "Ra", org.Place{}, 9) })
		if len(found) != 2 || count(answers, 200) != 1 {
			t.Errorf("%d people came, %d answers say so", len(found), count(answers, 200))
		}
	})
}

func TestAHandoverDecidedInTwoWindowsIsDecidedOnce(t *testing.T) {
	onPlanPages(t, func(g ground) {
		testkit.Do(g.T, g.s, func(tx *db.Tx) error {
			if err := plan.ShareSections(tx, g.Ines, []plan.Section{plan.Purpose, plan.Goals}, plan.WithManager); err != nil {
				return err
			}
			return org.SetManager(tx, g.Ada, g.Ines.Person, g.Mira.Person)
		})
		ines, to := g.as(g.Ines), string(g.Mira.Person)
		together(g.T,
			func() *testkit.Shown { return ines.Post("/handover", url.Values{"all": {"yes"}, "to": {to}}) },
			func() *testkit.Shown { return ines.Post("/handover", url.Values{"all": {"yes"}, "to": {to}}) },
			func() *testkit.Shown { return ines.Post("/handover", url.Values{"to": {to}}) })
		given := testkit.Read(g.T, g.s, func(tx *db.Tx) (share.Audiences, error) { return share.Given(tx, g.Ines) })
		if len(given) != 0 && len(given) != 2 {
			g.Errorf("half is decided: %v", given)
		}
	})
}

func TestAnAcceptAndACancelAtOnceEndInOneOfTheTwo(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
		for range 5 {
			one := testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
				return conversation.Request(tx, c.Ines, conversation.Input{With: c.Tomas.Self(), Kind: conversation.Sprint,
					Time: conversation.Time{At: time.Date(2026, time.November, 24, 15, 0, 0, 0, time.UTC), Minutes: 20}})
			})
			path := conversationHref(one.ID)
			together(t,
				func() *testkit.Shown { return tomas.Post(path+"/accept", url.Values{"revision": {"1"}}) },
				func() *testkit.Shown { return tomas.Post(path+"/accept", url.Values{"revision": {"1"}}) },
				func() *testkit.Shown { return ines.Post(path+"/cancel", url.Values{}) },
				func() *testkit.Shown {
					return ines.Post(path+"/time", url.Values{"revision": {"1"}, "day": {"2026-11-25"}, "time": {"10:00"}, "minutes": {"20"}})
				})
			now := testkit.Read(t, s, func(tx *db.Tx) (conversation.Conversation, error) { return conversation.ByID(tx, c.Ines, one.ID) })
			if now.State != conversation.Cancelled {
				t.Errorf("cancelled, and it stands as %s", now.State)
			}
		}
	})
}

func TestNotesWrittenInManyWindowsAtOnceLoseNothing(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		path := arranged(t, s, c)
		ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
		answers := together(t,
			func() *testkit.Shown {
				return ines.Post(path+"/notes", url.Values{"revision": {"0"}, "notes": {"one"}})
			},
			func() *testkit.Shown {
				return tomas.Post(path+"/notes", url.Values{"revision": {"0"}, "notes": {"two"}})
			},
			func() *testkit.Shown {
				return ines.Post(path+"/notes", url.Values{"revision": {"0"}, "notes": {"three"}})
			})
		if count(answers, http.StatusOK) != 1 || count(answers, http.StatusConflict) != 2 {
			t.Errorf("answers %d %d %d", answers[0].Status, answers[1].Status, answers[2].Status)
		}
		for _, a := range answers {
			if a.Status == http.StatusConflict && strings.Count(a.Text(".conflict"), "What stands there now") != 1 {
				t.Errorf("a text is lost: %s", a.Text("main"))
			}
		}
	})
}

func TestSharedTwiceAtOnceIsSharedOnce(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines, goal := g.as(g.Ines), g.goal("Sing")
		together(g.T, times(4, func() *testkit.Shown {
			return ines.Post(PathOf(goal.Thing())+"/share", url.Values{"with": {"manager"}})
		})...)
		together(g.T, append(times(3, func() *testkit.Shown {
			return ines.Post("/skills", url.Values{"name": {"Go"}, "level": {"1"}, "wanted": {"2"}})
		}),
			func() *testkit.Shown { return ines.Post("/you/notices", url.Values{}) }, func() *testkit.Shown { return ines.Post("/you/notices", url.Values{}) })...)
		given := testkit.Read(g.T, g.s, func(tx *db.Tx) (share.Audiences, error) { return share.Given(tx, g.Ines) })
		skills := testkit.Read(g.T, g.s, func(tx *db.Tx) ([]plan.Skill, error) { return plan.SkillsOf(tx, g.Ines, g.Ines.Person) })
		if len(given) != 1 || len(skills) != 1 {
			g.Errorf("%d shares, %d skills", len(given), len(skills))
		}
	})
}
