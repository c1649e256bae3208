package web

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/referral"
)

// referrals is the page of all introductions that the visitor has a part in.
type referrals struct {
	Asked, Owed, Coming, Made, Ended []referralRow
	Pager                            Pager
	Left                             bool
	Empty                            Empty
}

// referralRow is an introduction in a list.
type referralRow struct {
	Href, Words, Note string
	Own               bool // the words are somebody's own
	Day               civil.Date
	Late              bool
}

var referralsPage = declare[referrals]("referrals.html")

const endedOnAPage = 50

func listReferrals(c *call) (view, error) {
	all, err := referral.Standing(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	before := c.id("before")
	ended, err := referral.Ended(c.tx, c.me, before, endedOnAPage+1)
	if err != nil {
		return view{}, err
	}
	main := referrals{Left: c.me.Left}
	for _, r := range all {
		row, list := c.referralRow(r), &main.Coming
		switch {
		case r.State == referral.Introduced:
			list = &main.Made
		case r.Third.Is(c.me):
			list = &main.Asked
		case r.By.Is(c.me):
			list = &main.Owed
		}
		*list = append(*list, row)
	}
	if len(ended) > endedOnAPage {
		ended = ended[:endedOnAPage]
		main.Pager.Older = "/referrals?before=" + string(ended[endedOnAPage-1].ID)
	}
	if before != "" {
		main.Pager.Newer = "/referrals"
	}
	for _, r := range ended {
		main.Ended = append(main.Ended, c.referralRow(r))
	}
	if len(all)+len(ended) == 0 {
		main.Empty = Empty{Text: "When you are not the right one to help, you may know who is. An introduction that is promised stands here until it is made."}
	}
	return referralsPage.show(c, "Introductions", "promises", main)
}

func (c *call) referralRow(r referral.Referral) referralRow {
	row := referralRow{Href: PathOf(r.Thing()), Words: or(r.Need, "An introduction"), Own: r.Need != "", Day: r.Due, Note: referralState(r, c.me)}
	if !r.By.Is(c.me) && !r.For.Is(c.me) { // the third
		row.Href, row.Words, row.Day, row.Own = PathOf(r.ForThird()), r.By.Name+" introduces you to "+r.For.Name, civil.Date{}, false
		return row
	}
	who := called(r.For, c.me)
	if r.For.Is(c.me) {
		who = "by " + r.By.Name
	} else {
		who = "for " + who
	}
	row.Note = who + " · " + row.Note
	row.Late = r.By.Is(c.me) && r.Promised() && r.State != referral.Introduced && r.State != referral.Closed && r.Due.Before(c.today())
	switch r.State {
	case referral.Introduced:
		row.Day = r.FollowOn
	case referral.Closed:
		row.Day = civil.In(r.EndedAt, c.zone())
	}
	return row
}

// referralState says where an introduction stands, for whoever reads it.
func referralState(r referral.Referral, me org.Actor) string {
	third := called(r.Third, me)
	switch r.State {
	case referral.Offered:
		return "to " + third + ": waits for " + whose(r.For, me) + " word"
	case referral.Asked:
		return third + waitsFor(r.Third, me)
	case referral.Agreed:
		return "both agree: to be written by " + called(r.By, me)
	case referral.Introduced:
		return "introduced"
	case referral.Closed:
		if !r.IntroducedAt.IsZero() {
			return "introduced"
		}
		return "ended"
	}
	if !r.Promised() {
		return "waits for " + whose(r.By, me) + " yes"
	}
	return "somebody is still to be found"
}

func whose(p org.Party, me org.Actor) string {
	if p.Is(me) {
		return "your"
	}
	return p.Name + "’s"
}

func waitsFor(p org.Party, me org.Actor) string {
	if p.Is(me) {
		return " are asked"
	}
	return " is asked"
}

// newReferralForm promises an introduction.
type newReferralForm struct {
	Origin                  string
	From                    onward
	For, Named, Need        Field
	Third, ThirdNamed, Told Field
	Due                     Field
	Search                  thirdSearch
	Seen                    Seen
	Back                    string
}

var newReferralPage = declare[newReferralForm]("referral-new.html", "referral-parts.html")

const thirdLater = "later"

func newReferral(c *call) (view, error) {
	from, err := c.cameFrom(c.origin())
	if err != nil {
		return view{}, err
	}
	main := newReferralForm{Origin: c.text("origin"), From: from, Back: "/referrals", Seen: Seen{Text: "you and them; whoever is to be met, only once they have agreed to the words", Shared: true}}
	people, err := c.parties(c.text("for"))
	if err != nil {
		return view{}, err
	}
	helped := slices.DeleteFunc(slices.Clone(people), func(o Option) bool {
		return o.Value == somebodyOutside || strings.HasPrefix(o.Value, "contact:")
	})
	main.For = c.form.field(Field{Name: "for", Label: "Who is to be helped", Type: "select", Options: helped, Required: true}, c.text("for"))
	main.Named = c.form.field(Field{Name: "named", Label: "Their name", Type: "own", Hint: "Only for somebody who is not in the list."}, "")
	main.Need = c.form.field(Field{Name: "need", Label: "With what", Type: "own", Required: true, Hint: "In a line: how the night desk is run, the first talk in public. It stays between you two."}, "")
	if people, err = c.partiesWith(people, c.text("third")); err != nil {
		return view{}, err
	}
	main.Third, main.ThirdNamed, main.Told = c.thirdFields(c.form, people, c.text("third"), "")
	if main.Search, err = c.searchThird("/referrals/new", url.Values{"for": {c.text("for")}, "origin": {main.Origin}}); err != nil {
		return view{}, err
	}
	main.Due = c.form.field(Field{Name: "due", Label: "By when", Type: "date", Required: true, Hint: "It stands with your promises until the introduction is made."}, c.today().AddDays(14).String())
	return newReferralPage.show(c, "An introduction", "promises", main)
}

// thirdFields are who is to be met, and what they are told.
func (c *call) thirdFields(form Form, people []Option, third, told string) (who, named, words Field) {
	options := append([]Option{{Value: thirdLater, Label: "Still to be found"}}, people...)
	who = form.field(Field{Name: "third", Label: "Who can help better", Type: "select", Options: options}, or(third, thirdLater))
	named = form.field(Field{Name: "third_named", Label: "Their name", Type: "own", Hint: "Only for somebody who is not in the list."}, "")
	words = form.field(Field{Name: "told", Label: "What they would be told", Type: "textarea", Rows: 3,
		Hint: "The one who is to be helped reads it first and can change it; it goes out when they agree. Empty: their name, and what it is about."}, told)
	return who, named, words
}

// third is whom the form names: nobody yet, where somebody is still to be found.
func (c *call) third() (org.Party, error) {
	if choice := c.text("third"); choice == thirdLater || choice == "" {
		return org.Party{}, nil
	}
	p, err := c.party("third", "third_named")
	if errors.Is(err, problem.NotFound) {
		err = problem.Invalid{"third": "Please choose somebody from the list."}
	}
	return p, err
}

var saysReferral = says("It stands with your promises until the introduction is made.")

func makeReferral(c *call) (string, error) {
	wrong := problem.Invalid{}
	in := referral.Input{By: c.me.Self(), Need: c.text("need"), Told: c.text("told"), Due: c.day("due", wrong)}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	var err error
	if in.For, err = c.party("for", "named"); errors.Is(err, problem.NotFound) {
		err = problem.Invalid{"for": "Please choose somebody of your organisation."}
	}
	if err != nil {
		return "", err
	}
	if in.Third, err = c.third(); err != nil {
		return "", err
	}
	from := c.origin()
	r, err := referral.Make(c.tx, c.me, from, in)
	c.say(saysReferral)
	return PathOf(r.Thing()), err
}

// thirdSaid is somebody whose name was said: the one person here who is called so, or the name alone.
func (c *call) thirdSaid(name string) (org.Party, error) {
	if name == "" {
		return org.Party{}, nil
	}
	found, err := org.Search(c.tx, c.me, name, org.Place{}, 3)
	same := slices.DeleteFunc(found, func(p org.Person) bool { return org.Fold(p.Name) != org.Fold(name) && p.Email != org.FoldAddress(name) })
	if len(same) == 1 && same[0].ID != c.me.Person {
		return org.Party{Person: same[0].ID, Name: same[0].Name}, err
	}
	return org.Party{Name: name}, err
}

// noteIntroduction notes that somebody here said that they would introduce the visitor: it counts once
// they have said yes.
func (c *call) noteIntroduction(from org.Origin, in commitment.Input) (string, error) {
	third := strings.Join(strings.Fields(c.text("third")), " ")
	r, err := referral.Make(c.tx, c.me, from, referral.Input{
		By: in.By, For: in.To, Third: org.Party{Name: third}, Need: or(c.text("need"), "what came up when we talked"), Due: in.Due,
	})
	return PathOf(r.Thing()), c.became(event.Thing{Kind: "commitment", ID: r.Commitment}, asField(err, "need", "third"))
}
