package portable

import (
	"fmt"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/programme"
)

// takeProgrammes adds what the actor took part in, and what they posted.
func (f *File) takeProgrammes(tx *db.Tx, me org.Actor, others *org.Companions) error {
	var err error
	if f.TakingPart, err = programme.TakePlaces(tx, me, others); err != nil {
		return err
	}
	if f.TakingPart, err = withRecords(tx, me, "programme place", f.TakingPart, programmePlaceID); err != nil {
		return err
	}
	if f.Programmes, err = programme.TakePosted(tx, me); err != nil {
		return err
	}
	f.Programmes, err = withRecords(tx, me, "programme", f.Programmes, programmeID)
	return err
}

func programmePlaceID(p programme.AlongPlace) db.ID { return p.ID }
func programmeID(p programme.AlongProgramme) db.ID  { return p.ID }

// programmeRecords are the records of programmes.
func (r reader) programmeRecords(tx *db.Tx, me org.Actor) ([]Record, error) {
	places, err := recordsOf[programme.AlongPlace](tx, me, "programme place")
	if err != nil {
		return nil, err
	}
	posted, err := recordsOf[programme.AlongProgramme](tx, me, "programme")
	return append(each(places, r.placeRecord), each(posted, r.programmeRecord)...), err
}

// placeSays says where it stands with a place.
var placeSays = map[programme.PlaceState]string{
	programme.Asked: "It waits for an answer", programme.Waiting: "You stand in line", programme.Offered: "A seat is kept for you", programme.Placed: "You have a seat",
	programme.Done: "You were through", programme.Declined: "It was a no", programme.Withdrawn: "You gave it up", programme.Lapsed: "It lapsed", programme.CalledOff: "It was called off",
}

func (r reader) placeRecord(p programme.AlongPlace) Record {
	one := Record{Title: shortened(p.Name), About: fmt.Sprintf("A %s. You signed up on %s. %s.", p.Kind, r.at(p.AskedAt), placeSays[p.State])}
	if !p.Begins.IsZero() {
		one.add("Begins", p.Begins.String())
	}
	if !p.Ends.IsZero() {
		one.add("Ends", p.Ends.String())
	}
	one.add("What you wanted to learn", p.Hopes)
	one.add("Where you saw yourself", levels(p.Stated))
	if p.DecidedBy != "" {
		one.add(r.Who(p.DecidedBy), strings.TrimSpace("On "+r.at(p.DecidedAt)+"\n\n"+p.Words))
	}
	for _, l := range p.Looks {
		when := "At the end"
		if l.When == programme.Later {
			when = "Three months later"
		}
		one.add(when+", learned", l.Learned)
		one.add(when+", put to use", l.Used)
		one.add(when+", brought", l.Returned)
	}
	return one
}

func (r reader) programmeRecord(p programme.AlongProgramme) Record {
	one := Record{Title: shortened(p.Name), About: fmt.Sprintf("A %s that you posted on %s, for %d people.", p.Kind, r.at(p.CreatedAt), p.Seats)}
	one.add("What it is", p.About)
	one.add("For whom", strings.TrimSpace(p.Audience+"\n\n"+strings.Join(p.Employment, ", ")))
	one.add("What one learns", strings.TrimSpace(p.Learns+"\n\n"+strings.Join(p.Teaches, ", ")))
	one.add("What it builds on", strings.TrimSpace(p.Needs+"\n\n"+levels(p.Builds)))
	if !p.Begins.IsZero() {
		one.add("Begins", p.Begins.String())
	}
	if !p.Ends.IsZero() {
		one.add("Ends", p.Ends.String())
	}
	one.add("Why it was called off", p.Cancelled)
	return one
}

func levels(all []programme.AlongSkill) string {
	lines := make([]string, len(all))
	for n, k := range all {
		lines[n] = fmt.Sprintf("%s %d", k.Name, k.Level)
	}
	return strings.Join(lines, ", ")
}
