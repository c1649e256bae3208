package chat_test

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/chat"
	"github.com/ownward/ownward/internal/testkit"
)

var message = chat.Message{
	Words: "Tom & <Ann> *wrote* _it_ {{DATE(x)}}", Label: "Open <it>",
	Link: "https://own.example/asks/1?a=b&c=d|e", Settings: "https://own.example/you/chat",
}

// hook is a server that takes what the two services document, over TLS, whatever the name.
type hook struct {
	status int
	bodies []string
	types  []string
}

func (h *hook) listen(t *testing.T) *chat.Poster {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Method != http.MethodPost {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		h.bodies, h.types = append(h.bodies, string(body)), append(h.types, r.Header.Get("Content-Type"))
		if h.status == http.StatusFound {
			w.Header().Set("Location", "https://elsewhere.example/")
		}
		w.WriteHeader(h.status)
	}))
	t.Cleanup(server.Close)
	return chat.PosterBy(testkit.AnyHost(server))
}

func TestSlackGetsTextAndBlocksAsItsWebhooksTakeThem(t *testing.T) {
	h := &hook{status: http.StatusOK}
	if err := h.listen(t).Post(t.Context(), chat.Slack, "https://hooks.slack.com/services/T0/B0/x", message); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Text        string
		UnfurlLinks *bool `json:"unfurl_links"`
		Blocks      []struct {
			Type     string
			Text     struct{ Type, Text string }
			Elements []struct{ Type, Text string }
		}
	}
	if err := json.Unmarshal([]byte(h.bodies[0]), &got); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(h.types[0], "application/json") || got.UnfurlLinks == nil || *got.UnfurlLinks {
		t.Errorf("sent as %s, links unfurled: %v", h.types[0], got.UnfurlLinks)
	}
	if !strings.HasPrefix(got.Text, "Tom &amp; &lt;Ann&gt; ") || strings.Contains(got.Text, "*wrote*") || !strings.Contains(got.Text, "<https://own.example/asks/1?a=b&amp;c=d%7Ce|Open &lt;it&gt;>") {
		t.Errorf("the text is %q", got.Text)
	}
	if len(got.Blocks) != 2 || got.Blocks[0].Type != "section" || got.Blocks[0].Text.Type != "plain_text" || got.Blocks[0].Text.Text != message.Words {
		t.Errorf("the blocks are %+v", got.Blocks)
	}
	if e := got.Blocks[1].Elements; len(e) != 1 || e[0].Type != "mrkdwn" || !strings.Contains(e[0].Text, "|Choose what comes here>") {
		t.Errorf("the links are %+v", e)
	}
}

func TestTeamsGetsOneAdaptiveCard(t *testing.T) {
	h := &hook{status: http.StatusAccepted}
	if err := h.listen(t).Post(t.Context(), chat.Teams, "https://x.environment.api.powerplatform.com:443/w", message); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Type        string
		Attachments []struct {
			ContentType string
			ContentURL  *string
			Content     struct {
				Schema  string `json:"$schema"`
				Type    string
				Version string
				Body    []struct {
					Type, Text string
					Wrap       bool
				}
				Actions []struct{ Type, Title, URL string }
			}
		}
	}
	if err := json.Unmarshal([]byte(h.bodies[0]), &got); err != nil {
		t.Fatal(err)
	}
	if got.Type != "message" || len(got.Attachments) != 1 || got.Attachments[0].ContentType != "application/vnd.microsoft.card.adaptive" || len(h.bodies[0]) > 28<<10 {
		t.Fatalf("sent %s", h.bodies[0])
	}
	card := got.Attachments[0].Content
	if card.Type != "AdaptiveCard" || card.Schema == "" || card.Version != "1.4" || len(card.Body) != 1 || card.Body[0].Type != "TextBlock" || !card.Body[0].Wrap {
		t.Errorf("the card is %+v", card)
	}
	if want := `Tom & \<Ann\> \*wrote\* \_it\_ \{\{DATE(x)\}\}`; card.Body[0].Text != want {
		t.Errorf("the text is %s, want %s", card.Body[0].Text, want)
	}
	if len(card.Actions) != 2 || card.Actions[0].Type != "Action.OpenUrl" || card.Actions[0].URL != message.Link || card.Actions[1].URL != message.Settings {
		t.Errorf("it leads to %+v", card.Actions)
	}
}

func TestAnAnswerSaysWhetherToTryAgain(t *testing.T) {
	for status, want := range map[int]struct{ gone, again bool }{
		400: {}, 302: {}, 401: {gone: true}, 403: {gone: true}, 404: {gone: true}, 410: {gone: true}, 408: {again: true}, 429: {again: true}, 500: {again: true}, 502: {again: true},
	} {
		h := &hook{status: status}
		err := h.listen(t).Post(t.Context(), chat.Slack, "https://hooks.slack.com/services/T0/B0/secret", message)
		if err == nil || chat.Gone(err) != want.gone || chat.MayPass(err) != want.again {
			t.Errorf("%d: %v, gone %t, again %t", status, err, chat.Gone(err), chat.MayPass(err))
		}
		if err != nil && strings.Contains(err.Error(), "secret") || len(h.bodies) != 1 {
			t.Errorf("%d: the error %q shows the address, or it was sent on (%d requests)", status, err, len(h.bodies))
		}
	}
}

func TestNothingWithinTheNetworkIsReached(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var reached atomic.Bool
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			reached.Store(true)
			c.Close()
		}
	}()
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]", "10.0.0.1", "169.254.169.254"} {
		err := chat.NewPoster().Post(ctx, chat.Slack, "https://"+host+":"+port+"/x", message)
		if err == nil || chat.MayPass(err) || reached.Load() {
			t.Errorf("%s: %v, reached %t", host, err, reached.Load())
		}
	}
}
