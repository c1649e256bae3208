package bench

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// How two write at once is measured: so many conversations are open on both sides; in a quarter of them
// at a time somebody types, five letters a second, as people do in bursts.
const (
	openTalks  = 200
	burst      = 4 * time.Second
	eachLetter = 200 * time.Millisecond
)

// talk is a conversation that is open in two browsers.
type talk struct {
	path           string
	typist, reader string // the tokens of their sessions
	mu             sync.Mutex
	pressed        []time.Time // letters that have not arrived yet
	took           []time.Duration
}

// notes measures how long a letter takes from one browser to the other.
func (b *Bench) notes(ctx context.Context) error {
	talks, err := b.talks(ctx)
	if err != nil {
		return err
	}
	p, _, err := b.launch(ctx, talks[0].typist)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	line := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2 * openTalks, DisableCompression: true}}
	var open, typing sync.WaitGroup
	failures := make(chan error, 2*openTalks)
	open.Add(openTalks)
	for _, t := range talks {
		go func() { failures <- t.listen(ctx, line, p.address, &open) }()
	}
	open.Wait()
	for i, t := range talks {
		typing.Go(func() {
			time.Sleep(time.Duration(i%4)*burst + time.Duration(i)*eachLetter/openTalks)
			if err := t.types(ctx, line, p.address); err != nil {
				failures <- err
			}
		})
	}
	typing.Wait()
	time.Sleep(time.Second) // the last letters are on their way
	memory := p.memory()
	if err := p.stop(); err != nil { // lines that are open end with it
		return err
	}
	var took []time.Duration
	for _, t := range talks {
		if err := <-failures; err != nil {
			return err
		}
		if len(t.pressed) > 0 {
			return fmt.Errorf("%d letters did not arrive", len(t.pressed))
		}
		took = append(took, t.took...)
	}
	slices.Sort(took)
	b.say(fmt.Sprintf("a letter to the other browser, %d open conversations", openTalks), "p50 %.0f ms, p95 %.0f ms (%d letters; the server at %.0f MB)",
		ms(took, .5), ms(took, .95), len(took), memory)
	return nil
}

// talks makes the conversations, each of two people who are signed in.
func (b *Bench) talks(ctx context.Context) (talks []*talk, err error) {
	store, err := b.config().OpenStore(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return db.Write(ctx, store, func(tx *db.Tx) ([]*talk, error) {
		organisation, err := db.One(tx, db.Scanned[db.ID], "select organisation_id from people where email = $1", "p1@bench.example")
		if err != nil {
			return nil, err
		}
		people, err := db.List(tx, db.Scanned[db.ID], "select id from people where organisation_id = $1 order by id limit $2", organisation, 2*openTalks)
		if err != nil {
			return nil, err
		}
		var all []*talk
		for i := 0; i+1 < len(people); i += 2 {
			t, err := newTalk(tx, organisation, people[i], people[i+1])
			if err != nil {
				return nil, err
			}
			all = append(all, t)
		}
		return all, nil
	})
}

func newTalk(tx *db.Tx, organisation, one, other db.ID) (*talk, error) {
	me, err := org.UnscopedActor(tx, organisation, one)
	if err != nil {
		return nil, err
	}
	them, err := org.UnscopedActor(tx, organisation, other)
	if err != nil {
		return nil, err
	}
	c, err := conversation.Request(tx, me, conversation.Input{With: them.Self(), Kind: conversation.Sprint, Time: conversation.Time{At: tx.Now().Add(time.Hour), Minutes: 20}})
	if err != nil {
		return nil, err
	}
	if _, err = conversation.Accept(tx, them, c.ID, c.Revision); err != nil {
		return nil, err
	}
	mine, err := account.UnscopedSignIn(tx, organisation, one, "bench")
	if err != nil {
		return nil, err
	}
	theirs, err := account.UnscopedSignIn(tx, organisation, other, "bench")
	// Of two in one reporting line the manager is the partner, whoever asked: the pages are named so.
	t := &talk{path: "/conversations/" + string(c.ID) + "/live", typist: string(mine), reader: string(theirs)}
	if c.Owner.Person != one {
		t.typist, t.reader = t.reader, t.typist
	}
	return t, err
}

func (t *talk) ask(ctx context.Context, method, to, token string, form url.Values) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, method, to, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	r.AddCookie(&http.Cookie{Name: "ownward", Value: token})
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r, nil
}

// listen is the browser of the one who reads.
func (t *talk) listen(ctx context.Context, line *http.Client, address string, open *sync.WaitGroup) error {
	opened := sync.OnceFunc(open.Done)
	defer opened()
	r, err := t.ask(ctx, http.MethodGet, address+t.path+"?notes=0", t.reader, nil)
	if err != nil {
		return err
	}
	r.Header.Set("Accept", "text/event-stream")
	answer, err := line.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the line is answered with status %d", answer.StatusCode)
	}
	for events := bufio.NewScanner(answer.Body); events.Scan(); {
		raw, is := strings.CutPrefix(events.Text(), "data: {")
		if !is {
			continue
		}
		opened()
		var news struct {
			Texts map[string][]conversation.Typed
		}
		if err := json.Unmarshal([]byte("{"+raw), &news); err != nil {
			return err
		}
		for _, typed := range news.Texts["notes"] {
			t.arrived(len(typed.Change.Words()))
		}
	}
	return nil // the server has ended
}

func (t *talk) arrived(letters int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, at := range t.pressed[:letters] {
		t.took = append(t.took, time.Since(at))
	}
	t.pressed = t.pressed[letters:]
}

// types is the browser of the one who types: one change is under way at a time, and what is typed
// meanwhile goes with the next.
func (t *talk) types(ctx context.Context, line *http.Client, address string) error {
	letters := make(chan struct{}, 100)
	go func() {
		defer close(letters)
		for range int(burst / eachLetter) {
			t.mu.Lock()
			t.pressed = append(t.pressed, time.Now())
			t.mu.Unlock()
			letters <- struct{}{}
			time.Sleep(eachLetter)
		}
	}()
	for number, length := 1, 0; ; number++ {
		n := 0
		if _, open := <-letters; !open {
			return nil
		}
		for n = 1; len(letters) > 0; n++ {
			<-letters
		}
		change := strconv.Quote(strings.Repeat("x", n)) + "]"
		if length > 0 {
			change = strconv.Itoa(length) + "," + change
		}
		r, err := t.ask(ctx, http.MethodPost, address+t.path, t.typist, url.Values{
			"text": {"notes"}, "site": {"o-aaaaaaaa"}, "number": {strconv.Itoa(number)}, "base": {strconv.Itoa(number - 1)}, "change": {"[" + change},
		})
		if err != nil {
			return err
		}
		answer, err := line.Do(r)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK {
			return fmt.Errorf("a letter is answered with status %d: %s, %w", answer.StatusCode, body, err)
		}
		length += n
	}
}
