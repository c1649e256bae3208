package web

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func TestALineOfAMeetingThatFellIsTakenOffOnItsPage(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	server, err := New(Config{DB: s.DB, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	site := testkit.Site(t, server)
	path := "/conversations/" + string(testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
		one, err := conversation.Request(tx, c.Ines, conversation.Input{
			With: c.Tomas.Self(), Kind: conversation.Align, Time: conversation.Time{At: tx.Now().AddDate(0, 0, 2), Minutes: 45},
		})
		if err != nil {
			return "", err
		}
		return one.ID, conversation.AddItem(tx, c.Ines, one.ID, conversation.ItemInput{Words: "A goal of mine", Shared: true})
	}))
	// What the reaction to the end of a line does to it.
	testkit.Do(t, s, func(tx *db.Tx) error {
		_, err := tx.Exec("update conversations set state = 'cancelled', cancelled_because = 'line' where organisation_id = $1", c.Organisation.ID)
		return err
	})
	tomas, ines := testkit.VisitAs(t, s, site, c.Tomas), testkit.VisitAs(t, s, site, c.Ines)
	if got := tomas.Get(path).Must(http.StatusOK).Text("#agenda"); strings.Contains(got, "A goal of mine") || !strings.Contains(got, "is only theirs now") {
		t.Errorf("the one she never met reads %s", got)
	}
	page := ines.Get(path).Must(http.StatusOK)
	if got := page.Text("#agenda"); !strings.Contains(got, "A goal of mine") || !strings.Contains(got, "does not read any more") || page.Has("#agenda [value=yes]") {
		t.Errorf("she reads %s", got)
	}
	item := testkit.Read(t, s, func(tx *db.Tx) (conversation.Agenda, error) {
		return conversation.AgendaOf(tx, c.Ines, db.ID(path[len("/conversations/"):]))
	}).Shared[0].ID
	if got := page.Submit("/agenda/"+string(item)+"/remove", nil).Must(http.StatusOK).Text("#agenda"); strings.Contains(got, "A goal of mine") {
		t.Errorf("after taking it off stands %s", got)
	}
}

func TestAMeetingThatASideCancelledBeforeTheLineEndedFallsToo(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	talk := testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
		one, err := conversation.Request(tx, c.Ines, conversation.Input{
			With: c.Tomas.Self(), Kind: conversation.Align, Time: conversation.Time{At: tx.Now().AddDate(0, 0, 2), Minutes: 45},
		})
		if err != nil {
			return "", err
		}
		if err := conversation.AddItem(tx, c.Ines, one.ID, conversation.ItemInput{Words: "A goal of mine", Shared: true}); err != nil {
			return "", err
		}
		if err := conversation.Write(tx, c.Ines, one.ID, conversation.Notes, 0, "What I would say first"); err != nil {
			return "", err
		}
		return one.ID, conversation.Cancel(tx, c.Ines, one.ID)
	})
	reads := func(who org.Actor) (lines int, notes string) {
		testkit.Do(t, s, func(tx *db.Tx) error {
			agenda, err := conversation.AgendaOf(tx, who, talk)
			if err != nil {
				return err
			}
			texts, err := conversation.TextsOf(tx, who, talk)
			lines, notes = len(agenda.Shared), texts.Notes.Words
			return err
		})
		return lines, notes
	}
	if lines, notes := reads(c.Tomas); lines != 1 || notes == "" {
		t.Errorf("while he leads her he reads %d lines and %q", lines, notes)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Mira.Person) })
	if lines, notes := reads(c.Tomas); lines != 0 || notes != "" {
		t.Errorf("after the line has ended he reads %d lines and %q", lines, notes)
	}
	if lines, notes := reads(c.Ines); lines != 1 || notes == "" {
		t.Errorf("she reads %d lines and %q", lines, notes)
	}
}
