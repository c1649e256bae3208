package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/proposal"
	"github.com/ownward/ownward/internal/story"
	"github.com/ownward/ownward/internal/testkit"
)

// finds gives what the palette is told: "kind: title" each.
func finds(t *testing.T, v *testkit.Visitor, words string) []string {
	t.Helper()
	page := v.Get("/find?q=" + url.QueryEscape(words)).Must(http.StatusOK)
	if got := page.Header.Get("Content-Type"); got != "application/json" {
		t.Errorf("it comes as %q", got)
	}
	var found []answerFound
	if err := json.Unmarshal([]byte(page.Body), &found); err != nil {
		t.Fatalf("%v in %s", err, page.Body)
	}
	var all []string
	for _, f := range found {
		if !strings.HasPrefix(f.Href, "/") || v.Get(f.Href).Status != http.StatusOK {
			t.Errorf("%q leads to %s, which is not there", f.Title, f.Href)
		}
		all = append(all, f.Kind+": "+f.Title)
	}
	return all
}

func TestWhatIsShownAndSaidIsFoundByItsTwoSides(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		testkit.Do(t, p.Store, func(tx *db.Tx) error {
			_, err1 := story.Keep(tx, p.Ines, story.Review, story.Text{Title: "My year at the weir", Words: "It was full."})
			_, err2 := proposal.ProposeGoal(tx, p.Tomas, p.Ines.Person, proposal.Text{Words: "Lead the weir"})
			g, err3 := plan.AddGoal(tx, p.Ines, plan.GoalText{Title: "Sing"}, org.Origin{})
			err4 := plan.ShareGoal(tx, p.Ines, g.ID, plan.WithManager)
			_, err5 := comment.Add(tx, p.Tomas, g.Thing(), comment.Input{Words: "At the weir?"})
			_, err7 := plan.Write(tx, p.Ines, plan.Text{Section: plan.Purpose, Words: "Gates that hold"})
			c, err6 := frozen.Make(tx, p.Ines, frozen.Input{Viewer: p.Tomas.Person, Note: "For the weir", Until: civil.On(2026, 12, 1), Choice: frozen.Choice{Sections: []plan.Section{plan.Purpose}}})
			return errors.Join(err1, err2, err3, err4, err5, err6, err7, frozen.Give(tx, p.Ines, c.ID))
		})
		both := []string{"proposal: Lead the weir", "comment: At the weir?", "copy of a plan: Copy for Tomás Reis"}
		if got := finds(t, p.visitAs(p.Ines), "weir"); !slices.Equal(got, append([]string{"story: My year at the weir"}, both...)) {
			t.Errorf("Ines finds %q", got)
		}
		both[2] = "copy of a plan: Copy from Ines Faria"
		if got := finds(t, p.visitAs(p.Tomas), "weir"); !slices.Equal(got, both) {
			t.Errorf("Tomás finds %q", got)
		}
		if got := finds(t, p.visitAs(p.Mira), "weir"); len(got) != 0 {
			t.Errorf("Mira, to whom nothing was shown, finds %q", got)
		}
	})
}

func TestEverythingOfOnesOwnIsFoundAndNothingElse(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		testkit.Do(t, p.Store, func(tx *db.Tx) error {
			if _, err := plan.AddGoal(tx, p.Ines, plan.GoalText{Title: "Lead a Service team, 100% mine"}, org.Origin{}); err != nil {
				return err
			}
			if _, err := plan.AddGoal(tx, p.Tomas, plan.GoalText{Title: "His own service"}, org.Origin{}); err != nil {
				return err
			}
			if _, err := plan.AddSkill(tx, p.Ines, plan.Skill{Name: "Écoute de service"}); err != nil {
				return err
			}
			if _, err := plan.AddWin(tx, p.Ines, plan.WinText{What: "Kept the service up"}, event.Thing{}); err != nil {
				return err
			}
			_, err := ask.New(tx, p.Ines, org.Origin{}, ask.Input{Text: ask.Text{Kind: ask.Time, What: "A service week"}, Whom: p.Tomas.Self()})
			if err != nil {
				return err
			}
			_, err = conversation.Request(tx, p.Ines, conversation.Input{With: p.Tomas.Self(), Kind: conversation.Align, Time: conversation.Time{At: p.Clock.Now().AddDate(0, 0, 3), Minutes: 60}})
			return err
		})
		ines, tomas := p.visitAs(p.Ines), p.visitAs(p.Tomas)
		want := []string{"goal: Lead a Service team, 100% mine", "skill: Écoute de service", "win: Kept the service up", "ask: A service week"}
		if got := finds(t, ines, "SERVICE"); !slices.Equal(got, want) {
			t.Errorf("Ines finds %q, want %q", got, want)
		}
		if got := finds(t, tomas, "service"); !slices.Equal(got, []string{"goal: His own service"}) {
			t.Errorf("Tomás finds %q: a draft and what is private stay with Ines", got)
		}
		for words, want := range map[string]string{
			"lead mine": "goal: Lead a Service team, 100% mine", "100%": "goal: Lead a Service team, 100% mine", "écoute": "skill: Écoute de service",
			"tomas": "person: Tomás Reis", "prepare": "page: Prepare an ask", "align with t": "", "reis": "conversation: Align with Tomás Reis",
		} {
			got := strings.Join(finds(t, ines, words), "\n")
			if !strings.Contains(got, want) {
				t.Errorf("%q finds %q, want %s among it", words, got, want)
			}
		}
		for _, words := range []string{"", "   ", "%", "_", strings.Repeat("x", 5000), "ser_ice", "\x00", "to look after"} {
			if got := finds(t, ines, words); len(got) != 0 && words != "%" {
				t.Errorf("%.20q finds %q", words, got)
			}
		}
		if got := finds(t, p.visitAs(p.Ada), "to look after"); len(got) != 1 {
			t.Errorf("the administrator finds %q", got)
		}
	})
}
