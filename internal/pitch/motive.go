package pitch

// Motive is why somebody asks: for themselves alone.
const (
	WhyNow    = "why-now"
	Answers   = "answers-for" // what the wanted role answers for
	Already   = "already"     // which parts of that are done already
	Different = "different"   // what would be different
	Envy      = "envy"
	Boredom   = "boredom"
	Status    = "status"
	Escape    = "escape"
	HoursWeek = "hours-a-week"
	Until     = "until"
	Aside     = "aside" // what is put aside for it
)

func motiveTexts(name string) int {
	switch name {
	case WhyNow, Answers, Already, Different, Envy, Boredom, Status, Escape, Aside:
		return 5_000
	case HoursWeek, Until:
		return 40
	}
	return 0
}
