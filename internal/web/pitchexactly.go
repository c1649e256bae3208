package web

import "github.com/ownward/ownward/internal/pitch"

func exactlyStation() pitchStation {
	return pitchStation{Part: pitch.Exactly, Name: "What, of whom", Title: "What exactly, and who can say yes?",
		About: "One thing, or two to choose from.", Sends: "goes out with the ask",
		Fields: []Field{
			{Name: pitch.Second, Label: "Another way that would do", Rows: 2},
			{Name: pitch.Smallest, Label: "The smallest version that would still help", Rows: 2},
		}}
}
