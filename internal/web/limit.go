package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/ownward/ownward/internal/problem"
)

// limits holds how often each client address may ask for codes and try them. It is generous,
// since a whole company may come from one address; what protects an account stands in the
// database.
type limits struct {
	mu      sync.Mutex
	clients map[netip.Addr]*rate.Limiter
}

const (
	eachSecond = 1
	atOnce     = 100
	mostKnown  = 10_000
)

func (l *limits) allow(client netip.Addr, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.clients == nil || len(l.clients) >= mostKnown {
		l.forget(now)
	}
	known, ok := l.clients[client]
	if !ok {
		known = rate.NewLimiter(eachSecond, atOnce)
		l.clients[client] = known
	}
	return known.AllowN(now, 1)
}

// forget keeps only the clients that have asked of late; all go when they are too many even so.
func (l *limits) forget(now time.Time) {
	kept := map[netip.Addr]*rate.Limiter{}
	for client, known := range l.clients {
		if known.TokensAt(now) < atOnce {
			kept[client] = known
		}
	}
	if len(kept) >= mostKnown {
		kept = map[netip.Addr]*rate.Limiter{}
	}
	l.clients = kept
}

// notTooOften refuses a client that asks very often.
func (c *call) notTooOften() error {
	if !c.server.limits.allow(c.client(), c.tx.Now()) {
		return problem.TooMany("That was very often in a short time. Please wait a minute and try again.")
	}
	return nil
}

// client is the address that the request comes from. What a proxy says of it counts only when
// the proxy is on this machine or in its private network.
func (c *call) client() netip.Addr {
	peer := peerOf(c.Request)
	if !within(peer) {
		return network(peer)
	}
	said := strings.Join(c.Header.Values("X-Forwarded-For"), ",")
	last, err := netip.ParseAddr(strings.TrimSpace(said[strings.LastIndex(said, ",")+1:]))
	if err != nil {
		return network(peer)
	}
	return network(last)
}

func peerOf(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	peer, _ := netip.ParseAddr(host) // what is no address is not within
	return peer.Unmap()
}

// within tells whether the address is this machine or in its private network.
func within(peer netip.Addr) bool { return peer.IsLoopback() || peer.IsPrivate() }

// nearby tells whether the request comes from within, and no proxy passed it on from elsewhere.
// Who watches over the installation asks the program itself; in a small one the figures would
// tell anybody else when somebody writes, and what.
func nearby(r *http.Request) bool {
	for _, header := range []string{"X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	return within(peerOf(r))
}

// network is what counts as one client: an address, or of IPv6 what one household has.
func network(address netip.Addr) netip.Addr {
	address = address.Unmap()
	if !address.Is6() {
		return address
	}
	prefix, err := address.Prefix(64)
	if err != nil {
		return address
	}
	return prefix.Addr()
}
