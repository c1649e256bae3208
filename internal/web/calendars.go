package web

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// calendars is the page of what of Ownward stands in a person's own calendars.
type calendars struct {
	May     bool // who has left only reads
	Wanted  Field
	Address string // of the feed: told only to the browser that has just made it
	Since   time.Time
	NoMail  bool // no mail server is set
}

var calendarsPage = declare[calendars]("calendars.html")

const (
	calendarsPath = "/you/calendars"
	feedPath      = "/feed/"
	feedCookie    = "ownward-feed"
)

var (
	saidOnCalendar  = says("Conversations come into your calendar by mail.")
	saidOffCalendar = says("No more invitations. What stands in your calendar stays there until it changes.")
	saidFeedMade    = says("The address is made.")
	saidFeedEnded   = says("The address is ended: it opens nothing any more.")
)

// showCalendars shows what of Ownward stands in the actor's own calendars.
func showCalendars(c *call) (view, error) {
	wanted, err := invitation.Wanted(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := calendars{May: !c.me.Left, NoMail: c.server.MailInLog, Wanted: Field{
		Name: "wanted", Label: "Put my conversations into my calendar", Type: "checkbox",
		Hint: "Once a time is agreed, an invitation comes by mail. It follows when the conversation moves, and goes when it is off.",
	}}
	if wanted {
		main.Wanted.Value = "yes"
	}
	switch main.Since, err = invitation.FeedSince(c.tx, c.me); {
	case errors.Is(err, problem.NotFound):
		main.Since = time.Time{}
	case err != nil:
		return view{}, err
	default:
		main.Since = main.Since.In(c.me.Zone)
	}
	if cookie, err := c.Cookie(feedCookie); err == nil {
		opens, err := invitation.FeedOpens(c.tx, c.me, invitation.Token(cookie.Value))
		if err != nil {
			return view{}, err
		}
		if opens {
			main.Address = c.server.Address + feedPath + cookie.Value + ".ics"
		}
	}
	return calendarsPage.show(c, "Your calendars", "you", main)
}

func chooseInvitations(c *call) (string, error) {
	wanted := c.text("wanted") == "yes"
	c.say(saidOffCalendar)
	if wanted {
		c.say(saidOnCalendar)
	}
	return calendarsPath, invitation.Choose(c.tx, c.me, wanted)
}

// makeFeed makes a new address of the feed in the place of the one before, and tells it to this browser alone.
func makeFeed(c *call) (string, error) {
	token, err := invitation.MakeFeed(c.tx, c.me)
	if err != nil {
		return "", err
	}
	c.tellFeed(string(token), toldFor)
	c.say(saidFeedMade)
	return calendarsPath + "#feed", nil
}

func endFeed(c *call) (string, error) {
	c.tellFeed("", -time.Second)
	c.say(saidFeedEnded)
	return calendarsPath, invitation.EndFeed(c.tx, c.me)
}

func (c *call) tellFeed(token string, lasts time.Duration) {
	c.cookies = append(c.cookies, &http.Cookie{
		Name: feedCookie, Value: token, Path: calendarsPath, MaxAge: int(lasts / time.Second),
		HttpOnly: true, Secure: c.server.Secure, SameSite: http.SameSiteStrictMode,
	})
}

// readFeed is what a calendar program reads, without a session. Whoever guesses at addresses is stopped; each address is
// read as often as any program wants to, and no more.
func readFeed(c *call) (view, error) {
	token, ics := strings.CutSuffix(c.PathValue("file"), ".ics")
	if !ics {
		return view{}, problem.NotFound
	}
	me, err := invitation.FeedReader(c.tx, invitation.Token(token))
	if errors.Is(err, problem.NotFound) {
		if often := c.notTooOften(); often != nil {
			return view{}, often
		}
	}
	if err != nil {
		return view{}, err
	}
	if !c.server.limits.allow(asClient(token), c.tx.Now()) {
		return view{}, problem.TooMany("This address was read very often in a short time. Once in some minutes is enough.")
	}
	content, err := invitation.Feed(c.tx, me, func(thing event.Thing) string { return c.server.Address + PathOf(thing) })
	if err != nil {
		return view{}, err
	}
	sum := sha256.Sum256(content)
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	header := http.Header{"Etag": {tag}, "Cache-Control": {"private, no-cache"}, "X-Robots-Tag": {"noindex"}}
	if sameTag(c.Header.Get("If-None-Match"), tag) {
		return view{raw: []byte{}, status: http.StatusNotModified, header: header}, nil
	}
	header["Content-Type"] = []string{"text/calendar; charset=utf-8"}
	header["Content-Disposition"] = []string{`inline; filename="ownward.ics"`}
	return view{raw: content, header: header}, nil
}

// asClient makes a feed count as one client, from wherever it is read.
func asClient(token string) netip.Addr {
	sum := sha256.Sum256([]byte(token))
	return netip.AddrFrom16([16]byte(sum[:16]))
}

func sameTag(wanted, tag string) bool {
	for each := range strings.SplitSeq(wanted, ",") {
		if each = strings.TrimPrefix(strings.TrimSpace(each), "W/"); each == tag || each == "*" {
			return true
		}
	}
	return false
}

// readFromCalendars says what the two answered in their calendars to the time that stands.
func (m *oneConversation) readFromCalendars(c *call, one conversation.Conversation) error {
	if !one.Open() {
		return nil
	}
	said, err := invitation.Answers(c.tx, c.me, one.ID)
	if err != nil {
		return err
	}
	for _, side := range []org.Party{one.Owner, one.Partner} {
		answer := said[cmp.Or(side.Person, side.Contact)]
		if answer.Says == invitation.Nothing {
			continue
		}
		if !answer.Proposes.At.IsZero() {
			m.Counter = &proposedTime{
				Sentence: side.Name + " proposes another time in the calendar: " + c.moment(answer.Proposes.At) + ", " + strconv.FormatInt(answer.Proposes.Minutes, 10) + " minutes.",
				Day:      answer.Proposes.At.In(c.me.Zone).Format(time.DateOnly), Time: answer.Proposes.At.In(c.me.Zone).Format("15:04"), Minutes: answer.Proposes.Minutes,
			}
			continue
		}
		sentence := side.Name + " answered in the calendar: " + string(answer.Says) + "."
		if side.Is(c.me) {
			sentence = "You answered in your calendar: " + string(answer.Says) + "."
		}
		if answer.Says == invitation.No {
			sentence += " Another time can be proposed here."
		}
		m.FromCalendars = append(m.FromCalendars, sentence)
	}
	return nil
}

// proposedTime is a time that a contact's calendar proposes, as the form that moves a conversation takes it.
type proposedTime struct {
	Sentence, Day, Time string
	Minutes             int64
}

// inviteContact keeps the conversations with a contact in the contact's calendar, or takes them out.
func inviteContact(c *call) (string, error) {
	err := invitation.InviteContact(c.tx, c.me, c.id("id"), c.text("wanted") == "yes")
	return conversationHref(c.id("id")) + "#link", err
}
