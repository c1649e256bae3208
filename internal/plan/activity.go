package plan

// Activity is a kind of step: a way to learn something.
type Activity struct {
	Name string // as kept
	Hint string // what it is, in a few words
}

// Activities are the kinds that a step can be of. Any step can also go without one.
var Activities = []Activity{
	{"practice", "the thing itself, a little and often, with somebody who tells you how it went"},
	{"stretch assignment", "a piece of work one size too big, with help at hand"},
	{"shadowing", "watch somebody do it, and talk it over afterwards"},
	{"reverse shadowing", "somebody watches you do it, and says what they saw"},
	{"mentoring", "a few conversations with somebody who has been there"},
	{"reverse mentoring", "you teach somebody senior what you know better"},
	{"coaching", "somebody asks until you find your own answer"},
	{"pairing", "two people on one piece of work"},
	{"teaching back", "explain what you learned to those who could use it"},
	{"role play", "rehearse a difficult conversation with a colleague"},
	{"feedback round", "ask three people one question about one piece of work"},
	{"course", "taught, with a beginning and an end"},
	{"book", "read, with notes on what you will try"},
	{"conference", "go, listen, and bring one idea home"},
	{"certificate", "an examination that somebody else holds"},
	{"side project", "small, real, and yours to break"},
	{"work in another team", "some weeks or one day a week elsewhere"},
	{"leading something small", "a meeting, a release, a working group"},
	{"writing", "an article, a guide, a talk"},
	{"community", "people outside who do the same work"},
	{"vision statement", "write down where this should lead"},
	{"review of own work", "go back to something finished, and say what you would do otherwise"},
	{"visit", "a customer, a supplier, another place"},
	{"something else", "whatever gets you there"},
}

// ActivityOf finds a kind by its name; the zero Activity when there is none.
func ActivityOf(name string) Activity {
	for _, a := range Activities {
		if a.Name == name {
			return a
		}
	}
	return Activity{}
}
