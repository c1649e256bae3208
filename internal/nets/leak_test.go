package nets

import (
	"bytes"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

var (
	worlds = flag.Int("worlds", 200, "how many random organisations the no-leak test builds")
	seed   = flag.Uint64("seed", uint64(time.Now().UnixNano()), "where the random organisations begin")
)

// Most of what a world makes is soon of no use: to collect it less often saves a tenth of the time.
func init() { debug.SetGCPercent(400) }

// TestNothingLeaks builds random organisations with random sharing and a mark in every text,
// drives every route as everybody, and finds no mark in front of anyone whom the oracle does
// not allow; in logs, metrics, jobs and addresses it finds none at all.
func TestNothingLeaks(t *testing.T) {
	t.Logf("seed %d: run again with -seed %d", *seed, *seed)
	var covered, driven sync.Map
	t.Run("worlds", func(t *testing.T) {
		for n := range *worlds {
			t.Run(strconv.Itoa(n), func(t *testing.T) {
				t.Parallel()
				driveWorld(t, filepath.Join(quickFolder(t), "ownward.db"), *seed+uint64(n), &covered, &driven)
			})
		}
		for n := range max(1, *worlds/40) {
			t.Run(fmt.Sprint("PostgreSQL ", n), func(t *testing.T) {
				t.Parallel()
				driveWorld(t, testkit.Postgres(t), *seed+uint64(n), nil, &driven)
			})
		}
	})
	if *worlds >= 50 { // fewer need not hold everything
		checkCoverage(t, &covered)
		checkDriven(t, &driven)
	}
}

func driveWorld(t *testing.T, address string, seed uint64, covered, driven *sync.Map) {
	logged := &lockedBuffer{}
	log := slog.New(slog.NewTextHandler(logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	in := open(t, address, testkit.NewClock(), log)
	defer in.close()
	w := newWorld(t, in, seed)
	w.driven = driven
	w.drive(t)
	w.sameForm(t)
	if covered != nil {
		noteCoverage(t, in.store, covered) // before more is written, and housekeeping forgets
	}
	w.act(t)
	if t.Failed() {
		t.Logf("the world of seed %d", seed)
	}
	w.runJobs(t)
	w.holdsNone(t, "the log, with the mails in it", withoutReceivers(logged.String()))
	w.holdsNone(t, "the metrics", in.metrics(t))
	for _, query := range []string{"select kind || ' ' || key || ' ' || args from jobs", "select kind || ' ' || facts from events", "select route || ' ' || location from form_keys"} {
		rows := testkit.Read(t, in.store, func(tx *db.Tx) ([]string, error) { return db.List(tx, db.Scanned[string], query) })
		w.holdsNone(t, query, strings.Join(rows, "\n"))
	}
}

// receivers are the lines of the log in which the mail itself says to whom it goes, in its head and in its invitation.
var receivers = regexp.MustCompile(`(?m)^.* msg="?(THIS MAIL WAS NOT SENT.* to=|mail \| ATTENDEE.*:mailto:)[a-z0-9]+@out\.example`)

// withoutReceivers is the log without to whom each mail to a contact went: an address that somebody typed in for it.
// Anywhere else such an address is what somebody wrote.
func withoutReceivers(logged string) string { return receivers.ReplaceAllString(logged, "") }

// runJobs does what is due now and, since reminders lie ahead, in the weeks to come.
func (w *world) runJobs(t *testing.T) {
	for range 3 {
		if _, err := w.house.Jobs.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.store.Clock.MoveDays(25)
	}
}

func (w *world) holdsNone(t *testing.T, where, text string) {
	if found := marked.FindString(text); found != "" {
		t.Errorf("%s holds what somebody wrote: %s", where, around(text, found))
	}
}

// around is the line of the text in which something stands.
func around(text, found string) string {
	at := strings.Index(text, found)
	return strings.Join(strings.Fields(text[max(0, at-120):min(len(text), at+60)]), " ")
}

// drive sends requests to every route, for every thing, as its owner and some others.
func (w *world) drive(t *testing.T) {
	for _, route := range w.house.Web.Routes {
		posts := route.Method == http.MethodPost
		w.driven.LoadOrStore(route, false)
		for _, path := range w.paths(route.Path) {
			for _, who := range w.some(path.owner, posts) {
				var form url.Values
				at := path.path
				if posts {
					form = w.form(route.Path, who)
				} else {
					at += w.question()
					if strings.HasSuffix(at, "/live") { // everything that was typed, as a page that has nothing yet asks for it
						at += "?notes=0&private=0&site=p-aaaaaaaa"
					}
				}
				w.look(t, who, at, form)
				w.driven.Store(route, true)
				if posts && route.Path == "/organisation/people/{id}/return" {
					w.noteWhoIsBack(t)
				}
			}
		}
	}
}

// noteWhoIsBack lets the oracle know who of those that left was let in again.
func (w *world) noteWhoIsBack(t *testing.T) {
	for i, person := range w.people {
		if w.left[i] {
			w.left[i] = testkit.Read(t, w.store, func(tx *db.Tx) (org.Actor, error) {
				return org.UnscopedActor(tx, person.Organisation, person.Person)
			}).Left
		}
	}
}

// look sends one request and judges all that comes back.
func (w *world) look(t *testing.T, who int, path string, form url.Values) {
	answer := w.request(strconv.Itoa(who), path, form)
	w.holdsNone(t, "a header", headersOf(t, answer))
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	if answer.Code >= 500 {
		t.Errorf("%s %s as %d: status %d", method, path, who, answer.Code)
	}
	for _, text := range slices.Compact(slices.Sorted(slices.Values(marked.FindAllString(readable(t, answer), -1)))) {
		m := w.find(text)
		if m == nil {
			continue
		}
		may := who != stranger && w.may(who, m)
		if token, byLink := strings.CutPrefix(path, "/a/"); byLink {
			token, _, _ = strings.Cut(token, "?")
			may = w.opened[token].shows(m)
		}
		may = may && !strings.HasPrefix(path, "/feed/") // holds no words, not even to its owner
		if !may {
			t.Errorf("%s %s (status %d) shows person %d what %d wrote: %s", method, path, answer.Code, who, m.owner, around(answer.Body.String(), text))
		}
	}
}

// stranger is nobody: not signed in.
const stranger = 1000

type place struct {
	path  string
	owner int
}

// paths are the paths of a route with each of the things that can stand in them.
func (w *world) paths(pattern string) []place {
	all := []place{{strings.TrimSuffix(pattern, "{$}"), -1}}
	for parameter.MatchString(all[0].path) {
		var next []place
		for _, p := range all {
			at := parameter.FindStringIndex(p.path)
			for _, each := range w.things[placeOf(p.path, pattern)] {
				next = append(next, place{p.path[:at[0]] + each.id + p.path[at[1]:], max(p.owner, each.owner)})
			}
		}
		if len(next) == 0 {
			return nil
		}
		all = next
	}
	most := 40 // a path with two things: some of the pairs
	if *worlds >= 50 {
		most = 12 // where so many worlds are tried, each tries some of its things
	}
	if len(all) > most {
		w.random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		all = all[:most]
	}
	return all
}

// placeOf is the kind of the first thing that is still to be filled in.
func placeOf(path, pattern string) string {
	filled := strings.Count(pattern, "{") - strings.Count(path, "{")
	end := 0
	for range filled + 1 {
		end += parameter.FindStringIndex(pattern[end:])[1]
	}
	if kind, ok := places[pattern[:end]]; ok {
		return kind
	}
	return places["…"+pattern[strings.LastIndex(pattern[:strings.LastIndex(pattern[:end], "{")-1], "/"):end]]
}

// some are the people who try a path: the owner when they only read, and others.
func (w *world) some(owner int, posts bool) []int {
	tries := []int{w.random.IntN(here), w.random.IntN(len(w.people)), w.random.IntN(here)}
	if w.random.IntN(4) == 0 {
		tries = append(tries, stranger)
	}
	if posts {
		tries = tries[:1] // to change things of their own changes what the oracle says
		if owner == -1 || owner == tries[0] {
			return nil
		}
		return tries
	}
	if owner >= 0 {
		tries = append(tries, owner)
	}
	slices.Sort(tries)
	return slices.Compact(tries)
}

func headersOf(t *testing.T, answer *httptest.ResponseRecorder) string {
	var all bytes.Buffer
	if err := answer.Header().Write(&all); err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// lockedBuffer is a buffer that several write to.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
