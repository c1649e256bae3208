// Package problem is the vocabulary of what can go wrong in front of a person.
//
// Every error of this package carries a message that is safe to show. Any other error is a
// fault of the program: it is logged and shown as such, without its text.
package problem

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// NotFound is said of what does not exist and of what the actor may not see: the two cannot be
// told apart from outside.
var NotFound = errors.New("this is not here, or it is not yours to see")

// SignedOut is said when a page needs somebody who is signed in.
var SignedOut = errors.New("please sign in first")

// Invalid is input that cannot be taken as it is. It maps the name of a field to what is
// wrong with it and how to mend it; the empty name stands for the whole input.
type Invalid map[string]string

// Error lists the fields in a stable order.
func (i Invalid) Error() string {
	said := make([]string, 0, len(i))
	for _, field := range slices.Sorted(maps.Keys(i)) {
		said = append(said, strings.TrimPrefix(field+": "+i[field], ": "))
	}
	return strings.Join(said, "; ")
}

// Add notes a message for a field that has none yet.
func (i Invalid) Add(field, message string) {
	if _, ok := i[field]; !ok {
		i[field] = message
	}
}

// Check adds the message when the condition for the field does not hold.
func (i Invalid) Check(holds bool, field, message string) {
	if !holds {
		i.Add(field, message)
	}
}

// Err is nil when nothing was added.
func (i Invalid) Err() error {
	if len(i) == 0 {
		return nil
	}
	return i
}

// Conflict says that a text was changed by somebody else, or in another window, since it was
// opened. Both texts travel with it, by field, so that nothing is lost.
type Conflict struct {
	Revision int64             // the revision that now stands
	Theirs   map[string]string // what now stands, by field
	Mine     map[string]string // what was sent, by field
}

// Error says what happened in one sentence.
func (c *Conflict) Error() string { return "this was changed meanwhile; both texts are below" }

// Refused is an act that cannot be done in the present state of things: already answered,
// already ended, over a limit. Its text says why and what can be done instead.
type Refused string

// Error is the text itself.
func (r Refused) Error() string { return string(r) }

// Refuse builds a Refused as fmt.Sprintf does.
func Refuse(format string, args ...any) Refused { return Refused(fmt.Sprintf(format, args...)) }

// TooMany is said when something is asked for more often than it can be given.
type TooMany string

// Error is the text itself.
func (t TooMany) Error() string { return string(t) }

// ForLog is what went wrong, an error or a panic, without whatever stands in quotation marks: there
// drivers and parsers put the value that they stumbled over, which may be words of a person.
func ForLog(failure any) string {
	text := fmt.Sprint(failure)
	begin, end := strings.IndexByte(text, '"'), strings.LastIndexByte(text, '"')
	if begin < 0 {
		return text
	}
	return text[:begin] + "…" + text[end+1:]
}
