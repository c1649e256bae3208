package browser

import (
	"context"
	"io"
	"net/http"
	"regexp"
	"slices"
	"testing"

	"github.com/ownward/ownward/internal/demo"
	"github.com/ownward/ownward/internal/house"
)

// notLinked are the routes to which no link of the example organisation leads, with the reason. The story visits them.
var notLinked = map[string]string{
	"GET /setup/{token}":                      "works once, by the link that the program prints",
	"GET /sign-in/code":                       "comes after asking for a code",
	"GET /handover":                           "comes with a change of manager",
	"GET /goodbye":                            "comes after deleting an account",
	"GET /you/brought-along":                  "comes with a file from elsewhere",
	"GET /contacts/{id}":                      "comes with somebody from outside",
	"GET /conversations/{id}/earlier/{text}":  "comes with a text that was written twice",
	"GET /organisation/import/{id}":           "comes after sending a file",
	"GET /organisation/import/{id}/set-aside": "comes after sending a file",
	"GET /find":                               "answers the palette",
	"GET /skills/find":                        "answers who types the name of a skill",
	"GET /a/{token}":                          "comes with a link to one question, by mail",
	"GET /stories/new":                        "comes from a form that says what the story is for",
	"GET /gap/outside/{id}":                   "comes from a form that says which role to look at",
	"GET /organisation/expectations/{id}":     "comes after sending a file",
	"GET /you/addresses/code":                 "comes after adding an address",
}

// TestEveryPage walks every link of the example organisation as several people, and checks each page at each view.
func TestEveryPage(t *testing.T) {
	clock := demo.NewClock()
	in := open(t, house.Config{Demo: true, Clock: clock.Now}, func(h *house.House) error {
		return demo.Fill(t.Context(), h.DB, clock, func(ctx context.Context) error {
			_, err := h.Jobs.RunDue(ctx)
			return err
		})
	})
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
	for _, route := range in.house.Web.Routes {
		if route.Method == http.MethodGet && !slices.Contains(visited, route.Pattern()) && notLinked[route.Pattern()] == "" {
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
