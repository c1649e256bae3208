package portable

import (
	"cmp"
	"fmt"

	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/referral"
	"github.com/ownward/ownward/internal/relationship"
)

// What a person has of those who help them: introductions, counsel, the people who matter to them.

// takeHelp adds it, with the records of introductions: an introduction binds nobody elsewhere.
func (f *File) takeHelp(tx *db.Tx, me org.Actor, others *org.Companions) error {
	var err error
	if f.Referrals, err = referral.TakeAlong(tx, me, others); err != nil {
		return err
	}
	if f.Referrals, err = withRecords(tx, me, "referral", f.Referrals, referralID); err != nil {
		return err
	}
	if f.Counsel, err = counsel.TakeAlong(tx, me, others); err != nil {
		return err
	}
	f.Relationships, err = relationship.TakeAlong(tx, me, others)
	return err
}

func referralID(r referral.Along) db.ID { return r.ID }

func (r reader) referralRecord(a referral.Along) Record {
	if a.By == "" { // it went on without them
		one := Record{Title: "An introduction that went on without you", About: "You were asked whether you would meet somebody."}
		for _, act := range a.History {
			one.add("You said", act.Words)
		}
		return one
	}
	third := cmp.Or(a.ThirdNamed, "somebody who can help better")
	if a.Third != "" {
		third = r.who(a.Third)
	}
	one := Record{Title: cmp.Or(a.Need, "An introduction"), About: fmt.Sprintf("%s introduces %s to %s. %s.", r.Who(a.By), r.who(a.For), third, begin(string(a.State)))}
	one.add("What they were told", a.Told)
	one.add("How they are reached", a.Reach)
	one.add("The introduction", a.Introduction)
	one.add("What came of it", a.FollowWords)
	for _, act := range a.History {
		about := act.ThirdNamed
		if act.Third != "" {
			about = r.who(act.Third)
		}
		if about != "" {
			about = " (" + about + ")"
		}
		one.add(r.Who(act.By)+", "+r.at(act.At)+", "+string(act.Act)+about, act.Words)
	}
	return one
}

// counsel is the page of what others advised, and of the people who matter.
func (r reader) counsel() string {
	s := titled("Counsel, and the people who matter to you")
	for _, c := range r.Counsel {
		by := c.ByName
		if c.By != "" {
			by = r.who(c.By)
		}
		s.head(2, fmt.Sprintf("%s, %s", cmp.Or(by, "Somebody"), date(c.GivenOn)))
		s.words(c.Words)
		s.labelled("You decided", cmp.Or(string(c.Choice), "not yet"))
		s.labelled("Why", c.Why)
		s.labelled("What came of it", c.Came)
	}
	first := true
	for _, p := range r.Relationships {
		if p.LeftOut {
			continue
		}
		if first {
			s.head(2, "The people who matter to you")
			first = false
		}
		s.head(3, r.Who(p.With))
		s.labelled("What connects you", p.Connects)
		s.labelled("What you can give", p.Gives)
		s.labelled("You noted an exchange on", date(p.LastOn))
		s.labelled("The next time", date(p.NextOn))
		s.labelled("About", p.Next)
	}
	return s.done("Nothing here yet.")
}
