package pitch

// What exactly is asked for, beside the first lines of the ask itself.
const (
	Second   = "second"   // another way that would do, to choose from
	Smallest = "smallest" // the smallest version that would still help
	Granter  = "granter"  // who can actually grant it: a kind
	Named    = "granter-name"
	Plan     = "plan" // of action, for what does not exist yet
)

func exactlyTexts(name string) int {
	switch name {
	case Second, Smallest:
		return 2_000
	case Plan:
		return 10_000
	case Granter, Named:
		return 200
	}
	return 0
}
