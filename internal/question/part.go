package question

// A Part is somebody whom a slot can stand for, seen from the person who asks.
type Part string

const (
	Myself       Part = "myself"
	Manager      Part = "manager"
	Boss         Part = "boss"
	Team         Part = "team"
	Organisation Part = "organisation"
	Mentor       Part = "mentor"
	Colleague    Part = "colleague"
)

// Parts are all of them, in the order in which a form offers them.
var Parts = []Part{Myself, Manager, Boss, Team, Organisation, Mentor, Colleague}

var partLabels = map[Part]string{
	Myself:       "Myself",
	Manager:      "My manager",
	Boss:         "My boss",
	Team:         "My team",
	Organisation: "The organisation",
	Mentor:       "My mentor",
	Colleague:    "A colleague",
}

// Label names somebody on a form: "My manager", "Myself".
func (p Part) Label() string { return partLabels[p] }
