package web

import (
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/referral"
	"github.com/ownward/ownward/internal/testkit"
)

func TestAnAnswerIsKeptAsCounselByOnePressDecidedByAnotherAndShownToWhoeverGaveIt(t *testing.T) {
	store := testkit.SQLite(t)
	s, err := New(Config{DB: store.DB, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	c := testkit.NewCompany(t, store, "weir.example")
	site := testkit.Site(t, s)
	ines, mira := testkit.VisitAs(t, store, site, c.Ines), testkit.VisitAs(t, store, site, c.Mira)
	var goal plan.Goal
	asked := testkit.Write(t, store, func(tx *db.Tx) (question.Asking, error) {
		var err error
		if goal, err = plan.AddGoal(tx, c.Ines, plan.GoalText{Title: "Lead a release", Area: plan.Professional}, org.Origin{}); err != nil {
			return question.Asking{}, err
		}
		return question.Record(tx, c.Ines, goal.Thing(), question.Input{Wording: "Where do I begin?", To: c.Mira.Self().String(), Answer: "With the list of people"})
	})
	keep := "/askings/" + string(asked.ID) + "/counsel"
	if offered := ines.Get("/counsel").Must(200).Text("#heard li small"); !strings.Contains(offered, "Mira Koch answered") {
		t.Errorf("offered is %q", offered)
	}
	page := ines.Get("/askings/"+string(asked.ID)).Must(200).Submit(keep, nil).Must(200)
	if !strings.Contains(page.Text("h1+p"), "Mira Koch advised this") || page.Text("aside a.own") != "Lead a release" {
		t.Errorf("it says %q, about %q", page.Text("h1+p"), page.Text("aside a.own"))
	}
	here := page.Path
	if got := ines.Get("/askings/" + string(asked.ID)).Must(200); !strings.Contains(got.Body, `<a href="`+here+`">as counsel</a>`) {
		t.Error("the question does not lead to what was kept of its answer")
	}
	mira.Get(here).Must(404)
	ines.Get("/counsel").Must(200).Submit(here+"/decision", map[string]string{"choice": "adapted"}).Must(200)
	page = ines.Get(here).Must(200)
	page = page.Submit(here+"/decision", map[string]string{"choice": "adapted", "why": "People, then dates"}).Must(200)
	page = page.Submit(here+"/outcome", map[string]string{"came": "Nobody was forgotten"}).Must(200)
	if won := page.Submit(here+"/win", nil).Must(200); !strings.HasPrefix(won.Path, "/wins/") || !strings.Contains(won.Body, "Nobody was forgotten") {
		t.Errorf("what came of it as a win leads to %s", won.Path)
	}
	if at := ines.Get("/goals/" + string(goal.ID)).Must(200).Text("#counsel li"); !strings.Contains(at, "adapted") {
		t.Errorf("at the goal stands %q", at)
	}
	if begun := ines.Get("/goals/new?origin=counsel:" + strings.TrimPrefix(here, "/counsel/")).Must(200); begun.Text("figure.said blockquote") != "With the list of people" {
		t.Errorf("a goal begins with %q", begun.Text("figure.said blockquote"))
	}
	if stolen := mira.Get("/goals/new?origin=counsel:" + strings.TrimPrefix(here, "/counsel/")).Must(200); strings.Contains(stolen.Body, "With the list of people") {
		t.Error("somebody else reads it where a goal begins")
	}
	ines.Get(here+"/share").Must(200).Submit(here+"/share", map[string]string{"with": "person:" + string(c.Mira.Person)}).Must(200)
	shown := mira.Get(here).Must(200)
	if !strings.Contains(shown.Body, "People, then dates") || strings.Contains(shown.Body, "Lead a release") || strings.Contains(shown.Body, "/decision") {
		t.Errorf("whoever advised reads %q", shown.Text("main"))
	}
	if listed := mira.Get("/counsel").Must(200).Text("#shown li"); !strings.Contains(listed, "What you advised Ines Faria") {
		t.Errorf("on her list stands %q", listed)
	}
	if theirs := mira.Get("/people/" + string(c.Ines.Person)).Must(200).Text("#shown-counsel li"); !strings.Contains(theirs, "What you advised Ines Faria") {
		t.Errorf("on the page of Ines stands %q", theirs)
	}
}

func TestCounselFromNothingComesBackWithWhatWasTypedAndMakesNoContactOfAnError(t *testing.T) {
	store := testkit.SQLite(t)
	s, err := New(Config{DB: store.DB, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	c := testkit.NewCompany(t, store, "weir.example")
	ines := testkit.VisitAs(t, store, testkit.Site(t, s), c.Ines)
	page := ines.Get("/counsel/new").Must(200).Submit("/counsel", map[string]string{"words": "", "by": "outside", "named": "Rosa Lind", "why": "It is late"}).Must(422)
	if page.Text("#error-words") == "" || !strings.Contains(page.Body, "It is late") {
		t.Errorf("said %q", page.Text(".errors"))
	}
	if names := ines.Get("/contacts").Must(200).Text("main ul"); names != "" {
		t.Errorf("an error made a contact: %q", names)
	}
	page = page.Submit("/counsel", map[string]string{"words": "Rest first"}).Must(200)
	if !strings.Contains(page.Text("h1+p"), "Rosa Lind advised this") {
		t.Errorf("it says %q", page.Text("h1+p"))
	}
	ines.Get(page.Path+"/edit").Must(200).Submit(page.Path, map[string]string{"words": "Rest, then write", "by": "aloud", "named": "Aunt Rosa"}).Must(200)
	if found := ines.Get("/find?q=aunt").Body; !strings.Contains(found, "Rest, then write") {
		t.Errorf("the palette finds %s", found)
	}
}

func TestSomebodyWhoMattersIsAddedByOnePressAndOneLineRemindsOfThem(t *testing.T) {
	store := testkit.SQLite(t)
	s, err := New(Config{DB: store.DB, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	c := testkit.NewCompany(t, store, "weir.example")
	site := testkit.Site(t, s)
	ines := testkit.VisitAs(t, store, site, c.Ines)
	testkit.Do(t, store, func(tx *db.Tx) error {
		_, err := question.Record(tx, c.Ines, org.Origin{}, question.Input{Wording: "Where do I begin?", To: c.Mira.Self().String(), Answer: "With the list"})
		return err
	})
	list := ines.Get("/relationships").Must(200)
	if got := list.Text("#offers li"); !strings.Contains(got, "Mira Koch") || !strings.Contains(got, "Answered a question of yours") {
		t.Errorf("offered is %q", got)
	}
	page := list.Submit("/relationships", nil).Must(200)
	if page.Text("h1") != "Mira Koch" {
		t.Fatalf("one press leads to %q", page.Text("h1"))
	}
	soon := testkit.Read(t, store, func(tx *db.Tx) (civil.Date, error) { return civil.In(tx.Now(), c.Ines.Zone).AddDays(3), nil })
	page = page.Submit(page.Path, map[string]string{"connects": "We sailed", "next_on": soon.String(), "next": "The mooring"}).Must(200)
	home := ines.Get("/").Must(200)
	if near := home.Text("#near"); !strings.Contains(near, "Mira Koch") {
		t.Errorf("the start page says %q", near)
	}
	testkit.VisitAs(t, store, site, c.Mira).Get(page.Path).Must(404)
	home.Submit(page.Path+"/next/letting-go", nil).Must(200)
	if near := ines.Get("/").Must(200).Text("#near"); near != "" {
		t.Errorf("let go of, the start page says %q", near)
	}
	if met := ines.Get(page.Path).Must(200).Submit(page.Path+"/exchange", nil).Must(200); !strings.Contains(met.Text(".sub"), "Last in touch") {
		t.Errorf("noted, it says %q", met.Text(".sub"))
	}
	ines.Get(page.Path).Must(200).Submit(page.Path+"/removal", nil).Must(200)
	if left := ines.Get("/relationships").Must(200); left.Text("#offers") != "" || left.Text(".empty") == "" {
		t.Errorf("taken off, the page says %q", left.Text("main"))
	}
}

func TestWhoIsIntroducedIsFoundByWhatTheyOfferAndWhoIsReplacedIsToldThatItIsOver(t *testing.T) {
	store := testkit.SQLite(t)
	s, err := New(Config{DB: store.DB, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	c := testkit.NewCompany(t, store, "weir.example")
	tomas := testkit.VisitAs(t, store, testkit.Site(t, s), c.Tomas)
	var r referral.Referral
	testkit.Do(t, store, func(tx *db.Tx) error {
		if err := mentor.Offer(tx, c.Mira, 0, mentor.Text{Skills: []mentor.Skill{{Name: "Sailing", Level: 4}}, Places: 1, Who: mentor.Everyone}); err != nil {
			return err
		}
		var err error
		r, err = referral.Make(tx, c.Tomas, org.Origin{}, referral.Input{By: c.Tomas.Self(), For: c.Ines.Self(), Third: c.Joel.Self(), Need: "To tack", Due: civil.In(tx.Now(), c.Tomas.Zone).AddDays(9)})
		if err != nil {
			return err
		}
		now, err := referral.ByID(tx, c.Ines, r.ID)
		return errors.Join(err, referral.Agree(tx, c.Ines, r.ID, now.Revision, now.Told))
	})
	page := tomas.Get("/referrals/new?for=person:" + string(c.Ines.Person) + "&skill=Sailing").Must(200)
	if found := page.Text("main details li"); !strings.Contains(found, "Mira Koch") || !strings.Contains(found, "4 of 5") {
		t.Errorf("found is %q", found)
	}
	chosen := tomas.Get("/referrals/new?for=person:" + string(c.Ines.Person) + "&third=person:" + string(c.Mira.Person)).Must(200)
	if third := chosen.Text("#field-third option[selected]"); third != "Mira Koch" {
		t.Errorf("chosen is %q", third)
	}
	told := func() int64 {
		return testkit.Read(t, store, func(tx *db.Tx) (int64, error) {
			return db.One(tx, db.Scanned[int64], "select count(*) from jobs where args like '%"+string(c.Joel.Person)+"%' and args like '%introduction%'")
		})
	}
	before := told()
	named := tomas.Get("/referrals/" + string(r.ID) + "?third=person:" + string(c.Mira.Person)).Must(200)
	if third := named.Text("#field-third option[selected]"); third != "Mira Koch" {
		t.Errorf("in the place of Joel stands %q", third)
	}
	named.Submit("/referrals/"+string(r.ID)+"/naming", map[string]string{"told": "She tacks"}).Must(200)
	if after := told(); after != before+1 {
		t.Errorf("Joel, who was asked, was told %d times", after-before)
	}
	testkit.VisitAs(t, store, testkit.Site(t, s), c.Joel).Get("/introductions/" + string(r.ID)).Must(200)
}
