// Package reach opens connections to servers elsewhere whose address somebody typed in: to none
// within the network of the installation, unless it is told to.
package reach

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// ErrWithin is the error for an address within the network of the installation.
var ErrWithin = errors.New("the address lies within the network of the installation")

// Transport is for an http.Client. Inside lets it reach private addresses and the machine itself.
func Transport(inside bool) *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		if inside || isPublic(address) {
			return nil
		}
		return ErrWithin
	}}
	return &http.Transport{
		DialContext: dialer.DialContext, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 15 * time.Second,
		MaxResponseHeaderBytes: 64 << 10, DisableKeepAlives: true, ForceAttemptHTTP2: true,
	}
}

// world is what is given out of IPv6 for servers of the world.
var world = netip.MustParsePrefix("2000::/3")

// notPublic are networks that stand for no server of the world, or for one by way of another
// address, beside those that netip knows.
var notPublic = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
)

func prefixes(texts ...string) []netip.Prefix {
	var all []netip.Prefix
	for _, text := range texts {
		all = append(all, netip.MustParsePrefix(text))
	}
	return all
}

// isPublic tells whether an address that is about to be dialled is one of the world. It is asked
// after the name was resolved, for each address and after each redirection.
func isPublic(address string) bool {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return false
	}
	ip := at.Addr().Unmap().WithZone("")
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return false
	}
	if ip.Is6() && !world.Contains(ip) {
		return false
	}
	for _, p := range notPublic {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}
