package web

import "github.com/ownward/ownward/internal/pitch"

func objectionsStation() pitchStation {
	return pitchStation{Part: pitch.Objections, Name: "Objections", Title: "What will they say against it?",
		About:  "What you have thought through beforehand does not throw you off.",
		Fields: []Field{{Name: "objections", Label: "What they may say, and what you answer", Rows: 8}}}
}
