package mail

import (
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/emersion/go-smtp"
)

// counted counts connections.
type counted struct {
	net.Listener
	n    atomic.Int64
	last atomic.Pointer[net.Conn]
}

func (c *counted) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err == nil {
		c.n.Add(1)
		c.last.Store(&conn)
	}
	return conn, err
}

func listenCounted(t *testing.T) (*mailServer, *counted) {
	c := &counted{}
	return listenBy(t, nil, func(l net.Listener) net.Listener { c.Listener = l; return c }), c
}

func TestManyMailsGoOverFewConnections(t *testing.T) {
	server, connections := listenCounted(t)
	sender := server.sender(t)
	var group sync.WaitGroup
	for worker := range 4 {
		group.Go(func() {
			for i := range 25 {
				m := hello
				m.ID = fmt.Sprintf("%d-%d", worker, i)
				if err := sender.Send(t.Context(), m); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if len(server.mails) != 100 || connections.n.Load() > 4 {
		t.Errorf("%d mails went over %d connections, want 100 over 4 at most", len(server.mails), connections.n.Load())
	}
}

func TestAMailThatIsRefusedSpoilsNoneAfterIt(t *testing.T) {
	server, _ := listenCounted(t)
	sender := server.sender(t)
	for i := range 3 {
		server.declines["RCPT"] = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}
		if err := sender.Send(t.Context(), hello); !errors.Is(err, ErrNoMailbox) || !errors.Is(err, ErrRefused) {
			t.Errorf("got %v, want that there is no such mailbox", err)
		}
		server.declines["RCPT"] = nil
		if err := sender.Send(t.Context(), hello); err != nil || len(server.mails) != i+1 {
			t.Errorf("the next one: %v, %d arrived", err, len(server.mails))
		}
	}
}

func TestAServerThatHungUpMeanwhileIsCalledAgain(t *testing.T) {
	server, connections := listenCounted(t)
	sender := server.sender(t)
	for range 3 {
		if err := sender.Send(t.Context(), hello); err != nil {
			t.Fatal(err)
		}
		(*connections.last.Load()).Close()
	}
	if len(server.mails) != 3 || connections.n.Load() != 3 {
		t.Errorf("%d mails over %d connections, want 3 over 3", len(server.mails), connections.n.Load())
	}
}

func TestWhatAnAdministratorReadsNamesNobody(t *testing.T) {
	for _, c := range []struct {
		answer *smtp.SMTPError
		says   string
	}{
		{&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "ida@example.org is unknown"}, "The mail server knows no such mailbox (550 5.1.1)."},
		{&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "ida@example.org wants none"}, "The mail server refused it for good (550 5.7.1)."},
		{&smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "ida@example.org later"}, "The mail server did not take it (451 4.7.1)."},
	} {
		server := listen(t)
		server.declines["RCPT"] = c.answer
		var safe interface{ SafeWords() string }
		if err := server.sender(t).Send(t.Context(), hello); !errors.As(err, &safe) || safe.SafeWords() != c.says {
			t.Errorf("got %v, want the words %q", err, c.says)
		}
	}
}
