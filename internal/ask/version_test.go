package ask_test

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func goesOn(t *testing.T, s testkit.Store, c testkit.Company, id db.ID, what string) ask.Ask {
	t.Helper()
	a := testkit.Read(t, s, func(tx *db.Tx) (ask.Ask, error) { return ask.Working(tx, c.Ines, id) })
	wins := testkit.Read(t, s, func(tx *db.Tx) ([]db.ID, error) { return ask.Wins(tx, c.Ines, id) })
	in := ask.Input{Text: a.Text, Wins: wins}
	in.What = what
	testkit.Do(t, s, func(tx *db.Tx) error { return ask.GoOn(tx, c.Ines, id, a.Revision, a.Revision, in) })
	return testkit.Read(t, s, func(tx *db.Tx) (ask.Ask, error) { return ask.Working(tx, c.Ines, id) })
}

func TestAChangeGoesOutAsANewVersionThatTheOtherCanCompare(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		first := story(t, s, c.Tomas, id)
		a := goesOn(t, s, c, id, "The longer course")
		if got := story(t, s, c.Tomas, id); got.What != first.What || got.Version != 1 {
			t.Fatalf("before it goes out they read %q", got.What)
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			return ask.SendWith(tx, c.Ines, id, a.Revision, ask.Enclosed{
				Sections: []ask.Section{{Name: ask.Smallest, Words: "Two days of it"}},
				Files:    map[db.ID][]ask.File{first.Now().Evidence[0].Win: {}},
			})
		})
		for _, me := range []struct {
			who  string
			sees int
		}{{"the owner", 2}, {"the one asked", 2}} {
			actor := c.Ines
			if me.who != "the owner" {
				actor = c.Tomas
			}
			got := story(t, s, actor, id)
			if len(got.Sendings) != me.sees || got.What != "The longer course" || got.Sendings[1].Text.What != first.What || !got.Sendings[1].Replaced {
				t.Errorf("%s sees %d versions: %+v", me.who, len(got.Sendings), got.Sendings)
			}
			if got.Now().Section(ask.Smallest).Words != "Two days of it" || len(got.Sendings[1].Sections) != 0 {
				t.Errorf("%s reads %+v", me.who, got.Now().Sections)
			}
		}
		read := func(version int64) error {
			reply := answer(t, ask.Reply{Says: ask.No, Version: version})
			return db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return ask.Decide(tx, c.Tomas, id, reply) })
		}
		var wrong problem.Invalid
		if err := read(1); !errors.As(err, &wrong) || wrong["says"] == "" {
			t.Errorf("an answer to what they had read before counts for what stands now: %v", err)
		}
		win := story(t, s, c.Ines, id).Now().Evidence[0]
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.TakeBack(tx, c.Ines, id, win.ID) })
		for _, each := range story(t, s, c.Tomas, id).Sendings {
			if each.Evidence[0].Words != "" {
				t.Errorf("version %d still shows what was taken back", each.Version)
			}
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.HandOn(tx, c.Tomas, id, c.Ana.Self(), "") })
		if got := story(t, s, c.Ana, id); len(got.Sendings) != 1 {
			t.Errorf("whom it was handed to sees %d versions", len(got.Sendings))
		}
		_, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (ask.Story, error) { return ask.StoryOf(tx, c.Tomas, id) })
		if !errors.Is(err, problem.NotFound) {
			t.Errorf("who handed it on still sees it: %v", err)
		}
	})
}

func TestWhatGoesAlongIsReadByBothAndTakenBackWithItsWin(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		a := goesOn(t, s, c, id, "The course, with a picture")
		win := story(t, s, c.Ines, id).Now().Evidence[0].Win
		testkit.Do(t, s, func(tx *db.Tx) error {
			return ask.SendWith(tx, c.Ines, id, a.Revision, ask.Enclosed{Files: map[db.ID][]ask.File{win: {
				{URL: "https://weir.example/talk"}, {Name: "talk.pdf", MediaType: "application/pdf", Size: 4, Content: []byte("%PDF")},
			}}})
		})
		sees := story(t, s, c.Tomas, id).Now().Evidence[0]
		if len(sees.Files) != 2 || sees.Files[0].URL == "" || sees.Files[1].Size != 4 {
			t.Fatalf("they see %+v", sees.Files)
		}
		whole := testkit.Read(t, s, func(tx *db.Tx) (ask.File, error) { return ask.FileOf(tx, c.Tomas, sees.Files[1].ID) })
		if string(whole.Content) != "%PDF" {
			t.Errorf("the file holds %q", whole.Content)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.SendElsewhere(tx, c.Ines, id, c.Mira.Self()) })
		sees = story(t, s, c.Mira, id).Now().Evidence[0]
		if len(sees.Files) != 2 {
			t.Fatalf("sent elsewhere, they see %+v", sees.Files)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.TakeBack(tx, c.Ines, id, sees.ID) })
		if got := story(t, s, c.Mira, id).Now().Evidence[0]; len(got.Files) != 0 {
			t.Errorf("taken back, and they see %+v", got.Files)
		}
		_, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (ask.File, error) { return ask.FileOf(tx, c.Mira, sees.Files[1].ID) })
		if !errors.Is(err, problem.NotFound) {
			t.Errorf("a file that was taken back is still there: %v", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return errors.Join(ask.Withdraw(tx, c.Ines, id), ask.Remove(tx, c.Ines, id)) })
	})
}
