package web

import (
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/programme"
)

// askedSeat is the seat in a programme that an ask is for, and what comes of it.
type askedSeat struct{ Name, Href, Says, Place string }

// seatOf says of an ask for a seat what a yes to it does, and then what it did; nil for all others.
func (c *call) seatOf(s ask.Story) (*askedSeat, error) {
	id, err := s.Programme(c.tx, c.me)
	if err != nil || id == "" {
		return nil, err
	}
	p, err := programme.ByID(c.tx, c.me, id)
	if err == problem.NotFound {
		return nil, nil
	}
	seat := &askedSeat{Name: p.Name, Href: PathOf(p.Thing())}
	switch {
	case err != nil:
		return nil, err
	case s.State == ask.Sent:
		seat.Says = c.yesSignsUp(s, p)
	case s.Granted(s.Criteria):
		return seat, seat.wasGranted(c, s, p)
	case s.Decision.Says == ask.YesIf && s.Owner.Is(c.me):
		seat.Says = "You are signed up as soon as all of it is shown."
	case s.Decision.Says == ask.YesIf:
		seat.Says = s.Owner.Name + " is signed up as soon as all of it is shown."
	default:
		return nil, nil
	}
	return seat, nil
}

// yesSignsUp says what a yes does.
func (c *call) yesSignsUp(s ask.Story, p programme.Programme) string {
	whom := s.Owner.Name
	if s.Owner.Is(c.me) {
		whom = "you"
	}
	says := "A yes signs " + whom + " up; a yes with conditions does once all of it is shown."
	if p.Cost.Minor > 0 {
		says += " A seat costs " + p.Cost.String() + ": the money is held with the seat, once whoever answers for its budget says yes."
	}
	return says
}

// wasGranted says what came of a yes: to its owner where it stands with the seat.
func (m *askedSeat) wasGranted(c *call, s ask.Story, p programme.Programme) error {
	if !s.Owner.Is(c.me) {
		m.Says = s.Owner.Name + " was signed up with the yes, where it was possible."
		return nil
	}
	place, err := programme.In(c.tx, c.me, p.ID)
	if err == nil {
		m.Says, m.Place = capital(c.stateOfPlace(place))+".", PathOf(place.Thing())
		return nil
	}
	if err != problem.NotFound {
		return err
	}
	if m.Says, err = p.WhyNot(c.tx, c.me); m.Says == "" {
		m.Says = "You have not signed up yet."
	}
	return err
}
