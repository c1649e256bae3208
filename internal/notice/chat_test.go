package notice_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/chat"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/seal"
	"github.com/ownward/ownward/internal/testkit"
)

// channel is where notices are posted: it answers with one status after the other, the last one for ever.
type channel struct {
	answers []int
	posted  []string
}

func (c *channel) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	status := c.answers[0]
	if len(c.answers) > 1 {
		c.answers = c.answers[1:]
	}
	if status < 300 {
		c.posted = append(c.posted, r.URL.Path+" "+string(body))
	}
	w.WriteHeader(status)
}

// chatting is a company whose Ines has notices posted to a channel.
type chatting struct {
	testkit.Company
	s       testkit.Store
	channel *channel
	mails   outbox
	runner  *job.Runner
	key     *seal.Key
}

func newChatting(t *testing.T, s testkit.Store, answers ...int) *chatting {
	c := &chatting{Company: testkit.NewCompany(t, s, "weir.example"), s: s, channel: &channel{answers: answers}, key: seal.FromSecret("twenty characters and more")}
	server := httptest.NewTLSServer(c.channel)
	t.Cleanup(server.Close)
	c.runner = job.NewRunner(s.DB, slog.New(slog.DiscardHandler), map[string]job.Do{
		notice.Job: notice.Send(&c.mails, link), notice.ChatJob: notice.Post(chat.PosterBy(testkit.AnyHost(server)), c.key, link),
	})
	testkit.Do(t, s, func(tx *db.Tx) error { return chat.Set(tx, c.Ada, 0, chat.Settings{Allowed: true, Hosts: chat.Usual}) })
	c.keep(t, "/services/T/B/first", notice.Asked, notice.Digest)
	return c
}

func (c *chatting) keep(t *testing.T, path string, kinds ...notice.Kind) {
	in := chat.Input{Service: chat.Slack, Address: "https://hooks.slack.com" + path}
	for _, kind := range kinds {
		in.Kinds = append(in.Kinds, string(kind))
	}
	testkit.Do(t, c.s, func(tx *db.Tx) error { return chat.Keep(tx, c.Ines, c.key, in) })
}

func (c *chatting) tell(t *testing.T, kind notice.Kind) {
	t.Helper()
	testkit.Do(t, c.s, func(tx *db.Tx) error { return notice.Tell(tx, c.Ines.Organisation, c.Ines.Person, kind, ask, "") })
	c.run(t)
}

func (c *chatting) run(t *testing.T) {
	t.Helper()
	if _, err := c.runner.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.s.Clock.Move(20 * time.Second)
}

func TestANoticeIsPostedToo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := newChatting(t, s, 500, 429, 200)
		c.tell(t, notice.Asked)
		if len(c.channel.posted) != 0 || len(c.mails.sent) != 1 {
			t.Fatalf("posted %v, mailed %d", c.channel.posted, len(c.mails.sent))
		}
		for range 3 {
			c.run(t)
		}
		if len(c.channel.posted) != 1 || len(c.mails.sent) != 1 {
			t.Fatalf("after two failures posted %v, mailed %d, want one each", c.channel.posted, len(c.mails.sent))
		}
		if got := c.channel.posted[0]; !strings.HasPrefix(got, "/services/T/B/first ") || !strings.Contains(got, "You were asked something in Ownward.") || !strings.Contains(got, link(ask)) {
			t.Errorf("posted %s", got)
		}
		c.tell(t, notice.Shared) // by mail alone
		testkit.Do(t, s, func(tx *db.Tx) error { return notice.Choose(tx, c.Ines, nil) })
		c.s.Clock.Move(2 * time.Hour)
		c.tell(t, notice.Asked) // there alone
		c.tell(t, notice.Shared)
		if len(c.channel.posted) != 2 || len(c.mails.sent) != 2 {
			t.Errorf("posted %d, mailed %d, want two each", len(c.channel.posted), len(c.mails.sent))
		}
	})
}

func TestAnAddressThatIsNoMoreIsMarkedAndItsPersonTold(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := newChatting(t, s, 410, 200)
		c.tell(t, notice.Asked)
		c.run(t)
		if n := len(c.mails.sent); n != 2 || !strings.Contains(c.mails.sent[1].Subject, "do not arrive any more") {
			t.Fatalf("mailed %v", c.mails.sent)
		}
		place := testkit.Read(t, s, func(tx *db.Tx) (chat.Place, error) { return chat.Mine(tx, c.Ines) })
		if place.GoneAt.IsZero() || place.Failure == "" {
			t.Errorf("the place is %+v", place)
		}
		c.s.Clock.Move(2 * time.Hour)
		c.tell(t, notice.Asked)
		if len(c.channel.posted) != 0 {
			t.Errorf("posted to an address that is no more: %v", c.channel.posted)
		}
		if err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return notice.TryChat(tx, c.Ines) }); err == nil {
			t.Error("a test is sent there")
		}
		c.keep(t, "/services/T/B/second", notice.Due)
		testkit.Do(t, s, func(tx *db.Tx) error { return notice.TryChat(tx, c.Ines) })
		c.run(t)
		if len(c.channel.posted) != 1 || !strings.HasPrefix(c.channel.posted[0], "/services/T/B/second ") || !strings.Contains(c.channel.posted[0], "This is a test") {
			t.Errorf("posted %v, want a test to the new address", c.channel.posted)
		}
	})
}

func TestNothingIsPostedThatIsStaleOrOfSomebodyWhoLeft(t *testing.T) {
	s := testkit.SQLite(t)
	c := newChatting(t, s, 503)
	c.tell(t, notice.Asked)
	c.channel.answers = []int{200}
	s.Clock.Move(25 * time.Hour)
	c.run(t)
	if len(c.channel.posted) != 0 {
		t.Errorf("a day late it was posted: %v", c.channel.posted)
	}
	testkit.Do(t, s, func(tx *db.Tx) error {
		return notice.Tell(tx, c.Ines.Organisation, c.Ines.Person, notice.Asked, ask, "")
	})
	testkit.Do(t, s, func(tx *db.Tx) error { return leave(tx, c.Company) })
	c.run(t)
	if len(c.channel.posted) != 0 {
		t.Errorf("posted to who has left: %v", c.channel.posted)
	}
}
