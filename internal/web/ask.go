package web

import (
	"fmt"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
)

// oneAsk is an ask that was sent, for its owner and for the one asked.
type oneAsk struct {
	ask.Story
	Mine         bool
	Sentence     string
	KindIs       string
	Money, Hours string
	Partner      string // the other side, for promises
	Seen         Seen
	Evidence     []evidenceRow
	Earlier      []string // how it went before this sending
	Compared     bool     // there are versions of it that the visitor may compare
	Action       string   // where the acts of this ask go
	Answer       *answering
	Inquiries    []inquiryShown
	MoneyAnswer  *moneyAnswering
	MoneyWord    *moneyWord
	OnMoneyAlone bool // the visitor answers for the money, and for nothing else
	Drawing      *drawingUp
	MoneyBack    bool // the visitor can return what is held until all is shown
	Granted      *grantedShown
	Seat         *askedSeat
	HandOn       *handingOn
	Introduce    string // the address where the one asked introduces the owner to somebody
	Elsewhere    *handingOn
	Withdraw     bool
	Decision     *decisionShown
	Criteria     []criterionShown
	Promises     []promiseRow
	ComesBack    *comingBack
	Counsel      counselOn // of the owner's, for the owner
}

// evidenceRow is a win that was sent.
type evidenceRow struct {
	ask.Evidence
	TakeBack string // where it is taken back; empty where it cannot be
}

// handingOn passes an ask to somebody.
type handingOn struct {
	Action          string
	To, Named, Note Field
	Open, Money     bool
}

var askPage = declare[oneAsk]("ask.html", "ask-answer.html", "ask-story.html", "ask-criteria.html", "ask-granted.html", "counsel-parts.html")

// showAsk shows an ask to its owner and to the one asked; a draft to its owner alone.
func showAsk(c *call) (view, error) { return c.showAsk(c.id("id")) }

func (c *call) showAsk(id db.ID) (view, error) {
	s, err := ask.StoryOf(c.tx, c.me, id)
	if err != nil {
		return view{}, err
	}
	if s.State == ask.Draft {
		return c.showDraft(s)
	}
	main := oneAsk{Story: s, Mine: s.Owner.Is(c.me), Action: askHref(s.ID), KindIs: kindBeside(s), Money: priceOf(s.Cost), Hours: pitch.WorkingHours(s.Cost.Hours), Withdraw: s.CanWithdraw(c.me)}
	main.Partner = s.Whom.String()
	if !main.Mine {
		main.Partner = s.Owner.String()
	}
	main.OnMoneyAlone = s.Money.Is(c.me) && !s.Whom.Is(c.me)
	main.Sentence, main.Seen = c.askSentence(s), askSeen(s, c.me)
	for _, e := range s.Now().Evidence {
		row := evidenceRow{Evidence: e}
		if main.Mine && e.TakenBackAt.IsZero() && !c.me.Left {
			row.TakeBack = main.Action + "/evidence/" + string(e.ID) + "/taking-back"
		}
		main.Evidence = append(main.Evidence, row)
	}
	for _, each := range s.Sendings {
		if each.Replaced {
			main.Compared = true
			main.Earlier = append(main.Earlier, fmt.Sprintf("Version %d went to %s on %s. Another took its place on %s.",
				each.Version, each.With.Name, c.stamp(each.SentAt), c.stamp(each.EndedAt)))
		} else if !each.EndedAt.IsZero() {
			main.Earlier = append(main.Earlier, fmt.Sprintf("Version %d went to %s on %s and was %s on %s.",
				each.Version, each.With.Name, c.stamp(each.SentAt), each.EndedHow, c.stamp(each.EndedAt)))
		}
	}
	if err := main.readActs(c, s); err != nil {
		return view{}, err
	}
	if err := main.readStory(c, s); err != nil {
		return view{}, err
	}
	if main.Seat, err = c.seatOf(s); err != nil {
		return view{}, err
	}
	if main.Mine {
		if main.Counsel, err = c.counselOn(s.Thing()); err != nil {
			return view{}, err
		}
	}
	title := "An ask"
	if !main.Mine {
		title = s.Owner.Name + " asks you"
	}
	return askPage.show(c, title, "asks", main)
}

// kindBeside is what kind of ask it is, where the cost beside it does not say so already.
func kindBeside(s ask.Story) string {
	if s.Kind == ask.Money && s.Cost.Minor > 0 || s.Kind == ask.Time && s.Cost.Hours > 0 {
		return ""
	}
	return kindLabels[s.Kind].title
}

// priceOf is the money of a cost, with its currency.
func priceOf(cost ask.Cost) string {
	if cost.Minor == 0 {
		return ""
	}
	return money.Of(cost.Minor, cost.Currency).String()
}

func (c *call) askSentence(s ask.Story) string {
	switch {
	case s.Owner.Is(c.me) && s.State == ask.Sent:
		return "You asked " + s.Whom.Name + " on " + day(c.dayOf(s.SentAt), c.today())
	case s.Owner.Is(c.me):
		return "You asked " + s.Whom.Name
	case s.Money.Is(c.me):
		return s.Owner.Name + " asked " + s.Whom.Name + "; you answer for the money"
	}
	return s.Owner.Name + " asked you on " + day(c.dayOf(s.SentAt), c.today())
}

func askSeen(s ask.Story, me org.Actor) Seen {
	switch {
	case s.Whom.Contact != "":
		return onlyYou
	case s.Owner.Is(me):
		return Seen{Shared: true, Text: "you" + listed(s.Whom.Name, s.Money.Name)}
	case s.Money.Is(me):
		return Seen{Shared: true, Text: "you" + listed(s.Owner.Name, s.Whom.Name)}
	case s.Money.Name != "":
		return Seen{Shared: true, Text: "you" + listed(s.Owner.Name, s.Money.Name)}
	}
	return Seen{Shared: true, Text: "you and " + s.Owner.Name}
}

// listed goes on with one name, or two.
func listed(first, second string) string {
	if second == "" {
		return " and " + first
	}
	return ", " + first + " and " + second
}

func (m *oneAsk) readActs(c *call, s ask.Story) error {
	people, err := c.parties("")
	if err != nil {
		return err
	}
	if s.CanAnswer(c.me) {
		if m.Answer, err = c.answering(s, people); err != nil {
			return err
		}
	}
	if err := m.readBack(c, s); err != nil {
		return err
	}
	if s.CanHandOn(c.me) {
		m.HandOn = c.handingOn(m.Action+"/handing-on", "to", withoutContacts(people))
		m.HandOn.Money = s.MoneyWaits
		m.HandOn.Note = c.formAt(m.HandOn.Action).field(Field{Name: "note", Label: "A line to go with it", Type: "textarea", Rows: 2}, "")
	}
	said := s.Decision.Says
	if s.Whom.Is(c.me) && s.Owner.Person != "" && !c.me.Left && (m.HandOn != nil || said == ask.No || said == ask.NotNow) {
		m.Introduce = "/referrals/new?for=" + s.Owner.String() + "&origin=ask:" + string(s.ID)
	}
	if m.Withdraw {
		m.Elsewhere = c.handingOn(m.Action+"/elsewhere", "whom", people)
	}
	return nil
}

func (c *call) handingOn(action, name string, people []Option) *handingOn {
	form := c.formAt(action)
	return &handingOn{
		Action: action, Open: form.Any(),
		To:    form.field(Field{Name: name, Label: "To whom", Type: "select", Options: people, Required: true}, ""),
		Named: form.field(Field{Name: "named_" + name, Label: "Their name", Type: "own", Hint: "Only for somebody who is not in the list."}, ""),
	}
}

// withoutContacts leaves the people of the organisation: an ask is handed on among them alone.
func withoutContacts(options []Option) []Option {
	var people []Option
	for _, o := range options {
		if !strings.HasPrefix(o.Value, "contact:") && o.Value != somebodyOutside {
			people = append(people, o)
		}
	}
	return people
}

func withdrawAsk(c *call) (string, error) {
	id := c.id("id")
	return askHref(id), ask.Withdraw(c.tx, c.me, id)
}

func sendElsewhere(c *call) (string, error) {
	id := c.id("id")
	if _, err := ask.ByID(c.tx, c.me, id); err != nil {
		return "", err
	}
	to, err := c.party("whom", "named_whom")
	if err != nil {
		return "", err
	}
	return askHref(id), ask.SendElsewhere(c.tx, c.me, id, to)
}

var saidHandedOn = says("Handed on. You see it no longer.")

func handOnAsk(c *call) (string, error) {
	if _, err := ask.ByID(c.tx, c.me, c.id("id")); err != nil {
		return "", err
	}
	to, err := c.party("to", "named_to")
	if err != nil {
		return "", err
	}
	c.say(saidHandedOn)
	return "/asks", ask.HandOn(c.tx, c.me, c.id("id"), to, c.text("note"))
}

func takeBackEvidence(c *call) (string, error) {
	id := c.id("id")
	return askHref(id), ask.TakeBack(c.tx, c.me, id, db.ID(c.PathValue("evidence")))
}
