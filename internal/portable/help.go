package portable

import (
	"cmp"
	"fmt"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/referral"
)

// What a person has of those who help them: introductions.

// takeHelp adds introductions, with the records of such: an introduction binds nobody elsewhere.
func (f *File) takeHelp(tx *db.Tx, me org.Actor, others *org.Companions) error {
	var err error
	if f.Referrals, err = referral.TakeAlong(tx, me, others); err != nil {
		return err
	}
	f.Referrals, err = withRecords(tx, me, "referral", f.Referrals, referralID)
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
