package web

import "github.com/ownward/ownward/internal/pitch"

func whenStation() pitchStation {
	return pitchStation{Part: pitch.When, Name: "When", Title: "When is a good moment?",
		About:  "Before a budget is closed, after a success, not in the week of a release.",
		Fields: []Field{{Name: "when", Label: "When you ask, and why then", Rows: 4}}}
}
