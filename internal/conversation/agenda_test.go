package conversation_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

var due = civil.On(2026, time.December, 18)

func brings(t testing.TB, s testkit.Store, me org.Actor, id db.ID, words string, shared bool, source string) {
	t.Helper()
	in := conversation.ItemInput{Words: words, Shared: shared}
	if source != "" {
		in.Source = event.Thing{Kind: "goal", ID: db.ID(source)}
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return conversation.AddItem(tx, me, id, in) })
}

func agenda(t testing.TB, s testkit.Store, me org.Actor, id db.ID) conversation.Agenda {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (conversation.Agenda, error) { return conversation.AgendaOf(tx, me, id) })
}

func words(items []conversation.Item) string {
	var all []string
	for _, i := range items {
		all = append(all, i.Words)
	}
	return strings.Join(all, ", ")
}

func TestWhatOnePreparesStaysTheirsUntilTheyPutItOnTheAgenda(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := agreed(t, s, c)
		brings(t, s, c.Ines, id, "Why I was passed over", false, "")
		brings(t, s, c.Tomas, id, "Her tone in reviews", false, "")
		brings(t, s, c.Tomas, id, "The release in March", true, "")
		for _, side := range []struct {
			me          org.Actor
			shared, own string
		}{{c.Ines, "The release in March", "Why I was passed over"}, {c.Tomas, "The release in March", "Her tone in reviews"}} {
			got := agenda(t, s, side.me, id)
			if words(got.Shared) != side.shared || words(got.Own) != side.own {
				t.Errorf("%s sees %q and %q", side.me.Name, words(got.Shared), words(got.Own))
			}
		}
		own := agenda(t, s, c.Ines, id).Own[0].ID
		for what, act := range map[string]func(tx *db.Tx, me org.Actor) error{
			"share": func(tx *db.Tx, me org.Actor) error { return conversation.ShareItem(tx, me, own) },
			"take":  func(tx *db.Tx, me org.Actor) error { return conversation.RemoveItem(tx, me, own) },
			"tick":  func(tx *db.Tx, me org.Actor) error { return conversation.Tick(tx, me, own, true) },
			"move":  func(tx *db.Tx, me org.Actor) error { return conversation.MoveUp(tx, me, own) },
		} {
			for _, me := range []org.Actor{c.Tomas, c.Ada, c.Ana, c.Joel} {
				if err := testkit.Fails(t, s, func(tx *db.Tx) error { return act(tx, me) }); !errors.Is(err, problem.NotFound) {
					t.Errorf("%s by %s: got %v, want not found", what, me.Name, err)
				}
			}
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return conversation.ShareItem(tx, c.Ines, own) })
		if got := words(agenda(t, s, c.Tomas, id).Shared); got != "Why I was passed over, The release in March" {
			t.Errorf("after Ines shared her line Tomás sees %q", got)
		}
	})
}

func TestTheSameFactIsNotPutTwice(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := agreed(t, s, c)
		brings(t, s, c.Ines, id, "Own", false, "one")
		brings(t, s, c.Ines, id, "Own again", false, "one")
		brings(t, s, c.Ines, id, "Shared", true, "one")
		brings(t, s, c.Tomas, id, "Shared again", true, "one")
		if got := agenda(t, s, c.Ines, id); words(got.Shared) != "Own" || len(got.Own) != 0 {
			t.Errorf("got %q and %q, want one line", words(got.Shared), words(got.Own))
		}
		brings(t, s, c.Tomas, id, "His own", false, "two")
		brings(t, s, c.Ines, id, "Hers", true, "two")
		his := agenda(t, s, c.Tomas, id).Own[0].ID
		testkit.Do(t, s, func(tx *db.Tx) error { return conversation.ShareItem(tx, c.Tomas, his) })
		if got := agenda(t, s, c.Tomas, id); words(got.Shared) != "Own, Hers" || len(got.Own) != 0 {
			t.Errorf("got %q and %q, want one line a fact", words(got.Shared), words(got.Own))
		}
	})
}

func TestBothOrderAndTickTheAgendaAndEachTakesOffTheirOwnLines(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := agreed(t, s, c)
		for _, line := range []string{"one", "two", "three"} {
			brings(t, s, c.Ines, id, line, true, "")
		}
		brings(t, s, c.Tomas, id, "apart", false, "")
		items := agenda(t, s, c.Tomas, id).Shared
		testkit.Do(t, s, func(tx *db.Tx) error { return conversation.MoveUp(tx, c.Tomas, items[2].ID) })
		testkit.Do(t, s, func(tx *db.Tx) error { return conversation.MoveUp(tx, c.Tomas, items[0].ID) })
		testkit.Do(t, s, func(tx *db.Tx) error { return conversation.Tick(tx, c.Tomas, items[1].ID, true) })
		refused(t, s, "taking off what the other brought", func(tx *db.Tx) error { return conversation.RemoveItem(tx, c.Tomas, items[0].ID) })
		testkit.Do(t, s, func(tx *db.Tx) error { return conversation.RemoveItem(tx, c.Ines, items[0].ID) })
		got := agenda(t, s, c.Ines, id).Shared
		if words(got) != "three, two" || got[0].Ticked() || !got[1].Ticked() {
			t.Errorf("got %q, ticked %v and %v", words(got), got[0].Ticked(), got[1].Ticked())
		}
		err := testkit.Fails(t, s, func(tx *db.Tx) error {
			return conversation.AddItem(tx, c.Ines, id, conversation.ItemInput{Words: strings.Repeat("x", 501)})
		})
		if wrong := (problem.Invalid{}); !errors.As(err, &wrong) || wrong["item"] == "" {
			t.Errorf("a line that is too long: %v", err)
		}
	})
}

func TestTwoWhoWriteTheSharedNotesAtOnceLoseNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := agreed(t, s, c)
		write := func(me org.Actor, kind conversation.TextKind, revision int64, text string) func(tx *db.Tx) error {
			return func(tx *db.Tx) error { return conversation.Write(tx, me, id, kind, revision, text) }
		}
		testkit.Do(t, s, write(c.Ines, conversation.Notes, 0, "Hers"))
		err := testkit.Fails(t, s, write(c.Tomas, conversation.Notes, 0, "His"))
		var both *problem.Conflict
		if !errors.As(err, &both) || both.Theirs["notes"] != "Hers" || both.Mine["notes"] != "His" || both.Revision != 1 {
			t.Fatalf("got %v, want both texts", err)
		}
		testkit.Do(t, s, write(c.Tomas, conversation.Notes, both.Revision, "Hers and his"))
		for _, me := range []org.Actor{c.Ines, c.Tomas} {
			texts := testkit.Read(t, s, func(tx *db.Tx) (conversation.Texts, error) { return conversation.TextsOf(tx, me, id) })
			if texts.Notes.Words != "Hers and his" || texts.Notes.ChangedBy != "Tomás Reis" {
				t.Errorf("%s reads %+v", me.Name, texts.Notes)
			}
			earlier := testkit.Read(t, s, func(tx *db.Tx) ([]org.Revision, error) {
				return conversation.EarlierTexts(tx, me, id, conversation.Notes)
			})
			if len(earlier) != 1 || earlier[0].Text["notes"] != "Hers" {
				t.Errorf("%s finds %v of what stood before", me.Name, earlier)
			}
		}
	})
}

func TestPrivateNotesAreTheirWritersAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := agreed(t, s, c)
		for me, text := range map[*org.Actor]string{&c.Ines: "I am afraid of this", &c.Tomas: "She seems tired"} {
			testkit.Do(t, s, func(tx *db.Tx) error { return conversation.Write(tx, *me, id, conversation.Private, 0, text) })
			testkit.Do(t, s, func(tx *db.Tx) error { return conversation.Write(tx, *me, id, conversation.Private, 1, text+".") })
		}
		for me, want := range map[*org.Actor]string{&c.Ines: "I am afraid of this", &c.Tomas: "She seems tired"} {
			texts := testkit.Read(t, s, func(tx *db.Tx) (conversation.Texts, error) { return conversation.TextsOf(tx, *me, id) })
			earlier := testkit.Read(t, s, func(tx *db.Tx) ([]org.Revision, error) {
				return conversation.EarlierTexts(tx, *me, id, conversation.Private)
			})
			if texts.Private.Words != want+"." || len(earlier) != 1 || earlier[0].Text["private"] != want {
				t.Errorf("%s reads %q and before that %v", me.Name, texts.Private.Words, earlier)
			}
		}
	})
}

// promised checks the promises that came of a conversation.
func promised(t testing.TB, s testkit.Store, me org.Actor, id db.ID, want ...string) {
	t.Helper()
	found := testkit.Read(t, s, func(tx *db.Tx) ([]commitment.Commitment, error) {
		return commitment.From(tx, me, event.Thing{Kind: "conversation", ID: id})
	})
	var got []string
	for _, c := range found {
		got = append(got, c.By.Name+": "+c.Words+" ("+string(c.State)+")")
	}
	if !slices.Equal(got, want) {
		t.Errorf("promised: %q, want %q", got, want)
	}
}

func TestItEndsWithWhatCameOfItAndWithPromises(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := agreed(t, s, c)
		s.Clock.MoveDays(1)
		ending := conversation.EndInput{Outcome: "Ines leads the release", Promises: []conversation.Promise{
			{Words: "Introduce Ines to Priya", Due: due}, {ByOther: true, Words: "Write the plan", Due: due},
		}}
		wrong := ending
		wrong.Promises = append(slices.Clone(ending.Promises), conversation.Promise{Words: "Without a day"})
		var invalid problem.Invalid
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return conversation.End(tx, c.Tomas, id, wrong) }); !errors.As(err, &invalid) || invalid["due-3"] == "" {
			t.Errorf("a promise without a day: %v, want a message at it", err)
		}
		stands(t, s, c.Ines, id, conversation.Agreed)
		testkit.Do(t, s, func(tx *db.Tx) error { return conversation.End(tx, c.Tomas, id, ending) })
		promised(t, s, c.Ines, id, "Tomás Reis: Introduce Ines to Priya (open)", "Ines Faria: Write the plan (proposed)")

		var both *problem.Conflict
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			return conversation.End(tx, c.Ines, id, conversation.EndInput{Outcome: "Hers"})
		}); !errors.As(err, &both) || both.Theirs["outcome"] != "Ines leads the release" {
			t.Errorf("ended by both at once: %v, want both texts", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			return conversation.Amend(tx, c.Ines, id, conversation.EndInput{Revision: both.Revision, Outcome: "Ines leads the release in March"})
		})
	})
}

func TestAgendaOfAMeetingThatFellWithTheLineGoesBackToWhoBroughtIt(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	id, free := agreed2(t, s, c.Ines, c.Tomas), agreed2(t, s, c.Ines, c.Mira)
	brings(t, s, c.Ines, id, "The two goals that I show you", true, "")
	brings(t, s, c.Tomas, id, "The release in March", true, "")
	brings(t, s, c.Ines, free, "Reviews", true, "")
	line := agenda(t, s, c.Tomas, id).Shared[0].ID
	testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Ana.Person) })

	if got := words(agenda(t, s, c.Tomas, id).Shared); got != "The release in March" {
		t.Errorf("the former manager reads %q", got)
	}
	for what, act := range map[string]func(tx *db.Tx) error{
		"read": func(tx *db.Tx) error { _, err := conversation.ItemByID(tx, c.Tomas, line); return err },
		"take": func(tx *db.Tx) error { return conversation.RemoveItem(tx, c.Tomas, line) },
	} {
		if err := testkit.Fails(t, s, act); !errors.Is(err, problem.NotFound) {
			t.Errorf("%s by the former manager: %v, want not found", what, err)
		}
	}
	if got := words(agenda(t, s, c.Ines, id).Shared); got != "The two goals that I show you, The release in March" {
		t.Errorf("the owner reads %q", got)
	}
	if got := words(agenda(t, s, c.Mira, free).Shared); got != "Reviews" {
		t.Errorf("who goes on by choice reads %q", got)
	}
	refused(t, s, "ticking what fell", func(tx *db.Tx) error { return conversation.Tick(tx, c.Ines, line, true) })
	testkit.Do(t, s, func(tx *db.Tx) error { return conversation.RemoveItem(tx, c.Ines, line) })
	if got := words(agenda(t, s, c.Ines, id).Shared); got != "The release in March" {
		t.Errorf("after taking it back the owner reads %q", got)
	}
}

func TestWhoNeverMetReadsOnWhatTheyWroteAndNothingThatTheOwnerPutBehindIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := agreed2(t, s, c.Ines, c.Tomas)
		writes := func(by org.Actor, words string) {
			testkit.Do(t, s, func(tx *db.Tx) error {
				all, err := conversation.TextsOf(tx, by, id)
				if err != nil {
					return err
				}
				return conversation.Write(tx, by, id, conversation.Notes, all.Notes.Revision, words)
			})
		}
		writes(c.Ines, "The release.")
		writes(c.Tomas, "The release. Ask Priya for the room.")
		writes(c.Ines, "Ask Priya for the room. I want to go to another team.")
		writes(c.Ines, "Ask Priya for the room. I want to go to the core team.")
		reads := func(who org.Actor) conversation.Text {
			return testkit.Read(t, s, func(tx *db.Tx) (conversation.Texts, error) { return conversation.TextsOf(tx, who, id) }).Notes
		}
		if got := reads(c.Tomas).Words; got != "Ask Priya for the room. I want to go to the core team." {
			t.Errorf("while it stands the manager reads %q", got)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Ana.Person) })
		if got := reads(c.Tomas); got.Words != "The release. Ask Priya for the room." || got.Revision != 2 || got.ChangedBy != "Tomás Reis" {
			t.Errorf("the former manager reads %+v", got)
		}
		if got := reads(c.Ines); got.Revision != 4 || got.ChangedBy != "Ines Faria" {
			t.Errorf("the owner reads %+v", got)
		}
		testkit.Read(t, s, func(tx *db.Tx) (struct{}, error) {
			earlier, err := conversation.EarlierTexts(tx, c.Tomas, id, conversation.Notes)
			if len(earlier) != 1 || earlier[0].Text["notes"] != "The release." {
				t.Errorf("earlier he finds %+v (%v)", earlier, err)
			}
			since, err := conversation.Since(tx, c.Tomas, id, map[conversation.TextKind]int64{conversation.Notes: 0}, "p-0123456789")
			if len(since[conversation.Notes]) != 2 {
				t.Errorf("his page is told %+v (%v)", since, err)
			}
			others, err := org.Others(tx, c.Tomas)
			if err != nil {
				return struct{}{}, err
			}
			along, err := conversation.TakeAlong(tx, c.Tomas, others)
			if err != nil || len(along) != 1 || len(along[0].Texts) != 1 || along[0].Texts[0].Words != "The release. Ask Priya for the room." || along[0].Texts[0].ChangedBy != org.Myself {
				t.Errorf("he takes along %+v (%v)", along, err)
			}
			return struct{}{}, nil
		})
	})
}
