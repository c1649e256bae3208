package demo

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/handover"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/testkit"
)

// filled is an open installation with the example organisation in it, as of the given moment.
func filled(t *testing.T, database string, now time.Time) *house.House {
	t.Helper()
	clock := NewClock()
	clock.put(now.AddDate(-1, -1, 0))
	h, err := house.Open(t.Context(), house.Config{
		Data: t.TempDir(), Database: database, Listen: "127.0.0.1:0", Demo: true, Clock: clock.Now,
	}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	runDue := func(ctx context.Context) error {
		_, err := h.Jobs.RunDue(ctx)
		return err
	}
	if err := fillAsOf(t.Context(), h.DB, clock, runDue, now); err != nil {
		t.Fatal(err)
	}
	return h
}

// rows are the results of a query, the columns of a row joined by " | ".
func rows(t *testing.T, h *house.House, query string, columns int) []string {
	t.Helper()
	found, err := db.Read(t.Context(), h.DB, func(tx *db.Tx) ([]string, error) {
		return db.List(tx, func(row db.Row) (string, error) {
			values, into := make([]*string, columns), make([]any, columns)
			for i := range values {
				into[i] = &values[i]
			}
			err := row.Scan(into...)
			var b strings.Builder
			for i, v := range values {
				if i > 0 {
					b.WriteString(" | ")
				}
				if v != nil {
					b.WriteString(*v)
				}
			}
			return b.String(), err
		}, query)
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestTheExampleOrganisationIsTheSameOnBothEngines(t *testing.T) {
	now := time.Now()
	var told [2][]string
	t.Run("engines", func(t *testing.T) {
		for i, engine := range []string{"SQLite", "PostgreSQL"} {
			t.Run(engine, func(t *testing.T) {
				t.Parallel()
				database := ""
				if engine == "PostgreSQL" {
					database = testkit.Postgres(t)
				}
				h := filled(t, database, now)
				told[i] = texts(t, h)
				t.Run("every state occurs", func(t *testing.T) { everyStateOccurs(t, h) })
				t.Run("only plans lie ahead", func(t *testing.T) { onlyPlansLieAhead(t, h, now) })
				t.Run("no mail leaves", func(t *testing.T) { noMailLeaves(t, h) })
				t.Run("a handover waits", func(t *testing.T) { aHandoverWaits(t, h) })
				t.Run("whom one can be", func(t *testing.T) { whomOneCanBe(t, h) })
			})
		}
	})
	if len(told[0]) < 1200 {
		t.Errorf("%d texts are few for a year of sixty people", len(told[0]))
	}
	for i := range min(len(told[0]), len(told[1])) {
		if told[0][i] != told[1][i] {
			t.Fatalf("one says %q, the other %q", told[0][i], told[1][i])
		}
	}
	if len(told[0]) != len(told[1]) {
		t.Errorf("%d texts on one engine, %d on the other", len(told[0]), len(told[1]))
	}
}

// texts is all that people wrote, with the dates they gave.
func texts(t *testing.T, h *house.House) []string {
	var all []string
	for _, of := range []struct {
		table, columns string
	}{
		{"people", "name, job_title, email"}, {"plan_texts", "section, words"}, {"plan_values", "word, meaning"},
		{"skills", "name, note"}, {"goals", "title, specific, measured, due, learned"}, {"steps", "words, due, cue, response, state"},
		{"wins", "day, what, effect, figure"}, {"journal_entries", "day, words"}, {"askings", "wording, asked_on, answer"},
		{"asks", "what, why, gives, decide_by, state"}, {"decisions", "answer, reason, feedback, alternative, comes_back_on"},
		{"criteria", "words, evidence, verdict, verdict_words"}, {"commitments", "words, due, check_in, state"},
		{"commitment_acts", "act, words"}, {"conversations", "kind, state"}, {"agenda_items", "words"}, {"conversation_texts", "kind, words"},
		{"revisions", "thing_kind, text"}, {"shares", "thing_kind, section, role"},
	} {
		for _, row := range rows(t, h, "select "+of.columns+" from "+of.table, strings.Count(of.columns, ",")+1) {
			all = append(all, of.table+": "+row)
		}
	}
	slices.Sort(all)
	return all
}

func everyStateOccurs(t *testing.T, h *house.House) {
	for _, of := range []struct {
		query string
		want  []string
	}{
		{"select distinct state from goals", []string{"open", "done", "let go"}},
		{"select distinct state from steps", []string{"open", "begun", "done"}},
		{"select distinct state from asks", []string{"draft", "sent", "decided"}},
		{"select distinct answer from decisions", []string{"yes", "yes with conditions", "not now", "no"}},
		{"select distinct case when came_back_at is not null then 'came back' when let_go_at is not null then 'let go' else 'to come' end from decisions where again_on is not null", []string{"came back", "let go", "to come"}},
		{"select distinct verdict from criteria", []string{"", "shown", "not yet"}},
		{"select distinct state from commitments", []string{"proposed", "open", "kept", "broken", "released", "declined"}},
		{"select distinct state from commitment_changes", []string{"waiting", "agreed"}},
		{"select distinct act from commitment_acts", []string{"differed", "let go"}},
		{"select distinct state from conversations", []string{"requested", "agreed", "held", "cancelled"}},
		{"select distinct kind from conversations", []string{"align", "advance", "amplify", "advocate", "sprint", "free"}},
		{"select distinct kind from conversation_texts", []string{"notes", "outcome", "private"}},
		{"select distinct role from shares where ended_at is null", []string{"", "manager"}},
		{"select distinct case when answered_at is null then 'waits' else 'answered' end from askings", []string{"waits", "answered"}},
		{"select 'handed on' from ask_hands", []string{"handed on"}},
		{"select 'heard' from decisions where heard_feedback <> ''", []string{"heard"}},
		{"select 'looked' from looks", []string{"looked"}},
		{"select 'left' from people where left_at is not null", []string{"left"}},
	} {
		found := rows(t, h, of.query, 1)
		for _, want := range of.want {
			if !slices.Contains(found, want) {
				t.Errorf("%s: there is no %q among %q", of.query, want, found)
			}
		}
	}
}

func onlyPlansLieAhead(t *testing.T, h *house.House, now time.Time) {
	at := fmt.Sprint(now.UnixMicro())
	today := "'" + now.Format(time.DateOnly) + "'"
	for _, query := range []string{
		"select kind from events where at > " + at,
		"select act from commitment_acts where at > " + at,
		"select title from goals where created_at > " + at + " or closed_at > " + at,
		"select words from steps where created_at > " + at + " or done_at > " + at,
		"select what from wins where created_at > " + at + " or day > " + today,
		"select words from journal_entries where created_at > " + at + " or day > " + today,
		"select wording from askings where asked_on > " + today + " or answered_at > " + at,
		"select what from ask_sendings where sent_at > " + at,
		"select answer from decisions where at > " + at,
		"select kind from conversations where held_at > " + at,
		"select words from conversation_texts where changed_at > " + at,
		"select words from commitments where created_at > " + at + " or settled_at > " + at,
		"select name from people where started_on > " + today,
	} {
		for _, ahead := range rows(t, h, query, 1) {
			t.Errorf("%s: %s", query, ahead)
		}
	}
	if len(rows(t, h, "select id from conversations where state = 'agreed' and at > "+at, 1)) == 0 {
		t.Error("no conversation is planned")
	}
	yesterday := fmt.Sprint(now.AddDate(0, 0, -1).UnixMicro()) // one of today may be over, and waits for its notes
	if held := rows(t, h, "select id from conversations where state = 'agreed' and at < "+yesterday, 1); len(held) > 0 {
		t.Errorf("%d conversations were agreed and never held", len(held))
	}
}

func noMailLeaves(t *testing.T, h *house.House) {
	if _, ok := h.Mail.(mail.Nowhere); !ok {
		t.Errorf("mail goes by %T", h.Mail)
	}
	if given := rows(t, h, "select kind from jobs where failed_at is not null", 1); len(given) > 0 {
		t.Errorf("these jobs were given up: %q", given)
	}
	if waiting := rows(t, h, "select kind from jobs where done_at is null and run_at < "+fmt.Sprint(time.Now().Add(-24*time.Hour).UnixMicro()), 1); len(waiting) > 0 {
		t.Errorf("these jobs were left undone: %q", waiting)
	}
}

// actor is the person of that name.
func actor(t *testing.T, h *house.House, name string) org.Actor {
	t.Helper()
	me, err := db.Read(t.Context(), h.DB, func(tx *db.Tx) (org.Actor, error) {
		organisations, err := org.UnscopedOrganisations(tx)
		if err != nil {
			return org.Actor{}, err
		}
		found, err := org.Search(tx, org.Operator(organisations[0].ID), name, org.Place{}, 1)
		if err != nil || len(found) == 0 {
			return org.Actor{}, fmt.Errorf("nobody is called %s: %w", name, err)
		}
		return org.UnscopedActor(tx, found[0].Organisation, found[0].ID)
	})
	if err != nil {
		t.Fatal(err)
	}
	return me
}

func aHandoverWaits(t *testing.T, h *house.House) {
	for name, want := range map[string]bool{"Tiago Moreira": true, "Salome Beridze": false} {
		pending, err := db.Read(t.Context(), h.DB, func(tx *db.Tx) (handover.Handover, error) {
			return handover.Of(tx, actor(t, h, name))
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(pending.Items) > 0; got != want {
			t.Errorf("something waits for the word of %s: %v, want %v", name, got, want)
		}
	}
}

// whomOneCanBe walks in by one click, as everybody whom the sign-in page names first.
func whomOneCanBe(t *testing.T, h *house.House) {
	site := testkit.Site(t, h.Web)
	page := testkit.Visit(t, site).Get("/sign-in").Must(200)
	for _, name := range []string{"Controls engineer · an employee with a year of history", "Head of Drives and Controls · their manager", "People and systems · the administrator"} {
		if !strings.Contains(page.Text("main"), name) {
			t.Errorf("the sign-in page does not offer %s", name)
		}
	}
	for _, name := range []string{"Salome Beridze", "Sunniva Aas", "Wanjiru Kamau", "Gianni Bressan"} {
		me := actor(t, h, name)
		v := testkit.Visit(t, site)
		in := v.Get("/sign-in").Submit("/sign-in/example/"+string(me.Organisation)+"/"+string(me.Person), nil).Must(200)
		if in.Path != "/" {
			t.Errorf("as %s one arrives at %s", name, in.Path)
		}
		if home := in.Text("main"); name != "Gianni Bressan" && (!strings.Contains(home, "Next conversation") || !strings.Contains(home, "Promised")) {
			t.Errorf("the start page of %s says little: %s", name, home)
		}
		v.Get("/plan").Must(200)
	}
}

func TestTheStoriesCanBeToldOnAnyDay(t *testing.T) {
	for _, now := range []time.Time{
		time.Date(2027, time.January, 2, 7, 30, 0, 0, time.UTC),  // a Saturday
		time.Date(2028, time.March, 5, 23, 30, 0, 0, time.UTC),   // a Sunday after a leap day, in Rome Monday already
		time.Date(2027, time.October, 28, 12, 0, 0, 0, time.UTC), // a Thursday
	} {
		t.Run(now.Weekday().String(), func(t *testing.T) {
			t.Parallel()
			onlyPlansLieAhead(t, filled(t, "", now), now)
		})
	}
}

func TestWhatIsAskedComesFromCardsOfTheLibrary(t *testing.T) {
	_, stories, err := load()
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, s := range stories {
		for _, a := range s.Askings {
			if _, known := question.Builtin().ByID(a.Card); !known {
				t.Errorf("%s asks by a card %q that the library does not have", s.Person, a.Card)
			}
			asked++
		}
	}
	if asked == 0 {
		t.Error("nobody asks anything")
	}
}
