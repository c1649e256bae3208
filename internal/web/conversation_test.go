package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/testkit"
)

// arranged is a conversation of Ines and Tomás, today at three in the afternoon.
func arranged(t testing.TB, s testkit.Store, c testkit.Company) string {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (string, error) {
		at := time.Date(2026, time.November, 23, 15, 0, 0, 0, time.UTC)
		one, err := conversation.Request(tx, c.Ines, conversation.Input{
			With: c.Tomas.Self(), Kind: conversation.Align, Time: conversation.Time{At: at, Minutes: 60},
		})
		if err != nil {
			return "", err
		}
		_, err = conversation.Accept(tx, c.Tomas, one.ID, one.Revision)
		return conversationHref(one.ID), err
	})
}

func TestTwoArrangeAConversationOnPages(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		testkit.Do(t, s, func(tx *db.Tx) error { return org.ChooseZone(tx, c.Tomas, "Europe/Berlin") })
		ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
		if got := ines.Get("/conversations").Must(http.StatusOK); !got.Has(".empty a") {
			t.Error("without any there is no way to the first")
		}
		form := ines.Get("/conversations/new").Must(http.StatusOK)
		if got := form.Text("#field-with option[selected]"); got != "Tomás Reis, your manager" {
			t.Errorf("offered is %q", got)
		}
		missing := form.Submit("/conversations", map[string]string{"kind": "align", "time": "soon"}).Must(http.StatusUnprocessableEntity)
		if got := missing.Text("#error-time"); !strings.HasPrefix(got, "Please give the time") {
			t.Errorf("a time that is none: %q", got)
		}
		asked := missing.Submit("/conversations", map[string]string{"day": "2026-11-26", "time": "10:00"}).Must(http.StatusOK)
		if got := asked.Text("h1") + ": " + asked.Text(".notice"); got != "Align with Tomás Reis: You proposed this time. It waits for the answer of Tomás Reis." {
			t.Errorf("asked for: %s", got)
		}
		if got := asked.Text(".head time"); got != "Thursday 26 November, 10:00 to 11:00" {
			t.Errorf("when: %s", got)
		}
		if got := tomas.Get("/conversations").Text("main .rows"); !strings.Contains(got, "Thursday 26 November, 11:00") {
			t.Errorf("Tomás finds %s", got)
		}
		his := tomas.Get(asked.Path)
		moved := his.Submit(asked.Path+"/time", map[string]string{"time": "14:00"}).Must(http.StatusOK)
		if got := moved.Text(".head .sub"); got != "Thursday 26 November, 14:00 to 15:00 (13:00 for Ines Faria) · about the growth of Ines Faria" {
			t.Errorf("moved to %s", got)
		}
		yes := ines.Get(asked.Path).Submit(asked.Path+"/accept", nil).Must(http.StatusOK)
		if yes.Has(".next") || yes.Has(".notice") {
			t.Error("after the yes it still waits for something")
		}
		if got := ines.Get("/conversations").Text(".next h3"); got != "Align with Tomás Reis" {
			t.Errorf("next is %q", got)
		}
		tomas.Get(asked.Path).Submit(asked.Path+"/cancel", nil)
		off := ines.Get(asked.Path)
		if got := off.Text(".notice p"); got != "Tomás Reis cancelled it. What was prepared stays here. | Ask for a new one" {
			t.Errorf("cancelled: %s", got)
		}
		again := ines.Get(off.Attribute(".notice a", "href")).Must(http.StatusOK)
		if got := again.Text("#field-with option[selected]") + again.Attribute("input[checked]", "value"); got != "Tomás Reis, your manageralign" {
			t.Errorf("the new one begins with %q", got)
		}
	})
}

func TestWhatOneKeepsForThemselvesIsOnNoPageOfTheOther(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		path := arranged(t, s, c)
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := plan.AddGoal(tx, c.Ines, plan.GoalText{Title: "Leave the team well"}, event.Thing{})
			return err
		})
		ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
		page := ines.Get(path).Submit(path+"/private", map[string]string{"private": "I am afraid of this"})
		page = page.Submit(path+"/agenda", map[string]string{"item": "The unfair review", "shared": "no"}).Must(http.StatusOK)
		if got := page.Text("#private textarea") + page.Text("#own .own"); got != "I am afraid of thisThe unfair review" {
			t.Errorf("Ines reads %q", got)
		}
		if !strings.Contains(page.Text("#suggestions"), "Leave the team well") {
			t.Error("her own goal is not suggested to her")
		}
		for _, at := range []string{path, path + "/brief", path + "/brief.md", path + "/earlier/private", path + "/earlier/notes"} {
			body := tomas.Get(at).Must(http.StatusOK).Body
			for _, secret := range []string{"afraid", "unfair", "Leave the team"} {
				if strings.Contains(body, secret) {
					t.Errorf("%s shows Tomás %q", at, secret)
				}
			}
		}
		shared := page.Submit(page.Attribute("#own form[action$=share]", "action"), nil).Must(http.StatusOK)
		if shared.Has("#own") {
			t.Error("what was shared is still on her own list")
		}
		shared = shared.Submit(path+"/suggestions", map[string]string{
			"shared": "yes", "source": shared.Attribute("#suggestions li:last-child input[name=source]", "value"),
		}).Must(http.StatusOK)
		got := tomas.Get(path).Text("#agenda .agenda .own")
		if got != "The unfair review | New goal of Ines Faria: Leave the team well" {
			t.Errorf("on the agenda Tomás reads %s", got)
		}
		if tomas.Get(path).Has("#agenda .agenda small a") {
			t.Error("Tomás is led to what stands behind her line")
		}
		ines.Get(path + "/brief.md").Must(http.StatusOK)
		if got := shared.Text("#suggestions"); strings.Contains(got, "Leave the team") {
			t.Error("what is on the agenda is suggested again")
		}
	})
}

func TestBothWriteTheNotesAndNothingOfEitherIsLost(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		path := arranged(t, s, c)
		ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
		his := tomas.Get(path)
		ines.Get(path).Submit(path+"/private", map[string]string{"private": "kept meanwhile"})
		ines.Get(path).Submit(path+"/notes", map[string]string{"notes": "Hers"}).Must(http.StatusOK)
		met := his.Submit(path+"/notes", map[string]string{"notes": "His"}).Must(http.StatusOK)
		got := met.Text("#notes textarea")
		if !strings.Contains(got, "Hers") || !strings.Contains(got, "His") || len(got) > len("Hers His") {
			t.Errorf("in the notes stands %q", got)
		}
		met.Submit(path+"/notes", map[string]string{"notes": "Hers and his"}).Must(http.StatusOK)
		// The form that came back is one of several: the others keep what they hold.
		wrong := ines.Get(path).Submit(path+"/agenda", map[string]string{"item": ""}).Must(http.StatusUnprocessableEntity)
		if got := wrong.Text("#private textarea") + " / " + wrong.Text("#notes textarea"); got != "kept meanwhile / Hers and his" {
			t.Errorf("beside a form that came back stands %q", got)
		}
	})
}

func TestItEndsWithOutcomesAndPromises(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		path := arranged(t, s, c)
		ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
		incomplete := tomas.Get(path+"/closing").Submit(path+"/end", map[string]string{
			"outcome": "Ines leads the release", "words-1": "Introduce Priya", "words-3": "Write the plan", "by-3": "other", "due-3": "2026-12-18",
		}).Must(http.StatusUnprocessableEntity)
		if got := incomplete.Text("#error-due-1"); got != "Please say by when." {
			t.Errorf("a promise without a day: %q", got)
		}
		ended := incomplete.Submit(path+"/end", map[string]string{"due-1": "2026-12-11"}).Must(http.StatusOK)
		want := "Introduce Priyaby 11 DecemberTomás Reis · open | Write the planby 18 DecemberInes Faria · waits for a yes"
		if got := ended.Text("#outcome .rows li"); got != want {
			t.Errorf("promised: %s, want %s", got, want)
		}
		late := ines.Get(path)
		if got := late.Text("#outcome > .own p"); got != "Ines leads the release" {
			t.Errorf("Ines reads %q", got)
		}
		if got := late.Text("#outcome form ul"); got != "Write the plan, by 18 December" {
			t.Errorf("with her yes she promises: %q", got)
		}
		differs := late.Submit(path+"/confirmation", map[string]string{"agrees": "no"}).Must(http.StatusUnprocessableEntity)
		if got := differs.Text("#error-differs"); got == "" {
			t.Error("she need not say how she remembers it")
		}
		agreed := late.Submit(path+"/confirmation", map[string]string{"agrees": "yes"}).Must(http.StatusOK)
		if got := agreed.Text("#outcome .rows li"); !strings.Contains(got, "Ines Faria · open") || agreed.Has("#outcome form[action$=confirmation]") {
			t.Errorf("after her yes: %s", got)
		}
		if got := tomas.Get(path).Text("#outcome"); !strings.Contains(got, "Ines Faria said that this is what was agreed") || !strings.Contains(got, "You said that") {
			t.Errorf("Tomás reads: %s", got)
		}
		if got := ines.Get("/conversations").Text("main"); !strings.Contains(got, "Sprint with Tomás Reis") {
			t.Errorf("the next was not proposed: %s", got)
		}
		late.Submit(path+"/outcome", map[string]string{"outcome": "Ines leads the release in March"}).Must(http.StatusOK)
		if got := tomas.Get(path); !got.Has("#outcome form[action$=confirmation]") || !strings.Contains(got.Text("#outcome"), "You agreed to an earlier wording") {
			t.Errorf("after it was mended Tomás reads: %s", got.Text("#outcome"))
		}
		if got := ines.Get("/conversations?with=" + c.Tomas.Self().String()).Text("main .rows a"); !strings.HasSuffix(got, "Align with Tomás Reis") {
			t.Errorf("past with Tomás: %s", got)
		}
	})
}

func TestAloneAContactIsThePartnerAndTheOwnerKeepsBothSides(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines := testkit.VisitAs(t, s, site, c.Ines)
		form := ines.Get("/conversations/new")
		nameless := form.Submit("/conversations", map[string]string{"with": "outside", "kind": "free"}).Must(http.StatusUnprocessableEntity)
		page := nameless.Submit("/conversations", map[string]string{"named": "Noor Haddad"}).Must(http.StatusOK)
		if got := page.Text("h1"); got != "Conversation with Noor Haddad" {
			t.Errorf("got %s", got)
		}
		if page.Has("#private") || strings.Contains(page.Text("main .seen"), "you and") {
			t.Errorf("with a contact there are no two sides: %s", page.Text("main .seen"))
		}
		unknown := form.Submit("/conversations", map[string]string{"with": "here", "kind": "free", "named": "Nobody"}).Must(http.StatusUnprocessableEntity)
		if got := unknown.Text("#error-named"); got != "Nobody here has this name. Try the e-mail address." {
			t.Errorf("an unknown name: %q", got)
		}
		known := unknown.Submit("/conversations", map[string]string{"named": "mira koch"}).Must(http.StatusOK)
		if got := known.Text("h1"); got != "Conversation with Mira Koch" {
			t.Errorf("got %s", got)
		}
	})
}

func TestNobodyElseFindsThePagesOfAConversation(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		path := arranged(t, s, c)
		item := testkit.VisitAs(t, s, site, c.Ines).Get(path).Submit(path+"/agenda", map[string]string{"item": "x", "shared": "yes"}).Attribute("#agenda form[action$=tick]", "action")
		for _, me := range []org.Actor{c.Ana, c.Joel, c.Ada, c.Mira} {
			v := testkit.VisitAs(t, s, site, me)
			for _, at := range []string{"", "/brief", "/brief.md", "/earlier/notes"} {
				v.Get(path + at).Must(http.StatusNotFound)
			}
			for _, act := range []string{"accept", "time", "cancel", "agenda", "suggestions", "notes", "private", "end", "outcome"} {
				v.Post(path+"/"+act, map[string][]string{
					"day": {"2026-11-26"}, "time": {"10:00"}, "minutes": {"30"}, "item": {"x"}, "source": {"goal:x"}, "revision": {"2"},
				}).Must(http.StatusNotFound)
			}
			v.Post(item, map[string][]string{"ticked": {"yes"}}).Must(http.StatusNotFound)
		}
	})
}

func TestAfterOneLeftBothReadWhatWasHeldAndOnlyPrivateNotesGoOn(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		path := arranged(t, s, c)
		tomas := testkit.VisitAs(t, s, site, c.Tomas)
		tomas.Get(path).Submit(path+"/notes", map[string]string{"notes": "What we said"})
		tomas.Get(path).Submit(path+"/private", map[string]string{"private": "What I thought"})
		tomas.Get(path+"/closing").Submit(path+"/end", map[string]string{"outcome": "Ines leads the release"})
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Tomas.Person) })
		for who, v := range map[string]*testkit.Visitor{"Ines": testkit.VisitAs(t, s, site, c.Ines), "Tomás": tomas} {
			page := v.Get(path).Must(http.StatusOK)
			if got := page.Text("#outcome > .own p") + page.Text("#notes > .own p"); got != "Ines leads the releaseWhat we said" {
				t.Errorf("%s reads %q", who, got)
			}
			if page.Has(`form[action$="/notes"], form[action$="/outcome"], form[action$="/agenda"]`) {
				t.Errorf("%s is offered to change what was written together", who)
			}
			v.Get(path + "/brief").Must(http.StatusOK)
			v.Get("/conversations").Must(http.StatusOK)
		}
		if his := tomas.Get(path); his.Text("#private .own") != "What I thought" || his.Has("#private form") {
			t.Errorf("of his own notes Tomás reads %q", his.Text("#private"))
		}
		ines := testkit.VisitAs(t, s, site, c.Ines)
		ines.Get(path).Submit(path+"/private", map[string]string{"private": "I go on"}).Must(http.StatusOK)
	})
}

func init() { event.React("conversation held", conversation.NotReachedGoesOn) }

func TestASprintClosesWithThreeQuestionsAndWhatWasNotReachedGoesOn(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		talk := func(kind conversation.Kind, days int) db.ID {
			return testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
				asked, err := conversation.Request(tx, c.Ines, conversation.Input{
					With: c.Tomas.Self(), Kind: kind, Time: conversation.Time{At: tx.Now().AddDate(0, 0, days), Minutes: 20},
				})
				if err != nil {
					return "", err
				}
				_, err = conversation.Accept(tx, c.Tomas, asked.ID, 1)
				return asked.ID, err
			})
		}
		sprint, next := "/conversations/"+string(talk(conversation.Sprint, 0)), "/conversations/"+string(talk(conversation.Align, 30))
		ines := testkit.VisitAs(t, s, site, c.Ines)
		page := ines.Get(sprint)
		page = page.Submit(sprint+"/agenda", map[string]string{"item": "The waiting list", "section": "stuck", "shared": "yes"}).Must(http.StatusOK)
		if got := page.Text("#agenda .part h3"); got != "What moved | What is stuck | What is next" {
			t.Errorf("the sections are %s", got)
		}
		if !strings.Contains(page.Text("#agenda details a"), "?") {
			t.Error("no question leads through it")
		}
		closing := ines.Get(sprint + "/closing")
		if got := closing.Text("form.closing label"); !strings.HasPrefix(got, "What moved? | What is stuck? | What is next?") || strings.Contains(got, "What came of it") {
			t.Errorf("it asks %s", got)
		}
		if got := closing.Text("form.closing > p"); !strings.Contains(got, "Align") || !strings.Contains(got, "One line was not reached") {
			t.Errorf("of the next it says %s", got)
		}
		closed := closing.Submit(sprint+"/end", map[string]string{"said-moved": "The pump runs", "said-next": "The roof"}).Must(http.StatusOK)
		if got := closed.Text("#outcome > .own"); !strings.Contains(got, "What moved?") || !strings.Contains(got, "The roof") || strings.Contains(got, "stuck") {
			t.Errorf("what came of it: %s", got)
		}
		if got := ines.Get(next).Text("#agenda .own"); got != "The waiting list" {
			t.Errorf("the next has %s", got)
		}
	})
}
