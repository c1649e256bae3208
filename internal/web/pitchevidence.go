package web

import "github.com/ownward/ownward/internal/pitch"

func evidenceStation() pitchStation {
	return pitchStation{Part: pitch.Evidence, Name: "Evidence", Title: "What shows that it will be used well?",
		About: "Wins, skills and what was shown before.", Sends: "what you choose goes out with the ask",
		Fields: []Field{{Name: pitch.Missing, Label: "What is missing still", Rows: 3}}}
}
