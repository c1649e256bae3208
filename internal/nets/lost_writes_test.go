package nets

import (
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

// crowd is several people who write at the same time.
type crowd struct {
	testing.TB
	server       *server
	organisation db.ID
	writers      []*writer
	since        db.ID               // identifiers made from now on are later
	standing     map[string][]string // the texts that stand, by deed

	acknowledged, silent, undone int
}

// writer is somebody who writes, with their manager, who answers them. The two write in turn,
// so that what they do to one thing comes in order.
type writer struct {
	random   *rand.Rand
	me, lead org.Actor
	tokens   map[db.ID]string
	has      map[string][]*had // things to go on with, by kind
	wrote    int
	did      map[string]int // by the name of the deed
	begun    time.Time
	name     string
}

// had is a thing that a writer has, in the revision that they saw last.
type had struct {
	id       db.ID
	text     string // with which it was made
	revision int
}

// newCrowd fills a data folder with a company.
func newCrowd(t *testing.T, s *server) *crowd {
	c := &crowd{TB: t, server: s, standing: map[string][]string{}}
	in := open(t, filepath.Join(s.folder, "ownward.db"), testkit.NewClock(), slog.New(slog.DiscardHandler))
	in.store.Clock.Move(time.Since(in.store.Clock.Now()))
	company := testkit.NewCompany(t, in.store, "weir.example")
	c.organisation = company.Organisation.ID
	for n := range 5 {
		w := &writer{random: rand.New(rand.NewPCG(*seed, uint64(n+1))), name: fmt.Sprint("w", n), tokens: map[db.ID]string{}, has: map[string][]*had{}, did: map[string]int{}, begun: time.Now()}
		for _, actor := range []*org.Actor{&w.lead, &w.me} {
			*actor = testkit.Write(t, in.store, func(tx *db.Tx) (org.Actor, error) {
				name := fmt.Sprintf("%s %d", map[bool]string{true: "Lead", false: "Writer"}[actor == &w.lead], n)
				p, err := org.Add(tx, company.Ada, org.Details{Name: name, Email: strings.ReplaceAll(name, " ", "") + "@weir.example"})
				if err != nil {
					return org.Actor{}, err
				}
				return org.UnscopedActor(tx, c.organisation, p.ID)
			})
		}
		testkit.Do(t, in.store, func(tx *db.Tx) error { return org.SetManager(tx, company.Ada, w.me.Person, w.lead.Person) })
		in.signIn(map[string]org.Actor{"me": w.me, "lead": w.lead})
		w.tokens[w.me.Person], w.tokens[w.lead.Person] = in.tokens["me"], in.tokens["lead"]
		c.writers = append(c.writers, w)
	}
	in.close()
	return c
}

// write lets everybody write until the server answers no more, or until stop is called, which
// gives what was sent.
func (c *crowd) write() (stop func() []*write) {
	c.inStore(func(tx *db.Tx) { c.since = tx.NewID() })
	var mu sync.Mutex
	var sent []*write
	var all sync.WaitGroup
	enough := make(chan struct{})
	for _, one := range c.writers {
		all.Go(func() {
			for {
				select {
				case <-enough:
					return
				default:
				}
				w := one.next(c)
				mu.Lock()
				sent = append(sent, w)
				mu.Unlock()
				if w.send(c); w.led == "" {
					return
				}
			}
		})
	}
	return func() []*write { close(enough); all.Wait(); return sent }
}

// write is one form that is sent, and what it was led to once it was acknowledged.
type write struct {
	deed   deed
	by     *writer
	number int
	path   string
	form   url.Values
	text   string
	thing  *had
	other  *had
	since  db.ID
	led    string
}

// next is the next write: any for which the writer has what it needs.
func (w *writer) next(c *crowd) *write {
	var may []deed
	for _, d := range deeds {
		if (d.to == "" || len(w.has[d.to]) > 0) && (d.with == "" || len(w.has[d.with]) > 0) && (d.most == 0 || w.did[d.name] < d.most) {
			may = append(may, d)
		}
	}
	w.wrote++
	one := &write{
		deed: may[w.random.IntN(len(may))], by: w, number: w.wrote, since: c.since, thing: &had{}, other: &had{},
		text: fmt.Sprintf("text %s.%d of %d", w.name, w.wrote, *seed%1000),
	}
	w.did[one.deed.name]++
	if kind := one.deed.with; kind != "" {
		one.other = w.has[kind][w.random.IntN(len(w.has[kind]))]
	}
	if kind := one.deed.to; kind != "" {
		at := w.random.IntN(len(w.has[kind]))
		one.thing = w.has[kind][at]
		w.has[kind] = slices.Delete(w.has[kind], at, at+1)
	}
	one.path = strings.ReplaceAll(one.deed.path, "{id}", string(one.thing.id))
	one.form = url.Values{"formkey": {fmt.Sprint(w.name, ".", w.wrote)}, "revision": {fmt.Sprint(one.thing.revision)}}
	for name, value := range one.deed.form {
		one.form.Set(name, one.filled(value))
	}
	return one
}

func (w *write) String() string { return fmt.Sprintf("%s (%s, %s)", w.text, w.deed.name, w.path) }

// filled puts the names and texts of the write into a value or a query.
func (w *write) filled(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	at := w.by.begun.Truncate(24*time.Hour).AddDate(0, 0, 40).Add(time.Duration(w.number) * time.Minute).In(w.by.me.Zone)
	return strings.NewReplacer(
		"{text}", w.text, "{number}", fmt.Sprintf("%08d", w.number), "{thing}", string(w.thing.id), "{had}", w.thing.text, "{other}", string(w.other.id), "{revision}", w.form.Get("revision"),
		"{since}", string(w.since), "{org}", string(w.by.me.Organisation), "{me}", string(w.by.me.Person), "{lead}", string(w.by.lead.Person),
		"{soon}", time.Now().AddDate(0, 0, 20).Format(time.DateOnly),
		"{day}", at.Format(time.DateOnly), "{time}", at.Format("15:04"), "{at}", fmt.Sprint(at.UnixMicro()), "{new}", "[0-9a-f-]{36}",
	).Replace(text)
}

var browser = &http.Client{
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	Transport:     &http.Transport{MaxIdleConnsPerHost: 20}, Timeout: 20 * time.Second,
}

// send sends the form, and notes where an acknowledgement leads. No answer at all is none.
func (w *write) send(c *crowd) {
	who := w.by.me.Person
	if w.deed.byLead {
		who = w.by.lead.Person
	}
	r, err := http.NewRequestWithContext(c.Context(), http.MethodPost, c.server.address+w.path, strings.NewReader(w.form.Encode()))
	if err != nil {
		c.Error(err)
		return
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(&http.Cookie{Name: "ownward", Value: w.by.tokens[who]})
	answer, err := browser.Do(r)
	if err != nil {
		return
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body) // cut short where the server was killed meanwhile
	at := answer.Header.Get("Location")
	if w.deed.leads == "" && err != nil {
		return // of the answer itself a part is missing: it acknowledges nothing
	}
	if w.deed.leads == "" && answer.StatusCode == http.StatusOK {
		at = w.path
	} else if answer.StatusCode != http.StatusSeeOther || !regexp.MustCompile("^"+w.filled(w.deed.leads)+"$").MatchString(at) {
		c.Errorf("%s: answered with status %d, led to %q: %.3000s", w, answer.StatusCode, at, body)
		return
	}
	first := w.led == ""
	if w.led = at; first {
		w.goOn(at)
	}
}

// goOn notes what the writer has now to go on with.
func (w *write) goOn(at string) {
	switch {
	case w.deed.to == "":
		w.thing = &had{db.ID(at[strings.LastIndex(at, "/")+1:]), w.text, 1}
	case !w.deed.still:
		w.thing.revision++
	}
	if kind := w.deed.gives; kind != "" {
		w.by.has[kind] = append(w.by.has[kind], w.thing)
	}
}

// stands tells whether the write stands, and fails where only some of it does.
func (w *write) stands(c *crowd, tx *db.Tx) bool {
	there, all := 0, len(w.deed.parts)
	var missing []string
	for _, part := range w.deed.parts {
		n, err := db.One(tx, db.Scanned[int64], w.filled(part))
		switch {
		case err != nil:
			c.Fatal(err)
		case n > 1:
			c.Errorf("%s stands %d times: %s", w, n, part)
		case n == 1:
			there++
		default:
			missing = append(missing, w.filled(part))
		}
	}
	if there > 0 && there < all {
		c.Errorf("half a write: %s misses %s", w, strings.Join(missing, "\nand "))
	}
	return there == all
}
