package portable

import (
	"fmt"

	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/pitch"
)

func previewID(v pitch.AlongPreview) db.ID { return v.ID }

func (r reader) previewRecord(v pitch.AlongPreview) Record {
	one := Record{Title: "A preview for " + r.who(v.For), About: fmt.Sprintf("Made on %s, as it would have been sent.", r.at(v.CreatedAt))}
	switch {
	case !v.TakenBackAt.IsZero():
		one.About += fmt.Sprintf(" It was taken back on %s.", r.at(v.TakenBackAt))
	case v.GivenAt.IsZero():
		one.About += " It was not given."
	}
	one.add("To them", v.Note)
	for _, p := range v.Passages {
		one.add(p.Label, p.Words)
	}
	return one
}

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
	r.time(s)
	return s.done("No dates of your own were entered.")
}

// time adds what the person said of their time.
func (r reader) time(s *sheet) {
	if r.Time.Hours != nil {
		s.head(2, "Working hours")
		for _, day := range dates.Weekdays {
			if hours := r.Time.Hours[dates.FieldOf(day)]; hours != "" {
				s.item(day.String() + ": " + hours)
			}
		}
	}
	if r.Time.Contracted > 0 {
		s.head(2, "Contracted hours")
		s.says("%d a year.", r.Time.Contracted)
	}
	switch r.Time.Holidays {
	case dates.TheirOwn:
		s.head(2, "Public holidays")
		s.says("Those of %s.", r.Time.Place.Name())
	case dates.Nobodys:
		s.head(2, "Public holidays")
		s.says("None: you work on them.")
	}
	if len(r.Time.Calendars) > 0 {
		s.head(2, "Calendars that were read for busy times")
		for _, c := range r.Time.Calendars {
			s.item(c.Address)
		}
	}
}
