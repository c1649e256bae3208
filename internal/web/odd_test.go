package web

import (
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/testkit"
)

// oddities are what no browser sends by itself.
var oddities = map[string]string{
	"broken letters":  words + "\x00\xff\x1b[31m\xc3\u202e'\"`;--<script>\r\nBcc: " + words,
	"very long":       strings.Repeat(words+"%_! ", 350),
	"a very late day": "9999-12-31",
	"a broken party":  "person:\x00\xff",
}

// TestOddInputIsAnsweredAndInNoLog sends them in every field and every path of every route.
func TestOddInputIsAnsweredAndInNoLog(t *testing.T) {
	fields := fieldsInSource(t)
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		var log logged
		server := serverWithLog(t, s, &log)
		v := testkit.VisitAs(t, s, testkit.Site(t, server), c.Ada)
		mine := thingsOf(t, s, c)
		for name, odd := range oddities {
			form := url.Values{}
			for _, field := range fields {
				form.Set(field, odd)
			}
			for _, route := range server.Routes {
				for _, path := range paths(route, mine, odd) {
					if page := send(v, route, path, odd, form); page.Status >= http.StatusInternalServerError {
						t.Errorf("%s with %s: status %d", route.Pattern(), name, page.Status)
					}
				}
			}
		}
		for line := range strings.Lines(log.String()) {
			if strings.Contains(line, words) || strings.Contains(line, "level=ERROR") {
				t.Errorf("the log says: %.300s", line)
			}
		}
	})
}

func send(v *testkit.Visitor, route Route, path, odd string, form url.Values) *testkit.Shown {
	if route.Method == http.MethodPost {
		return v.Post(path, form)
	}
	query := url.Values{}
	for _, name := range []string{"q", "after", "with", "about", "asked", "helper", "for", "origin", "next", "sign_in", "code", "card", "way", "stage", "kind"} {
		query.Set(name, odd[:min(len(odd), 1500)])
	}
	return v.Get(path + "?" + query.Encode())
}

var inPath = regexp.MustCompile(`\{[^}]*\}`)

// paths are those of a route with what is odd in the place of an id, and with the thing of the
// visitor's that belongs there. Acts that would end the visit are left out.
func paths(route Route, mine map[string]string, odd string) []string {
	for _, ends := range []string{"/sign-out", "/you/deletion", "/you/delete", "/departure", "/you/sessions"} {
		if strings.Contains(route.Path, ends) {
			return nil
		}
	}
	if !strings.Contains(route.Path, "{") {
		return []string{route.Path}
	}
	all := []string{inPath.ReplaceAllLiteralString(route.Path, url.PathEscape(odd[:min(len(odd), 3000)]))}
	for begins, id := range mine {
		if strings.HasPrefix(route.Path, begins+"/{") {
			all = append(all, inPath.ReplaceAllLiteralString(route.Path, id))
		}
	}
	return all
}

var fieldInSource = regexp.MustCompile(`(?:text|FormValue|day|thing|personTyped|party|amount)\("([a-z_-]+)"|Form\["([a-z_]+)"\]|Name: "([a-z_-]+)"`)

// fieldsInSource are the names of the fields that the pages of this package read.
func fieldsInSource(t *testing.T) []string {
	t.Helper()
	names := map[string]bool{}
	for _, name := range []string{"revision", "origin", "word-1", "meaning-1", "id-1", "words-1", "due-1", "by-1", "promise_0_words", "promise_0_due", "column-name"} {
		names[name] = true
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range fieldInSource.FindAllStringSubmatch(string(text), -1) {
			names[m[1]+m[2]+m[3]] = true
		}
	}
	delete(names, "formkey")
	return slices.Sorted(maps.Keys(names))
}

// thingsOf gives Ada one thing of each kind, by the beginning of the paths under which it stands.
func thingsOf(t *testing.T, s testkit.Store, c testkit.Company) map[string]string {
	t.Helper()
	ids := map[string]string{"/plan/edit": "purpose", "/plan/as": string(c.Tomas.Person), "/people": string(c.Tomas.Person), "/organisation/people": string(c.Joel.Person)}
	at := time.Date(2026, time.November, 23, 15, 0, 0, 0, time.UTC)
	for begins, make := range map[string]func(tx *db.Tx) (db.ID, error){
		"/goals": func(tx *db.Tx) (db.ID, error) {
			g, err := plan.AddGoal(tx, c.Ada, plan.GoalText{Title: "x"}, org.Origin{})
			return g.ID, err
		},
		"/skills": func(tx *db.Tx) (db.ID, error) {
			k, err := plan.AddSkill(tx, c.Ada, plan.Skill{Name: "x"})
			return k.ID, err
		},
		"/wins": func(tx *db.Tx) (db.ID, error) {
			w, err := plan.AddWin(tx, c.Ada, plan.WinText{What: "x"}, org.Origin{})
			return w.ID, err
		},
		"/journal": func(tx *db.Tx) (db.ID, error) {
			e, err := plan.AddEntry(tx, c.Ada, plan.Entry{Words: "x"})
			return e.ID, err
		},
		"/contacts": func(tx *db.Tx) (db.ID, error) {
			k, err := org.AddContact(tx, c.Ada, org.Contact{Name: "x"})
			return k.ID, err
		},
		"/askings": func(tx *db.Tx) (db.ID, error) {
			a, err := question.Record(tx, c.Ada, org.Origin{}, question.Input{Wording: "x", To: question.ToMyself})
			return a.ID, err
		},
		"/asks": func(tx *db.Tx) (db.ID, error) {
			a, err := ask.New(tx, c.Ada, org.Origin{}, ask.Input{Text: ask.Text{What: "x", Kind: ask.Time}, Whom: c.Tomas.Self()})
			return a.ID, err
		},
		"/promises": func(tx *db.Tx) (db.ID, error) {
			p, err := commitment.Make(tx, c.Ada, org.Origin{}, commitment.Input{By: c.Ada.Self(), To: c.Tomas.Self(), Words: "x", Due: civil.On(2026, 12, 12)})
			return p.ID, err
		},
		"/conversations": func(tx *db.Tx) (db.ID, error) {
			one, err := conversation.Request(tx, c.Ada, conversation.Input{With: c.Tomas.Self(), Kind: conversation.Align, Time: conversation.Time{At: at, Minutes: 60}})
			return one.ID, err
		},
		"/organisation/import": func(tx *db.Tx) (db.ID, error) {
			return org.KeepPeopleFile(tx, c.Ada, org.SentFile{Name: "x", Content: []byte("name,email\nZoe,zoe@weir.example\n,x\n")})
		},
	} {
		ids[begins] = string(testkit.Write(t, s, make))
	}
	return ids
}
