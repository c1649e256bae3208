package nets

import (
	"net/url"
	"strings"

	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/web"
)

// form is what is sent to a route: enough for it to be done by who may.
func (s *stage) form(route web.Route, who string) url.Values {
	form := url.Values{"revision": {"1"}}
	domain := "weir.example"
	if who == elsewhere || who == adminThere {
		domain = "other.example"
	}
	address := org.Fold(strings.Fields(s.actors[who].Name + " x")[0]) + "@" + domain
	for name, value := range s.forms()[route.Path] {
		form.Set(name, strings.ReplaceAll(value, "{own address}", address))
	}
	return form
}

// forms are the fields of each act, by the path of its route.
func (s *stage) forms() map[string]map[string]string {
	return map[string]map[string]string{
		"/sign-in":                                {"email": "somebody@weir.example"},
		"/you/addresses":                          {"email": "own@elsewhere.example"},
		"/you/addresses/removal":                  {"address": "{own address}"},
		"/you/notices":                            {"notice": "asked"},
		"/you/time-zone":                          {"time_zone": "Europe/Oslo"},
		"/organisation/people":                    {"name": "Zoe Adler"},
		"/organisation/people/{id}":               {"name": "Zoe Adler"},
		"/organisation/people/{id}/administrator": {"administrator": "yes"},
		"/askings":                                {"wording": "What would you miss?", "to": "self"},
		"/askings/{id}/answer":                    {"answer": "The quiet"},
	}
}
