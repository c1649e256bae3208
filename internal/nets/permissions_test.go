package nets

import (
	"bytes"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/testkit"
	"github.com/ownward/ownward/internal/web"
)

var update = flag.Bool("update", false, "write docs/permissions.md anew")

const permissions = "../../docs/permissions.md"

// places says which thing stands in the path of a route: the longest beginning of the path
// counts. A route with something in its path that is not here fails the test.
var places = map[string]string{
	"/contacts/{id}":            "contact",
	"/plan/edit/{section}":      "own section",
	"/plan/as/{person}":         "viewer",
	"/values/{id}":              "value",
	"/strengths/{id}":           "strength",
	"/plan/start/{step}":        "step of the start",
	"/year/{year}":              "year",
	"/goals/{id}":               "goal",
	"/steps/{id}":               "step",
	"/skills/{id}":              "skill",
	"/wins/{id}":                "win",
	"/journal/{id}":             "journal entry",
	"/askings/{id}":             "asking",
	"/askings/together/{round}": "round",
	"/asked/{id}":               "asked question",
	"/suggested/{id}":           "suggested",
	"/needs/{id}":               "need",
	"/questions/{card}":         "card",
	"/cards/{id}":               "kept card",
	"/activities/{name}":        "activity",
	"…/reviews/{review}":        "review",
	"/promises/{id}":            "promise",
	"/promises/with/{id}":       "person",
	"…/changes/{change}":        "change",
	"/proposals/{id}":           "proposal",
	"/previews/{id}":            "preview",
	"/copies/{id}":              "copy",
	"/dates/{id}":               "date",
	"/comments/{id}":            "comment",
	"/asks/{id}":                "ask",
	"…/evidence/{evidence}":     "evidence",
	"/sent-files/{id}":          "sent file",
	"…/pitch/{part}":            "part of a pitch",
	"/criteria/{id}":            "criterion",
	"…/inquiries/{inquiry}":     "inquiry",
	"…/alternatives/{way}":      "way",
	"…/criteria/{proposal}":     "criterion proposal",
	"…/granted/{fruit}":         "fruit",
	"/conversations/{id}":       "conversation",
	"/cadences/{id}":            "cadence",
	"…/earlier/{text}":          "conversation text",
	"/agenda/{item}":            "agenda item",
	"/people/{id}":              "person",
	"/organisation/people/{id}": "another person",
	"/organisation/import/{id}": "people file",
	"/organisations/{id}":       "organisation",
	"/you/sessions/{id}":        "session",
	"/setup/{token}":            "set-up link",
	"/links/{id}":               "link",
	"/confirmations/{id}":       "confirmation",
	"/stories/{id}":             "story",
	"/a/{token}":                "token of a link",
	"/mails/{token}":            "token of a mail",

	"/expectations/{role}":            "role",
	"/assessments/{id}":               "assessment",
	"/team/expectations/{id}":         "written role",
	"…/levels/{level}":                "level of a written role",
	"/directions/{id}":                "direction",
	"/organisation/expectations/{id}": "expectation file",

	"/organisation/given-up/{id}":      "job",
	"/organisation/skills/{id}":        "skill entry",
	"/organisation/dates/{id}":         "date of the organisation",
	"/gap/outside/{id}":                "outside role",
	"/views/{id}":                      "skill view",
	"/organisation/skills/import/{id}": "skill file",
}

// doneElsewhere are acts that need a secret from a mail, or a state that is not on this stage:
// the tests of their pages do them. Advice on a goal changes nothing: there is nothing to be done.
var doneElsewhere = map[string]bool{
	"/sign-in/code": true, "/you/addresses/code": true, "/you/addresses/removal": true, "/you/delete": true, "/setup/{token}": true,
	"/organisation/people/{id}/return": true, "/asks/{id}/money": true, "/asks/{id}/granted": true, "/asks/{id}/granted/{fruit}": true, "/asks/{id}/granted/{fruit}/removal": true, "/asks/{id}/granted/telling": true,
	"/asks/{id}/granted/day": true, "/asks/{id}/granted/next": true,

	"/cadences/{id}/resume": true, "/conversations/{id}/skip": true,
	"/asks/{id}/money/taking-back": true, "/asks/{id}/money/returning": true, "/promises/{id}/letting-go": true, "/promises/{id}/difference": true,
	"/goals/advice": true, "/goals/{id}/advice": true,
	"/conversations/{id}/live": true, // answered with what was typed since, and no other page
	"/cards/preview":           true, "/cards/{id}/preview": true, "/cards/import/preview": true,
}

// TestWhoMayCallWhat walks every route as everybody, in each state of things, and holds what
// happens against what the route declares. What came out stands in docs/permissions.md.
func TestWhoMayCallWhat(t *testing.T) {
	in := open(t, filepath.Join(quickFolder(t), "ownward.db"), testkit.NewClock(), slog.New(slog.DiscardHandler))
	defer in.close()
	s := firstAct(t, in)
	table := newTable(in.house.Web.Routes)
	for _, change := range []func(*testing.T){func(*testing.T) {}, s.share, s.changeManager} {
		change(t)
		s.walk(t, table)
	}
	for _, route := range table.routes {
		did := table.done[route]
		if route.Method == http.MethodPost && !did && !doneElsewhere[route.Path] {
			t.Errorf("%s was done by nobody in any state: give it a form in forms, so that it is seen to work where it may", route.Pattern())
		}
	}
	table.compare(t)
}

// walk tries every route as everybody in the present state.
func (s *stage) walk(t *testing.T, table *table) {
	before := s.content()
	for _, route := range table.routes {
		path, kind, ok := s.fill(route.Path)
		if !ok {
			t.Errorf("%s: say in places which thing stands in its path", route.Pattern())
			continue
		}
		allowed := s.allowed(route, kind)
		for _, who := range everybody {
			if route.Method == http.MethodPost && slices.Contains(allowed, who) {
				continue // changes things: below, on a copy
			}
			s.try(t, table, s.installation, route, path, who, allowed)
		}
	}
	for name, sum := range s.content() {
		if sum != before[name] {
			t.Errorf("%s: somebody who may not has changed the table %s", s.state, name)
		}
	}
	next, done := s.copies()
	defer done()
	for _, route := range table.routes {
		path, kind, ok := s.fill(route.Path)
		if !ok || route.Method != http.MethodPost {
			continue
		}
		allowed := s.allowed(route, kind)
		for _, who := range allowed {
			s.try(t, table, next(), route, path, who, allowed)
		}
	}
}

// try sends one request and judges the answer.
func (s *stage) try(t *testing.T, table *table, in *installation, route web.Route, path, who string, allowed []string) {
	var form url.Values
	if route.Method == http.MethodPost {
		form = s.form(route, who)
	}
	answer := in.request(who, path, form)
	may := slices.Contains(allowed, who)
	did := admitted(answer) || route.Path == "/sign-out" && who != nobody
	switch {
	case answer.Code >= 500:
		t.Errorf("%s: %s as %s: status %d", s.state, route.Pattern(), who, answer.Code)
	case did && !may:
		t.Errorf("%s: %s lets in %s (status %d), and says: %s", s.state, route.Pattern(), who, answer.Code, route.Access)
	case !did && may:
		t.Errorf("%s: %s turns away %s (status %d), and says: %s", s.state, route.Pattern(), who, answer.Code, route.Access)
	}
	if did {
		table.admit(route, who, s.state)
		table.done[route] = table.done[route] || answer.Code == http.StatusSeeOther
	}
}

// admitted tells whether somebody was let in: not led to the sign-in, not told that nothing is here.
func admitted(answer *httptest.ResponseRecorder) bool {
	toSignIn := answer.Code == http.StatusSeeOther && strings.HasPrefix(answer.Header().Get("Location"), "/sign-in?") ||
		answer.Code == http.StatusSeeOther && answer.Header().Get("Location") == "/sign-in"
	return answer.Code != http.StatusNotFound && answer.Code != http.StatusForbidden && !toSignIn
}

var parameter = regexp.MustCompile(`\{[a-z]+\}`)

// fill puts the things of the stage into the path of a route.
func (s *stage) fill(path string) (filled, kind string, ok bool) {
	path = strings.TrimSuffix(path, "{$}")
	for parameter.MatchString(path) {
		at := parameter.FindStringIndex(path)
		kind, ok = places[path[:at[1]]]
		if !ok {
			// A second thing in a path stands behind the first, whose place is known.
			kind, ok = places["…"+path[strings.LastIndex(path[:at[0]-1], "/"):at[1]]]
		}
		thing, known := s.things[kind]
		if !ok || !known {
			return path, kind, false
		}
		path = path[:at[0]] + string(thing.id) + path[at[1]:]
	}
	return path, kind, true
}

// allowed is who may call the route for the thing, by the declaration of the route. It is
// worked out here once more, from who stands where, and not from the code that is tested.
func (s *stage) allowed(route web.Route, kind string) []string {
	about := s.things[kind]
	reads := route.Method == http.MethodGet
	var here []string
	for _, who := range everybody {
		switch {
		case who == nobody && route.Access != web.Anyone && route.Access != web.Link:
		case about.theirs && (who == elsewhere || who == adminThere):
		case about.owner != "" && route.Access == web.Account && who != about.owner:
		case who == gone && (route.Access == web.Colleague || !reads) && route.Access != web.Anyone && route.Access != web.Account && route.Access != web.Link:
		case s.stands(route.Access, who, about):
			here = append(here, who)
		}
	}
	return here
}

func (s *stage) stands(access web.Access, who string, about thing) bool {
	switch access {
	case web.Owner:
		return who == about.owner
	case web.Viewer:
		return who == about.owner || slices.Contains(about.seen, who)
	case web.Sides:
		return who == about.owner || slices.Contains(about.sides, who)
	case web.Asked:
		return who == about.asked
	case web.Programmes:
		return who == programmes || who == admin || who == adminThere
	case web.Answers:
		return who == about.owner || who == programmes || who == admin
	case web.Administrator:
		return who == admin || who == adminThere
	}
	return true
}

// table is what came out, to be read by people.
type table struct {
	routes []web.Route
	in     map[web.Route]map[string][]string // the states in which somebody was admitted
	done   map[web.Route]bool
}

func newTable(routes []web.Route) *table {
	return &table{routes, map[web.Route]map[string][]string{}, map[web.Route]bool{}}
}

func (t *table) admit(route web.Route, who, state string) {
	if t.in[route] == nil {
		t.in[route] = map[string][]string{}
	}
	if !slices.Contains(t.in[route][who], state) {
		t.in[route][who] = append(t.in[route][who], state)
	}
}

func (t *table) compare(test *testing.T) {
	got := t.markdown()
	if *update {
		if err := os.WriteFile(permissions, got, 0o644); err != nil {
			test.Fatal(err)
		}
		return
	}
	stands, err := os.ReadFile(permissions)
	if err != nil || !bytes.Equal(stands, got) {
		test.Errorf("docs/permissions.md does not say what is so (%v): look at what changed, then run go test ./internal/nets -run TestWhoMayCallWhat -update", err)
	}
}

// markdown writes the table: a route a row, and in which states whom it lets in.
func (t *table) markdown() []byte {
	var b bytes.Buffer
	b.WriteString("# Who may call what\n\nMade by a test that calls every route as everybody; it fails when this page is not what happens.\n\n" +
		"**P**: while the things are kept private. **S**: while they are shared with the manager and a colleague. **M**: after a change of\n" +
		"manager, before the handover. A dot: never. Who is turned away is told the same as if nothing were there.\n\n")
	short := map[string]string{"kept private": "P", "shared": "S", "after a change of manager": "M"}
	fmt.Fprintf(&b, "| route | is for | %s |\n|---|---|%s\n", strings.Join(everybody, " | "), strings.Repeat("---|", len(everybody)))
	for _, route := range t.routes {
		fmt.Fprintf(&b, "| `%s` | %s |", route.Pattern(), route.Access)
		for _, who := range everybody {
			cell := ""
			for _, state := range t.in[route][who] {
				cell += short[state]
			}
			if cell == "" {
				cell = "·"
			}
			fmt.Fprintf(&b, " %s |", cell)
		}
		b.WriteString("\n")
	}
	return b.Bytes()
}
