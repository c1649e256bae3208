package web

import "github.com/ownward/ownward/internal/pitch"

func readyStation() pitchStation {
	return pitchStation{Part: pitch.Ready, Name: "Ready?", Title: "What would a good manager ask next?",
		About: "Look through it once with their eyes. Nothing here blocks you."}
}
