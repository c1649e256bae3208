package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/calendar"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func TestInvitationsAreTurnedOffAndOnAgain(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines := testkit.VisitAs(t, s, site, c.Ines)
		page := ines.Get("/you/calendars").Must(http.StatusOK)
		if !page.Has("#invitations input[name=wanted][checked]") {
			t.Error("at first they are off")
		}
		page = ines.Post("/you/calendars/invitations", url.Values{}).Must(http.StatusOK)
		if page.Has("#invitations input[name=wanted][checked]") || !strings.Contains(page.Text(".notice"), "No more invitations") {
			t.Errorf("turned off: %s", page.Text("main"))
		}
		page = page.Submit("/you/calendars/invitations", map[string]string{"wanted": "yes"}).Must(http.StatusOK)
		if !page.Has("#invitations input[name=wanted][checked]") {
			t.Errorf("turned on: %s", page.Text("main"))
		}
	})
}

func TestAFeedIsReadByItsAddressAloneUntilAnotherIsMade(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines, outside := testkit.VisitAs(t, s, site, c.Ines), testkit.Visit(t, site)
		if page := ines.Get("/you/calendars"); page.Has("#address") || page.Has("form[action='/you/calendars/feed/end']") {
			t.Error("a feed stands before it was made")
		}
		made := ines.Post("/you/calendars/feed", url.Values{}).Must(http.StatusOK)
		first := feedAddress(t, made.Text("#address"))
		feed := outside.Get(first).Must(http.StatusOK)
		if feed.Header.Get("Content-Type") != "text/calendar; charset=utf-8" || !strings.HasPrefix(feed.Body, "BEGIN:VCALENDAR\r\n") || feed.Header.Get("Set-Cookie") != "" {
			t.Errorf("%v\n%s", feed.Header, feed.Body)
		}
		if again := ines.Get("/you/calendars"); feedAddress(t, again.Text("#address")) != first {
			t.Error("it is not shown again to the browser that made it")
		}
		if other := testkit.VisitAs(t, s, site, c.Ines).Get("/you/calendars"); other.Has("#address") || !strings.Contains(other.Text("#feed"), "kept nowhere") {
			t.Error("another browser is told the address")
		}
		second := feedAddress(t, ines.Post("/you/calendars/feed", url.Values{}).Must(http.StatusOK).Text("#address"))
		outside.Get(first).Must(http.StatusNotFound)
		outside.Get(second).Must(http.StatusOK)
		outside.Get(strings.TrimSuffix(second, ".ics")).Must(http.StatusNotFound)
		testkit.VisitAs(t, s, site, c.Joel).Post("/you/calendars/feed/end", url.Values{}).Must(http.StatusOK)
		outside.Get(second).Must(http.StatusOK)
		ines.Post("/you/calendars/feed/end", url.Values{}).Must(http.StatusOK)
		outside.Get(second).Must(http.StatusNotFound)
	})
}

func feedAddress(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(u.Path, "/feed/") || len(u.Path) < 40 {
		t.Fatalf("the address %q, %v", address, err)
	}
	return u.Path
}

func TestAFeedThatHasNotChangedIsNotSentAgain(t *testing.T) {
	s := testkit.SQLite(t)
	site, c := testkit.Site(t, serverWithLog(t, s, &logged{})), testkit.NewCompany(t, s, "weir.example")
	address := feedAddress(t, testkit.VisitAs(t, s, site, c.Ines).Post("/you/calendars/feed", url.Values{}).Text("#address"))
	first := testkit.Visit(t, site).Get(address).Must(http.StatusOK)
	for tag, want := range map[string]int{first.Header.Get("Etag"): 304, "W/" + first.Header.Get("Etag"): 304, `"other", ` + first.Header.Get("Etag"): 304, `"other"`: 200} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, site+address, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("If-None-Match", tag)
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != want || answer.Header.Get("Etag") != first.Header.Get("Etag") {
			t.Errorf("%s: %d", tag, answer.StatusCode)
		}
	}
}

func TestWhoGuessesAtFeedsIsStopped(t *testing.T) {
	s := testkit.SQLite(t)
	site := testkit.Site(t, serverWithLog(t, s, &logged{}))
	outside, stopped := testkit.Visit(t, site), false
	for range 150 {
		stopped = stopped || outside.Get("/feed/guess.ics").Status == http.StatusTooManyRequests
	}
	if !stopped {
		t.Error("150 guesses were answered")
	}
}

func TestWhatWasAnsweredInTheCalendarStandsOnThePage(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		talk := arranged(t, s, c)
		testkit.Do(t, s, func(tx *db.Tx) error {
			id := db.ID(strings.TrimPrefix(talk, "/conversations/"))
			if err := invitation.Follow(tx, event.Event{
				Organisation: c.Organisation.ID, Thing: event.Thing{Kind: "conversation", ID: id}, Facts: map[string]string{"owner": string(c.Ines.Person), "partner": string(c.Tomas.Person)},
			}); err != nil {
				return err
			}
			_, err := tx.Exec("update invitations set mailed_sequence = sequence, address = 'ines@weir.example'")
			return err
		})
		uid := testkit.Read(t, s, func(tx *db.Tx) (string, error) {
			return db.One(tx, db.Scanned[string], "select uid from invitations where person_id = $1", c.Ines.Person)
		})
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := invitation.Receive(tx, invitation.Arrived{From: "ines@weir.example", Answer: calendar.Answer{
				Method: calendar.Reply, UID: uid, Stamp: s.Clock.Now(), Attendee: "ines@weir.example", Says: calendar.Declined,
			}})
			return err
		})
		if got := testkit.VisitAs(t, s, site, c.Tomas).Get(talk).Text("main"); !strings.Contains(got, "Ines Faria answered in the calendar: no.") {
			t.Error(got)
		}
		if got := testkit.VisitAs(t, s, site, c.Ines).Get(talk).Text("main"); !strings.Contains(got, "You answered in your calendar: no.") {
			t.Error(got)
		}
	})
}

func TestAContactIsInvitedAtTheConversationAndTheTimeThatTheyProposeIsTakenThere(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	site := testkit.Site(t, serverWithLog(t, s, &logged{}))
	talk := testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
		ruth, err := org.AddContact(tx, c.Ines, org.Contact{Name: "Ruth Sole", Email: "ruth@far.example"})
		if err != nil {
			return conversation.Conversation{}, err
		}
		at := conversation.Time{At: tx.Now().AddDate(0, 0, 3), Minutes: 60}
		return conversation.Request(tx, c.Ines, conversation.Input{With: org.Party{Contact: ruth.ID}, Kind: conversation.Align, Time: at})
	})
	path := "/conversations/" + string(talk.ID)
	ines := testkit.VisitAs(t, s, site, c.Ines)
	page := ines.Get(path).Submit("/outside/"+string(talk.ID)+"/invitation", map[string]string{"wanted": "yes"}).Must(http.StatusOK)
	if got := page.Text("#link"); !strings.Contains(got, "invitations go to ruth@far.example") {
		t.Error(got)
	}
	testkit.Do(t, s, func(tx *db.Tx) error {
		if _, err := tx.Exec("update invitations set mailed_sequence = sequence, address = 'ruth@far.example' where contact_id is not null"); err != nil {
			return err
		}
		uid, err := db.One(tx, db.Scanned[string], "select uid from invitations where contact_id is not null")
		if err != nil {
			return err
		}
		_, err = invitation.Receive(tx, invitation.Arrived{From: "ruth@far.example", Answer: calendar.Answer{
			Method: calendar.Counter, UID: uid, Stamp: tx.Now(), Attendee: "ruth@far.example", Says: calendar.Perhaps,
			Start: talk.At.AddDate(0, 0, 1), End: talk.At.AddDate(0, 0, 1).Add(45 * time.Minute),
		}})
		return err
	})
	page = ines.Get(path)
	if got := page.Text(".next"); !strings.Contains(got, "Ruth Sole proposes another time in the calendar") {
		t.Fatal(page.Text("main"))
	}
	page.Submit(path+"/time", nil).Must(http.StatusOK)
	now := testkit.Read(t, s, func(tx *db.Tx) (conversation.Conversation, error) { return conversation.ByID(tx, c.Ines, talk.ID) })
	if !now.At.Equal(talk.At.AddDate(0, 0, 1).Truncate(time.Minute)) || now.Minutes != 45 {
		t.Errorf("it stands at %v for %d minutes", now.At, now.Minutes)
	}
}
