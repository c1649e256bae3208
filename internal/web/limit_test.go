package web

import (
	"net/http/httptest"
	"testing"
	"time"
)

func TestAClientThatAsksVeryOftenWaits(t *testing.T) {
	var l limits
	now := time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
	client := func(from string) *call {
		r := httptest.NewRequest("POST", "/sign-in", nil)
		r.RemoteAddr = from + ":4711"
		return &call{Request: r}
	}
	for range atOnce {
		if !l.allow(client("203.0.113.7").client(), now) {
			t.Fatal("refused too early")
		}
	}
	if l.allow(client("203.0.113.7").client(), now) {
		t.Error("not refused")
	}
	if !l.allow(client("203.0.113.8").client(), now) {
		t.Error("another client was refused")
	}
	if !l.allow(client("203.0.113.7").client(), now.Add(2*time.Second)) {
		t.Error("refused after waiting")
	}
}

// Whoever comes from outside cannot choose the address that they are counted by.
func TestAClientIsWhoTheNearestProxySays(t *testing.T) {
	for _, one := range []struct{ peer, said, want string }{
		{"203.0.113.7:1", "", "203.0.113.7"},
		{"203.0.113.7:1", "198.51.100.1", "203.0.113.7"},
		{"127.0.0.1:1", "198.51.100.1", "198.51.100.1"},
		{"10.0.0.2:1", "198.51.100.9, 198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:1", "nonsense", "127.0.0.1"},
		{"[2001:db8::1]:1", "", "2001:db8::"},
		{"[::ffff:203.0.113.7]:1", "", "203.0.113.7"},
	} {
		r := httptest.NewRequest("POST", "/sign-in", nil)
		r.RemoteAddr = one.peer
		r.Header.Set("X-Forwarded-For", one.said)
		if got := (&call{Request: r}).client().String(); got != one.want {
			t.Errorf("%s saying %q counts as %s, want %s", one.peer, one.said, got, one.want)
		}
	}
}

func TestABrowserIsNamedAsPeopleKnowIt(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                        "Firefox on Linux",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1":           "Safari on iPhone",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0": "Edge on Windows",
		"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36":                  "Chrome on Android",
		"": "A browser",
	} {
		if got := device(agent); got != want {
			t.Errorf("%q is %q, want %q", agent, got, want)
		}
	}
}
