// Package calendarfetch reads calendars from where people keep them: the address of a file, or a
// CalDAV server. It reaches nothing within the network of the installation unless it is told to,
// takes little at a time, and its errors hold neither addresses nor words of others.
package calendarfetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/calendarfile"
	"github.com/ownward/ownward/internal/reach"
)

// Why a calendar could not be read.
var (
	ErrUnreached  = errors.New("the server did not answer")
	ErrNotAllowed = reach.ErrWithin
	ErrRefused    = errors.New("the server asks for another name or password")
	ErrNotFound   = errors.New("there is nothing at the address")
	ErrServer     = errors.New("the server answered with an error")
	ErrTooLarge   = errors.New("the calendar is too large")
	ErrTooSlow    = errors.New("the server took too long")
	ErrNoCalendar = errors.New("what is there is no calendar")
)

const (
	longest       = 25 * time.Second
	mostRedirects = 5
	mostAnswer    = calendarfile.MostBytes
)

// Fetcher reads calendars from elsewhere.
type Fetcher struct {
	client *http.Client
}

// New makes a fetcher. Inside lets it reach private addresses and the machine itself: for an
// installation whose calendar server stands in the same network.
func New(inside bool) *Fetcher {
	return &Fetcher{&http.Client{Transport: reach.Transport(inside), CheckRedirect: sameKind}}
}

// sameKind lets a request be sent on a few times, by the same kind of address. Who asks for a
// password gets it sent nowhere else.
func sameKind(next *http.Request, before []*http.Request) error {
	first := before[0]
	switch {
	case len(before) > mostRedirects:
		return ErrNotFound
	case next.URL.Scheme != "https" && next.URL.Scheme != first.URL.Scheme:
		return ErrNotAllowed
	case next.URL.Scheme != "https" && next.URL.Scheme != "http":
		return ErrNotAllowed
	}
	if _, _, named := first.BasicAuth(); named && next.URL.Host != first.URL.Host {
		return ErrRefused
	}
	return nil
}

// File reads the file at an address. With the ETag of last time, an unchanged file is not sent
// again: then changed is false.
func (f *Fetcher) File(ctx context.Context, address, etag string) (content []byte, newETag string, changed bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, "", false, ErrNotFound
	}
	request.Header.Set("Accept", "text/calendar, */*;q=0.5")
	if etag != "" {
		request.Header.Set("If-None-Match", etag)
	}
	answer, err := f.do(request)
	if err != nil {
		return nil, "", false, err
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusNotModified && etag != "" {
		return nil, etag, false, nil
	}
	if err := statusOf(answer.StatusCode); err != nil {
		return nil, "", false, err
	}
	content, err = readAll(answer.Body)
	newETag = answer.Header.Get("ETag")
	if len(newETag) > 200 {
		newETag = ""
	}
	return content, newETag, true, err
}

// do sends a request. The error says the kind of what went wrong, and nothing of the address.
func (f *Fetcher) do(request *http.Request) (*http.Response, error) {
	request.Header.Set("User-Agent", "Ownward")
	answer, err := f.client.Do(request)
	if err == nil {
		return answer, nil
	}
	for _, known := range []error{ErrNotAllowed, ErrRefused, ErrNotFound} {
		if errors.Is(err, known) {
			return nil, known
		}
	}
	var slow net.Error
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &slow) && slow.Timeout() {
		return nil, ErrTooSlow
	}
	return nil, ErrUnreached
}

func statusOf(status int) error {
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return ErrRefused
	case status == http.StatusNotFound || status == http.StatusGone:
		return ErrNotFound
	case status < 200 || status > 299:
		return ErrServer
	}
	return nil
}

func readAll(from io.Reader) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(from, mostAnswer+1))
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return nil, ErrTooSlow
	case err != nil:
		return nil, ErrUnreached
	case len(content) > mostAnswer:
		return nil, ErrTooLarge
	}
	return content, nil
}

// Account is who asks a CalDAV server.
type Account struct{ Address, Name, Password string }

// BusyTimes asks a CalDAV server when somebody is busy (RFC 4791, 7.10). Of a server that does
// not tell that, it reads the entries of the time instead. What comes back are calendar files.
func (f *Fetcher) BusyTimes(ctx context.Context, of Account, from, to time.Time) ([][]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	if u, err := url.Parse(of.Address); err != nil || u.Host == "" {
		return nil, ErrNotFound
	}
	span := fmt.Sprintf(`<C:time-range start="%s" end="%s"/>`, stamp(from), stamp(to))
	content, err := f.report(ctx, of, `<C:free-busy-query xmlns:C="urn:ietf:params:xml:ns:caldav">`+span+`</C:free-busy-query>`)
	if err == nil && isCalendar(content) {
		return [][]byte{content}, nil
	}
	if errors.Is(err, ErrRefused) || errors.Is(err, ErrNotAllowed) || errors.Is(err, ErrUnreached) || errors.Is(err, ErrTooSlow) {
		return nil, err
	}
	content, err = f.report(ctx, of, `<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><C:calendar-data/></D:prop>`+
		`<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">`+span+`</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>`)
	if err != nil {
		return nil, err
	}
	return calendarsIn(content)
}

func stamp(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

func (f *Fetcher) report(ctx context.Context, of Account, body string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, "REPORT", of.Address, strings.NewReader(`<?xml version="1.0" encoding="utf-8"?>`+body))
	if err != nil {
		return nil, ErrNotFound
	}
	request.Header.Set("Content-Type", "application/xml; charset=utf-8")
	request.Header.Set("Depth", "1")
	request.SetBasicAuth(of.Name, of.Password)
	answer, err := f.do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if err := statusOf(answer.StatusCode); err != nil {
		return nil, err
	}
	return readAll(answer.Body)
}
