package phrasing

// texts say what would read better, and why.
var texts = map[string]map[Finding]string{
	English: {
		Claim:   "This says what you are owed. Say what you offer instead, and what they and the team gain: that leaves them room for a yes.",
		Blame:   "This says what somebody did wrong. Whoever has to defend themselves does not hear the ask. Say what you would like from now on.",
		Several: "This asks for more than one thing. The easiest of them gets the answer. Choose the one that matters, and keep the rest for another day or as the other way that would do.",
	},
	German: {
		Claim:   "Das fordert, was der andere geben soll. Sag stattdessen, was du anbietest und was die anderen davon haben: Das lässt Raum für ein Ja.",
		Blame:   "Das sagt, was jemand falsch gemacht hat. Wer sich verteidigen muss, hört die Bitte nicht. Sag, was du dir ab jetzt wünschst.",
		Several: "Hier bittest du um mehreres auf einmal. Beantwortet wird dann das Leichteste davon. Wähl das, worauf es ankommt; das andere hat Zeit, oder es ist der zweite Weg.",
	},
}
