package nets

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
	"github.com/ownward/ownward/internal/web"
)

// form is a form of the route as a person would send it, in an old revision: where both texts
// come back, it is seen whose they are.
func (w *world) form(path string, who int) url.Values {
	form := url.Values{"revision": {"999"}}
	for name, value := range w.fields(path, who) {
		form.Set(name, value)
	}
	return form
}

// fields are what a person would fill in, about things of their own and people they know.
func (w *world) fields(path string, who int) map[string]string {
	if who == stranger {
		who = 0
	}
	s := &stage{actors: map[string]org.Actor{takenBack: w.people[w.near(who)]}, things: map[string]thing{}}
	for kind := range w.things {
		s.things[kind] = thing{id: db.ID(w.of(kind, who))}
	}
	return s.forms()[path]
}

// near is somebody else of the same organisation.
func (w *world) near(who int) int {
	for {
		if other := w.random.IntN(len(w.people)); other != who && w.organisation[other] == w.organisation[who] {
			return other
		}
	}
}

// question is what can be added to the address of a page: what it is to be about, where a list
// goes on. The things named are anybody's.
func (w *world) question() string {
	if w.random.IntN(2) == 0 {
		return ""
	}
	anys := func(kind string) string {
		all := w.things[kind]
		return all[w.random.IntN(len(all))].id
	}
	origin := []string{"asking", "goal", "step", "skill", "win", "ask", "conversation", "commitment", "person", "contact", "suggested", "need", "counsel"}[w.random.IntN(13)]
	kind := strings.NewReplacer("commitment", "promise").Replace(origin)
	q := url.Values{
		"origin": {origin + ":" + anys(kind)}, "about": {origin + ":" + anys(kind)}, "source": {origin + ":" + anys(kind)},
		"with": {[]string{"person:" + anys("person"), "contact:" + anys("contact")}[w.random.IntN(2)]},
		"on":   {[]string{origin + ":" + anys(kind), "copy:" + anys("copy"), "plan purpose:" + anys("person")}[w.random.IntN(3)]},
		"goal": {anys("goal")}, "to": {anys("person")}, "conversation": {anys("conversation")}, "instead": {anys("copy")},
		"card": {anys("card")}, "activity": {anys("activity")}, "suggestions": {"all"}, "name": {"Person"}, "back": {"/plan"},
	}
	q.Set("whom", q.Get("with"))
	if w.random.IntN(4) == 0 {
		q.Set("after", anys(kind))
	}
	if w.random.IntN(2) == 0 {
		q.Set("q", "zq") // as every mark begins
	}
	return "?" + q.Encode()
}

// act lets everybody do everything to what is theirs, with a mark in every text that they send.
// No page shows it to others any more; what is looked at is what stands in addresses, and, after
// this, in logs, jobs and events.
func (w *world) act(t *testing.T) {
	routes := slices.Clone(w.house.Web.Routes)
	w.random.Shuffle(len(routes), func(i, j int) { routes[i], routes[j] = routes[j], routes[i] })
	for _, last := range []bool{false, true} {
		for _, route := range routes {
			if route.Method == http.MethodPost && isLast(route.Path) == last {
				w.actOn(t, route)
			}
		}
	}
}

// isLast tells of an act after which there is less to act on.
func isLast(path string) bool {
	return regexp.MustCompile(`/(sign-out|end|departure|end-others|remove|removal|cancel|withdrawal|decision)$`).MatchString(path)
}

func (w *world) actOn(t *testing.T, route web.Route) {
	paths := w.paths(route.Path)
	w.random.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	for _, at := range paths[:min(len(paths), 6)] {
		who := at.owner
		if who < 0 {
			who = w.random.IntN(len(w.people))
		}
		if route.Access == web.Administrator {
			who = slices.Index(w.people, w.admins[w.organisation[who]])
		}
		form := w.marked(route.Path, who)
		for _, revision := range []string{"1", "2", "0"} {
			form.Set("revision", revision)
			answer := w.request(strconv.Itoa(who), at.path, form)
			w.driven.Store(route, true)
			w.holdsNone(t, "a header", headersOf(t, answer))
			if answer.Code >= 500 {
				t.Errorf("POST %s as %d: status %d", at.path, who, answer.Code)
			}
			if answer.Code == http.StatusSeeOther {
				break
			}
		}
	}
}

// marked is a form of the route with a new mark in every text. What is a text begins with a
// capital letter. What the organisation says of people everybody reads, in mails too; what a budget is
// called, whoever looks after budgets or says yes to money.
func (w *world) marked(path string, who int) url.Values {
	form := url.Values{}
	for name, value := range w.fields(path, who) {
		first := []rune(value + "x")[0]
		if unicode.IsUpper(first) && !strings.Contains(value, "/") && !strings.HasPrefix(path, "/organisation") {
			value += " " + w.plant(mark{owner: who, open: strings.HasPrefix(path, "/budgets")}).text
		}
		form.Set(name, value)
	}
	return form
}

var made = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`)

// sameForm lets two people send the very same form: what the second made must not be what the
// first has made.
func (w *world) sameForm(t *testing.T) {
	for _, route := range w.house.Web.Routes {
		if route.Method != http.MethodPost || strings.Contains(route.Path, "{") {
			continue
		}
		a, b := w.pair()
		form := w.form(route.Path, a)
		form.Set("formkey", "the same")
		first := w.request(strconv.Itoa(a), route.Path, form).Header().Get("Location")
		second := w.request(strconv.Itoa(b), route.Path, form).Header().Get("Location")
		if first == second && made.MatchString(first) {
			t.Errorf("POST %s: the form of person %d was taken for that of person %d, and led them to %s", route.Path, b, a, first)
		}
	}
}

// checkDriven fails for a route that no world has driven.
func checkDriven(t *testing.T, driven *sync.Map) {
	driven.Range(func(route, was any) bool {
		if !was.(bool) {
			t.Errorf("no world drives %s: say in places which thing stands in its path, and let the random world make one", route.(web.Route).Pattern())
		}
		return true
	})
}

// fillPlaces keeps what stands in the paths of routes and is nobody's text.
func (w *world) fillPlaces() {
	w.things["another person"] = w.things["person"]
	w.keep("set-up link", "used", -1)
	for _, kind := range []string{"notes", "outcome", "private"} {
		w.keep("conversation text", db.ID(kind), -1)
	}
	for _, section := range w.things["section"] {
		w.keep("own section", db.ID(section.id), -1)
	}
	for i, p := range w.people {
		session := testkit.Read(w.t, w.store, func(tx *db.Tx) (db.ID, error) {
			return db.One(tx, db.Scanned[db.ID], "select id from sessions where account_id = (select account_id from people where organisation_id = $1 and id = $2)", p.Organisation, p.Person)
		})
		w.keep("session", session, i)
	}
	for _, admin := range w.admins {
		w.keep("organisation", admin.Organisation, -1)
	}
}
