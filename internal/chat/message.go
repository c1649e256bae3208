// Package chat posts notices to Slack and Microsoft Teams, where people want them there: to an
// address that they made there themselves, and that is kept as a secret. What is posted says that
// something waits, and leads to it; a channel may have other readers.
package chat

import (
	"encoding/json"
	"strings"
)

// Service is where a notice is posted.
type Service string

// The services. Slack is posted to by an incoming webhook; Teams by a workflow that begins when a
// webhook request is received.
const (
	Slack Service = "slack"
	Teams Service = "teams"
)

// Services lists all.
var Services = []Service{Slack, Teams}

// Title is what people call it.
func (s Service) Title() string {
	if s == Teams {
		return "Microsoft Teams"
	}
	return "Slack"
}

// Message is one notice: words of ours, and links that hold ids alone.
type Message struct {
	Words    string
	Label    string // of the link
	Link     string
	Settings string // where what is posted is chosen
}

const settings = "Choose what comes here"

// Body is the message as the service takes it.
func (s Service) Body(m Message) ([]byte, error) {
	if s == Teams {
		return json.Marshal(m.card())
	}
	return json.Marshal(m.blocks())
}

// blocks is the message as an incoming webhook of Slack takes it: text for where no blocks are
// shown, and blocks. Nothing of a link is fetched to be shown.
func (m Message) blocks() any {
	type object = map[string]any
	links := slackLink(m.Link, m.Label) + " · " + slackLink(m.Settings, settings)
	return object{
		"text":         slackText(m.Words) + " " + slackLink(m.Link, m.Label),
		"unfurl_links": false,
		"unfurl_media": false,
		"blocks": []object{
			{"type": "section", "text": object{"type": "plain_text", "text": m.Words, "emoji": false}},
			{"type": "context", "elements": []object{{"type": "mrkdwn", "text": links, "verbatim": true}}},
		},
	}
}

var slackEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// slackMarks stand between words and change how these look: a space of no width keeps them from it.
var slackMarks = strings.NewReplacer("*", "*\u200b", "_", "_\u200b", "~", "~\u200b", "`", "`\u200b")

// slackText is words that say what they say: no link, no mention, nothing bold.
func slackText(words string) string { return slackMarks.Replace(slackEscapes.Replace(words)) }

func slackLink(link, label string) string {
	link = strings.NewReplacer("|", "%7C", " ", "%20").Replace(link)
	return "<" + slackEscapes.Replace(link) + "|" + strings.ReplaceAll(slackText(label), "|", "/") + ">"
}

// card is the message as a workflow of Teams takes it: one adaptive card.
func (m Message) card() any {
	type object = map[string]any
	return object{
		"type": "message",
		"attachments": []object{{
			"contentType": "application/vnd.microsoft.card.adaptive",
			"contentUrl":  nil,
			"content": object{
				"$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
				"type":    "AdaptiveCard",
				"version": "1.4",
				"body":    []object{{"type": "TextBlock", "text": cardText(m.Words), "wrap": true}},
				"actions": []object{
					{"type": "Action.OpenUrl", "title": m.Label, "url": m.Link},
					{"type": "Action.OpenUrl", "title": settings, "url": m.Settings},
				},
			},
		}},
	}
}

// cardText is words that a text block shows as they are: it reads a little Markdown, and braces as
// what is to be filled in.
func cardText(words string) string {
	var b strings.Builder
	for _, r := range words {
		if strings.ContainsRune("\\`*_{}[]<>#~|", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
