package plan_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// proof is a company in which Ines has a win.
type proof struct {
	testkit.Store
	testkit.Company
	t   *testing.T
	win plan.Win
}

func eachProof(t *testing.T, test func(p *proof)) {
	t.Helper()
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		p := &proof{Store: s, Company: testkit.NewCompany(t, s, "weir.example"), t: t}
		p.win = testkit.Write(t, s, func(tx *db.Tx) (plan.Win, error) {
			return plan.AddWin(tx, p.Ines, plan.WinText{What: "Cut the release to a day", Effect: "Nobody stays late", Figure: "5 days to 1"}, event.Thing{})
		})
		test(p)
	})
}

func (p *proof) do(what func(tx *db.Tx) error) { p.t.Helper(); testkit.Do(p.t, p.Store, what) }

func (p *proof) refused(what func(tx *db.Tx) error, want error) {
	p.t.Helper()
	if err := testkit.Fails(p.t, p.Store, what); !errors.Is(err, want) {
		p.t.Errorf("got %v, want %v", err, want)
	}
}

func (p *proof) ask(whom org.Actor) plan.Confirmation {
	p.t.Helper()
	return testkit.Write(p.t, p.Store, func(tx *db.Tx) (plan.Confirmation, error) {
		return plan.AskColleague(tx, p.Ines, p.win.ID, whom.Person, "You were on call that week")
	})
}

func (p *proof) link() (plan.Confirmation, link.Token) {
	p.t.Helper()
	var token link.Token
	c := testkit.Write(p.t, p.Store, func(tx *db.Tx) (plan.Confirmation, error) {
		c, _, secret, err := plan.AskByLink(tx, p.Ines, p.win.ID, "Ruth", "You had ordered it", link.Input{})
		token = secret
		return c, err
	})
	return c, token
}

func (p *proof) open(token link.Token) (link.Opened, error) {
	return db.Read(p.t.Context(), p.DB, func(tx *db.Tx) (link.Opened, error) { return link.Open(tx, token) })
}

func (p *proof) said(me org.Actor) []plan.Confirmation {
	p.t.Helper()
	return testkit.Read(p.t, p.Store, func(tx *db.Tx) ([]plan.Confirmation, error) { return plan.ConfirmationsOf(tx, me, p.win.ID) })
}

func (p *proof) waits(me org.Actor) []plan.AskedLine {
	p.t.Helper()
	return testkit.Read(p.t, p.Store, func(tx *db.Tx) ([]plan.AskedLine, error) { return plan.WaitForMyWord(tx, me) })
}

func TestAColleagueWhoIsAskedSeesThatWinUntilTheyAnswer(t *testing.T) {
	eachProof(t, func(p *proof) {
		c := p.ask(p.Joel)
		asked := p.waits(p.Joel)
		if len(asked) != 1 || asked[0].Words != p.win.What || asked[0].Thing != c.Thing() || asked[0].OwnerName != p.Ines.Name {
			p.t.Fatalf("asked: %+v", asked)
		}
		p.refused(func(tx *db.Tx) error { _, err := plan.WinByID(tx, p.Joel, p.win.ID); return err }, problem.NotFound)
		p.refused(func(tx *db.Tx) error { _, err := plan.AskedToConfirm(tx, p.Tomas, c.ID); return err }, problem.NotFound)
		p.refused(func(tx *db.Tx) error {
			return plan.Confirm(tx, p.Tomas, c.ID, plan.Reply{Answer: plan.ItWasSo, Revision: 1})
		}, problem.NotFound)
		p.do(func(tx *db.Tx) error {
			return plan.Confirm(tx, p.Joel, c.ID, plan.Reply{Answer: plan.AndMore, Words: "And the tests are ours now", Revision: 1})
		})
		if len(p.waits(p.Joel)) > 0 {
			p.t.Error("it waits on")
		}
		after := testkit.Read(p.t, p.Store, func(tx *db.Tx) (plan.Asked, error) { return plan.AskedToConfirm(tx, p.Joel, c.ID) })
		if after.Text.What != "" || after.Note != "" || after.Words != "And the tests are ours now" {
			p.t.Errorf("after the answer they see %+v", after)
		}
		p.refused(func(tx *db.Tx) error {
			return plan.Confirm(tx, p.Joel, c.ID, plan.Reply{Answer: plan.ItWasSo, Revision: 1})
		}, problem.NotFound)
		said := p.said(p.Ines)
		if len(said) != 1 || said[0].Answer != plan.AndMore || said[0].Name != p.Joel.Name || said[0].AnsweredAt.IsZero() {
			p.t.Errorf("said: %+v", said)
		}
	})
}

func TestWhoDeclinesSaysSoToNobody(t *testing.T) {
	eachProof(t, func(p *proof) {
		c := p.ask(p.Joel)
		before := p.said(p.Ines)
		p.do(func(tx *db.Tx) error { return plan.DeclineToConfirm(tx, p.Joel, c.ID) })
		if after := p.said(p.Ines); after[0] != before[0] {
			p.t.Errorf("the owner can tell: %+v, %+v", before, after)
		}
		p.refused(func(tx *db.Tx) error { _, err := plan.AskedToConfirm(tx, p.Joel, c.ID); return err }, problem.NotFound)
		var wrong problem.Invalid
		if err := testkit.Fails(p.t, p.Store, func(tx *db.Tx) error {
			_, err := plan.AskColleague(tx, p.Ines, p.win.ID, p.Joel.Person, "")
			return err
		}); !errors.As(err, &wrong) {
			p.t.Errorf("asked once more: %v", err)
		}
	})
}

func TestOnceTakenBackTheWinIsShownNoMore(t *testing.T) {
	eachProof(t, func(p *proof) {
		c := p.ask(p.Joel)
		byLink, token := p.link()
		opened, err := p.open(token)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, id := range []db.ID{c.ID, byLink.ID} {
			p.refused(func(tx *db.Tx) error { return plan.TakeBackConfirmation(tx, p.Tomas, id) }, problem.NotFound)
			p.do(func(tx *db.Tx) error { return plan.TakeBackConfirmation(tx, p.Ines, id) })
		}
		p.refused(func(tx *db.Tx) error { _, err := plan.AskedToConfirm(tx, p.Joel, c.ID); return err }, problem.NotFound)
		p.refused(func(tx *db.Tx) error { _, err := plan.AskedByLink(tx, opened); return err }, problem.NotFound)
		if _, err := p.open(token); !errors.Is(err, link.TakenBack) {
			p.t.Errorf("the link: %v", err)
		}
		if said := p.said(p.Ines); len(said) > 0 {
			p.t.Errorf("said: %+v", said)
		}
	})
}

func TestSomebodyOutsideAnswersUnderTheNameThatTheyWrite(t *testing.T) {
	eachProof(t, func(p *proof) {
		_, token := p.link()
		opened, err := p.open(token)
		if err != nil {
			p.t.Fatal(err)
		}
		asked := testkit.Read(p.t, p.Store, func(tx *db.Tx) (plan.Asked, error) { return plan.AskedByLink(tx, opened) })
		if asked.Text.What != p.win.What || asked.Note != "You had ordered it" {
			p.t.Errorf("asked: %+v", asked)
		}
		var wrong problem.Invalid
		err = testkit.Fails(p.t, p.Store, func(tx *db.Tx) error {
			return plan.ConfirmByLink(tx, opened, plan.Reply{Answer: plan.ItWasSo, Revision: 1})
		})
		if !errors.As(err, &wrong) || wrong["name"] == "" {
			p.t.Errorf("without a name: %v", err)
		}
		p.do(func(tx *db.Tx) error {
			return errors.Join(
				plan.ConfirmByLink(tx, opened, plan.Reply{Answer: plan.Differently, Words: "It took two days", Name: "Ruth Sole", Revision: 1}),
				link.Use(tx, opened))
		})
		said := p.said(p.Ines)
		if len(said) != 1 || said[0].Name != "Ruth Sole" || !said[0].ByLink || said[0].Person != "" {
			p.t.Errorf("said: %+v", said)
		}
		p.refused(func(tx *db.Tx) error { _, err := plan.AskedByLink(tx, opened); return err }, problem.NotFound)
	})
}

// A link to one confirmation opens no other, whatever somebody makes of what it opened.
func TestALinkOpensItsOwnWinAlone(t *testing.T) {
	eachProof(t, func(p *proof) {
		other := p.ask(p.Joel)
		_, token := p.link()
		opened, err := p.open(token)
		if err != nil {
			p.t.Fatal(err)
		}
		opened.Thing.ID = other.ID // one that is asked of a colleague
		p.refused(func(tx *db.Tx) error { _, err := plan.AskedByLink(tx, opened); return err }, problem.NotFound)
		opened, _ = p.open(token)
		opened.Purpose = "another"
		p.refused(func(tx *db.Tx) error { _, err := plan.AskedByLink(tx, opened); return err }, problem.NotFound)
	})
}

func TestAnAnswerToWordsThatWereChangedComesBack(t *testing.T) {
	eachProof(t, func(p *proof) {
		c := p.ask(p.Joel)
		p.do(func(tx *db.Tx) error {
			return plan.ChangeWin(tx, p.Ines, p.win.ID, 1, plan.WinText{What: "Invented the release", Day: p.win.Day})
		})
		var wrong problem.Invalid
		err := testkit.Fails(p.t, p.Store, func(tx *db.Tx) error {
			return plan.Confirm(tx, p.Joel, c.ID, plan.Reply{Answer: plan.ItWasSo, Revision: 1})
		})
		if !errors.As(err, &wrong) || !strings.Contains(wrong[""], "changed the words") {
			p.t.Errorf("got %v", err)
		}
		for field, in := range map[string]plan.Reply{"answer": {Revision: 2}, "words": {Answer: plan.Differently, Revision: 2}} {
			err := testkit.Fails(p.t, p.Store, func(tx *db.Tx) error { return plan.Confirm(tx, p.Joel, c.ID, in) })
			if !errors.As(err, &wrong) || wrong[field] == "" {
				p.t.Errorf("%s: %v", field, err)
			}
		}
	})
}

func TestWhoeverSeesTheWinSeesTheAnswersThatAreNotHidden(t *testing.T) {
	eachProof(t, func(p *proof) {
		c := p.ask(p.Joel)
		p.ask(p.Mira)
		p.do(func(tx *db.Tx) error {
			return plan.Confirm(tx, p.Joel, c.ID, plan.Reply{Answer: plan.ItWasSo, Words: "I was there", Revision: 1})
		})
		if seen := p.said(p.Tomas); len(seen) > 0 {
			p.t.Errorf("without a share the manager sees %+v", seen)
		}
		p.do(func(tx *db.Tx) error { return plan.ShareWin(tx, p.Ines, p.win.ID, plan.WithManager) })
		if seen := p.said(p.Tomas); len(seen) != 1 || seen[0].Words != "I was there" || seen[0].Note != "" {
			p.t.Errorf("the manager sees %+v", seen)
		}
		p.refused(func(tx *db.Tx) error { return plan.HideConfirmation(tx, p.Tomas, c.ID) }, problem.NotFound)
		p.do(func(tx *db.Tx) error { return plan.HideConfirmation(tx, p.Ines, c.ID) })
		if seen := p.said(p.Tomas); len(seen) > 0 {
			p.t.Errorf("hidden, the manager sees %+v", seen)
		}
		if mine := p.said(p.Ines); !slices.ContainsFunc(mine, func(c plan.Confirmation) bool { return c.Hidden }) {
			p.t.Errorf("the owner sees %+v", mine)
		}
		p.do(func(tx *db.Tx) error { return plan.UnhideConfirmation(tx, p.Ines, c.ID) })
		if seen := p.said(p.Tomas); len(seen) != 1 {
			p.t.Errorf("shown again, the manager sees %+v", seen)
		}
	})
}

func TestWithTheWinGoesWhoeverWasAsked(t *testing.T) {
	eachProof(t, func(p *proof) {
		p.ask(p.Joel)
		_, token := p.link()
		p.do(func(tx *db.Tx) error { return plan.RemoveWin(tx, p.Ines, p.win.ID) })
		if _, err := p.open(token); !errors.Is(err, link.TakenBack) {
			p.t.Errorf("the link: %v", err)
		}
		if len(p.waits(p.Joel)) > 0 {
			p.t.Error("it waits on")
		}
	})
}

func TestOnceTheOwnerLeftNobodyIsAsked(t *testing.T) {
	eachProof(t, func(p *proof) {
		c := p.ask(p.Joel)
		p.do(func(tx *db.Tx) error { return org.Leave(tx, p.Ada, p.Ines.Person) })
		if len(p.waits(p.Joel)) > 0 {
			p.t.Error("it waits on")
		}
		p.refused(func(tx *db.Tx) error {
			return plan.Confirm(tx, p.Joel, c.ID, plan.Reply{Answer: plan.ItWasSo, Revision: 1})
		}, problem.NotFound)
	})
}

func TestNobodyIsAskedFromAllSides(t *testing.T) {
	eachProof(t, func(p *proof) {
		for range 20 {
			p.link()
		}
		var refused problem.Refused
		err := testkit.Fails(p.t, p.Store, func(tx *db.Tx) error {
			_, err := plan.AskColleague(tx, p.Ines, p.win.ID, p.Joel.Person, "")
			return err
		})
		if !errors.As(err, &refused) {
			p.t.Errorf("a twenty-first about one win: %v", err)
		}
		for whom, id := range map[string]db.ID{"oneself": p.Ines.Person, "nobody": "none"} {
			var wrong problem.Invalid
			err := testkit.Fails(p.t, p.Store, func(tx *db.Tx) error { _, err := plan.AskColleague(tx, p.Ines, p.win.ID, id, ""); return err })
			if !errors.As(err, &wrong) && !errors.Is(err, problem.NotFound) {
				p.t.Errorf("asked %s: %v", whom, err)
			}
		}
		p.refused(func(tx *db.Tx) error {
			_, err := plan.AskColleague(tx, p.Joel, p.win.ID, p.Mira.Person, "")
			return err
		}, problem.NotFound)
	})
}
