package pitch

func objectionTexts(name string) int {
	if name == "objections" {
		return 10_000
	}
	return 0
}
