package web

import (
	"errors"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/chat"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/problem"
)

// chatPlace is the page of where a person has their notices posted, beside mail.
type chatPlace struct {
	chat.Place
	Has      bool
	May      bool // the organisation allows it, and they have not left
	Open     bool // their address may be posted to now
	Runs     bool // they administer: they can allow it
	Service  Field
	Paste    Field
	Kinds    []Field
	Examples []string // the hosts that are allowed
}

// chatSettings is the page on which an administrator allows it.
type chatSettings struct {
	Revision       string
	Allowed, Hosts Field
	Usual          []string
}

var (
	chatPage         = declare[chatPlace]("chat.html")
	chatSettingsPage = declare[chatSettings]("organisation-chat.html")
)

const (
	chatPath             = "/you/chat"
	organisationChatPath = "/organisation/chat"
)

var (
	saidChatKept     = says("Kept. Send a test to see that it arrives.")
	saidChatTest     = says("The test is on its way: look there in a moment.")
	saidChatRemoved  = says("The address is removed. Nothing is posted any more.")
	saidChatAllowed  = says("Kept. Everybody can now have their notices posted, each for themselves.")
	saidChatRefused  = says("Kept. Nothing is posted any more.")
	chatServiceHints = map[chat.Service]string{
		chat.Slack: "An incoming webhook of a Slack app, for a channel or a message to yourself",
		chat.Teams: "A workflow that begins “When a Teams webhook request is received” and posts a card",
	}
)

func showChat(c *call) (view, error) {
	settings, err := chat.SettingsOf(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := chatPlace{May: settings.Allowed && !c.me.Left, Runs: c.me.Administrator, Examples: settings.Hosts}
	main.Place, err = chat.Mine(c.tx, c.me)
	if err != nil && !errors.Is(err, problem.NotFound) {
		return view{}, err
	}
	main.Has = err == nil
	main.Open = main.Has && main.GoneAt.IsZero() && main.May && settings.Allows(main.Host)
	main.MadeAt, main.PostedAt, main.FailedAt, main.GoneAt = main.MadeAt.In(c.me.Zone), main.PostedAt.In(c.me.Zone), main.FailedAt.In(c.me.Zone), main.GoneAt.In(c.me.Zone)
	return chatPage.show(c, "Notices in Slack or Teams", "you", main.filled(c))
}

// filled has the fields of the form.
func (main chatPlace) filled(c *call) chatPlace {
	var services []Option
	for _, s := range chat.Services {
		services = append(services, Option{Value: string(s), Label: s.Title(), Hint: chatServiceHints[s]})
	}
	form := c.formWith("service")
	main.Service = form.field(Field{Name: "service", Label: "Where", Type: "radio", Options: services, Required: true}, string(main.Place.Service))
	main.Paste = Field{Name: "address", Label: "Its address", Type: "url", Autocomplete: "off", Required: !main.Has, Error: form.Errors["address"],
		Hint: "It is a secret: whoever has it can post there. It is kept sealed, and only its host is shown."}
	if main.Has {
		main.Paste.Label = "A new address in its place"
		main.Paste.Hint = "Leave it empty to keep the one that stands. " + main.Paste.Hint
	}
	var chosen []notice.Kind
	for _, kind := range main.Place.Kinds {
		chosen = append(chosen, notice.Kind(kind))
	}
	if !main.Has {
		chosen = notice.InChat()
	}
	if form.Any() {
		chosen = c.kindsTicked(notice.InChat())
	}
	main.Kinds = kindFields(notice.InChat(), chosen)
	main.Kinds[0].Label, main.Kinds[2].Label = "Post there when", "By itself, post there"
	return main
}

func (s *Server) keepChat(c *call) (string, error) {
	if err := c.notTooOften(); err != nil {
		return "", err
	}
	in := chat.Input{Service: chat.Service(c.text("service")), Address: c.text("address")}
	for _, kind := range c.kindsTicked(notice.InChat()) {
		in.Kinds = append(in.Kinds, string(kind))
	}
	c.say(saidChatKept)
	return chatPath, chat.Keep(c.tx, c.me, s.Key, in)
}

func tryChat(c *call) (string, error) {
	c.say(saidChatTest)
	return chatPath, notice.TryChat(c.tx, c.me)
}

func removeChat(c *call) (string, error) {
	c.say(saidChatRemoved)
	return chatPath, chat.Remove(c.tx, c.me)
}

func showChatSettings(c *call) (view, error) {
	stands, err := chat.SettingsOf(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := chatSettings{Revision: c.form.RevisionOr(stands.Revision), Usual: chat.Usual}
	allowed := ""
	if stands.Allowed {
		allowed = "yes"
	}
	main.Allowed = c.form.field(Field{Name: "allowed", Label: "People may have their notices posted to Slack or Teams", Type: "checkbox"}, allowed)
	main.Hosts = c.form.field(Field{Name: "hosts", Label: "Hosts that may be posted to", Type: "textarea", Rows: 5,
		Hint: "One a line. A star at the beginning stands for all names below it."}, strings.Join(stands.Hosts, "\n"))
	return chatSettingsPage.show(c, "Notices in Slack or Teams", "organisation", main)
}

func setChat(c *call) (string, error) {
	in := chat.Settings{Allowed: c.text("allowed") == "yes", Hosts: strings.Fields(c.text("hosts"))}
	c.say(saidChatRefused)
	if in.Allowed {
		c.say(saidChatAllowed)
	}
	revision, err := strconv.ParseInt(c.text("revision"), 10, 64)
	if err != nil {
		revision = -1
	}
	return organisationChatPath, chat.Set(c.tx, c.me, revision, in)
}
