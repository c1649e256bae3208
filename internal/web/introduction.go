package web

import (
	"errors"
	"strconv"

	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/referral"
)

func init() {
	openings[referral.LinkPurpose] = opening{asks: "Would they meet somebody?", show: showIntroductionByLink, answer: answerIntroductionByLink, back: backToReferral}
}

// introduction is the page of the third: what they are told, and what both are written.
type introduction struct {
	By, Called, For, Told string // Called is By as a sentence names them
	Letter, Reach         string
	Action                string // empty: the address of the page itself, which is a secret
	Asks, Outside         bool
	Gone, Answered        bool
	BackOut               *Field // a no after the yes, or when one of the two has left
	Stuck, Revision       string
	Said, Words           Field
	Until                 string
	PersonHref            string // of whom they are introduced to
}

var introductionPage = declare[introduction]("introduction.html")

func (c *call) introductionFields(main *introduction) {
	main.Said = c.form.field(Field{Name: "said", Label: "Would you?", Type: "radio", Required: true, Options: []Option{
		{Value: "yes", Label: "Yes, gladly", Hint: main.Called + " then writes to both of you."},
		{Value: "no", Label: "Not this time", Hint: "No reason is needed. " + main.Called + " looks for somebody else."},
	}}, "")
	main.Words = c.form.field(Field{Name: "words", Label: "A line with it", Type: "textarea", Rows: 2,
		Hint: "With a yes: how and when you are best reached, for both. With a no: for " + main.Called + " alone. It can stay empty."}, "")
}

// showIntroduction is what somebody here reads of an introduction to somebody.
func showIntroduction(c *call) (view, error) {
	r, err := referral.AskedOfMe(c.tx, c.me, c.id("id"))
	if errors.Is(err, problem.NotFound) && referral.WasAsked(c.tx, c.me, c.id("id")) == nil {
		return introductionPage.show(c, "An introduction", "promises", introduction{Gone: true})
	}
	if err != nil {
		return view{}, err
	}
	main := introduction{
		By: r.By.Name, Called: r.By.Name, For: r.For.Name, Told: r.Told, Letter: r.Introduction, Reach: r.Reach, Action: PathOf(r.ForThird()),
		Asks: r.Can(referral.ToAnswer, c.me), Answered: !r.AnsweredAt.IsZero(), Revision: strconv.FormatInt(r.Revision, 10),
	}
	if r.State == referral.Asked || r.State == referral.Agreed {
		switch {
		case r.ByLeft:
			main.Stuck = r.By.Name + " has left meanwhile, and nobody introduces you two."
		case r.ForLeft:
			main.Stuck = r.For.Name + " has left meanwhile. There is nobody to meet."
		}
	}
	if !main.Asks && r.Can(referral.ToBackOut, c.me) {
		words := c.form.field(Field{Name: "words", Label: "A line with it", Type: "textarea", Rows: 2, Hint: "For " + r.By.Name + " alone. It can stay empty."}, "")
		main.BackOut = &words
	}
	if r.State != referral.Asked && !r.ForLeft {
		main.PersonHref = PathOf(event.Thing{Kind: "person", ID: r.For.Person})
	}
	c.introductionFields(&main)
	return introductionPage.show(c, "An introduction", "promises", main)
}

var (
	saysMeets    = says("Thank you. You will be introduced to each other in writing.")
	saysMeetsNot = says("That is fine. They look for somebody else.")
)

func answerIntroduction(c *call) (string, error) {
	in, err := c.thirdReply("said")
	if err != nil {
		return "", err
	}
	if !in.Yes {
		c.say(saysMeetsNot)
		return "/", referral.Answer(c.tx, c.me, c.id("id"), in)
	}
	in.Revision = c.revision()
	c.say(saysMeets)
	return c.URL.Path, referral.Answer(c.tx, c.me, c.id("id"), in)
}

// showIntroductionByLink is the page of whoever holds the link.
func showIntroductionByLink(c *call, o link.Opened) (view, error) {
	f, err := referral.AskedByLink(c.tx, o)
	if err != nil {
		return view{}, err
	}
	main := introduction{By: o.OwnerName, Called: o.OwnerCalled, For: f.For, Told: f.Told, Asks: true, Outside: true, Until: stamp(o.ExpiresAt)}
	c.introductionFields(&main)
	return introductionPage.outside(c, "A question for you", main)
}

func answerIntroductionByLink(c *call, o link.Opened) error {
	in, err := c.thirdReply("said")
	if err != nil {
		return err
	}
	return referral.AnswerByLink(c.tx, o, in)
}

func backToReferral(_ *call, l link.Link) (string, string) {
	return PathOf(l.Thing), "The introduction"
}
