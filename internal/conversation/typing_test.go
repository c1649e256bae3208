package conversation_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/livetext"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// page is one side's open page of a conversation, as a script keeps it.
type page struct {
	store    *db.DB
	me       org.Actor
	id       db.ID
	site     string
	kind     conversation.TextKind
	text     string
	revision int64
	number   int64
}

// types puts words at the end of what the page shows, and gives what the server has then.
func (p *page) types(ctx context.Context, words string) error {
	change := livetext.Change{}.Keep(livetext.Units(p.text)).Put(words)
	p.number++
	return p.sends(ctx, change)
}

// sends sends a change, and takes over what came of it. What is under way is one change at a time, so
// the page has nothing else to bring into line.
func (p *page) sends(ctx context.Context, change livetext.Change) error {
	since, err := db.Write(ctx, p.store, func(tx *db.Tx) ([]conversation.Typed, error) {
		return conversation.Type(tx, p.me, p.id, conversation.TypedInput{Kind: p.kind, Site: p.site, Number: p.number, Base: p.revision, Change: change})
	})
	if err != nil {
		return err
	}
	return p.takes(since)
}

func (p *page) takes(since []conversation.Typed) (err error) {
	for _, each := range since {
		if each.Words != nil {
			p.text = *each.Words
		} else if p.text, err = each.Change.Apply(p.text); err != nil {
			return err
		}
		p.revision = each.Revision
	}
	return nil
}

func words2(t *testing.T, s testkit.Store, me org.Actor, id db.ID) conversation.Texts {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (conversation.Texts, error) { return conversation.TextsOf(tx, me, id) })
}

func TestBothTypeAtOnceAndNothingIsLost(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "two.example")
		id := agreed(t, s, c)
		pages := []*page{
			{s.DB, c.Ines, id, "o-aaaaaaaa", conversation.Notes, "", 0, 0}, {s.DB, c.Ines, id, "o-bbbbbbbb", conversation.Notes, "", 0, 0},
			{s.DB, c.Tomas, id, "p-aaaaaaaa", conversation.Notes, "", 0, 0},
		}
		const each = 15
		var all sync.WaitGroup
		for n, p := range pages {
			all.Go(func() {
				for i := range each {
					if err := p.types(t.Context(), fmt.Sprintf("<%d.%d \U0001F600>", n, i)); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		all.Wait()
		stands := words2(t, s, c.Tomas, id).Notes
		for n, p := range pages {
			for i := range each {
				if word := fmt.Sprintf("<%d.%d \U0001F600>", n, i); strings.Count(stands.Words, word) != 1 {
					t.Errorf("%q stands %d times in %q", word, strings.Count(stands.Words, word), stands.Words)
				}
			}
			since := testkit.Read(t, s, func(tx *db.Tx) (map[conversation.TextKind][]conversation.Typed, error) {
				return conversation.Since(tx, p.me, id, map[conversation.TextKind]int64{conversation.Notes: p.revision}, p.site)
			})
			if err := p.takes(since[conversation.Notes]); err != nil || p.text != stands.Words || p.revision != stands.Revision {
				t.Errorf("page %d has %q of %d, %v", n, p.text, p.revision, err)
			}
		}
	})
}

func TestAChangeThatIsSentAgainIsMadeOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "again.example")
		p := &page{s.DB, c.Ines, agreed(t, s, c), "o-aaaaaaaa", conversation.Notes, "", 0, 0}
		lost := *p
		if err := p.types(t.Context(), "once"); err != nil {
			t.Fatal(err)
		}
		if err := lost.types(t.Context(), "once"); err != nil || lost.text != "once" {
			t.Fatal(lost.text, err)
		}
		// The single changes are forgotten after a while; the page was away, and its last answer was lost.
		s.Clock.Move(2 * time.Hour)
		testkit.Do(t, s, conversation.Tidy)
		lost = page{s.DB, c.Ines, p.id, "o-aaaaaaaa", conversation.Notes, "", 0, 0}
		if err := lost.types(t.Context(), "once"); err != nil || words2(t, s, c.Ines, p.id).Notes.Words != "once" {
			t.Fatal(lost.text, err)
		}
	})
}

func TestWhoWasAwayForLongGetsTheWholeText(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "away.example")
		id := agreed(t, s, c)
		p := &page{s.DB, c.Ines, id, "o-aaaaaaaa", conversation.Notes, "", 0, 0}
		away := &page{s.DB, c.Tomas, id, "p-aaaaaaaa", conversation.Notes, "", 0, 0}
		for range 3 {
			if err := p.types(t.Context(), "more "); err != nil {
				t.Fatal(err)
			}
		}
		s.Clock.Move(2 * time.Hour)
		testkit.Do(t, s, conversation.Tidy)
		since := testkit.Write(t, s, func(tx *db.Tx) ([]conversation.Typed, error) {
			return conversation.Type(tx, c.Tomas, id, conversation.TypedInput{Kind: conversation.Notes, Site: "p-aaaaaaaa", Number: 1, Change: livetext.Change{}.Put("mine")})
		})
		if len(since) != 1 || since[0].Words == nil || *since[0].Words != "more more more " || words2(t, s, c.Tomas, id).Notes.Revision != 3 {
			t.Fatalf("%+v", since)
		}
		if err := away.takes(since); err != nil {
			t.Fatal(err)
		}
		if err := away.types(t.Context(), "mine"); err != nil || away.text != "more more more mine" {
			t.Fatal(away.text, err)
		}
	})
}

func TestEarlierVersionsAreThoseOfSittings(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "sitting.example")
		id := agreed(t, s, c)
		p := &page{s.DB, c.Ines, id, "o-aaaaaaaa", conversation.Notes, "", 0, 0}
		for _, words := range []string{"one ", "two ", strings.Repeat("long ", 50)} {
			if err := p.types(t.Context(), words); err != nil {
				t.Fatal(err)
			}
		}
		s.Clock.Move(2 * time.Hour)
		if err := p.types(t.Context(), "later"); err != nil {
			t.Fatal(err)
		}
		p.number++
		if err := p.sends(t.Context(), livetext.Change{}.Drop(livetext.Units(p.text))); err != nil {
			t.Fatal(err)
		}
		earlier := testkit.Read(t, s, func(tx *db.Tx) ([]org.Revision, error) {
			return conversation.EarlierTexts(tx, c.Tomas, id, conversation.Notes)
		})
		if len(earlier) != 2 || !strings.HasSuffix(earlier[0].Text["notes"], "later") || !strings.HasSuffix(earlier[1].Text["notes"], "long ") {
			t.Errorf("%+v", earlier)
		}
	})
}

func TestAFormMergesWithWhatWasTypedMeanwhile(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "form.example")
		id := agreed(t, s, c)
		opened := "The release went out.\nIt was early.\n"
		p := &page{s.DB, c.Ines, id, "o-aaaaaaaa", conversation.Notes, "", 0, 0}
		if err := p.types(t.Context(), opened); err != nil {
			t.Fatal(err)
		}
		if err := p.types(t.Context(), "Noor helped."); err != nil {
			t.Fatal(err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			return conversation.Merge(tx, c.Tomas, id, conversation.Notes, opened, "The second release went out.\nIt was early.")
		})
		if got, want := words2(t, s, c.Ines, id).Notes.Words, "The second release went out.\nIt was early.\nNoor helped."; got != want {
			t.Errorf("%q", got)
		}
		if err := p.types(t.Context(), "!"); err != nil || p.text != words2(t, s, c.Ines, id).Notes.Words {
			t.Errorf("%q, %v", p.text, err)
		}
	})
}

func TestWhatDoesNotFitIsNotTaken(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "fit.example")
		id := agreed(t, s, c)
		put := livetext.Change{}.Put("x")
		for name, try := range map[string]struct {
			me org.Actor
			in conversation.TypedInput
		}{
			"somebody else":           {c.Joel, conversation.TypedInput{Kind: conversation.Notes, Site: "o-aaaaaaaa", Number: 1, Change: put}},
			"a page of the other":     {c.Tomas, conversation.TypedInput{Kind: conversation.Notes, Site: "o-aaaaaaaa", Number: 1, Change: put}},
			"what came of it":         {c.Ines, conversation.TypedInput{Kind: conversation.Outcome, Site: "o-aaaaaaaa", Number: 1, Change: put}},
			"a revision to come":      {c.Ines, conversation.TypedInput{Kind: conversation.Notes, Site: "o-aaaaaaaa", Number: 1, Base: 7, Change: put}},
			"another text":            {c.Ines, conversation.TypedInput{Kind: conversation.Notes, Site: "o-aaaaaaaa", Number: 1, Change: livetext.Change{}.Keep(3)}},
			"a sign that turns words": {c.Ines, conversation.TypedInput{Kind: conversation.Notes, Site: "o-aaaaaaaa", Number: 1, Change: livetext.Change{}.Put("\u202e")}},
			"too much":                {c.Ines, conversation.TypedInput{Kind: conversation.Notes, Site: "o-aaaaaaaa", Number: 1, Change: livetext.Change{}.Put(strings.Repeat("x", 20_001))}},
			"no number":               {c.Ines, conversation.TypedInput{Kind: conversation.Notes, Site: "o-aaaaaaaa", Change: put}},
		} {
			err := testkit.Fails(t, s, func(tx *db.Tx) error {
				_, err := conversation.Type(tx, try.me, id, try.in)
				return err
			})
			var invalid problem.Invalid
			if !errors.Is(err, problem.NotFound) && !errors.As(err, &invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got := words2(t, s, c.Ines, id).Notes; got.Revision != 0 {
			t.Errorf("%+v", got)
		}
	})
}

func TestPrivateNotesAreTypedByTheirWriterAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "lock.example")
		id := agreed(t, s, c)
		p := &page{s.DB, c.Ines, id, "o-aaaaaaaa", conversation.Private, "", 0, 0}
		if err := p.types(t.Context(), "mine"); err != nil {
			t.Fatal(err)
		}
		for _, me := range []org.Actor{c.Ines, c.Tomas} {
			since := testkit.Read(t, s, func(tx *db.Tx) (map[conversation.TextKind][]conversation.Typed, error) {
				return conversation.Since(tx, me, id, map[conversation.TextKind]int64{conversation.Private: 0, conversation.Notes: 0}, "p-aaaaaaaa")
			})
			if (len(since) == 1) != (me.Person == c.Ines.Person) {
				t.Errorf("%s: %+v", me.Name, since)
			}
		}
	})
}
