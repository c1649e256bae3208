package question

import "strings"

// A Moment is a fact after or before which a question fits.
type Moment string

const (
	AfterReview   Moment = "after a review"    // of a goal
	AfterNo       Moment = "after a no"        // or a not now
	WhenStuck     Moment = "when stuck"        // a goal
	BeforeCheckIn Moment = "before a check-in" // of a promise
	NewManager    Moment = "new manager"       // or newly a manager of somebody, where managers ask it
	BeforeAlign   Moment = "before align"
	BeforeAdvance Moment = "before advance"
	BeforeAmplify Moment = "before amplify"
	BeforeStandUp Moment = "before advocate"
	BeforeSprint  Moment = "before sprint"
	BeforeFree    Moment = "before free"
)

// Moments are all of them.
var Moments = []Moment{
	AfterReview, AfterNo, WhenStuck, BeforeCheckIn, NewManager,
	BeforeAlign, BeforeAdvance, BeforeAmplify, BeforeStandUp, BeforeSprint, BeforeFree,
}

// BeforeConversation is the moment before a conversation of that kind.
func BeforeConversation(kind string) Moment { return Moment("before " + kind) }

// conversation is the kind of conversation that the moment comes before, "" for others.
func (m Moment) conversation() string {
	kind, ok := strings.CutPrefix(string(m), "before ")
	if !ok || m == BeforeCheckIn {
		return ""
	}
	return kind
}
