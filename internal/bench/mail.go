package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
)

// mails measures how many notices a second reach a mail server on this machine, from the job in the
// store to the answer of the server.
func (b *Bench) mails(ctx context.Context) (err error) {
	const many = 1000
	sink, err := newSink()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sink.Close()) }()
	h, err := house.Open(ctx, house.Config{
		Data: filepath.Join(b.folder, "mails"), Listen: "127.0.0.1:0", Mail: "smtp://" + sink.Addr().String() + "?from=ownward@bench.example",
	}, quiet())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	if err := db.Do(ctx, h.DB, func(tx *db.Tx) error { return writeNotices(tx, many) }); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	begin := time.Now()
	go func() { defer close(ended); h.Jobs.Run(ctx) }()
	for sink.took.Load() < many && time.Since(begin) < time.Minute {
		time.Sleep(5 * time.Millisecond)
	}
	took := time.Since(begin)
	stop()
	<-ended
	b.say(fmt.Sprintf("mails to a server on this machine, %d jobs", many), "%.0f/s", float64(sink.took.Load())/took.Seconds())
	return nil
}

func writeNotices(tx *db.Tx, many int) error {
	o, err := org.Found(tx, "Bench", "Europe/Lisbon", false)
	if err != nil {
		return err
	}
	for i := range many {
		p, err := org.Add(tx, org.Operator(o.ID), org.Details{Name: fmt.Sprint("Person ", i), Email: fmt.Sprintf("p%d@bench.example", i)})
		if err != nil {
			return err
		}
		if err := notice.Tell(tx, o.ID, p.ID, notice.Due, event.Thing{Kind: "person", ID: p.ID}, ""); err != nil {
			return err
		}
	}
	return nil
}

// sink is a mail server that takes everything and keeps nothing.
type sink struct {
	net.Listener
	took atomic.Int64
}

func newSink() (*sink, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &sink{Listener: listener}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go s.talk(conn)
		}
	}()
	return s, nil
}

// talk holds the part of a server in a conversation (RFC 5321).
func (s *sink) talk(conn net.Conn) {
	defer conn.Close()
	read := bufio.NewReader(conn)
	say := func(line string) { fmt.Fprint(conn, line+"\r\n") }
	say("220 bench")
	for data := false; ; {
		line, err := read.ReadString('\n')
		if err != nil {
			return
		}
		switch verb := strings.ToUpper(strings.TrimSpace(line)); {
		case data && verb == ".":
			data = false
			s.took.Add(1)
			say("250 taken")
		case data:
		case verb == "DATA":
			data = true
			say("354 go on")
		case verb == "QUIT":
			say("221 bye")
			return
		default:
			say("250 bench")
		}
	}
}
