package portable

import "github.com/ownward/ownward/internal/dates"

// dates is the page of the days that matter to the person.
func (r reader) dates() string {
	s := titled("Dates that matter")
	for _, d := range r.Dates {
		one := dates.Date{Text: dates.Text{Kind: d.Kind, Title: d.Title}}
		days := date(d.From)
		if d.To != d.From {
			days += " to " + date(d.To)
		}
		s.head(2, one.Called())
		s.says("%s, %s.", d.Kind.Title(), days)
		s.words(d.Note)
	}
	return s.done("No dates of your own were entered.")
}
