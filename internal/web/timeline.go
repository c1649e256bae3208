package web

import (
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/timeline"
)

// growth is a timeline as it is drawn: the part "growth" of timeline-parts.html.
type growth struct {
	timeline.Picture
	Label string // what it shows, for those who do not see it
}

// timelinePage is how the visitor grew, drawn and as a list.
type lookingBack struct {
	Period   timeline.Period
	Places   []wayStep // periods to look at
	Quarters []wayStep // of the year that is looked at
	YearHref string
	Growth   growth
	Nothing  bool
	Entries  []momentLine
	More     int
}

// momentLine is one thing that happened.
type momentLine struct {
	Href, Words, Says, More string
	Own                     bool // the words are the visitor's own
	Day                     string
	Date                    string // for machines
}

var lookingBackPage = declare[lookingBack]("timeline.html", "timeline-parts.html")

const mostEntries = 100

// showTimeline shows how the visitor grew in a period.
func showTimeline(c *call) (view, error) {
	t, err := timeline.Of(c.tx, c.me, c.text("of"))
	if err != nil {
		return view{}, err
	}
	main := lookingBack{Period: t.Period, Growth: growthOf(t, t.Picture()), Nothing: t.Nothing()}
	main.Places = []wayStep{{"Last twelve months", "/timeline", t.Key == ""}}
	for _, year := range t.Years() {
		y := strconv.Itoa(year)
		main.Places = append(main.Places, wayStep{y, "/timeline?of=" + y, t.Year == year})
	}
	main.Places = append(main.Places, wayStep{"All of it", "/timeline?of=all", t.Key == "all"})
	main.YearHref = "/year/" + strconv.Itoa(t.Today.Year())
	if t.Year > 0 {
		y := strconv.Itoa(t.Year)
		main.YearHref = "/year/" + y
		main.Quarters = []wayStep{{"The year", "/timeline?of=" + y, t.Key == y}}
		for q, name := range []string{"January to March", "April to June", "July to September", "October to December"} {
			key := timeline.Quarter(t.Year, q+1)
			main.Quarters = append(main.Quarters, wayStep{name, "/timeline?of=" + key, t.Key == key})
		}
	}
	entries, more := split(t.Entries(), mostEntries)
	main.More = len(more)
	for _, e := range entries {
		main.Entries = append(main.Entries, lineOfMoment(e))
	}
	return lookingBackPage.show(c, "Looking back", "plan", main)
}

// growthOf says in words what the picture shows.
func growthOf(t timeline.Timeline, p timeline.Picture) growth {
	says := []string{counted(len(t.Goals), "goal"), counted(len(t.Wins), "win"), counted(len(t.Skills), "change") + " of skills",
		counted(len(t.Decisions), "decision"), counted(len(t.Conversations), "conversation")}
	if n := len(t.Stories); n > 0 {
		says = append(says, manyOf(n, "story", "stories"))
	}
	return growth{p, t.Name + ": " + strings.Join(says, ", ") + ". The list below says each."}
}

func lineOfMoment(e timeline.Entry) momentLine {
	line := momentLine{Href: PathOf(e.Thing), Words: e.Words, Own: true, More: e.More, Day: e.Day.Time().Format("2 January 2006"), Date: e.Day.String()}
	switch e.Kind {
	case timeline.Learned:
		line.Says = "skill: from “" + levelWords(e.From) + "” to “" + levelWords(e.To) + "”"
	case timeline.WasTold:
		line.Says = "asked of " + e.Whom + ": " + string(e.Says)
	case timeline.TalkedOn, timeline.WillTalk:
		line.Words, line.Own, line.Says = e.Talk.Title()+" with "+e.Whom, false, "conversation"
		if e.Kind == timeline.WillTalk {
			line.Says = "to come"
		}
	default:
		line.Says = string(e.Kind)
	}
	return line
}
