package ladderfile_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/ladderfile"
)

func read(t *testing.T, name string) *ladderfile.File {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	// What a file is called does not matter for how it is read.
	f, err := ladderfile.Read("some.thing", raw)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return f
}

// lines are those in which things stand in a file; most tests do not mind them.
var lines = regexp.MustCompile(`"Line": \d+`)

// same compares all but the lines.
func same(t *testing.T, got, want any) {
	t.Helper()
	var said [2]string
	for i, one := range []any{got, want} {
		text, err := json.MarshalIndent(one, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		said[i] = strings.ReplaceAll(lines.ReplaceAllString(string(text), ""), "[]", "null")
	}
	if said[0] != said[1] {
		t.Errorf("got\n%s\nwant\n%s", said[0], said[1])
	}
}

func TestOurOwnYAML(t *testing.T) {
	mooring := ladderfile.Skill{Name: "Mooring", About: "Bringing a ship alongside and keeping her there.", Behaviour: [6]string{
		1: "Handles a line when told which.", 3: "Moors a coaster in any weather we work in.", 5: "Decides when nobody should moor at all.",
	}}
	same(t, read(t, "harbour.yaml"), &ladderfile.File{Shape: "YAML", Framework: "Harbour", Roles: []ladderfile.Role{
		{Key: "pilot", Name: "Harbour pilot", About: "Brings ships in and out.", Skills: []ladderfile.Skill{mooring, {Name: "Radio"}}, Levels: []ladderfile.Level{
			{Key: "second", Name: "Second pilot", Asks: []ladderfile.Ask{
				{Skill: "Mooring", Level: 3},
				{Key: "radio-2", Skill: "Radio", Level: 2, Words: "Speaks so that a tired crew understands: short, calm, twice.", Examples: []string{"Repeats the berth number."}},
				{Words: "Hands over the watch in writing."},
				{Key: "weather", Theme: "Judgement", Words: "Says no to a passage\nwhen the weather says no."},
			}},
			{Key: "first-bridge", Name: "First pilot", Track: "bridge", Asks: []ladderfile.Ask{{Skill: "Mooring", Level: 5}}},
			{Key: "first-office", Name: "Pilot master", Track: "office", About: "Plans the rota of eight."},
			{Key: "harbour captain", Name: "Harbour captain"},
		}},
		{Key: "line handler", Name: "Line handler", Levels: []ladderfile.Level{
			{Key: "line handler", Name: "Line handler"},
			{Key: "foreman", Name: "Foreman", Asks: []ladderfile.Ask{{Words: "Counts heads before every shift"}}},
		}},
	}})
}

func TestOurOwnMarkdown(t *testing.T) {
	same(t, read(t, "pilot.md"), &ladderfile.File{Shape: "Markdown", Framework: "Harbour", Roles: []ladderfile.Role{{
		Key: "pilot", Name: "Harbour pilot", About: "Brings ships in and out.",
		Skills: []ladderfile.Skill{{Name: "Mooring", Behaviour: [6]string{3: "Moors a coaster in any weather we work in."}}},
		Levels: []ladderfile.Level{
			{Key: "second", Name: "Second pilot", About: "Beside a first pilot for the first season.", Asks: []ladderfile.Ask{
				{Skill: "Mooring", Level: 3},
				{Skill: "Radio", Level: 2, Words: "Speaks so that a tired crew understands.", Examples: []string{"Repeats the berth number."}},
				{Words: "Hands over the watch in writing."},
				{Theme: "Judgement", Words: "Says no to a passage when the weather says no."},
			}},
			{Key: "first pilot", Name: "First pilot", Asks: []ladderfile.Ask{{Skill: "Mooring", Level: 5, Words: "Decides when nobody should moor at all."}}},
		},
	}}})
}

func TestCSV(t *testing.T) {
	same(t, read(t, "harbour.csv"), &ladderfile.File{Shape: "CSV", Framework: "Some", Unused: []string{"Pay grade"}, Roles: []ladderfile.Role{
		{Key: "harbour pilot", Name: "Harbour pilot", Levels: []ladderfile.Level{
			{Key: "second pilot", Name: "Second pilot", Asks: []ladderfile.Ask{
				{Skill: "Mooring", Level: 3},
				{Skill: "Radio", Level: 2, Words: "Short, calm; twice.", Examples: []string{"Repeats the berth number."}},
				{Theme: "Judgement", Words: "Says no when the weather says no."},
			}},
			{Key: "first pilot", Name: "First pilot", Asks: []ladderfile.Ask{{Skill: "Mooring", Level: 5}}},
		}},
		{Key: "line handler", Name: "Line handler", Levels: []ladderfile.Level{{Key: "1", Name: "Level 1", Asks: []ladderfile.Ask{{Words: "Counts heads before every shift"}}}}},
	}})
}

func TestALevelsThemesAndCompetenciesFile(t *testing.T) {
	same(t, read(t, "family.yml"), &ladderfile.File{Shape: "levels, themes and competencies", Framework: "Dry dock", Unused: []string{"sheet"}, Roles: []ladderfile.Role{{
		Key: "dry dock", Name: "Dry dock", About: "What we look for in the people who repair ships.",
		Skills: []ladderfile.Skill{{Name: "Welding", About: "Joining plates so that they stay joined."}},
		Levels: []ladderfile.Level{
			{Key: "fitter", Name: "Fitter", Asks: []ladderfile.Ask{
				{Key: "c-1", Skill: "Welding", Level: 2, Words: "Welds flat seams that pass the test."},
				{Key: "c-3", Theme: "Order", Words: "Puts tools back.", Examples: []string{"The shadow board is full at six.", "The board https://dock.example/board"}},
				{Key: "c-4", Theme: "Order", Words: "Keeps the walkway free."},
			}},
			{Key: "senior-craft", Name: "Senior fitter", Track: "craft", Asks: []ladderfile.Ask{{Key: "c-2", Skill: "Welding", Level: 4, Words: "Welds overhead."}}},
			{Key: "senior-team", Name: "Gang leader", Track: "team"},
			{Key: "dock-master", Name: "Dock master"},
		},
	}}})
}

func TestATopicsFile(t *testing.T) {
	same(t, read(t, "topics.md"), &ladderfile.File{Shape: "topics with criteria by level", Framework: "Galley", Unused: []string{"path", "sidebarTitle"}, Roles: []ladderfile.Role{{
		Key: "galley", Name: "Galley", Levels: []ladderfile.Level{
			{Key: "1", Name: "Level 1", Asks: []ladderfile.Ask{{Theme: "Cooking for many", Words: "Cooks from the list: in time, hot"}}},
			{Key: "2", Name: "Level 2", Asks: []ladderfile.Ask{{Theme: "Stores", Words: "Nothing spoils"}}},
			{Key: "3", Name: "Level 3", Asks: []ladderfile.Ask{
				{Theme: "Cooking for many", Words: "Plans a week of meals"},
				{Theme: "Cooking for many", Words: "Knows who must not eat what", Examples: []string{"Asks before the voyage"}},
			}},
		},
	}}})
}

func TestABrokenFileIsRefusedWithItsLines(t *testing.T) {
	fixture := func(name, old, new string) string {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil || !strings.Contains(string(raw), old) {
			t.Fatalf("%s does not hold %q (%v)", name, old, err)
		}
		return strings.Replace(string(raw), old, new, 1)
	}
	for name, one := range map[string]struct{ text, want string }{
		"a tab":                              {fixture("harbour.yaml", "    about: Brings", "\tabout: Brings"), `line 14: a tab stands before the text: YAML is indented with spaces only`},
		"a tab alone on a line":              {"roles:\n  - name: Pilot\n\t\n    levels: [A]\n", `line 3: a tab stands here: YAML is indented with spaces only`},
		"a quote without an end":             {"roles:\n  - name: \"Pilot\n    levels: [A]\n", `line 2: the YAML cannot be read`},
		"a tab in front matter":              {fixture("pilot.md", "    name: Second", "\tname: Second"), `line 7: a tab stands before the text`},
		"a heading of no level":              {fixture("pilot.md", "## First pilot", "## Third pilot"), `line 31: the level "Third pilot" is used, and not declared among the levels of the front matter`},
		"a level of no family":               {fixture("family.yml", "level: senior-craft", "level: senior"), `line 29: the level "senior" is used, and not declared`},
		"a theme of no family":               {fixture("family.yml", "theme: order", "theme: disorder"), `line 35: the theme "disorder" is used, and not declared`},
		"a level beyond those counted":       {fixture("topics.md", "level: 3", "level: 4"), `line 13: the level 4 is used, and the file declares 3`},
		"an id twice":                        {fixture("family.yml", "id: c-4", "id: c-1"), `line 43: the id "c-1" is there twice: first in line 23`},
		"an id twice in ours":                {fixture("harbour.yaml", "id: weather", "id: radio-2"), `line 29: the id "radio-2" is there twice: first in line 21`},
		"a level twice":                      {fixture("harbour.yaml", "id: first-office", "id: first-bridge"), `line 39: the level "first-bridge" is there twice: first in line 34`},
		"a role twice":                       {fixture("harbour.yaml", "name: Line handler\n", "id: pilot\n    name: Line handler\n"), `line 44: the role "pilot" is there twice: first in line 12`},
		"a skill twice at a level":           {fixture("harbour.csv", "Radio", "MOORING"), `line 3: at this level the skill "mooring" is there twice: first in line 2`},
		"a topic twice":                      {fixture("topics.md", `"stores"`, `"cooking-for-many"`), `line 20: the topic "cooking-for-many" is there twice`},
		"a level of a skill there is not":    {fixture("harbour.yaml", "level: 2", "level: 6"), `line 23: "6" is no level of a skill: they go from 0 to 5`},
		"the same in Markdown":               {fixture("pilot.md", "Mooring: 5", "Mooring: 7"), `line 33: "7" is no level of a skill`},
		"the same in CSV":                    {fixture("harbour.csv", "Mooring;5", "Mooring;high"), `line 5: "high" is no level of a skill`},
		"a field that we do not know":        {fixture("harbour.yaml", "theme: Judgement", "topic: Judgement"), `line 30: "topic" is no field of a criterion: they are id, text, theme, examples`},
		"a field twice":                      {fixture("harbour.yaml", "    about: Brings ships in and out.", "    name: Pilot"), `line 14: `},
		"a proficiency there is not":         {fixture("family.yml", "Practitioner", "Wizardry"), `line 32: "Wizardry" is no proficiency that we know`},
		"a line of CSV without a role":       {fixture("harbour.csv", "Line handler;1", ";1"), `line 6: the role or the level is missing`},
		"a line of CSV with a cell too many": {fixture("harbour.csv", "P3", "P3;;"), `line 5: there are 10 cells under 8 columns`},
		"an anchor":                          {"roles:\n  - &a\n    name: Pilot\n", `line 2: anchors (&), references (*), tags (!) and merges (<<) are not read here`},
		"a tag":                              {"roles: !!map\n  name: x\n", `anchors (&), references (*), tags (!)`},
		"two documents":                      {"roles: []\n---\nroles: []\n", `line 3: a second document begins here`},
		"nothing in it":                      {" \n", `the file is empty`},
		"no role":                            {"roles: []\n", `there is no role in the file`},
		"no levels":                          {"role: Pilot\n", `the role "Pilot" has no levels`},
		"something else":                     {"hello: world\n", `line 1: this says neither roles (our own shape)`},
		"a letter":                           {"Dear all,\nplease find enclosed\n", `this is none of the shapes of expectations that we know`},
		"a PDF":                              {"%PDF-1.4\n", `this is a PDF. Expectations come as YAML`},
		"nested too deeply":                  {strings.Repeat("[", 100_000), `line 1: this is nested too deeply`},
		"nested too deeply and closed":       {"a: " + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000), `line 1: this is nested too deeply`},
		"more fields than a thing has":       {manyFields(60_000, "\n"), `line 2001: there are more than 2000 fields of one thing here`},
		"more fields than fit a line":        {"{" + manyFields(60_000, ", ") + "}", `line 1: there are more than 2000 fields of one thing here`},
		"nested too deeply by hyphens":       {strings.Repeat("- ", 100_000), `line 1: this is nested too deeply`},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := ladderfile.Read("x", []byte(one.text))
			if err == nil || f != nil || !strings.Contains(err.Error(), one.want) {
				t.Errorf("got %v\nwant %s", err, one.want)
			}
		})
	}
}

// manyFields is one thing with so many fields: the parser takes minutes for them.
func manyFields(n int, between string) string {
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, "k%d: 1%s", i, between)
	}
	return text.String()
}

func TestEveryFaultOfAFileIsTold(t *testing.T) {
	_, err := ladderfile.Read("x", []byte("Role,Level,Skill,Asked\nPilot,,Mooring,3\nPilot,1,Mooring,9\nPilot,1,,4\n"))
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("told: %v", err)
	}
}

func TestLinesComeBackAsTheyWere(t *testing.T) {
	for _, role := range read(t, "harbour.yaml").Roles {
		for _, level := range role.Levels {
			for i := range level.Asks {
				level.Asks[i].Key = ""
				level.Asks[i].Words = strings.ReplaceAll(level.Asks[i].Words, "\n", " ")
			}
			back, err := ladderfile.ParseLines(ladderfile.Lines(level.Asks))
			if err != nil {
				t.Fatal(err)
			}
			same(t, back, level.Asks)
		}
	}
}

// What organisations have published is read as it is, where it lies.
func TestPublishedFrameworks(t *testing.T) {
	outside := os.Getenv("OWNWARD_TESTDATA")
	if outside == "" {
		t.Skip("OWNWARD_TESTDATA names no folder")
	}
	var files []string
	for _, pattern := range []string{"ladders/*/*.yml", "ladders/*/*.md"} {
		found, err := filepath.Glob(filepath.Join(outside, pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) < 5 {
		t.Fatalf("only %d files in %s", len(files), outside)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			f, err := ladderfile.Read("nameless", raw)
			if err != nil {
				t.Fatal(err)
			}
			asks, skills, examples := 0, 0, 0
			for _, l := range f.Roles[0].Levels {
				for _, a := range l.Asks {
					asks++
					if a.Skill != "" {
						skills++
					}
					examples += len(a.Examples)
				}
			}
			// Counted in the text itself: nothing is lost.
			text := string(raw)
			want := strings.Count(text, "\n    proficiency:")
			if f.Shape != "levels, themes and competencies" {
				want = criteria(text)
			}
			t.Logf("%s: %s, %d levels, %d expectations, %d of them skills, %d examples; unused %v", f.Shape, f.Roles[0].Name, len(f.Roles[0].Levels), asks, skills, examples, f.Unused)
			if asks != want || asks < 20 {
				t.Errorf("%d expectations, and the text has %d", asks, want)
			}
		})
	}
}

// criteria counts the criteria of a file of topics: the texts below criteria, and each criterion
// with examples.
func criteria(text string) int {
	n, inside := 0, false
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(trimmed, "- criteria:"):
			n++
			inside = false
		case trimmed == "criteria:":
			inside = true
		case inside && strings.HasPrefix(trimmed, "- \""):
			n++
		default:
			inside = false
		}
	}
	return n
}

// The examples of the documentation are read as they stand there.
func TestTheExamplesOfTheDocumentationAreRead(t *testing.T) {
	raw, err := os.ReadFile("../../docs/expectations.md")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?s)```(yaml|markdown)\n(.*?)```").FindAllSubmatch(raw, -1)
	if len(found) != 2 {
		t.Fatalf("%d examples", len(found))
	}
	for _, each := range found {
		f, err := ladderfile.Read("docs", each[2])
		if err != nil || f.Framework != "Harbour" || f.Roles[0].Key != "pilot" || len(f.Roles[0].Levels[0].Asks) != 4 {
			t.Errorf("the example in %s: %v %+v", each[1], err, f)
		}
	}
}
