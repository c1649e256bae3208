package testkit

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
)

// AnyHost is a way to a local server, whatever host is asked for: that of a service that the test stands in for.
func AnyHost(server *httptest.Server) http.RoundTripper {
	way := server.Client().Transport.(*http.Transport).Clone()
	way.TLSClientConfig.ServerName = "example.com" // the name in its certificate
	way.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", server.Listener.Addr().String())
	}
	return way
}
