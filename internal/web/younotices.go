package web

import (
	"errors"
	"slices"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/chat"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/problem"
)

// noticeLabels end the sentence that begins with the label of their group.
var noticeLabels = map[notice.Kind]string{
	notice.Shared:    "something was shared with me",
	notice.Asked:     "I am asked something",
	notice.Answered:  "there is news on something that I asked or promised",
	notice.Proposed:  "something is proposed to me",
	notice.Commented: "somebody comments on what I show",
	notice.Before:    "a day before a conversation, with the page that prepares it",
	notice.Due:       "some days before a promise of mine is due",
	notice.CheckIn:   "on the day to look back on a promise",
	notice.Waiting:   "two days before the day by which I am asked to answer, and once after it",
	notice.Reminder:  "when another day of mine is here: an ask comes back, say",
	notice.Digest:    "what waits for me, all of it together",
	notice.Lost:      "when Slack or Teams takes no notices for me any more",
}

// noticeGroups are the groups of kinds in their order, and how their sentence begins.
var noticeGroups = []struct {
	group notice.Group
	label string
}{
	{notice.Events, "Write to me when"},
	{notice.Days, "Remind me"},
	{notice.Week, "By itself, write to me"},
}

// kindFields are the boxes of the kinds, group by group, with those of may that are chosen ticked.
func kindFields(may, chosen []notice.Kind) []Field {
	var fields []Field
	for _, g := range noticeGroups {
		field := Field{Name: string(g.group), Label: g.label, Type: "checkbox"}
		for _, kind := range g.group.Of() {
			if slices.Contains(may, kind) {
				field.Options = append(field.Options, Option{Value: string(kind), Label: noticeLabels[kind], Chosen: slices.Contains(chosen, kind)})
			}
		}
		fields = append(fields, field)
	}
	return fields
}

// kindsTicked are the kinds that are ticked in the boxes of kindFields.
func (c *call) kindsTicked(may []notice.Kind) []notice.Kind {
	var ticked []notice.Kind
	for _, g := range noticeGroups {
		for _, value := range c.Form[string(g.group)] {
			if kind := notice.Kind(value); slices.Contains(may, kind) && !slices.Contains(ticked, kind) {
				ticked = append(ticked, kind)
			}
		}
	}
	return ticked
}

func (y *you) fillNotices(c *call) error {
	wanted, err := notice.Choices(c.tx, c.me)
	if err != nil {
		return err
	}
	y.Notices = kindFields(notice.Kinds, wanted)
	y.Notices[0].Hint = "Each mail says that something is there, never what it says."
	if y.QuietAboutAddresses, err = account.WantsNoneAboutAddresses(c.tx, c.me); err != nil {
		return err
	}
	settings, err := chat.SettingsOf(c.tx, c.me)
	if err != nil {
		return err
	}
	_, err = chat.Mine(c.tx, c.me)
	if err != nil && !errors.Is(err, problem.NotFound) {
		return err
	}
	y.Chat = settings.Allowed || err == nil || c.me.Administrator
	return nil
}

func (s *Server) chooseNotices(c *call) (string, error) {
	c.say(saidNotices)
	return "/you#notices", notice.Choose(c.tx, c.me, c.kindsTicked(notice.Kinds))
}
