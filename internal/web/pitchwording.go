package web

import "github.com/ownward/ownward/internal/pitch"

func wordingStation() pitchStation {
	return pitchStation{Part: pitch.Wording, Name: "Wording", Title: "How do you say it?",
		About:  "Three minutes, spoken. Say it aloud once before you need it.",
		Fields: []Field{{Name: "spoken", Label: "What you say", Rows: 10}}}
}
