package web

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/testkit"
)

// questionsOnEach runs the test on each engine, in front of a company and its site.
func questionsOnEach(t *testing.T, test func(t *testing.T, s testkit.Store, c testkit.Company, site string)) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		server, err := New(Config{DB: s.DB, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
		if err != nil {
			t.Fatal(err)
		}
		test(t, s, testkit.NewCompany(t, s, "weir.example"), testkit.Site(t, server))
	})
}

func TestTheLibraryIsNarrowedByStageAndByWhomIsAsked(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines := testkit.VisitAs(t, s, site, c.Ines)
		if got := ines.Get("/questions").Must(http.StatusOK).Text("main h2"); got != "Reflect | Plan | Ask | Agree | Follow through | Prove | For those who lead others | Cards of your own" {
			t.Errorf("the stages are %s", got)
		}
		narrowed := ines.Get("/questions?stage=follow+through&for=self").Must(http.StatusOK)
		if got := narrowed.Text("main .rows a"); !strings.HasPrefix(got, "What did I do for one of my goals this week") || strings.Count(got, " | ") != 2 {
			t.Errorf("follow through, of oneself: %s", got)
		}
		if got := narrowed.Text("option[selected]"); got != "Follow through | Yourself" {
			t.Errorf("the filter shows %s", got)
		}
		if none := ines.Get("/questions?stage=agree&for=self").Must(http.StatusOK); !none.Has(".empty") {
			t.Error("an empty list does not say so")
		}
	})
}

func TestACardRewritesItsSentenceForWhatIsChosen(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines := testkit.VisitAs(t, s, site, c.Ines)
		page := ines.Get("/questions/help-me-forward?asked=mentor&helper=manager&for=team&about=skill").Must(http.StatusOK)
		if got, want := page.Text("h1"), "What can my manager do to help my team with one of their skills?"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if got := page.Text("option[selected]"); got != "My mentor | My manager | My team | A skill" {
			t.Errorf("chosen is %s", got)
		}
		if got := page.Text("main .rows"); !strings.Contains(got, "What can my team do to help my manager with one of their skills?") {
			t.Errorf("turned round it is not among the other ways: %s", got)
		}
		if got := page.Text("aside .rows a"); !strings.Contains(got, "by when, and how will we see that it is done?") {
			t.Errorf("the next cards are %s", got)
		}
		ines.Get("/questions/no-such-card").Must(http.StatusNotFound)
	})
}

func TestAQuestionIsAskedAnsweredAndLeadsOn(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines := testkit.VisitAs(t, s, site, c.Ines)
		card := ines.Get("/questions/show-me")
		writing := ines.Get(card.Attribute("main .button", "href")).Must(http.StatusOK)
		form := ines.Get(writing.Attribute(".tabs a:nth-child(2)", "href")).Must(http.StatusOK)
		if got := form.Text("#field-to option[selected]"); got != "Tomás Reis, your manager" {
			t.Errorf("asked of %s", got)
		}
		missing := form.Submit("/askings", map[string]string{"to": "aloud"}).Must(http.StatusUnprocessableEntity)
		if got := missing.Text("#error-to_name"); got != "Please write down whom you asked." {
			t.Errorf("without a name it says %q", got)
		}
		asked := missing.Submit("/askings", map[string]string{"to": form.Attribute("#field-to option[selected]", "value")}).Must(http.StatusOK)
		if got := asked.Text("h1"); got != "With one of my goals in mind, what would you need to see from me before saying yes?" {
			t.Errorf("the asking is %s", got)
		}
		if asked.Has(".next") {
			t.Error("it leads on before there is an answer")
		}
		action := asked.Path + "/answer"
		answered := asked.Submit(action, map[string]string{"answer": "Two releases\n\nwithout <b>help</b>"}).Must(http.StatusOK)
		if got := answered.Text("blockquote p"); got != "Two releases | without <b>help</b>" {
			t.Errorf("the answer is %s", got)
		}
		for _, way := range []string{"/goals/new", "/asks/new", "/promises/new"} {
			if !answered.Has(`.next a[href="` + way + `?origin=asking%3A` + strings.TrimPrefix(asked.Path, "/askings/") + `"]`) {
				t.Errorf("no way to %s", way)
			}
		}
		for _, way := range []string{"/asks/new", "/promises/new"} {
			next := ines.Get(answered.Attribute(`.next a[href^="`+way+`"]`, "href")).Must(http.StatusOK)
			if got := next.Text("#field-whom option[selected]"); got != "Tomás Reis, your manager" || !strings.Contains(next.Text("blockquote"), "Two releases") {
				t.Errorf("%s begins with %q and %q", way, got, next.Text("blockquote"))
			}
		}
		late := asked.Submit(action, map[string]string{"answer": "Three releases"}).Must(http.StatusConflict)
		if !strings.Contains(late.Body, "Two releases") || !strings.Contains(late.Text("textarea"), "Three releases") {
			t.Errorf("a conflict does not show both texts: %s", late.Text("main"))
		}
		if got := ines.Get("/questions/show-me").Text("aside"); !strings.Contains(got, "You asked this") {
			t.Errorf("the card does not know that it was asked: %s", got)
		}
		if got := ines.Get("/askings").Text("main h2"); got != "Answered" {
			t.Errorf("the list has %s", got)
		}
		gone := answered.Submit(asked.Path+"/remove", nil).Must(http.StatusOK)
		if gone.Path != "/askings" || !gone.Has(".empty") {
			t.Errorf("after taking it away: %s, %s", gone.Path, gone.Text("main"))
		}
	})
}

func TestAnAskingIsNotThereForOthers(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
		asked := ines.Get("/askings/new?card=show-me").Submit("/askings", map[string]string{"to": "self"}).Must(http.StatusOK)
		tomas.Get(asked.Path).Must(http.StatusNotFound)
		tomas.Post(asked.Path+"/answer", map[string][]string{"answer": {"x"}, "revision": {"1"}}).Must(http.StatusNotFound)
		tomas.Post(asked.Path+"/remove", nil).Must(http.StatusNotFound)
		if got := testkit.Visit(t, site).Get(asked.Path); strings.Contains(got.Body, "saying yes") {
			t.Error("somebody who is not signed in sees it")
		}
	})
}

func TestAQuestionIsAboutAGoalOfOnesOwnByName(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		goal := testkit.Write(t, s, func(tx *db.Tx) (plan.Goal, error) {
			return plan.AddGoal(tx, c.Ines, plan.GoalText{Title: "Lead a release"}, org.Origin{})
		})
		ines := testkit.VisitAs(t, s, site, c.Ines)
		about := "about=goal%3A" + string(goal.ID)
		page := ines.Get("/questions/help-me-forward?" + about).Must(http.StatusOK)
		if got, want := page.Text("h1"), "What can you do to help me with my goal “Lead a release”?"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		form := ines.Get(page.Attribute("main .button", "href")).Must(http.StatusOK)
		if got := form.Text("textarea"); !strings.Contains(got, "my goal “Lead a release”") {
			t.Errorf("the form begins with %s", got)
		}
		if strings.Contains(form.Path, "Lead") || form.Attribute("input[name=origin]", "value") != "goal:"+string(goal.ID) {
			t.Errorf("from %s to %s", form.Path, form.Attribute("input[name=origin]", "value"))
		}
		theirs := ines.Get("/questions/help-me-forward?for=manager&helper=myself&" + about)
		if got, want := theirs.Text("h1"), "What can I do to help you with one of your goals?"; got != want {
			t.Errorf("of somebody else: got %s, want %s", got, want)
		}
		others := testkit.VisitAs(t, s, site, c.Tomas).Get("/questions/help-me-forward?" + about).Must(http.StatusOK)
		if strings.Contains(others.Body, "Lead a release") {
			t.Error("Tomás reads the goal of Ines")
		}
	})
}

func TestAManagersCardOffersNoGoalsOfTheManager(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := plan.AddGoal(tx, c.Tomas, plan.GoalText{Title: "Lead a release"}, org.Origin{})
			return err
		})
		tomas := testkit.VisitAs(t, s, site, c.Tomas)
		if page := tomas.Get("/questions/in-your-way"); strings.Contains(page.Body, "Lead a release") {
			t.Error("it offers the manager's own goal for a question about somebody else's")
		}
	})
}

func TestAnAddressHoldsNoWords(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines := testkit.VisitAs(t, s, site, c.Ines)
		page := ines.Get("/questions/help-me-forward?about=Secret+words&name=Secret+words").Must(http.StatusOK)
		if strings.Contains(page.Body, "Secret") {
			t.Error("words of an address come into the page")
		}
	})
}

func TestACardOfOnesOwnIsWrittenLookedAtAndTakenAway(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines := testkit.VisitAs(t, s, site, c.Ines)
		const card = "---\nid: my-own\nstage: ask\nfor: [manager]\nquestion: What would help {beneficiary:them}?\nnext: [show-me]\n---\n\n## When to ask\n\nBefore lunch.\n"
		page := ines.Get("/cards/new").Must(http.StatusOK)
		look := ines.Post("/cards/preview", url.Values{"text": {strings.Replace(card, "stage: ask", "stage: tea", 1)}}).Must(http.StatusOK)
		if got := look.Text("#advice"); !strings.Contains(got, "Line 3") {
			t.Errorf("a fault is shown as %s", got)
		}
		if again := page.Submit("/cards", map[string]string{"text": "nothing"}); again.Must(http.StatusUnprocessableEntity).Text("textarea[name=text]") != "nothing" {
			t.Errorf("what was typed came back as %q", again.Text("textarea[name=text]"))
		}
		kept := page.Submit("/cards", map[string]string{"text": card}).Must(http.StatusOK)
		if got := kept.Text("h1"); got != "What would help me?" {
			t.Errorf("it reads %s", got)
		}
		if got := kept.Text("main h2"); got != "When to ask" {
			t.Errorf("its texts: %s", got)
		}
		if got := ines.Get("/questions").Text("main"); !strings.Contains(got, "What would help me?") {
			t.Error("it is not in the library")
		}
		if got := testkit.VisitAs(t, s, site, c.Tomas).Get("/questions").Text("main"); strings.Contains(got, "What would help me?") {
			t.Error("Tomás sees it")
		}
	})
}

func TestAListOfQuestionsIsLookedAtBeforeItComesIn(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines := testkit.VisitAs(t, s, site, c.Ines)
		page := ines.Get("/cards/import").Must(http.StatusOK)
		look := page.Submit("/cards/import/preview", map[string]string{"lines": "What would you do?\nThink."}).Must(http.StatusOK)
		if got := look.Text("#found"); !strings.Contains(got, "What would you do?") || !strings.Contains(got, "Line 2") {
			t.Errorf("the preview says %s", got)
		}
		if got := ines.Get("/questions").Text("main"); strings.Contains(got, "What would you do?") {
			t.Error("looking at it brought it in")
		}
		done := ines.Post("/cards/import", url.Values{"lines": {"What would you do?"}}).Must(http.StatusOK)
		if got := done.Text("main"); !strings.Contains(got, "What would you do?") {
			t.Errorf("it is not there: %s", got)
		}
		if got := done.Text("[role=status]"); !strings.Contains(got, "The questions are in") {
			t.Errorf("it says %q", got)
		}
		for _, lines := range []string{"[[[", "Think.", "[1, 2]"} {
			none := ines.Post("/cards/import", url.Values{"lines": {lines}}).Must(http.StatusUnprocessableEntity)
			if got := none.Text("main"); !strings.Contains(got, "Nothing of this can be read") && !strings.Contains(got, "no question in it") {
				t.Errorf("of %q it says %s", lines, got)
			}
		}
	})
}

func TestWhatNobodySeesIsNoTextAndWhatNobodyGrantsNoSum(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines := testkit.VisitAs(t, s, site, c.Ines)
		for what, status := range map[string]int{"\u200b \u2060\ufeff": http.StatusUnprocessableEntity, "\u200bA course": http.StatusOK} {
			ines.Post("/asks", url.Values{"what": {what}, "do": {"keep"}}).Must(status)
		}
		// More than the file of a person holds could not be taken along.
		ines.Post("/asks", url.Values{"what": {"The moon"}, "amount": {"10000000000001"}, "currency": {"EUR"}, "do": {"keep"}}).Must(http.StatusUnprocessableEntity)
	})
}
