package pitch

// Missing is what the owner notes of what is missing still. It is not sent.
const Missing = "missing"

func evidenceTexts(name string) int {
	if name == Missing {
		return 5_000
	}
	return 0
}
