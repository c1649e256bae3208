package db

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
)

// topics are those who listen here, and what tells the other copies of the program.
type topics struct {
	mu      sync.Mutex
	of      map[string]map[chan struct{}]bool
	copy    string // names this copy of the program
	hearing bool   // others are heard
	end     context.CancelFunc
	ended   chan struct{}
}

// Tell lets everybody who listens to the topic know once the transaction is committed, in every
// copy of the program. A topic holds ids alone: it says that there is something to read, never what.
func (tx *Tx) Tell(topic string) { tx.tell = append(tx.tell, topic) }

// Listen gives a channel that receives after a transaction told the topic. What was told several
// times meanwhile folds into one. Stop ends it.
func (d *DB) Listen(names ...string) (told <-chan struct{}, stop func()) {
	t := &d.topics
	mine := make(chan struct{}, 1)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.of == nil {
		t.of, t.copy = map[string]map[chan struct{}]bool{}, rand.Text()
	}
	for _, name := range names {
		if t.of[name] == nil {
			t.of[name] = map[chan struct{}]bool{}
		}
		t.of[name][mine] = true
	}
	if d.engine.tells() != "" && !t.hearing {
		ctx, end := context.WithCancel(context.Background())
		t.hearing, t.end, t.ended = true, end, make(chan struct{})
		go d.hear(ctx)
	}
	return mine, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		for _, name := range names {
			if delete(t.of[name], mine); len(t.of[name]) == 0 {
				delete(t.of, name)
			}
		}
	}
}

// wake lets those who listen to one of the topics know; without any topic, everybody.
func (t *topics) wake(names ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, name := range names {
		for each := range t.of[name] {
			poke(each)
		}
	}
	if len(names) > 0 {
		return
	}
	for _, all := range t.of {
		for each := range all {
			poke(each)
		}
	}
}

func poke(one chan struct{}) {
	select {
	case one <- struct{}{}:
	default: // it knows already
	}
}

// telling lets the other copies of the program know, when the transaction is committed.
func (tx *Tx) telling() error {
	words := tx.db.engine.tells()
	if words == "" {
		return nil
	}
	for _, topic := range tx.tell {
		if _, err := tx.on.ExecContext(tx.ctx, words, tx.db.topics.name()+" "+topic); err != nil {
			return fmt.Errorf("tell the other copies: %w", err)
		}
	}
	return nil
}

func (t *topics) name() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.copy
}

// hear passes on what other copies of the program tell, until the store is closed. A line that was
// lost is made anew, and everybody looks again, since something may have been missed.
func (d *DB) hear(ctx context.Context) {
	defer close(d.topics.ended)
	for ctx.Err() == nil {
		_ = d.hearOnce(ctx) // what failed is tried again
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func (d *DB) hearOnce(ctx context.Context) error {
	line, err := d.readers.Conn(ctx)
	if err != nil {
		return err
	}
	defer line.Close()
	return line.Raw(func(driver any) error {
		c := driver.(*stdlib.Conn).Conn()
		defer c.Close(context.WithoutCancel(ctx)) // it goes on to listen: nobody else is to have it
		if _, err := c.Exec(ctx, "listen ownward"); err != nil {
			return err
		}
		d.topics.wake()
		for {
			said, err := c.WaitForNotification(ctx)
			if err != nil {
				return err
			}
			if from, topic, _ := strings.Cut(said.Payload, " "); from != d.topics.name() {
				d.topics.wake(topic)
			}
		}
	})
}

// silence ends the hearing.
func (t *topics) silence() {
	t.mu.Lock()
	end, ended := t.end, t.ended
	t.mu.Unlock()
	if end != nil {
		end()
		<-ended
	}
}
