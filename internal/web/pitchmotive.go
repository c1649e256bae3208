package web

import "github.com/ownward/ownward/internal/pitch"

func motiveStation() pitchStation {
	return pitchStation{Part: pitch.Motive, Name: "Motive", Title: "Why do you want this?",
		About: "For you alone: nothing on this page is ever sent.",
		Fields: []Field{
			{Name: pitch.WhyNow, Label: "Why now?", Rows: 3},
			{Name: pitch.Different, Label: "What would be different?", Rows: 3},
			{Name: pitch.Aside, Label: "What do you put aside for it?", Rows: 2},
		}}
}
