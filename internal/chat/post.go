package chat

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/ownward/ownward/internal/reach"
)

// failure is why a message was not taken. It names neither the address nor what was answered.
type failure struct {
	kind  string
	words string
	gone  bool // the address takes nothing any more
	good  bool // another try may help
}

func (f failure) Error() string     { return "post a notice: " + f.kind }
func (f failure) SafeWords() string { return f.words }

// The ways in which posting fails.
var (
	gone        error = failure{kind: "gone", words: "The address does not exist any more.", gone: true}
	forbidden   error = failure{kind: "forbidden", words: "The other side takes nothing at this address.", gone: true}
	notAllowed  error = failure{kind: "not allowed", words: "The address is none that may be reached."}
	misread     error = failure{kind: "misread", words: "The other side could not read the message."}
	busy        error = failure{kind: "busy", words: "The other side asks to be left alone for a while.", good: true}
	unreachable error = failure{kind: "unreachable", words: "The other side could not be reached.", good: true}
	troubled    error = failure{kind: "troubled", words: "The other side had trouble of its own.", good: true}
)

// Gone tells whether an error says that the address takes nothing any more.
func Gone(err error) bool {
	var f failure
	return errors.As(err, &f) && f.gone
}

// MayPass tells whether another try may help.
func MayPass(err error) bool {
	var f failure
	return !errors.As(err, &f) || f.good
}

// Poster posts messages.
type Poster struct {
	client *http.Client // nil: nothing leaves
}

// longest is how long the other side may take.
const longest = 20 * time.Second

// NewPoster makes a poster that reaches the world alone: nothing within the network of the
// installation, whatever a name resolves to, and nothing that it is sent on to.
func NewPoster() *Poster { return PosterBy(reach.Transport(false)) }

// PosterBy is NewPoster over a way of its own, for tests.
func PosterBy(way http.RoundTripper) *Poster {
	return &Poster{&http.Client{
		Transport: way, Timeout: longest,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Nowhere drops every message, for an example organisation.
func Nowhere() *Poster { return &Poster{} }

// Post posts one message. It may come twice when an answer was lost. Errors: see Gone and MayPass.
func (p *Poster) Post(ctx context.Context, to Service, address string, m Message) error {
	body, err := to.Body(m)
	if err != nil || p.client == nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return notAllowed
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	request.Header.Set("User-Agent", "Ownward")
	answer, err := p.client.Do(request)
	if err != nil {
		return unreached(err)
	}
	defer answer.Body.Close()
	_, _ = io.CopyN(io.Discard, answer.Body, 4<<10) // what it says is of no use to anybody here
	return taken(answer.StatusCode)
}

// unreached leaves out the text of the error, in which the address stands.
func unreached(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		err = at.Err
	}
	if errors.Is(err, reach.ErrWithin) {
		return notAllowed
	}
	return unreachable
}

// taken reads a status: Slack says 200, Teams 202. Slack says 404 of a channel or an address that is
// no more, 410 of an archived channel, 403 where it may not post; a workflow that was removed
// or whose key was changed says 404, 401 or 403.
func taken(status int) error {
	switch {
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusNotFound || status == http.StatusGone:
		return gone
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return forbidden
	case status == http.StatusTooManyRequests || status == http.StatusRequestTimeout:
		return busy
	case status >= 500:
		return troubled
	}
	return misread
}
