package web

import (
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/activity"
	"github.com/ownward/ownward/internal/testkit"
)

func TestAStepIsTakenFromTheCatalogueWithItsGoal(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		server, err := New(Config{DB: s.DB, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
		if err != nil {
			t.Fatal(err)
		}
		c := testkit.NewCompany(t, s, "weir.example")
		ines := testkit.VisitAs(t, s, testkit.Site(t, server), c.Ines)
		list := ines.Get("/activities?for=share&money=nothing").Must(http.StatusOK)
		if got := list.Text("main .rows a"); !strings.Contains(got, "Teaching back") || strings.Contains(got, "Course") || strings.Contains(got, "Shadowing") {
			t.Errorf("to build on a strength without money there are %s", got)
		}
		one := ines.Get("/activities/shadowing").Must(http.StatusOK)
		if got := one.Text("main h2"); got != "What it is | When it fits | What it costs | How to start | How to tell that it worked | What to ask your manager for" {
			t.Errorf("shadowing says %s", got)
		}
		ines.Get("/activities/sleeping").Must(http.StatusNotFound)
		form := ines.Get("/steps/new?activity=shadowing&sentence=1").Must(http.StatusOK)
		wrong := form.Submit("/steps", nil).Must(http.StatusUnprocessableEntity)
		if got := wrong.Text(".error"); !strings.Contains(got, "what you want to reach") {
			t.Errorf("without a goal it says %s", got)
		}
		goal := wrong.Submit("/steps", map[string]string{"title": "Lead a service"}).Must(http.StatusOK)
		if got := goal.Text("h1") + ": " + goal.Text("#steps li .own"); !strings.HasPrefix(got, "Lead a service: Ask afterwards: why did you do that") {
			t.Errorf("the goal and its step are %s", got)
		}
		if got := goal.Attribute("#steps li small a", "href"); got != "/activities/shadowing" {
			t.Errorf("its kind leads to %s", got)
		}
		odd := ines.Get("/steps/new?activity=shadowing&sentence=9&goal=none").Must(http.StatusOK)
		if got := odd.Text("option[selected]"); !strings.Contains(got, "shadowing") {
			t.Errorf("odd addresses offer %s", got)
		}
	})
}

func TestAnAdministratorSeesWhichActivitiesWereLeftOut(t *testing.T) {
	s := testkit.SQLite(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "bad.md"), []byte("no card"), 0o600); err != nil {
		t.Fatal(err)
	}
	own, err := activity.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	server, err := New(Config{DB: s.DB, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Activities: own})
	if err != nil {
		t.Fatal(err)
	}
	c := testkit.NewCompany(t, s, "weir.example")
	site := testkit.Site(t, server)
	if got := testkit.VisitAs(t, s, site, c.Ada).Get("/activities").Text(".notice"); !strings.Contains(got, "bad.md:1: a card begins with front matter") {
		t.Errorf("an administrator reads %s", got)
	}
	if testkit.VisitAs(t, s, site, c.Ines).Get("/activities").Has(".notice") {
		t.Error("others are told of it too")
	}
}
