package web

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
)

// What two write at once reaches both pages as it is typed: each page sends what was typed as a small
// form, and holds one answer open on which the server writes what came since (Server-Sent Events).
// Each time something came, it is looked up in the name of the one who listens: nothing reaches a page
// that could not be read on it at that moment, and where the lookup fails the line ends.

const (
	mostTyped   = 256 << 10        // bytes of one change as it is sent
	mostLines   = 8                // that one person holds open; a new one ends the oldest
	mostOpen    = 4000             // in one copy of the program
	lookAgain   = 15 * time.Second // at the latest it is looked up again whether the line may stand
	lineWriting = 30 * time.Second // that one writing to a line may take
)

// lines are the open answers of this copy of the program.
type openLines struct {
	mu   sync.Mutex
	of   map[db.ID][]*line
	open int
}

// line is one open answer.
type line struct{ end context.CancelFunc }

// begin notes a line of a person's; stop ends it.
func (l *openLines) begin(person db.ID, one *line) (stop func(), err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open >= mostOpen {
		return nil, problem.TooMany("Very many pages are open at once. Yours keeps what you type, and tries again.")
	}
	if l.of == nil {
		l.of = map[db.ID][]*line{}
	}
	if mine := l.of[person]; len(mine) >= mostLines {
		mine[0].end()
	}
	l.of[person] = append(l.of[person], one)
	l.open++
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.open--
		kept := l.of[person][:0]
		for _, each := range l.of[person] {
			if each != one {
				kept = append(kept, each)
			}
		}
		if l.of[person] = kept; len(kept) == 0 {
			delete(l.of, person)
		}
	}, nil
}

// news is what a page does not have yet.
type news struct {
	Texts  map[conversation.TextKind][]conversation.Typed `json:"texts,omitempty"`
	goesOn bool                                           // something can still come
	person db.ID
}

// has is what a page has of each text, by its revision.
type has map[conversation.TextKind]int64

func (h has) note(n news) {
	for kind, since := range n.Texts {
		h[kind] = since[len(since)-1].Revision
	}
}

// followConversation tells a page what was typed since the revisions that it has: once, or for as long
// as it listens where it asks for a stream of events.
func (s *Server) followConversation(w http.ResponseWriter, r *http.Request) error {
	r.Form, r.PostForm = r.URL.Query(), url.Values{}
	page := has{}
	for _, kind := range []conversation.TextKind{conversation.Notes, conversation.Private} {
		if revision, err := strconv.ParseInt(r.FormValue(string(kind)), 10, 64); err == nil && revision >= 0 {
			page[kind] = revision
		}
	}
	if !strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
		found, err := s.newsOf(r, page)
		if err != nil {
			return err
		}
		return writeJSON(w, http.StatusOK, found)
	}
	return s.stream(w, r, page)
}

func (s *Server) newsOf(r *http.Request, page has) (news, error) {
	return db.Read(r.Context(), s.DB, func(tx *db.Tx) (news, error) {
		c, err := s.newCall(tx, r, Sides)
		if err != nil {
			return news{}, err
		}
		one, err := conversation.ByID(tx, c.me, c.id("id"))
		if err != nil {
			return news{}, err
		}
		texts, err := conversation.Since(tx, c.me, one.ID, page, r.FormValue("site"))
		goesOn := !c.me.Left && !one.BroughtAlong && one.State != conversation.Cancelled
		return news{Texts: texts, goesOn: goesOn, person: c.me.Person}, err
	})
}

// stream writes news as they come, until the page goes, the line may not stand any more, or the
// server ends.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, page has) error {
	ctx, end := context.WithCancel(r.Context())
	defer end()
	r = r.WithContext(ctx)
	typing, change := conversation.Topics(db.ID(r.PathValue("id")))
	told, stopTold := s.DB.Listen(typing, account.Ended)
	defer stopTold()
	changed, stopChanged := s.DB.Listen(change)
	defer stopChanged()
	first, err := s.newsOf(r, page)
	if err != nil {
		return err
	}
	leave, err := s.lines.begin(first.person, &line{end})
	if err != nil {
		return err
	}
	defer leave()
	out := newEvents(w)
	if err := out.send("news", first); err != nil || !first.goesOn {
		return nil // who does not listen any more needs no answer
	}
	page.note(first)
	look := time.NewTicker(lookAgain)
	defer look.Stop()
	for {
		what := ""
		select {
		case <-ctx.Done():
			return nil
		case <-s.ending:
			return nil
		case <-told:
		case <-changed:
			what = "changed"
		case <-look.C:
			what = "here"
		}
		if !s.tellOn(r, out, page, what) {
			return nil
		}
	}
}

// tellOn looks again, tells what is new, and says whether the line goes on. The event tells that it is
// there still, or that something else of the conversation changed.
func (s *Server) tellOn(r *http.Request, out *events, page has, event string) bool {
	found, err := s.newsOf(r, page)
	if err != nil {
		return false
	}
	if len(found.Texts) > 0 {
		if out.send("news", found) != nil {
			return false
		}
		page.note(found)
	}
	if event != "" && out.send(event, nil) != nil {
		return false
	}
	return found.goesOn
}

// events writes events on an open answer.
type events struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

func newEvents(w http.ResponseWriter) *events {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("No-Gzip-Compression", "yes") // it would be held back; the header goes no further
	h.Set("X-Accel-Buffering", "no")    // asks proxies to pass it on as it comes
	out := &events{w, http.NewResponseController(w)}
	_ = out.control.SetReadDeadline(time.Time{}) // nothing more is read; without a deadline nothing ends it
	w.WriteHeader(http.StatusOK)
	return out
}

// send writes an event and lets it go.
func (e *events) send(name string, content any) error {
	raw, err := json.Marshal(content)
	if err != nil {
		return err
	}
	_ = e.control.SetWriteDeadline(time.Now().Add(lineWriting)) // real time; a writer without deadlines has none to set
	if _, err := fmt.Fprintf(e.w, "event: %s\ndata: %s\n\n", name, raw); err != nil {
		return err
	}
	return e.control.Flush()
}

// typeInConversation takes what was typed on a page, and answers with everything since the revision
// that the page has.
func (s *Server) typeInConversation(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(w, r, mostTyped); err != nil {
		return err
	}
	kind := conversation.TextKind(r.PostFormValue("text"))
	since, err := db.Write(r.Context(), s.DB, func(tx *db.Tx) ([]conversation.Typed, error) {
		c, err := s.newCall(tx, r, Sides)
		if err != nil {
			return nil, err
		}
		in := conversation.TypedInput{Kind: kind, Site: r.PostFormValue("site"), Number: number(r, "number"), Base: number(r, "base")}
		if json.Unmarshal([]byte(r.PostFormValue("change")), &in.Change) != nil {
			return nil, problem.Refused("What was typed arrived in a form that cannot be read. Please load the page again.")
		}
		return conversation.Type(tx, c.me, c.id("id"), in)
	})
	if form, status, told := formOf(nil, err); told { // the page keeps it, and says why
		return writeJSON(w, status, untaken{cmp.Or(form.Message, message(err))})
	}
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, news{Texts: map[conversation.TextKind][]conversation.Typed{kind: since}})
}

// number is a field that holds a number; -1 where it holds none.
func number(r *http.Request, name string) int64 {
	n, err := strconv.ParseInt(r.PostFormValue(name), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// untaken is why something typed was not taken.
type untaken struct {
	Message string `json:"message"`
}

func writeJSON(w http.ResponseWriter, status int, content any) error {
	raw, err := json.Marshal(content)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(raw) // who does not listen any more needs no answer
	return nil
}
