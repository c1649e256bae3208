package house

import (
	"maps"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/portable"
	"github.com/ownward/ownward/internal/web"
)

// jobs is the work that can be done later, by kind.
func (h *House) jobs() map[string]job.Do {
	all := map[string]job.Do{
		housekeeping:             tidy,
		notice.Job:               notice.Send(h.Mail, h.link),
		commitment.ReminderJob:   commitment.SendReminder,
		conversation.ReminderJob: conversation.SendReminder,
		ask.ComeBackJob:          ask.ComeBack,
		ask.ReminderJob:          ask.SendReminder,
		ask.SilenceJob:           ask.BreakSilence,
		ask.TellBackJob:          ask.RemindToTellBack,
		portable.ExportJob:       portable.MakeExport(h.Mail),
		portable.NoteJob:         portable.Note(portable.DeletionsFile(h.Data)),
	}
	maps.Copy(all, account.Jobs(h.Mail, h.Address))
	maps.Copy(all, link.Jobs(h.Mail, h.Address))
	return all
}

// link is the address under which people find a thing.
func (h *House) link(thing event.Thing) string { return h.Address + web.PathOf(thing) }
