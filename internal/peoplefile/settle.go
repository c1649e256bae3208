package peoplefile

import (
	"fmt"
	"strings"
)

// settleFields works out the values of everyone in the file. What the file says as it said it
// last time leaves what was changed by hand in the meantime.
func (c *comparison) settleFields() {
	for _, p := range c.people {
		if p.Row == nil {
			continue
		}
		p.said = p.Row.said
		if p.Known == nil {
			copy(p.Values[:kept], p.Row.Values[:kept])
			p.Values[Status] = Active
			continue
		}
		c.settleStatus(p)
		if p.here() {
			c.settleKnown(p)
		}
	}
}

// settleStatus reads the status first. Somebody who was never in a file counts as having been
// active there, so that a person who left by hand stays away.
func (c *comparison) settleStatus(p *Person) {
	before := Active
	if p.last.has.has(Status) {
		before = p.last.values[Status]
	}
	says := p.Row.Values[Status]
	if !p.said.has(Status) || says == before {
		return
	}
	if says == Inactive && p.Known.Stays {
		p.said.drop(Status)
		c.problem(Problem{Line: p.Row.Line, Column: c.file.column(Status), Value: says, Effect: Altered,
			Reason: p.Known.Values[FullName] + " looks after this organisation and stays, so that somebody does.",
			WayOut: "Appoint another administrator first, and let them import the file."})
		return
	}
	p.Values[Status] = says
}

func (c *comparison) settleKnown(p *Person) {
	hand := false
	for f := range Status {
		if !p.said.has(f) {
			continue
		}
		says := p.Row.Values[f]
		switch {
		case says == p.last.values[f]:
			hand = hand || p.last.has.has(f) && p.Values[f] != says
		case says == "" && f == ID:
		default:
			p.Values[f] = says
		}
	}
	if hand {
		c.d.KeptByHand++
	}
}

// settleUnique sees to it that no two people who are here end up with the same value of the
// field. Who has it keeps it; of those who would get it nobody does, since it cannot be known
// whose it is. For an e-mail that is a matter of safety: it is the key to the account.
func (c *comparison) settleUnique(field Field) {
	claimed := c.claimedAside(field)
	for again := true; again; {
		again = false
		owners := make(map[string]*Person, len(c.people))
		var clashes []*Person
		for _, p := range c.people {
			if p.Values[field] == "" || !p.here() {
				continue
			}
			key := fold(p.Values[field])
			other, taken := owners[key]
			if !taken {
				owners[key] = p
				if name, also := claimed[key]; also && name != nameKey(p.Values[FullName]) {
					clashes = append(clashes, p)
				}
				continue
			}
			clashes = append(clashes, p)
			if !keeps(other, field) {
				clashes = append(clashes, other)
			}
			if keeps(p, field) {
				owners[key] = p
			}
		}
		dropped := map[*Person]bool{}
		for _, p := range clashes {
			if !keeps(p, field) && !dropped[p] {
				dropped[p] = true
				again = true
			}
		}
		for _, p := range c.people { // in order, so that the report is the same each time
			if dropped[p] {
				c.withhold(p, field, owners[fold(p.Values[field])])
			}
		}
	}
	c.dismiss()
}

// dismiss takes those out again whose row was set aside after all.
func (c *comparison) dismiss() {
	n := 0
	for _, p := range c.people {
		if p.Known == nil && c.fate[p.row] == aside {
			c.byRow[p.row] = nil
			delete(c.byKey, p.Key)
			continue
		}
		p.place = n
		c.people[n] = p
		n++
	}
	c.people = c.people[:n]
}

// claimedAside lists what rows set aside say of the field, with the name they say it of: it is
// as unclear whose it is as if they had come in.
func (c *comparison) claimedAside(field Field) map[string]string {
	claimed := map[string]string{}
	for i, f := range c.fate {
		if v := &c.file.Rows[i].Values; f == aside && v[field] != "" {
			key, name := fold(v[field]), nameKey(v[FullName])
			if before, also := claimed[key]; also && before != name {
				name = "" // nobody's name: several people
			}
			claimed[key] = name
		}
	}
	return claimed
}

// keeps is true for somebody who has the value already. Who comes back has to ask anew.
func keeps(p *Person, field Field) bool {
	return p.stayed() && p.Values[field] == p.Known.Values[field]
}

func (p *Person) stayed() bool { return p.Known != nil && p.Known.Values[Status] != Inactive }

func (c *comparison) withhold(p *Person, field Field, owner *Person) {
	written := p.Values[field]
	p.Values[field] = ""
	if p.stayed() {
		p.Values[field] = p.Known.Values[field]
	}
	p.said.drop(field)
	p.last.has.drop(field) // it is news again the next time
	p.last.values[field] = ""
	reason := fmt.Sprintf("Several lines give this %s to different people, so it was given to nobody.", field)
	if owner != nil && owner != p && keeps(owner, field) {
		reason = fmt.Sprintf("This %s belongs to %s, so it was left out.", field, owner.Values[FullName])
	}
	if p.Known == nil && noID(&p.Row.Values) {
		c.setAside(p.row, Problem{Column: c.file.column(field), Value: written,
			Reason: strings.Replace(reason, "so it was left out", "and nothing else tells who this is", 1),
			WayOut: "Give each person their own " + field.String() + ", or add a column with an id."})
		return
	}
	if field == Email && p.Values[Email] == "" {
		reason += " The person cannot sign in yet."
	}
	c.problem(Problem{Line: p.Row.Line, Column: c.file.column(field), Value: written, Reason: reason, Effect: Altered,
		WayOut: "Give each person their own " + field.String() + "."})
}

// leaveMissing lets those leave whom an earlier file brought and this one, being complete, does
// not have. Who was added by hand stays, and so does whoever an unclear row may speak of.
func (c *comparison) leaveMissing() {
	if !c.options.Complete {
		return
	}
	mentioned := map[string]bool{}
	for i, f := range c.fate {
		unclear := (f == counted || f == skipped) && noID(&c.file.Rows[i].Values)
		if f != aside && !unclear {
			continue
		}
		for _, field := range []Field{ID, Number, Account, Email, FullName} {
			if v := c.file.Rows[i].Values[field]; v != "" {
				mentioned[string(rune('0'+field))+keyFor(field, v)] = true
			}
		}
	}
	for _, p := range c.people {
		if p.Row != nil || !p.here() || !p.last.has.has(FullName) {
			continue
		}
		stays := p.Known.Stays
		for _, field := range []Field{ID, Number, Account, Email, FullName} {
			stays = stays || p.Values[field] != "" && mentioned[string(rune('0'+field))+keyFor(field, p.Values[field])]
		}
		if !stays {
			p.Values[Status] = Inactive
		}
	}
}
