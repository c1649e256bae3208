package invitation

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/calendar"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// Token is the secret part of the address of a feed: whoever has it can read when its owner has what, and nothing more.
type Token string

func (t Token) hash() string {
	sum := sha256.Sum256([]byte(t))
	return hex.EncodeToString(sum[:])
}

// MakeFeed makes the address under which calendar programs read what is coming for the actor. The one before, if there
// was one, opens nothing from then on. The token is told this once.
func MakeFeed(tx *db.Tx, me org.Actor) (Token, error) {
	if me.Left || me.Person == "" {
		return "", problem.NotFound
	}
	if err := EndFeed(tx, me); err != nil {
		return "", err
	}
	var secret [32]byte
	if _, err := rand.Read(secret[:]); err != nil {
		panic(err) // crypto/rand never fails on the systems that Go runs on
	}
	token := Token(base64.RawURLEncoding.EncodeToString(secret[:]))
	_, err := tx.Exec("insert into calendar_feeds (organisation_id, person_id, token_hash, made_at) values ($1, $2, $3, $4)",
		me.Organisation, me.Person, token.hash(), tx.Now())
	return token, err
}

// EndFeed ends the actor's feed, if there is one: its address opens nothing any more.
func EndFeed(tx *db.Tx, me org.Actor) error {
	_, err := tx.Exec("delete from calendar_feeds where organisation_id = $1 and person_id = $2", me.Organisation, me.Person)
	return err
}

// FeedSince is when the address of the actor's feed was made. problem.NotFound: there is none.
func FeedSince(tx *db.Tx, me org.Actor) (at time.Time, err error) {
	err = tx.Get("select made_at from calendar_feeds where organisation_id = $1 and person_id = $2", me.Organisation, me.Person).Scan(&at)
	return at, err
}

// FeedOpens tells whether the token opens the actor's feed.
func FeedOpens(tx *db.Tx, me org.Actor, token Token) (bool, error) {
	var n int64
	err := tx.Get("select count(*) from calendar_feeds where organisation_id = $1 and person_id = $2 and token_hash = $3",
		me.Organisation, me.Person, token.hash()).Scan(&n)
	return n == 1, err
}

// FeedReader is the actor whose feed the token opens. It must only ever be given to Feed.
//
// Errors: problem.NotFound, also for somebody who has left.
func FeedReader(tx *db.Tx, token Token) (org.Actor, error) {
	var organisation, person db.ID
	err := tx.Get("select organisation_id, person_id from calendar_feeds where token_hash = $1", token.hash()).Scan(&organisation, &person)
	if err != nil {
		return org.Actor{}, err
	}
	me, err := org.UnscopedActor(tx, organisation, person)
	if err == nil && me.Left {
		return org.Actor{}, problem.NotFound
	}
	return me, err
}

const (
	mostInFeed  = 300 // of each kind
	feedAhead   = 2   // years
	feedRefresh = 6 * time.Hour
)

// Feed is what is coming for the actor, as a calendar: conversations, days on which something is due, and days to look
// back. It says what kind of thing it is and where its page is, in words of ours alone. As long as nothing changes, its
// bytes stay the same.
func Feed(tx *db.Tx, me org.Actor, link func(event.Thing) string) ([]byte, error) {
	f := feed{link: link, today: civil.In(tx.Now(), me.Zone)}
	for _, part := range []func(*db.Tx, org.Actor) error{f.conversations, f.promises, f.plan, f.asks} {
		if err := part(tx, me); err != nil {
			return nil, err
		}
	}
	return calendar.Written{Method: calendar.Publish, Name: "Ownward", Refresh: feedRefresh, Entries: f.entries}.Bytes(), nil
}

// feed is a feed in the making.
type feed struct {
	entries []calendar.Entry
	link    func(event.Thing) string
	today   civil.Date
}

func (f *feed) conversations(tx *db.Tx, me org.Actor) error {
	coming, err := conversation.Coming(tx, me)
	for _, c := range coming {
		e := calendar.Entry{
			UID: string(c.ID) + "-talk@ownward", Sequence: c.Revision - 1, Stamp: c.CreatedAt,
			Start: c.At, End: c.EndsAt(), Zone: me.Zone, Summary: Summary, Status: calendar.Confirmed, Private: true,
		}
		if c.State == conversation.Requested {
			e.Summary, e.Status = Summary+" (the time waits for a yes)", calendar.Tentative
		}
		f.add(e, c.Thing())
	}
	return err
}

func (f *feed) promises(tx *db.Tx, me org.Actor) error {
	standing, err := commitment.AllStanding(tx, me, mostInFeed)
	for _, c := range standing {
		if c.State != commitment.Open || c.BroughtAlong {
			continue
		}
		due := "A promise to you is due"
		if c.By.Is(me) {
			due = "A promise of yours is due"
		}
		if c.SaidDoneAt.IsZero() {
			f.day(c.Thing(), "due", due, c.Due, c.CreatedAt)
		}
		f.day(c.Thing(), "check-in", "Look back on a promise", c.CheckIn, c.CreatedAt)
	}
	return err
}

func (f *feed) plan(tx *db.Tx, me org.Actor) error {
	goals, err := plan.OpenGoals(tx, me, mostInFeed)
	if err != nil {
		return err
	}
	for _, g := range goals {
		thing := event.Thing{Kind: "goal", ID: g.ID}
		f.day(thing, "due", "A goal is due", g.Due, g.CreatedAt)
		f.day(thing, "review", "A goal to look at again", g.NextReview(f.today), g.CreatedAt)
	}
	steps, err := plan.StepsDue(tx, me, f.today.AddMonths(12*feedAhead), mostInFeed)
	for _, s := range steps {
		f.day(event.Thing{Kind: "step", ID: s.ID}, "due", "A step is due", s.Due, time.Time{})
	}
	return err
}

func (f *feed) asks(tx *db.Tx, me org.Actor) error {
	motion, err := ask.InMotion(tx, me)
	for _, a := range motion.ComingBack {
		f.day(a.Thing(), "back", "An ask comes back", a.ComesBackOn, time.Time{})
	}
	return err
}

// day adds something that stands on a day: today's or one to come.
func (f *feed) day(thing event.Thing, what, summary string, on civil.Date, stamp time.Time) {
	if on.IsZero() || on.Before(f.today.AddDays(-30)) || on.After(f.today.AddMonths(12*feedAhead)) {
		return
	}
	f.add(calendar.Entry{UID: string(thing.ID) + "-" + what + "@ownward", Stamp: stamp, Day: on, Summary: summary, Free: true, Private: true}, thing)
}

func (f *feed) add(e calendar.Entry, thing event.Thing) {
	if e.Stamp.IsZero() {
		e.Stamp = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC) // there is no telling; it must stay the same
	}
	e.Link = f.link(thing)
	e.Description = "It stands here, behind your sign-in:\n" + e.Link
	f.entries = append(f.entries, e)
}
