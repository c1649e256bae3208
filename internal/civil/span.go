package civil

// Span is from one day to another, both of them in it.
type Span struct{ From, To Date }

// Has tells whether the day is in the span.
func (s Span) Has(day Date) bool { return !day.Before(s.From) && !day.After(s.To) }

// Meets tells whether the two have a day in common.
func (s Span) Meets(other Span) bool { return !s.To.Before(other.From) && !s.From.After(other.To) }
