package house

import (
	"maps"
	netmail "net/mail"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/calendarfetch"
	"github.com/ownward/ownward/internal/chat"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/digest"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/insight"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/portable"
	"github.com/ownward/ownward/internal/programme"
	"github.com/ownward/ownward/internal/referral"
	"github.com/ownward/ownward/internal/round"
	"github.com/ownward/ownward/internal/web"
)

// jobs is the work that can be done later, by kind.
func (h *House) jobs() map[string]job.Do {
	sender := h.Mail
	if _, leaves := sender.(*mail.SMTP); leaves {
		sender = careful{sender, h.DB}
	}
	all := map[string]job.Do{
		housekeeping:             tidy,
		notice.Job:               notice.Send(sender, h.link),
		notice.ChatJob:           notice.Post(h.poster(), h.Config.key(), h.link),
		digest.Due:               digest.Make,
		digest.Hours:             digest.FollowAll,
		digest.Mail:              digest.Send(sender, h.Address),
		commitment.ReminderJob:   commitment.SendReminder,
		conversation.ReminderJob: conversation.SendReminder,
		invitation.YearJob:       invitation.InviteToYear,
		invitation.Job:           h.invitations(sender).Send,
		pollJob:                  poll(h.mailbox, h.Log),
		conversation.YearJob:     conversation.LayOutYear,
		ask.ComeBackJob:          ask.ComeBack,
		ask.ReminderJob:          ask.SendReminder,
		ask.SilenceJob:           ask.BreakSilence,
		ask.TellBackJob:          ask.RemindToTellBack,
		budget.LapseJob:          budget.Lapse,
		budget.RemindJob:         budget.SendReminder,
		mentor.ReminderJob:       mentor.SendReminder,
		mentor.LapseJob:          mentor.Lapse,
		mentor.ComesAgainJob:     mentor.ComeAgain,
		mentorship.EndJob:        mentorship.SendEnd,
		round.FollowJob:          round.FollowUp,
		referral.FollowJob:       referral.SendFollowUp,
		programme.LapseJob:       programme.Lapse,
		programme.DayJob:         programme.DayHasCome,
		programme.LookJob:        programme.AskWhatCame,
		portable.ExportJob:       portable.MakeExport(sender),
		dates.CalendarJob:        dates.CalendarReader{From: calendarfetch.New(h.Inside), Key: h.Config.key()}.Read,
		insight.RoundJob:         insight.MakeAll,
		insight.MonthJob:         insight.Make(h.Config.key()),
		portable.NoteJob:         portable.Note(portable.DeletionsFile(h.Data)),
	}
	maps.Copy(all, account.Jobs(sender, h.Address))
	maps.Copy(all, link.Jobs(sender, h.Address))
	return all
}

// lanes keep what waits for others out of the way of what does not: codes, which somebody waits for,
// and other mail.
func lanes() []job.Lane {
	return []job.Lane{
		{Kinds: account.UrgentJobs, Abreast: 2},
		{Kinds: []string{dates.CalendarJob}, Abreast: 4},
		{Kinds: []string{notice.ChatJob}, Abreast: 4},
		{Kinds: slices.Concat([]string{notice.Job, digest.Mail, portable.ExportJob, invitation.Job}, account.OtherMails, link.Mails), Abreast: 6},
	}
}

// rounds is the work that comes round.
func (h *House) rounds() []job.Round {
	all := []job.Round{{Kind: housekeeping, Next: job.Every(24 * time.Hour)}, {Kind: insight.RoundJob, Next: insight.Next}}
	if h.mailbox != nil {
		all = append(all, job.Round{Kind: pollJob, Next: job.Every(pollEvery)})
	}
	return all
}

// poster posts to Slack and Teams. In an example organisation nothing leaves.
func (h *House) poster() *chat.Poster {
	if h.Demo {
		return chat.Nowhere()
	}
	return chat.NewPoster()
}

// link is the address under which people find a thing.
func (h *House) link(thing event.Thing) string { return h.Address + web.PathOf(thing) }

// invitations is what invitations are sent with. Without a mail server they stand in the log alone, and nobody answers.
func (h *House) invitations(sender mail.Sender) invitation.Post {
	p := invitation.Post{Sender: sender, Link: h.link, From: netmail.Address{Name: "Ownward", Address: "ownward@localhost"}}
	if sends, ok := h.Mail.(*mail.SMTP); ok {
		p.From = sends.From()
	}
	return p
}
