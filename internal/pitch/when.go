package pitch

func whenTexts(name string) int {
	if name == "when" {
		return 5_000
	}
	return 0
}
