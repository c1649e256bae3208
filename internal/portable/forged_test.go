package portable_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/direction"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/ladderfile"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/portable"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/story"
	"github.com/ownward/ownward/internal/testkit"
)

// packed is a zip with these files.
func packed(t testing.TB, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for n := 0; n < len(names); n += 2 {
		entry, err := w.Create(names[n])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(entry, names[n+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tree is person.json as anybody may edit it.
type tree = map[string]any

// edited is the export with an edit made to its person.json.
func edited(t testing.TB, content []byte, edit func(tree)) []byte {
	t.Helper()
	var person tree
	if err := json.Unmarshal([]byte(files(t, content)["person.json"]), &person); err != nil {
		t.Fatal(err)
	}
	edit(person)
	text, err := json.Marshal(person)
	if err != nil {
		t.Fatal(err)
	}
	return repacked(t, content, string(text))
}

// repacked is the export with another person.json: the files of wins stay.
func repacked(t testing.TB, content []byte, person string) []byte {
	t.Helper()
	all := []string{"person.json", person}
	for name, file := range files(t, content) {
		if strings.HasPrefix(name, "files/") {
			all = append(all, name, file)
		}
	}
	return packed(t, all...)
}

// at finds what stands at a place.
func at(in any, place string) any {
	for part := range strings.SplitSeq(strings.TrimPrefix(place, "/"), "/") {
		switch node := in.(type) {
		case tree:
			in = node[part]
		case []any:
			var n int
			_, _ = fmt.Sscan(part, &n)
			in = node[n]
		}
	}
	return in
}

// set changes what stands at a place.
func set(place string, value any) func(tree) {
	cut := strings.LastIndex(place, "/")
	return func(t tree) {
		in := any(t)
		if cut > 0 {
			in = at(t, place[:cut])
		}
		in.(tree)[place[cut+1:]] = value
	}
}

// counts are the rows of every table, to see that nothing was taken over.
func counts(t testing.TB, s testkit.Store) map[string]int64 {
	t.Helper()
	all := map[string]int64{}
	for table := range tablesOfWords(t, s) {
		all[table] = testkit.Read(t, s, func(tx *db.Tx) (int64, error) {
			return db.One(tx, db.Scanned[int64], "select count(*) from "+table)
		})
	}
	return all
}

func TestAnEditedFileIsRefusedWithThePlaceAndNothingIsTakenOver(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		r := newRich(t, s)
		whole := export(t, s, r.Ines)
		other := testkit.NewCompany(t, s, "other.example")
		theirs := othersThings(t, s, r, other)
		before := counts(t, s)
		id := func(kind string) any { return string(theirs[kind]) }
		stranger := "00000000-0000-7000-8000-000000000000"
		mine := ownAsk(t, whole)
		for _, c := range []struct {
			place string // where, as the message names it
			says  string
			edit  func(tree)
		}{
			{"/", "nothing called “shares” belongs here", set("/shares", []any{tree{"viewer": stranger}})},
			{"/plan/goals/0", "nothing called “share” belongs here", set("/plan/goals/0/share", "everybody")},
			{"/version", "comes from a newer Ownward", set("/version", 2)},
			{"/version", "there is no version 0", set("/version", 0)},
			{"/version", "there is no version", set("/version", "one")},
			{"/format", "not the export of a person", set("/format", "a recipe")},
			{"/plan/goals/2/id", "something else has this id here", set("/plan/goals/2/id", id("goal"))},
			{"/plan/skills/1/id", "something else has this id here", set("/plan/skills/1/id", id("skill"))},
			{"/plan/removed/0/id", "something else has this id here", set("/plan/removed/0/id", id("goal"))},
			{"/wins/0/id", "something else has this id here", set("/wins/0/id", id("win"))},
			{"/wins/0/links/0/url", "does not have the form", set("/wins/0/links/0/url", "javascript:alert(1)")},
			{"/wins/0/links/0/url", "no address", set("/wins/0/links/0/url", "https://")},
			{"/wins/0/links/0/id", "something else has this id here", set("/wins/0/links/0/id", id("link"))},
			{"/wins/0/files/0", "the zip does not hold", set("/wins/0/files/0/id", stranger)},
			{"/wins/0/files/0/sha256", "not the one that was exported", set("/wins/0/files/0/sha256", strings.Repeat("0", 64))},
			{"/wins/0/files/0", "does not hold", set("/wins/0/files/0/media_type", "image/png")},
			{"/stories/0/id", "something else has this id here", set("/stories/0/id", id("story"))},
			{"/stories/0/earlier/0", "lower revision", set("/stories/0/revision", 1)},
			{"/wins/0/said_by_others/0/id", "something else has this id here", set("/wins/0/said_by_others/0/id", id("confirmation"))},
			{"/wins/0/said_by_others/0/answer", "has to be one of", set("/wins/0/said_by_others/0/answer", "declined")},
			{"/wins/0/goals/0", "there is no such goal in the plan", set("/wins/0/goals", []any{id("goal")})},
			{"/assessments/0/id", "something else has this id here", set("/assessments/0/id", id("assessment"))},
			{"/expectations/0/id", "something else has this id here", set("/expectations/0/id", id("role"))},
			{"/directions/0/id", "something else has this id here", set("/directions/0/id", id("direction"))},
			{"/outside_roles/0/id", "something else has this id here", set("/outside_roles/0/id", id("outside role"))},
			{"/askings/1/given", "was answered by the one asked", set("/askings/1/given", true)},
			{"/askings/1/sent", "nobody sends a question to themselves", set("/askings/1/sent", tree{"way": "here", "at": "2026-01-01T00:00:00Z"})},
			{"/needs/0/kind", "has to be one of", set("/needs/0/kind", "a raise")},
			{"/seen_by_others/0/id", "something else has this id here", func(f tree) {
				for _, one := range at(f, "/plan/skills").([]any) {
					if seen, asked := one.(tree)["seen_by_others"].([]any); asked {
						seen[0].(tree)["id"] = id("skill view")
					}
				}
			}},
			{"/contacts/0/key", "something else has this id here", func(f tree) {
				f["contacts"] = append([]any{tree{"key": id("contact"), "name": "His"}}, f["contacts"].([]any)...)
			}},
			{"/contacts/", "in the file twice", func(f tree) { f["contacts"] = append(f["contacts"].([]any), at(f, "/contacts/0")) }},
			{mine + "/id", "something else has this id here", set(mine+"/id", id("ask"))},
			{mine + "/previous", "there is no such ask", set(mine+"/previous", id("ask"))},
			{mine + "/whom", "nobody among the contacts", set(mine+"/whom", stranger)},
			{mine + "/whom", "nobody asks themselves", set(mine+"/whom", "me")},
			{mine + "/decision", "an ask has an answer when it is decided", set(mine+"/decision", tree{"by": "me", "at": "2026-11-23T09:00:00Z", "answer": "yes"})},
			{mine + "/state", "has to be one of", set(mine+"/state", "granted")},
			{ownConversation(t, whole) + "/id", "something else has this id here", set(ownConversation(t, whole)+"/id", id("conversation"))},
			{"/promises/0/by", "nobody among the contacts", set("/promises/0/by", stranger)},
			{"/promises/0/history/0/change", "there is no such change", set("/promises/0/history/0/change", stranger)},
			{"/promises/0", "does not hold together", set("/promises/0/check_in", "2020-01-01")},
			{"/journal/0/day", "this is no day", set("/journal/0/day", "2026-02-30")},
			{"/journal/0/words", "a character that no text has", set("/journal/0/words", "one\x00two")},
			{"/journal/0/earlier/0", "lower revision", set("/journal/0/revision", 1)},
			{"/journal/0/words", "can have 50000", set("/journal/0/words", strings.Repeat("x", 50_001))},
			{"/plan/goals/0/created_at", "does not have the form", set("/plan/goals/0/created_at", "0001-01-01T00:00:00Z")},
			{"/plan/goals/0/id", "does not have the form", set("/plan/goals/0/id", "../../etc/passwd")},
			{"/mentor_profile", "name at least one skill", set("/mentor_profile/skills", []any{})},
			{"/person", "“name” is missing", func(f tree) { delete(f["person"].(tree), "name") }},
		} {
			said := refusedFile(t, s, other.Ines, edited(t, whole, c.edit))
			if !strings.Contains(said, c.place) || !strings.Contains(said, c.says) {
				t.Errorf("want %q at %s, got: %s", c.says, c.place, said)
			}
		}
		for table, n := range counts(t, s) {
			if n != before[table] {
				t.Errorf("there are %d rows in %s now, before %d", n, table, before[table])
			}
		}
	})
}

// othersThings are things of somebody else's in the organisation that a file is brought to.
func othersThings(t testing.TB, s testkit.Store, r rich, other testkit.Company) map[string]db.ID {
	t.Helper()
	theirs := map[string]db.ID{}
	testkit.Do(t, s, func(tx *db.Tx) error {
		g, err := plan.AddGoal(tx, other.Tomas, plan.GoalText{Title: "His"}, org.Origin{})
		if err != nil {
			return err
		}
		k, err := plan.AddSkill(tx, other.Tomas, plan.Skill{Name: "His"})
		if err != nil {
			return err
		}
		w, err := plan.AddWin(tx, other.Tomas, plan.WinText{What: "His"}, org.Origin{})
		if err != nil {
			return err
		}
		if err := plan.AddLink(tx, other.Tomas, w.ID, "https://his.example"); err != nil {
			return err
		}
		if w, err = plan.WinByID(tx, other.Tomas, w.ID); err != nil {
			return err
		}
		theirs["link"] = w.Links[0].ID
		said, err := plan.AskColleague(tx, other.Tomas, w.ID, other.Joel.Person, "")
		if err != nil {
			return err
		}
		theirs["confirmation"] = said.ID
		told, err := story.Keep(tx, other.Tomas, story.Review, story.Text{Title: "His", Words: "His"})
		if err != nil {
			return err
		}
		theirs["story"] = told.ID
		c, err := org.AddContact(tx, other.Tomas, org.Contact{Name: "His"})
		if err != nil {
			return err
		}
		a, err := ask.New(tx, other.Tomas, org.Origin{}, ask.Input{Text: ask.Text{What: "His"}})
		if err != nil {
			return err
		}
		m, err := conversation.Request(tx, other.Mira, conversation.Input{With: other.Ana.Self(), Kind: conversation.Free, Time: r.in(3)})
		if err != nil {
			return err
		}
		theirs["goal"], theirs["skill"], theirs["win"], theirs["contact"], theirs["ask"], theirs["conversation"] = g.ID, k.ID, w.ID, c.ID, a.ID, m.ID
		return nil
	})
	expectedOfOthers(t, s, other, theirs)
	return theirs
}

// expectedOfOthers are roles, assessments and directions of somebody else's, and how others see their skill.
func expectedOfOthers(t testing.TB, s testkit.Store, other testkit.Company, theirs map[string]db.ID) {
	t.Helper()
	testkit.Do(t, s, func(tx *db.Tx) error {
		role, err1 := expectation.WriteRole(tx, other.Tomas, expectation.RoleInput{Name: "His", Levels: "One"})
		d, err2 := direction.Write(tx, other.Tomas, direction.Input{Scope: direction.Manager, Words: "His"})
		outside, err3 := gap.AddOutside(tx, other.Tomas, gap.Outside{Name: "His", Asks: []gap.OutsideAsk{{Skill: "His", Level: 1}}})
		view, err4 := plan.AskForView(tx, other.Tomas, theirs["skill"], other.Joel.Person, "")
		f := &ladderfile.File{Framework: "Theirs", Roles: []ladderfile.Role{{Key: "x", Name: "Theirs", Levels: []ladderfile.Level{{Key: "one", Name: "One", Asks: []ladderfile.Ask{{Words: "Theirs"}}}}}}}
		_, err5 := expectation.Import(tx, other.Ada, f, "theirs.yaml", func(int, int) {})
		roles, err6 := expectation.OrganisationRoles(tx, other.Ada)
		if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
			return err
		}
		a, err := expectation.Assess(tx, other.Tomas, roles[0].ID, "one", expectation.AssessmentInput{Version: 1, Stands: []int64{1}})
		theirs["role"], theirs["direction"], theirs["outside role"], theirs["skill view"], theirs["assessment"] = role.ID, d.ID, outside.ID, view.ID, a.ID
		return err
	})
}

// TestEmptyListsGoOn brings a role whose level asks for nothing, an assessment without a line: what is taken along
// of them again holds lists, though empty ones.
func TestEmptyListsGoOn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		whole := export(t, s, newRich(t, s).Ines)
		other := testkit.NewCompany(t, s, "other.example")
		brings(t, s, other.Ines, edited(t, whole, func(f tree) {
			set("/expectations/0/versions/0/levels", []any{})(f)
			set("/assessments/0/lines", []any{})(f)
		}))
		if _, err := portable.Read(export(t, s, other.Ines)); err != nil {
			t.Error(err)
		}
	})
}

func refusedFile(t testing.TB, s testkit.Store, me org.Actor, content []byte) string {
	t.Helper()
	f, err := portable.Read(content)
	if err == nil {
		err = db.Do(t.Context(), s.DB, func(tx *db.Tx) error { _, err := portable.Bring(tx, me, f); return err })
	}
	if err == nil {
		t.Error("it was taken over")
		return ""
	}
	return err.Error()
}

// ownAsk is the place of a draft of the person's own.
func ownAsk(t testing.TB, content []byte) string {
	return placeOf(t, content, "asks", func(one tree) bool { return one["owner"] == "me" && one["state"] == "draft" })
}

func ownConversation(t testing.TB, content []byte) string {
	return placeOf(t, content, "conversations", func(one tree) bool { return one["owner"] == "me" })
}

func placeOf(t testing.TB, content []byte, list string, which func(tree) bool) string {
	t.Helper()
	var person tree
	if err := json.Unmarshal([]byte(files(t, content)["person.json"]), &person); err != nil {
		t.Fatal(err)
	}
	for n, one := range person[list].([]any) {
		if which(one.(tree)) {
			return fmt.Sprintf("/%s/%d", list, n)
		}
	}
	t.Fatalf("there is no such thing among the %s", list)
	return ""
}

func TestAForgedYesAndAForgedPromiseGainNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		r := newRich(t, s)
		whole := export(t, s, r.Ines)
		other := testkit.NewCompany(t, s, "other.example")
		no := placeOf(t, whole, "asks", func(one tree) bool {
			d, ok := one["decision"].(tree)
			return ok && one["owner"] == "me" && d["answer"] == "no"
		})
		ana := string(other.Ana.Person)
		forged := edited(t, whole, func(f tree) {
			d := at(f, no+"/decision").(tree)
			d["answer"] = "yes"
			for _, only := range []string{"again_on", "comes_back_on", "came_back_at"} {
				delete(d, only)
			}
			// The one who said yes bears the id and the name of a director here.
			f["contacts"] = append(f["contacts"].([]any), tree{"key": ana, "name": "Ana Duarte", "email": "ana@other.example"})
			d["by"] = ana
			f["promises"] = append(f["promises"].([]any), tree{
				"id": "00000000-0000-7000-8000-00000000000a", "by": ana, "to": "me", "written_by": ana, "words": "Double your pay", "due": "2027-01-01",
				"check_in": "2027-04-01", "state": "open", "agreed_at": "2026-11-23T09:00:00Z", "created_at": "2026-11-23T09:00:00Z",
			})
		})
		brings(t, s, other.Ines, forged)
		id := db.ID(at(treeOf(t, forged), no+"/id").(string))
		story := testkit.Read(t, s, func(tx *db.Tx) (ask.Story, error) { return ask.StoryOf(tx, other.Ines, id) })
		if !story.Decision.BroughtAlong || story.Decision.By.Person != "" || story.Decision.By.Contact == "" {
			t.Errorf("a forged yes stands as a decision of here: %+v", story.Decision)
		}
		promise := testkit.Read(t, s, func(tx *db.Tx) (commitment.Commitment, error) {
			return commitment.ByID(tx, other.Ines, "00000000-0000-7000-8000-00000000000a")
		})
		if !promise.BroughtAlong || promise.By.Person != "" {
			t.Errorf("a forged promise binds somebody here: %+v", promise)
		}
		for name, act := range map[string]func(tx *db.Tx) error{
			"call it broken": func(tx *db.Tx) error { return commitment.CallItBroken(tx, other.Ines, promise.ID, "") },
			"confirm it":     func(tx *db.Tx) error { return commitment.ConfirmDone(tx, other.Ines, promise.ID, "") },
			"change it": func(tx *db.Tx) error {
				return commitment.Propose(tx, other.Ines, promise.ID, commitment.NewTerms{Words: "Triple it"})
			},
		} {
			if said := testkit.Fails(t, s, act); !strings.Contains(said.Error(), "brought along") {
				t.Errorf("%s: %v", name, said)
			}
		}
		// Nobody of here sees or owes anything of it.
		for _, who := range []org.Actor{other.Ana, other.Tomas, other.Joel, other.Mira, other.Ada} {
			testkit.Do(t, s, func(tx *db.Tx) error {
				if _, err := commitment.ByID(tx, who, promise.ID); err == nil {
					t.Errorf("%s sees the forged promise", who.Name)
				}
				if _, err := ask.ByID(tx, who, id); err == nil {
					t.Errorf("%s sees the ask", who.Name)
				}
				owners, err := share.Owners(tx, who)
				if len(owners) > 0 {
					t.Errorf("%s is shared with", who.Name)
				}
				return err
			})
		}
	})
}

func treeOf(t testing.TB, content []byte) tree {
	t.Helper()
	var person tree
	if err := json.Unmarshal([]byte(files(t, content)["person.json"]), &person); err != nil {
		t.Fatal(err)
	}
	return person
}
