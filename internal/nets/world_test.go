package nets

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"hash/fnv"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

// installation is an open installation with the sessions of those who use it.
type installation struct {
	t      testing.TB
	house  *house.House
	store  testkit.Store
	tokens map[string]string // by who: of their session
}

// open opens an installation on a SQLite file, or on the PostgreSQL address.
func open(t testing.TB, address string, clock *testkit.Clock, log *slog.Logger) *installation {
	t.Helper()
	config := house.Config{Listen: "127.0.0.1:0", Address: "http://ownward.test", Clock: clock.Now}
	if db.IsPostgres(address) {
		config.Database, config.Data = address, t.TempDir()
	} else {
		config.Data = filepath.Dir(address)
	}
	h, err := house.Open(t.Context(), config, log)
	if err != nil {
		t.Fatal(err)
	}
	return &installation{t, h, testkit.Store{DB: h.DB, Clock: clock}, map[string]string{}}
}

func (in *installation) close() {
	if err := in.house.Close(); err != nil {
		in.t.Errorf("close: %v", err)
	}
}

// signIn gives each of the cast a session.
func (in *installation) signIn(cast map[string]org.Actor) {
	in.t.Helper()
	for who, actor := range cast {
		if actor.Person == "" {
			continue
		}
		in.tokens[who] = string(testkit.Write(in.t, in.store, func(tx *db.Tx) (account.Token, error) {
			return account.UnscopedSignIn(tx, actor.Organisation, actor.Person, "a test")
		}))
	}
}

// request sends a request as one of the cast; a form makes it a POST.
func (in *installation) request(who, path string, form url.Values) *httptest.ResponseRecorder {
	var r *http.Request
	if form == nil {
		r = httptest.NewRequest(http.MethodGet, path, nil)
	} else {
		body, kind := formBody(form)
		r = httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if token := in.tokens[who]; token != "" {
		r.AddCookie(&http.Cookie{Name: "ownward", Value: token})
	}
	r.RemoteAddr = addressOf(who)
	w := httptest.NewRecorder()
	in.house.Web.ServeHTTP(w, r)
	return w
}

// addressOf is where somebody calls from: each from elsewhere, since what one address may ask for is limited.
func addressOf(who string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(who))
	return fmt.Sprintf("198.18.%d.%d:1", h.Sum32()>>8&0xff, h.Sum32()&0xff)
}

// metrics are the figures of the server, which it tells to its own machine alone.
func (in *installation) metrics(t *testing.T) string {
	r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
	r.RemoteAddr = "127.0.0.1:1"
	w := httptest.NewRecorder()
	in.house.Web.ServeHTTP(w, r)
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `route="`) {
		t.Fatalf("/metrics: status %d, and no figures of routes", w.Code)
	}
	return w.Body.String()
}

// aFile is the name of the field under which a form carries a file.
const aFile = "file"

// formBody is what a browser sends of a form: one with a file in parts.
func formBody(form url.Values) (body, kind string) {
	if !form.Has(aFile) {
		return form.Encode(), "application/x-www-form-urlencoded"
	}
	var b strings.Builder
	w := multipart.NewWriter(&b)
	for name := range form {
		part, err := w.CreateFormField(name)
		if name == aFile {
			part, err = w.CreateFormFile(name, "a file")
		}
		if err != nil {
			panic(err) // a Builder takes all
		}
		_, _ = part.Write([]byte(form.Get(name)))
	}
	_ = w.Close()
	return b.String(), w.FormDataContentType()
}

// copies gives, each time it is asked, the installation on a copy of its SQLite store as that
// stands now, with the same sessions. The copy before it is closed.
func (in *installation) copies() (next func() *installation, done func()) {
	in.t.Helper()
	folder := quickFolder(in.t)
	if err := in.store.Backup(in.t.Context(), filepath.Join(folder, "as-it-stands.db")); err != nil {
		in.t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(folder, "as-it-stands.db"))
	if err != nil {
		in.t.Fatal(err)
	}
	twin := open(in.t, filepath.Join(folder, "ownward.db"), in.store.Clock, slog.New(slog.DiscardHandler))
	twin.tokens = in.tokens
	n := 0
	next = func() *installation {
		twin.close()
		n++
		path := filepath.Join(folder, fmt.Sprint(n), "ownward.db")
		if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
			in.t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			in.t.Fatal(err)
		}
		d, err := db.Open(in.t.Context(), path, db.WithClock(in.store.Clock.Now))
		if err != nil {
			in.t.Fatal(err)
		}
		twin.house.DB, twin.house.Web.DB, twin.store.DB = d, d, d
		return twin
	}
	return next, func() { twin.close() }
}

var quick = flag.String("quick", "/dev/shm", "where the stores of random organisations stand: memory, if there is some")

// quickFolder is a temporary folder, in memory where the machine has such a place: what is
// tested here is not the disk.
func quickFolder(t testing.TB) string {
	folder, err := os.MkdirTemp(*quick, "ownward")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	return folder
}

// content is a fingerprint of all that the tables hold, but for what changes by looking alone.
func (in *installation) content() map[string]string {
	in.t.Helper()
	sums := map[string]string{}
	for _, table := range tables(in.t, in.store) {
		if slices.Contains([]string{"looks", "sessions", "sign_ins", "jobs"}, table) {
			continue
		}
		sums[table] = testkit.Read(in.t, in.store, func(tx *db.Tx) (string, error) {
			rows, err := db.List(tx, db.Scanned[string], fmt.Sprintf("select %s from %s order by 1", wholeRow(in.t, in.store, table), table))
			sum := sha256.Sum256([]byte(strings.Join(rows, "\n")))
			return hex.EncodeToString(sum[:8]), err
		})
	}
	return sums
}

// tables lists the tables of a SQLite store.
func tables(t testing.TB, s testkit.Store) []string {
	return testkit.Read(t, s, func(tx *db.Tx) ([]string, error) {
		return db.List(tx, db.Scanned[string], "select name from sqlite_master where type = 'table' and name not like 'sqlite!_%' escape '!' order by name")
	})
}

// column is a column of a table and its type.
type column struct{ name, kind string }

func columns(t testing.TB, s testkit.Store, table string) []column {
	return testkit.Read(t, s, func(tx *db.Tx) ([]column, error) {
		return db.List(tx, func(row db.Row) (column, error) {
			var c column
			err := row.Scan(&c.name, &c.kind)
			return c, err
		}, "select name, lower(type) from pragma_table_info($1) order by cid", table)
	})
}

// wholeRow is an expression for all that a row holds.
func wholeRow(t testing.TB, s testkit.Store, table string) string {
	var parts []string
	for _, c := range columns(t, s, table) {
		parts = append(parts, "coalesce(quote("+c.name+"), '')")
	}
	return strings.Join(parts, " || '|' || ")
}
