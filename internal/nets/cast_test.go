package nets

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/skill"
	"github.com/ownward/ownward/internal/testkit"
)

// The cast of the permission test: everybody who stands in some relation to the owner of things.
const (
	nobody     = "nobody"
	owner      = "owner"
	peer       = "peer"
	manager    = "manager"
	grand      = "manager's manager"
	former     = "former manager"
	next       = "new manager before the handover"
	colleague  = "colleague with a share"
	takenBack  = "colleague whose share was taken back"
	asked      = "one asked by an ask"
	programmes = "programme owner"
	admin      = "administrator"
	elsewhere  = "person of another organisation"
	adminThere = "administrator of another organisation"
	gone       = "deactivated person"
)

var everybody = []string{nobody, owner, peer, manager, grand, former, next, colleague, takenBack, asked, programmes, admin, elsewhere, adminThere, gone}

// thing is something of the owner's, and who may reach it in the present state of things.
type thing struct {
	id     db.ID
	theirs bool     // it belongs to the organisation
	owner  string   // who it belongs to
	seen   []string // who else may see it
	sides  []string // its two sides, where it has two
	asked  string   // who is asked
}

// stage is an installation in one state of things.
type stage struct {
	*installation
	state  string
	actors map[string]org.Actor
	things map[string]thing // by the kind of thing
}

// firstAct builds the stage in the state "kept private": everything is written, nothing is
// shared any more.
func firstAct(t *testing.T, in *installation) *stage {
	s := &stage{installation: in, state: "kept private", things: map[string]thing{}}
	c, other := testkit.NewCompany(t, in.store, "weir.example"), testkit.NewCompany(t, in.store, "other.example")
	s.actors = map[string]org.Actor{
		nobody: {}, owner: c.Ines, peer: c.Joel, manager: c.Tomas, grand: c.Ana, colleague: c.Mira, admin: c.Ada,
		elsewhere: other.Ines, adminThere: other.Ada,
	}
	for who, name := range map[string]string{former: "Otto Lund", next: "Nia Owen", takenBack: "Tarik Aydin", programmes: "Pia Sand", asked: "Petra Novak", gone: "Greta Holm"} {
		s.actors[who] = testkit.Write(t, in.store, func(tx *db.Tx) (org.Actor, error) {
			p, err := org.Add(tx, c.Ada, org.Details{Name: name, Email: strings.ToLower(strings.Fields(name)[0]) + "@weir.example"})
			if err != nil {
				return org.Actor{}, err
			}
			if who == programmes {
				if err := org.NameProgrammeOwner(tx, c.Ada, p.ID, true); err != nil {
					return org.Actor{}, err
				}
			}
			return org.UnscopedActor(tx, c.Organisation.ID, p.ID)
		})
	}
	in.signIn(s.actors)
	s.things["activity"] = thing{id: "shadowing"}                                         // everybody's
	s.things["card"] = thing{id: db.ID(question.Builtin().List(question.Choice{})[0].ID)} // everybody's
	s.things["person"] = thing{id: s.actors[owner].Person, theirs: true}
	s.do(t, func(tx *db.Tx) error {
		p, err := org.Add(tx, c.Ada, org.Details{Name: "Zed Quist", Email: "zed@weir.example"})
		s.things["another person"] = thing{id: p.ID, theirs: true}
		s.things["viewer"] = thing{id: p.ID, theirs: true}
		return err
	})
	s.do(t, s.sendPeopleFile)
	s.do(t, s.sendSkillFile)
	s.do(t, s.listSkill)
	s.do(t, s.comeToNothing)
	s.do(t, s.expectations)
	s.do(t, s.sendExpectations)
	s.things["own section"] = thing{id: db.ID(plan.Purpose)} // everybody's own
	s.things["step of the start"] = thing{id: "sentence"}
	s.things["part of a pitch"] = thing{id: "motive", owner: owner, theirs: true}
	s.things["year"] = thing{id: "2026"}
	s.things["organisation"] = thing{id: c.Organisation.ID, theirs: true}
	s.things["set-up link"] = thing{id: "used"}
	s.do(t, s.setManager(former))
	s.do(t, s.write)
	s.do(t, s.tellStory)
	s.do(t, s.enterDates)
	s.do(t, s.giveCalendar)
	s.do(t, s.sendHolidays)
	s.do(t, s.makeFeed)
	s.do(t, func(tx *db.Tx) error { return s.shareAll(tx, plan.WithManager) })
	s.do(t, s.setManager(manager)) // the former manager's shares end here
	s.do(t, s.agree)
	s.do(t, s.begin)
	s.do(t, s.talk)
	s.do(t, s.proposeYear)
	s.do(t, s.proposeGoal)
	s.do(t, s.makeCopy)
	s.do(t, s.makePreview)
	s.do(t, s.sayAndTakeBack)
	s.do(t, s.giveFeedback)
	s.do(t, s.offerHelp)
	s.do(t, s.openARound)
	s.do(t, s.introduce)
	s.do(t, s.holdMoney)
	s.do(t, s.postProgramme)
	s.do(t, s.advise)
	s.do(t, s.anotherSession)
	s.do(t, func(tx *db.Tx) error { return org.Leave(tx, s.actors[admin], s.actors[gone].Person) })
	return s
}

// agree lets the manager write down a promise of the owner's to them, which waits for a yes.
func (s *stage) agree(tx *db.Tx) error {
	me, lead := s.actors[owner], s.actors[manager]
	p, err := commitment.Make(tx, lead, event.Thing{}, commitment.Input{
		By: me.Self(), To: lead.Self(), Words: "Teach the team", Due: civil.In(tx.Now(), me.Zone), CheckIn: civil.In(tx.Now(), me.Zone),
	})
	s.things["promise"] = thing{id: p.ID, owner: owner, theirs: true, sides: []string{manager}}
	s.things["change"] = thing{id: "none", owner: owner, theirs: true, sides: []string{manager}}
	return err
}

// promise lets the owner say yes, and the manager propose a change.
func (s *stage) promise(tx *db.Tx) error {
	p := s.things["promise"]
	if err := commitment.AcceptProposal(tx, s.actors[owner], p.id); err != nil {
		return err
	}
	if err := commitment.Propose(tx, s.actors[manager], p.id, commitment.NewTerms{Words: "Teach the teams"}); err != nil {
		return err
	}
	stands, err := commitment.ByID(tx, s.actors[owner], p.id)
	p.id = stands.Change.ID
	s.things["change"] = p
	return err
}

// keepWord lets the manager withdraw the change, and the owner say that it is done, which the manager
// sees otherwise: so it may be called broken once its day is over.
func (s *stage) keepWord(tx *db.Tx) error {
	return errors.Join(
		commitment.Withdraw(tx, s.actors[manager], s.things["promise"].id, s.things["change"].id),
		commitment.SayItIsDone(tx, s.actors[owner], s.things["promise"].id, ""),
		commitment.SeeOtherwise(tx, s.actors[manager], s.things["promise"].id, ""))
}

// begin lets the owner begin an ask, and have another one answered with a condition.
func (s *stage) begin(tx *db.Tx) error {
	me, decider := s.actors[owner], s.actors[asked]
	in := ask.Input{Text: ask.Text{Kind: ask.Time, What: "A week in the archive"}, Whom: decider.Self(), Wins: []db.ID{s.things["win"].id}}
	draft, err1 := ask.New(tx, me, event.Thing{}, in)
	other, err2 := ask.New(tx, me, event.Thing{}, in)
	if err := errors.Join(err1, err2, s.sendWithFile(tx, other)); err != nil {
		return err
	}
	answer, err := ask.Reply{Says: ask.YesIf, Conditions: []string{"A plan"}}.Answer(civil.In(tx.Now(), me.Zone))
	if err != nil {
		return err
	}
	if err := ask.Decide(tx, decider, other.ID, answer); err != nil {
		return err
	}
	criteria, err := ask.CriteriaOf(tx, me, other.ID)
	if err != nil {
		return err
	}
	s.things["ask"] = thing{id: draft.ID, owner: owner, theirs: true}
	s.things["evidence"] = thing{id: "none", owner: owner, theirs: true}
	s.things["inquiry"] = thing{id: "none", owner: owner, theirs: true}
	s.things["criterion proposal"] = thing{id: "none", owner: owner, theirs: true}
	s.things["fruit"] = thing{id: "none", owner: owner, theirs: true}
	s.things["way"] = thing{id: "smaller-step", owner: owner, theirs: true}
	s.things["criterion"] = thing{id: criteria[0].ID, owner: owner, theirs: true, sides: []string{asked}, asked: asked}
	return nil
}

// sendWithFile lets the owner send an ask with a file of its win.
func (s *stage) sendWithFile(tx *db.Tx, a ask.Ask) error {
	picture := ask.File{Name: "archive.png", MediaType: "image/png", Content: []byte("a picture")}
	if err := ask.SendWith(tx, s.actors[owner], a.ID, a.Revision, ask.Enclosed{Files: map[db.ID][]ask.File{s.things["win"].id: {picture}}}); err != nil {
		return err
	}
	sent, err := ask.StoryOf(tx, s.actors[owner], a.ID)
	if err != nil {
		return err
	}
	s.things["sent file"] = thing{id: sent.Now().Evidence[0].Files[0].ID, owner: owner, theirs: true, sides: []string{asked}, asked: asked}
	return nil
}

// send lets the owner send the ask, with a win.
func (s *stage) send(tx *db.Tx) error {
	a := s.things["ask"]
	if err := ask.Send(tx, s.actors[owner], a.id, 1); err != nil {
		return err
	}
	a.sides, a.asked = []string{asked}, asked
	s.things["ask"] = a
	if err := ask.AskBack(tx, s.actors[asked], a.id, "Which archive?"); err != nil {
		return err
	}
	sent, err := ask.StoryOf(tx, s.actors[owner], a.id)
	if err != nil {
		return err
	}
	s.things["criterion proposal"] = thing{id: "none", owner: owner, theirs: true, sides: []string{asked}}
	s.things["inquiry"] = thing{id: sent.Now().Inquiries[0].ID, owner: owner, theirs: true}
	a.id = sent.Now().Evidence[0].ID
	s.things["evidence"] = a
	return nil
}

// answer lets the one asked say not now.
func (s *stage) answer(tx *db.Tx) error {
	reply, err := ask.Reply{Says: ask.NotNow}.Answer(civil.In(tx.Now(), s.actors[asked].Zone))
	if err != nil {
		return err
	}
	id := s.things["ask"].id
	if err := ask.Decide(tx, s.actors[asked], id, reply); err != nil {
		return err
	}
	if err := ask.DrawUp(tx, s.actors[asked], id, ask.DrawnInput{Act: ask.Add, Words: []string{"A plan for the archive"}}); err != nil {
		return err
	}
	all, err := ask.ProposalsOf(tx, s.actors[asked], id)
	if err != nil {
		return err
	}
	p := s.things["criterion proposal"]
	p.id, p.sides = all[0].ID, []string{asked}
	s.things["criterion proposal"] = p
	return nil
}

// talk lets the owner ask the manager for a conversation today, with a line on its agenda.
func (s *stage) talk(tx *db.Tx) error {
	me, lead := s.actors[owner], s.actors[manager]
	c, err := conversation.Request(tx, me, conversation.Input{
		With: lead.Self(), Kind: conversation.Sprint, Time: conversation.Time{At: tx.Now().Add(time.Hour), Minutes: 20},
	})
	if err != nil {
		return err
	}
	if err := conversation.AddItem(tx, me, c.ID, conversation.ItemInput{Words: "The release", Shared: true}); err != nil {
		return err
	}
	agenda, err := conversation.AgendaOf(tx, me, c.ID)
	if err != nil {
		return err
	}
	for kind, id := range map[string]db.ID{"conversation": c.ID, "agenda item": agenda.Shared[0].ID, "conversation text": "notes"} {
		s.things[kind] = thing{id: id, owner: owner, sides: []string{manager}}
	}
	return errors.Join(
		conversation.Write(tx, me, c.ID, conversation.Notes, 0, "What we said"),
		conversation.Write(tx, me, c.ID, conversation.Private, 0, "What I thought"),
	)
}

// sayYes lets the manager accept the time of the conversation.
func (s *stage) sayYes(tx *db.Tx) error {
	_, err := conversation.Accept(tx, s.actors[manager], s.things["conversation"].id, 1)
	return err
}

// end lets the owner note that they met.
func (s *stage) end(tx *db.Tx) error {
	return conversation.End(tx, s.actors[owner], s.things["conversation"].id, conversation.EndInput{Outcome: "What came of it"})
}

// sendPeopleFile lets the administrator send a people file and look no further.
func (s *stage) sendPeopleFile(tx *db.Tx) error {
	id, err := org.KeepPeopleFile(tx, s.actors[admin], org.SentFile{Name: "people.csv", Content: []byte("name\nZoe Adler\n")})
	s.things["people file"] = thing{id: id, owner: admin, theirs: true}
	return err
}

// sendSkillFile lets the administrator send a list of skills and look no further.
func (s *stage) sendSkillFile(tx *db.Tx) error {
	id, err := skill.KeepFile(tx, s.actors[admin], org.SentFile{Name: "skills.csv", Content: []byte("skill\nRowing\n")})
	s.things["skill file"] = thing{id: id, owner: admin, theirs: true}
	return err
}

// listSkill lets the administrator put a skill on the list.
func (s *stage) listSkill(tx *db.Tx) error {
	e, err := skill.Add(tx, s.actors[admin], skill.Entry{Name: "Sailing"})
	s.things["skill entry"] = thing{id: e.ID, owner: admin, theirs: true}
	return err
}

// takeBackFrom takes back all that was shared with somebody.
func (s *stage) takeBackFrom(who string) func(tx *db.Tx) error {
	return func(tx *db.Tx) error {
		given, err := share.Given(tx, s.actors[owner])
		if err != nil {
			return err
		}
		for _, each := range given {
			if each.Viewer == s.actors[who].Person {
				if err := share.TakeBack(tx, s.actors[owner], each.ID); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

// anotherSession signs the owner in a second time, so that there is a session to end.
func (s *stage) anotherSession(tx *db.Tx) error {
	me := s.actors[owner]
	if _, err := account.UnscopedSignIn(tx, me.Organisation, me.Person, "another test"); err != nil {
		return err
	}
	who, err := account.WhoHas(tx, account.Token(s.tokens[owner]))
	if err != nil {
		return err
	}
	all, err := account.Sessions(tx, who)
	for _, each := range all {
		if !each.This {
			s.things["session"] = thing{id: each.ID, owner: owner, theirs: true}
		}
	}
	return err
}

// share brings the stage into the state "shared".
func (s *stage) share(t *testing.T) {
	s.state = "shared"
	s.do(t, s.sayYes)
	s.do(t, s.takeYear)
	s.do(t, s.giveSeat)
	s.do(t, s.promise)
	s.do(t, s.send)
	s.do(t, s.giveCopy)
	s.do(t, s.givePreview)
	s.do(t, s.bothMeet)
	s.do(t, func(tx *db.Tx) error { return s.shareAll(tx, plan.WithManager) })
	s.do(t, func(tx *db.Tx) error { return s.shareAll(tx, plan.WithPerson(s.actors[colleague].Person)) })
	s.do(t, func(tx *db.Tx) error { return s.shareAll(tx, plan.WithPerson(s.actors[takenBack].Person)) })
	s.do(t, s.takeBackFrom(takenBack))
	for kind, thing := range s.things {
		if slices.Contains(shareable, kind) {
			thing.seen = []string{manager, colleague}
			s.things[kind] = thing
		}
	}
}

// changeManager brings the stage into the state "after a change of manager": whoever was the
// manager is one no longer, and keeps what the two agreed.
func (s *stage) changeManager(t *testing.T) {
	s.state = "after a change of manager"
	s.do(t, s.end)
	s.do(t, s.keepWord)
	s.do(t, s.wasThrough)
	s.do(t, s.areIntroduced)
	s.do(t, s.answer)
	s.store.Clock.MoveDays(1)
	s.do(t, s.sendPeopleFile) // the one before is forgotten
	s.do(t, s.sendSkillFile)
	s.do(t, s.sendExpectations)
	s.do(t, s.sendHolidays)
	s.do(t, s.takeCopyBack)
	s.do(t, s.takePreviewBack)
	s.do(t, s.setManager(next))
	s.things["proposal"] = thing{id: s.things["proposal"].id, theirs: true} // nobody's: it was not answered
	for kind, thing := range s.things {
		thing.seen = slices.DeleteFunc(thing.seen, func(who string) bool { return who == manager })
		s.things[kind] = thing
	}
}

func (s *stage) do(t *testing.T, what func(tx *db.Tx) error) {
	t.Helper()
	testkit.Do(t, s.store, what)
}

func (s *stage) setManager(who string) func(tx *db.Tx) error {
	return func(tx *db.Tx) error {
		return org.SetManager(tx, s.actors[admin], s.actors[owner].Person, s.actors[who].Person)
	}
}

// keep notes a thing of the owner's.
func (s *stage) keep(kind string, id db.ID, err error) error {
	s.things[kind] = thing{id: id, owner: owner, theirs: true}
	return err
}

// shareable are the kinds of things that shareAll shares.
var shareable = []string{"story", "date", "goal", "step", "skill", "win", "section", "owner's person"}

// write lets the owner write one thing of each kind.
func (s *stage) write(tx *db.Tx) error {
	me := s.actors[owner]
	g, err1 := plan.AddGoal(tx, me, plan.GoalText{Title: "Lead a service", Area: plan.Professional}, event.Thing{})
	k, err2 := plan.AddSkill(tx, me, plan.Skill{Name: "Writing", Level: 2, Wanted: 4})
	k2, err11 := plan.AddSkill(tx, me, plan.Skill{Name: "Drafting", Level: 2, Wanted: 4})
	err11 = errors.Join(err11, s.askHowTheySee(tx, k2.ID))
	w, err3 := plan.AddWin(tx, me, plan.WinText{What: "The release went out early"}, event.Thing{})
	err3 = errors.Join(err3, s.showWin(tx, w.ID), s.importWin(tx))
	j, err4 := plan.AddEntry(tx, me, plan.Entry{Words: "A long day"})
	_, err5 := plan.Write(tx, me, plan.Text{Section: plan.Purpose, Words: "Build what lasts"})
	p, err6 := plan.AddStep(tx, me, g.ID, plan.StepText{Words: "Read the book", Activity: "book"})
	r, err9 := plan.ReviewGoal(tx, me, g.ID, plan.Review{How: plan.Moved, Learned: "Ask early"})
	err6 = errors.Join(err6, s.keep("review", r.ID, err9))
	err8 := plan.ChangeValues(tx, me, []plan.Value{{Word: "Craft"}})
	if err8 == nil {
		err8 = plan.ChangeStrengths(tx, me, []plan.Strength{{Word: "Listening"}})
	}
	if err8 == nil {
		var mine plan.Plan
		mine, err8 = plan.Mine(tx, me)
		for _, v := range mine.Values {
			err8 = s.keep("value", v.ID, err8)
		}
		for _, v := range mine.Strengths {
			err8 = s.keep("strength", v.ID, err8)
		}
	}
	err10 := s.askForWords(tx, w.ID)
	err7 := s.askTwo(tx)
	kept, err12 := question.Keep(tx, me, question.Builtin(), ownCard, false)
	o, err9 := org.AddContact(tx, me, org.Contact{Name: "Ruth Sole", Email: "ruth@far.example"})
	return errors.Join(err7, err8, s.keep("kept card", kept.ID, err12), s.keep("another skill", k2.ID, err11), s.keep("contact", o.ID, err9), err10,
		s.keep("goal", g.ID, err1), s.keep("skill", k.ID, err2), s.keep("win", w.ID, err3),
		s.keep("journal entry", j.ID, err4), s.keep("section", db.ID(plan.Purpose), err5), s.keep("step", p.ID, err6))
}

// askHowTheySee lets the owner ask a peer how they see a skill, and write down a role outside.
func (s *stage) askHowTheySee(tx *db.Tx, skill db.ID) error {
	me := s.actors[owner]
	v, err := plan.AskForView(tx, me, skill, s.actors[peer].Person, "")
	if err != nil {
		return err
	}
	s.things["skill view"] = thing{id: v.ID, owner: owner, theirs: true, asked: peer}
	o, err := gap.AddOutside(tx, me, gap.Outside{Name: "Diver", Asks: []gap.OutsideAsk{{Skill: "Diving", Level: 4}}})
	return s.keep("outside role", o.ID, err)
}

// askForWords lets the owner ask a peer, and somebody outside by a link, to confirm the win.
func (s *stage) askForWords(tx *db.Tx, win db.ID) error {
	me := s.actors[owner]
	c, err := plan.AskColleague(tx, me, win, s.actors[peer].Person, "")
	if err != nil {
		return err
	}
	s.things["confirmation"] = thing{id: c.ID, owner: owner, theirs: true, asked: peer}
	_, l, token, err := plan.AskByLink(tx, me, win, "Ruth", "", link.Input{Days: 60})
	s.things["token of a link"] = thing{id: db.ID(token)} // whoever holds it
	return s.keep("link", l.ID, err)
}

func (s *stage) shareAll(tx *db.Tx, with plan.With) error {
	me := s.actors[owner]
	return errors.Join(
		plan.ShareGoal(tx, me, s.things["goal"].id, with),
		plan.ShareSkill(tx, me, s.things["skill"].id, with),
		plan.ShareWin(tx, me, s.things["win"].id, with),
		s.shareStory(with)(tx),
		s.shareDate(tx, with),
		plan.ShareSections(tx, me, []plan.Section{plan.Purpose}, with))
}
