package conversation

import "github.com/ownward/ownward/internal/shape"

// Kind is the shape of a conversation.
type Kind string

// The kinds: four deep ones, one each quarter; the short one between them; and any other.
const (
	Align    Kind = "align"
	Advance  Kind = "advance"
	Amplify  Kind = "amplify"
	Advocate Kind = "advocate"
	Sprint   Kind = "sprint"
	Free     Kind = "free"
)

// Kinds lists all kinds in the order of a year.
var Kinds = []Kind{Align, Advance, Amplify, Advocate, Sprint, Free}

// Title is what the kind is called on screens.
func (k Kind) Title() string {
	switch k {
	case Align:
		return "Align"
	case Advance:
		return "Advance"
	case Amplify:
		return "Amplify"
	case Advocate:
		return "Advocate"
	case Sprint:
		return "Sprint"
	}
	return "Conversation"
}

// About says what the kind is for, in a sentence.
func (k Kind) About() string {
	switch k {
	case Align:
		return "Where you want to go and where the company goes: goals, strengths, and the gap from here to there."
	case Advance:
		return "Look at the vision and the progress since last time, and choose what comes next."
	case Amplify:
		return "Knock down what stands in the way, find what would help, and think bigger."
	case Advocate:
		return "Who speaks up for you and for what: stretch assignments, sponsorship, the next level."
	case Sprint:
		return "What moved, what is stuck, what is next. Short on purpose."
	}
	return "Anything about growth that none of the others fits."
}

// Minutes is how long the kind usually takes.
func (k Kind) Minutes() int64 {
	switch k {
	case Sprint:
		return 20
	case Free:
		return 30
	}
	return 60
}

// Deep tells whether it is one of the four deep conversations of a year.
func (k Kind) Deep() bool { return k == Align || k == Advance || k == Amplify || k == Advocate }

func (k Kind) known() bool {
	for _, each := range Kinds {
		if k == each {
			return true
		}
	}
	return false
}

// Shape are the sections of the kind.
func (k Kind) Shape() shape.Shape { return shape.Of(string(k)) }
