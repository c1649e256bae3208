package nets

import (
	"net/url"

	"github.com/ownward/ownward/internal/web"
)

// form is what is sent to a route: enough for it to be done by who may.
func (s *stage) form(route web.Route) url.Values {
	form := url.Values{"revision": {"1"}}
	for name, value := range s.forms()[route.Path] {
		form.Set(name, value)
	}
	return form
}

// forms are the fields of each act, by the path of its route.
func (s *stage) forms() map[string]map[string]string {
	return map[string]map[string]string{
		"/askings":             {"wording": "What would you miss?", "to": "self"},
		"/askings/{id}/answer": {"answer": "The quiet"},
	}
}
