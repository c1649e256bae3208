package smart

// texts are what is said of a finding, by language, aspect and finding. Short, kind, concrete; a
// question where a question helps.
var texts = map[string]map[Aspect]map[Finding]string{
	English: {
		Specific: {
			Vague: "It says better or more, and not yet in what: in which situation, with whom, what would one see?",
			Short: "A word or two leave much open. What will be different, and where?",
			Two:   "There may be two goals in it. Which of them comes first?",
		},
		Measured: {
			None:    "No figure and no observable result yet. How would somebody else notice that you are there?",
			Feeling: "A feeling is a good reason, and hard to tell from a good day. What would one see or count besides?",
		},
		Attainable: {
			Start:  "No first step yet, and nothing on what you have already. What could you do this week?",
			Others: "In the end others decide this. Which part of it is in your hands?",
			Always: "Always, never and all break on the first bad day. What would be enough?",
		},
		Relevant: {
			Why:   "It does not say yet why it matters to you. On a bad day that is what you will look for.",
			Whose: "The reason sounds like somebody else’s. What is in it for you?",
		},
		Timed: {
			None:    "No date yet. By when would you like to be there?",
			InWords: "It names a time in words. Put it into the date too, and you see in time when it comes near.",
			Passed:  "Its date has passed. Look back at it, close it, or choose a new one.",
			Far:     "The date is more than two years away. What would you like to have by the end of this year?",
			Again:   "An open goal needs no date. A day on which you look at it again keeps it alive.",
		},
	},
	German: {
		Specific: {
			Vague: "Da steht besser oder mehr, und noch nicht worin: in welcher Lage, mit wem, was sähe man?",
			Short: "Ein, zwei Wörter lassen viel offen. Was wird anders sein, und wo?",
			Two:   "Darin stecken vielleicht zwei Ziele. Welches kommt zuerst?",
		},
		Measured: {
			None:    "Noch keine Zahl und kein Ergebnis, das man sieht. Woran würde jemand anders merken, dass du da bist?",
			Feeling: "Ein Gefühl ist ein guter Grund und schwer von einem guten Tag zu unterscheiden. Was könnte man außerdem sehen oder zählen?",
		},
		Attainable: {
			Start:  "Noch kein erster Schritt, und nichts dazu, was du schon hast. Was ginge diese Woche?",
			Others: "Am Ende entscheiden das andere. Welcher Teil liegt in deiner Hand?",
			Always: "Immer, nie und alle zerbrechen am ersten schlechten Tag. Was wäre genug?",
		},
		Relevant: {
			Why:   "Noch steht nicht da, warum es dir wichtig ist. An einem schlechten Tag suchst du genau das.",
			Whose: "Der Grund klingt nach jemand anderem. Was hast du selbst davon?",
		},
		Timed: {
			None:    "Noch kein Datum. Bis wann möchtest du da sein?",
			InWords: "Die Zeit steht in Worten da. Trag sie auch als Datum ein, dann siehst du rechtzeitig, dass sie naht.",
			Passed:  "Das Datum ist vorbei. Schau zurück, schließ es ab oder wähle ein neues.",
			Far:     "Das Datum liegt mehr als zwei Jahre weit weg. Was möchtest du am Ende dieses Jahres haben?",
			Again:   "Ein offenes Ziel braucht kein Datum. Ein Tag, an dem du wieder hinschaust, hält es am Leben.",
		},
	},
}

// learned is what is said of a goal to learn something, which needs no figure.
var learned = map[string]string{
	English: "It does not say yet how one would see it. What could you do then that you cannot do today?",
	German:  "Noch steht nicht da, woran man es sieht. Was kannst du dann, was du heute nicht kannst?",
}

func textOf(language string, kind Kind, aspect Aspect, found Finding) string {
	if kind == Learning && aspect == Measured && found == None {
		return learned[language]
	}
	return texts[language][aspect][found]
}
