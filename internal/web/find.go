package web

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/find"
)

// answerFound is one answer to a search: palette.js reads it.
type answerFound struct {
	Title string `json:"title"`
	Kind  string `json:"kind"`
	Href  string `json:"href"`
}

const mostOfAKind = 6 // of a kind

// kindsFound are what the kinds of things are called beside what was found.
var kindsFound = map[string]string{
	"person": "person", "contact": "contact", "goal": "goal", "skill": "skill", "win": "win", "ask": "ask", "commitment": "promise",
	"conversation": "conversation", "cadence": "year of conversations", "asking": "question you asked", "question card": "question", "story": "story", "proposal": "proposal", "comment": "comment", "copy": "copy of a plan", "counsel": "counsel", "relationship": "matters to you",
}

// findable are pages to which the navigation does not lead by itself.
var findable = []struct {
	answerFound
	access Access
}{
	{answerFound{"Keep a win", "page", "/wins/new"}, Member},
	{answerFound{"Write down a goal", "page", "/goals/new"}, Member},
	{answerFound{"Your skills", "page", "/skills"}, Member},
	{answerFound{"Share your plan", "page", "/plan/share"}, Member},
	{answerFound{"Earlier versions of your plan", "page", "/plan/versions"}, Member},
	{answerFound{"Your stories", "page", "/stories"}, Member},
	{answerFound{"Look back on a time", "page", "/timeline"}, Member},
	{answerFound{"Prepare an ask", "page", "/asks/new"}, Colleague},
	{answerFound{"Write down a promise", "page", "/promises/new"}, Colleague},
	{answerFound{"Promises that are settled", "page", "/promises/settled"}, Member},
	{answerFound{"Introductions, owed and promised", "page", "/referrals"}, Member},
	{answerFound{"Introduce somebody", "page", "/referrals/new"}, Colleague},
	{answerFound{"Ask for a conversation", "page", "/conversations/new"}, Colleague},
	{answerFound{"The year of conversations", "page", "/cadences"}, Member},
	{answerFound{"Lay out a year", "page", "/cadences/new"}, Colleague},
	{answerFound{"Dates that matter", "page", "/dates"}, Member},
	{answerFound{"Your time: hours, holidays, calendars that are read", "page", "/you/time"}, Member},
	{answerFound{"Your calendars: invitations and an address", "page", "/you/calendars"}, Member},
	{answerFound{"Questions you asked", "page", "/askings"}, Member},
	{answerFound{"Your contacts", "page", "/contacts"}, Member},
	{answerFound{"Counsel: what others advised you", "page", "/counsel"}, Member},
	{answerFound{"Write down some counsel", "page", "/counsel/new"}, Colleague},
	{answerFound{"People who matter to you", "page", "/relationships"}, Member},
	{answerFound{"Programmes: what is offered", "page", "/programmes"}, Colleague},
	{answerFound{"What you take part in", "page", "/taking-part"}, Member},
	{answerFound{"Find a mentor", "page", "/mentors"}, Colleague},
	{answerFound{"What you offer as a mentor", "page", "/mentors/profile"}, Member},
	{answerFound{"What you asked a mentor", "page", "/mentor-requests"}, Member},
	{answerFound{"Your mentors and mentees", "page", "/mentorships"}, Member},
	{answerFound{"You and your account: addresses, mails, time zone, what is yours", "page", "/you"}, Account},
	{answerFound{"Bring something along", "page", "/you/import"}, Member},
	{answerFound{"Delete my account", "page", "/you/delete"}, Account},
	{answerFound{"People to look after", "page", "/organisation/people"}, Administrator},
	{answerFound{"Public holidays of the organisation", "page", "/organisation/holidays"}, Administrator},
	{answerFound{"A rhythm of conversations to suggest", "page", "/organisation/rhythm"}, Administrator},
	{answerFound{"Bring in people from a file", "page", "/organisation/import"}, Administrator},
}

// findAnything answers what the visitor may see and what holds the words, as JSON for the
// palette. The words stand nowhere afterwards.
func findAnything(c *call) (view, error) {
	words := db.WordsIn(c.FormValue("q"))
	things, err := find.Holding(c.tx, c.me, words, mostOfAKind)
	if err != nil {
		return view{}, err
	}
	all := []answerFound{}
	for _, page := range findable {
		if c.admit(page.access) == nil && len(words) > 0 && words.In(page.Title) && !(page.access == Administrator && c.who.Alone) {
			all = append(all, page.answerFound)
		}
	}
	for _, n := range things {
		all = append(all, answerFound{c.foundTitle(n), kindsFound[n.Thing.Kind], PathOf(n.Thing)})
	}
	if len(words) > 0 && !c.me.Left {
		for _, card := range c.server.Questions.Find(words, mostOfAKind) {
			all = append(all, answerFound{card.Title(), "question", questionHref(card.ID)})
		}
	}
	begins := func(f answerFound) int {
		if len(words) > 0 && strings.HasPrefix(strings.ToLower(f.Title), strings.ToLower(words[0])) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b answerFound) int { return cmp.Compare(begins(a), begins(b)) })
	content, err := json.Marshal(all)
	return view{raw: content, header: http.Header{"Content-Type": {"application/json"}}}, err
}

// foundTitle is the beginning of what a thing says, in one line.
func (c *call) foundTitle(n event.Named) string {
	title := strings.Join(strings.Fields(n.Name), " ")
	const most = 100
	if letters := []rune(title); len(letters) > most {
		title = strings.TrimSpace(string(letters[:most])) + "…"
	}
	if !n.At.IsZero() {
		title += ", " + day(c.dayOf(n.At), c.today())
	}
	return title
}
