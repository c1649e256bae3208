package pitch

func wordingTexts(name string) int {
	if name == "spoken" {
		return 10_000
	}
	return 0
}
