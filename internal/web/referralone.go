package web

import (
	"errors"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/referral"
)

// oneReferral is the page of an introduction for the two who have it.
type oneReferral struct {
	referral.Referral
	Href, PromiseHref, Title, Sentence string
	State, Waits                       string
	Seen                               Seen
	ToAgree, ToFollow, Outside         bool
	Naming                             *thirdNaming
	TellField, NoField                 Field // of who is to be helped
	Noting                             *thirdNoting
	Letter                             *Field // the introduction, to be written
	Follow, FollowDay                  Field
	Kept                               *Field // where the promise waits for the word of who was helped
	LetGo                              *Field
	Revision                           string
	History                            []referralEvent
}

// thirdNaming is the form that names somebody.
type thirdNaming struct {
	Third, ThirdNamed, Told Field
	Search                  thirdSearch
	Button                  string
	Open                    bool
}

// thirdNoting is how somebody outside is asked.
type thirdNoting struct {
	Link        linkFields
	Links       []standingLink
	Yes, Words  Field
	Open, Noted bool
}

type referralEvent struct {
	At    time.Time
	Text  string
	Words string
}

var oneReferralPage = declare[oneReferral]("referral.html", "referral-parts.html")

func referralHref(c *call) string { return PathOf(event.Thing{Kind: "referral", ID: c.id("id")}) }

// showReferral shows an introduction to one of the two.
func showReferral(c *call) (view, error) {
	r, err := referral.OfMine(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	other := r.For
	if r.For.Is(c.me) {
		other = r.By
	}
	main := oneReferral{
		Referral: r, Href: PathOf(r.Thing()), PromiseHref: promiseHref(r.Commitment), State: referralState(r, c.me), Waits: referralWaits(r, c.me, c.today()),
		Sentence: whoIntroduces(r, c.me), Seen: Seen{Shared: true, Text: "you and " + other.Name}, Outside: r.Third.Contact != "",
		ToAgree: r.Can(referral.ToAgree, c.me), ToFollow: r.Can(referral.ToFollow, c.me), Revision: c.form.RevisionOr(r.Revision),
	}
	if err := main.forms(c, r); err != nil {
		return view{}, err
	}
	entries, err := referral.History(c.tx, c.me, r.ID)
	for _, e := range entries {
		main.History = append(main.History, referralEvent{e.At, referralSaid(e, c.me), e.Words})
	}
	if err != nil {
		return view{}, err
	}
	return oneReferralPage.show(c, "An introduction", "promises", main)
}

// forms are what the visitor can do next.
func (m *oneReferral) forms(c *call, r referral.Referral) error {
	if r.Can(referral.ToName, c.me) {
		people, err := c.parties(r.Third.String())
		if err != nil {
			return err
		}
		chosen := or(c.URL.Query().Get("third"), r.Third.String())
		if people, err = c.partiesWith(people, chosen); err != nil {
			return err
		}
		search, err := c.searchThird(m.Href, nil)
		if err != nil {
			return err
		}
		form := c.formAt(m.Href + "/naming")
		m.Naming = &thirdNaming{Search: search, Open: form.Any() || r.State == referral.Looking || c.URL.RawQuery != "", Button: "Somebody else, or other words"}
		m.Naming.Third, m.Naming.ThirdNamed, m.Naming.Told = c.thirdFields(form, people, chosen, r.Told)
	}
	if m.ToAgree {
		m.TellField = c.formAt(m.Href+"/agreement").field(Field{Name: "told", Label: "What " + r.Third.Name + " would read", Type: "textarea", Rows: 3,
			Hint: "It is about you: change it until it is what you want them to know. They read nothing else."}, r.Told)
		m.NoField = c.formAt(m.Href+"/refusal").field(Field{Name: "words", Label: "A word to " + r.By.Name, Type: "textarea", Rows: 2, Hint: "It can stay empty. " + r.Third.Name + " never hears of it."}, "")
	}
	if r.Can(referral.ToNote, c.me) {
		if err := m.noting(c, r); err != nil {
			return err
		}
	}
	if r.Can(referral.ToIntroduce, c.me) {
		letter := c.formAt(m.Href+"/introduction").field(Field{Name: "introduction", Label: "To both", Type: "textarea", Rows: 6, Required: true,
			Hint: "Why you thought of them, what each could ask the other, and what could be the first step."}, "Dear "+r.Third.Name+", dear "+r.For.Name+",\n\n")
		m.Letter = &letter
	}
	if m.ToFollow {
		m.Follow = c.formAt(m.Href+"/follow-up").field(Field{Name: "words", Label: "Did you two talk, and what came of it?", Type: "textarea", Rows: 3,
			Hint: r.By.Name + " reads it: whoever introduces somebody likes to know. " + thirdOr(r) + " does not."}, "")
		waits, err := r.AsksKept(c.tx, c.me)
		if err != nil {
			return err
		}
		if waits {
			kept := c.formAt(m.Href+"/follow-up").field(Field{Name: "kept", Label: "Was the promise kept?", Type: "radio", Required: true, Options: []Option{
				{Value: "yes", Label: "Yes"}, {Value: "open", Label: "Leave it open", Hint: "It stays on the page of the promise, for you two to talk about."},
			}}, "")
			m.Kept = &kept
		}
		m.FollowDay = c.formAt(m.Href+"/follow-up/day").field(Field{Name: "day", Label: "Ask me later, on", Type: "date"}, c.today().AddDays(14).String())
	}
	if r.Can(referral.ToLetGo, c.me) {
		why := c.formAt(m.Href+"/letting-go").field(Field{Name: "words", Label: "A word to " + r.By.Name, Type: "textarea", Rows: 2, Hint: "It can stay empty."}, "")
		m.LetGo = &why
	}
	return nil
}

func thirdOr(r referral.Referral) string { return or(r.Third.Name, "Whoever you met") }

func (m *oneReferral) noting(c *call, r referral.Referral) error {
	form := c.formAt(m.Href + "/note")
	n := &thirdNoting{Link: c.linkFields(), Noted: form.Any()}
	n.Yes = form.field(Field{Name: "yes", Label: "What they said", Type: "radio-row", Required: true, Options: []Option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}}}, "yes")
	n.Words = form.field(Field{Name: "words", Label: "How they are reached", Type: "own", Hint: "For " + r.For.Name + ", once both are introduced."}, "")
	links, err := link.Of(c.tx, c.me, r.Thing())
	for i, l := range links {
		if i < 3 {
			n.Links = append(n.Links, standingLink{linkPath(l), c.linkState(l)})
		}
	}
	m.Noting = n
	return err
}

// whoIntroduces says who introduces whom to whom.
func whoIntroduces(r referral.Referral, me org.Actor) string {
	who, verb := r.By.Name, " introduces "
	if r.By.Is(me) {
		who, verb = "You", " introduce "
	}
	if !r.Promised() {
		verb = " would introduce "
	}
	return who + verb + called(r.For, me) + " to " + or(r.Third.Name, "somebody who can help better")
}

// referralWaits says what it waits for, where that is not the visitor.
func referralWaits(r referral.Referral, me org.Actor, today civil.Date) string {
	switch {
	case r.ByLeft && r.State != referral.Closed && r.State != referral.Introduced:
		return r.By.Name + " has left. You can let it go, or ask somebody else."
	case !r.Promised() && r.State != referral.Closed && r.By.Is(me):
		return "It counts once you have said yes to it, on the page of the promise."
	case !r.Promised() && r.State != referral.Closed:
		return "It counts once " + r.By.Name + " has said yes to it."
	case r.State == referral.Looking && r.For.Is(me):
		return r.By.Name + " looks for somebody."
	case r.State == referral.Offered && r.By.Is(me):
		return r.For.Name + " reads what you would tell " + r.Third.Name + ", and says whether that is right. Until then " + r.Third.Name + " knows nothing of it."
	case r.State == referral.Asked && r.Third.Contact == "":
		return r.Third.Name + " is asked whether they would like to meet " + called(r.For, me) + "."
	case r.State == referral.Agreed && r.For.Is(me):
		return r.Third.Name + " said yes. " + r.By.Name + " writes to you both."
	case r.State == referral.Introduced && r.By.Is(me):
		return "You kept your word. On " + day(r.FollowOn, today) + " " + r.For.Name + " is asked how it went."
	}
	return ""
}

var referralActs = map[referral.Act]string{
	referral.Made: "wrote it down", referral.AgreedTo: "agreed to it, and to what is told", referral.NotThisOne: "would rather meet somebody else",
	referral.WasMade: "made the introduction", referral.Followed: "told how it went", referral.FollowMoved: "moved the question how it went",
	referral.FollowLetGo: "let the question how it went go", referral.PromiseOver: "ended the promise", referral.PassedOn: "took it over",
}

func referralSaid(e referral.Entry, me org.Actor) string {
	who := e.By
	if who == me.Name {
		who = "You"
	}
	third := or(e.Third, "somebody outside")
	switch e.Act {
	case referral.Named:
		return who + " named " + third
	case referral.ThirdAgreed:
		return strings.TrimSpace(third + " said yes")
	case referral.ThirdNo:
		return third + " cannot this time"
	case referral.ThirdGone:
		return third + " has left"
	}
	return or(who, "It") + " " + referralActs[e.Act]
}

func nameThird(c *call) (string, error) {
	if _, err := referral.OfMine(c.tx, c.me, c.id("id")); err != nil {
		return "", err
	}
	third, err := c.third()
	if err != nil {
		return "", err
	}
	return referralHref(c), referral.Name(c.tx, c.me, c.id("id"), c.revision(), third, c.text("told"))
}

func agreeToThird(c *call) (string, error) {
	return referralHref(c), referral.Agree(c.tx, c.me, c.id("id"), c.revision(), c.text("told"))
}

func declineThird(c *call) (string, error) {
	return referralHref(c), referral.Decline(c.tx, c.me, c.id("id"), c.text("words"))
}

// linkThird makes a link for the third, who is outside.
func linkThird(c *call) (string, error) {
	r, err := referral.OfMine(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	known := ""
	if contact, err := org.ContactByID(c.tx, c.me, r.Third.Contact); err == nil {
		known = contact.Email
	}
	in, err := c.linkInput(known)
	if err != nil {
		return "", err
	}
	l, token, err := referral.AskOutside(c.tx, c.me, r.ID, in)
	if err != nil {
		return "", err
	}
	c.tellAddress(l, token)
	return linkPath(l), nil
}

func (c *call) thirdReply(field string) (referral.Reply, error) {
	said := c.text(field)
	if said != "yes" && said != "no" {
		return referral.Reply{}, problem.Invalid{field: "Please say yes or no."}
	}
	return referral.Reply{Yes: said == "yes", Words: c.text("words")}, nil
}

func noteThird(c *call) (string, error) {
	in, err := c.thirdReply("yes")
	if err != nil {
		return "", err
	}
	return referralHref(c), referral.Note(c.tx, c.me, c.id("id"), in)
}

var (
	saysIntroduced = says("Both read it. Your word is kept.")
	saysFollowed   = says("Thank you. Whoever introduced you reads it.")
)

func introduce(c *call) (string, error) {
	c.say(saysIntroduced)
	return referralHref(c), referral.Introduce(c.tx, c.me, c.id("id"), c.text("introduction"))
}

func followReferral(c *call) (string, error) {
	c.say(saysFollowed)
	return referralHref(c), referral.Follow(c.tx, c.me, c.id("id"), c.text("words"), c.text("kept") == "yes")
}

func moveFollowUp(c *call) (string, error) {
	wrong := problem.Invalid{}
	day := c.day("day", wrong)
	if err := wrong.Err(); err != nil {
		return "", err
	}
	return referralHref(c), referral.MoveFollowUp(c.tx, c.me, c.id("id"), day)
}

func letFollowUpGo(c *call) (string, error) {
	return referralHref(c), referral.LetFollowUpGo(c.tx, c.me, c.id("id"))
}

func letGoOfReferral(c *call) (string, error) {
	return referralHref(c), referral.LetGo(c.tx, c.me, c.id("id"), c.text("words"))
}

// introductionOf finds what a promise is about, where that is an introduction.
func (c *call) introductionOf(promise referral.Referral, err error) (string, error) {
	if errors.Is(err, problem.NotFound) {
		return "", nil
	}
	return PathOf(promise.Thing()), err
}
