package mail

import (
	"context"
	"crypto/tls"
	"fmt"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// A connection to the mail server is kept open for the next mail, so that many mails do not begin
// many conversations; not for long, so that a program at rest holds none.
const (
	idleFor  = 20 * time.Second
	mostIdle = 8
)

type connection struct {
	*gomail.Client
	freeSince time.Time
	used      bool // for a mail before this one
}

// connect gives an open connection: one that waits for work, or a new one.
func (s *SMTP) connect(ctx context.Context) (*connection, error) {
	if c := s.take(); c != nil {
		return c, nil
	}
	return s.dial(ctx)
}

func (s *SMTP) dial(ctx context.Context) (*connection, error) {
	trust := gomail.WithTLSConfig(&tls.Config{ServerName: s.host, RootCAs: s.trusting, MinVersion: tls.VersionTLS12})
	client, err := gomail.NewClient(s.host, append([]gomail.Option{trust}, s.options...)...)
	if err != nil {
		return nil, fmt.Errorf("mail server %s: %w", s.host, err)
	}
	if err := client.DialWithContext(ctx); err != nil {
		return nil, err
	}
	return &connection{Client: client}, nil
}

// take takes the connection that was used last; those that waited too long are closed.
func (s *SMTP) take() *connection {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.idle) > 0 {
		last := len(s.idle) - 1
		c := s.idle[last]
		s.idle = s.idle[:last]
		if time.Since(c.freeSince) < idleFor {
			return c
		}
		go c.Close() // says goodbye to a server that may have hung up
	}
	return nil
}

// free keeps the connection for the next mail.
func (s *SMTP) free(c *connection) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.freeSince, c.used = time.Now(), true
	if len(s.idle) >= mostIdle {
		go c.Close()
		return
	}
	s.idle = append(s.idle, c)
	if s.tidying == nil {
		s.tidying = time.AfterFunc(idleFor, s.tidy)
	}
}

// tidy closes the connections that nobody has used for a while.
func (s *SMTP) tidy() {
	s.mu.Lock()
	defer s.mu.Unlock()
	var kept []*connection
	for _, c := range s.idle {
		if time.Since(c.freeSince) < idleFor {
			kept = append(kept, c)
		} else {
			go c.Close()
		}
	}
	s.idle, s.tidying = kept, nil
	if len(kept) > 0 {
		s.tidying = time.AfterFunc(idleFor, s.tidy)
	}
}
