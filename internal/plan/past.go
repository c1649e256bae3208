package plan

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Past is a person's plan with all that stood in it before: the plan of any day can be read from it.
type Past struct {
	things []standing
}

// standing is a thing of a plan through its time.
type standing struct {
	event.Thing
	since   time.Time
	now     map[string]string // by field; nil: it was removed
	earlier []org.Revision    // the first first; each stood until its time
}

// Was is a thing of a plan as it stood at some time.
type Was struct {
	Thing  event.Thing
	Fields map[string]string
}

// Section is the section of the plan that a kind of thing stands in.
func (w Was) Section() Section {
	switch w.Thing.Kind {
	case "value":
		return Values
	case "strength":
		return Strengths
	case "skill":
		return Skills
	case "goal", "step":
		return Goals
	}
	text, _ := strings.CutPrefix(string(w.Thing.Kind), "plan ")
	section, _, _ := strings.Cut(text, "-")
	return Section(section)
}

// mostPast is how many earlier texts are looked through.
const mostPast = 5000

// PastOf is the actor's own plan with its past.
func PastOf(tx *db.Tx, me org.Actor) (Past, error) {
	now, err := Mine(tx, me)
	if err != nil {
		return Past{}, err
	}
	earlier, err := Versions(tx, me, mostPast)
	if err != nil {
		return Past{}, err
	}
	p := Past{}
	for _, t := range now.Texts {
		p.things = append(p.things, standing{Thing: event.Thing{Kind: t.Section.kind(), ID: me.Person}, since: t.CreatedAt, now: t.fields()})
	}
	add := func(thing event.Thing, fields map[string]string) {
		p.things = append(p.things, standing{Thing: thing, since: madeAt(thing.ID), now: fields})
	}
	for _, v := range slices.Concat(now.Values, now.Strengths) {
		add(v.Thing(), v.fields())
	}
	for _, k := range now.Skills {
		add(k.Thing(), k.fields())
	}
	for _, g := range now.Goals {
		add(g.Thing(), g.fields())
		for _, s := range g.Steps {
			add(s.Thing(), s.fields())
		}
	}
	p.addEarlier(earlier)
	return p, nil
}

// addEarlier gives each thing its earlier texts, and adds those that were removed.
func (p *Past) addEarlier(earlier []org.Earlier) {
	at := map[event.Thing]int{}
	for i, s := range p.things {
		at[s.Thing] = i
	}
	for _, e := range slices.Backward(earlier) {
		i, ok := at[e.Thing]
		if !ok {
			i = len(p.things)
			at[e.Thing] = i
			p.things = append(p.things, standing{Thing: e.Thing, since: madeAt(e.Thing.ID)})
		}
		p.things[i].earlier = append(p.things[i].earlier, e.Revision)
	}
}

// madeAt is when an id was made, which it says itself (UUIDv7); of another kind of id: always.
func madeAt(id db.ID) time.Time {
	digits, err := hex.DecodeString(strings.ReplaceAll(string(id), "-", ""))
	if err != nil || len(digits) != 16 || digits[6]>>4 != 7 {
		return time.Time{}
	}
	var milli int64
	for _, b := range digits[:6] {
		milli = milli<<8 | int64(b)
	}
	return time.UnixMilli(milli).UTC()
}

// Days are those on which something changed, the last first.
func (p Past) Days(zone *time.Location) []civil.Date {
	var days []civil.Date
	add := func(t time.Time) {
		if !t.IsZero() {
			days = append(days, civil.In(t, zone))
		}
	}
	for _, s := range p.things {
		add(s.since)
		for _, r := range s.earlier {
			add(r.At)
		}
	}
	slices.SortFunc(days, func(a, b civil.Date) int { return cmp.Compare(b.String(), a.String()) })
	return slices.Compact(days)
}

// At is all that stood in the plan at a time, in the order in which it came to be.
func (p Past) At(t time.Time) []Was {
	var all []Was
	for _, s := range p.things {
		if s.since.After(t) {
			continue
		}
		fields := s.now
		if i := slices.IndexFunc(s.earlier, func(r org.Revision) bool { return r.At.After(t) }); i >= 0 {
			fields = s.earlier[i].Text
		}
		if !isEmpty(fields) {
			all = append(all, Was{s.Thing, fields})
		}
	}
	return all
}

func isEmpty(fields map[string]string) bool {
	for _, text := range fields {
		if text != "" {
			return false
		}
	}
	return true
}
