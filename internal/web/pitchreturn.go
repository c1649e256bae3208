package web

import "github.com/ownward/ownward/internal/pitch"

func returnStation() pitchStation {
	return pitchStation{Part: pitch.Return, Name: "Cost and return", Title: "What does it cost, and what comes back?",
		About: "Money, hours and cover on one side; what it brings on the other.", Sends: "goes out with the ask",
		Fields: []Field{{Name: pitch.Cover, Label: "Who covers for you meanwhile?", Rows: 3}}}
}
