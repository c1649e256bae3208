package browser

import (
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// notLinked are the routes to which no link of the example organisation leads, by the test that visits them, with the reason.
var notLinked = map[string]map[string]string{
	"TestStory": {
		"GET /setup/{token}":                      "works once, by the link that the program prints",
		"GET /sign-in/code":                       "comes after asking for a code",
		"GET /handover":                           "comes with a change of manager",
		"GET /goodbye":                            "comes after deleting an account",
		"GET /you/brought-along":                  "comes with a file from elsewhere",
		"GET /contacts/{id}":                      "comes with somebody from outside",
		"GET /conversations/{id}/earlier/{text}":  "comes with a text that was written twice",
		"GET /organisation/import/{id}":           "comes after sending a file",
		"GET /organisation/import/{id}/set-aside": "comes after sending a file",
		"GET /organisation/expectations/{id}":     "comes after sending a file",
		"GET /find":                               "answers the palette",
		"GET /you/addresses/code":                 "comes after adding an address",
	},
	"TestProof": {
		"GET /a/{token}":   "comes with a link to one question, by mail",
		"GET /stories/new": "comes from a form that says what the story is for",
	},
	"TestFromAGapToAStep": {
		"GET /skills/find":                               "answers who types the name of a skill",
		"GET /gap/outside/{id}":                          "comes from a form that says which role to look at",
		"GET /organisation/skills/import/{id}":           "comes after sending a file",
		"GET /organisation/skills/import/{id}/set-aside": "comes after sending a file",
	},
	"TestPitch": {
		"GET /asks/{id}/versions": "comes with a change of what was sent",
	},
	"TestCards": {
		"GET /cards/{id}/edit":     "comes with a card of one's own",
		"GET /cards/{id}/markdown": "comes with a card of one's own",
	},
	"TestYear": {
		"GET /organisation/holidays/import/{id}": "comes after sending a file",
		"GET /organisation/holidays/lists/{id}":  "comes with a list from a file",
	},
	"TestCalendars": {
		"GET /feed/{file}": "is read by a calendar program",
	},
	"TestBudgets": {
		"GET /reservations/{id}": "comes with money that is held for somebody",
	},
	"TestProgrammes": {
		"GET /programmes/{id}/edit": "comes with a programme that one looks after",
		"GET /taking-part/{id}":     "comes with a seat that one asked for",
	},
	"TestTwoWriteTogether": {
		"GET /outside/{id}": "comes with a conversation with somebody outside",
	},
	"TestMentors": {
		"GET /mentors/profile/versions":  "comes with a change of what one offers",
		"GET /mentorships/{id}/versions": "comes with a text that was written twice",
	},
	"TestASprintIsPreparedFromTheMailAndClosed": {
		"GET /conversations/{id}/closing": "comes with a conversation whose time has come",
	},
	"TestWhoMayCallWhat": { // of the nets
		"GET /sent-files/{id}": "comes with a file that was sent with an ask",
		"GET /mails/{token}":   "comes with a mail that can be turned off",
	},
}

// looked fails where a test has not looked at what no link leads to and was left to it.
func looked(t *testing.T, ins ...*installation) {
	t.Helper()
	var visited []string
	for _, in := range ins {
		visited = append(visited, visitedRoutes(t, in.address)...)
	}
	test, _, _ := strings.Cut(t.Name(), "/")
	for route, reason := range notLinked[test] {
		if !slices.Contains(visited, route) {
			t.Errorf("nobody looked at %s, which no link leads to: it %s", route, reason)
		}
	}
}

// TestEveryPage walks every link of the example organisation as several people, and checks each page at each view.
func TestEveryPage(t *testing.T) {
	in := openExample(t)
	var routes []string
	for _, route := range in.house.Web.Routes {
		if route.Method == http.MethodGet {
			routes = append(routes, route.Path)
		}
	}
	for _, walk := range []struct{ who, place, samples string }{
		{"nobody", "/sign-in", "1"}, {"an employee", "/", "2"}, {"their manager", "/", "1"}, {"the administrator", "/", "1"},
	} {
		out, err := runNode(t, append([]string{"walk.mjs", in.address, walk.who, walk.place, walk.samples}, routes...)...)
		t.Log(out)
		if err != nil {
			t.Errorf("the walk as %s: %v", walk.who, err)
		}
	}
	visited := visitedRoutes(t, in.address)
	for _, routes := range notLinked {
		visited = slices.AppendSeq(visited, maps.Keys(routes))
	}
	for _, route := range in.house.Web.Routes {
		if route.Method == http.MethodGet && !slices.Contains(visited, route.Pattern()) {
			t.Errorf("no link led to %s", route.Pattern())
		}
	}
}

// visitedRoutes are those that the server counted a page of.
func visitedRoutes(t *testing.T, address string) []string {
	t.Helper()
	answer, err := http.Get(address + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	figures, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	var visited []string
	for _, found := range regexp.MustCompile(`ownward_request_seconds_count\{route="([^"]+)",status="200"\}`).FindAllStringSubmatch(string(figures), -1) {
		visited = append(visited, found[1])
	}
	return visited
}
