package story_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/yuin/goldmark"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/story"
	"github.com/ownward/ownward/internal/testkit"
)

// desk is a company in which Ines has wins.
type desk struct {
	testkit.Store
	testkit.Company
	t     *testing.T
	goal  plan.Goal
	skill plan.Skill
	wins  []plan.Win
}

func each(t *testing.T, test func(d *desk)) {
	t.Helper()
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		d := &desk{Store: s, Company: testkit.NewCompany(t, s, "weir.example"), t: t}
		d.do(d.fill)
		test(d)
	})
}

func (d *desk) do(what func(tx *db.Tx) error) { d.t.Helper(); testkit.Do(d.t, d.Store, what) }

func (d *desk) fill(tx *db.Tx) error {
	me := d.Ines
	var err error
	if d.goal, err = plan.AddGoal(tx, me, plan.GoalText{Title: "Lead a service"}, event.Thing{}); err != nil {
		return err
	}
	if d.skill, err = plan.AddSkill(tx, me, plan.Skill{Name: "Incident response", Level: 3, Wanted: 4}); err != nil {
		return err
	}
	for _, in := range []plan.WinText{
		{Day: civil.Date{}, What: "wrote the guide\nfor newcomers"},
		{What: "Cut the release to a day", Effect: "nobody stays late", Figure: "5 days to 1"},
		{What: "Led the review of the outage!", Effect: "It has not come back"},
	} {
		w, err := plan.AddWin(tx, me, in, event.Thing{})
		if err != nil {
			return err
		}
		d.wins = append(d.wins, w)
	}
	if err := plan.LinkWin(tx, me, d.wins[1].ID, []event.Thing{d.goal.Thing(), d.skill.Thing()}); err != nil {
		return err
	}
	if err := plan.LinkWin(tx, me, d.wins[2].ID, []event.Thing{d.skill.Thing()}); err != nil {
		return err
	}
	c, err := plan.AskColleague(tx, me, d.wins[1].ID, d.Joel.Person, "")
	if err != nil {
		return err
	}
	return plan.Confirm(tx, d.Joel, c.ID, plan.Reply{Answer: plan.AndMore, Words: "and the night was quiet", Revision: 1})
}

func (d *desk) draft(in story.Choice) story.Draft {
	d.t.Helper()
	return testkit.Read(d.t, d.Store, func(tx *db.Tx) (story.Draft, error) { return story.DraftOf(tx, d.Ines, in) })
}

func (d *desk) says(got, want string) {
	d.t.Helper()
	if got != want {
		d.t.Errorf("got\n%s\n\nwant\n%s", got, want)
	}
}

func TestAReviewStandsUnderGoalsAndSkillsInTheWinsOwnWords(t *testing.T) {
	each(t, func(d *desk) {
		got := d.draft(story.Choice{})
		d.says(got.Title, "Review, 23 November 2025 to 23 November 2026")
		d.says(got.Words, `From 23 November 2025 to 23 November 2026: 3 wins, 1 with a figure, 1 confirmed by somebody who was there.

## Lead a service

- Cut the release to a day. Nobody stays late. 5 days to 1. (November 2026)

> It was so, and more: and the night was quiet.
> — `+d.Joel.Name+`, November 2026


## Incident response

- Led the review of the outage! It has not come back. (November 2026)

## Besides

- Wrote the guide for newcomers. (November 2026)`)
	})
}

func TestAStoryIsOfATimeAGoalOrASkill(t *testing.T) {
	each(t, func(d *desk) {
		d.Clock.MoveDays(400)
		if got := d.draft(story.Choice{}); got.Told != 0 || !strings.Contains(got.Words, "no win was kept") {
			d.t.Errorf("a year later: %+v", got)
		}
		first := civil.In(d.wins[0].CreatedAt, d.Ines.Zone)
		of := func(about event.Thing) story.Draft {
			return d.draft(story.Choice{First: first, Last: first, About: about})
		}
		if got := of(d.goal.Thing()); got.Told != 1 || got.Title != "Review: Lead a service" {
			d.t.Errorf("of a goal: %+v", got)
		}
		if got := of(d.skill.Thing()); got.Told != 2 {
			d.t.Errorf("of a skill: %+v", got)
		}
		err := testkit.Fails(d.t, d.Store, func(tx *db.Tx) error {
			_, err := story.DraftOf(tx, d.Joel, story.Choice{About: d.goal.Thing()})
			return err
		})
		if !errors.Is(err, problem.NotFound) {
			d.t.Errorf("of somebody else's goal: %v", err)
		}
	})
}

func TestWhatIsHiddenIsToldInNoStory(t *testing.T) {
	each(t, func(d *desk) {
		d.do(func(tx *db.Tx) error {
			said, err := plan.ConfirmationsOf(tx, d.Ines, d.wins[1].ID)
			if err != nil {
				return err
			}
			return plan.HideConfirmation(tx, d.Ines, said[0].ID)
		})
		for _, form := range story.Forms {
			if got := d.draft(story.Choice{Form: form}); strings.Contains(got.Words, "quiet") || strings.Contains(got.Words, "1 confirmed") {
				d.t.Errorf("%s tells it:\n%s", form, got.Words)
			}
		}
	})
}

func TestAPromotionCaseStandsAgainstSkillsOrWhatTheNextLevelAsksFor(t *testing.T) {
	each(t, func(d *desk) {
		got := d.draft(story.Choice{Form: story.Promotion})
		if got.Against != "" || !strings.Contains(got.Words, "## Incident response\n\nBy my own view at level 3 of 5.\n\n- Cut the release") {
			d.t.Errorf("against skills:\n%s", got.Words)
		}
		d.do(func(tx *db.Tx) error {
			_, err := tx.Exec("update people set job_title = 'Engineer', level = 'Mid' where id = $1", d.Ines.Person)
			if err != nil {
				return err
			}
			r, err := expectation.WriteRole(tx, d.Tomas, expectation.RoleInput{Name: "Engineer", Levels: "Mid\nSenior"})
			if err != nil {
				return err
			}
			return expectation.WriteLevel(tx, d.Tomas, r.ID, r.Version.Number, "senior", expectation.LevelInput{
				Lines: "Incident response: 4\nWriting: 3\nOthers come to them for advice on hard decisions.",
			})
		})
		got = d.draft(story.Choice{Form: story.Promotion})
		d.says(got.Title, "The case for Engineer, Senior")
		for _, part := range []string{"## Incident response\n\nAsked for: level 4 of 5.\n\n- Cut the release", "## Writing\n\nAsked for: level 3 of 5.\n\nNo win stands here yet.", "## Others come to them for advice on …", "## Besides\n\n- Wrote the guide"} {
			if !strings.Contains(got.Words, part) {
				d.t.Errorf("no %q in\n%s", part, got.Words)
			}
		}
		diver := testkit.Write(d.t, d.Store, func(tx *db.Tx) (gap.Outside, error) {
			return gap.AddOutside(tx, d.Ines, gap.Outside{Name: "Harbour diver", Asks: []gap.OutsideAsk{{Skill: "Incident response", Level: 5}, {Skill: "Diving", Level: 4}}})
		})
		got = d.draft(story.Choice{Form: story.Promotion, For: gap.Look{Outside: diver.ID}})
		d.says(got.Title, "The case for Harbour diver")
		if part := "## Diving\n\nAsked for: level 4 of 5.\n\nNo win stands here yet."; !strings.Contains(got.Words, part) {
			d.t.Errorf("no %q in\n%s", part, got.Words)
		}
		if err := testkit.Fails(d.t, d.Store, func(tx *db.Tx) error {
			_, err := story.DraftOf(tx, d.Tomas, story.Choice{Form: story.Promotion, For: gap.Look{Outside: diver.ID}})
			return err
		}); !errors.Is(err, problem.NotFound) {
			d.t.Errorf("a role outside of somebody else's: %v", err)
		}
	})
}

func (d *desk) keep(form story.Form, in story.Text) story.Story {
	d.t.Helper()
	return testkit.Write(d.t, d.Store, func(tx *db.Tx) (story.Story, error) { return story.Keep(tx, d.Ines, form, in) })
}

func (d *desk) resume(s story.Story) []byte {
	d.t.Helper()
	me := testkit.Read(d.t, d.Store, func(tx *db.Tx) (org.Person, error) { return org.Me(tx, d.Ines) })
	text, err := s.Resume(me)
	if err != nil {
		d.t.Fatal(err)
	}
	return text
}

// valid checks a text against the schema in a file.
func (d *desk) valid(schema string, text []byte) {
	d.t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	compiled, err := compiler.Compile(schema)
	if err != nil {
		d.t.Fatal(err)
	}
	tree, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		d.t.Fatal(err)
	}
	if err := compiled.Validate(tree); err != nil {
		d.t.Errorf("%s: %v\n%s", schema, err, text)
	}
}

func TestACVIsValidJSONResume(t *testing.T) {
	each(t, func(d *desk) {
		drafted := d.draft(story.Choice{Form: story.CV})
		written := story.Text{Title: "Mine", Words: "I make releases boring.\n\n# Lead, Mill & Co, Porto\nSince 2021\n- One\n  and more of it\n- Two <b>\n\nWords\n## Skills\nSinging, and more\n- Writing\n## What others say\n> Good\n> work\n> — Ruth\n\nNobody"}
		for _, in := range []story.Text{drafted.Text, written, {Title: "T", Words: "-"}, {Title: "T", Words: "# "}, {Title: "T", Words: "## Skills"}, {Title: "T", Words: "> a\n# , \n- b"}} {
			s := d.keep(story.CV, in)
			text := d.resume(s)
			d.valid(filepath.Join("testdata", "resume.schema.json"), text)
			if outside := os.Getenv("OWNWARD_TESTDATA"); outside != "" {
				d.valid(filepath.Join(outside, "jsonresume", "schema.json"), text)
			}
		}
		var r struct {
			Basics struct{ Summary string }
			Work   []struct {
				Name, Position string
				Highlights     []string
			}
			Skills     []struct{ Name string }
			References []struct{ Name, Reference string }
		}
		if err := json.Unmarshal(d.resume(d.keep(story.CV, written)), &r); err != nil {
			d.t.Fatal(err)
		}
		if r.Basics.Summary != "I make releases boring." || len(r.Work) != 1 || r.Work[0].Position != "Lead, Mill & Co" || r.Work[0].Name != "Porto" || r.Work[0].Highlights[0] != "One and more of it" ||
			r.Work[0].Highlights[1] != "Two <b>" || len(r.Skills) != 2 || r.References[0].Name != "Ruth" || r.References[0].Reference != "Good\nwork" {
			d.t.Errorf("%+v", r)
		}
		if !strings.Contains(drafted.Words, "## Skills\n\n- Incident response") || !strings.Contains(drafted.Words, "> — "+d.Joel.Name) {
			d.t.Errorf("drafted:\n%s", drafted.Words)
		}
	})
}

func TestTheOuterSchemaRefusesWhatIsNoResume(t *testing.T) {
	compiled := jsonschema.NewCompiler().MustCompile(filepath.Join("testdata", "resume.schema.json"))
	tree, err := jsonschema.UnmarshalJSON(strings.NewReader(`{"$schema": "https://a.example", "basics": {"name": "A"}, "work": [{"position": "B", "startDate": "May"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if compiled.Validate(tree) == nil {
		t.Error("a date that is none is valid")
	}
}

var tag = regexp.MustCompile(`<[^>]*>`)

// What stands in a story as text is text for a program that reads Markdown.
func TestMarkdownSaysTheSame(t *testing.T) {
	for _, text := range []string{"a *b* _c_ `d`", "List<T> & Map<K>", "1. first", "12) then", "[x](javascript:1)", "= = =", "---", "~~no~~", `\*`, "| a | b |", "&lt;b&gt;", "# a", "+ b", "a > b", "***"} {
		s := story.Story{Text: story.Text{Title: text, Words: "x " + text + "\n\n- " + text + "\n- y\n\n> " + text}}
		var b bytes.Buffer
		if err := goldmark.New().Convert([]byte(s.Markdown()), &b); err != nil {
			t.Fatal(err)
		}
		plain := strings.Join(strings.Fields(html.UnescapeString(tag.ReplaceAllString(b.String(), ""))), " ")
		if want := strings.Join(strings.Fields(text+" x "+text+" "+text+" y "+text), " "); plain != want {
			t.Errorf("%q becomes %q\n%s", text, plain, s.Markdown())
		}
	}
}

func TestAStoryIsItsOwnersUntilItIsShared(t *testing.T) {
	each(t, func(d *desk) {
		s := d.keep(story.Review, story.Text{Title: "My year", Words: "It was good"})
		sees := func(who org.Actor) error {
			_, err := db.Read(d.t.Context(), d.DB, func(tx *db.Tx) (story.Story, error) { return story.ByID(tx, who, s.ID) })
			return err
		}
		if err := sees(d.Tomas); !errors.Is(err, problem.NotFound) {
			d.t.Errorf("the manager sees it: %v", err)
		}
		for name, act := range map[string]func(tx *db.Tx) error{
			"change": func(tx *db.Tx) error {
				return story.Change(tx, d.Tomas, s.ID, 1, story.Text{Title: "His", Words: "His"})
			},
			"remove": func(tx *db.Tx) error { return story.Remove(tx, d.Tomas, s.ID) },
			"share":  func(tx *db.Tx) error { return story.Share(tx, d.Tomas, s.ID, plan.WithManager) },
		} {
			if err := testkit.Fails(d.t, d.Store, act); !errors.Is(err, problem.NotFound) {
				d.t.Errorf("the manager may %s it: %v", name, err)
			}
		}
		d.do(func(tx *db.Tx) error { return story.Share(tx, d.Ines, s.ID, plan.WithManager) })
		if err := sees(d.Tomas); err != nil {
			d.t.Errorf("shared: %v", err)
		}
		if err := sees(d.Joel); !errors.Is(err, problem.NotFound) {
			d.t.Errorf("a peer sees it: %v", err)
		}
		given := testkit.Read(d.t, d.Store, func(tx *db.Tx) (share.Audiences, error) { return share.Given(tx, d.Ines) })
		d.do(func(tx *db.Tx) error { return share.TakeBack(tx, d.Ines, given[0].ID) })
		if err := sees(d.Tomas); !errors.Is(err, problem.NotFound) {
			d.t.Errorf("taken back: %v", err)
		}
	})
}

func TestTheLaterOfTwoEditsOfAStoryGetsBothTexts(t *testing.T) {
	each(t, func(d *desk) {
		s := d.keep(story.Review, story.Text{Title: "My year", Words: "It was good"})
		change := func(revision int64, words string) error {
			return db.Do(d.t.Context(), d.DB, func(tx *db.Tx) error {
				return story.Change(tx, d.Ines, s.ID, revision, story.Text{Title: "My year", Words: words})
			})
		}
		if err := change(1, "It was very good"); err != nil {
			d.t.Fatal(err)
		}
		var conflict *problem.Conflict
		if err := change(1, "It was bad"); !errors.As(err, &conflict) || conflict.Theirs["words"] != "It was very good" || conflict.Mine["words"] != "It was bad" {
			d.t.Errorf("got %v", err)
		}
		earlier := testkit.Read(d.t, d.Store, func(tx *db.Tx) ([]org.Revision, error) { return org.Revisions(tx, d.Ines, s.Thing()) })
		if len(earlier) != 1 || earlier[0].Text["words"] != "It was good" {
			d.t.Errorf("earlier: %+v", earlier)
		}
		var wrong problem.Invalid
		if err := change(2, strings.Repeat("x", 50_001)); !errors.As(err, &wrong) {
			d.t.Errorf("a long one: %v", err)
		}
		d.do(func(tx *db.Tx) error { return story.Remove(tx, d.Ines, s.ID) })
		if err := change(2, "Gone"); !errors.Is(err, problem.NotFound) {
			d.t.Errorf("removed: %v", err)
		}
	})
}
