package job

import (
	"maps"
	"slices"
)

// names are what the jobs of each kind do, for an administrator who knows nothing of how the program is made.
var names = map[string]string{
	"notice": "Mailing a notice", "notice in chat": "Posting a notice in Slack or Teams", "digest": "Mailing what waits in a week",
	"digests due": "Finding whose weekly mail is due", "local hours": "Keeping reminders to the hours of people",
	"sign-in mail": "Mailing a code to sign in", "invitation mail": "Mailing an invitation to Ownward", "new address mail": "Mailing a code for a new address",
	"address added mail": "Mailing that an address was added", "link mail": "Mailing a link to one question",
	"invitation": "Mailing a conversation to a calendar", "invitations of a year": "Inviting to the conversations of a year",
	"year of conversations": "Laying out a year of conversations", "conversation reminder": "Reminding of a conversation",
	"commitment reminder": "Reminding of a promise", "ask comes back": "Bringing an ask back on its day", "ask reminder": "Reminding of an ask that waits",
	"ask silence": "Reminding of an ask without an answer", "ask tell back": "Reminding to tell back what came of an ask",
	"mentor request reminder": "Reminding of a request to a mentor", "mentor request lapse": "Ending a request to a mentor that nobody answered",
	"mentor request again": "Bringing back a request to a mentor", "referral follow-up": "Asking after an introduction",
	"programme day": "Following a programme on its days", "programme look back": "Asking what a programme brought", "programme seat lapse": "Giving a seat to the next who waits",
	"budget lapse": "Giving back money that was set aside", "budget reminder": "Reminding of money that goes back soon",
	"mentorship end": "Reminding of the last day of a mentorship", "round followed up": "Following up a matching round",
	"figures of the month": "Making the figures of the month", "figures of an organisation": "Making the figures of the organisation",
	"calendar read": "Reading a calendar kept elsewhere", "mailbox": "Looking into the mailbox", "person export": "Making somebody's export",
	"note a deletion": "Writing down that something was deleted", "housekeeping": "Tidying up",
}

// Called is what a job of the kind does, in words. A kind that only another version of the program knows keeps its name.
func Called(kind string) string {
	if name := names[kind]; name != "" {
		return name
	}
	return "Other work (" + kind + ")"
}

// Kinds lists the kinds of jobs that the runner does.
func (r *Runner) Kinds() []string { return slices.Sorted(maps.Keys(r.do)) }
