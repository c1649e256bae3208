package notice

import (
	"slices"

	"github.com/ownward/ownward/internal/db"
)

// Kind is what a notice is about. A person can turn off each kind for themselves.
type Kind string

// The kinds of notices; all are on until turned off.
const (
	Shared    Kind = "shared"    // somebody let them see something
	Asked     Kind = "asked"     // somebody asked them something
	Answered  Kind = "answered"  // there is news on something they asked or promised
	Proposed  Kind = "proposed"  // somebody proposed something that waits for their yes
	Commented Kind = "commented" // somebody said something about what they show

	Before   Kind = "conversation" // a conversation is a day away, and its brief is ready
	Due      Kind = "due"          // a promise of theirs is due soon
	CheckIn  Kind = "check-in"     // a promise is to be looked back on, by both sides
	Waiting  Kind = "waiting"      // what was asked waits for an answer
	Reminder Kind = "day"          // another day of theirs is here: an ask comes back, say

	Digest Kind = "digest" // once a week: what waits for them
	Lost   Kind = "lost"   // their notices reach Slack or Teams no more
)

// Group are kinds that stand together in the settings.
type Group string

// The groups of kinds.
const (
	Events Group = "events" // when something happens
	Days   Group = "days"   // before, or on, a day
	Week   Group = "week"   // what comes by itself
)

// Kinds lists all kinds in the order in which the settings show them.
var Kinds = []Kind{Shared, Asked, Answered, Proposed, Commented, Before, Due, CheckIn, Waiting, Reminder, Digest, Lost}

// Of lists the kinds of a group.
func (g Group) Of() []Kind {
	switch g {
	case Events:
		return []Kind{Shared, Asked, Answered, Proposed, Commented}
	case Days:
		return []Kind{Before, Due, CheckIn, Waiting, Reminder}
	}
	return []Kind{Digest, Lost}
}

// subjects are the subjects of the mails: they are shown on locked screens.
var subjects = map[Kind]string{
	Shared:    "Something was shared with you in Ownward",
	Asked:     "You were asked something in Ownward",
	Answered:  "There is news for you in Ownward",
	Proposed:  "Something was proposed to you in Ownward",
	Commented: "There is a comment for you in Ownward",
	Before:    "A conversation of yours in Ownward is near",
	Due:       "A promise of yours in Ownward is due soon",
	CheckIn:   "A promise in Ownward can be looked back on",
	Waiting:   "What was asked in Ownward still waits for an answer",
	Reminder:  "A day that matters to you in Ownward is here",
	Digest:    "Your week in Ownward",
	Lost:      "Your notices from Ownward do not arrive any more",
}

// Subject is what is said of a kind, on locked screens too.
func (k Kind) Subject() string { return subjects[k] }

// whens end the sentence "Write to me".
var whens = map[Kind]string{
	Shared:    "when something was shared with you",
	Asked:     "when you are asked something",
	Answered:  "when there is news on something that you asked or promised",
	Proposed:  "when something is proposed to you",
	Commented: "when somebody comments on what you show",
	Before:    "a day before a conversation",
	Due:       "some days before a promise of yours is due",
	CheckIn:   "on the day to look back on a promise",
	Waiting:   "when what was asked still waits for an answer",
	Reminder:  "when another day of yours is here: an ask comes back, say",
	Digest:    "once a week what waits for you",
	Lost:      "when Slack or Teams takes no notices for you any more",
	every:     "when a day is near",
}

// When ends the sentence "Write to you"; it is empty for what is no kind.
func (k Kind) When() string { return whens[k] }

// every was one kind before each reminder became a kind of its own: mails from then still turn all of them off.
const every Kind = "reminder"

// meant are the kinds that a link in a mail turns off.
func meant(kind string) []Kind {
	if Kind(kind) == every {
		return Days.Of()
	}
	if slices.Contains(Kinds, Kind(kind)) {
		return []Kind{Kind(kind)}
	}
	return nil
}

// turnedOff keeps the kinds from a person.
func turnedOff(tx *db.Tx, organisation, person db.ID, kinds []Kind) error {
	var rows [][]any
	for _, kind := range kinds {
		rows = append(rows, []any{organisation, person, string(kind)})
	}
	return db.Repeat(tx, `
		insert into unwanted_notices (organisation_id, person_id, kind) values ($1, $2, $3)
		on conflict (organisation_id, person_id, kind) do nothing`, rows)
}
